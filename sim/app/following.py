"""A job on its page: what it is doing, how far it has come, and a button that stops it. Only this part of the page looks again by itself."""

from __future__ import annotations

import streamlit as st

from . import markup
from .jobs import Job

EVERY = 0.3
"""Seconds after which the page looks again."""


def follow(job: Job, key: str) -> None:
    """Show a job. When it leaves a new result, or ends, the whole page is shown again."""
    seen = f"{key}/seen"
    st.session_state[seen] = (job.id, job.version, job.over)
    with st.container():  # a place of its own, also when it is empty: what is unfolded below stays unfolded when the job ends
        if not job.over:
            _watch(job, key, seen)
        elif job.state == "failed":
            markup.error(job.error)
        elif job.state == "stopped":
            st.html(markup.paragraph("Stopped. What was finished is kept, and the same request goes on from there.", "boxed"))


@st.fragment(run_every=EVERY)
def _watch(job: Job, key: str, seen: str) -> None:
    if (job.id, job.version, job.over) != st.session_state.get(seen):
        st.rerun()
    share = min(1.0, job.done / job.asked) if job.asked else 0.0
    how_far = f": {job.done:,} of {job.asked:,} simulated years" if job.asked else ""
    said = job.said or ("Waiting for a turn" if job.state == "waiting" else job.words)
    st.progress(share, text=markup.plain(f"{said}{how_far}"))
    if st.button("Stop", key=f"{key}/stop"):
        job.stop()


def begun(key: str) -> Job | None:
    """The job of this tab under a key."""
    found = st.session_state.get(key)
    return found if isinstance(found, Job) else None


def instead(key: str, job: Job) -> None:
    """Follow this job from now on; the one before it is stopped."""
    before = begun(key)
    if before is not None:
        before.stop()
    st.session_state[key] = job
