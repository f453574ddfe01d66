"""Repeat episodes, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.records import Child, Episode
from sim.outcomes import MEASURES

DAY = 24.0


def away(child: int, reported: float, **more):
    return Episode(child=child, left=reported - 1, reported=reported, located=reported + 10, **more)


def test_a_repeat_is_a_new_report_within_so_many_days_of_the_return(cohort):
    """Returns followed by a report after 29 days, after 31 more, and by none."""
    first = 100.0
    second = first + 10 + 29 * DAY
    third = second + 10 + 31 * DAY
    c = cohort(closes=third + 1, episodes=[away(0, first), away(0, second), away(0, third), away(1, first)], children=[Child(), Child()])
    assert MEASURES["R1"].of(c) == 25.0
    assert MEASURES["R1.30d"].of(c) == 25.0
    assert MEASURES["R1.90d"].of(c) == 50.0


def test_a_time_away_that_nobody_reported_is_no_repeat(cohort):
    """The child left again, and nobody said so."""
    c = cohort(episodes=[away(0, 100), Episode(child=0, left=130, located=150)])
    assert MEASURES["R1"].of(c) == 0.0


def test_a_report_after_the_window_is_a_repeat_of_a_return_in_it(cohort):
    """What falls in the run-on is follow-up."""
    c = cohort(closes=101, episodes=[away(0, 100), away(0, 150)])
    assert MEASURES["R1"].of(c) == 100.0


def test_without_follow_up_there_is_no_repeat_rate(cohort):
    """Twenty days to the end, or to the child's 18th birthday, say nothing about thirty."""
    assert np.isnan(MEASURES["R1"].of(cohort(closes=200, ends=110 + 20 * DAY, episodes=[away(0, 100)])))
    assert np.isnan(MEASURES["R1"].of(cohort(children=[Child(gone=110 + 20 * DAY)], episodes=[away(0, 100)])))


def test_concentration(cohort):
    """Twenty children, one of them with six episodes: the top 5% is that child, with 6 of 25."""
    episodes = [away(child, 100) for child in range(20)] + [away(0, 200 + 20 * k) for k in range(5)]
    c = cohort(children=[Child() for _ in range(20)], episodes=episodes)
    assert MEASURES["R2"].of(c) == pytest.approx(24.0)
    assert MEASURES["R2.mean"].of(c) == 1.25
