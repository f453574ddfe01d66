"""The search: effort by what runs, the hour at which it suffices, and nothing that reads the grade."""

from __future__ import annotations

from math import exp, inf

import pytest

from sim.model import search
from sim.model.events import Event
from sim.model.luck import Decision
from sim.model.words import Pool, Progress, Work
from tests.model.rules.stage import MONDAY_10, UNIT, Stage
from tests.model.small import Overrides

T = MONDAY_10
EFFORT: Overrides = {
    "world.find_rate": 0.5,
    "world.search_fade_hours": 3.0,
    "world.field_to_desk_ratio": 2.5,
    "world.night_search_factor": 0.4,
    "world.trigger_plan_factor": 2.0,
    "resources.late_starts": 14.0,
    "resources.night_starts": 22.0,
    "resources.night_ends": 6.0,
}


@pytest.fixture
def s() -> Stage:
    s = Stage(EFFORT)
    c = s.child(findability=2.0)
    s.episode(c, reported=T, raw_updated=T)
    s.lucky(Decision.SEARCH, UNIT)
    return s


def runs(s: Stage, work: Work, hours: float = 9.0, progress: Progress = Progress.RUNNING) -> int:
    return s.row("tasks", work=work, pool=Pool.DESK, episode=0, started=T, hours=hours, progress=progress)


def test_the_effort_needed_inverts_the_law_of_fading_places(s):
    """A threshold of 1 at a rate of 0.5 x 2: ln(1 + raw / 3) must reach 1, so raw is 3 (e - 1)."""
    assert search.raw_needed(s.w, s.p, 0) == pytest.approx(3.0 * (exp(1.0) - 1.0))


def test_a_threshold_beyond_fifty_rates_or_no_rate_at_all_is_never_reached(s):
    """Nobody is found with findability 0; nor where an exponential could not be computed."""
    s.w.children[0].findability = 0.0
    assert search.raw_needed(s.w, s.p, 0) == inf
    s.w.children[0].findability = 0.02 / 0.5
    assert search.raw_needed(s.w, s.p, 0) == pytest.approx(3.0 * (exp(50.0) - 1.0))
    s.w.children[0].findability = 0.0199 / 0.5
    assert search.raw_needed(s.w, s.p, 0) == inf


def test_effort_is_of_the_tasks_that_run(s):
    """A desk enquiry counts 1, a visit 2.5, together 3.5; a task that waits or is over counts nothing."""
    desk, visit = runs(s, Work.DESK_ENQUIRY), runs(s, Work.FIELD_VISIT)
    episode = s.w.episodes[0]
    episode.desk_task = desk
    assert search.effort_rate(s.w, s.p, T, 0) == 1.0
    episode.field_task = visit
    assert search.effort_rate(s.w, s.p, T, 0) == 3.5
    for progress in (Progress.WAITING, Progress.DONE):
        s.w.tasks[desk].progress = progress
        assert search.effort_rate(s.w, s.p, T, 0) == 2.5


def test_night_and_a_plan_that_was_read_change_the_rate(s):
    """0.4 of it by night, twice by a plan, both together 0.8."""
    s.w.episodes[0].field_task = runs(s, Work.FIELD_VISIT)
    assert search.effort_rate(s.w, s.p, T + 12.0, 0) == pytest.approx(1.0)
    s.w.episodes[0].plan_read = True
    assert search.effort_rate(s.w, s.p, T, 0) == pytest.approx(5.0)
    assert search.effort_rate(s.w, s.p, T + 12.0, 0) == pytest.approx(2.0)


def test_a_visit_is_in_the_field_only_while_it_runs(s):
    """Either strand may hold a visit; a desk enquiry, or a visit that only waits, is not outside."""
    episode = s.w.episodes[0]
    assert not search.in_the_field(s.w, 0)
    episode.field_task = runs(s, Work.DESK_ENQUIRY)
    assert not search.in_the_field(s.w, 0)
    episode.desk_task = runs(s, Work.FIELD_VISIT)
    assert search.in_the_field(s.w, 0)
    s.w.tasks[episode.desk_task].progress = Progress.WAITING
    assert not search.in_the_field(s.w, 0)
    episode.field_task = runs(s, Work.FIELD_VISIT)
    assert search.in_the_field(s.w, 0)


def test_a_running_task_runs_until_its_hours_are_up(s):
    """Started plus hours; 0 for a task that does not run, and for none."""
    task = runs(s, Work.DESK_ENQUIRY, 2.0)
    assert search.runs_until(s.w, task) == T + 2.0
    s.w.tasks[task].progress = Progress.DONE
    assert search.runs_until(s.w, task) == search.runs_until(s.w, -1) == 0.0


def test_effort_builds_up_at_the_rate_in_force_and_hours_with_it(s):
    """From 20:00 to 24:00 at rate 2: raw 8, active 4, of them by night 2; at rate 0 time passes and nothing builds up."""
    episode = s.w.episodes[0]
    episode.raw, episode.raw_rate, episode.raw_updated = 1.0, 2.0, T + 10.0
    search.accrue(s.w, s.p, T + 14.0, 0)
    assert (episode.raw, episode.active_hours) == (9.0, 4.0)
    assert episode.night_active_hours == pytest.approx(2.0)
    episode.raw_rate = 0.0
    search.accrue(s.w, s.p, T + 20.0, 0)
    assert (episode.raw, episode.active_hours, episode.raw_updated) == (9.0, 4.0, T + 20.0)


def test_night_hours_are_those_between_the_night_shift_and_the_morning(s):
    """From 21:00 to 7:00 there are eight; from 10 to 12 none."""
    assert search.night_hours(s.p, T + 11.0, T + 21.0) == pytest.approx(8.0)
    assert search.night_hours(s.p, T, T + 2.0) == pytest.approx(0.0, abs=1e-9)


def test_the_find_is_set_where_what_is_still_needed_will_have_built_up(s):
    """Needed 3 (e - 1) = 5.155, done 2, at 2.5 an hour: found 1.262 hours from now, under the new version."""
    episode = s.w.episodes[0]
    episode.raw, episode.find_version = 2.0, 4
    episode.field_task = runs(s, Work.FIELD_VISIT)
    search.changed(s.w, s.p, T, 0)
    assert (episode.find_version, episode.raw_rate) == (5, 2.5)
    [(t, who, version)] = s.due(Event.FOUND)
    assert (t, who, version) == (pytest.approx(T + (3.0 * (exp(1.0) - 1.0) - 2.0) / 2.5), 0, 5)


def test_a_child_is_found_at_once_when_enough_was_done_before(s):
    """More raw effort than needed: the find is now, not in the past."""
    s.w.episodes[0].raw = 100.0
    s.w.episodes[0].field_task = runs(s, Work.FIELD_VISIT)
    search.changed(s.w, s.p, T + 1.0, 0)
    assert s.due(Event.FOUND) == [(T + 1.0, 0, 1)]


def test_no_find_is_set_for_after_the_last_task_ends_or_while_nothing_runs(s):
    """A visit of one hour is too short; with a longer desk enquiry beside it the find falls within; with nothing running there is none."""
    episode = s.w.episodes[0]
    search.changed(s.w, s.p, T, 0)
    episode.field_task = runs(s, Work.FIELD_VISIT, 1.0)
    search.changed(s.w, s.p, T, 0)
    assert s.due(Event.FOUND) == []
    episode.desk_task = runs(s, Work.DESK_ENQUIRY, 2.0)
    search.changed(s.w, s.p, T, 0)
    assert s.due(Event.FOUND) == [(pytest.approx(T + 3.0 * (exp(1.0) - 1.0) / 3.5), 0, 3)]
