"""One exercise on its page: the brief, each decision with what was known then, a way out, and afterwards what followed, layer by layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from ..report.crowd import crowd_exhibit, source
from ..report.exhibit_page import as_table
from ..report.pack.case import LAYERS
from ..report.pack.words import events
from ..report.table import Table, as_csv, cells, tidy
from . import markup
from .training import Exercise

LONGEST_REASON = 4_000
STEP = "train/layer"
PLACE = "train-case"
HIDDEN = f"<style>.st-key-{PLACE} {{ display: none; }}</style>"
"""While somebody has stepped out the case stays where it is, unseen, so that half an answer is not lost."""


def show(exercise: Exercise, id: str) -> None:
    """Show the exercise as far as it has come, or that its learner has stepped out."""
    with st.container():
        _way_out(f"{id}/out")
    with st.container(key=PLACE):
        _case(exercise, id)


def _way_out(key: str) -> None:
    out = st.session_state.get(key, False)
    if out:
        st.html(HIDDEN)
        st.subheader("You have stepped out", anchor=False)
        st.html(markup.paragraph("The clock stands still. Take the time you need. Nobody asks why. Your facilitator has support details."))
        st.html(markup.paragraph("To leave for good, end the exercise below, or close this window."))
    if st.button("Go on with the exercise" if out else "Step out", key=f"{key}/{'in' if out else 'out'}"):
        st.session_state[key] = not out
        st.rerun()


def _case(exercise: Exercise, id: str) -> None:
    st.header(exercise.case.title, anchor=False)
    st.html(markup.bullets(exercise.told["brief"]))
    session = exercise.session
    taken, reasons = session.taken, _reasons(exercise, id)
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
        if point["id"] in reasons:
            st.html(markup.paragraph(f"Reasons: {reasons[point['id']]}", "soft"))
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
            missing = [] if chosen else ["Choose one of the options."]
            missing += [] if reason.strip() else ["Write your reasons, in a few words if you like."]
            if chosen is None or missing:
                markup.error("\n".join(missing))
                return
            st.session_state[f"{key}/kept"] = reason.strip()
            with st.spinner("The clock runs"):
                exercise.session.decide(chosen)
            st.rerun()


def _reveal(exercise: Exercise, id: str) -> None:
    told, case = exercise.told, exercise.case
    st.subheader("All decisions are made", anchor=False)
    st.html(markup.paragraph(told["hindsight"], "boxed"))
    key = f"{id}/{STEP}"
    shown = st.session_state.setdefault(key, 1)
    mine = asdict(exercise.session.timeline)
    _timeline("own", LAYERS[0], mine)
    if shown > 1:
        for place, one in enumerate(case.pair):
            choices = "; ".join(f"{heading}: {label}" for heading, label in one["choices"])
            _timeline(f"pair-{place}", f"{LAYERS[1]}: {one['name'].lower()}", one["timeline"], choices)
        st.html(markup.bullets(told["differs"]))
    if shown > 2:
        _crowd(exercise, key)
    if shown > 3:
        st.subheader(LAYERS[3], anchor=False)
        st.html(markup.paragraph(told["waited"]["words"]))
        rows = [cells(one["who"], one["what"], one["as_happened"], one["twin"]) for one in told["waited"]["rows"]]
        if rows:
            st.html(markup.table(Table("waited", "Who else was touched", ("Who", "What", "As it happened", "The other decision"), rows)))
    if shown > 4:
        st.subheader("Debrief", anchor=False)
        words = f"{told['type_words']} {told['rarity']['words']}"
        st.html(markup.paragraph(words) + markup.bullets(told["debrief"]) + markup.paragraph(told["provenance"], "soft"))
        file = decisions(exercise, _reasons(exercise, id))
        st.download_button("Save your decisions (CSV)", file, "decisions.csv", "text/csv", key=f"{key}/save", on_click="ignore")
        st.caption("They hold no name. They are gone when this exercise is ended or the window is closed.")
    else:
        label = f"Show: {LAYERS[shown].lower()}" if shown < len(LAYERS) else "Go to the debrief"
        if st.button(label, type="primary", key=f"{key}/next"):
            st.session_state[key] = shown + 1
            st.rerun()


def _crowd(exercise: Exercise, key: str) -> None:
    """Many pairs of the same type, as the story of a crowd has them: the figure, the sentences, the table."""
    one = crowd_exhibit(exercise.crowd)
    st.subheader(LAYERS[2], anchor=False)
    st.html(markup.paragraph(f"One pair is one way that chance could fall. These are {len(exercise.crowd.pairs):,} pairs of the same type."))
    markup.figure(one.figure, one.message, one.subtitle, one.summary, f"{key}/crowd", one.narrow)
    st.html(markup.bullets(exercise.crowd.words[2:]))
    with st.expander("The pairs as a table"):
        st.html(markup.table(as_table(one, "crowd", {}), source(exercise.crowd)))


def _reasons(exercise: Exercise, id: str) -> dict[str, str]:
    """The reasons of each decision that the learner took, by point."""
    kept = {point["id"]: st.session_state.get(f"{id}/{point['id']}/kept") for point in exercise.case.points}
    return {point: reasons for point, reasons in kept.items() if reasons}


def decisions(exercise: Exercise, reasons: Mapping[str, str]) -> bytes:
    """Each decision of a finished exercise with its reasons, as CSV. One that time passed over, as the child was back before, is as it happened and
    has no reasons."""
    rows = []
    for point in exercise.case.points:
        id = point["id"]
        labels = {one["id"]: one["label"] for one in point["options"]}
        who = "by the learner" if id in reasons else "as it happened"
        rows.append({"decision": point["heading"], "decided": who, "choice": labels[exercise.session.taken[id]], "reasons": reasons.get(id, "")})
    return as_csv(tidy(rows, {"data": "simulated case", "case": exercise.told["provenance"]})).encode("utf-8-sig")


def _timeline(id: str, title: str, timeline: dict[str, Any], choices: str = "") -> None:
    st.subheader(title, anchor=False)
    if choices:
        st.html(markup.paragraph(choices, "soft"))
    rows = [cells(one["clock"], one["lane"], one["text"]) for one in events(timeline)]
    st.html(markup.table(Table(id, f"Timeline. {title}", ("Time", "Who", "What"), rows)))
    later = [f"{one['clock']}: {one['text']}" for one in timeline["later"]]
    sums = [(one["label"], one["value"]) for one in timeline["sums"]]
    st.html(markup.pairs(sums) + (f"<p>Later</p>{markup.bullets(later)}" if later else ""))
