"""The door Train: one exercise live, or a training pack to take away."""

from __future__ import annotations

import streamlit as st

from ..story.asked import SMALL, refused
from ..story.case_type import TYPES
from ..story.statements import CONSENT, CONTENT, SYNTHETIC
from . import downloads, exercise, markup, training, words
from .choice import library, loaded
from .following import begun, follow, instead
from .jobs import queue
from .limits import MOST_PAIRS

JOB, PACK = "train/job", "train/pack"
NOT_LISTED = (
    "Not listed: findings about a real force, as a case is fiction, and scenarios in which the lowest grade skips search, interviews and referral, "
    "as a decision has nothing to act on there."
)
LIVE, FOLDER = "Work through one case now", "Make a training pack"


def show() -> None:
    """Show the page."""
    st.title("Train", anchor=False)
    st.html(markup.paragraph(words.DOORS["train"][1], "lead"))
    st.html(f'<div class="ms-boxed">{"".join(map(markup.paragraph, (CONTENT, CONSENT, SYNTHETIC)))}</div>')
    way = st.radio("What would you like to do?", (LIVE, FOLDER), key="train/way", persist_state="session")
    if way == FOLDER:
        _pack()
    else:
        _live()


def _live() -> None:
    job = begun(JOB)
    if job is None or job.state in ("failed", "stopped"):
        st.html(markup.paragraph("For whoever leads: choose the type of case. Learners are not told it before the end."))
        kind = st.selectbox("Type of case", list(TYPES), format_func=lambda one: TYPES[one].title, key="train/kind", persist_state="session")
        known = TYPES[kind or next(iter(TYPES))]
        st.caption(markup.plain(known.words))
        scenario, seed = _from("live")
        if st.button("Start the exercise", type="primary", key="train/go"):
            instead(JOB, queue().put("Preparing an exercise", training.prepare(known.id, scenario, seed)))
            st.rerun()
    if job is not None:
        follow(job, JOB)
        if "exercise" in job.results:
            exercise.show(job.results["exercise"], job.id)
            if st.button("End this exercise and choose another", key="train/end"):
                del st.session_state[JOB]
                st.rerun()


def _pack() -> None:
    st.html(markup.paragraph("A folder of pages for classrooms: it opens from a disk or a USB stick, with no network and nothing to install."))
    chosen = st.multiselect(
        "Types of case", list(TYPES), list(TYPES)[:3], format_func=lambda one: TYPES[one].title, key="train/types", persist_state="session"
    )
    pairs = st.number_input("Pairs behind each case", 100, MOST_PAIRS, 200, 100, key="train/pairs", persist_state="session")
    st.caption(f"How many other cases of the type are simulated twice, so that one story does not teach a false rule. At most {MOST_PAIRS:,} here.")
    scenario, seed = _from("pack")
    if st.button("Make the pack", type="primary", disabled=not chosen, key="train/make"):
        instead(PACK, queue().put("Making a training pack", training.pack(chosen, scenario, seed, int(pairs or 200))))
    job = begun(PACK)
    if job is None:
        return
    follow(job, PACK)
    if "pack" in job.results:
        markup.notice(job.results["notices"])
        st.download_button(
            "Download the pack (ZIP)", job.results["pack"], "training-pack.zip", downloads.ZIP, key="train/download", on_click="ignore"
        )
        st.html(markup.paragraph("Unpack it, and open index.html. The page for whoever leads holds the codes with which learners go on."))


def _from(where: str) -> tuple[str, int | None]:
    """The scenario that cases come from, and the seed."""
    with st.expander("Where the cases come from"):
        names = [name for name in library() if refused(loaded(name, SMALL)) is None]
        scenario = st.selectbox(
            "Scenario", names, names.index("baseline"), format_func=library().__getitem__, key=f"train/{where}/name", persist_state="session"
        )
        st.caption(NOT_LISTED)
        seed = st.number_input("Seed (another seed gives other cases)", 0, 1_000_000, None, 1, key=f"train/{where}/seed", persist_state="session")
    return scenario or "baseline", None if seed is None else int(seed)
