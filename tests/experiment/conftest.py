"""One small comparison that several rooms look at."""

from __future__ import annotations

import pytest

import sim
from sim.experiment.comparison import Result
from tests.experiment.tiny import tiny


@pytest.fixture(scope="session")
def pair() -> Result:
    """The baseline and good practice, four replications, one worker, with episodes. Read only."""
    return sim.compare(tiny(), tiny("good-practice"), replications=4, engine="simpy", workers=1, episodes=True)
