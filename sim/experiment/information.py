"""What it is worth to know an unknown value before choosing: the expected value of perfect information about all (EVPI) and about parts (EVPPI).

A part is worth what the choice would gain on average if that part were known and the rest were not. It is found from the draws alone (Strong, Oakley
and Brennan 2014): the loss of each option, less that of the option that is best on average, is regressed on the part. What the fit expects at a value
is what one would expect who knew it, luck and the other unknowns averaged out.

Even where nothing can be learned a fit finds something. So the deviation of each draw from the mean also gets a sign by lot, many times (a wild
bootstrap: Wu 1986), and what is found then is noise: a value counts only if it is above what chance gives the largest of all parts in 1 of 20 such
lots. To permute the draws would not do: where a difference varies more at some values of a part than at others, as where rates multiply one another,
there is more noise at those values than permuted draws show.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..scenario.errors import Problem, ScenarioError
from .lucks import without_luck
from .threads import one_thread

Floats = npt.NDArray[np.float64]

LOTS, RESAMPLES = 1000, 100
SEED = 2014
LEVEL = 0.95
KNOTS, DEGREE = 4, 3
"""Of the spline of each column; the knots are at its quantiles."""
PENALTIES = np.logspace(-3, 4, 15)
"""Of the ridge; generalised cross-validation takes one of them."""


class Worth(NamedTuple):
    """What it is worth to know a part, its standard error (bootstrap over draws), and what chance alone reaches (0 for all there is)."""

    value: float
    error: float
    noise: float = 0.0

    @property
    def told(self) -> bool:
        """Does it stand out from chance?"""
        return self.value > self.noise


def everything(losses: Floats) -> Worth:
    """What it would be worth to know all, from the losses (options, draws, lucks), luck taken out."""
    rng = _rng(0)
    draws = losses.shape[1]
    with one_thread():
        again = [_gain(without_luck(losses[:, rng.integers(draws, size=draws)])) for _ in range(RESAMPLES)]
        return Worth(_gain(without_luck(losses)), float(np.std(again, ddof=1)))


def _gain(losses: Floats) -> float:
    """How much less is lost if the best option is taken in each draw, and not the one that is best on average (options, draws)."""
    return float(max(losses.mean(axis=1).min() - losses.min(axis=0).mean(), 0.0))


def parts(losses: Floats, columns: Mapping[str, Floats]) -> dict[str, Worth]:
    """What each part is worth, from the losses (options, draws) and the values of the part (draws, columns). Parts that are told together are held
    against the same chance, so they should be of a kind. Raises ScenarioError if scikit-learn is not installed."""
    best = int(losses.mean(axis=1).argmin())
    apart = np.delete(losses - losses[best], best, axis=0).T
    with one_thread():
        found = {name: _regressed(apart, basis(values)) for name, values in columns.items()}
    levels = _levels(np.array([noise for _, _, noise in found.values()]).reshape(len(found), LOTS))
    return {name: Worth(value, error, level) for (name, (value, error, _)), level in zip(found.items(), levels, strict=True)}


def _levels(noise: Floats) -> list[float]:
    """A level for each part (parts, lots), as rare for each, so high that in 1 of 20 lots one or more of the parts goes beyond its own (Westfall and
    Young 1993, minimum of the p-values)."""
    if not len(noise):
        return []
    ordered = np.sort(noise, axis=1)
    as_rare = np.array([LOTS - np.searchsorted(row, lots, side="left") for row, lots in zip(ordered, noise, strict=True)]).min(axis=0)
    allowed = int(np.quantile(as_rare, 1 - LEVEL, method="lower"))
    return [float(row[LOTS - allowed]) for row in ordered]


def basis(values: Floats) -> Floats:
    """What a part is regressed on: a cubic spline of each column and, where there are few enough of them for the draws, the product of each pair.
    Standardised; columns that do not vary are left out. Shape (draws, terms)."""
    varying = values[:, np.ptp(values, axis=0) > 0]
    if not varying.shape[1]:
        return np.zeros((len(values), 0))
    spline = sklearn("preprocessing").SplineTransformer(n_knots=KNOTS, degree=DEGREE, knots="quantile", include_bias=False)
    scaled = (varying - varying.mean(axis=0)) / varying.std(axis=0)
    count = varying.shape[1]
    first, second = np.triu_indices(count, 1)
    few = count * (KNOTS + DEGREE - 2) + len(first) <= len(values) / 2
    terms = np.hstack([spline.fit_transform(scaled), *([scaled[:, first] * scaled[:, second]] if few else [])])
    terms = terms[:, np.ptp(terms, axis=0) > 1e-9]
    found: Floats = (terms - terms.mean(axis=0)) / terms.std(axis=0)
    return found


def _regressed(apart: Floats, terms: Floats) -> tuple[float, float, Floats]:
    """The worth of a part, its standard error, and what it is in each lot; from (draws, options less one) and (draws, terms)."""
    if not terms.shape[1]:
        return 0.0, 0.0, np.zeros(LOTS)
    draws, others = apart.shape
    rng = _rng(1)
    ridge = sklearn("linear_model").RidgeCV(alphas=PENALTIES, alpha_per_target=True)
    mean = apart.mean(axis=0)
    signs = np.hstack([np.ones((draws, 1)), rng.choice([-1.0, 1.0], size=(draws, LOTS))])
    ridge.fit(terms, (signs[:, :, None] * (apart - mean)[:, None, :]).reshape(draws, -1))
    fitted = ridge.predict(terms).reshape(draws, LOTS + 1, others) + mean
    gains = np.maximum(-fitted, 0.0).max(axis=2).mean(axis=0)
    weights = rng.multinomial(draws, np.full(draws, 1.0 / draws), size=RESAMPLES).astype(float)
    penalties = np.atleast_1d(ridge.alpha_)[:others]
    return float(gains[0]), float(np.std(_resampled(apart, terms, penalties, weights), ddof=1)), gains[1:]


def _resampled(apart: Floats, terms: Floats, penalties: Floats, weights: Floats) -> Floats:
    """The worth of a part in each bootstrap sample, given how often it holds each draw (samples, draws); each is fitted anew, with the penalties of
    all draws."""
    found = np.empty(len(weights))
    for at, weight in enumerate(weights):
        share = weight / weight.sum()
        middle, mean = share @ terms, share @ apart
        moved = (terms - middle) * weight[:, None]
        square, product = moved.T @ (terms - middle), moved.T @ (apart - mean)
        slopes = [np.linalg.solve(square + alpha * np.eye(len(square)), product[:, one]) for one, alpha in enumerate(penalties)]
        fitted = (terms - middle) @ np.array(slopes).T + mean
        found[at] = share @ np.maximum(-fitted, 0.0).max(axis=1) - max(-(share @ fitted).min(), 0.0)
    return found


def _rng(key: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=[SEED, key]))


def sklearn(module: str) -> Any:
    """A module of scikit-learn, loaded when it is needed (it takes a second). Raises ScenarioError if it is not installed."""
    try:
        return import_module(f"sklearn.{module}")
    except ModuleNotFoundError as error:
        allowed = f"in the repository: pip install -e '.[analysis]' (there is no package {error.name})"
        raise ScenarioError(Problem("", None, "choose", "this needs the package scikit-learn", allowed)) from None
