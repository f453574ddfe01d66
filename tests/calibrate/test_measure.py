"""Virtual measurements: each counts what its source counted, by areas small enough to count by hand."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest

from sim.calibrate.measure import children, duration, exploitation, grading, interview, police, social_care
from sim.calibrate.targets import targets
from sim.model.records import Child, Episode, Interview, Roster, Task
from sim.model.words import Grade, Home, Located, Pool, State, Work

CARE = Child(home=Home.CHILDRENS_HOME)


def stays(*children: int, **fields) -> list[Episode]:
    """An episode for each child named, reported an hour apart, located two hours after."""
    return [Episode(child=child, reported=10.0 + hour, located=12.0 + hour, **fields) for hour, child in enumerate(children)]


@pytest.fixture
def mixed(cohort):
    """Children 0, 1, 2 in families and 3, 4 in care, missing 1, 1, 2, 1 and 5 times; one more report lies outside the window."""
    homes = [Child(), Child(), Child(), CARE, CARE]
    return cohort(children=homes, episodes=[*stays(0, 1, 2, 2, 3, 4, 4, 4, 4, 4), Episode(child=0, reported=1000.0)])


def test_incidents_per_child(mixed):
    """Ten by five children; six by two in care."""
    assert children.incidents_per_child(mixed) == 2.0
    assert children.incidents_per_child(mixed, "care") == 3.0


def test_shares_of_children_in_care(mixed):
    """Six of ten incidents, two of five children."""
    assert children.share_of_incidents(mixed, "care") == pytest.approx(60.0)
    assert children.share_of_children(mixed, "care") == pytest.approx(40.0)


def test_top_share(mixed):
    """The most often missing 20% (one of five) have five of ten; 40% have seven; a per cent too small for one child is one child."""
    assert children.top_share(mixed, 20) == pytest.approx(50.0)
    assert children.top_share(mixed, 40) == pytest.approx(70.0)
    assert children.top_share(mixed, 1) == pytest.approx(50.0)


def test_times_between(mixed):
    """Missing once: two of three at home, one of two in care; two to five times: one of three, one of two."""
    assert children.times_between(mixed, 1, 1, "home") == pytest.approx(200 / 3)
    assert children.times_between(mixed, 1, 1, "care") == pytest.approx(50.0)
    assert children.times_between(mixed, 2, 5, "home") == pytest.approx(100 / 3)


def test_first_repeats(cohort):
    """Of three children with a second report, two were back within 28 days of the end of the first; a third report does not count."""
    month = 28 * 24.0
    rows = [(0, 0.0, 10.0), (0, 10.0 + month, 700.0), (1, 5.0, 6.0), (1, 6.1 + month, 800.0), (1, 810.0, 811.0), (2, 1.0, 2.0), (2, 3.0, 4.0)]
    episodes = [Episode(child=child, reported=reported, located=located) for child, reported, located in [*rows, (3, 9.0, 10.0)]]
    assert children.first_repeats_in(cohort(children=[Child()] * 4, episodes=episodes), 28) == pytest.approx(200 / 3)


def test_hours_quantile(cohort):
    """At ages 12 to 14 only: of 1, 2, 3 and never, the median is 2 and the 90th percentile is never."""
    years = 8760.0
    rows = [Child(born=-13 * years), Child(born=-15.5 * years), Child(born=-11.5 * years)]
    episodes = [Episode(child=0, reported=10.0, located=10.0 + hours) for hours in (1.0, 3.0, 2.0, math.inf)]
    c = cohort(children=[*rows], episodes=[*episodes, Episode(child=1, reported=10.0, located=99.0), Episode(child=2, reported=10.0, located=99.0)])
    assert duration.hours_quantile(c, 50, 12, 14) == 2.0
    assert duration.hours_quantile(c, 90, 12, 14) == math.inf


def test_resolved_in(cohort):
    """Two of four within 48 hours, one of them to the hour; of those in care one of two. Still missing is not resolved."""
    episodes = [Episode(child=child, reported=10.0, located=10.0 + hours) for child, hours in ((0, 48.0), (0, 48.1), (1, 1.0), (1, math.inf))]
    c = cohort(children=[Child(), CARE], episodes=episodes)
    assert duration.resolved_in(c, 48) == pytest.approx(50.0)
    assert duration.resolved_in(c, 48, "care") == pytest.approx(50.0)
    assert duration.resolved_in(c, 0.5) == 0.0


def test_ended_by(cohort):
    """Of four located, one returned and two were found by police at a desk or in the field; who is still missing is left out."""
    ways = (Located.OWN_RETURN, Located.POLICE_DESK, Located.POLICE_FIELD, Located.THIRD_PARTY, Located.STILL_MISSING)
    c = cohort(episodes=[Episode(child=0, reported=10.0, located_by=way) for way in ways])
    assert duration.ended_by(c, "own_return") == pytest.approx(25.0)
    assert duration.ended_by(c, "police") == pytest.approx(50.0)


@pytest.fixture
def harms(cohort):
    """Ten graded, four of them high; recorded harm in one high and two others; and one that ended before a grade, with harm."""
    graded = [(Grade.HIGH, True), *[(Grade.HIGH, False)] * 3, *[(Grade.MEDIUM, True)] * 2, *[(Grade.MEDIUM, False)] * 4]
    episodes = [Episode(child=0, reported=10.0, first_grade=grade, harm_recorded=20.0 if harm else math.inf) for grade, harm in graded]
    return cohort(episodes=[*episodes, Episode(child=0, reported=10.0, harm_recorded=20.0, harmed=15.0)])


def test_grades_and_recorded_harm(harms):
    """High 4 of 10, medium 6; harm 3 of 10; sensitivity 1 of 3; precision 1 of 4. What was never graded is in none of them."""
    assert grading.graded(harms, "high") == pytest.approx(40.0)
    assert grading.graded(harms, "medium") == pytest.approx(60.0)
    assert grading.recorded_harm(harms) == pytest.approx(30.0)
    assert grading.sensitivity(harms) == pytest.approx(100 / 3)
    assert grading.precision(harms) == pytest.approx(25.0)


def test_the_four_are_tied_together(harms):
    """Share graded high x precision = prevalence x sensitivity: both are the share that is high and harmed."""
    left = grading.graded(harms, "high") * grading.precision(harms)
    assert left == pytest.approx(grading.recorded_harm(harms) * grading.sensitivity(harms))
    assert left / 100 == pytest.approx(10.0)


def test_flags_and_exploitation(cohort):
    """Flags by episode, exploitation by child: one of four episodes; one of two children, whatever it was at another episode."""
    episodes = [*stays(0, flagged=True, state=State.EXPLOITED), *stays(0, 0, state=State.GROOMED), *stays(1)]
    c = cohort(children=[Child(), Child()], episodes=episodes)
    assert exploitation.flagged(c) == pytest.approx(25.0)
    assert exploitation.exploited_share(c) == pytest.approx(50.0)


def test_interviews(cohort):
    """Four located episodes of three children and four interviews: two children offered one, two episodes covered, one of two held within 72 hours,
    one of three offers declined. One child had no interview to be offered."""
    interviews = [
        Interview(child=0, returned=100.0, offered=110.0, accepted=True, done=172.0),
        Interview(child=0, returned=200.0, offered=210.0, accepted=True, done=272.5),
        Interview(child=1, returned=100.0, offered=110.0, accepted=False),
        Interview(child=2, returned=100.0),
    ]
    episodes = [Episode(child=child, reported=90.0, located=100.0, rhi=rhi) for child, rhi in ((0, 0), (0, 1), (1, 2), (2, 3), (3, -1))]
    c = cohort(children=[Child()] * 4, interviews=interviews, episodes=[*episodes, Episode(child=3, reported=90.0)])
    assert interview.children_offered(c) == pytest.approx(200 / 3)
    assert interview.episodes_interviewed(c) == pytest.approx(40.0)
    assert interview.interviews_within(c, 72) == pytest.approx(50.0)
    assert interview.offers_declined(c) == pytest.approx(100 / 3)


def test_officer_hours(cohort):
    """Desk and field work that started in the window, up to the end of follow-up, by report: 3 + 2 hours by two. Other work and other days do not
    count."""
    tasks = [
        Task(work=Work.DESK_ENQUIRY, pool=Pool.DESK, episode=0, started=10.0, ended=13.0),
        Task(work=Work.FIELD_VISIT, pool=Pool.RESPONSE, episode=1, started=998.0, ended=1000.0),
        Task(work=Work.FIELD_VISIT, pool=Pool.RESPONSE, episode=1, started=1000.0, ended=1001.0),
        Task(work=Work.OTHER_INCIDENT, pool=Pool.RESPONSE, episode=0, started=10.0, ended=99.0),
        Task(work=Work.FIELD_VISIT, pool=Pool.RESPONSE, episode=1),
    ]
    assert police.officer_hours(cohort(episodes=stays(0, 0), tasks=tasks)) == pytest.approx(2.5)


def test_caseload(cohort, parameters):
    """Slots in use by worker, over the window: those noted, and those since the last note."""
    slots = 3 * parameters.resources.social_workers
    idle = [Roster()] * int(Pool.SOCIAL_WORKER)
    at_close = [*idle, Roster(updated=600.0, busy=slots, busy_hours=[400.0 * slots, 100.0 * slots, 100.0 * slots])]
    assert social_care.caseload(cohort(at_open=[*idle, Roster()], at_close=at_close)) == pytest.approx(3.0)


@pytest.mark.parametrize("figure", [figure for figure in targets() if figure.id != "SC15"], ids=lambda figure: figure.id)
def test_nothing_to_count_is_nan(cohort, figure):
    """An area without reports: not a number rather than 0, and no warning. Only the caseload does not need a report."""
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        assert math.isnan(figure.of(cohort()))
