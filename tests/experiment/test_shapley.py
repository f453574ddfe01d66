"""Shapley values: the axioms, games whose shares are known in closed form, and orders by chance that estimate them without bias."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from math import comb, factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from sim.experiment.shapley import along, orders, passed, shares
from sim.outcomes.interval import mean_interval


def game(players: int, worth) -> np.ndarray:
    """What every coalition is worth, from a function of the set of its players."""
    return np.array([worth({player for player in range(players) if coalition >> player & 1}) for coalition in range(2**players)], float)


def sums(who: set[int], *each: float) -> float:
    """What these players have together."""
    return sum(each[player] for player in who)


GAMES = [
    ("a left glove and two right ones", 3, lambda who: float(0 in who and len(who) > 1), [2 / 3, 1 / 6, 1 / 6]),
    ("a vote of 50, 49 and 1, with 51 to win", 3, lambda who: float(sums(who, 50, 49, 1) >= 51), [2 / 3, 1 / 6, 1 / 6]),
    ("a vote of 40, 30 and 30, with 51 to win", 3, lambda who: float(sums(who, 40, 30, 30) >= 51), [1 / 3, 1 / 3, 1 / 3]),
    ("a runway for three lengths", 3, lambda who: max(((1, 2, 4)[player] for player in who), default=0), [1 / 3, 5 / 6, 17 / 6]),
    ("200 left for claims of 100, 200, 300", 3, lambda who: max(200 - sums({0, 1, 2} - who, 100, 200, 300), 0), [100 / 3, 250 / 3, 250 / 3]),
    ("everybody is needed", 5, lambda who: float(len(who) == 5), [0.2] * 5),
    ("anybody is enough", 5, lambda who: float(len(who) > 0), [0.2] * 5),
    ("each adds his own", 6, lambda who: sums(who, 3, -1, 4, 0, -5, 9), [3, -1, 4, 0, -5, 9]),
    ("nobody", 0, lambda who: 7.0, []),
]


@pytest.mark.parametrize(("players", "worth", "known"), [one[1:] for one in GAMES], ids=[one[0] for one in GAMES])
def test_games_whose_shares_are_known(players, worth, known):
    """As they stand in the books."""
    np.testing.assert_allclose(shares(game(players, worth)), known, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("players", [1, 2, 3, 4, 5])
def test_every_order_gives_the_same(players):
    """The mean over all orders of what is added when a player's turn comes is his share."""
    worth = np.random.default_rng(players).normal(size=2**players)
    over = along(dict(enumerate(worth)), permutations(range(players)))
    np.testing.assert_allclose(over, shares(worth), rtol=1e-9, atol=1e-12)


finite = some.floats(-1e6, 1e6)


@given(arrays(np.float64, some.sampled_from([2, 4, 8, 16, 32]), elements=finite))
def test_the_shares_sum_to_the_whole(worth):
    """Efficiency: what everybody is worth less what nobody is worth, to rounding."""
    assert shares(worth).sum() == pytest.approx(worth[-1] - worth[0], abs=1e-6)


@given(arrays(np.float64, 8, elements=finite))
def test_who_adds_nothing_has_nothing(worth):
    """Dummy: exactly 0, not nearly, for a player without whom every coalition is worth the same; the others share as if he were not there."""
    without = np.array([worth[combination & 0b11 | combination >> 1 & 0b100] for combination in range(16)])
    found = shares(without)
    assert found[2] == 0.0
    np.testing.assert_allclose(np.delete(found, 2), shares(worth), atol=1e-6)


@given(arrays(np.float64, 16, elements=finite))
def test_equals_share_equally(worth):
    """Symmetry: two players who can stand for one another in any coalition."""
    alike = np.array([worth[min(one, _swapped(one))] for one in range(16)])
    found = shares(alike)
    assert found[0] == pytest.approx(found[3], abs=1e-6)


def _swapped(coalition: int) -> int:
    """The coalition with players 0 and 3 in each other's place."""
    return coalition & 0b0110 | (coalition & 1) << 3 | coalition >> 3


@given(arrays(np.float64, 8, elements=finite), arrays(np.float64, 8, elements=finite))
def test_two_games_at_once(one, other):
    """Additivity: the shares in the sum of two games are the sums of the shares."""
    np.testing.assert_allclose(shares(one + other), shares(one) + shares(other), atol=1e-5)


def test_many_games_side_by_side():
    """A column each; a coalition that has no worth in a column leaves no share in it, and the others as they are."""
    worth = np.random.default_rng(1).normal(size=(8, 4))
    worth[3, 2] = np.nan
    found = shares(worth)
    assert found.shape == (3, 4)
    assert np.isnan(found[:, 2]).all()
    for column in (0, 1, 3):
        np.testing.assert_array_equal(found[:, column], shares(worth[:, [column]])[:, 0])


def test_a_number_that_no_players_make():
    """Six coalitions are none of two players, and none of three."""
    with pytest.raises(ValueError, match="6 coalitions"):
        shares(np.zeros(6))


def test_coalitions_form_one_by_one():
    """From nobody to everybody."""
    assert passed((2, 0, 1)) == [0b000, 0b100, 0b101, 0b111]


@pytest.mark.parametrize("players", range(1, 14))
def test_orders_are_orders(players):
    """Each player comes once in each; the same seed gives the same, and more of them begin with the fewer."""
    found = orders(players, 40, seed=5)
    assert all(sorted(order) == list(range(players)) for order in found)
    assert found[:15] == orders(players, 15, seed=5)
    assert players < 3 or found != orders(players, 40, seed=6)


@pytest.mark.parametrize("players", range(1, 11))
def test_every_coalition_forms_soon(players):
    """No fewer orders than the largest level of coalitions could do; with twice as many all have formed."""
    found = orders(players, 2 * comb(players, players // 2), seed=3)
    assert {coalition for order in found for coalition in passed(order)} == set(range(2**players))


@pytest.mark.parametrize("place", [0, 1, 4, 11])
def test_any_order_may_come_at_any_place(place):
    """By itself each is uniform over all orders, whatever came before: chi-square over 2,400 seeds (23 degrees of freedom, 99.99% below 60)."""
    seeds = 2_400
    seen = Counter(orders(4, place + 1, seed)[place] for seed in range(seeds))
    expected = seeds / factorial(4)
    assert len(seen) == factorial(4)
    assert sum((n - expected) ** 2 / expected for n in seen.values()) < 60


def test_estimates_are_unbiased():
    """The mean of the shares along orders by chance comes to the exact shares."""
    worth = np.random.default_rng(2).normal(size=2**6)
    estimates = np.array([along(dict(enumerate(worth)), orders(6, 4, seed)) for seed in range(3_000)])
    error = estimates.std(axis=0, ddof=1) / np.sqrt(len(estimates))
    assert (np.abs(estimates.mean(axis=0) - shares(worth)) < 4.5 * error).all()


def test_the_interval_holds_the_choice_of_orders():
    """A game that is worth something else in each replication, and one order in each: the 95% interval of the mean holds the share of the mean game
    in at least 93% of 400 experiments."""
    rng = np.random.default_rng(7)
    mean = 3 * rng.normal(size=2**4)
    exact, held = shares(mean), 0
    for seed in range(400):
        worth = mean + rng.normal(size=(30, 2**4))
        dealt = orders(4, 30, seed)
        split = np.array([along(dict(enumerate(worth[number])), [order]) for number, order in enumerate(dealt)])
        found = mean_interval(split[:, 1])
        held += found.low <= exact[1] <= found.high
    assert held >= 0.93 * 400
