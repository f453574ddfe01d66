"""Cases: the episodes of a simulated area that are of a type, found after the fact, always the same for the same request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..engine.tables import Tables
from ..scenario.errors import Problem, ScenarioError
from .asked import Asked
from .case_type import TYPES, CaseType
from .signs import Signs

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Case:
    """One episode of a type: its row, its child, and how rare such episodes are in the area."""

    asked: Asked
    type: CaseType
    episode: int
    child: int
    key: int
    occurrence: int
    number: int
    matched: int
    of: int

    @property
    def rarity(self) -> str:
        """How many of how many, in a sentence."""
        return f"{self.matched:,} of {self.of:,} episodes in this simulated area matched this type."


class Area:
    """One area, run to its end once, with the state at the end of its warm-up kept to begin again from."""

    def __init__(self, asked: Asked, trace: bool = False) -> None:
        self.asked = asked
        self._begun: Any = asked.begin(trace)
        whole = self._begun.branch()
        whole.run(asked.ends)
        self.tables: Tables = whole.last_tables()
        self.signs = Signs(asked, self.tables)

    def again(self, keep: bool = True) -> Any:
        """The area at the end of its warm-up, once more. Without `keep` it can be had this once only."""
        if keep:
            return self._begun.branch()
        begun, self._begun = self._begun, None
        return begun

    def matching(self, kind: CaseType) -> np.ndarray[Any, Any]:
        """The rows of the episodes of a type, in the order of the report."""
        rows = np.flatnonzero(self.signs.looked_at & kind.matches(self.signs))
        return rows[np.argsort(self.signs["reported"][rows], kind="stable")]

    @property
    def looked_at(self) -> int:
        """How many episodes were looked at."""
        return int(np.count_nonzero(self.signs.looked_at))

    def case(self, kind: CaseType, number: int = 0) -> Case:
        """The case of a type with this number, 0 for the first. Raises ScenarioError if there is none."""
        rows = self.matching(kind)
        if not 0 <= number < len(rows):
            raise ScenarioError(_none(self.asked, kind, number, len(rows), self.looked_at))
        return self.at(kind, int(rows[number]), number, len(rows))

    def at(self, kind: CaseType, e: int, number: int, matched: int) -> Case:
        """The case in a row."""
        child, occurrence = int(self.tables["episodes"]["child"][e]), int(self.tables["episodes"]["occurrence"][e])
        key = int(self.tables["children"]["key"][child])
        return Case(self.asked, kind, e, child, key, occurrence, number, matched, self.looked_at)


def counts(area: Area) -> pd.DataFrame:
    """How many episodes of one area are of each type: type, title, matched, of."""
    import pandas as pd

    rows = [(kind.id, kind.title, len(area.matching(kind)), area.looked_at) for kind in TYPES.values()]
    return pd.DataFrame(rows, columns=["type", "title", "matched", "of"])


def _none(asked: Asked, kind: CaseType, number: int, matched: int, of: int) -> Problem:
    place = f"{asked.scenario.name}, seed {asked.seed}, replication {asked.replication}"
    others = [name for name in kind.more_in if name != asked.scenario.name]
    instead = "try another --seed or --replication" + (f", or a scenario in which it is more frequent: {', '.join(others)}" if others else "")
    if matched:
        return Problem("", None, "--number", f"{number} is out of range: {place} has {matched:,} cases of {kind.id}", f"allowed: 0 to {matched - 1}")
    return Problem("", None, "--case", f"no such case: none of the {of:,} episodes of {place} is of type {kind.id}", instead)
