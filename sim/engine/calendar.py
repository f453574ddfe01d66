"""What is to come, for compiled rules: what is near in order, and a list for each later span of time.

Most of what is pending lies far ahead (birthdays, the next time each child leaves). One heap of all of it is deep and does not fit into the
processor's cache, and every event would go through it from top to bottom. Here an event of a later span waits in the list of its span, in no order;
when its span begins the list is sorted in: a handful of events in a county, some sixty in London. (Each of them moves a quarter of the others: far
above London's volume shorter spans would be quicker.) Order is by time and then by scheduling, as everywhere.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..model.clock import FAR
from ..model.events import Event
from ..model.words import NOBODY
from .jit import callable_when_compiled, int64
from .prefetch import prefetch

SPAN = 0.25
"""Hours of a span: a power of two, so that `t / SPAN` is exact. Short, so that few events are near and each is soon sorted in."""
AHEAD = 4
"""Spans that are looked through before they begin: an hour."""
SPANS = 32768
"""Lists: a power of two. Spans that far apart share one; what is not of the span that begins stays in it."""
KINDS = 256
"""More than there are kinds of events: an event's place in the order of scheduling times this, and its kind, are one number."""

NEAR = np.dtype([("time", np.float64), ("place", np.int64), ("who", np.int32), ("version", np.int32)], align=True)
LATER = np.dtype([("time", np.float64), ("place", np.int64), ("who", np.int32), ("version", np.int32), ("next", np.int32)], align=True)
COUNTS = np.dtype([(name, np.int64) for name in ("near", "later", "span", "scout", "scouted", "free", "taken", "scheduled", "happened", "noted")])
"""Events that are near and in lists; the span that has begun; the row and the span that is looked at ahead; the first free row of LATER and how many
were ever taken; counts since the start."""


class Calendar(NamedTuple):
    """NEAR with what comes first at the end, LATER as lists with their first rows (NOBODY for an empty one), and the counts."""

    near: Any
    later: Any
    first: Any
    counts: Any


@callable_when_compiled
def span_of(t: float) -> int:
    """The span that hour `t` lies in."""
    return int(t / SPAN)


@callable_when_compiled
def push(w: Any, t: float, event: int, who: int, version: int) -> None:
    """Take an event in. What would come later than any run reaches never comes."""
    counts = w.agenda.counts
    place = counts.scheduled * KINDS + event
    counts.scheduled += 1
    if t > FAR:
        return
    span = span_of(t)
    if span <= counts.span:
        insert(w, t, place, who, version)
        return
    row = counts.free
    if row == NOBODY:
        row = counts.taken
        counts.taken = row + 1
    else:
        counts.free = w.agenda.later[row].next
    later = w.agenda.later[row]
    later.time = t
    later.place = place
    later.who = who
    later.version = version
    later.next = w.agenda.first[span & (SPANS - 1)]
    w.agenda.first[span & (SPANS - 1)] = row
    counts.later += 1


@callable_when_compiled
def insert(w: Any, t: float, place: int, who: int, version: int) -> None:
    """Put an event where it belongs in what is near: from the end, what comes sooner makes way."""
    near = w.agenda.near
    at = w.agenda.counts.near
    w.agenda.counts.near = at + 1
    while at > 0:
        sooner = near[at - 1]
        if sooner.time > t or (sooner.time == t and sooner.place > place):
            break
        move(near, at - 1, at)
        at -= 1
    near[at].time = t
    near[at].place = place
    near[at].who = who
    near[at].version = version


@callable_when_compiled
def move(near: Any, start: int, end: int) -> None:
    """Copy an event from one place of what is near to another."""
    near[end].time = near[start].time
    near[end].place = near[start].place
    near[end].who = near[start].who
    near[end].version = near[start].version


@callable_when_compiled
def soonest(w: Any) -> Any:
    """The first event of what is near, which must not be empty."""
    return w.agenda.near[w.agenda.counts.near - 1]


@callable_when_compiled
def drop_soonest(w: Any) -> None:
    """Take it off. It stays as it is until another event takes its place."""
    w.agenda.counts.near -= 1


@callable_when_compiled
def is_due(w: Any, until: float) -> bool:
    """Is the soonest event due before hour `until`? If nothing is near, the next span with an event begins."""
    counts = w.agenda.counts
    while counts.near == 0:
        if counts.later == 0 or (counts.span + 1) * SPAN >= until:
            return False
        counts.span += 1
        begin_span(w)
    due: bool = soonest(w).time < until
    return due


@callable_when_compiled
def begin_span(w: Any) -> None:
    """Sort the list of the span that begins into what is near."""
    counts = w.agenda.counts
    first = w.agenda.first
    span = counts.span
    row = first[span & (SPANS - 1)]
    first[span & (SPANS - 1)] = NOBODY
    while row != NOBODY:
        later = w.agenda.later[row]
        following = later.next
        if span_of(later.time) == span:
            insert(w, later.time, later.place, int64(later.who), int64(later.version))
            later.next = counts.free
            counts.free = row
            counts.later -= 1
        else:
            later.next = first[span & (SPANS - 1)]
            first[span & (SPANS - 1)] = row
        row = following
    if counts.scouted <= span:
        counts.scouted = span
        counts.scout = NOBODY


@callable_when_compiled
def look_ahead(w: Any) -> None:
    """Go one row further through the lists of the spans to come, so that it, and the child or the episode that it is about, come from memory while
    other events happen: children are come back to after weeks, episodes after hours. (To fetch tasks as well gained nothing.)"""
    counts = w.agenda.counts
    if counts.scout == NOBODY:
        if counts.scouted < counts.span + AHEAD:
            counts.scouted += 1
            counts.scout = w.agenda.first[counts.scouted & (SPANS - 1)]
    else:
        later = w.agenda.later[counts.scout]
        kind = later.place % KINDS
        if kind == Event.LEFT or kind == Event.STATE_CHANGED:
            prefetch(w.children[later.who])
        elif Event.REPORTED <= kind <= Event.RECORDED:  # the events of an episode: see `model.events`
            prefetch(w.episodes[later.who])
        counts.scout = later.next
    if counts.scout != NOBODY:
        prefetch(w.agenda.later[counts.scout])


def pending(calendar: Calendar) -> list[tuple[float, int, int, int]]:
    """All that a calendar holds, in the order in which it will happen: (hour, event, who, version). For Python, not for rules."""
    counts = calendar.counts
    held = np.ones(counts.taken, bool)
    free = int(counts.free)
    while free != NOBODY:
        held[free] = False
        free = int(calendar.later[free].next)
    names = ["time", "place", "who", "version"]
    rows = [*calendar.near[: counts.near][names].tolist(), *calendar.later[: counts.taken][held][names].tolist()]
    return [(time, place % KINDS, who, version) for time, place, who, version in sorted(rows)]
