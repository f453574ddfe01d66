"""Exposure and harm, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.records import Child, Episode
from sim.model.words import NEVER, Grade, State
from sim.outcomes import MEASURES


def away(left: float, reported: float, located: float = NEVER, **more):
    return Episode(child=0, left=left, reported=reported, located=located, **more)


def test_exposure_runs_from_leaving_to_the_return_or_the_end_of_follow_up(cohort):
    """An exploited child away for 12 h, a groomed one still missing after 90, another child for 5 h."""
    episodes = [away(8, 10, 20, state=State.EXPLOITED), away(10, 12, 15), away(10, 15, state=State.GROOMED)]
    c = cohort(closes=50, ends=100, episodes=episodes)
    assert MEASURES["P1"].of(c) == 102.0
    assert MEASURES["P1.all"].of(c) == 107.0
    assert MEASURES["P1.from_report"].of(c) == 95.0
    assert MEASURES["P1.per1000ep"].of(c) == pytest.approx(34_000.0)


def test_at_risk_are_the_children_of_the_area_while_they_are_there(cohort):
    """A whole year's window: one child throughout, one from its middle on, one who turned 18 after a quarter, one who came later."""
    year = 8760.0
    children = [Child(), Child(entered=year / 2), Child(gone=year / 4), Child(entered=2 * year)]
    c = cohort(closes=year, ends=2 * year, children=children, episodes=[away(8, 10, 45, state=State.EXPLOITED, harmed=20, severity=2)])
    assert c.years_at_risk == pytest.approx(1.75)
    assert MEASURES["P1.at_risk"].of(c) == pytest.approx(37 / 1.75 * 1000)
    assert MEASURES["P2.at_risk"].of(c) == pytest.approx(1000 / 1.75)


def test_harm_is_the_true_harm_and_recorded_harm_stands_apart(cohort):
    """Two of four come to harm, one of them seriously; one is learned of."""
    episodes = [away(8, 10, 20, harmed=12, severity=1), away(8, 10, 20, harmed=9, severity=2, harm_recorded=30), away(8, 10, 20), away(8, 10, 20)]
    c = cohort(episodes=episodes)
    assert MEASURES["P2"].of(c) == 500.0
    assert MEASURES["P2.serious"].of(c) == 250.0
    assert MEASURES["P2.recorded"].of(c) == 250.0
    assert not MEASURES["P2.recorded"].headline
    assert MEASURES["P2.recorded"].direction == "neither"


def test_harm_among_the_under_graded_is_a_share_of_harm(cohort):
    """Of two harmed, one graded below what could be known."""
    episodes = [
        away(8, 10, 20, harmed=12, first_grade=Grade.LOW, knowable_grade=Grade.HIGH),
        away(8, 10, 20, harmed=12, first_grade=Grade.HIGH, knowable_grade=Grade.HIGH),
        away(8, 10, 20, first_grade=Grade.LOW, knowable_grade=Grade.HIGH),
    ]
    assert MEASURES["P5"].of(cohort(episodes=episodes)) == 50.0


def test_hours_without_search_count_a_search_that_still_runs(cohort):
    """Missing for 40 h with 10 of search, and for 50 h to the end with 5 noted and a task running for the last 15."""
    episodes = [away(8, 10, 50, active_hours=10, raw_updated=50), away(45, 50, active_hours=5, raw_rate=1.0, raw_updated=85)]
    c = cohort(closes=60, ends=100, episodes=episodes)
    assert MEASURES["P4"].of(c) == pytest.approx(100 * 60 / 90)


def test_exposure_by_grade_adds_up(simulated):
    """Every exposed hour belongs to one grade given, or to episodes that ended before one."""
    parts = sum(MEASURES[f"P1.{grade}"].of(simulated) for grade in ("none", "low", "medium", "high", "ungraded"))
    assert parts == pytest.approx(MEASURES["P1"].of(simulated))
    harms = sum(MEASURES[f"P2.{severity}"].of(simulated) for severity in ("less_serious", "serious", "very_serious"))
    assert harms == pytest.approx(MEASURES["P2"].of(simulated))


def test_without_episodes_there_is_no_rate(cohort):
    """No episode: no rate for 1,000 episodes, and no hours."""
    c = cohort(episodes=[])
    assert np.isnan(MEASURES["P2"].of(c))
    assert MEASURES["P1"].of(c) == 0.0
