"""A tornado: each parameter alone at the low end and at the high end of its range, and how far the measures move from the scenario as it is.

All variants have the luck of the scenario, so every difference is paired by replication. An end at which the parameter stands already is not
simulated again: its difference is 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from ..outcomes.catalogue import MEASURES
from ..outcomes.interval import Estimate, mean_interval, t_quantile, verdict
from ..outcomes.measure import NAN
from ..scenario.difference import Value, values
from ..scenario.ranges import ranges
from ..scenario.scenario import Scenario
from .comparison import difference_unit
from .factors import Factors, Variants, point
from .sweep import cell

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
ENDS = ("low", "high")


@dataclass(frozen=True)
class Tornado(Variants):
    """What each parameter does alone, at either end of its range."""

    kind: ClassVar[str] = "tornado"

    @cached_property
    def places(self) -> dict[tuple[str, str], int]:
        """Where each parameter and end stands in the plan: 0, the scenario as it is, where that end is its value already."""
        found = {name: place for place, name in enumerate(self.names)}
        return {(path, end): found.get(_called(path, end), 0) for path in self.paths for end in ENDS}

    @cached_property
    def settings(self) -> dict[tuple[str, str], Value]:
        """The value of each parameter at each end, as it was simulated."""
        held = {place: values(self.plan.scenarios[place]) for place in set(self.places.values())}
        return {(path, end): held[place][path] for (path, end), place in self.places.items()}

    @cached_property
    def standing(self) -> dict[str, Value]:
        """The values of the scenario as it is."""
        return values(self.plan.baseline)

    def moves(self, measure: str) -> dict[tuple[str, str], Floats]:
        """For each parameter and end the difference from the scenario as it is, by replication; nan where there was nothing to measure."""
        whole = self.values.of(measure)
        return {key: whole[place] - whole[0] for key, place in self.places.items()}

    @cached_property
    def bars(self) -> pd.DataFrame:
        """For each measure the parameters by their spread, widest first, two rows each: `end`, its `value`, difference from the scenario as it
        is (estimate, low, high: 95%, paired; n of replications), verdict, and whether the parameter rests on an assumption without a source.

        The spread is how far the mean of the measure moves over three positions: the low end, as it is, the high end.
        """
        import pandas as pd

        return pd.DataFrame([row for measure in self.measures for row in self._rows(measure)])

    def _rows(self, measure: str) -> Iterator[dict[str, Any]]:
        known, moves = MEASURES[measure], self.moves(measure)
        found = {key: mean_interval(move) for key, move in moves.items()}
        spreads = {path: spread(found[path, "low"].estimate, found[path, "high"].estimate) for path in self.paths}
        ordered = sorted(self.paths, key=lambda path: -1.0 if isnan(spreads[path]) else spreads[path], reverse=True)
        for rank, path in enumerate(ordered, start=1):
            for end in ENDS:
                difference = found[path, end]
                yield {
                    "measure": measure,
                    "label": known.label,
                    "rank": rank,
                    "parameter": path,
                    "end": end,
                    "value": cell(self.settings[path, end]),
                    "as_it_is": cell(self.standing[path]),
                    "estimate": difference.estimate,
                    "low": difference.low,
                    "high": difference.high,
                    "n": difference.n,
                    "unit": difference_unit(known.unit),
                    "verdict": verdict(difference, known.direction),
                    "spread": spreads[path],
                    "simulated": self.places[path, end] != 0,
                    **self.grounds(path),
                }

    @cached_property
    def shares(self) -> pd.DataFrame:
        """For each measure the share of what moves it that rests on assumptions without a source: estimate, low, high (95%); see `assumed_share`."""
        import pandas as pd

        told = {"assumed": sum(self.assumed.values()), "parameters": len(self.paths), "choices_left_out": self.choices}
        rows = []
        for measure in self.measures:
            share = assumed_share(self, measure)
            interval = {"estimate": share.estimate, "low": share.low, "high": share.high, "n": share.n}
            rows.append({"measure": measure, "label": MEASURES[measure].label, **interval, **told})
        return pd.DataFrame(rows)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The bars, and what rests on assumptions."""
        return {"tornado": self.bars, "assumed_shares": self.shares}


