"""A bank: points among what is not known, each simulated as one year of an area under usual practice, and every published figure read off it.

A point is one draw and one replication, with a warm-up of its own. An eighth of the points of a bank stand in it twice, under two lucks: no emulator
is made from those, and they tell what is luck and how wrong an emulator is. Banks are experiments like others: kept cell by cell, and taken up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import numpy as np

from ..engine.choice import choose
from ..experiment.draws import Draws
from ..experiment.execution import Execution
from ..experiment.findings import Findings
from ..experiment.plan import Plan
from ..experiment.reading import Reading
from ..experiment.study import How, begun, put_together, where
from ..experiment.where import silent
from ..scenario.difference import Value
from ..scenario.scenario import Scenario
from .counted import Counted
from .features import Floats, normal, uniform
from .sizing import SIZE
from .target import Target
from .targets import targets

if TYPE_CHECKING:
    import pandas as pd

TWICE = 8
"""One point in so many is simulated with two lucks."""


class Unknowns(Protocol):
    """What is not known: names, and the values of a scenario at a place in every range."""

    @property
    def names(self) -> tuple[str, ...]:
        """One for each dimension."""
        ...

    def values(self, u: Iterable[float]) -> dict[str, Value]:
        """Values by dotted path at u (dimensions, each 0 to 1)."""
        ...


def columns(prior: Unknowns) -> tuple[str, ...]:
    """The columns that hold draws: every number that a dimension, or a tie to one, decides. A profile has one for each of its elements."""
    whole = {name for name in prior.names if "[" not in name}
    single = {name for name in prior.names if "[" in name}
    partly = {name.split("[")[0] for name in single}
    found: list[str] = []
    for path, value in prior.values(np.full(len(prior.names), 0.5)).items():
        if not isinstance(value, tuple):
            found.append(path)
        else:
            elements = [f"{path}[{place}]" for place in range(len(value))]
            known = path in whole or path not in partly
            found += elements if known else [name for name in elements if name in single]
    return tuple(found)


def rows(prior: Unknowns, z: Floats) -> Floats:
    """The numbers at points z (points x dimensions, standard normal): points x columns."""
    wanted = [_parted(name) for name in columns(prior)]
    return np.array([_row(prior.values(u), wanted) for u in uniform(z)])


def _parted(name: str) -> tuple[str, int | None]:
    path, _, place = name.partition("[")
    return path, int(place[:-1]) if place else None


def _row(values: Mapping[str, Value], wanted: Sequence[tuple[str, int | None]]) -> list[float]:
    found = []
    for path, place in wanted:
        value: Any = values[path]
        found.append(float(value if place is None else value[place]))
    return found


def design(dimensions: int, points: int, random: np.random.Generator) -> Floats:
    """So many points that fill the space of the prior evenly (scrambled Sobol points, as standard normal numbers): points x dimensions."""
    import warnings

    from scipy.stats import qmc

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the balance of 2^n points is not needed
        u = qmc.Sobol(dimensions, rng=random).random(points)
    return normal(np.clip(u, 1e-6, 1.0 - 1e-6))


@dataclass(frozen=True)
class Bank(Findings):
    """The figures at every point: as far as it has got, if it was stopped."""

    kind: ClassVar[str] = "calibrate"

    @classmethod
    def reading(cls, measures: list[str] | None) -> Reading:
        """Every published figure."""
        return Counted.of((*targets(), SIZE))

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The figures by point, in their own units."""
        import pandas as pd

        found = {measure: self.values.of(measure)[0] for measure, _, _ in self.values.quantities}
        return {"figures": pd.DataFrame({"point": np.arange(len(next(iter(found.values())))), **found})}

    def figures(self, ids: Sequence[str]) -> Floats:
        """The figures of every point, points x figures; nan where there was nothing to count or the point is missing."""
        found = np.full((self.plan.replications, len(ids)), np.nan)
        for place, id in enumerate(ids):
            values = self.values.of(id)[0]
            found[: len(values), place] = np.where(self.values.finished[0], values, np.nan)
        return found


def plan(scenario: Scenario, prior: Unknowns, z: Floats, figures: Sequence[Target], seed: int, source: str) -> Plan:
    """What is to be simulated for a bank at points z (points x dimensions)."""
    drawn = Draws(columns(prior), rows(prior, z), source, once=True)
    found = Plan((scenario,), seed, len(z), "simpy", reading=Counted.of(figures), draws=drawn)
    engine, _ = choose("auto", found.area_years)
    return Plan((scenario,), seed, len(z), engine, reading=Counted.of(figures), draws=drawn)


def simulated(plan: Plan, how: How, request: Mapping[str, Any] | None = None) -> Bank:
    """Carry the plan of a bank out, or what its folder lacks of it."""
    execution: Execution = begun(Bank, plan, how, request)
    execution.go_on(where(how), how.get("progress", silent))
    return put_together(Bank, execution, how, request)


def errors(figures: Sequence[Target], values: Floats) -> Floats:
    """How far simulated figures (points x figures) lie from the published ones, in tolerances; nan stays."""
    found = np.full(values.shape, np.nan)
    for place, target in enumerate(figures):
        known = np.isfinite(values[:, place])
        found[known, place] = [target.error(float(value)) for value in values[known, place]]
    return found
