"""The door Plan: an area with its local figures, up to four ways of working, and what changes between them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ..scenario.errors import ScenarioError
from . import answer, boxes, comparing, equivalent, local, markup, words
from .choice import Chosen, choose, loaded
from .following import begun, follow, instead
from .jobs import queue
from .limits import MOST_REPLICATIONS, MOST_SCENARIOS

JOB, ASKED = "plan/job", "plan/asked"
HOW_SURE = {
    10: "Quick look: 10 replications",
    50: "For a decision: 50 replications",
    MOST_REPLICATIONS: f"Most here: {MOST_REPLICATIONS} replications",
}


def show() -> None:
    """Show the page."""
    st.title("Plan", anchor=False)
    st.html(markup.paragraph(words.DOORS["plan"][1], "lead"))
    area, changed = _area()
    try:
        chosen = _scenarios(area, changed)
    except ScenarioError as error:
        markup.error(str(error))
        chosen = []
    sure = st.radio("How sure does it have to be?", list(HOW_SURE), format_func=HOW_SURE.__getitem__, key="plan/sure", persist_state="session")
    st.caption("The first answer comes after 4 replications. It is made surer while you read, and you can stop at any time.")
    if st.button("Compare", type="primary", disabled=not chosen, key="plan/go"):
        _begin(chosen, int(sure or 10), area, changed)
    _result()


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
            columns = st.columns(3)
            for place, figure in enumerate(members):
                with columns[place % 3]:
                    given[figure.key] = boxes.local(figure, defaults[figure.key], f"local/{area}/{figure.key}")
    return area, local.changes(scenario, given)


def _scenarios(area: str, changed: dict[str, Any]) -> list[Chosen]:
    st.header("2. What to compare", anchor=False)
    st.html(markup.paragraph("Scenario A is what the others are measured against. All have the same area, the same children and the same luck."))
    count = st.radio("How many scenarios?", range(2, MOST_SCENARIOS + 1), horizontal=True, key="plan/count", persist_state="session") or 2
    found = []
    for letter in "ABCD"[:count]:
        with st.container(border=True):
            found.append(choose(letter, area, changed))
    chosen = [one for one in found if one is not None]
    comparing.distinct([one.scenario for one in chosen])
    return chosen if len(chosen) == len(found) else []


def _begin(chosen: list[Chosen], replications: int, area: str, changed: dict[str, Any]) -> None:
    names = ", ".join(one.scenario.about.title for one in chosen)
    instead(JOB, queue().put(f"Comparing {names}", comparing.comparison([one.scenario for one in chosen], replications)))
    st.session_state[ASKED] = (chosen, replications, area, changed)


def _result() -> None:
    job = begun(JOB)
    if job is None:
        return
    st.header("3. What changes", anchor=False)
    follow(job, JOB)
    result = job.results.get("result")
    if result is None:
        return
    chosen, replications, area, changed = st.session_state[ASKED]
    answer.show(result, job.results.get("check"), job.over)
    st.subheader("The scenarios as files, and the same elsewhere", anchor=False)
    for one in chosen:
        if one.file:
            name = f"{one.scenario.name}.toml"
            st.download_button(f"Download {name}", one.file, name, "application/toml", key=f"plan/file/{name}", on_click="ignore")
    options = [("--area", area), *equivalent.settings(changed), ("--replications", replications)]
    st.code(equivalent.command(["compare", *(one.command for one in chosen)], options), language=None, wrap_lines=True)
    keywords = {"area": area, "overrides": changed or None, "replications": replications}
    st.code(equivalent.python("compare", [one.command for one in chosen], keywords), language=None, wrap_lines=True)
