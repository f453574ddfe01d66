"""Emulators: for each published figure, what the model would give in the mean over luck, as a function of what is not known.

A figure is emulated as its error: how many tolerances it lies from what was published, on the figure's own scale. So 0 is a hit and 1 a standard
deviation, for every figure. An emulator is a sum of steps, squares and products (`features`): which, is chosen by the lasso; how large, by a ridge
regression on what was chosen. How wrong it is, is measured on points that it was not made from, each simulated with two lucks: what the errors of
the two have in common is the emulator's fault, and the rest is luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from ..scenario.errors import Problem, ScenarioError
from .features import Features, Floats, Pair, even, steepness
from .sampling import Density

MATTER = 14
"""Unknowns whose products are tried."""
SQUARED = 40
"""Unknowns whose squares are tried."""
FEWEST = 60
"""Points with a value from which a figure is emulated at all."""


@dataclass(frozen=True, eq=False)
class Emulator:
    """One figure's: `constant` + features x `weights`, in tolerances."""

    id: str
    features: Features
    constant: float
    weights: Floats
    error: float
    """Standard deviation of the emulator about the model's mean, in tolerances, where it was last tested."""
    luck: float
    """Standard deviation of one simulated year about the model's mean, in tolerances."""
    spread: float
    """Standard deviation of the model's mean over the points of the test."""

    @property
    def r2(self) -> float:
        """The share of the variance of the model's mean that the emulator told beforehand, on points that it was not made from."""
        return 1.0 - self.error**2 / self.spread**2 if self.spread > 0.0 else float("nan")

    def at(self, x: Floats) -> Floats:
        """The mean error at points (points x unknowns, as `even` gives them)."""
        found: Floats = self.constant + self.features.at(x) @ self.weights
        return found


@dataclass(frozen=True, eq=False)
class Emulators:
    """Those of several figures, worked out together."""

    names: tuple[str, ...]
    """The unknowns, in the order of the columns of z."""
    each: tuple[Emulator, ...]

    @cached_property
    def _together(self) -> tuple[Features, Floats, Floats]:
        terms = sorted({term for one in self.each for term in one.features.terms})
        column = {term: number for number, term in enumerate(terms)}
        weights = np.zeros((len(terms), len(self.each)))
        for place, one in enumerate(self.each):
            weights[[column[term] for term in one.features.terms], place] = one.weights
        return Features(tuple(terms)), weights, np.array([one.constant for one in self.each])

    def at(self, z: Floats) -> Floats:
        """The mean error of every figure at points z (points x unknowns, standard normal): points x figures, in tolerances."""
        features, weights, constants = self._together
        found: Floats = constants + features.at(even(z)) @ weights
        return found

    def density(self, seen: Floats, variance: Floats, turned: Floats | None = None) -> Density:
        """The log of the posterior density of points, up to a constant, and its slope: standard normal before, and each figure's error normal about
        what was `seen` (0 is what was published) with this variance. Errors that are not independent are first `turned` (figures x others) into
        some that are."""
        from scipy import sparse

        features, weights, constants = self._together
        constants = constants - seen
        if turned is not None:
            weights, constants = weights @ turned, constants @ turned
        count = len(self.names)
        first, second = features.places
        rows, ones = np.arange(len(first)), np.ones(len(first))
        to_first = sparse.csr_matrix((ones, (rows, first)), shape=(len(first), count + 1))
        to_second = sparse.csr_matrix((ones, (rows, np.where(second < 0, count, second))), shape=(len(first), count + 1))

        def found(z: Floats) -> tuple[Floats, Floats]:
            wide = np.column_stack([even(z), np.ones(len(z))])
            one, other = wide[:, first], wide[:, second]
            off = constants + (one * other) @ weights
            pull = -(off / variance) @ weights.T
            by_x = np.asarray((pull * other) @ to_first + (pull * one) @ to_second)[:, :count]
            height = 0.5 * ((off * -(off / variance)).sum(axis=1) - (z**2).sum(axis=1))
            return height, by_x * steepness(z) - z

        return found

    @property
    def error(self) -> Floats:
        """The standard deviation of each, in tolerances."""
        return np.array([one.error for one in self.each])

    @property
    def ids(self) -> tuple[str, ...]:
        """The figures."""
        return tuple(one.id for one in self.each)

    def only(self, ids: Sequence[str]) -> Emulators:
        """Those of some figures, in their order."""
        known = {one.id: one for one in self.each}
        return Emulators(self.names, tuple(known[id] for id in ids if id in known))


