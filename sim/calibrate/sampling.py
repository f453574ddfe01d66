"""Elliptical slice sampling: draws from a posterior whose prior is standard normal, however many dimensions it has, with nothing to be tuned.

From a point and a fresh draw of a Gaussian an ellipse is laid through both, and a point on it is taken that is likely enough; no step is ever
refused (Murray, Adams and MacKay, 2010, Elliptical slice sampling, AISTATS). The Gaussian need not be the prior: one that lies near the posterior,
with the quotient of the two as what is likely, leaves the same distribution and mixes sooner (Nishihara, Murray and Adams, 2014, Parallel MCMC with
generalized elliptical slice sampling, JMLR). Several chains go at once, each with its own numbers, and are compared with each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Function = Callable[[Floats], Floats]
"""Of points (points x dimensions): a row for each."""


@dataclass(frozen=True, eq=False)
class Gaussian:
    """A normal distribution about `middle`: `root` @ root.T is its covariance, `precision` the inverse of that."""

    middle: Floats
    root: Floats
    precision: Floats

    def draw(self, count: int, random: np.random.Generator) -> Floats:
        """Points, count x dimensions."""
        found: Floats = self.middle + random.standard_normal((count, len(self.middle))) @ self.root.T
        return found


def near(errors: Function, variance: Floats, dimensions: int, wider: float = 2.0, rounds: int = 30) -> Gaussian:
    """A Gaussian near the posterior of a standard normal prior and independent normal errors (points x figures), with these variances: about the
    mode, as Gauss and Newton find it, as wide as if the variances were `wider` times as large."""
    z, damping = np.zeros(dimensions), 1.0
    best = _loss(errors, variance, z)
    for _ in range(rounds):
        found, steep = errors(z[None])[0], slope(errors, z)
        weighted = steep / variance[:, None]
        curved = weighted.T @ steep + np.eye(dimensions)
        step = np.linalg.solve(curved + damping * np.diag(np.diag(curved)), -(weighted.T @ found + z))
        tried = _loss(errors, variance, z + step)
        if tried < best:
            moved, best, z, damping = best - tried, tried, z + step, damping / 4.0
            if moved < 1e-4:
                break
        else:
            damping *= 4.0
    return _about(z, [slope(errors, z)], variance, wider)


def nearer(errors: Function, variance: Floats, draws: Floats, wider: float = 1.5, looks: int = 24) -> Gaussian:
    """A Gaussian nearer to the posterior, from draws (points x dimensions) that lie where it lies: about their mean, as wide as the slopes at some of
    them say in the mean."""
    chosen = draws[:: max(len(draws) // looks, 1)][:looks]
    return _about(draws.mean(axis=0), [slope(errors, z) for z in chosen], variance, wider)


def _about(middle: Floats, slopes: list[Floats], variance: Floats, wider: float) -> Gaussian:
    told = sum(steep.T @ (steep / (wider * variance)[:, None]) for steep in slopes) / len(slopes)
    precision = np.asarray(told, float) + np.eye(len(middle))
    values, vectors = np.linalg.eigh(precision)
    return Gaussian(middle, vectors / np.sqrt(values), precision)


def _loss(errors: Function, variance: Floats, z: Floats) -> float:
    return float((errors(z[None])[0] ** 2 / variance).sum() + z @ z) / 2.0


def slope(errors: Function, z: Floats, by: float = 0.05) -> Floats:
    """The derivative of each error by each dimension: figures x dimensions."""
    steps = by * np.eye(len(z))
    found: Floats = (errors(z + steps) - errors(z - steps)).T / (2.0 * by)
    return found


def sample(
    log_likelihood: Function, about: Gaussian, start: Floats, steps: int, every: int, random: np.random.Generator
) -> Floats:
    """Chains from `start` (chains x dimensions), of which every so many steps one point is kept: kept x chains x dimensions. The prior is standard
    normal, whatever Gaussian the ellipses are drawn from."""

    def height(offset: Floats) -> Floats:
        z = about.middle + offset
        found: Floats = log_likelihood(z) - 0.5 * (z**2).sum(axis=1) + 0.5 * ((offset @ about.precision) * offset).sum(axis=1)
        return found

    now = start - about.middle
    reached, kept = height(now), []
    for step in range(1, steps + 1):
        now, reached = _step(height, about.root, now, reached, random)
        if step % every == 0:
            kept.append(about.middle + now)
    return np.array(kept)


def _step(height: Function, root: Floats, now: Floats, reached: Floats, random: np.random.Generator) -> tuple[Floats, Floats]:
    chains = len(now)
    other = random.standard_normal(now.shape) @ root.T
    level = reached + np.log(random.random(chains))
    angle = random.random(chains) * 2.0 * np.pi
    low, high = angle - 2.0 * np.pi, angle.copy()
    found, found_height = now.copy(), reached.copy()
    left = np.arange(chains)
    while len(left):
        turn = angle[left, None]
        tried = now[left] * np.cos(turn) + other[left] * np.sin(turn)
        there = height(tried)
        good = there > level[left]
        found[left[good]], found_height[left[good]] = tried[good], there[good]
        left = left[~good]
        below = angle[left] < 0.0
        low[left[below]], high[left[~below]] = angle[left[below]], angle[left[~below]]
        angle[left] = low[left] + random.random(len(left)) * (high[left] - low[left])
    return found, found_height


def disagreement(draws: Floats) -> Floats:
    """The split R-hat of each dimension of draws (kept x chains x dimensions): 1 where all chains tell the same (Gelman and others, Bayesian Data
    Analysis, 3rd edition, 11.4)."""
    half = len(draws) // 2
    chains = np.concatenate([draws[:half], draws[half : 2 * half]], axis=1)
    within = chains.var(axis=0, ddof=1).mean(axis=0)
    between = half * chains.mean(axis=0).var(axis=0, ddof=1)
    found: Floats = np.sqrt(((half - 1) / half * within + between / half) / within)
    return found


def worth(draws: Floats) -> Floats:
    """How many independent draws the draws (kept x chains x dimensions) of each dimension are worth, by the variance of the chains' means."""
    kept, chains, _ = draws.shape
    total = draws.reshape(kept * chains, -1).var(axis=0, ddof=1)
    of_means = draws.mean(axis=0).var(axis=0, ddof=1)
    found: Floats = np.minimum(chains * total / np.maximum(of_means, 1e-300), float(kept * chains))
    return found
