"""Other incidents and changes of duty; how an area begins; and how another practice takes over."""

from __future__ import annotations

import pytest

from sim.model import child, demand, start
from sim.model.events import Event
from sim.model.luck import Decision
from sim.model.words import Home, Line, Plan, Pool, Progress, Work
from tests.model.rules.stage import MONDAY_10, UNIT, Stage
from tests.model.small import YEAR, Overrides, parameters

T = MONDAY_10
INCIDENTS: Overrides = {
    "area.children": [3, 0, 2, 0],
    "area.reports_per_year": 876.0,
    "area.other_incidents_per_report": 5.0,
    "area.other_incident_mix": [0.2, 0.5, 0.3],
    "area.other_incident_desk_share": 0.3,
    "area.other_incident_hours": 1.5,
    "area.other_families_per_year": 87.6,
    "resources.desk_staff": [3, 4, 2],
    "resources.response_units": [13, 14, 12],
    "resources.late_starts": 14.0,
    "resources.night_starts": 22.0,
    "resources.night_ends": 6.0,
    "resources.interviewers": 5,
    "resources.interviews_open": 9.0,
    "resources.mash_staff": 6,
    "resources.mash_opens": 8.0,
    "resources.social_workers": 7,
    "resources.cases_per_worker": 11,
    "practice.handover_lost_share": 1.0,
}


@pytest.fixture
def s() -> Stage:
    return Stage(INCIDENTS)


@pytest.mark.parametrize(("u", "line"), [(0.1999, Line.URGENT), (0.2, Line.PRIORITY), (0.6999, Line.PRIORITY), (0.7, Line.ROUTINE)])
@pytest.mark.parametrize(("which", "pool"), [(0.2999, Pool.DESK), (0.3, Pool.RESPONSE)])
def test_an_incident_asks_a_pool_in_a_line_by_their_shares(s, u, line, which, pool):
    """0.2 urgent, 0.5 priority; 0.3 for the desk. It takes an exponential of mean 1.5 hours, and the next comes in two hours."""
    s.staff(pool, 0)
    for decision, luck in ((Decision.INCIDENT_LINE, u), (Decision.INCIDENT_POOL, which), (Decision.INCIDENT_HOURS, UNIT)):
        s.lucky(decision, luck, entity=7, occurrence=0)
    s.lucky(Decision.INCIDENT_GAP, UNIT, entity=8, occurrence=0)
    demand.incident(s.w, s.p, 7, T)
    task = s.w.tasks[0]
    assert (s.w.now.incidents, s.w.now.tasks) == (1, 1)
    assert (task.work, task.pool, task.line, task.episode, task.number, task.grade) == (Work.OTHER_INCIDENT, pool, line, 7, 0, -1)
    assert (task.hours, task.displaced) == (pytest.approx(1.5), False)
    assert s.noted() == [(T, Event.TASK_ASKED, 0, pool)]
    assert s.due(Event.INCIDENT) == [(pytest.approx(T + 2.0), 8, 0)]


@pytest.mark.parametrize(("busy", "displaced"), [(0, False), (1, True), (2, True)])
def test_an_incident_is_displaced_while_its_pool_is_busy_with_missing_work(s, busy, displaced):
    """Counted when it asks."""
    s.w.pools[Pool.RESPONSE].busy_missing = busy
    demand.incident(s.w, s.p, 7, T)
    assert s.w.tasks[0].displaced == displaced


def test_where_there_are_no_incidents_none_come():
    """A rate of 0."""
    s = Stage(INCIDENTS, {"area.other_incidents_per_report": 0.0})
    demand.next_incident(s.w, s.p, T, 0)
    assert s.agenda.lines == []


