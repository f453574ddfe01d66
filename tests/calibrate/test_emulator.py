"""Emulators of functions that are known, with luck that is known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

pytest.importorskip("sklearn")

from sim.calibrate.emulator import Emulators, Trial, emulator
from sim.calibrate.features import Features, even, normal, uniform

Floats = npt.NDArray[np.float64]
LUCK = 0.8


def truth(z: Floats) -> Floats:
    """Steps, a square and a product, in 3 of 12 unknowns."""
    x = even(z)
    found: Floats = 0.5 + 2.0 * x[:, 0] - x[:, 3] + 0.6 * x[:, 0] ** 2 + 0.7 * x[:, 0] * x[:, 3] + 0.3 * x[:, 5]
    return found


def made(function: object = truth, luck: float = LUCK, seed: int = 1) -> tuple[Emulators, Floats]:
    """An emulator from 1,000 points, tested on 150 others with two lucks; and fresh points."""
    random = np.random.default_rng(seed)
    z, tested, fresh = (random.standard_normal((count, 12)) for count in (1000, 150, 400))
    y = function(z) + luck * random.standard_normal(1000)  # type: ignore[operator]
    pairs = function(tested)[:, None] + luck * random.standard_normal((150, 2))  # type: ignore[operator]
    found = emulator("X", z, y, Trial(tested, pairs))
    assert found is not None
    return Emulators(tuple(f"unknown {n}" for n in range(12)), (found,)), fresh


def test_the_mean_over_luck_is_found() -> None:
    """On points that it has not seen, the emulator is closer to the mean than a third of the luck of one year."""
    found, fresh = made()
    off = found.at(fresh)[:, 0] - truth(fresh)
    assert np.sqrt(np.mean(off**2)) < LUCK / 3.0


def test_luck_and_error_are_told_apart() -> None:
    """Luck comes out as it was put in. Where the function is no sum of steps, squares and products, the difference is called error."""
    straight, _ = made()
    assert straight.each[0].luck == pytest.approx(LUCK, rel=0.15)
    assert straight.each[0].error < 0.25
    assert straight.each[0].r2 > 0.97

    bent, fresh = made(lambda z: truth(z) + np.sign(even(z)[:, 2]) * np.sign(even(z)[:, 7]))
    really = np.sqrt(np.mean((bent.at(fresh)[:, 0] - truth(fresh) - np.sign(even(fresh)[:, 2]) * np.sign(even(fresh)[:, 7])) ** 2))
    assert bent.each[0].error == pytest.approx(really, rel=0.3)
    assert bent.each[0].error > 0.5


def test_a_figure_that_nothing_moves_is_a_constant() -> None:
    """Only luck: no term of any size, and no share of the variance is claimed."""
    found, fresh = made(lambda z: np.zeros(len(z)))
    assert np.abs(found.at(fresh)).max() < 0.35


def test_where_there_was_nothing_to_count_the_point_is_left_out() -> None:
    """nan among the figures changes no more than the number of points; with too few there is no emulator."""
    random = np.random.default_rng(4)
    z, tested = random.standard_normal((300, 5)), random.standard_normal((40, 5))
    y = even(z)[:, 0]
    test = Trial(tested, np.column_stack([even(tested)[:, 0]] * 2))
    y[::3] = np.nan
    some = emulator("X", z, y, test)
    assert some is not None
    assert np.isfinite(some.at(even(tested))).all()
    y[40:] = np.nan
    assert emulator("X", z, y, test) is None


def test_features_are_steps_squares_and_products() -> None:
    """By hand; and some of them are the same columns."""
    x = np.array([[2.0, 3.0, 5.0]])
    features = Features.of([0, 2], [1], [(0, 2)])
    assert features.at(x).tolist() == [[2.0, 5.0, 9.0, 10.0]]
    assert features.only(np.array([False, True, False, True])).at(x).tolist() == [[5.0, 10.0]]


def test_places_in_ranges_and_normal_numbers_are_each_others_inverse() -> None:
    """And x has mean 0 and variance 1 under the prior."""
    u = np.linspace(0.01, 0.99, 99)
    assert uniform(normal(u)) == pytest.approx(u)
    x = even(np.random.default_rng(1).standard_normal(100_000))
    assert (x.mean(), x.var()) == pytest.approx((0.0, 1.0), abs=0.02)


def test_emulators_worked_out_together_say_what_each_says() -> None:
    """The shared columns are the same sums."""
    one, fresh = made()
    other, _ = made(lambda z: even(z)[:, 8], seed=2)
    both = Emulators(one.names, (one.each[0], other.each[0]))
    assert both.at(fresh) == pytest.approx(np.column_stack([e.at(even(fresh)) for e in both.each]))


def test_the_slope_of_the_density_is_that_of_its_height() -> None:
    """By finite differences, in every unknown."""
    one, fresh = made()
    other, _ = made(lambda z: even(z)[:, 8], seed=2)
    density = Emulators(one.names, (one.each[0], other.each[0])).density(np.array([0.3, -0.2]), np.array([1.0, 0.5]))
    z, by = fresh[:3], 1e-5
    for place in range(z.shape[1]):
        step = by * np.eye(z.shape[1])[place]
        assert (density(z + step)[0] - density(z - step)[0]) / (2 * by) == pytest.approx(density(z)[1][:, place], abs=1e-4)
