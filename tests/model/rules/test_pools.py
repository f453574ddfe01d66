"""Pools: who is on duty when, who is next in line, and where the hours go. Shifts 6, 14 and 22; offices 9 to 17 unless a test says otherwise."""

from __future__ import annotations

import pytest

from sim.model import pools
from sim.model.words import NOBODY, Line, Pool, Progress, Shift, Work
from tests.model.rules.stage import DAY, MONDAY_10, Stage
from tests.model.small import Overrides

MIDNIGHT = MONDAY_10 - 10.0
SATURDAY = MIDNIGHT + 5.0 * DAY
ROSTERS: Overrides = {
    "resources.late_starts": 14.0,
    "resources.night_starts": 22.0,
    "resources.night_ends": 6.0,
    "resources.desk_staff": [3, 4, 2],
    "resources.response_units": [13, 14, 12],
    "resources.interviewers": 5,
    "resources.interviews_open": 9.0,
    "resources.interviews_close": 20.0,
    "resources.mash_staff": 6,
    "resources.mash_opens": 8.0,
    "resources.mash_closes": 17.0,
    "resources.social_workers": 7,
    "resources.cases_per_worker": 11,
}


@pytest.fixture
def s() -> Stage:
    return Stage(ROSTERS)


@pytest.mark.parametrize(
    ("t", "pool", "people"),
    [
        (MONDAY_10, Pool.DESK, 3), (MIDNIGHT + 15.0, Pool.DESK, 4), (MIDNIGHT + 23.0, Pool.DESK, 2),
        (MONDAY_10, Pool.RESPONSE, 13), (MIDNIGHT + 15.0, Pool.RESPONSE, 14), (MIDNIGHT + 23.0, Pool.RESPONSE, 12),
        (MONDAY_10, Pool.INTERVIEWER, 5), (SATURDAY + 10.0, Pool.INTERVIEWER, 5), (MIDNIGHT + 8.5, Pool.INTERVIEWER, 0),
        (MONDAY_10, Pool.MASH, 6), (SATURDAY + 10.0, Pool.MASH, 0), (MIDNIGHT + 8.5, Pool.MASH, 6), (MIDNIGHT + 18.0, Pool.MASH, 0),
        (MONDAY_10, Pool.SOCIAL_WORKER, 77), (SATURDAY + 3.0, Pool.SOCIAL_WORKER, 77),
    ],
)  # fmt: skip
def test_who_is_on_duty_is_what_the_roster_says(s, t, pool, people):
    """Police by shift, interviewers every day and MASH on weekdays in their own hours, case slots always."""
    assert pools.on_duty_at(s.p, t, pool) == people


@pytest.mark.parametrize(
    ("t", "pool", "next_change"),
    [
        (MONDAY_10, Pool.DESK, MIDNIGHT + 14.0), (MONDAY_10, Pool.RESPONSE, MIDNIGHT + 14.0),
        (MONDAY_10, Pool.INTERVIEWER, MIDNIGHT + 20.0), (MONDAY_10, Pool.MASH, MIDNIGHT + 17.0),
        (MIDNIGHT + 21.0, Pool.INTERVIEWER, MIDNIGHT + 33.0), (MIDNIGHT + 21.0, Pool.MASH, MIDNIGHT + 32.0),
        (SATURDAY + 1.0, Pool.INTERVIEWER, SATURDAY + 9.0), (SATURDAY + 1.0, Pool.MASH, SATURDAY + 2.0 * DAY + 8.0),
        (MONDAY_10, Pool.SOCIAL_WORKER, MIDNIGHT + 168.0),
    ],
)  # fmt: skip
def test_duty_next_changes_at_the_shift_the_opening_or_the_closing(s, t, pool, next_change):
    """Police at the next shift, offices when they next open or close, case slots are looked at once a week."""
    assert pools.next_duty_change(s.p, t, pool) == next_change


def waiting(s: Stage, line: Line, pool: Pool = Pool.DESK, work: Work = Work.DESK_ENQUIRY) -> int:
    task = s.row("tasks", pool=pool, line=line, work=work, requested=MONDAY_10)
    pools.join(s.w, task)
    return task


def test_the_most_urgent_line_is_served_first_and_each_line_in_its_order(s):
    """Four tasks in three lines: urgent, then both routine ones as they came, then the last; then nobody waits."""
    routine, urgent, second, last = (waiting(s, line) for line in (Line.ROUTINE, Line.URGENT, Line.ROUTINE, Line.LAST))
    assert [pools.next_waiting(s.w, Pool.DESK) for _ in range(5)] == [urgent, routine, second, last, NOBODY]
    roster = s.w.pools[Pool.DESK]
    assert roster.first == roster.last == [NOBODY] * 4


