"""What came of an experiment: tidy tables of estimates, paired differences and splits, with intervals over replications.

Intervals show the luck of the replications, not what is unknown about the parameters. A measure that no replication had anything to measure for
has an empty
estimate; a share that was 0 throughout carries the upper limit 3/n instead of a bare 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..outcomes.catalogue import HEADLINES, MEASURES
from ..outcomes.interval import Estimate, mean_interval, none_in, paired_interval, verdict
from .plan import Plan
from .replication import Outcome

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


@dataclass(frozen=True)
class Result:
    """The outcomes of a plan: for each finished replication, one for each scenario, in the order of the plan."""

    plan: Plan
    outcomes: tuple[tuple[Outcome, ...], ...]
    complete: bool
    notices: tuple[str, ...]

    @property
    def replications(self) -> int:
        """How many were finished."""
        return len(self.outcomes)

    @property
    def names(self) -> list[str]:
        """The scenarios, the baseline first."""
        return [scenario.name for scenario in self.plan.scenarios]

    def values(self, scenario: str, measure: str) -> list[float]:
        """One value for each replication."""
        place = self.names.index(scenario)
        return [replication[place].values[measure] for replication in self.outcomes]

    def observed(self, scenario: str, measure: str) -> int:
        """How many there were to take the measure over, all replications together."""
        place = self.names.index(scenario)
        return sum(replication[place].counts[measure] for replication in self.outcomes)

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Each measure of each scenario: estimate, low, high (95%), in its unit; n of replications; `note` where none was seen."""
        return _frame(self._measure_rows())

    def _measure_rows(self) -> Iterable[Row]:
        for scenario in self.names:
            for id, measure in MEASURES.items():
                values = self.values(scenario, id)
                note = ""
                if measure.unit == "%" or measure.unit.startswith("per 1,000"):
                    seen = self.observed(scenario, id)
                    if seen and all(value == 0 or math.isnan(value) for value in values):
                        note = none_in(seen)
                found = _interval(mean_interval(values))
                yield {"scenario": scenario, "measure": id, "label": measure.label, **found, "unit": measure.unit, "note": note}

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Each measure of each other scenario less the baseline, paired by replication: estimate, low, high (95%), and a verdict."""
        return _frame(self._difference_rows())

    def _difference_rows(self) -> Iterable[Row]:
        baseline = self.names[0]
        for scenario in self.names[1:]:
            for id, measure in MEASURES.items():
                difference = paired_interval(self.values(baseline, id), self.values(scenario, id))
                yield {
                    "baseline": baseline,
                    "scenario": scenario,
                    "measure": id,
                    "label": measure.label,
                    **_interval(difference),
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
        first = [{part[:3]: part[3:] for part in replication[0].splits} for replication in self.outcomes]
        for place, scenario in enumerate(self.names):
            if paired and place == 0:
                continue
            own = [{part[:3]: part[3:] for part in replication[place].splits} for replication in self.outcomes]
            for key in own[0]:
                values = [parts[key][0] for parts in own]
                found = paired_interval([parts[key][0] for parts in first], values) if paired else mean_interval(values)
                measure = MEASURES[key[0]]
                row = {"scenario": scenario, "measure": key[0], "split": key[1], "group": key[2], **_interval(found)}
                row["unit"] = difference_unit(measure.unit) if paired else measure.unit
                row["observed"] = sum(parts[key][1] for parts in own)
                yield row

    @cached_property
    def episodes(self) -> pd.DataFrame:
        """The simulated episodes of every scenario and replication, a row each, if the plan kept them."""
        import pandas as pd

        kept = [outcome.episodes for replication in self.outcomes for outcome in replication if outcome.episodes is not None]
        return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame()

    @cached_property
    def log(self) -> pd.DataFrame:
        """The event trace of every scenario and replication, if the plan kept one."""
        import pandas as pd

        kept = [outcome.log.assign(scenario=outcome.scenario) for replication in self.outcomes for outcome in replication if outcome.log is not None]
        return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame()

    def figure(self) -> Any:
        """The headline differences (or, of one scenario, the headline measures) as a Plotly figure."""
        from ..report import figure  # drawing is a later room's work; asked for here only when somebody wants to look

        return figure(self)

    @property
    def events(self) -> int:
        """Events that happened in the measured branches, all told."""
        return sum(outcome.events for replication in self.outcomes for outcome in replication)


def headlines(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the ten headline measures, in their order."""
    chosen = frame[frame["measure"].isin(HEADLINES)]
    return chosen.sort_values("measure", key=lambda column: column.map(HEADLINES.index), kind="stable")


def difference_unit(unit: str) -> str:
    """Differences of percentages are percentage points."""
    return "percentage points" if unit == "%" else unit


def _interval(found: Estimate) -> Row:
    return {"estimate": found.estimate, "low": found.low, "high": found.high, "n": found.n}


def _frame(rows: Iterable[Row] | Sequence[Row]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows))
