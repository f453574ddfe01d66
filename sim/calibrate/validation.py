"""`validate`: a scenario simulated and held against every published figure, each marked input or emergent, inside its band or not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Unpack

from ..experiment.findings import Findings
from ..experiment.reading import WHOLE, Reading
from ..experiment.study import How, Named, carried_out, planned
from ..model.words import Grade
from ..outcomes.cohort import Cohort
from ..outcomes.interval import mean_interval
from ..outcomes.split import Part
from .published import FIGURES, graded, precision, recorded_harm, sensitivity

if TYPE_CHECKING:
    import pandas as pd

GRADED_HIGH = graded(Grade.HIGH)


TIED = {"graded high": GRADED_HIGH, "precision": precision, "sensitivity": sensitivity, "recorded harm": recorded_harm}
"""Four figures of which none can be set by itself."""


@dataclass(frozen=True)
class Published:
    """Reads every published figure off a cohort, and the four that are tied together."""

    def __call__(self, cohort: Cohort) -> list[Part]:
        """A part for each, by its id or name."""
        figures = [Part(figure.id, WHOLE, WHOLE, figure.of(cohort), len(cohort.episodes)) for figure in FIGURES]
        return figures + [Part(name, WHOLE, WHOLE, of(cohort), len(cohort.episodes)) for name, of in TIED.items()]


@dataclass(frozen=True)
class Validation(Findings):
    """Published figures as a scenario gives them, by replication."""

    kind: ClassVar[str] = "validate"

    @classmethod
    def reading(cls, measures: list[str] | None) -> Reading:
        """The published figures."""
        return Published()

    def of(self, id: str) -> list[float]:
        """One value of a figure for each finished replication."""
        return [float(value) for value in self.values.of(id)[0][self.values.finished[0]]]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The one table."""
        return {"validation": self.table}

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row for each figure: published with its band (low, high), simulated with the 95% interval of its mean, kind, inside."""
        import pandas as pd

        rows = []
        for figure in FIGURES:
            found = mean_interval(self.of(figure.id), draws=self.drawn)
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
        tied = [self.of(name) for name in TIED]
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


def validate(scenario: Named = "baseline", **how: Unpack[How]) -> Validation:
    """Simulate a scenario and compute every published figure from its records. For the keywords see `How`. Raises ScenarioError for a wrong
    request."""
    return carried_out(Validation, planned((scenario,), how, reading=Published(), held=()), how)
