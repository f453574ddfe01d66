"""The screening of Morris: trajectories through the ranges on which one factor moves at a time, and luck is a factor like the others.

At each point all parameters have values of their own. Every trajectory has two lucks: it begins with one, and goes over to the other at the step
at which luck moves; at every other step the luck is the same before and after. So the effect of a parameter is never mixed up with chance,
and the effect of chance is one of the numbers.

The random numbers that choose the trajectories, and those of the bootstrap, come from the seed of the experiment, but are not the model's luck.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt

from ..outcomes.catalogue import MEASURES
from ..scenario.scenario import Scenario
from .comparison import difference_unit
from .factors import LUCK, Factors, Variants, at, point, problem, salib

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

RESAMPLES = 1_000
"""Of the bootstrap."""
LOOKS = 8
"""Numbers of trajectories at which convergence is shown."""


class Indices(NamedTuple):
    """For each factor: mean effect, mean absolute effect, standard deviation of the effects, each in the unit of the measure; the 95% bootstrap
    intervals of the last two (rows low and high); and how many trajectories had an effect to measure."""

    mu: Floats
    mu_star: Floats
    mu_star_interval: Floats
    sigma: Floats
    sigma_interval: Floats
    n: Integers


@dataclass(frozen=True)
class Morris(Variants):
    """Which parameters matter at all, which act evenly, and how they compare with chance."""

    kind: ClassVar[str] = "morris"

    @cached_property
    def steps(self) -> Integers:
        """Which factor moves at each step of each trajectory, counted from 1 and negative where it goes down: trajectories x factors."""
        return np.array(self.request["steps"], np.int64)

    @property
    def factors(self) -> list[str]:
        """The parameters, and luck last."""
        return [*self.paths, LUCK]

    def effects(self, measure: str) -> Floats:
        """The elementary effects, trajectories x factors; nan where a run is missing or had nothing to measure."""
        count, points = self.steps.shape[0], self.steps.shape[1] + 1
        y = self.values.of(measure)[1:, 0].reshape(count, points)
        return elementary_effects(y, self.steps, int(self.request["levels"]))

    @cached_property
    def indices(self) -> pd.DataFrame:
        """For each measure the factors by their mean absolute effect: mu_star with its 95% interval, sigma with its own, mu, and of how many
        trajectories (`n`). In the unit of the measure, for a parameter's whole range; for luck, from one luck to another."""
        import pandas as pd

        return pd.DataFrame([row for measure in self.measures for row in self._rows(measure)])

    def _rows(self, measure: str) -> Iterator[dict[str, Any]]:
        known, found = MEASURES[measure], indices(self.effects(measure), self.plan.seed)
        order = np.argsort(-np.nan_to_num(found.mu_star, nan=-1.0), kind="stable")
        for rank, factor in enumerate(order, start=1):
            name = self.factors[factor]
            yield {
                "measure": measure,
                "label": known.label,
                "rank": rank,
                "factor": name,
                "mu_star": found.mu_star[factor],
                "mu_star_low": found.mu_star_interval[0, factor],
                "mu_star_high": found.mu_star_interval[1, factor],
                "sigma": found.sigma[factor],
                "sigma_low": found.sigma_interval[0, factor],
                "sigma_high": found.sigma_interval[1, factor],
                "mu": found.mu[factor],
                "n": int(found.n[factor]),
                "unit": difference_unit(known.unit),
                **self.grounds(name),
            }

    @cached_property
    def convergence(self) -> pd.DataFrame:
        """mu_star of each factor after the first so many trajectories, with its interval: has it settled?"""
        import pandas as pd

        rows = []
        for measure in self.measures:
            effects = self.effects(measure)
            for count in looks(len(effects)):
                found = indices(effects[:count], self.plan.seed)
                for factor, name in enumerate(self.factors):
                    low, high = found.mu_star_interval[:, factor]
                    told = {"mu_star": found.mu_star[factor], "mu_star_low": low, "mu_star_high": high}
                    rows.append({"measure": measure, "factor": name, "trajectories": count, **told})
        return pd.DataFrame(rows)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The indices, and how they settled."""
        return {"morris": self.indices, "morris_convergence": self.convergence}


class Design(NamedTuple):
    """The points of all trajectories one after another, the luck of each, and which factor moves at each step."""

    scenarios: list[Scenario]
    lucks: list[int]
    steps: list[list[int]]


def design(scenario: Scenario, chosen: Factors, trajectories: int, levels: int, seed: int) -> Design:
    """A sample of trajectories on a grid of so many levels. Raises ScenarioError if SALib is missing or a value does not go with the others."""
    sampled = salib("sample.morris").sample(problem(len(chosen.paths) + 1), trajectories, num_levels=levels, seed=np.random.default_rng(seed))
    grid = sampled.reshape(trajectories, len(chosen.paths) + 2, len(chosen.paths) + 1)
    scenarios, lucks = [], []
    for trajectory, places in enumerate(grid):
        for number, place in enumerate(places):
            settings = {path: at(path, float(share)) for path, share in zip(chosen.paths, place[:-1], strict=True)}
            scenarios.append(point(scenario, settings, f"trajectory {trajectory + 1}, point {number + 1}"))
            lucks.append(2 * trajectory + int(place[-1] != places[0, -1]))
    return Design(scenarios, lucks, steps(grid).tolist())


def steps(grid: Floats) -> Integers:
    """Which factor moves at each step, counted from 1 and negative where it goes down; from points, trajectories x points x factors."""
    moved = np.diff(grid, axis=1)
    factor = np.abs(moved).argmax(axis=2)
    sign = np.sign(np.take_along_axis(moved, factor[:, :, None], axis=2)[:, :, 0])
    found: Integers = ((factor + 1) * sign).astype(np.int64)
    return found


def elementary_effects(y: Floats, steps: Integers, levels: int) -> Floats:
    """The effect of each factor on each trajectory, trajectories x factors, from the outcomes at its points.

    That of a parameter is what a step does, divided by the share of the range that it goes (Morris, 1991): the effect of its whole range. That of
    luck, the last factor, is the plain difference: one luck is no share of the way to another.
    """
    change = np.diff(y, axis=1)
    share = levels / (2.0 * (levels - 1.0))
    found = np.full(steps.shape, np.nan)
    np.put_along_axis(found, np.abs(steps) - 1, change * np.sign(steps) / share, axis=1)
    found[:, -1] *= share
    return found


def indices(effects: Floats, seed: int) -> Indices:
    """The indices of elementary effects (trajectories x factors), with a bootstrap over whole trajectories; nan among the effects are left out."""
    there = ~np.isnan(effects)
    n = there.sum(axis=0)
    centre = np.where(there, effects, 0.0).sum(axis=0) / np.maximum(n, 1)
    whole = np.ones((1, len(effects)))
    mu_star, sigma = (found[0] for found in _weighted(effects, there, centre, whole))
    drawn = np.random.default_rng(seed).multinomial(len(effects), np.full(len(effects), 1.0 / len(effects)), RESAMPLES)
    intervals = [_percentiles(found) for found in _weighted(effects, there, centre, drawn.astype(float))]
    several = n > 1
    mu = np.where(n > 0, centre, np.nan)
    return Indices(mu, mu_star, np.where(several, intervals[0], np.nan), sigma, np.where(several, intervals[1], np.nan), n)


def _weighted(effects: Floats, there: npt.NDArray[np.bool_], centre: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Mean absolute effect and standard deviation under each row of weights."""
    count = weights @ there
    some, several = np.where(count > 0, count, np.nan), np.where(count > 1, count, np.nan)
    about = np.where(there, effects - centre, 0.0)
    squares = weights @ about**2 - (weights @ about) ** 2 / some
    return weights @ np.where(there, np.abs(effects), 0.0) / some, np.sqrt(np.maximum(squares, 0.0) / (several - 1.0))


def _percentiles(found: Floats) -> Floats:
    """The 2.5th and 97.5th percentile of each column, of what is known in it."""
    low, high = np.full((2, found.shape[1]), np.nan)
    known = ~np.isnan(found).all(axis=0)
    if known.any():
        low[known], high[known] = np.nanpercentile(found[:, known], [2.5, 97.5], axis=0)
    return np.array([low, high])


def looks(trajectories: int) -> Sequence[int]:
    """After how many trajectories convergence is shown, the last of them all."""
    return sorted({max(2, round(trajectories * look / LOOKS)) for look in range(1, LOOKS + 1)} | {trajectories})
