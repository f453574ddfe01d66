"""A stage: a world of a few rows that a test sets by hand, luck that it names, and an agenda that only lists what is scheduled.

A rule is called on it, and everything it may do can be read off: rows written, events scheduled, lines of the trace.
"""

from __future__ import annotations

from math import exp
from typing import Any

from sim.model.events import Event
from sim.model.luck import Decision
from sim.model.records import Case, Child, Episode, Identification, Interview, Network, Now, Order, Protection, Roster, Task
from sim.model.words import Pool
from sim.model.world import World
from tests.model.small import FLAT, QUIET, YEAR, Overrides, parameters

MONDAY_10 = 5.0 * 168.0 + 10.0
"""Ten o'clock on a Monday: nobody sleeps, and every office is open."""
MIDDLE = 0.5
"""Luck in the middle: a delay is its median, a normal is 0."""
UNIT = 1.0 - exp(-1.0)
"""Luck at which a unit exponential is 1."""
NO = 0.9999
"""Luck at which nothing happens that has a share below it. What a test does not name has this luck."""
KEY = 70
"""The first child's key: no row number, no occurrence and no time is the same."""
ROWS = 24
DAY = 24.0


class Listed:
    """An agenda that lists what is scheduled: (hour, event, who, version)."""

    def __init__(self) -> None:
        self.lines: list[tuple[float, Event, int, int]] = []

    def schedule(self, t: float, event: Event, who: int, version: int) -> None:
        self.lines.append((t, event, who, version))


class Named:
    """Luck that a test names by decision, entity and occurrence; all else has the luck NO."""

    def __init__(self) -> None:
        self.says: dict[tuple[Decision, int, int], float] = {}

    def uniform(self, decision: Decision, entity: int, occurrence: int) -> float:
        return self.says.get((decision, entity, occurrence), NO)


class Stage:
    """One world under one practice, with no one in it."""

    def __init__(self, *parts: Overrides) -> None:
        self.p = parameters(QUIET, FLAT, *parts)
        self.agenda = Listed()
        self.luck = Named()
        flat = [float(hour) for hour in range(169)]
        tables: dict[str, list[Any]] = {
            "children": [Child() for _ in range(ROWS)],
            "episodes": [Episode() for _ in range(ROWS)],
            "tasks": [Task() for _ in range(ROWS)],
            "interviews": [Interview() for _ in range(ROWS)],
            "cases": [Case() for _ in range(ROWS)],
            "protections": [Protection() for _ in range(ROWS)],
            "identifications": [Identification() for _ in range(ROWS)],
            "networks": [Network() for _ in range(3)],
            "pools": [Roster() for _ in Pool],
        }
        findability = [step / 500.0 for step in range(1001)]
        verbs: dict[str, Any] = {"agenda": self.agenda, "trace": [], "luck": self.luck}
        self.w = World(Now(), Order(), **tables, leaving_week=flat, incident_week=flat, findability=findability, **verbs)

    def child(self, **columns: Any) -> int:
        """One more child, 15 years old at MONDAY_10 unless the test says otherwise."""
        c = self.w.now.children
        self.w.now.children += 1
        self.put(self.w.children[c], {"key": KEY + c, "born": MONDAY_10 - 15.0 * YEAR} | columns)
        return c

    def episode(self, c: int, **columns: Any) -> int:
        """One more episode of this child: its third, unless the test says otherwise."""
        e = self.w.now.episodes
        self.w.now.episodes += 1
        self.put(self.w.episodes[e], {"child": c, "occurrence": 3} | columns)
        return e

    def row(self, table: str, **columns: Any) -> int:
        """One more row of another table."""
        number = getattr(self.w.now, table)
        setattr(self.w.now, table, number + 1)
        self.put(getattr(self.w, table)[number], columns)
        return int(number)

    @staticmethod
    def put(row: Any, columns: dict[str, Any]) -> None:
        for name, value in columns.items():
            setattr(row, name, value)

    def lucky(self, decision: Decision, u: float, occurrence: int = 3, entity: int = KEY) -> None:
        """Name the luck of one decision; by default the first child's, in its third episode."""
        self.luck.says[decision, entity, occurrence] = u

    def due(self, event: Event) -> list[tuple[float, int, int]]:
        """What is scheduled of one kind: (hour, who, version), in the order of scheduling."""
        return [(t, who, version) for t, kind, who, version in self.agenda.lines if kind == event]

    def noted(self) -> list[tuple[float, Event, int, int]]:
        """The trace."""
        return list(self.w.trace)

    def staff(self, pool: Pool, people: int) -> Roster:
        """Put so many on duty, none of them busy, all hours counted up to MONDAY_10."""
        roster = self.w.pools[pool]
        roster.on_duty = people
        roster.updated = MONDAY_10
        return roster
