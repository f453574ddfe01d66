"""`validate`: a scenario simulated and held against every published figure, each marked input or emergent, inside its band or not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..engine.choice import AUTO
from ..experiment.plan import Plan
from ..experiment.replication import cohorts
from ..experiment.study import loaded, planned, stopped
from ..experiment.where import Progress, silent, spread
from ..model.words import Grade
from ..outcomes.interval import mean_interval
from ..scenario import Scenario
from .published import FIGURES, graded, precision, recorded_harm, sensitivity

if TYPE_CHECKING:
    import pandas as pd

GRADED_HIGH = graded(Grade.HIGH)


def computed(plan: Plan, replication: int) -> list[float]:
    """Every published figure, as one replication gives it, and last the four that are tied together."""
    (cohort, _), *_ = cohorts(plan, replication)
    tied = [GRADED_HIGH(cohort), precision(cohort), sensitivity(cohort), recorded_harm(cohort)]
    return [figure.of(cohort) for figure in FIGURES] + tied


@dataclass(frozen=True)
class Validation:
    """Figures by replication, in the order of FIGURES."""

    plan: Plan
    values: tuple[tuple[float, ...], ...]
    complete: bool
    notices: tuple[str, ...] = ()

    @property
    def replications(self) -> int:
        """How many were finished."""
        return len(self.values)

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row for each figure: published with its band (low, high), simulated with the 95% interval of its mean, kind, inside."""
        import pandas as pd

        rows = []
        for place, figure in enumerate(FIGURES):
            found = mean_interval([values[place] for values in self.values])
            rows.append(
                {
                    "id": figure.id,
                    "quantity": figure.quantity,
                    "unit": figure.unit,
                    "published": figure.published,
                    "low": figure.low,
                    "high": figure.high,
                    "simulated": found.estimate,
                    "simulated_low": found.low,
                    "simulated_high": found.high,
                    "kind": "emergent" if figure.emergent else "input",
                    "inside": figure.low <= found.estimate <= figure.high,
                }
            )
        return pd.DataFrame(rows)

    @property
    def misses(self) -> list[str]:
        """Ids of the emergent figures whose mean lies outside the band."""
        table = self.table
        return list(table.loc[(table["kind"] == "emergent") & ~table["inside"], "id"])

    @property
    def identity(self) -> str:
        """Share graded high x precision = prevalence x sensitivity, with the numbers: none of the four is a slider."""
        tied = [[values[len(FIGURES) + place] for values in self.values] for place in range(4)]
        high, right, sense, harm = (math.fsum(column) / len(column) for column in tied)
        return (
            f"share graded high x precision = {high:.2f}% x {right:.2f}% = {high * right / 100:.3f}%; "
            f"prevalence x sensitivity = {harm:.2f}% x {sense:.2f}% = {harm * sense / 100:.3f}% (equal in each replication; these are means)"
        )

    @property
    def text(self) -> str:
        """The table for a terminal, with what it comes to."""
        table = self.table
        lines = [f"{'Id':<10} {'Quantity':<62} {'Published':>9} {'Band':>16} {'Simulated':>9}  {'95% interval':<17} {'Kind':<8}  Inside"]
        for row in table.to_dict("records"):
            band = f"{row['low']:.4g} to {row['high']:.4g}"
            spread = "" if math.isnan(row["simulated_low"]) else f"{row['simulated_low']:.4g} to {row['simulated_high']:.4g}"
            quantity = f"{row['quantity']}, {row['unit']}"
            inside = "yes" if row["inside"] else "NO"
            number = f"{row['published']:>9.4g} {band:>16} {row['simulated']:>9.4g}"
            lines.append(f"{row['id']:<10} {quantity:<62} {number}  {spread:<17} {row['kind']:<8}  {inside}")
        emergent = int((table["kind"] == "emergent").sum())
        missed = f": {', '.join(self.misses)}" if self.misses else ""
        lines += ["", f"{len(self.misses)} of {emergent} emergent figures outside their band{missed}.", f"Check: {self.identity}"]
        scenario = self.plan.baseline.name
        made = f"{scenario}, {self.replications} replications, seed {self.plan.seed}"
        lines.append(f"Simulated data: {made}; intervals show the luck of the replications.")
        return "\n".join(lines)


def validate(
    scenario: Scenario | str | Path = "baseline",
    *,
    replications: int | None = None,
    seed: int | None = None,
    engine: str = AUTO,
    workers: int | None = None,
    area: str | None = None,
    progress: Progress = silent,
) -> Validation:
    """Simulate a scenario and compute every published figure from its records. Raises ScenarioError for a wrong request."""
    plan, hands, notice = planned((loaded(scenario, None, area),), replications, seed, engine, workers)
    done, complete = spread(computed, plan, hands, progress)
    if not done:
        raise KeyboardInterrupt
    return Validation(plan, tuple(tuple(values) for values in done), complete, (*notice, *stopped(plan, len(done))))
