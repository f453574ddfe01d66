"""What a comparison says, in the order in which a planner asks: what changes, why, who loses, at what cost, how sure, and is the model any good."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ..experiment.comparison import Result
from ..report import answer as sentences
from ..report import makeup, notes, page, posts_words, tables
from ..report.answer import headline_message, headline_summary
from ..report.figures import draw
from ..report.panels import headline_panels
from ..report.provenance import line, quoted, titles, with_intervals
from . import comparing, markup, offered
from .following import begun, follow, instead
from .jobs import queue
from .made import made
from .shown import exhibits

EXPLAIN = "plan/explain"
KEY = (
    "● likely better and ◆ likely worse: the whole 95% interval lies on one side of no difference. ○ unclear: it reaches to both sides. The range in "
    "brackets is the interval."
)


def show(result: Result, check: Any, over: bool) -> None:
    """Show a comparison, with the check against published figures once it is there."""
    name = _which(result)
    place = result.names.index(name) - 1
    part = made(f"plan/part/{place}", result, lambda: page.compared(result, place + 1))
    st.html(markup.paragraph(sentences.answer(result, name), "lead"))
    st.html(markup.paragraph(line(result) + ("" if over else " More replications are under way."), "soft"))
    markup.notice(result.notices)
    _headlines(result, part, place)
    with st.container():
        _explains(result, name, part)
    _loses(result, part)
    st.subheader("Cost", anchor=False)
    st.html(markup.paragraph(part["costs"]["total"]) + markup.bullets(part["costs"]["roles"]))
    with st.container():
        _posts(result)
    _sure(result)
    _checked(check, over)
    offered.show(result, explained(result, name), "plan")


def explained(result: Result, name: str) -> Any:
    """The explanation of this comparison, if there is one."""
    job = begun(_explain_key(result, name))
    return None if job is None else job.results.get("explained")


def _which(result: Result) -> str:
    others, named = result.names[1:], titles(result)
    if len(others) == 1:
        return others[0]
    words = f"Compare with {named[result.names[0]]}"
    found = st.radio(markup.plain(words), others, format_func=lambda name: markup.plain(named[name]), key="plan/which", persist_state="session")
    return found if found in others else others[0]


def _headlines(result: Result, part: dict[str, Any], place: int) -> None:
    st.subheader("What changes: ten headline measures", anchor=False)
    st.html(markup.paragraph(KEY, "soft") + markup.findings(part["findings"]["items"]))
    with st.expander("As a table, with both scenarios"):
        st.html(markup.table(tables.headline_tables(result)[place], line(result)))
    shown = st.expander("As a figure", key="plan/as-figure", on_change="rerun")
    if shown.open:
        subtitle = f"Difference from {quoted(result)[result.names[0]]}, {with_intervals(result)}. Each measure in its own unit; 0 is no difference."
        with shown:
            markup.figure(draw(headline_panels(result)), headline_message(result), subtitle, headline_summary(result), "plan/figure")


def _explains(result: Result, name: str, part: dict[str, Any]) -> None:
    st.subheader("What explains it", anchor=False)
    levers = part["lever_sets"]
    if not levers["any"]:
        st.html(markup.paragraph("Nothing differs between the two scenarios, so nothing can change."))
        return
    words = f"The scenarios differ in {levers['count']}; {levers['assumed']} of these rest on assumptions without a published source."
    st.html(markup.paragraph(words))
    with st.expander("What differs, value by value"):
        st.html(markup.table(levers["table"]))
    key = _explain_key(result, name)
    job = begun(key)
    if job is None:
        st.html(markup.paragraph("Which of these does most? That takes a few hundred more simulated years.", "soft"))
        if st.button("Split the difference among what differs", key=f"{key}/go"):
            base, other = result.plan.baseline, result.plan.scenarios[result.names.index(name)]
            instead(key, queue().put("Explaining the difference", comparing.explanation(base, other)))
            st.rerun()
        return
    follow(job, key)
    if "explained" in job.results:
        exhibits(job.results["explained"], key, most=2)


def _loses(result: Result, part: dict[str, Any]) -> None:
    st.subheader("Who loses", anchor=False)
    losing = part["losing"]
    if losing["none"]:
        st.html(markup.paragraph("No measure, no group and no gap between groups is likely worse. That is not proof that nobody loses."))
        return
    counts = f"Of {losing['compared']} measures, {losing['measures']} are likely worse."
    st.html(markup.paragraph(counts) + markup.bullets(losing["foremost"]))
    with st.expander("Everything that is likely worse"):
        st.html("".join(map(markup.table, losing["tables"])))


def _posts(result: Result) -> None:
    if result.request.get("posts"):
        st.subheader("What the posts cost and what they buy", anchor=False)
        st.html("".join(map(markup.paragraph, posts_words.sentences(result))))
        with st.expander("As a table, measure by measure"):
            st.html(markup.table(posts_words.table(result), line(result)))


def _sure(result: Result) -> None:
    st.subheader("How sure: what is luck, and what is not known", anchor=False)
    st.html(markup.bullets(notes.caveats(result)))
    if result.drawn is not None and result.replications > 1:
        st.html(markup.paragraph(makeup.makeup(result)))
        with st.expander("What each interval is made of"):
            st.html(markup.table(makeup.table(result), line(result)))
    with st.expander("Assumptions and limits"):
        st.html(markup.paragraph(notes.SYNTHETIC) + markup.bullets(notes.limits(result)))


def _checked(check: Any, over: bool) -> None:
    st.subheader("Check against reality", anchor=False)
    if check is None:
        words = "Not done." if over else "Scenario A is held against published figures once the comparison is finished."
        st.html(markup.paragraph(words))
        return
    st.html(markup.paragraph("Scenario A with your local figures, held against published figures for England and Wales."))
    exhibits(check, "plan/check", most=1, drawn=False)


def _explain_key(result: Result, name: str) -> str:
    from ..experiment.identity import scenario_hash

    other = result.plan.scenarios[result.names.index(name)]
    return f"{EXPLAIN}/{scenario_hash(result.plan.baseline)}/{scenario_hash(other)}"
