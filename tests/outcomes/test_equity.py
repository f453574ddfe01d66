"""Gaps between groups, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.records import Child, Episode
from sim.model.words import Grade, Home
from sim.outcomes import MEASURES
from sim.outcomes.equity import risk_parts

FAMILY, CARE = 0, 1
CHILDREN = [Child(home=Home.FAMILY, born=-15 * 8760.0), Child(home=Home.CHILDRENS_HOME, born=-17 * 8760.0, out_of_area=True)]


def graded(child: int, under: bool, risk: float = 0.0):
    knowable = Grade.MEDIUM if under else Grade.LOW
    return Episode(child=child, left=8, reported=10, located=30, first_grade=Grade.LOW, knowable_grade=knowable, risk=risk)


def test_a_gap_is_the_measure_of_one_side_less_that_of_the_other(cohort):
    """Half of the episodes of children in care are under-graded, a quarter of the others."""
    episodes = [graded(CARE, u) for u in (True, False)] + [graded(FAMILY, u) for u in (True, False, False, False)]
    c = cohort(children=CHILDREN, episodes=episodes)
    assert MEASURES["EQ1.G1"].of(c) == 25.0
    assert MEASURES["EQ1.G1"].n(c) == 2
    assert MEASURES["EQ1.G1"].unit == "percentage points"
    assert MEASURES["EQ2.age.G1"].of(c) == 25.0
    assert MEASURES["EQ2.area.G1"].of(c) == 25.0


def test_a_gap_that_is_only_of_risk_goes_when_risk_is_the_same(cohort):
    """Under-grading depends on risk alone; children in care have more of the high risk. A raw gap, and none at one risk mix."""
    low = [graded(CARE, False, -1.0)] * 4 + [graded(FAMILY, False, -1.0)] * 12
    high = [graded(CARE, True, 1.0)] * 12 + [graded(FAMILY, True, 1.0)] * 4
    c = cohort(children=CHILDREN, episodes=low + high)
    assert MEASURES["EQ1.G1"].of(c) == 50.0
    assert MEASURES["EQ1.G1.standardised"].of(c) == pytest.approx(0.0)


def test_a_standardised_gap_weighs_each_part_by_its_episodes(cohort):
    """A gap of 100 points in half of the episodes, none in the other half."""
    low = [graded(CARE, True, -1.0)] * 2 + [graded(FAMILY, False, -1.0)] * 2
    high = [graded(CARE, True, 1.0)] * 2 + [graded(FAMILY, True, 1.0)] * 2
    c = cohort(children=CHILDREN, episodes=low + high)
    assert MEASURES["EQ1.G1.standardised"].of(c) == pytest.approx(50.0)


def test_risk_is_cut_into_equal_parts(simulated):
    """Quarters of the whole cohort, not of each side."""
    counts = np.bincount(risk_parts(simulated))
    assert len(counts) == 4
    assert counts.max() - counts.min() <= 1


def test_with_nobody_on_one_side_there_is_no_gap(cohort):
    """Not 0."""
    c = cohort(children=CHILDREN, episodes=[graded(FAMILY, True)])
    assert np.isnan(MEASURES["EQ1.G1"].of(c))
    assert np.isnan(MEASURES["EQ1.G1.standardised"].of(c))
