"""Tasks from asking to ending: who asks whom, what happens when someone starts, and what when nobody could.

A task belongs to one pool and one line. Overload is bounded as in life: a task that has lost its point is dropped and counted as never done, a
task that has
waited too long is started on overtime, up to a limit, and counted.
"""

from __future__ import annotations

from . import pools, search
from .agenda import schedule
from .events import Event
from .rule import rule
from .trace import note
from .words import NEVER, NOBODY, Plan, Pool, Progress, Work
from .world import Parameters, World


@rule
def new_task(w: World, t: float, work: int, pool: int, line: int, episode: int, number: int, grade: int, hours: float) -> int:
    """Write a task down, not yet asked of anyone."""
    task = w.now.tasks
    w.now.tasks += 1
    row = w.tasks[task]
    row.work = work
    row.pool = pool
    row.line = line
    row.episode = episode
    row.number = number
    row.grade = grade
    row.requested = t
    row.hours = hours
    return task


@rule
def begin(w: World, p: Parameters, t: float, task: int, overtime: bool) -> None:
    """Someone starts on the task: it will end when its hours are up."""
    pools.seat(w, p, t, task, overtime)
    row = w.tasks[task]
    note(w, t, Event.TASK_STARTED, task, row.pool)
    if row.work != Work.CASE:
        schedule(w, t + row.hours, Event.TASK_ENDED, task, 0)
    if row.work == Work.DESK_ENQUIRY or row.work == Work.FIELD_VISIT:
        search_begun(w, p, t, row.episode, task)
    elif row.work == Work.CASE:
        case = w.cases[row.episode]
        case.started = t
        schedule(w, t, Event.ASSESSED, row.episode, 0)


@rule
def search_begun(w: World, p: Parameters, t: float, e: int, task: int) -> None:
    """A desk enquiry or field visit of an episode has begun."""
    episode = w.episodes[e]
    if episode.first_action == NEVER:
        episode.first_action = t
    if w.tasks[task].work == Work.FIELD_VISIT and episode.first_field == NEVER:
        episode.first_field = t
    search.changed(w, p, t, e)


@rule
def serve(w: World, p: Parameters, t: float, pool: int) -> None:
    """As long as someone is free and someone waits, begin the next task."""
    while pools.has_room(w, pool):
        task = pools.next_waiting(w, pool)
        if task == NOBODY:
            return
        begin(w, p, t, task, False)


@rule
def ask(w: World, p: Parameters, t: float, task: int) -> None:
    """Ask the task's pool for someone now. Police work that waits too long is escalated."""
    row = w.tasks[task]
    note(w, t, Event.TASK_ASKED, task, row.pool)
    pools.join(w, task)
    serve(w, p, t, row.pool)
    if row.progress == Progress.WAITING and (row.pool == Pool.DESK or row.pool == Pool.RESPONSE):
        schedule(w, t + p.resources.escalate_after_hours[row.line], Event.ESCALATED, task, 0)


@rule
def escalated(w: World, p: Parameters, task: int, t: float) -> None:
    """A task has waited its set time: start it on overtime if the limit allows; else look again when it has waited twice as long.

    So a task that nobody will ever do is looked at a dozen times in a year, and a pool with nobody on duty does not fill the agenda."""
    row = w.tasks[task]
    if row.progress != Progress.WAITING:
        return
    if w.pools[row.pool].overtime < p.resources.overtime_limit:
        note(w, t, Event.ESCALATED, task, row.pool)
        begin(w, p, t, task, True)
    else:
        schedule(w, t + max(t - row.requested, 1.0), Event.ESCALATED, task, 0)


@rule
def ended(w: World, p: Parameters, t: float, task: int) -> bool:
    """The hours of a task are up. False if it had been stood down before. The caller serves the pool when it has dealt with what the task was for."""
    row = w.tasks[task]
    if row.progress != Progress.RUNNING:
        return False
    pools.free(w, p, t, task)
    note(w, t, Event.TASK_ENDED, task, row.pool)
    return True


@rule
def drop(w: World, t: float, task: int) -> None:
    """A waiting task has lost its point: it is never done."""
    row = w.tasks[task]
    if row.progress == Progress.WAITING:
        row.progress = Progress.DROPPED
        note(w, t, Event.TASK_DROPPED, task, row.pool)


@rule
def call_off(w: World, p: Parameters, t: float, task: int) -> int:
    """End a running task now, drop a waiting one; 1 if it was dropped."""
    if task == NOBODY:
        return 0
    row = w.tasks[task]
    if row.progress == Progress.RUNNING:
        pools.free(w, p, t, task)
        note(w, t, Event.TASK_ENDED, task, row.pool)
    elif row.progress == Progress.WAITING:
        drop(w, t, task)
        return 1
    return 0


@rule
def stand_down(w: World, p: Parameters, t: float, e: int) -> None:
    """The child is located: running search tasks end now, waiting ones are never done, and those who are free go to what waits."""
    search.accrue(w, p, t, e)
    episode = w.episodes[e]
    episode.plan_version += 1
    episode.find_version += 1
    episode.raw_rate = 0.0
    episode.never_done += call_off(w, p, t, episode.desk_task) + call_off(w, p, t, episode.field_task)
    episode.desk = Plan.NONE
    episode.field = Plan.NONE
    episode.desk_task = NOBODY
    episode.field_task = NOBODY
    serve(w, p, t, Pool.DESK)
    serve(w, p, t, Pool.RESPONSE)
