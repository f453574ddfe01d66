"""One exercise on its page: the brief, each decision with what was known then, and afterwards what followed, layer by layer."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ..report.pack.case import LAYERS
from ..report.pack.words import events
from ..report.table import Table, cells
from . import markup
from .training import Exercise

LONGEST_REASON = 4_000
STEP = "train/layer"


def show(exercise: Exercise, id: str) -> None:
    """Show the exercise as far as it has come."""
    st.header(exercise.case.title, anchor=False)
    st.html(markup.bullets(exercise.told["brief"]))
    session = exercise.session
    taken = session.taken
    for number, point in enumerate(exercise.case.points, 1):
        due = session.point is not None and session.point.id == point["id"]
        if point["id"] not in taken and not due:
            continue
        st.subheader(f"Decision {number}: {point['heading']}", anchor=False)
        _known(point)
        if due:
            _decide(exercise, point, id)
            return
        label = next((one["label"] for one in point["options"] if one["id"] == taken[point["id"]]), taken[point["id"]])
        st.html(markup.paragraph(f"Decided: {label}."))
        reason = st.session_state.get(f"{id}/{point['id']}/kept")
        if reason:
            st.html(markup.paragraph(f"Reasons: {reason}", "soft"))
    _reveal(exercise, id)


def _known(point: dict[str, Any]) -> None:
    """What is known at a decision: what is new since the last, with its source and its time."""
    rows = [cells(one["clock"], one["source"], one["text"]) for one in point["fresh"]]
    caption = f"What is known at decision {point['number']}. {point['clock']}"
    if rows:
        st.html(markup.table(Table("known", caption, ("Time", "Source", "What is said"), rows)))
    else:
        st.html(markup.paragraph(f"{point['clock']}. Nothing new is known."))


def _decide(exercise: Exercise, point: dict[str, Any], id: str) -> None:
    options = {one["id"]: one for one in point["options"]}
    key = f"{id}/{point['id']}"
    with st.form(key):
        chosen = st.radio(
            point["question"],
            list(options),
            index=None,
            format_func=lambda one: markup.plain(options[one]["label"]),
            captions=[markup.plain(one["words"]) for one in options.values()],
            key=f"{key}/choice",
        )
        reason = st.text_area("Your reasons (not names; kept in this window only)", max_chars=LONGEST_REASON, key=f"{key}/reason")
        if st.form_submit_button("Decide, and let the clock run", type="primary"):
            if chosen is None:
                markup.error("Choose one of the options first.")
                return
            st.session_state[f"{key}/kept"] = reason
            with st.spinner("The clock runs"):
                exercise.session.decide(chosen)
            st.rerun()


def _reveal(exercise: Exercise, id: str) -> None:
    told, case = exercise.told, exercise.case
    st.subheader("All decisions are made", anchor=False)
    st.html(markup.paragraph(told["hindsight"], "boxed"))
    key = f"{id}/{STEP}"
    shown = st.session_state.setdefault(key, 1)
    from dataclasses import asdict

    mine = asdict(exercise.session.timeline)
    _timeline("own", LAYERS[0], mine)
    if shown > 1:
        for place, one in enumerate(case.pair):
            choices = "; ".join(f"{heading}: {label}" for heading, label in one["choices"])
            _timeline(f"pair-{place}", f"{LAYERS[1]}: {one['name'].lower()}", one["timeline"], choices)
        st.html(markup.bullets(told["differs"]))
    if shown > 2:
        st.subheader(LAYERS[3], anchor=False)
        st.html(markup.paragraph(told["waited"]["words"]))
        rows = [cells(one["who"], one["what"], one["as_happened"], one["twin"]) for one in told["waited"]["rows"]]
        if rows:
            st.html(markup.table(Table("waited", "Who else was touched", ("Who", "What", "As it happened", "The other decision"), rows)))
    if shown > 3:
        st.subheader("Debrief", anchor=False)
        words = f"{told['type_words']} {told['rarity']['words']}"
        st.html(markup.paragraph(words) + markup.bullets(told["debrief"]) + markup.paragraph(told["provenance"], "soft"))
        st.html(markup.paragraph("One story is not a rule. A training pack shows many pairs of the same type, and how often the decision mattered."))
    else:
        label = {1: f"Show: {LAYERS[1].lower()}", 2: f"Show: {LAYERS[3].lower()}", 3: "Go to the debrief"}[shown]
        if st.button(label, type="primary", key=f"{key}/next"):
            st.session_state[key] = shown + 1
            st.rerun()


def _timeline(id: str, title: str, timeline: dict[str, Any], choices: str = "") -> None:
    st.subheader(title, anchor=False)
    if choices:
        st.html(markup.paragraph(choices, "soft"))
    rows = [cells(one["clock"], one["lane"], one["text"]) for one in events(timeline)]
    st.html(markup.table(Table(id, f"Timeline. {title}", ("Time", "Who", "What"), rows)))
    later = [f"{one['clock']}: {one['text']}" for one in timeline["later"]]
    sums = [(one["label"], one["value"]) for one in timeline["sums"]]
    st.html(markup.pairs(sums) + (f"<p>Later</p>{markup.bullets(later)}" if later else ""))