def ends(scenario: Scenario, chosen: Factors) -> list[Scenario]:
    """The variants to be simulated: every end at which a parameter does not stand already. Raises ScenarioError."""
    standing, found = values(scenario), []
    for path in chosen.paths:
        over = ranges()[path]
        for end, value in zip(ENDS, (over.low, over.high), strict=True):
            other = point(scenario, {path: value}, _called(path, end))
            if values(other)[path] != standing[path]:
                found.append(other)
    return found


def _called(path: str, end: str) -> str:
    return f"{path} {end}"


def spread(low: float, high: float) -> float:
    """How far apart the low end, the scenario as it is (0) and the high end lie; nan if an end is not known."""
    return NAN if isnan(low) or isnan(high) else max(low, high, 0.0) - min(low, high, 0.0)


def assumed_share(tornado: Tornado, measure: str) -> Estimate:
    """The share, 0 to 1, of what moves a measure that rests on assumptions without a source, with its 95% interval.

    It is the sum of the variances of the parameters without a source over that of all parameters gone over, where a parameter's variance is that of
    the mean of the measure over three positions: the low end, as it is, the high end. Variances, because those of independent effects add up: were
    the parameters' effects to add up, this would be the share of the variance of the measure, over these positions, that better evidence could take
    away. It says nothing of parameters that were not gone over.

    What is only noise would count as well, so each squared difference of two positions is estimated without its noise (the mean product of two
    different replications), and parameters without effect add 0 on average. The interval is a jackknife over replications (Efron and Stein, 1981);
    it needs three. A replication in which a variant had nothing to measure is left out. nan where nothing moves.
    """
    moves = tornado.moves(measure)
    apart = np.array([_apart(moves[path, "low"], moves[path, "high"]) for path in tornado.paths])
    known = ~np.isnan(apart).any(axis=(0, 1))
    assumed = np.array([tornado.assumed[path] for path in tornado.paths])
    return _share(apart[:, :, known], assumed, left_out=int((~known).sum()))


def _apart(low: Floats, high: Floats) -> Floats:
    """How far low end, as it is and high end lie apart, each pair of them, by replication: the variance over the three is the mean square of these,
    divided by 3. None is chosen for being the widest: noise would have a part in that."""
    return np.array([low, high, high - low])


def _share(moves: Floats, assumed: npt.NDArray[np.bool_], left_out: int) -> Estimate:
    """The share of the squared means of some rows in those of all, and its interval over the replications; rows x differences x replications."""
    n = moves.shape[-1]
    if n == 0:
        return Estimate(NAN, NAN, NAN, 0, left_out)
    total, squares = moves.sum(axis=-1), (moves**2).sum(axis=-1)
    estimate = float(_ratio(_square(total, squares, n), assumed))
    if n < 3 or isnan(estimate):
        return Estimate(estimate, NAN, NAN, n, left_out)
    without = _ratio(_square(total[..., None] - moves, squares[..., None] - moves**2, n - 1), assumed)
    error = float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
    reach = t_quantile(n - 1, 0.95) * error
    return Estimate(estimate, max(estimate - reach, 0.0), min(estimate + reach, 1.0), n, left_out)


def _square(total: Floats, squares: Floats, n: int) -> Floats:
    """The squared mean without noise, from the sum and the sum of squares of `n` values; of one value just its square."""
    found: Floats = (total**2 - squares) / (n * (n - 1)) if n > 1 else squares
    return found


def _ratio(squared: Floats, assumed: npt.NDArray[np.bool_]) -> Floats:
    whole, part = squared.sum(axis=(0, 1)), squared[assumed].sum(axis=(0, 1))
    moved = whole > 0
    found: Floats = np.where(moved, np.clip(part / np.where(moved, whole, 1.0), 0.0, 1.0), np.nan)
    return found