@dataclass(frozen=True, eq=False)
class Trial:
    """Points with two lucks each, from which no emulator was made: z (points x unknowns) and the errors of one figure (points x 2)."""

    z: Floats
    pairs: Floats

    def of(self, found: Floats) -> tuple[float, float, float]:
        """Emulator error, luck and spread of the model's mean, as standard deviations; `found` is what an emulator says at the points."""
        off = self.pairs - found[:, None]
        common = float(np.mean(off[:, 0] * off[:, 1]))
        luck = float(np.mean((self.pairs[:, 0] - self.pairs[:, 1]) ** 2)) / 2.0
        centred = self.pairs - self.pairs.mean()
        spread = float(np.mean(centred[:, 0] * centred[:, 1]))
        return float(np.sqrt(max(common, 0.0))), float(np.sqrt(luck)), float(np.sqrt(max(spread, 0.0)))


def emulator(id: str, z: Floats, errors: Floats, test: Trial) -> Emulator | None:
    """Make one from points z (points x unknowns) and the errors of its figure at them (nan where there was nothing to count), and test it. None if
    there are too few."""
    known = np.isfinite(errors)
    if known.sum() < FEWEST or len(test.pairs) < FEWEST // 6:
        return None
    x, y = even(z[known]), errors[known]
    features, constant, weights, least = _fitted(x, y)
    error, luck, spread = test.of(constant + features.at(even(test.z)) @ weights)
    return Emulator(id, features, constant, weights, max(error, least * luck), luck, spread)


def _fitted(x: Floats, y: Floats) -> tuple[Features, float, Floats, float]:
    """Features, constant and weights; and the share of the luck's standard deviation that the weights are at least uncertain by."""
    linear = library("linear_model")
    tried = candidates(x, y)
    columns = tried.at(x)
    middle, scale = columns.mean(axis=0), columns.std(axis=0) + 1e-12
    standard = (columns - middle) / scale
    lasso = linear.LassoCV(cv=5, alphas=25, eps=2e-3, precompute=True, max_iter=2_000, tol=1e-3).fit(standard, y)
    chosen: npt.NDArray[np.bool_] = lasso.coef_ != 0.0
    if not chosen.any():
        return Features(()), float(y.mean()), np.zeros(0), float(np.sqrt(1.0 / len(y)))
    ridge = linear.RidgeCV(alphas=np.logspace(-1, 3, 13)).fit(standard[:, chosen], y)
    weights = ridge.coef_ / scale[chosen]
    constant = float(ridge.intercept_ - middle[chosen] @ weights)
    return tried.only(chosen), constant, np.asarray(weights, float), float(np.sqrt(chosen.sum() / len(y)))


def candidates(x: Floats, y: Floats) -> Features:
    """Which columns are tried: every step; squares of what stands out by itself; products of the unknowns that matter most."""
    n, d = x.shape
    centred = y - y.mean()
    ridge = np.linalg.solve(x.T @ x + 0.1 * n * np.eye(d), x.T @ centred)
    rest = centred - x @ ridge
    bent = np.abs(((x**2 - 1.0) * rest[:, None]).mean(axis=0))
    strength = np.abs(ridge)
    matter = np.argsort(-strength)[: min(MATTER, d)]
    squares = np.argsort(-(strength + bent))[: min(SQUARED, d)]
    products: list[Pair] = [(int(min(i, j)), int(max(i, j))) for place, i in enumerate(matter) for j in matter[:place]]
    return Features.of(range(d), [int(i) for i in squares], products)


def library(part: str) -> Any:
    """A module of scikit-learn, which only the fit needs. Raises ScenarioError if it is not installed."""
    try:
        return import_module(f"sklearn.{part}")
    except ImportError:
        allowed = "in the repository: pip install -e '.[calibration]'"
        raise ScenarioError(Problem("", None, "calibrate", "scikit-learn is not installed", allowed)) from None
