"""`validate`: a scenario simulated and held against every published figure, each marked input or emergent, inside its band or not."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Unpack

from ..experiment.findings import Findings
from ..experiment.reading import WHOLE, Reading
from ..experiment.study import How, Named, carried_out, planned
from ..outcomes.cohort import Cohort
from ..outcomes.interval import mean_interval
from ..outcomes.split import Part
from .measure import grading
from .safer_return import CHILDREN, READINGS, safer_return
from .target import Target
from .targets import targets

if TYPE_CHECKING:
    import pandas as pd

TIED = ("graded high", "precision", "sensitivity", "recorded harm")
"""Four figures of which none can be set by itself."""
STUDY = "study"
"""The split under which the virtual study is kept, a group for each reading."""
FOUND = {
    "n": "children in the sample",
    "qualified": "children who qualified",
    "sexual": "disclosed sexual exploitation",
    "red_flag": "had a red flag",
    "other": "disclosed criminal or other exploitation",
    "episodes_per_child": "episodes per child",
    "interviews_per_child": "interviews read per child",
}
"""What is kept of it."""
STUDIED = {"sexual": "CS05", "red_flag": "CS06", "other": "CS07", "episodes_per_child": "CS09"}
"""What the published study found, by evidence id."""


@dataclass(frozen=True)
class Published:
    """Reads every target off a cohort, the four that are tied together, and the virtual study in each reading."""

    targets: tuple[Target, ...] = field(default_factory=targets)

    def __call__(self, cohort: Cohort) -> list[Part]:
        """A part for each, by its id or name."""
        n = len(cohort.episodes)
        values = {target.id: target.of(cohort) for target in self.targets}
        tied = (grading.graded(cohort, "high"), grading.precision(cohort), grading.sensitivity(cohort), grading.recorded_harm(cohort))
        values |= dict(zip(TIED, tied, strict=True))
        parts = [Part(name, WHOLE, WHOLE, value, n) for name, value in values.items()]
        for reading in READINGS:
            study = safer_return(cohort, reading)
            parts += [Part(name, STUDY, reading, float(getattr(study, name)), study.n) for name in FOUND]
        return parts


@dataclass(frozen=True)
class Validation(Findings):
    """Published figures as a scenario gives them, by replication."""

    kind: ClassVar[str] = "validate"

    @classmethod
    def reading(cls, measures: list[str] | None) -> Reading:
        """The published figures."""
        return Published()

    def of(self, id: str, split: str = WHOLE, group: str = WHOLE) -> list[float]:
        """One value of a figure for each finished replication."""
        return [float(value) for value in self.values.of(id, split, group)[0][self.values.finished[0]]]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The figures, and the virtual study."""
        return {"validation": self.table, "study": self.study}

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row for each figure: published with its band (low, high), simulated with the 95% interval of its mean, kind, use, inside."""
        import pandas as pd

        rows = []
        for figure in targets():
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
                    "kind": figure.kind,
                    "use": figure.use,
                    "inside": figure.low <= found.estimate <= figure.high,
                }
            )
        return pd.DataFrame(rows)

    @cached_property
    def study(self) -> pd.DataFrame:
        """What the virtual study of A Safer Return finds: a row for each reading and finding, the mean of the replications with its 95% interval,
        the standard deviation between replications, and what the published study found (nan where it told nothing)."""
        import pandas as pd

        published = {target.id: target.published for target in targets()}
        rows = []
        for reading in READINGS:
            for name, words in FOUND.items():
                values = self.of(name, STUDY, reading)
                told = [value for value in values if not math.isnan(value)]
                found = mean_interval(values)
                known = CHILDREN if name == "n" else published.get(STUDIED.get(name, ""), math.nan)
                rows.append(
                    {
                        "reading": reading,
                        "quantity": words,
                        "unit": "%" if name in ("sexual", "red_flag", "other") else "",
                        "published": float(known),
                        "simulated": found.estimate,
                        "simulated_low": found.low,
                        "simulated_high": found.high,
                        "between": statistics.stdev(told) if len(told) > 1 else math.nan,
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
