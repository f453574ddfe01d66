"""A task: one replication of some scenarios of a plan, simulated and read off. What a worker is sent, and what it sends back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..outcomes.split import Part
from .replication import Replication, episode_rows

if TYPE_CHECKING:
    import pandas as pd

MOST_SCENARIOS = 32
"""Scenarios in one task: enough that the warm-up, simulated once in a task, costs little; few enough that little is lost if it is cut short."""

READING = threading.Lock()
"""One cohort at a time is read off: it is Python's work, in which threads would only take turns, and what is worked out on the way takes memory."""


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


def done(replication: Replication, enough: Callable[[], bool] = never) -> Iterator[Outcome | Failure]:
    """Do what nobody has taken yet of a replication, one scenario after another. One that fails is reported, and the others go on; if it is `enough`
    after one, those after it are left out."""
    while (place := replication.take()) is not None:
        try:
            found: Outcome | Failure = _outcome(replication, place)
        except Exception as error:
            found = Failure(place, replication.number, f"{type(error).__name__}: {error}")
        yield found
        if enough():
            break


def handed_in(replications: Sequence[Replication], enough: Callable[[], bool], hand_in: Callable[[Outcome | Failure], None]) -> None:
    """Do what nobody has taken yet of any of these, and hand in each outcome at once: nothing that is finished is lost if the work is stopped."""
    for replication in replications:
        for outcome in done(replication, enough):
            hand_in(outcome)
        if enough():
            break


def _outcome(replication: Replication, place: int) -> Outcome:
    plan, number = replication.plan, replication.number
    with replication.cohort(place) as (cohort, area), READING:
        log = None
        if plan.trace:
            from ..engine.event_log import event_log

            log = event_log(area.traced(), cohort.tables, number).assign(scenario=plan.scenarios[place].name)
        episodes = episode_rows(cohort, plan.scenarios[place].name, number) if plan.episodes else None
        return Outcome(place, number, plan.reading(cohort), area.events, episodes, log)
