"""The state of one area: tables of records, what is pending, and the luck it runs on.

The tables are lists when interpreted and record arrays when compiled; rules take the next free number from `w.now` and never ask a table for its
length.
Three members differ by engine and are touched only by the verbs (`agenda.schedule`, `trace.note`, `luck.uniform`).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ..scenario.area import Area
from ..scenario.practice import Practice
from ..scenario.resources import Resources
from ..scenario.world import World as WorldSection
from .records import Case, Child, Episode, Identification, Interview, Network, Now, Order, Protection, Roster, Task


class Parameters(NamedTuple):
    """What a scenario lets rules read. Names and notes stay outside."""

    area: Area
    world: WorldSection
    practice: Practice
    resources: Resources


class World(NamedTuple):
    """One area, whole."""

    now: Now
    order: Order
    children: list[Child]
    episodes: list[Episode]
    tasks: list[Task]
    interviews: list[Interview]
    cases: list[Case]
    protections: list[Protection]
    identifications: list[Identification]
    networks: list[Network]
    pools: list[Roster]
    leaving_week: list[float]
    """Cumulative weight of leaving, hour by hour of the week: 169 values from 0 to 168."""
    incident_week: list[float]
    """The same for other incidents."""
    findability: list[float]
    """Quantiles of findability at 0, 1/1000, ..., 1."""
    agenda: Any
    trace: Any
    luck: Any
