"""Hours, costs, waits and cover, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.records import Case, Episode, Interview, Roster, Task
from sim.model.words import NEVER, Grade, Line, Pool, Progress, Shift, Work
from sim.outcomes import MEASURES


def task(work: int, pool: int, requested: float, started: float = NEVER, ended: float = NEVER, **more):
    return Task(work=work, pool=pool, requested=requested, started=started, ended=ended, **more)


def values(c, *ids: str) -> list[float]:
    return [MEASURES[id].of(c) for id in ids]


DESK, VISIT, PREVENTION, OTHER = Work.DESK_ENQUIRY, Work.FIELD_VISIT, Work.PREVENTION_INTERVIEW, Work.OTHER_INCIDENT


def test_officer_hours_are_those_worked_on_the_cohort(cohort):
    """A desk hour at low, two field hours at high, an interview that still runs at the end; another episode and other incidents aside."""
    tasks = [
        task(DESK, Pool.DESK, 10, 11, 12, episode=0, grade=Grade.LOW),
        task(VISIT, Pool.RESPONSE, 10, 12, 14, episode=0, grade=Grade.HIGH),
        task(VISIT, Pool.RESPONSE, 10, 12, 14, episode=1, grade=Grade.HIGH),
        task(OTHER, Pool.RESPONSE, 10, 12, 14, episode=0),
        task(VISIT, Pool.RESPONSE, 20, episode=0, grade=Grade.HIGH, progress=Progress.DROPPED),
        task(PREVENTION, Pool.RESPONSE, 30, 99, episode=0, grade=Grade.HIGH, in_person=True, progress=Progress.RUNNING),
    ]
    c = cohort(closes=50, ends=100, episodes=[Episode(child=0, left=8, reported=9, located=20), Episode(child=0, left=60, reported=61)], tasks=tasks)
    assert values(c, "W1", "W1.desk", "W1.response", "W1.search", "W1.prevention") == [4, 1, 3, 3, 1]
    assert values(c, "W1.low", "W1.high", "W1.medium", "W1.per_episode", "N.open_prevention") == [1, 3, 0, 4, 1]
    assert MEASURES["W1.per_week"].of(c) == pytest.approx(4 * 168 / 50)
    assert MEASURES["W2.never_done"].of(c) == pytest.approx(100 / 3)


def test_cost_is_hours_times_the_cost_of_an_hour(cohort, parameters):
    """Two desk hours, an interview of three, an hour of MASH, a slot for one week."""
    tasks = [
        task(DESK, Pool.DESK, 10, 10, 12, episode=0),
        task(Work.RETURN_HOME_INTERVIEW, Pool.INTERVIEWER, 30, 30, 33, episode=0),
        task(Work.MASH_DECISION, Pool.MASH, 40, 40, 41, episode=1),
        task(Work.CASE, Pool.SOCIAL_WORKER, 41, 50, 50 + 168, episode=1),
        task(Work.CASE, Pool.SOCIAL_WORKER, 41, 50, 50 + 168, episode=0),
    ]
    cases = [Case(referred=41), Case(child=0, referred=40)]
    c = cohort(episodes=[Episode(child=0, left=8, reported=9, located=20, rhi=0)], interviews=[Interview(child=0)], cases=cases, tasks=tasks)
    r = parameters.resources
    costs = [2 * r.desk_cost, 3 * r.interviewer_cost, r.mash_cost, r.social_worker_cost]
    assert values(c, "W8.police", "W8.interviewer", "W8.mash", "W8.social_worker") == pytest.approx(costs)
    assert MEASURES["W8"].of(c) == pytest.approx(sum(costs))


def test_hours_by_role_and_by_grade_add_up(simulated):
    """No hour is lost or counted twice."""
    total = MEASURES["W1"].of(simulated)
    assert sum(values(simulated, "W1.desk", "W1.response")) == pytest.approx(total)
    assert sum(values(simulated, "W1.search", "W1.prevention")) == pytest.approx(total)
    assert sum(values(simulated, "W1.none", "W1.low", "W1.medium", "W1.high", "W1.ungraded")) == pytest.approx(total)


def test_waits_are_from_asking_to_starting(cohort):
    """Waits of 0, 1 and 5 hours; what never started and what was asked for after the window have no wait."""
    tasks = [task(DESK, Pool.DESK, 10, 10 + wait, 20, line=line) for wait, line in ((0, Line.URGENT), (1, Line.ROUTINE), (5, Line.ROUTINE))]
    tasks += [task(DESK, Pool.DESK, 10), task(DESK, Pool.DESK, 1001, 1100, 1101)]
    c = cohort(tasks=tasks)
    assert values(c, "W2.desk", "W2.desk.routine", "W2.desk.urgent") == [1, 3, 0]
    assert MEASURES["W2.desk.p90"].of(c) == pytest.approx(4.2)
    assert np.isnan(MEASURES["W2.response"].of(c))


def test_use_is_of_the_window_and_by_shift(cohort):
    """Two on duty, one busy since the last note at 6:00, both from 8:00, when the window opens, to its close at 12:00: all in the early shift."""
    opens, closes = 24 * 7 + 8.0, 24 * 7 + 12.0
    at_open = [Roster(on_duty=2, busy=1, updated=opens - 2, busy_hours=[50, 0, 7], duty_hours=[90, 0, 9], overtime_starts=3)]
    at_close = [Roster(on_duty=2, busy=2, updated=opens, busy_hours=[52, 0, 7], duty_hours=[94, 0, 9], overtime_starts=10)]
    c = cohort(opens=opens, closes=closes, ends=closes, at_open=at_open, at_close=at_close)
    assert c.pool_hours(Pool.DESK, "busy_hours").tolist() == [8, 0, 0]
    assert c.pool_hours(Pool.DESK, "duty_hours")[Shift.EARLY] == 8
    assert values(c, "W3.desk", "W3.desk.early") == [100, 100]
    assert np.isnan(MEASURES["W3.desk.night"].of(c))
    assert MEASURES["W2.overtime"].of(c) == pytest.approx(7 * 168 / 4)


def test_a_response_is_in_target_or_not_also_where_nobody_ever_came(cohort, parameters):
    """High, target 1 h: one in time, one late, one never with the child missing for 10 h more, one not needed after half an hour."""
    assert parameters.practice.response_target_hours[Grade.HIGH] == 1.0
    tasks = [task(VISIT, Pool.RESPONSE, 10, start, start + 1, episode=0, grade=Grade.HIGH) for start in (10.5, 12)]
    tasks += [task(VISIT, Pool.RESPONSE, requested, episode=0, grade=Grade.HIGH) for requested in (10, 19.5)]
    c = cohort(episodes=[Episode(child=0, left=8, reported=9, located=20)], tasks=tasks)
    assert values(c, "W4", "W4.high") == pytest.approx([100 / 3, 100 / 3])
    assert MEASURES["W4.high"].n(c) == 3
    assert np.isnan(MEASURES["W4.medium"].of(c))


def test_night_coverage_looks_at_medium_and_high(cohort, parameters):
    """A whole night of 8 h with 2 h of search at medium; a night without any at low is not asked about."""
    assert (parameters.resources.night_starts, parameters.resources.night_ends) == (22.0, 6.0)
    low, medium = (Episode(child=0, left=10, reported=12, located=36, first_grade=grade) for grade in (Grade.LOW, Grade.MEDIUM))
    medium.night_active_hours = 2.0
    episodes = [low, medium]
    assert MEASURES["W5"].of(cohort(episodes=episodes)) == 25.0


def test_the_handover_gap_is_from_the_first_change_of_shift_to_the_next_action(cohort):
    """Change at 14:00. Next action at 15:00; one under way; none though open for longer than 2 h; back at 15:30 with nothing done: not known."""
    episodes = [Episode(child=0, left=10, reported=12, located=located) for located in (40, 40, 40, 15.5, 13)]
    tasks = [
        task(DESK, Pool.DESK, 12, 13, 13.5, episode=0),
        task(DESK, Pool.DESK, 12, 15, 16, episode=0),
        task(VISIT, Pool.RESPONSE, 12, 13.5, 14.5, episode=1),
        task(PREVENTION, Pool.RESPONSE, 12, 14.5, 15, episode=2),
    ]
    c = cohort(episodes=episodes, tasks=tasks)
    assert MEASURES["W6"].of(c) == 0.5
    assert MEASURES["W6.over_2h"].of(c) == pytest.approx(100 / 3)


def test_displaced_demand_is_late_while_the_pool_was_on_missing_work(cohort, parameters):
    """Priority, target 1 h: late and displaced counts, also where nobody came; late for another reason, or in time, does not."""
    assert parameters.area.other_incident_target_hours[Line.PRIORITY] == 1.0
    cases = ((12, True), (NEVER, True), (12, False), (10.9, True))
    c = cohort(closes=336, tasks=[task(OTHER, Pool.RESPONSE, 10, start, line=Line.PRIORITY, displaced=displaced) for start, displaced in cases])
    assert MEASURES["W7"].of(c) == 1.0


def test_lost_tasks_are_a_share_of_what_was_asked(cohort):
    """One of four."""
    tasks = [task(DESK, Pool.DESK, 10, episode=0, progress=p) for p in (Progress.LOST, Progress.DONE, Progress.DONE, Progress.DROPPED)]
    c = cohort(episodes=[Episode(child=0, left=8, reported=9, located=20)], tasks=tasks)
    assert values(c, "W6.lost", "W2.never_done") == [25.0, 25.0]
