"""The calendar of the compiled engine gives events in the order of time and then of scheduling, near or far. Its functions run as plain Python
here."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.calendar import AHEAD, COUNTS, FAR, KINDS, LATER, NEAR, SPAN, SPANS, Calendar, drop_soonest, is_due, look_ahead, push, soonest
from sim.engine.memory import zeros
from sim.model.events import Event
from sim.model.words import NOBODY

ROUND = SPAN * SPANS
"""Hours after which spans share a list again."""


def calendar(room: int = 64) -> SimpleNamespace:
    """A world with nothing in it but a calendar."""
    counts = zeros(COUNTS, 1)[0]
    counts.free = counts.scout = NOBODY
    return SimpleNamespace(agenda=Calendar(zeros(NEAR, room), zeros(LATER, room), np.full(SPANS, NOBODY, np.int32), counts))


def taken(w: SimpleNamespace, until: float) -> list[tuple[float, int, int, int]]:
    """Every event due before `until`: (hour, kind, who, version)."""
    found = []
    while is_due(w, until):
        first = soonest(w)
        found.append((float(first.time), int(first.place % KINDS), int(first.who), int(first.version)))
        drop_soonest(w)
    return found


def pending(w: SimpleNamespace) -> int:
    """How many are left."""
    return int(w.agenda.counts.near + w.agenda.counts.later)


hours = st.one_of(
    st.floats(0.0, 3.0 * SPAN), st.sampled_from([0.0, SPAN, 2.0 * SPAN, np.nextafter(SPAN, 0.0)]), st.floats(0.0, 400.0 * SPAN)
)


@given(st.lists(st.lists(hours, max_size=8), min_size=1, max_size=6))
def test_events_come_by_time_and_then_in_the_order_of_scheduling(batches):
    """However they are pushed: before, while and after others have come."""
    w = calendar()
    waiting: list[tuple[float, int]] = []
    number, now = 0, 0.0
    for batch in batches:
        for after in batch:
            push(w, now + after, 7, number, -1)
            waiting.append((now + after, number))
            number += 1
        until = now + 1.5 * SPAN
        due = sorted(entry for entry in waiting if entry[0] < until)
        assert taken(w, until) == [(t, 7, who, -1) for t, who in due]
        waiting = [entry for entry in waiting if entry[0] >= until]
        now = until
    assert pending(w) == len(waiting)
    assert [who for _, _, who, _ in taken(w, now + 401.0 * SPAN)] == [who for _, who in sorted(waiting)]
    assert pending(w) == 0


def test_what_is_due_at_the_very_hour_waits():
    """Also at the hour at which a span begins."""
    w = calendar()
    for t in (SPAN, np.nextafter(SPAN, 0.0), np.nextafter(SPAN, 9.0)):
        push(w, t, 1, 0, 0)
    assert [t for t, *_ in taken(w, SPAN)] == [np.nextafter(SPAN, 0.0)]
    assert [t for t, *_ in taken(w, np.nextafter(SPAN, 9.0))] == [SPAN]
    assert pending(w) == 1


def test_spans_that_share_a_list_keep_apart():
    """An event a whole round later does not come with the first."""
    w = calendar()
    for rounds in (2, 0, 1):
        push(w, 5.5 * SPAN + rounds * ROUND, 3, rounds, 0)
    assert [who for _, _, who, _ in taken(w, ROUND)] == [0]
    assert [who for _, _, who, _ in taken(w, 3.0 * ROUND)] == [1, 2]


def test_rows_are_used_again():
    """A calendar that is never fuller needs no more room, however long it runs."""
    w = calendar(room=4)
    for step in range(100):
        push(w, (step + 2) * SPAN, 2, step, step)
        push(w, (step + 3) * SPAN, 4, step, step)
        taken(w, (step + 2.5) * SPAN)
    assert w.agenda.counts.taken <= 4
    assert pending(w) == 1


def test_what_comes_in_the_next_hour_is_looked_at_once_before_it_does(monkeypatch):
    """Its row, and the child or the episode that it is about: one row at a time, and nothing that lies further ahead."""
    seen: list[int] = []
    monkeypatch.setattr("sim.engine.calendar.prefetch", seen.append)
    w = calendar()
    for name in ("children", "episodes"):
        setattr(w, name, {who: f"{name} {who}" for who in range(9)})
    coming = (1, Event.LEFT), (2, Event.REVIEWED), (AHEAD, Event.TASK_ENDED), (AHEAD, Event.STATE_CHANGED), (AHEAD + 1, Event.LEFT)
    for who, (span, kind) in enumerate(coming):
        push(w, (span + 0.5) * SPAN, kind, who, 0)
    for _ in range(20):
        look_ahead(w)
    assert [one for one in seen if isinstance(one, str)] == ["children 0", "episodes 1", "children 3"]
    assert len(seen) == 7
    assert [who for _, _, who, _ in taken(w, (AHEAD + 0.75) * SPAN)] == [0, 1, 2, 3]
    for _ in range(20):
        look_ahead(w)
    assert seen[-1] == "children 4"


def test_what_is_later_than_any_run_never_comes():
    """It takes no room either."""
    w = calendar()
    push(w, np.inf, 2, 0, 0)
    push(w, 2.0 * FAR, 2, 0, 0)
    assert pending(w) == 0
    assert taken(w, np.inf) == []
