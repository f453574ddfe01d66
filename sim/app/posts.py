"""More people on duty: boxes in which a planner says how many of each post, for one more scenario that is compared with all else."""

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


def choose(scenario: Scenario, letter: str) -> dict[str, int]:
    """The boxes, and how many of each post are wanted; none at first."""
    found: dict[str, int] = {}
    with st.expander("What would more people on duty buy?"):
        words = f"One more scenario: {letter} with these people beside those that it has. The answer says what they cost a year, and what they buy."
        st.html(markup.paragraph(words))
        for post, column in rows(list(POSTS.values()), 3):
            with column:
                found[post.name] = int(st.number_input(capital(post.many), 0, MOST, 0, key=f"posts/{post.name}", persist_state="session") or 0)
                st.caption(markup.plain(f"{capital(post.duty)}. Each costs {_price(post, scenario)} a year."))
    wanted = {name: number for name, number in found.items() if number}
    if wanted:
        st.html(markup.paragraph(f"Also compared: scenario {letter} plus {in_words(wanted)}.", "soft"))
    return wanted


def _price(post: Post, scenario: Scenario) -> str:
    return f"£{post.cost(scenario.resources):,.0f}"


def option(added: dict[str, int]) -> str:
    """The posts as a command takes them."""
    return ",".join(f"{name}={number}" for name, number in added.items())
