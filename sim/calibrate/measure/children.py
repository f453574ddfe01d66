"""How often children are reported missing, and which children: reports in the window, by child."""

from __future__ import annotations

import numpy as np

from ...outcomes.cohort import Cohort
from .counting import ALL, counts, of_group, per, share

DAY = 24.0


def incidents_per_child(cohort: Cohort, group: str = ALL, hours: float = 0.0) -> float:
    """Reported episodes per child with at least one; only those that lasted so many hours from the report, if `hours` is above 0."""
    if hours <= 0.0:
        times = counts(cohort, group)[1]
        return per(times.sum(), len(times))
    long = of_group(cohort, group) & (cohort.episodes["located"] - cohort.episodes["reported"] >= hours)
    child = cohort.episodes["child"][long]
    return per(len(child), len(np.unique(child)))


def incidents_per_child_in(cohort: Cohort, days: float) -> float:
    """Reported episodes per child with at least one, in a spell of so many days: all whole spells of the window together. There are no seasons."""
    spells = int((cohort.closes - cohort.opens) / (days * DAY) + 1e-9)
    spell = ((cohort.episodes["reported"] - cohort.opens) / (days * DAY)).astype(np.int64)
    inside = spell < spells
    pairs = cohort.episodes["child"][inside] * np.int64(max(spells, 1)) + spell[inside]
    return per(len(pairs), len(np.unique(pairs)))


def share_of_incidents(cohort: Cohort, group: str, of: str = ALL) -> float:
    """Per cent of the reported episodes of one group that are of another within it."""
    return share(of_group(cohort, group), of_group(cohort, of))


def share_of_children(cohort: Cohort, group: str) -> float:
    """Per cent of children with a reported episode."""
    return 100.0 * per(len(counts(cohort, group)[0]), len(counts(cohort)[0]))


def share_of_incidents_from_age(cohort: Cohort, age: float, group: str = ALL) -> float:
    """Per cent of the reported episodes of a group in which the child was of this age or older at the report."""
    return share(cohort.episodes.age >= age, of_group(cohort, group))


def first_repeats_in(cohort: Cohort, days: float) -> float:
    """Of children with two reports or more in the window, per cent whose second came within so many days of the end of the first."""
    rows = cohort.episodes
    order = np.lexsort((rows["reported"], rows["child"]))
    child, reported, located = rows["child"][order], rows["reported"][order], rows["located"][order]
    first = np.ones(len(child), bool)
    first[1:] = child[1:] != child[:-1]
    second = np.flatnonzero(~first[1:] & first[:-1]) + 1
    return share(reported[second] - located[second - 1] <= days * DAY)


def top_share(cohort: Cohort, percent: float) -> float:
    """Per cent of incidents from the most often missing `percent` of children, at least one child."""
    times = np.sort(counts(cohort)[1])[::-1]
    top = max(round(len(times) * percent / 100.0), 1)
    return 100.0 * per(times[:top].sum(), times.sum())


def times_between(cohort: Cohort, low: int, high: int, group: str = ALL) -> float:
    """Per cent of children of a group with an episode who had `low` to `high` of them in the window."""
    times = counts(cohort, group)[1]
    return share((times >= low) & (times <= high))


def incidents_of_repeaters(cohort: Cohort, times: int) -> float:
    """Per cent of incidents that are of children with so many or more in the window, their first ones included."""
    had = counts(cohort)[1]
    return 100.0 * per(had[had >= times].sum(), had.sum())


def with_earlier_report(cohort: Cohort, days: float, group: str = ALL) -> float:
    """Per cent of the reported episodes of a group whose child had been reported missing before, in so many days or since the start of the run."""
    table = cohort.tables["episodes"]
    known = np.flatnonzero(table["reported"] < cohort.closes)
    child, reported = table["child"][known], table["reported"][known]
    order = np.lexsort((reported, child))
    child, reported = child[order], reported[order]
    again = np.zeros(len(child), bool)
    again[1:] = (child[1:] == child[:-1]) & (reported[1:] - reported[:-1] <= days * DAY)
    found = np.zeros(len(table), bool)
    found[known[order]] = again
    return share(found[cohort.episodes.rows], of_group(cohort, group))


def reports_of_area_size(cohort: Cohort) -> float:
    """Reported episodes a year, per cent of those that the area is sized to."""
    years = (cohort.closes - cohort.opens) / (365.0 * DAY)
    return 100.0 * per(len(cohort.episodes), years * cohort.parameters.area.reports_per_year)
