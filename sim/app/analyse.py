"""The door Analyse: which values a result hangs on, and how far, and what each combination of posts costs and buys."""

from __future__ import annotations

import streamlit as st

from ..experiment.frontier import DEFAULT, MOST_BUDGET
from ..experiment.lever import RANGE
from ..outcomes.catalogue import HEADLINES, MEASURES
from ..scenario.errors import ScenarioError
from . import analysing, levers, local, markup, offered, posts, words
from .choice import LIBRARY, UPLOAD, library, loaded, uploaded
from .chosen import Chosen
from .following import begun, follow, instead
from .jobs import queue
from .limits import MOST_RUNS, within
from .shown import exhibits

JOB, ASKED = "analyse/job", "analyse/asked"
AMOUNTS = {"sweep": (2, 100, 10), "heat": (2, 50, 5), "tornado": (2, 100, 5), "morris": (2, 100, 5), "frontier": (2, 100, 10)}
"""Least, most and usual: replications, for Morris trajectories."""
SAMPLES = (8, 16, 32, 64, 128, 256)
OVER = {"practice": "Ways of working", "world": "How children and harm behave", "both": "Both", "resources": "People on duty"}
FEW = 10
"""More parameters than this make Sobol long."""


def show() -> None:
    """Show the page."""
    st.title("Analyse", anchor=False)
    st.html(markup.paragraph(words.DOORS["analyse"][1], "lead"))
    methods = analysing.METHODS
    method = st.radio("What to do", list(methods), format_func=methods.__getitem__, key="analyse/method", persist_state="session") or "sweep"
    chosen, area = _scenario()
    measures = st.multiselect(
        "Measures", list(MEASURES), ["T2", "P1"], format_func=_measure, key="analyse/measures", persist_state="session", max_selections=len(HEADLINES)
    )
    st.caption(f"None chosen means {_measure(DEFAULT[0]) if method == 'frontier' else 'the ten headline measures'}.")
    moved: dict[str, str] = {}
    parameters: tuple[str, ...] = ()
    over, budget = "practice", None
    if method in analysing.SWEEPS:
        moved = _levers(method)
    elif method == "frontier":
        moved, budget = _posts(chosen)
    else:
        over, parameters = _parameters(method)
    amount = _amount(method)
    request = None if chosen is None else analysing.Request(method, chosen, area, tuple(measures), amount, moved, over, parameters, budget)
    if request is not None and _possible(request) and st.button("Run", type="primary", key="analyse/go"):
        instead(JOB, queue().put(methods[method], analysing.work(request)))
        st.session_state[ASKED] = request
    _result(request)


def _scenario() -> tuple[Chosen | None, str]:
    """What is analysed, and where; no scenario while a file is waited for, or as long as it is wrong."""
    way = st.radio("Scenario comes from", (LIBRARY, UPLOAD), horizontal=True, key="analyse/way", persist_state="session")
    left, right = st.columns(2)
    with right:
        area = st.selectbox("Area", list(words.AREAS), format_func=words.AREAS.__getitem__, key="analyse/area", persist_state="session")
    area = area or "small-force"
    with left:
        if way == LIBRARY:
            names = list(library())
            name = st.selectbox("Scenario", names, format_func=library().__getitem__, key="analyse/name", persist_state="session")
            return Chosen(loaded(name or "baseline", area)), area
        try:
            return uploaded("Scenario file", "analyse/file", area), area
        except ScenarioError as error:
            markup.error(local.in_words(str(error)))
            return None, area


def _measure(id: str) -> str:
    return f"{MEASURES[id].label} ({id})"


