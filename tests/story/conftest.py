"""Small areas in which stories are sought."""

from __future__ import annotations

import pytest

from sim import scenario
from sim.scenario import Scenario
from sim.story.asked import Asked, asked
from sim.story.case_type import TYPES
from sim.story.cases import Area
from sim.story.exercise import Exercise
from sim.story.script import script
from sim.story.twin import chosen

SHORT = {"run.warm_up_days": 60, "run.window_days": 150, "run.run_on_days": 60}
"""Short enough for the SimPy engine."""


def short(name: str = "baseline", **days: int) -> Scenario:
    """A scenario of the library in a small area, with little warm-up."""
    return scenario.load(name, overrides=SHORT | {f"run.{key}": value for key, value in days.items()}, area="small-force")


@pytest.fixture(scope="session")
def place() -> Area:
    """The baseline in a small area for a year, traced. Read only."""
    return Area(asked("baseline"), trace=True)


@pytest.fixture(scope="session")
def brief() -> Area:
    """The baseline with a short run, traced. Read only."""
    return Area(short_asked(), trace=True)


def short_asked(engine: str = "compiled", **days: int) -> Asked:
    """The short run on an engine."""
    return asked(short(**days), engine=engine)


@pytest.fixture(scope="session")
def exercises(brief) -> dict[str, Exercise]:
    """The exercise of each type, without crowds."""
    return {id: script(brief, chosen(brief, kind)) for id, kind in TYPES.items()}
