"""Exploitation identified, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.records import Child, Episode, Identification
from sim.model.words import Channel, State
from sim.outcomes import MEASURES

DAY = 24.0
MONTH = 730.0


def exploited(reported: float, child: int = 0, **more):
    return Episode(child=child, left=reported - 1, reported=reported, located=reported + 9, state=State.EXPLOITED, **more)


def test_identified_means_this_exploitation_and_within_28_days(cohort):
    """Of five children: one identified in time, one late, one for exploitation that began later, one never, one known before and so left out."""
    episodes = [exploited(1000, 0), exploited(1000, 1), exploited(1000, 2), exploited(1000, 3), exploited(1000, 4, identified_before=True)]
    identifications = [
        Identification(child=0, time=1000 + 27 * DAY, channel=Channel.RETURN_HOME_INTERVIEW, began=1000 - MONTH + 27 * DAY),
        Identification(child=1, time=1000 + 29 * DAY, channel=Channel.SEARCH, began=100),
        Identification(child=2, time=1100, channel=Channel.SEARCH, began=1050),
        Identification(child=4, time=500, channel=Channel.PARTNER, began=100),
    ]
    c = cohort(closes=2000, children=[Child() for _ in range(5)], episodes=episodes, identifications=identifications)
    assert MEASURES["X1"].of(c) == 25.0
    assert MEASURES["X1"].n(c) == 4
    assert MEASURES["X1.rhi"].of(c) == 25.0
    assert MEASURES["X1.search"].of(c) == 0.0
    assert MEASURES["X1.months"].of(c) == pytest.approx(1.0)


def test_an_identification_counts_for_each_episode_before_it_and_once_in_the_months(cohort):
    """Two episodes of a child within 28 days of one identification: both identified, one time to identification."""
    found = Identification(child=0, time=200, channel=Channel.SEARCH, began=200 - 2 * MONTH, notice=200)
    c = cohort(episodes=[exploited(100), exploited(150)], identifications=[found])
    assert MEASURES["X1"].of(c) == 100.0
    assert MEASURES["X1.months"].of(c) == pytest.approx(2.0)
    assert MEASURES["X1.months"].n(c) == 1
    assert MEASURES["X4"].of(c) == 100.0


def test_with_too_little_follow_up_nothing_is_said(cohort):
    """27 days of follow-up: not identified is not yet known."""
    assert np.isnan(MEASURES["X1"].of(cohort(closes=1000, ends=999 + 27 * DAY, episodes=[exploited(999)])))


def test_for_1000_children_at_risk_counts_every_identification_of_the_window(cohort):
    """Two children at risk for the whole window of a tenth of a year, one identified without any episode: 5,000 a year for 1,000 children."""
    found = [Identification(child=1, time=5, began=1), Identification(child=1, time=877, began=6)]
    c = cohort(closes=876, children=[Child(), Child()], identifications=found)
    assert c.years_at_risk == pytest.approx(0.2)
    assert MEASURES["X1.at_risk"].of(c) == pytest.approx(5000.0)


def test_intelligence_suspects_and_notices(cohort):
    """Three items over two episodes, two of them used; a suspected perpetrator in time for one of two."""
    c = cohort(episodes=[exploited(10, intelligence=2, intelligence_used=2, suspect=20), exploited(50, intelligence=1, suspect=50 + 29 * DAY)])
    assert MEASURES["X2"].of(c) == 1.5
    assert MEASURES["X2.used"].of(c) == pytest.approx(200 / 3)
    assert MEASURES["X3"].of(c) == 50.0


def test_the_channels_add_up(simulated):
    """Every identification came one way."""
    channels = ("search", "prevention", "rhi", "partner", "pattern")
    assert sum(MEASURES[f"X1.{channel}"].of(simulated) for channel in channels) == pytest.approx(MEASURES["X1"].of(simulated))
    assert MEASURES["X1"].of(simulated) > 0


def test_notices_of_the_networks_are_those_of_the_identifications(simulated):
    """Every notice that a network has had stands with the identification that led to it."""
    tables = simulated.tables
    assert np.isfinite(tables["identifications"]["notice"]).sum() == tables["networks"]["notices"].sum() > 0
