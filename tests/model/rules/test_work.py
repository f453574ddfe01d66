"""Tasks: asked for, started, escalated, ended, dropped and called off."""

from __future__ import annotations

import pytest

from sim.model import work
from sim.model.events import Event
from sim.model.words import NEVER, NOBODY, Line, Plan, Pool, Progress, Work
from tests.model.rules.stage import MONDAY_10, Stage

T = MONDAY_10


@pytest.fixture
def s() -> Stage:
    s = Stage({"resources.escalate_after_hours": [1.0, 2.0, 3.0, 4.0], "resources.overtime_limit": 2, "world.find_rate": 0.0})
    for pool in Pool:
        s.staff(pool, 1)
    return s


def test_a_new_task_is_written_down_and_asked_of_nobody(s):
    """Every column is what the caller said; it waits, in no line."""
    s.row("tasks")
    task = work.new_task(s.w, T, Work.FIELD_VISIT, Pool.RESPONSE, Line.PRIORITY, 5, 6, 2, 1.5)
    row = s.w.tasks[task]
    assert (task, s.w.now.tasks) == (1, 2)
    assert (row.work, row.pool, row.line, row.episode, row.number, row.grade) == (Work.FIELD_VISIT, Pool.RESPONSE, Line.PRIORITY, 5, 6, 2)
    assert (row.requested, row.hours, row.progress, row.started) == (T, 1.5, Progress.WAITING, NEVER)
    assert s.w.pools[Pool.RESPONSE].first[Line.PRIORITY] == NOBODY
    assert s.agenda.lines == s.noted() == []


def test_who_is_free_starts_at_once_and_the_end_is_set(s):
    """Asked of a free pool: the trace has asked and started, the only thing to come is the end."""
    s.row("tasks")
    task = work.new_task(s.w, T, Work.PREVENTION_INTERVIEW, Pool.RESPONSE, Line.LAST, 0, 0, 1, 1.5)
    work.ask(s.w, s.p, T, task)
    assert s.noted() == [(T, Event.TASK_ASKED, task, Pool.RESPONSE), (T, Event.TASK_STARTED, task, Pool.RESPONSE)]
    assert s.agenda.lines == [(T + 1.5, Event.TASK_ENDED, task, 0)]


@pytest.mark.parametrize(("pool", "line", "hours"), [(Pool.DESK, Line.URGENT, 1.0), (Pool.RESPONSE, Line.LAST, 4.0), (Pool.MASH, Line.URGENT, None)])
def test_police_work_that_waits_is_looked_at_after_the_hours_of_its_line(s, pool, line, hours):
    """Nobody free: a police task has its escalation time by line; other pools have none."""
    s.row("tasks")
    s.staff(pool, 0)
    task = work.new_task(s.w, T, Work.OTHER_INCIDENT, pool, line, 0, 0, -1, 1.5)
    work.ask(s.w, s.p, T, task)
    assert s.w.tasks[task].progress == Progress.WAITING
    assert s.agenda.lines == ([(T + hours, Event.ESCALATED, task, 0)] if hours else [])


def asked(s: Stage, pool: Pool = Pool.DESK, kind: Work = Work.OTHER_INCIDENT) -> int:
    task = work.new_task(s.w, T, kind, pool, Line.ROUTINE, 0, 0, -1, 1.5)
    work.ask(s.w, s.p, T, task)
    return task


def test_one_who_is_free_takes_one_task_and_the_next_waits(s):
    """One on duty: the first starts, the second waits until the first is done and the pool is served."""
    first, second = asked(s), asked(s)
    assert [s.w.tasks[task].progress for task in (first, second)] == [Progress.RUNNING, Progress.WAITING]
    assert work.ended(s.w, s.p, T + 1.5, first)
    assert s.noted()[-1] == (T + 1.5, Event.TASK_ENDED, first, Pool.DESK)
    work.serve(s.w, s.p, T + 1.5, Pool.DESK)
    assert s.w.tasks[second].started == T + 1.5
    assert not s.w.tasks[second].overtime
    assert not work.ended(s.w, s.p, T + 2.0, first), "a task ends once"


def test_as_many_start_as_are_free(s):
    """Two more come on duty: both who wait start, and the third of them does not exist."""
    tasks = [asked(s) for _ in range(3)]
    s.w.pools[Pool.DESK].on_duty = 4
    work.serve(s.w, s.p, T + 1.0, Pool.DESK)
    assert [s.w.tasks[task].started for task in tasks] == [T, T + 1.0, T + 1.0]
    assert s.w.pools[Pool.DESK].busy == 3


def test_a_task_that_waits_too_long_starts_on_overtime_up_to_the_limit(s):
    """Two may be on overtime: two are started, the third is looked at again when it has waited twice as long, an hour from now at the least."""
    for _ in range(4):
        asked(s)
    s.agenda.lines.clear()
    for task in (1, 2, 3):
        work.escalated(s.w, s.p, task, T + 3.0)
    assert [s.w.tasks[task].overtime for task in range(4)] == [False, True, True, False]
    assert s.due(Event.ESCALATED) == [(T + 6.0, 3, 0)]
    assert [line[1:] for line in s.noted() if line[1] == Event.ESCALATED] == [(Event.ESCALATED, task, Pool.DESK) for task in (1, 2)]
    work.escalated(s.w, s.p, 3, T + 0.5)
    assert s.due(Event.ESCALATED)[-1] == (T + 1.5, 3, 0)


