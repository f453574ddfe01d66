"""Ranks by cost, and how far they hold over luck and over what is assumed."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.ranking import DRAWS, firsts, over_luck, over_ranges, ranks, spans


def test_the_costliest_is_first():
    """1 and as many more as cost more; equals share the better rank, and leave the next free."""
    assert ranks(np.array([3.0, 9.0, -1.0, 3.0, 0.0])).tolist() == [2, 1, 5, 2, 4]


def test_columns_are_ranked_by_themselves():
    """Each draw is an order of its own."""
    assert ranks(np.array([[1.0, 5.0], [2.0, 4.0], [3.0, 6.0]])).tolist() == [[3, 2], [2, 3], [1, 1]]


def test_without_luck_ranks_hold():
    """What is the same in every replication has one rank in every draw."""
    drawn = over_luck(np.repeat([[2.0], [7.0], [1.0]], 8, axis=1))
    assert spans(drawn) == [(2, 2), (1, 1), (3, 3)]
    assert firsts(drawn) == [0.0, 1.0, 0.0]


def test_luck_that_is_shared_moves_no_rank():
    """Replications are drawn for all failings together: what the luck of a replication adds to all leaves their order."""
    luck = np.random.default_rng(1).normal(scale=100.0, size=30)
    assert spans(over_luck(np.array([luck + 1.0, luck, luck + 0.5]))) == [(1, 1), (3, 3), (2, 2)]


def test_equals_change_places():
    """Two failings of the same mean and luck of their own are each first in about half of the draws."""
    rng = np.random.default_rng(2)
    costs = rng.normal(size=(2, 2_000))
    costs -= costs.mean(axis=1, keepdims=True)
    drawn = over_luck(costs)
    assert spans(drawn) == [(1, 2), (1, 2)]
    assert firsts(drawn) == pytest.approx([0.5, 0.5], abs=4 * 0.5 / DRAWS**0.5)


def test_severity_changes_places():
    """Of a failing that costs 1, 2 or 6 and one that always costs 4, the first is costliest where it is severe: a third of the draws."""
    costs = np.array([[[1.0] * 5, [2.0] * 5, [6.0] * 5], [[4.0] * 5] * 3])
    drawn = over_ranges(costs)
    assert firsts(drawn) == pytest.approx([1 / 3, 2 / 3], abs=0.03)
    assert spans(drawn) == [(1, 2), (1, 2)]


def test_severities_are_drawn_apart():
    """Each failing has a severity of its own in each draw: of two that cost 0, 1 or 2, all pairs come alike."""
    costs = np.repeat([[[0.0], [1.0], [2.0]]] * 2, 4, axis=2)
    drawn = over_ranges(costs)
    ties = float(((drawn[0] == 1) & (drawn[1] == 1)).mean())
    assert ties == pytest.approx(1 / 3, abs=0.03)
    assert firsts(drawn)[0] == pytest.approx(2 / 3, abs=0.03)


def test_the_same_draws_each_time():
    """So that a report that is written again says the same."""
    costs = np.random.default_rng(3).normal(size=(4, 3, 10))
    np.testing.assert_array_equal(over_ranges(costs), over_ranges(costs))
    np.testing.assert_array_equal(over_luck(costs[:, 1]), over_luck(costs[:, 1]))