@pytest.mark.parametrize(("pool", "lost"), [(Pool.DESK, True), (Pool.RESPONSE, True), (Pool.INTERVIEWER, False)])
def test_at_a_change_of_duty_hours_are_counted_and_police_hand_over(s, pool, lost):
    """At 14:00: four hours of those who were on, the new number on duty, a waiting search task lost (by police alone), the next change set."""
    roster = s.staff(pool, 1)
    e = s.episode(s.child(), desk=Plan.ASKED, desk_task=0)
    task = s.row("tasks", pool=pool, work=Work.DESK_ENQUIRY, line=Line.ROUTINE, episode=e)
    roster.first[Line.ROUTINE] = roster.last[Line.ROUTINE] = task
    demand.duty_changed(s.w, s.p, pool, T + 4.0)
    assert sum(roster.duty_hours) == 4.0
    assert roster.on_duty == {Pool.DESK: 4, Pool.RESPONSE: 14, Pool.INTERVIEWER: 5}[pool]
    assert s.w.tasks[task].progress == (Progress.LOST if lost else Progress.RUNNING)
    assert len(s.due(Event.DUTY_CHANGED)) == 1
    t, who, version = s.due(Event.DUTY_CHANGED)[0]
    assert (who, version) == (pool, 0)
    assert t > T + 4.0


def test_those_who_come_on_duty_start_on_what_waits(s):
    """An incident that waited for the desk."""
    roster = s.staff(Pool.DESK, 0)
    task = s.row("tasks", pool=Pool.DESK, work=Work.OTHER_INCIDENT, line=Line.ROUTINE)
    roster.first[Line.ROUTINE] = roster.last[Line.ROUTINE] = task
    demand.duty_changed(s.w, s.p, Pool.DESK, T + 4.0)
    assert s.w.tasks[task].started == T + 4.0


def test_an_area_begins_with_its_children_its_people_and_the_first_of_everything(s):
    """At midnight: the night shift, nobody in the offices, all case slots; three children at home and two in a children's home by their keys."""
    start.start(s.w, s.p)
    assert [roster.on_duty for roster in s.w.pools] == [2, 12, 0, 0, 77]
    assert s.due(Event.DUTY_CHANGED) == [(6.0, 0, 0), (6.0, 1, 0), (9.0, 2, 0), (8.0, 3, 0), (168.0, 4, 0)]
    rows = s.w.children[: s.w.now.children]
    assert [(row.home, row.key) for row in rows] == [
        *((Home.FAMILY, number) for number in range(3)), *((Home.CHILDRENS_HOME, 2 * child.KEYS + number) for number in range(2)),
    ]  # fmt: skip
    assert all(row.entered == 0.0 for row in rows)
    assert [(who, version) for _, who, version in s.due(Event.ENTERED)] == [(Home.FAMILY, 0), (Home.CHILDRENS_HOME, 0)]
    assert [(who, version) for _, who, version in s.due(Event.INCIDENT)] == [(0, 0)]
    assert [(who, version) for _, who, version in s.due(Event.OTHER_FAMILY)] == [(0, 0)]


def test_children_are_of_all_ages_at_the_start_and_not_newcomers(s):
    """With luck 0.999 in the age so far a child is nearly 18, which nobody is who enters."""
    s.lucky(Decision.ENTRY_AGE, 0.5, entity=0, occurrence=0)
    s.lucky(Decision.AGE_SO_FAR, 0.999, entity=0, occurrence=0)
    start.start(s.w, s.p)
    assert -s.w.children[0].born / YEAR > 17.9


def test_another_practice_has_its_people_on_duty_at_once(s):
    """From ten o'clock on: hours so far are of those before, and whoever is free now starts on what waits. Nothing else changes."""
    for pool in Pool:
        s.staff(pool, 0).updated = T - 2.0
    s.w.pools[Pool.DESK].on_duty = s.w.pools[Pool.DESK].busy = 1
    task = s.row("tasks", pool=Pool.SOCIAL_WORKER, work=Work.OTHER_INCIDENT, line=Line.ROUTINE)
    s.w.pools[Pool.SOCIAL_WORKER].first[Line.ROUTINE] = s.w.pools[Pool.SOCIAL_WORKER].last[Line.ROUTINE] = task
    start.switched(s.w, parameters(INCIDENTS, {"resources.desk_staff": [8, 8, 8]}), T)
    assert [roster.on_duty for roster in s.w.pools] == [8, 13, 5, 6, 77]
    assert [roster.updated for roster in s.w.pools] == [T] * 5
    assert sum(s.w.pools[Pool.DESK].duty_hours) == 2.0
    assert s.w.tasks[task].started == T
    assert s.due(Event.DUTY_CHANGED) == []
