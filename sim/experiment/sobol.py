"""The indices of Sobol: how much of the variance of one simulated year each parameter explains, alone and with others, and how much is chance.

The sample is that of Saltelli: rows A and B of values drawn from all ranges, and for each factor a row that is A but for that factor, which it has
from B. Luck is the last factor: row A of each base sample has one luck, row B another, so the row in which only luck comes from B has the very
values of A. The total index of luck is then the share of the variance that is left when every parameter is known: chance.

The random numbers that choose the sample, and those of the bootstrap, come from the seed of the experiment, but are not the model's luck.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt

from ..outcomes.catalogue import MEASURES
from ..scenario.scenario import Scenario
from .factors import LUCK, Factors, Variants, at, point, problem, salib

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

RESAMPLES = 500
"""Of the bootstrap."""
LOOKS = (4, 2, 1)
"""Convergence is shown at a quarter of the base samples, at half, and at all."""
LEAST = 8
"""Base samples, so that a quarter is two."""


class Indices(NamedTuple):
    """First and total index of each factor with 95% bootstrap intervals (rows low and high); of how many base samples."""

    first: Floats
    first_interval: Floats
    total: Floats
    total_interval: Floats
    n: int


@dataclass(frozen=True)
class Sobol(Variants):
    """Shares of the variance of one year."""

    kind: ClassVar[str] = "sobol"

    @property
    def factors(self) -> list[str]:
        """The parameters, and luck last."""
        return [*self.paths, LUCK]

    @property
    def rows(self) -> int:
        """Runs for each base sample: A, one for each factor, B."""
        return len(self.factors) + 2

    @property
    def samples(self) -> int:
        """Base samples that were asked for."""
        return (len(self.plan.scenarios) - 1) // self.rows

    def outcomes(self, measure: str) -> Floats:
        """The values of a measure, base samples x (A, one for each factor, B); nan where a run is missing or had nothing to measure."""
        return self.values.of(measure)[1:, 0].reshape(self.samples, self.rows)

    @cached_property
    def finished(self) -> int:
        """Base samples of which every run was simulated."""
        return int(self.values.finished[1:, 0].reshape(self.samples, self.rows).all(axis=1).sum())

    @cached_property
    def _found(self) -> dict[tuple[str, int], Indices]:
        """The indices of each measure after so many base samples."""
        counts = sorted({max(2, self.samples // part) for part in LOOKS})
        return {(measure, count): indices(self.outcomes(measure)[:count], self.plan.seed) for measure in self.measures for count in counts}

    @cached_property
    def indices(self) -> pd.DataFrame:
        """For each measure the factors by their total index: first and total index with 95% intervals; of how many base samples (`n`), and how many
        were left out because a run had nothing to measure. Empty where the measure does not vary."""
        import pandas as pd

        return pd.DataFrame([row for measure in self.measures for row in self._rows(measure)])

    def _rows(self, measure: str) -> Iterator[dict[str, Any]]:
        found = self._found[measure, self.samples]
        for rank, factor in enumerate(np.argsort(-np.nan_to_num(found.total, nan=-1.0), kind="stable"), start=1):
            name = self.factors[factor]
            yield {
                "measure": measure,
                "label": MEASURES[measure].label,
                "rank": rank,
                "factor": name,
                **_told(found, int(factor)),
                "n": found.n,
                "left_out": self.finished - found.n,
                **self.grounds(name),
            }

    @cached_property
    def convergence(self) -> pd.DataFrame:
        """The same at a quarter of the base samples, at half, and at all: have the indices settled?"""
        import pandas as pd

        rows = []
        for (measure, count), found in self._found.items():
            for factor, name in enumerate(self.factors):
                rows.append({"measure": measure, "factor": name, "samples": count, "n": found.n, **_told(found, factor)})
        return pd.DataFrame(rows)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The indices, and how they settled."""
        return {"sobol": self.indices, "sobol_convergence": self.convergence}


def _told(found: Indices, factor: int) -> dict[str, float]:
    return {
        "first": found.first[factor],
        "first_low": found.first_interval[0, factor],
        "first_high": found.first_interval[1, factor],
        "total": found.total[factor],
        "total_low": found.total_interval[0, factor],
        "total_high": found.total_interval[1, factor],
    }


class Design(NamedTuple):
    """The points of all base samples one after another, and the luck of each."""

    scenarios: list[Scenario]
    lucks: list[int]


def design(scenario: Scenario, chosen: Factors, samples: int, seed: int) -> Design:
    """Saltelli's sample of so many base samples (a power of 2). Raises ScenarioError if SALib is missing or a value does not go with the others."""
    factors = [*chosen.paths, LUCK]
    generator = np.random.default_rng(seed)
    sampled = salib("sample.sobol").sample(problem(len(factors)), samples, calc_second_order=False, seed=generator)
    scenarios, lucks = [], []
    for sample, rows in enumerate(sampled.reshape(samples, len(factors) + 2, len(factors))):
        for name, row in zip(("A", *factors, "B"), rows, strict=True):
            settings = {path: at(path, float(share)) for path, share in zip(chosen.paths, row[:-1], strict=True)}
            scenarios.append(point(scenario, settings, f"sample {sample + 1}, {name}"))
            lucks.append(2 * sample + (name in (LUCK, "B")))
    return Design(scenarios, lucks)


def indices(y: Floats, seed: int) -> Indices:
    """First and total indices (Saltelli and others, 2010) from outcomes, base samples x (A, one for each factor, B).

    A base sample with a nan is left out whole: nothing is put in its place. All nan where fewer than two are left or where nothing varies.
    """
    known = y[~np.isnan(y).any(axis=1)]
    count = y.shape[1] - 2
    if len(known) < 2 or np.ptp(known) == 0.0 or np.ptp(known[:, [0, -1]]) == 0.0:
        nothing, pair = np.full(count, np.nan), np.full((2, count), np.nan)
        return Indices(nothing, pair, nothing, pair, len(known))
    settings = {"calc_second_order": False, "num_resamples": RESAMPLES, "keep_resamples": True, "seed": np.random.default_rng(seed)}
    found = salib("analyze.sobol").analyze(problem(count), known.ravel(), **settings)
    intervals = [np.percentile(found[name], [2.5, 97.5], axis=0) for name in ("S1_conf_all", "ST_conf_all")]
    return Indices(np.array(found["S1"]), intervals[0], np.array(found["ST"]), intervals[1], len(known))
