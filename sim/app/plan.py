"""The door Plan: an area with its local figures, up to four ways of working, and what changes between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from ..scenario.errors import ScenarioError
from . import answer, boxes, comparing, equivalent, local, markup, offered, posts, sources, words
from .choice import choose, loaded
from .chosen import Chosen
from .following import begun, follow, instead
from .jobs import queue
from .limits import MOST_REPLICATIONS, MOST_SCENARIOS

JOB, ASKED = "plan/job", "plan/asked"
HOW_SURE = {
    10: "Quick look: 10 replications",
    50: "For a decision: 50 replications",
    MOST_REPLICATIONS: f"Most here: {MOST_REPLICATIONS} replications",
}


@dataclass(frozen=True)
class Asked:
    """What a planner asks for. `changed` are local figures by path, `added` the posts of one more scenario."""

    chosen: list[Chosen]
    added: dict[str, int]
    replications: int
    area: str
    changed: dict[str, Any]

    @property
    def possible(self) -> bool:
        """Are there two scenarios at least?"""
        return len(self.chosen) + bool(self.added) > 1

    @property
    def command(self) -> str:
        """The same on a command line."""
        options = [("--area", self.area), *equivalent.settings(self.changed), ("--posts", self._posts or None), ("--replications", self.replications)]
        return equivalent.command(["compare", *(one.command for one in self.chosen)], options)

    @property
    def python(self) -> str:
        """The same in Python."""
        kept = {"posts": [self.added] if self.added else None, "area": self.area, "overrides": self.changed or None}
        return equivalent.python("compare", [one.command for one in self.chosen], kept | {"replications": self.replications})

    @property
    def _posts(self) -> str:
        return posts.option(self.added)


def show() -> None:
    """Show the page."""
    st.title("Plan", anchor=False)
    st.html(markup.paragraph(words.DOORS["plan"][1], "lead"))
    area, changed = _area()
    try:
        chosen, added = _scenarios(area, changed)
    except ScenarioError as error:
        markup.error(local.in_words(str(error)))
        chosen, added = [], {}
    sure = st.radio("How sure does it have to be?", list(HOW_SURE), format_func=HOW_SURE.__getitem__, key="plan/sure", persist_state="session")
    st.caption(
        "A replication is one simulated year with luck of its own. The first answer comes after 4. It grows surer while you read, and can be stopped."
    )
    asked = Asked(chosen, added, int(sure or 10), area, changed)
    if st.button("Compare", type="primary", disabled=not asked.possible, key="plan/go"):
        _begin(asked)
    _result(asked)


def _area() -> tuple[str, dict[str, Any]]:
    st.header("1. Your area", anchor=False)
    area = st.selectbox("Area", list(words.AREAS), format_func=words.AREAS.__getitem__, key="plan/area", persist_state="session") or "small-force"
    scenario = loaded("baseline", area)
    given: dict[str, float] = {}
    with st.expander("Local figures: put in your own, or leave the defaults"):
        st.caption("Counts only. Every default belongs to the area above; the range is what is thought possible, and the words say what it rests on.")
        defaults = local.defaults(scenario)
        for group, members in local.GROUPS.items():
            st.subheader(group, anchor=False)
            for figure, column in boxes.rows(members, 3):
                with column:
                    given[figure.key] = boxes.local(figure, defaults[figure.key], f"local/{area}/{figure.key}")
        sources.show(sources.of_local())
    return area, local.changes(scenario, given)


def _scenarios(area: str, changed: dict[str, Any]) -> tuple[list[Chosen], dict[str, int]]:
    st.header("2. What to compare", anchor=False)
    st.html(markup.paragraph("Scenario A is what the others are measured against. All have the same area, the same children and the same luck."))
    count = st.radio("How many scenarios?", range(1, MOST_SCENARIOS + 1), 1, horizontal=True, key="plan/count", persist_state="session") or 2
    found = []
    for letter in "ABCD"[:count]:
        with st.container(border=True):
            found.append(choose(letter, area, changed))
    added: dict[str, int] = {}
    if found[-1] is not None:
        added = posts.choose(found[-1].scenario, "ABCD"[count - 1])
    if count == 1 and not added:
        st.html(markup.paragraph("Choose more scenarios, or say above how many more people are to be on duty.", "soft"))
    chosen = [one for one in found if one is not None]
    comparing.comparable([one.scenario for one in chosen])
    return (chosen, added) if len(chosen) == len(found) else ([], {})


def _begin(asked: Asked) -> None:
    names = ", ".join(one.scenario.about.title for one in asked.chosen)
    work = comparing.comparison([one.scenario for one in asked.chosen], asked.replications, asked.added)
    instead(JOB, queue().put(f"Comparing {names}", work))
    st.session_state[ASKED] = asked


def _result(now: Asked) -> None:
    job = begun(JOB)
    if job is None:
        return
    st.header("3. What changes", anchor=False)
    asked: Asked = st.session_state[ASKED]
    markup.notice([words.EARLIER.format("Compare")] if now != asked else [])
    follow(job, JOB)
    result = job.results.get("result")
    if result is None:
        return
    answer.show(result, job.results.get("check"), job.over)
    st.subheader("The scenarios as files, and the same elsewhere", anchor=False)
    offered.files(asked.chosen, "plan")
    st.code(asked.command, language=None, wrap_lines=True)
    st.code(asked.python, language=None, wrap_lines=True)
