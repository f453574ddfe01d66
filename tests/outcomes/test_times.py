"""Times from the report, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.records import Episode
from sim.model.words import NEVER, Located
from sim.outcomes import MEASURES, still_missing
from sim.outcomes.survival import kaplan_meier, quantile


def episode(reported: float, located: float = NEVER, **more):
    return Episode(child=0, left=reported - 2.0, reported=reported, located=located, **more)


def test_the_median_of_complete_times_is_the_ordinary_median(cohort):
    """Returns after 1, 2, 4 and 8 hours: half are back between 2 and 4, so 3; 90% by the last."""
    c = cohort(episodes=[episode(10, 11), episode(20, 22), episode(30, 34), episode(40, 48)])
    assert MEASURES["T1"].of(c) == pytest.approx(3.0)
    assert MEASURES["T1.p90"].of(c) == pytest.approx(8.0)


def test_a_child_still_missing_counts_as_long_as_follow_up_lasts():
    """Back after 2 and 6 hours, one censored at 4: two thirds are missing after 2 h, none after 6 h (the one left at risk returned)."""
    hours, ended = np.array([2.0, 4.0, 6.0]), np.array([True, False, True])
    times, left = kaplan_meier(hours, ended)
    assert times.tolist() == [2.0, 6.0]
    assert left == pytest.approx([2 / 3, 0.0])
    assert quantile(times, left, 0.5) == 6.0
    assert np.isnan(quantile(*kaplan_meier(hours, np.array([True, False, False])), 0.5))


def test_only_what_is_reported_in_the_window_belongs_to_the_cohort(cohort):
    """Reported before it, at its close, or never: not of the cohort. The hours of a child still missing run to the end of follow-up."""
    c = cohort(opens=100, closes=200, ends=300, episodes=[episode(99), episode(100), episode(200), Episode(child=0, left=150)])
    assert c.episodes.rows.tolist() == [1]
    assert c.episodes.hours_away.tolist() == [202.0]
    assert MEASURES["N.still_missing"].of(c) == 1
    assert still_missing(c)[0].size == 0


def test_the_wait_for_the_field_ends_with_the_return_or_after_a_day(cohort):
    """A visit after 3 h, a return after 5 h without one, nobody for days: (3 + 5 + 24) / 3."""
    episodes = [episode(10, 40, first_field=13), episode(50, 55), episode(100, 400)]
    c = cohort(episodes=episodes)
    assert MEASURES["T2"].of(c) == pytest.approx(32 / 3)
    assert MEASURES["T2.1h"].of(c) == 0.0
    assert MEASURES["T2.4h"].of(c) == pytest.approx(100 / 3)
    assert MEASURES["T2"].n(c) == 3


def test_episodes_without_enough_follow_up_are_left_out_whether_or_not_they_have_ended(cohort):
    """Reported 10 h before the end: it is in T4.8h, and in neither T4.24h nor T2, though the child is back."""
    c = cohort(closes=1000, ends=1000, episodes=[episode(900, 930), episode(990, 995, first_field=991)])
    assert MEASURES["T4.8h"].of(c) == 50.0
    assert MEASURES["T4.24h"].of(c) == 0.0
    assert MEASURES["T4.24h"].n(c) == 1
    assert MEASURES["T2"].of(c) == 24.0


def test_an_own_return_is_not_a_police_find(cohort):
    """Of four located, one by police from a desk and one in the field; the child still missing is in no denominator."""
    ways = [Located.OWN_RETURN, Located.THIRD_PARTY, Located.POLICE_DESK, Located.POLICE_FIELD]
    c = cohort(episodes=[episode(10, 20, located_by=way) for way in ways] + [episode(10)])
    assert [MEASURES[id].of(c) for id in ("T3", "T3.own", "T3.third", "T3.desk", "T3.field")] == [50.0, 25.0, 25.0, 25.0, 25.0]
