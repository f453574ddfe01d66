"""What surveys of children count, reported to police or not: episodes that began in the window, of children under an age, and those of them in which
the child was away overnight. True states: children told, police need not have known."""

from __future__ import annotations

import numpy as np

from ...outcomes.cohort import Cohort
from .counting import Array, share

HOURS_A_YEAR = 8760.0
SMALL_HOURS = 4.0
"""Away at this hour of the night is away overnight (assumption: the surveys ask for a night)."""


def _episodes(cohort: Cohort, under_age: float) -> tuple[Array, Array]:
    """Rows of the table of episodes that began in the window, of children under this age, and which of these were overnight."""
    held: tuple[Array, Array] | None = cohort.held.get(("survey", under_age))
    if held is None:
        table = cohort.tables["episodes"]
        rows = np.flatnonzero((table["left"] >= cohort.opens) & (table["left"] < cohort.closes))
        left = table["left"][rows]
        young = left - cohort.tables["children"]["born"][table["child"][rows]] < under_age * HOURS_A_YEAR
        rows, left = rows[young], left[young]
        next_night = np.ceil((left - SMALL_HOURS) / 24.0) * 24.0 + SMALL_HOURS
        held = cohort.held["survey", under_age] = (rows, table["located"][rows] > next_night)
    return held


def stayed_overnight(cohort: Cohort, under_age: float = 16.0) -> float:
    """Per cent of episodes, reported or not, in which the child was away overnight."""
    return share(_episodes(cohort, under_age)[1])


def overnight_unreported(cohort: Cohort, under_age: float = 16.0) -> float:
    """Per cent of children with an overnight episode whose last one was not reported to police."""
    last = _last(cohort, under_age)
    return share(~np.isfinite(cohort.tables["episodes"]["reported"][last]))


def harmed_last_time(cohort: Cohort, under_age: float = 16.0) -> float:
    """Per cent of children with an overnight episode who came to harm in the last one, reported or not."""
    last = _last(cohort, under_age)
    return share(np.isfinite(cohort.tables["episodes"]["harmed"][last]))


def _last(cohort: Cohort, under_age: float) -> Array:
    """The last overnight episode of each child (episodes stand in the order in which they began)."""
    rows, overnight = _episodes(cohort, under_age)
    chosen = rows[overnight][::-1]
    _, where = np.unique(cohort.tables["episodes"]["child"][chosen], return_index=True)
    return np.asarray(chosen[where])
