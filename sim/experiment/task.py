"""A task: one replication of some scenarios of a plan, simulated and read off. What a worker is sent, and what it sends back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..engine.spares import Spares
from ..outcomes.split import Part
from .plan import Plan
from .replication import cohorts, episode_rows

if TYPE_CHECKING:
    import pandas as pd

    from ..engine.compiled import CompiledArea
    from ..engine.interpreted import Area
    from ..outcomes.cohort import Cohort

MOST_SCENARIOS = 32
"""Scenarios in one task: enough that the warm-up, simulated once in a task, costs little; few enough that little is lost if it is cut short."""


@dataclass(frozen=True)
class Task:
    """One replication of some scenarios, by their places in the plan."""

    number: int
    places: tuple[int, ...]


@dataclass(frozen=True)
class Outcome:
    """What one scenario gave in one replication: what was read off, and the episodes and the event log if the plan keeps them."""

    place: int
    number: int
    parts: list[Part]
    events: int
    episodes: pd.DataFrame | None = None
    log: pd.DataFrame | None = None


@dataclass(frozen=True)
class Failure:
    """One scenario that could not be simulated in one replication, and why."""

    place: int
    number: int
    error: str


def never() -> bool:
    """It is not enough: the whole task is wanted."""
    return False


def done(plan: Plan, task: Task, spares: Spares | None = None, enough: Callable[[], bool] = never) -> list[Outcome | Failure]:
    """Do a task, in the memory of `spares` if there are any. A scenario that fails is reported, and the others go on; if it is `enough` after one,
    those after it are left out."""
    found: list[Outcome | Failure] = []
    left = list(task.places)
    while left:
        try:
            for place, cohort, area in cohorts(plan, task.number, left, spares):
                found.append(_outcome(plan, place, task.number, cohort, area))
                del cohort
                left = left[1:]
                if enough():
                    return found
        except Exception as error:
            found.append(Failure(left[0], task.number, f"{type(error).__name__}: {error}"))
            left = left[1:]
    return found


def _outcome(plan: Plan, place: int, number: int, cohort: Cohort, area: Area | CompiledArea) -> Outcome:
    log = None
    if plan.trace:
        from ..engine.event_log import event_log

        log = event_log(area.traced(), cohort.tables, number).assign(scenario=plan.scenarios[place].name)
    episodes = episode_rows(cohort, plan.scenarios[place].name, number) if plan.episodes else None
    return Outcome(place, number, plan.reading(cohort), area.events, episodes, log)