def test_a_line_that_emptied_can_be_joined_again(s):
    """Who joins after the last has gone is first, and who joins after that is behind."""
    first = waiting(s, Line.URGENT)
    assert pools.next_waiting(s.w, Pool.DESK) == first
    second, third = waiting(s, Line.URGENT), waiting(s, Line.URGENT)
    assert s.w.pools[Pool.DESK].first[Line.URGENT] == second
    assert s.w.pools[Pool.DESK].last[Line.URGENT] == third
    assert s.w.tasks[second].next_in_line == third
    assert s.w.tasks[third].next_in_line == NOBODY


def test_tasks_that_no_longer_wait_are_passed_over(s):
    """Dropped, lost and replaced tasks stay in the line and are never given out; a task of another pool is not seen at all."""
    gone = [waiting(s, Line.URGENT) for _ in range(3)]
    other = waiting(s, Line.URGENT, Pool.RESPONSE)
    wanted = waiting(s, Line.URGENT)
    for task, progress in zip(gone, (Progress.DROPPED, Progress.LOST, Progress.REPLACED), strict=True):
        s.w.tasks[task].progress = progress
    assert pools.next_waiting(s.w, Pool.DESK) == wanted
    assert pools.next_waiting(s.w, Pool.DESK) == NOBODY
    assert pools.next_waiting(s.w, Pool.RESPONSE) == other


def test_there_is_room_while_fewer_are_busy_than_on_duty_and_overtime_takes_nobodys_place(s):
    """Two on duty: room at one busy, none at two; a third on overtime changes nothing."""
    roster = s.staff(Pool.DESK, 2)
    roster.busy = 1
    assert pools.has_room(s.w, Pool.DESK)
    roster.busy = 2
    assert not pools.has_room(s.w, Pool.DESK)
    roster.overtime = 1
    assert pools.has_room(s.w, Pool.DESK)
    roster.busy = 3
    assert not pools.has_room(s.w, Pool.DESK)


def test_hours_are_counted_up_to_now_in_the_shift_that_they_lie_in(s):
    """From 10 to 13: three hours of each who is on duty, busy or on overtime, in the early shift; nothing is counted twice, none backwards."""
    roster = s.staff(Pool.DESK, 5)
    roster.busy, roster.overtime = 4, 2
    pools.count_hours(s.w, s.p, MONDAY_10 + 3.0, Pool.DESK)
    pools.count_hours(s.w, s.p, MONDAY_10 + 3.0, Pool.DESK)
    pools.count_hours(s.w, s.p, MONDAY_10 + 2.0, Pool.DESK)
    assert (roster.busy_hours, roster.duty_hours) == ([12.0, 0.0, 0.0], [15.0, 0.0, 0.0])
    assert (roster.overtime_hours, roster.updated) == (6.0, MONDAY_10 + 3.0)


def test_a_stretch_that_ends_at_a_change_of_shift_belongs_to_the_shift_before(s):
    """Counted from 10 to 14 all is early; from 14 to 22 all is late; from 22 to 6 all is night."""
    roster = s.staff(Pool.DESK, 1)
    for end in (14.0, 22.0, 30.0):
        pools.count_hours(s.w, s.p, MIDNIGHT + end, Pool.DESK)
    assert roster.duty_hours == [4.0, 8.0, 8.0]
    assert [int(shift) for shift in Shift] == [0, 1, 2]


@pytest.mark.parametrize("work", [Work.FIELD_VISIT, Work.OTHER_INCIDENT])
@pytest.mark.parametrize("overtime", [False, True])
def test_who_starts_is_busy_until_free_again(s, work, overtime):
    """Taking a seat and freeing it: counts go up by one and down again, missing work and overtime only where it is that; hours lie between."""
    roster = s.staff(Pool.RESPONSE, 2)
    task = s.row("tasks", pool=Pool.RESPONSE, work=work)
    pools.seat(s.w, s.p, MONDAY_10 + 1.0, task, overtime)
    row = s.w.tasks[task]
    assert (row.started, row.overtime, row.progress) == (MONDAY_10 + 1.0, overtime, Progress.RUNNING)
    assert (roster.busy, roster.busy_missing, roster.overtime, roster.overtime_starts) == (1, work == Work.FIELD_VISIT, overtime, overtime)
    pools.free(s.w, s.p, MONDAY_10 + 3.0, task)
    assert (row.ended, row.progress) == (MONDAY_10 + 3.0, Progress.DONE)
    assert (roster.busy, roster.busy_missing, roster.overtime, roster.overtime_starts) == (0, 0, 0, overtime)
    assert roster.busy_hours[Shift.EARLY] == 2.0
    assert roster.overtime_hours == (2.0 if overtime else 0.0)


def test_police_night_is_from_its_start_to_its_end(s):
    """At 22 it is night, at 6 it is over."""
    assert [pools.at_night(s.p, MIDNIGHT + hour) for hour in (5.9, 6.0, 21.9, 22.0)] == [True, False, False, True]
