"""How many there were, and what was still open at the end of follow-up: censored, counted, never dropped in silence."""

from __future__ import annotations

import numpy as np

from ..model.words import NEVER, Progress, Work
from .cohort import Cohort
from .measure import NEITHER, Group
from .protection import number_harmed
from .repeats import number_of_children
from .rows import among, one_of

COUNTS = Group("Counts, and what is still open")


def open_interviews(c: Cohort) -> int:
    """Return home interviews that cover the cohort's episodes and have been neither done nor given up."""
    closed = c.tables["interviews"]["closed"]
    covering = among(c.episodes["rhi"], np.arange(len(closed)), len(closed))
    return int(np.count_nonzero(covering & ~closed))


def open_prevention(c: Cohort) -> int:
    """Prevention interviews asked for that are not done."""
    waiting = one_of(c.tasks["progress"], (Progress.WAITING, Progress.RUNNING))
    return int(np.count_nonzero(waiting & (c.tasks["work"] == int(Work.PREVENTION_INTERVIEW))))


COUNTS.add("N.episodes", "Episodes reported in the window", "E", "episodes", NEITHER, lambda c: float(len(c.episodes)))
COUNTS.add("N.children", "Children reported missing in the window", "C", "children", NEITHER, lambda c: float(number_of_children(c)))
COUNTS.add(
    "N.at_risk", "Child-years at risk", "years in the window of all children who may go missing", "child-years", NEITHER, lambda c: c.years_at_risk,
    comparable=False,
)
COUNTS.add(
    "N.harmed", "Children harmed in an episode", "H (true), as a count", "episodes", NEITHER, lambda c: float(number_harmed(c)), comparable=False,
)
COUNTS.add(
    "N.exploited", "Episodes of children being exploited", "X, true state at the report", "episodes", NEITHER,
    lambda c: float(np.count_nonzero(c.episodes.exploited)), comparable=False,
)
COUNTS.add(
    "N.ungraded", "Ended before a grade", "no grade endorsed before the child was back", "episodes", NEITHER,
    lambda c: float(np.count_nonzero(~c.episodes.graded)),
)
COUNTS.add(
    "N.still_missing", "Still missing at the end of follow-up", "E not located", "episodes", NEITHER,
    lambda c: float(np.count_nonzero(~c.episodes.located)),
)
COUNTS.add(
    "N.open_prevention", "Prevention interviews still open", "asked for and not done", "interviews", NEITHER, lambda c: float(open_prevention(c)),
)
COUNTS.add(
    "N.open_interviews", "Return home interviews still open", "covering E, neither done nor given up", "interviews", NEITHER,
    lambda c: float(open_interviews(c)),
)
COUNTS.add(
    "N.open_cases", "Cases still open", "cases referred in the window, not closed", "cases", NEITHER,
    lambda c: float(np.count_nonzero(c.cases["closed"] == NEVER)), lambda c: len(c.cases),
)
