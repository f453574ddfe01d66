"""Attribution: the difference between two scenarios split among its causes by Shapley values, with the same luck for every combination of causes.

In each replication what a cause adds is averaged over orders in which the causes are switched from the first scenario to the second, one after the
other: over all orders, or over some that together pass through every combination. So each share is a mean over replications with a paired interval,
in which the choice of orders is included, and the shares of a replication sum to its difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

import numpy as np
import numpy.typing as npt

from ..outcomes.catalogue import MEASURES
from ..outcomes.interval import Estimate, mean_interval, verdict
from ..outcomes.measure import NAN
from ..scenario.errors import Problem, ScenarioError
from ..scenario.scenario import Scenario
from . import shapley
from .cause import Cause, causes, of_parents, pulled
from .combinations import combinations, lucks, orders_of
from .comparison import difference_unit, interval
from .findings import Findings
from .inspection import Sides
from .plan import Plan
from .reading import WHOLE, Only, known
from .study import How, Named, carried_out, loaded, planned

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Explanation(Findings):
    """What of a difference is due to what."""

    kind: ClassVar[str] = "explain"

    @classmethod
    def sides(cls, plan: Plan, request: Mapping[str, Any]) -> Sides:
        """The second against the first."""
        return ((plan.scenarios[0], plan.scenarios[-1]),)

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """What differs, in the order of the schema."""
        return tuple(Cause(one["id"], one["title"], tuple(one["paths"])) for one in self.request["causes"])

    @cached_property
    def orders(self) -> list[list[shapley.Order]] | None:
        """The orders that each replication goes through; None where all combinations are simulated in each."""
        listed: list[list[list[int]]] = self.request["orders"]
        return [[tuple(order) for order in those] for those in listed] or None

    @cached_property
    def combinations(self) -> list[int]:
        """The combination of causes that stands at each place of the plan: its bits say which are as in the second scenario."""
        return combinations(len(self.causes), self.orders)

    @property
    def a(self) -> Scenario:
        """The scenario from which the difference is taken."""
        return self.plan.scenarios[0]

    @property
    def b(self) -> Scenario:
        """The scenario whose difference is split."""
        return self.plan.scenarios[-1]

    @property
    def measures(self) -> list[str]:
        """The measures that were read off."""
        return [measure for measure, split, _ in self.values.quantities if split == WHOLE]

    def worth(self, measure: str) -> Floats:
        """A measure by combination (a row for each place of the plan) and replication; nan where it was not simulated or not defined."""
        whole = self.values.of(measure)
        found = np.full((len(whole), self.plan.replications), np.nan)
        for place, row in enumerate(whole):
            numbers = self.plan.numbers(place)[: len(row)]
            found[place, list(numbers)] = row[: len(numbers)]
        return found

    @cached_property
    def _draws(self) -> list[int] | None:
        return self.draws_of(range(self.plan.replications))

    def by_replication(self, measure: str) -> Floats:
        """The share of each cause in each replication (causes, replications); all nan where any combination that is needed has no value."""
        return self._split[measure]

    @cached_property
    def _split(self) -> dict[str, Floats]:
        return {measure: self._shared_out(self.worth(measure)) for measure in self.measures}

    def _shared_out(self, worth: Floats) -> Floats:
        if self.orders is None:
            return shapley.shares(worth)
        place = {combination: number for number, combination in enumerate(self.combinations)}
        found = np.empty((len(self.causes), len(self.orders)))
        for number, those in enumerate(self.orders):
            found[:, number] = shapley.along({one: float(worth[place[one], number]) for order in those for one in shapley.passed(order)}, those)
        return np.where(np.isnan(found).any(axis=0), np.nan, found)

    @cached_property
    def shares(self) -> pd.DataFrame:
        """For each measure a row for each cause: `lever` (its short name), `title`, estimate, low, high (95%, paired), n of replications,
        replications left out, unit, `of_total` (percent of the total, where the interval of that excludes 0), and whether it is the `largest`."""
        import pandas as pd

        return pd.DataFrame([row for measure in self.measures for row in self._share_rows(measure)])

    def _share_rows(self, measure: str) -> Iterable[dict[str, Any]]:
        given, total = self.by_replication(measure), self.total(measure)
        first = self.leading(measure)
        for place, cause in enumerate(self.causes):
            found = mean_interval(given[place], draws=self._draws)
            yield {
                "lever": cause.id,
                "title": cause.title,
                "measure": measure,
                "label": MEASURES[measure].label,
                **interval(found, self._draws),
                "left_out": found.left_out,
                "unit": difference_unit(MEASURES[measure].unit),
                "of_total": 100.0 * found.estimate / total.estimate + 0.0 if told(total) else NAN,
                "largest": cause.id in first,
            }

    @cached_property
    def totals(self) -> pd.DataFrame:
        """For each measure its mean in either scenario, and the difference that is split: estimate, low, high (95%, paired), and a verdict.

        Replications in which a combination had nothing to measure are left out of shares and total alike.
        """
        import pandas as pd

        return pd.DataFrame([self._total_row(measure) for measure in self.measures])

    def _total_row(self, measure: str) -> dict[str, Any]:
        known, total, worth = MEASURES[measure], self.total(measure), self.worth(measure)[:, self._usable(measure)]
        return {
            "measure": measure,
            "label": known.label,
            "a": mean_interval(worth[0]).estimate,
            "b": mean_interval(worth[-1]).estimate,
            **interval(total, self._draws),
            "left_out": total.left_out,
            "unit": difference_unit(known.unit),
            "verdict": verdict(total, known.direction),
        }

    def total(self, measure: str) -> Estimate:
        """The difference that is split: the second scenario less the first."""
        worth, usable = self.worth(measure), self._usable(measure)
        return mean_interval(np.where(usable, worth[-1] - worth[0], np.nan), draws=self._draws)

    def leading(self, measure: str) -> tuple[str, ...]:
        """The causes that may be the largest part of a difference: the one with the largest share in its direction, and those that cannot be told
        from it (the 95% interval of the paired difference of the two shares spans 0). None where the difference, or that share, is not clear."""
        total = self.total(measure)
        if not told(total):
            return ()
        given = self.by_replication(measure) * (1.0 if total.estimate > 0 else -1.0)
        means = [mean_interval(row).estimate for row in given]
        largest = max(range(len(means)), key=lambda place: means[place])
        if not mean_interval(given[largest], draws=self._draws).low > 0:
            return ()
        ahead = {place for place, row in enumerate(given) if mean_interval(given[largest] - row, draws=self._draws).low > 0}
        level = [place for place in range(len(given)) if place not in ahead]
        ordered = sorted(level, key=lambda place: -means[place])
        return tuple(self.causes[place].id for place in ordered)

    @cached_property
    def levers(self) -> pd.DataFrame:
        """What each cause holds: path, and value in either scenario."""
        import pandas as pd

        from ..scenario.difference import values
        from .lever import written

        a, b = values(self.a), values(self.b)
        rows = [(cause.id, cause.title, path, written(a[path]), written(b[path])) for cause in self.causes for path in cause.paths]
        return pd.DataFrame(rows, columns=["lever", "title", "path", "a", "b"])

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Shares, totals, and what was pulled."""
        return {"shares": self.shares, "totals": self.totals, "levers": self.levers}

    def figure(self, measure: str | None = None) -> Any:
        """The waterfall of one measure (by default the first) as a Plotly figure that stands by itself. Raises ScenarioError."""
        from ..report.explain import waterfall_of  # drawing is a later room's work; asked for here only when somebody wants to look

        if measure is not None and measure not in self.measures:
            raise ScenarioError(Problem("", None, "measure", f'"{measure}" was not read off', f"allowed: {', '.join(self.measures)}"))
        return waterfall_of(self, measure or self.measures[0])

    def _usable(self, measure: str) -> npt.NDArray[np.bool_]:
        usable = np.isfinite(self.by_replication(measure)).all(axis=0)
        return np.asarray(usable, bool)