def _levers(method: str) -> dict[str, str]:
    known = levers.levers()
    moved: dict[str, str] = {}
    for place in range(2 if method == "heat" else 1):
        which = "First decision" if method == "heat" and not place else "Second decision" if place else "Decision"
        left, middle, right, last = st.columns([4, 1, 1, 1], vertical_alignment="bottom")
        key = f"analyse/lever/{place}"
        with left:
            path = st.selectbox(which, list(known), place, format_func=lambda one: known[one].words, key=key, persist_state="session")
        lever = known[path or next(iter(known))]
        low, high = (lever.shown(end) for end in (lever.range.low, lever.range.high))
        with middle:
            start = st.number_input("From", lever.least, lever.most, low, lever.step, "%g", key=f"{key}/{lever.path}/from", persist_state="session")
        with right:
            end = st.number_input("To", lever.least, lever.most, high, lever.step, "%g", key=f"{key}/{lever.path}/to", persist_state="session")
        with last:
            count = st.number_input("Steps", 2, 21, 5 if method == "sweep" else 3, key=f"{key}/{lever.path}/steps/{method}", persist_state="session")
        if start >= end:
            markup.error(f"{lever.words}: “From” has to be below “To”.")
            return {}
        whole = (start, end) == (low, high) and count == 5
        moved[lever.path] = RANGE if whole else f"{lever.held(start):g}:{lever.held(end):g}:{count}"
    if method == "heat" and len(moved) < 2:
        markup.error("Both decisions are the same; choose two different ones.")
    return moved


def _posts(chosen: Chosen | None) -> tuple[dict[str, str], float | None]:
    """The posts of a frontier with the numbers they go through, and pounds a year."""
    if chosen is None:
        return {}, None
    through = posts.gone_through(chosen.scenario)
    if not through:
        st.html(markup.paragraph("Say above of which post there are to be more.", "soft"))
    words = "Budget: pounds a year (empty means no limit)"
    budget = st.number_input(words, 0, int(MOST_BUDGET), None, 10_000, key="analyse/budget", persist_state="session")
    return through, budget


def _parameters(method: str) -> tuple[str, tuple[str, ...]]:
    known = levers.levers()
    first = list(levers.HEADLINE) if method == "sobol" else []
    over = st.radio("What to vary", list(OVER), format_func=OVER.__getitem__, horizontal=True, key="analyse/over", persist_state="session")
    chosen = st.multiselect(
        "Only these decisions",
        list(known),
        first,
        format_func=lambda one: known[one].words,
        key=f"analyse/parameters/{method}",
        persist_state="session",
    )
    few = f" Sobol needs many runs for each: choose {FEW} or fewer." if method == "sobol" else ""
    st.caption(f"Decisions chosen here take the place of the choice above. Ranges are those of the log of assumptions.{few}")
    return over or "practice", tuple(chosen)


def _amount(method: str) -> int:
    if method == "sobol":
        return st.selectbox("Base samples", SAMPLES, 1, key="analyse/samples", persist_state="session") or SAMPLES[1]
    least, most, usual = AMOUNTS[method]
    word = "Trajectories" if method == "morris" else "Replications"
    return int(st.number_input(word, least, most, usual, key=f"analyse/amount/{method}", persist_state="session") or usual)


def _possible(request: analysing.Request) -> bool:
    """Say how large the request is; whether the app takes it on."""
    if request.method in (*analysing.SWEEPS, "frontier") and len(request.levers) < (2 if request.method == "heat" else 1):
        return False
    try:
        runs = request.runs
        within("", runs)
    except ScenarioError as error:
        markup.error(local.in_words(str(error)))
        _same(request, "analyse/refused")
        return False
    st.caption(f"That is {runs:,} simulated years. The app takes on at most {MOST_RUNS:,} at a time; the command line has no limit.")
    return True


def _result(now: analysing.Request | None) -> None:
    job = begun(JOB)
    if job is None:
        return
    st.header("Result", anchor=False)
    markup.notice([words.EARLIER.format("Run")] if now != st.session_state[ASKED] else [])
    follow(job, JOB)
    findings = job.results.get("findings")
    if findings is not None:
        markup.notice(findings.notices)
        exhibits(findings, "analyse")
        offered.show(findings, None, "analyse")
    _same(st.session_state[ASKED], "analyse")


def _same(request: analysing.Request, key: str) -> None:
    st.subheader("The same as a command, and in Python", anchor=False)
    offered.files([request.chosen], key)
    st.code(request.command, language=None, wrap_lines=True)
    st.code(request.python, language=None, wrap_lines=True)
