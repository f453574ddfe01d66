"""How long children are missing, from the report to the time they are located, and who ends it."""

from __future__ import annotations

import numpy as np

from ...model.words import Located
from ...outcomes.cohort import Cohort
from .counting import ALL, Array, belongs, counts, of_group, per, quantile, share

WAYS: dict[str, tuple[Located, ...]] = {
    "own_return": (Located.OWN_RETURN,),
    "police": (Located.POLICE_DESK, Located.POLICE_FIELD),
    "third_party": (Located.THIRD_PARTY,),
}


def _hours(cohort: Cohort) -> Array:
    """Hours from report to location; inf while still missing at the end of follow-up."""
    return np.asarray(cohort.episodes["located"] - cohort.episodes["reported"])


def hours_quantile(cohort: Cohort, percent: float, youngest: float = 0.0, oldest: float = 17.0) -> float:
    """Quantile of hours from report to location at ages `youngest` to `oldest` (whole years); still missing counts as longest."""
    age = cohort.episodes.age
    return quantile(_hours(cohort)[(age >= youngest) & (age < oldest + 1.0)], percent)


def resolved_in(cohort: Cohort, hours: float, group: str = ALL) -> float:
    """Per cent located within so many hours of the report."""
    return share(_hours(cohort) <= hours, of_group(cohort, group))


def missing_over(cohort: Cohort, hours: float, group: str = ALL) -> float:
    """Per cent not located within so many hours of the report."""
    return share(_hours(cohort) > hours, of_group(cohort, group))


def still_missing(cohort: Cohort, group: str = ALL) -> float:
    """Children of a group missing on a given day, for each 100 who were reported missing in the year: the mean over all moments of the window."""
    table = cohort.tables["episodes"]
    open_ = np.flatnonzero((table["reported"] < cohort.closes) & (table["located"] > cohort.opens))
    open_ = open_[belongs(cohort, group, table["child"][open_])]
    hours = np.minimum(table["located"][open_], cohort.closes) - np.maximum(table["reported"][open_], cohort.opens)
    return 100.0 * per(hours.sum() / (cohort.closes - cohort.opens), len(counts(cohort, group)[0]))


def ended_by(cohort: Cohort, way: str) -> float:
    """Per cent of located episodes that ended in a way of `WAYS`."""
    ended = cohort.episodes["located_by"]
    mine = ended == WAYS[way][0]
    for other in WAYS[way][1:]:
        mine = mine | (ended == other)
    return share(mine, ended != Located.STILL_MISSING)