def explain(
    a: Named, b: Named | None = None, *, measures: Iterable[str] = (), by: str = "failing", orders: int | str | None = None,
    effect: str = "first-year", **how: Unpack[How],
) -> Explanation:
    """Split the difference of `b` from `a` among what differs between them. Without `b`, it is the counterfactual that `a` names.

    `by` "failing" takes the values of one failing together, "value" each by itself. `orders` is the number of orders in which each replication
    switches them, or "all"; left out, it is all where that takes 1,600 runs or fewer, and otherwise as many as that allows, yet enough that (up to
    ten causes) every combination is simulated. `measures` are ids; none means the ten headlines. For the other keywords see `How`.
    Raises ScenarioError for a wrong request, such as one published finding against another (`sim/experiment/inspection.py`).
    """
    ids = known(measures)
    first = loaded(a, how.get("overrides"), how.get("area"))
    other = b if b is not None else _counterfactual(first)
    second = loaded(other, how.get("overrides"), how.get("area"))
    found = causes(first, second, by, _of_files(a, other))
    rest: How = {**how, "overrides": None, "area": None}
    plan = planned((first,), rest)
    chosen = orders_of(len(found), plan.replications, plan.seed, orders)
    scenarios = tuple(_scenario(first, second, found, combination) for combination in combinations(len(found), chosen))
    plan = planned(scenarios, rest, effect=effect, reading=Only(ids), lucks=lucks(len(found), chosen), held=how.get("overrides") or ())
    request = {"by": by, "causes": [{"id": one.id, "title": one.title, "paths": list(one.paths)} for one in found], "orders": chosen or []}
    return carried_out(Explanation, plan, rest, request)


def _counterfactual(scenario: Scenario) -> str:
    named = scenario.about.counterfactual
    if not named or named == scenario.name:
        raise ScenarioError(Problem("", None, "", f"{scenario.name} names no scenario to be explained against", "name a second scenario"))
    return named


def _of_files(*named: Named) -> dict[str, Cause]:
    """What the files behind the scenarios say of what belongs together."""
    return {path: cause for name in named if isinstance(name, str | Path) for path, cause in of_parents(name).items()}


def _scenario(a: Scenario, b: Scenario, found: Sequence[Cause], combination: int) -> Scenario:
    """A combination of the causes as a scenario; none of them is the first scenario, all of them the second."""
    there = [place for place in range(len(found)) if combination >> place & 1]
    if not there:
        return a
    if len(there) == len(found):
        return pulled(a, b, found, b.name).model_copy(update={"about": b.about})
    return pulled(a, b, [found[place] for place in there], f"{a.name} with {'+'.join(str(place + 1) for place in there)}")


def told(total: Estimate) -> bool:
    """Does the interval exclude 0?"""
    return total.low > 0 or total.high < 0