def test_a_task_that_has_started_is_not_escalated(s):
    """The first task runs: nothing happens when its waiting time is up."""
    task = asked(s)
    s.agenda.lines.clear()
    work.escalated(s.w, s.p, task, T + 1.0)
    assert s.agenda.lines == []
    assert not s.w.tasks[task].overtime


def test_a_case_has_no_end_of_its_own_and_its_assessment_starts(s):
    """Starting a case: the case knows, the assessment is due at once, and no end of the task is set."""
    k = s.row("cases")
    task = work.new_task(s.w, T, Work.CASE, Pool.SOCIAL_WORKER, Line.ROUTINE, k, 0, -1, 0.0)
    work.ask(s.w, s.p, T + 1.0, task)
    assert s.w.cases[k].started == T + 1.0
    assert s.agenda.lines == [(T + 1.0, Event.ASSESSED, k, 0)]


@pytest.mark.parametrize(("kind", "pool"), [(Work.DESK_ENQUIRY, Pool.DESK), (Work.FIELD_VISIT, Pool.RESPONSE)])
def test_the_first_action_and_the_first_visit_are_noted_once(s, kind, pool):
    """A desk enquiry is a first action, a field visit a first visit too; later ones change neither."""
    e = s.episode(s.child(), reported=T, raw_updated=T)
    s.staff(pool, 2)
    for hour in (1.0, 2.0):
        task = work.new_task(s.w, T + hour, kind, pool, Line.ROUTINE, e, 0, 1, 1.0)
        work.ask(s.w, s.p, T + hour, task)
    assert s.w.episodes[e].first_action == T + 1.0
    assert s.w.episodes[e].first_field == (T + 1.0 if kind == Work.FIELD_VISIT else NEVER)
    assert s.w.episodes[e].find_version == 2


def test_only_what_waits_can_be_dropped(s):
    """A waiting task is dropped, with a line in the trace; a running one goes on."""
    running, waits = asked(s), asked(s)
    s.w.trace.clear()
    for task in (running, waits):
        work.drop(s.w, T + 1.0, task)
    assert [s.w.tasks[task].progress for task in (running, waits)] == [Progress.RUNNING, Progress.DROPPED]
    assert s.noted() == [(T + 1.0, Event.TASK_DROPPED, waits, Pool.DESK)]


def test_calling_off_ends_what_runs_and_drops_what_waits(s):
    """Running: over now, not counted as dropped. Waiting: dropped, counted. Over or no task at all: nothing."""
    running, waits = asked(s), asked(s)
    s.w.trace.clear()
    assert [work.call_off(s.w, s.p, T + 1.0, task) for task in (running, waits, running, NOBODY)] == [0, 1, 0, 0]
    assert s.w.tasks[running].ended == T + 1.0
    assert s.w.tasks[waits].progress == Progress.DROPPED
    assert s.noted() == [(T + 1.0, Event.TASK_ENDED, running, Pool.DESK), (T + 1.0, Event.TASK_DROPPED, waits, Pool.DESK)]
    assert s.w.pools[Pool.DESK].busy == 0


def test_when_the_child_is_located_all_stand_down_and_turn_to_what_waits(s):
    """Two strands, one running and one waiting: effort is settled, tasks end, plans are void, and those who are free take other work."""
    e = s.episode(s.child(), reported=T, raw_updated=T, desk=Plan.ASKED, field=Plan.ASKED, plan_version=4, find_version=7)
    episode = s.w.episodes[e]
    other = asked(s, Pool.RESPONSE)
    episode.desk_task = work.new_task(s.w, T, Work.DESK_ENQUIRY, Pool.DESK, Line.URGENT, e, 0, 3, 9.0)
    work.ask(s.w, s.p, T, episode.desk_task)
    episode.field_task = work.new_task(s.w, T, Work.FIELD_VISIT, Pool.RESPONSE, Line.URGENT, e, 0, 3, 9.0)
    work.ask(s.w, s.p, T, episode.field_task)
    waits_desk, waits_field = asked(s, Pool.DESK), asked(s, Pool.RESPONSE)
    assert work.ended(s.w, s.p, T + 2.0, other)
    version = episode.find_version
    work.stand_down(s.w, s.p, T + 2.0, e)
    assert (episode.active_hours, episode.raw, episode.raw_rate) == (2.0, 2.0, 0.0)
    assert (episode.desk, episode.field, episode.desk_task, episode.field_task) == (Plan.NONE, Plan.NONE, NOBODY, NOBODY)
    assert (episode.plan_version, episode.find_version, episode.never_done) == (5, version + 1, 1)
    assert [s.w.tasks[task].started for task in (waits_desk, waits_field)] == [T + 2.0, T + 2.0]
