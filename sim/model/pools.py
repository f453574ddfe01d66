"""Pools of people and the lines before them: who is on duty, who is next, how many hours go where.

First come, first served within a line, the most urgent line first; nobody is taken off a task. When fewer come on duty than are busy, running
tasks are
finished and nothing new starts. What a task means is not known here.
"""

from __future__ import annotations

from . import clock
from .rule import rule
from .words import NOBODY, Line, Pool, Progress, Work
from .world import Parameters, World

LINES = len(Line)


@rule
def is_missing_work(work: int) -> bool:
    """Is it work on a child's missing episode (and not another incident)?"""
    return work != Work.OTHER_INCIDENT


@rule
def count_hours(w: World, p: Parameters, t: float, pool: int) -> None:
    """Bring the pool's hours up to `t`. Called before anyone comes, goes, starts or ends, and at each change of shift, so that one shift holds all
    of it."""
    roster = w.pools[pool]
    hours = t - roster.updated
    if hours <= 0.0:
        return
    middle = roster.updated + hours / 2.0
    shift = clock.shift_at(middle, p.resources.late_starts, p.resources.night_starts, p.resources.night_ends)
    roster.busy_hours[shift] += hours * roster.busy
    roster.duty_hours[shift] += hours * roster.on_duty
    roster.overtime_hours += hours * roster.overtime
    roster.updated = t


@rule
def on_duty_at(p: Parameters, t: float, pool: int) -> int:
    """How many of a pool are on duty at `t`."""
    r = p.resources
    if pool == Pool.DESK or pool == Pool.RESPONSE:
        shift = clock.shift_at(t, r.late_starts, r.night_starts, r.night_ends)
        people = r.desk_staff if pool == Pool.DESK else r.response_units
        return people[shift]
    if pool == Pool.INTERVIEWER:
        return r.interviewers if clock.in_office_hours(t, r.interviews_open, r.interviews_close, True) else 0
    if pool == Pool.MASH:
        return r.mash_staff if clock.in_office_hours(t, r.mash_opens, r.mash_closes, False) else 0
    return r.social_workers * r.cases_per_worker


@rule
def next_duty_change(p: Parameters, t: float, pool: int) -> float:
    """When the number on duty may next change."""
    r = p.resources
    if pool == Pool.DESK or pool == Pool.RESPONSE:
        return clock.next_shift(t, r.late_starts, r.night_starts, r.night_ends)
    opens = r.interviews_open if pool == Pool.INTERVIEWER else r.mash_opens
    closes = r.interviews_close if pool == Pool.INTERVIEWER else r.mash_closes
    weekends = pool == Pool.INTERVIEWER
    if pool == Pool.SOCIAL_WORKER:
        return clock.midnight(t) + clock.WEEK
    if clock.in_office_hours(t, opens, closes, weekends):
        return clock.midnight(t) + closes
    return clock.next_opening(t, opens, closes, weekends)


@rule
def join(w: World, task: int) -> None:
    """Go to the end of the task's line."""
    row = w.tasks[task]
    roster = w.pools[row.pool]
    line = row.line
    row.next_in_line = NOBODY
    if roster.first[line] == NOBODY:
        roster.first[line] = task
    else:
        w.tasks[roster.last[line]].next_in_line = task
    roster.last[line] = task


@rule
def has_room(w: World, pool: int) -> bool:
    """Is anyone on duty free?"""
    roster = w.pools[pool]
    return roster.busy - roster.overtime < roster.on_duty


@rule
def next_waiting(w: World, pool: int) -> int:
    """Take the task whose turn it is out of its line (NOBODY if none waits); tasks dropped, lost or already started are passed over."""
    roster = w.pools[pool]
    for line in range(LINES):
        task = roster.first[line]
        while task != NOBODY:
            row = w.tasks[task]
            roster.first[line] = row.next_in_line
            if row.next_in_line == NOBODY:
                roster.last[line] = NOBODY
            if row.progress == Progress.WAITING:
                return task
            task = row.next_in_line
    return NOBODY


@rule
def seat(w: World, p: Parameters, t: float, task: int, overtime: bool) -> None:
    """One of the pool starts on the task."""
    row = w.tasks[task]
    count_hours(w, p, t, row.pool)
    roster = w.pools[row.pool]
    roster.busy += 1
    if is_missing_work(row.work):
        roster.busy_missing += 1
    if overtime:
        roster.overtime += 1
        roster.overtime_starts += 1
    row.overtime = overtime
    row.started = t
    row.progress = Progress.RUNNING


@rule
def free(w: World, p: Parameters, t: float, task: int) -> None:
    """The one who did the task is free again."""
    row = w.tasks[task]
    count_hours(w, p, t, row.pool)
    roster = w.pools[row.pool]
    roster.busy -= 1
    if is_missing_work(row.work):
        roster.busy_missing -= 1
    if row.overtime:
        roster.overtime -= 1
    row.ended = t
    row.progress = Progress.DONE


@rule
def at_night(p: Parameters, t: float) -> bool:
    """Is it night for the police?"""
    return clock.is_night(t, p.resources.night_starts, p.resources.night_ends)
