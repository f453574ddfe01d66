"""Who loses: every measure, group and gap that is likely worse under a scenario. What a change costs is reported with the same care as what it
gains."""

from __future__ import annotations

from dataclasses import dataclass

from ..experiment.comparison import Result
from ..outcomes.catalogue import HEADLINES, MEASURES
from ..outcomes.measure import NEITHER
from .rows import Row
from .rows import rows as rows_in
from .sentence import BY_GRADE, HIGHER, LOWER, WORSE, said

SAME_AS_A_HEADLINE = ("R1.30d", "C11.90d")

WHO = {
    "Protection from harm": "children who are missing",
    "Time and search": "children who are missing",
    "Grading and review": "how well episodes are graded",
    "Identification and disruption": "exploited children",
    "After the return": "children after their return",
    "Repeats": "children after their return",
    "Workload and cost": "staff time and budgets",
    "Waits, cover and other demand": "those who wait, and other incidents",
}

FIRST = (*HEADLINES, "W8", "W7", "W2.overtime", "W4", "W4.high", "W2.response.p90", "W2.desk.p90", "W2.social_worker", "C3.hours", "G2")
"""The measures that are said in a sentence if they are worse, in this order; the others stand in the table."""


@dataclass(frozen=True)
class Losses:
    """What is likely worse under one scenario than under the baseline."""

    measures: list[Row]
    groups: list[Row]
    by_grade: list[Row]
    """Groups by the grade given hold other children under another scenario, so they are kept apart."""
    gaps: list[Row]
    compared: int
    """How many measures have a better and a worse side."""

    @property
    def none(self) -> bool:
        """Was nothing likely worse?"""
        return not (self.measures or self.groups or self.by_grade or self.gaps)

    @property
    def foremost(self) -> list[Row]:
        """Those to say in a sentence."""
        found = {row["measure"]: row for row in self.measures}
        return [found[id] for id in FIRST if id in found]


def losses(result: Result, scenario: str) -> Losses:
    """Go through everything that was compared."""
    rows = [row for row in rows_in(result.differences) if row["scenario"] == scenario and row["measure"] not in SAME_AS_A_HEADLINE]
    parts = [row for row in rows_in(result.split_differences) if row["scenario"] == scenario and said(row) == WORSE]
    compared = sum(MEASURES[row["measure"]].direction != NEITHER for row in rows)
    worse = [row for row in rows if said(row) == WORSE]
    worse.sort(key=lambda row: FIRST.index(row["measure"]) if row["measure"] in FIRST else len(FIRST))
    groups = [row for row in parts if row["split"] != BY_GRADE]
    by_grade = [row for row in parts if row["split"] == BY_GRADE]
    return Losses(worse, groups, by_grade, [row for row in rows if _wider(result, row)], compared)


def _wider(result: Result, row: Row) -> bool:
    """A gap between groups of children that likely moved away from 0."""
    if MEASURES[row["measure"]].group != "Equity" or said(row) not in (HIGHER, LOWER):
        return False
    frame = result.measures
    held = frame[frame["measure"] == row["measure"]].set_index("scenario")["estimate"]
    return bool(abs(held[row["scenario"]]) > abs(held[row["baseline"]]))
