"""Police time."""

from __future__ import annotations

import numpy as np

from ...outcomes.cohort import MISSING_WORK, Cohort
from .counting import per


def officer_hours(cohort: Cohort) -> float:
    """Police hours (desk and response) on missing work that started in the window, per reported episode."""
    tasks = cohort.tables["tasks"]
    started = tasks["started"]
    rows = np.flatnonzero((started >= cohort.opens) & (started < cohort.closes))
    work = tasks["work"][rows]
    rows = rows[(work == MISSING_WORK[0]) | (work == MISSING_WORK[1]) | (work == MISSING_WORK[2])]
    hours = np.minimum(tasks["ended"][rows], cohort.ends) - started[rows]
    return per(hours.sum(), len(cohort.episodes))
