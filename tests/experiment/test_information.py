"""What it is worth to know a part, held against closed forms, and against parts from which nothing can be learned."""

from __future__ import annotations

from math import erf, exp, pi, sqrt

import numpy as np
import pytest

from sim.experiment import information
from sim.experiment.information import basis, everything, parts
from sim.experiment.lucks import pairs, without_luck

DRAWS = 800


def expected(mean: float, spread: float) -> float:
    """E[max(0, -d)], d normal: what is gained if one can still turn away where the difference is negative (unit normal loss)."""
    away = mean / spread
    return spread * exp(-away * away / 2) / sqrt(2 * pi) - mean * (1 - erf(away / sqrt(2))) / 2


def linear(key: int, mean: float = 2.0, slopes: tuple[float, ...] = (3.0, 1.5, 0.0), luck: float = 2.0, draws: int = DRAWS):
    """Two options that differ by mean + slopes @ unknowns and by luck, and the unknowns: normal, independent."""
    rng = np.random.default_rng(key)
    unknown = rng.normal(size=(draws, len(slopes)))
    apart = mean + unknown @ np.array(slopes)
    losses = np.array([np.zeros((draws, 2)), np.repeat(apart[:, None], 2, axis=1)]) + luck * rng.normal(size=(2, draws, 2))
    return losses, {f"x{place}": unknown[:, [place]] for place in range(len(slopes))}


@pytest.mark.parametrize("key", range(3))
def test_a_normal_difference_of_two_options(key):
    """The value of each unknown and of all is the unit normal loss, to three standard errors and to 0.15; what has no part in it is not told."""
    losses, columns = linear(key)
    found = parts(losses.mean(axis=2), columns)
    for name, slope in (("x0", 3.0), ("x1", 1.5)):
        assert found[name].value == pytest.approx(expected(2.0, slope), abs=3 * found[name].error)
        assert found[name].value == pytest.approx(expected(2.0, slope), abs=0.15)
        assert found[name].told
    assert not found["x2"].told
    every = everything(losses)
    assert every.value == pytest.approx(expected(2.0, sqrt(3.0**2 + 1.5**2)), abs=min(3 * every.error, 0.15))


def test_the_standard_error_is_how_far_estimates_lie_apart(monkeypatch):
    """Over 40 experiments the bootstrap's errors are, on average, within 30% of the spread of the estimates."""
    monkeypatch.setattr(information, "LOTS", 20)
    found = [parts(losses.mean(axis=2), {"x0": columns["x0"]})["x0"] for losses, columns in (linear(key, draws=200) for key in range(40))]
    spread = np.std([worth.value for worth in found], ddof=1)
    assert np.mean([worth.error for worth in found]) == pytest.approx(spread, rel=0.3)


def test_luck_is_worth_nothing():
    """Where draws differ by luck only, knowing everything is worth next to nothing; without taking luck out it would seem to be worth 0.45."""
    values = []
    for key in range(20):
        losses, _ = linear(key, mean=0.5, slopes=(0.0,), luck=2.0)
        means = losses.mean(axis=2)
        values.append((everything(losses).value, means.mean(axis=1).min() - means.min(axis=0).mean()))
    taken, left = np.mean(values, axis=0)
    assert left > 0.4
    assert taken < 0.12


def test_what_changes_no_choice_is_worth_nothing():
    """An unknown moves both options alike, or moves one that is far behind: 0, and it does not stand out."""
    losses, columns = linear(5, mean=40.0)
    shared = losses + 10.0 * columns["x0"][:, 0][None, :, None]
    for given in (losses, shared):
        found = parts(given.mean(axis=2), columns)
        assert [worth.value for worth in found.values()] == [0.0, 0.0, 0.0]
        assert not any(worth.told for worth in found.values())
        assert everything(given).value == 0.0


def test_an_interaction_is_seen_by_the_pair_alone():
    """Where only the product of two unknowns counts, each alone is worth nothing; the two together are worth E[max(0, -(m + s x y))]."""
    rng = np.random.default_rng(8)
    x, y = rng.normal(size=(2, DRAWS))
    far = np.random.default_rng(9).normal(size=(2, 1_000_000))
    true = float(np.maximum(-(1.0 + 3.0 * far[0] * far[1]), 0.0).mean())
    losses = np.array([np.zeros(DRAWS), 1.0 + 3.0 * x * y]) + 0.5 * rng.normal(size=(2, DRAWS))
    alone = parts(losses, {"x": x[:, None], "y": y[:, None]})
    both = parts(losses, {"x and y": np.column_stack([x, y])})["x and y"]
    assert not any(worth.told for worth in alone.values())
    assert both.told
    assert both.value == pytest.approx(true, abs=3 * both.error)
    assert both.value == pytest.approx(true, rel=0.15)


