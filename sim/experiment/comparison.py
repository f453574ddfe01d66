"""What came of an experiment: tidy tables of estimates, paired differences and splits, with intervals over replications.

Where what is not known is drawn, an interval holds that and the luck of the replications, and two columns, `luck` and `unknown`, say how far it would
reach to each side for either alone. Else it shows luck only. A measure that no replication had anything to measure for has an empty estimate; a share
that was 0 throughout carries the upper limit 3/n instead of a bare 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from ..outcomes.catalogue import HEADLINES, MEASURES
from ..outcomes.interval import Estimate, mean_interval, none_in, paired_interval, verdict
from ..scenario.errors import Problem, ScenarioError
from .findings import Findings
from .inspection import Sides
from .plan import Plan
from .reading import WHOLE, known

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


@dataclass(frozen=True)
class Result(Findings):
    """One scenario, or several beside the first."""

    kind: ClassVar[str] = "compare"

    @classmethod
    def called(cls, plan: Plan) -> str:
        """A run, if there is but one scenario."""
        return "run" if len(plan.scenarios) == 1 else "compare"

    @classmethod
    def sides(cls, plan: Plan, request: Mapping[str, Any]) -> Sides:
        """Each of the others against the first; one with more posts counts as the one beside which it stands."""
        named = {scenario.name: scenario for scenario in plan.scenarios}
        beside = {str(one["scenario"]): named[one["beside"]] for one in request.get("posts", ())}
        return [(plan.baseline, beside.get(other.name, other)) for other in plan.scenarios[1:]]

    def of(self, scenario: str, measure: str, split: str = WHOLE, group: str = WHOLE) -> list[float]:
        """One value for each finished replication. Raises ScenarioError if the scenario, or the quantity, is not in this result."""
        place = self._place(scenario, measure, split, group)
        done = self.values.finished.any(axis=0)
        return [float(value) for value in self.values.of(measure, split, group)[place][done]]

    def observed(self, scenario: str, measure: str, split: str = WHOLE, group: str = WHOLE) -> int:
        """How many there were to take the measure over, all replications together. Raises ScenarioError as `of` does."""
        return self.values.observed(self._place(scenario, measure, split, group), measure, split, group)

    def _place(self, scenario: str, measure: str, split: str, group: str) -> int:
        """The place of a scenario for which this was taken."""
        if scenario not in self.names:
            raise ScenarioError(Problem("", None, "scenario", f"{scenario!r} is not in this result", f"allowed: {', '.join(self.names)}"))
        known([measure], "measure")
        if measure not in self._whole:
            raise ScenarioError(Problem("", None, "measure", f"{measure} is not in this result", f"allowed: {', '.join(self._whole)}"))
        parts = [(split, group) for id, split, group in self.values.quantities if id == measure]
        if (split, group) not in parts:
            allowed = ", ".join(f"{split}: {group}" if split != WHOLE else "the whole cohort" for split, group in parts)
            raise ScenarioError(Problem("", None, "split", f"{measure} of {split}: {group} is not in this result", f"allowed: {allowed}"))
        return self.names.index(scenario)

    @property
    def _whole(self) -> list[str]:
        """The measures that were taken over the whole cohort."""
        return [measure for measure, split, _ in self.values.quantities if split == WHOLE]

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Each measure of each scenario: estimate, low, high (95%), in its unit; n of replications; `note` where none was seen."""
        return _frame(self._measure_rows())

    def _measure_rows(self) -> Iterable[Row]:
        for scenario in self.names:
            for id in self._whole:
                measure, values = MEASURES[id], self.of(scenario, id)
                note = ""
                if measure.unit == "%" or measure.unit.startswith("per 1,000"):
                    seen = self.observed(scenario, id)
                    if seen and all(value == 0 or math.isnan(value) for value in values):
                        note = none_in(seen)
                found = interval(mean_interval(values, draws=self.drawn), self.drawn)
                yield {"scenario": scenario, "measure": id, "label": measure.label, **found, "unit": measure.unit, "note": note}

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Each measure of each other scenario less the baseline, paired by replication: estimate, low, high (95%), and a verdict."""
        return _frame(self._difference_rows())

    def _difference_rows(self) -> Iterable[Row]:
        baseline = self.names[0]
        for scenario in self.names[1:]:
            for id in self._whole:
                measure = MEASURES[id]
                difference = paired_interval(self.of(baseline, id), self.of(scenario, id), draws=self.drawn)
                yield {
                    "baseline": baseline,
                    "scenario": scenario,
                    "measure": id,
                    "label": measure.label,
                    **interval(difference, self.drawn),
                    "unit": difference_unit(measure.unit),
                    "verdict": verdict(difference, measure.direction),
                }

    @cached_property
    def splits(self) -> pd.DataFrame:
        """The headline measures of each group (grade given, care, day or night), for each scenario."""
        return _frame(self._split_rows())

    @cached_property
    def split_differences(self) -> pd.DataFrame:
        """The same as paired differences from the baseline."""
        return _frame(self._split_rows(paired=True))

    def _split_rows(self, paired: bool = False) -> Iterable[Row]:
        for scenario in self.names[1 if paired else 0 :]:
            for id, split, group in self.values.quantities:
                if split == WHOLE:
                    continue
                values = self.of(scenario, id, split, group)
                before = self.of(self.names[0], id, split, group) if paired else [0.0] * len(values)
                found = paired_interval(before, values, draws=self.drawn)
                row = {"scenario": scenario, "measure": id, "split": split, "group": group, **interval(found, self.drawn)}
                row["unit"] = difference_unit(MEASURES[id].unit) if paired else MEASURES[id].unit
                row["observed"] = self.observed(scenario, id, split, group)
                yield row

    @cached_property
    def bought(self) -> pd.DataFrame:
        """What posts cost and what they buy, if the comparison was asked for some: see `sim/experiment/bought.py`. Else no rows."""
        from .bought import bought

        return bought(self)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Measures and, if they were read off, splits; of a comparison the differences too, and what posts buy."""
        found = {"measures": self.measures, "splits": self.splits}
        if len(self.names) > 1:
            found |= {"differences": self.differences, "split_differences": self.split_differences, "bought": self.bought}
        return {name: frame for name, frame in found.items() if len(frame)}

    @cached_property
    def episodes(self) -> pd.DataFrame:
        """The simulated episodes of every scenario and replication, a row each, if the plan kept them."""
        return self._frame("episodes")

    @cached_property
    def log(self) -> pd.DataFrame:
        """The event trace of every scenario and replication, if the plan kept one."""
        return self._frame("log")

    def _frame(self, kind: str) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame() if self.execution is None else self.execution.frame(kind)

    @property
    def events(self) -> int:
        """Events that happened in the runs of this process and those taken from the store, all told."""
        return self.values.events


def headlines(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the ten headline measures, in their order."""
    chosen = frame[frame["measure"].isin(HEADLINES)]
    return chosen.sort_values("measure", key=lambda column: column.map(HEADLINES.index), kind="stable")


def difference_unit(unit: str) -> str:
    """Differences of percentages are percentage points."""
    return "percentage points" if unit == "%" else unit


def interval(found: Estimate, draws: Sequence[int] | None) -> Row:
    """An estimate as columns; where what is not known is drawn, with what its interval is made of."""
    whole: Row = {"estimate": found.estimate, "low": found.low, "high": found.high}
    parts: Row = {} if draws is None else {"luck": found.luck, "unknown": found.unknown}
    return {**whole, **parts, "n": found.n}


def _frame(rows: Iterable[Row] | Sequence[Row]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows))
