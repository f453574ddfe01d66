"""The grade after the inspector, before reviews, and what it says of harm that police or an interviewer learned of. What was never graded is left
out."""

from __future__ import annotations

import numpy as np

from ...model.words import Grade
from ...outcomes.cohort import Cohort
from .counting import Array, share


def graded(cohort: Cohort, grade: str) -> float:
    """Per cent of graded episodes given this grade ("low", "medium", "high", "no_apparent_risk")."""
    given = cohort.episodes["first_grade"]
    return share(given == Grade[grade.upper()], given >= 0)


def _high_and_harmed(cohort: Cohort) -> tuple[Array, Array, Array]:
    given = cohort.episodes["first_grade"]
    return given == Grade.HIGH, np.isfinite(cohort.episodes["harm_recorded"]) & (given >= 0), given >= 0


def sensitivity(cohort: Cohort) -> float:
    """Per cent of episodes with recorded harm that were graded high."""
    high, harmed, _ = _high_and_harmed(cohort)
    return share(high, harmed)


def precision(cohort: Cohort) -> float:
    """Per cent of high grades with recorded harm."""
    high, harmed, _ = _high_and_harmed(cohort)
    return share(harmed, high)


def recorded_harm(cohort: Cohort) -> float:
    """Per cent of graded episodes with recorded harm."""
    _, harmed, given = _high_and_harmed(cohort)
    return share(harmed, given)
