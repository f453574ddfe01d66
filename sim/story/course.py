"""The course of one case under given decisions: an area continued from just before the first of them, with the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..engine.tables import Tables
from ..model.events import Event
from ..model.world import Parameters
from .decision import ENDORSED, Decision, order

Rows = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Course:
    """What the records and the trace say of one case, up to hour `until`. Tables are those of the whole area."""

    parameters: Parameters
    tables: Tables
    traced: Rows
    episode: int
    from_hour: float
    until: float
    regrades: tuple[tuple[float, int], ...] = ()
    """When a review changed the grade, and to which; known only where the area was traced."""

    @property
    def row(self) -> Any:
        """The episode."""
        return self.tables["episodes"][self.episode]

    @property
    def reported(self) -> float:
        """The hour from which a story counts."""
        return float(self.row["reported"])

    def of_child(self) -> Rows:
        """The child's reported episodes up to `until`, by row number, in order."""
        rows = self.tables["episodes"]
        found: Rows = np.flatnonzero((rows["child"] == self.row["child"]) & (rows["reported"] < self.until))
        ordered: Rows = found[np.argsort(rows["occurrence"][found])]
        return ordered

    def tasks(self) -> Rows:
        """The tasks of the episode, in the order in which they were asked for."""
        tasks = self.tables["tasks"]
        found: Rows = tasks[(tasks["episode"] == self.episode) & np.isin(tasks["work"], (0, 1, 2))]
        return found


def followed(area: Any, e: int, decisions: Sequence[Decision], endorsed: float, until: float) -> Course:
    """Let `area`, which stands before the first decision, go on under them; what comes with the inspector's endorsement is set at that hour. The area
    is used up. If it is traced, the grade after each review is read off a branch that stops there on its way."""
    from_hour = area.now
    traced = len(area.traced()) > 0
    before: Any = area.branch() if traced else None
    _under(area, e, decisions, endorsed, until)
    trace = area.traced()
    mine = trace[(trace["who"] == e) & (trace["event"] == int(Event.REGRADED)) & (trace["time"] >= from_hour)]
    regrades: list[tuple[float, int]] = []
    for t in mine["time"].tolist():
        just_after = float(np.nextafter(t, np.inf))
        if regrades:
            before.run(just_after)
        else:
            _under(before, e, decisions, endorsed, just_after)
        regrades.append((t, int(before.world.episodes[e].grade)))
    return Course(area.parameters, area.last_tables(), trace, e, from_hour, until, tuple(regrades))


def _under(area: Any, e: int, decisions: Sequence[Decision], endorsed: float, until: float) -> None:
    early = [decision for decision in decisions if decision.moment != ENDORSED]
    if early:
        area.order(order(e, early))
    if len(early) < len(decisions):
        area.run(min(endorsed, until))
        area.order(order(e, decisions))
    area.run(until)
