"""More people on duty: boxes in which is said how many of each post, for one more scenario that is compared, or at most, for a frontier."""

from __future__ import annotations

import streamlit as st

from ..experiment.post import POSTS, Post
from ..experiment.posts import in_words
from ..report.phrases import capital
from ..scenario import Scenario
from . import markup
from .boxes import rows

MOST = 50
"""The most of one kind of post."""
MOST_OF_A_FRONTIER = 9
"""The most of one kind of post in a frontier: every combination up to it is simulated."""
USUAL = {"night-officers": 2, "interviewers": 1}
"""How many of each post a frontier goes up to at first; of the others none."""


def choose(scenario: Scenario, letter: str) -> dict[str, int]:
    """The boxes, and how many of each post are wanted; none at first."""
    with st.expander("What would more people on duty buy?"):
        words = f"One more scenario: {letter} with these people beside those that it has. The answer says what they cost a year, and what they buy."
        st.html(markup.paragraph(words))
        wanted = _boxes(scenario, "posts", MOST, {})
    if wanted:
        st.html(markup.paragraph(f"Also compared: scenario {letter} plus {in_words(wanted)}.", "soft"))
    return wanted


def gone_through(scenario: Scenario) -> dict[str, str]:
    """The boxes for a frontier, and the numbers that each post goes through, in words."""
    st.caption("At most so many more of each, beside those that the scenario has. Every combination from none up to these is simulated.")
    return {name: f"0:{number}" for name, number in _boxes(scenario, "analyse/posts", MOST_OF_A_FRONTIER, USUAL).items()}


def _boxes(scenario: Scenario, key: str, most: int, usual: dict[str, int]) -> dict[str, int]:
    """How many of each post are wanted, without those of which none is."""
    found: dict[str, int] = {}
    for post, column in rows(list(POSTS.values()), 3):
        with column:
            given = st.number_input(capital(post.many), 0, most, usual.get(post.name, 0), key=f"{key}/{post.name}", persist_state="session")
            found[post.name] = int(given or 0)
            st.caption(markup.plain(f"{capital(post.duty)}. Each costs {_price(post, scenario)} a year."))
    return {name: number for name, number in found.items() if number}


def _price(post: Post, scenario: Scenario) -> str:
    return f"£{post.cost(scenario.resources):,.0f}"


def option(added: dict[str, int]) -> str:
    """The posts as a command takes them."""
    return ",".join(f"{name}={number}" for name, number in added.items())
