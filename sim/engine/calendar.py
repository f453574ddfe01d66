"""What is to come, for compiled rules: a heap of what is near, and a list for each later span of hours.

Most of what is pending lies far ahead (birthdays, the next time each child leaves). One heap of all of it is deep and does not fit into the
processor's cache, and every event would go through it from top to bottom. Here an event of a later span waits in the list of its span, in no order;
when its span begins the list is put on the heap, which is then a few hundred events small. Order is by time and then by scheduling, as everywhere.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..model.clock import FAR
from ..model.events import Event
from ..model.words import NOBODY
from .jit import callable_when_compiled, int64
from .prefetch import prefetch

SPAN = 1.0
"""Hours of a span: a power of two, so that `t / SPAN` is exact."""
SPANS = 32768
"""Lists: a power of two. Spans that far apart share one; what is not of the span that begins stays in it."""
KINDS = 256
"""More than there are kinds of events: an event's place in the order of scheduling times this, and its kind, are one number."""

NEAR = np.dtype([("time", np.float64), ("place", np.int64), ("who", np.int32), ("version", np.int32)], align=True)
LATER = np.dtype([("time", np.float64), ("place", np.int64), ("who", np.int32), ("version", np.int32), ("next", np.int32)], align=True)
COUNTS = np.dtype([(name, np.int64) for name in ("near", "later", "span", "scout", "free", "taken", "scheduled", "happened", "noted")])
"""Events on the heap and in lists; the span that has begun; the first free row of LATER and how many were ever taken; counts since the start."""


class Calendar(NamedTuple):
    """NEAR as a heap, LATER as lists with their first rows (NOBODY for an empty one), and the counts."""

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
        rise(w, t, place, who, version)
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
def rise(w: Any, t: float, place: int, who: int, version: int) -> None:
    """Put an event on the heap."""
    near = w.agenda.near
    at = w.agenda.counts.near
    w.agenda.counts.near = at + 1
    while at > 0:
        above = (at - 1) >> 1
        if near[above].time < t or (near[above].time == t and near[above].place < place):
            break
        move(near, above, at)
        at = above
    near[at].time = t
    near[at].place = place
    near[at].who = who
    near[at].version = version


@callable_when_compiled
def move(near: Any, start: int, end: int) -> None:
    """Copy an event from one place of the heap to another."""
    near[end].time = near[start].time
    near[end].place = near[start].place
    near[end].who = near[start].who
    near[end].version = near[start].version


@callable_when_compiled
def drop_first(w: Any) -> None:
    """Take the first event off the heap: the gap goes down to the end, and the last event rises from there."""
    near = w.agenda.near
    last = w.agenda.counts.near - 1
    at = 0
    below = 1
    while below < last:
        one = near[below]
        other = near[below + 1]
        below += (below + 1 < last) & ((other.time < one.time) | ((other.time == one.time) & (other.place < one.place)))
        move(near, below, at)
        at = below
        below = 2 * at + 1
    w.agenda.counts.near = at
    rise(w, near[last].time, near[last].place, int64(near[last].who), int64(near[last].version))
    w.agenda.counts.near = last


@callable_when_compiled
def is_due(w: Any, until: float) -> bool:
    """Is the first event of the heap due before hour `until`? If the heap is empty, the next span with an event begins."""
    counts = w.agenda.counts
    while counts.near == 0:
        if counts.later == 0 or (counts.span + 1) * SPAN >= until:
            return False
        counts.span += 1
        begin_span(w)
    due: bool = w.agenda.near[0].time < until
    return due


@callable_when_compiled
def begin_span(w: Any) -> None:
    """Put the list of the span that begins on the heap."""
    counts = w.agenda.counts
    first = w.agenda.first
    span = counts.span
    row = first[span & (SPANS - 1)]
    first[span & (SPANS - 1)] = NOBODY
    while row != NOBODY:
        later = w.agenda.later[row]
        following = later.next
        if span_of(later.time) == span:
            rise(w, later.time, later.place, int64(later.who), int64(later.version))
            later.next = counts.free
            counts.free = row
            counts.later -= 1
        else:
            later.next = first[span & (SPANS - 1)]
            first[span & (SPANS - 1)] = row
        row = following
    counts.scout = first[(span + 1) & (SPANS - 1)]


@callable_when_compiled
def look_ahead(w: Any) -> None:
    """Go one row further through the list of the next span, so that it, and the child that it is about, come from memory while other events happen.
    Children are the only rows that events come back to after weeks."""
    counts = w.agenda.counts
    if counts.scout == NOBODY:
        return
    later = w.agenda.later[counts.scout]
    kind = later.place % KINDS
    if kind == Event.LEFT or kind == Event.STATE_CHANGED:
        prefetch(w.children[later.who])
    counts.scout = later.next
    if later.next != NOBODY:
        prefetch(w.agenda.later[later.next])


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
