"""Room for the next event: compiled rules take the next free row of a table and never ask whether there is one."""

from __future__ import annotations

from typing import Any

from ..model.events import Event
from ..model.pools import LINES
from ..model.words import NOBODY, Progress
from .calendar import KINDS, soonest
from .jit import callable_when_compiled

MARGIN = 64
"""Rows free in each table before an event; no event takes more, but for the calendar and the trace (see `has_margin`)."""


@callable_when_compiled
def in_line(w: Any, pool: int) -> int:
    """How many tasks wait before a pool."""
    count = 0
    for line in range(LINES):
        task = w.pools[pool].first[line]
        while task != NOBODY:
            if w.tasks[task].progress == Progress.WAITING:
                count += 1
            task = w.tasks[task].next_in_line
    return count


@callable_when_compiled
def has_margin(w: Any) -> bool:
    """Has every table room for the next event?

    News of a network retimes every child in it, up to three times in one event (a find: notice, suspect, perpetrator met). A change of duty may begin
    whatever waits, with two events and a line of the trace for each.
    """
    now = w.now
    near = w.agenda.near
    counts = w.agenda.counts
    first = soonest(w)
    begun = in_line(w, first.who) if first.place % KINDS == Event.DUTY_CHANGED else 0
    pending = counts.near + counts.later + 3 * now.children + 2 * begun + MARGIN
    return (
        pending <= len(near)
        and pending <= len(w.agenda.later)
        and now.children + MARGIN <= len(w.children)
        and now.episodes + MARGIN <= len(w.episodes)
        and now.tasks + MARGIN <= len(w.tasks)
        and now.interviews + MARGIN <= len(w.interviews)
        and now.cases + MARGIN <= len(w.cases)
        and now.protections + MARGIN <= len(w.protections)
        and now.identifications + MARGIN <= len(w.identifications)
        and (len(w.trace) == 0 or counts.noted + begun + MARGIN <= len(w.trace))
    )