def test_a_bend_is_followed():
    """A difference that is negative at both ends of an unknown and not on average: a line would see nothing."""
    rng = np.random.default_rng(3)
    x = rng.uniform(-1, 1, DRAWS)
    losses = np.array([np.zeros(DRAWS), 1.0 - 2.0 * x**2]) + 0.3 * rng.normal(size=(2, DRAWS))
    found = parts(losses, {"x": x[:, None]})["x"]
    root = sqrt(0.5)
    true = (2.0 / 3.0 * (1 - root**3)) - (1 - root)
    assert found.told
    assert found.value == pytest.approx(true, rel=0.2)


@pytest.mark.parametrize("own", [False, True])
def test_chance_stands_out_in_few_experiments(own):
    """With six unknowns that have no part in the mean, one of them or more stands out in at most 3 of 25 experiments (1 of 20 is meant): also if the
    difference varies more at some values of one of them."""
    several = 0
    for key in range(25):
        rng = np.random.default_rng(key)
        columns = {f"x{place}": rng.normal(size=(60, 1 + place % 3)) for place in range(6)}
        spread = 2.0 * np.exp(0.7 * columns["x0"][:, 0]) if own else 1.0
        losses = np.array([np.zeros(60), 0.2 + spread * rng.normal(size=60)])
        several += any(worth.told for worth in parts(losses, columns).values())
    assert several <= 3


def test_the_same_draws_give_the_same_values():
    """Lots and resamples are keyed."""
    losses, columns = linear(1, draws=60)
    assert parts(losses.mean(axis=2), columns) == parts(losses.mean(axis=2), columns)
    assert everything(losses) == everything(losses)


def test_a_part_that_does_not_vary():
    """Nothing can be learned from it, and nothing fails."""
    losses, _ = linear(1, draws=60)
    found = parts(losses.mean(axis=2), {"still": np.full((60, 2), 0.3)})["still"]
    assert (found.value, found.error, found.told) == (0.0, 0.0, False)
    assert basis(np.full((60, 2), 0.3)).shape == (60, 0)


def test_luck_is_taken_out_of_three_options():
    """What is left has the covariance that draws have beyond luck, and the same means; what all options share in a draw stays."""
    rng = np.random.default_rng(4)
    true = rng.multivariate_normal([0, 1, 2], [[1, 0.5, 0], [0.5, 2, 0.3], [0, 0.3, 0.5]], size=4000).T
    losses = true[:, :, None] + rng.normal(size=(3, 4000, 2)) * np.array([1.0, 0.5, 2.0])[:, None, None]
    found = without_luck(losses)
    apart = true - true.mean(axis=0)
    assert np.cov(found - found.mean(axis=0)) == pytest.approx(np.cov(apart), abs=0.12)
    assert found.mean(axis=1) == pytest.approx(losses.mean(axis=(1, 2)))
    assert found.mean(axis=0) == pytest.approx(losses.mean(axis=(0, 2)))
    best = (found.argmin(axis=0)[:, None] == np.arange(3)).mean(axis=0)
    assert best == pytest.approx((true.argmin(axis=0)[:, None] == np.arange(3)).mean(axis=0), abs=0.03)


def test_options_that_are_the_same_are_no_obstacle():
    """Twins differ by nothing, in every draw."""
    rng = np.random.default_rng(6)
    one = rng.normal(size=(30, 2))
    found = without_luck(np.array([one, one, one + rng.normal(size=(30, 2))]))
    assert found[0] == pytest.approx(found[1])
    assert np.isfinite(found).all()


def test_draws_need_both_lucks():
    """Replications 0 and 2 share draw 0, 1 and 3 draw 1; draw 2 has one luck only."""
    draws, places = pairs([0, 1, 0, 1, 2])
    assert draws == [0, 1]
    assert places.tolist() == [[0, 2], [1, 3]]
