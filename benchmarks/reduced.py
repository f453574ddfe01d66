"""A small calibration whose truth is known: ten unknowns that published figures move, everything else as in the baseline.

The published figures are replaced by those of a simulated truth: the mean of a few simulated years under values drawn from the prior, with an error
of one tolerance each, as a published figure has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sim.calibrate import bank
from sim.calibrate.emulator import Emulators
from sim.calibrate.fit import Points, emulated
from sim.calibrate.prior import TIES, Prior
from sim.calibrate.sampling import Chains, disagreement, near
from sim.calibrate.target import Target
from sim.calibrate.targets import targets
from sim.experiment.study import How
from sim.scenario import Scenario, load
from sim.scenario.difference import Value

Floats = npt.NDArray[np.float64]

NAMES = (
    "world.leaving_per_year[0]",
    "world.leaving_per_year[2]",
    "world.frailty_spread[0]",
    "world.recency_first_week",
    "world.own_return_median",
    "world.own_return_spread",
    "world.third_party_rate",
    "world.find_rate",
    "world.harm_per_hour",
    "practice.rhi_offered_share",
)
WITHIN = (5.0, 95.0)
CHAINS = 16


@dataclass(frozen=True)
class Reduced:
    """The prior of a few unknowns; the others are where the baseline has them."""

    names: tuple[str, ...] = NAMES

    @cached_property
    def _whole(self) -> tuple[Prior, Floats, list[int]]:
        prior = Prior.of()
        return prior, prior.unit(load("baseline")), [prior.names.index(name) for name in self.names]

    def values(self, u: Iterable[float]) -> dict[str, Value]:
        """Values of the paths that the unknowns stand in, and of what is tied to them."""
        prior, usual, places = self._whole
        at = usual.copy()
        at[places] = list(u)
        paths = {name.split("[")[0] for name in self.names}
        return {path: value for path, value in prior.values(at).items() if path in paths or TIES.get(path) in paths}


def fitted() -> tuple[Target, ...]:
    """The published figures that are fitted."""
    return tuple(target for target in targets() if target.use == "fit")


def simulated(z: Floats, seed: int, how: How, scenario: Scenario | None = None) -> Points:
    """The figures of points z (points x unknowns), each under one luck; an eighth of them under two."""
    twice = np.vstack([z, z[: len(z) // bank.TWICE]])
    plan = bank.plan(scenario or load("baseline", None, "small-force"), Reduced(), twice, fitted(), seed, "a test")
    found = bank.simulated(plan, how)
    return Points(twice, found.figures([target.id for target in fitted()]), len(z))


def errors_of(points: Points) -> Floats:
    """Points x figures, in tolerances."""
    return bank.errors(fitted(), points.figures)


def emulators_of(points: Points) -> Emulators:
    """Those of one bank."""
    return emulated([points], fitted(), NAMES)


def truths(count: int, seed: int) -> Floats:
    """Points of the prior that stand for the truth, count x unknowns."""
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, 11]))).standard_normal((count, len(NAMES)))


def observed(mean: Floats, seed: int) -> Floats:
    """What is published of truths (truths x figures, in tolerances): with an error of one tolerance each."""
    random = np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, 12])))
    return mean + random.standard_normal(mean.shape)


def luck_of(points: Points, emulators: Emulators) -> Floats:
    """The covariance of the luck of one year among the figures (figures x figures): one unlucky year shows in many of them. How they go together is
    seen in what emulators leave of all points, how much from the points with two lucks."""
    known = [target.id for target in fitted()]
    left = errors_of(points)[:, [known.index(id) for id in emulators.ids]] - emulators.at(points.z)
    left = left[np.isfinite(left).all(axis=1)]
    luck = np.array([one.luck for one in emulators.each])
    return np.asarray(np.corrcoef(left.T) * np.outer(luck, luck), float)


def posterior(emulators: Emulators, seen: Floats, luck: Floats, seed: int, moves: int = 300) -> tuple[Floats, float]:
    """Draws (draws x unknowns) given what was seen of each emulated figure, and the largest split R-hat. `luck` is the covariance of that of what was
    seen (figures x figures)."""
    covariance = np.diag(1.0 + emulators.error**2) + luck
    turned = np.linalg.inv(np.linalg.cholesky(covariance)).T
    variance = np.ones(len(seen))

    def off(z: Floats) -> Floats:
        found: Floats = (emulators.at(z) - seen) @ turned
        return found

    random = np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, 13])))
    chains = Chains(emulators.density(seen, variance, turned), near(off, variance, len(emulators.names)), CHAINS, random)
    chains.settle(100)
    kept = chains.sample(moves)
    return kept.reshape(-1, kept.shape[2]), float(disagreement(kept).max())


def covered(draws: Floats, truth: Floats, weights: Sequence[float] | None = None) -> tuple[npt.NDArray[np.bool_], Floats]:
    """For each unknown: does the 90% interval of (weighted) draws hold the truth, and how wide is it?"""
    low, high = np.percentile(draws, WITHIN, axis=0, weights=weights, method="inverted_cdf" if weights is not None else "linear")
    return (low <= truth) & (truth <= high), high - low
