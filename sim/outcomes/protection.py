"""Exposure and harm: what the response is there to prevent. True states and true harm, so most of it is model-only."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..model.words import UNGRADED
from .cohort import Cohort
from .grading import GRADES, everyone
from .measure import LOWER, NEITHER, Column, Group, ratio

PROTECTION = Group("Protection from harm")

SEVERITIES = {1: ("less_serious", "less serious"), 2: ("serious", "serious"), 3: ("very_serious", "very serious")}


def exposed_hours(c: Cohort) -> float:
    """Hours away, from leaving, of children who were exploited or groomed at the report."""
    return float(np.sum(c.episodes.hours_away[c.episodes.exposed]))


def exposed_hours_at(grade: int) -> Callable[[Cohort], float]:
    """Those of the episodes that were given this grade."""
    return lambda c: float(np.sum(c.episodes.hours_away[c.episodes.exposed & (c.episodes["first_grade"] == grade)]))


def number_at(grade: int) -> Callable[[Cohort], int]:
    """Episodes that were given this grade."""
    return lambda c: int(np.count_nonzero(c.episodes["first_grade"] == grade))


def without_search(c: Cohort) -> float:
    """Hours after the report in which no search task ran, %."""
    missing = float(np.sum(c.episodes.hours_since_report))
    return ratio(missing - float(np.sum(c.episodes.active_hours)), missing, 100.0)


def harmed(c: Cohort) -> Column:
    """H (true)."""
    return c.episodes.harmed


def number_harmed(c: Cohort) -> int:
    """How many."""
    return int(np.count_nonzero(c.episodes.harmed))


def of_severity(severity: int) -> Callable[[Cohort], Column]:
    """H of this severity."""
    return lambda c: c.episodes.harmed & (c.episodes["severity"] == severity)


PROTECTION.add(
    "P1", "Child-hours exposed", "sum(min(tl, end) - tm), E of children truly exploited or groomed at the report", "child-hours", LOWER,
    exposed_hours, comparable=False, headline=True,
)
PROTECTION.add(
    "P1.all", "Child-hours missing, all children", "sum(min(tl, end) - tm) over E", "child-hours", LOWER,
    lambda c: float(np.sum(c.episodes.hours_away)),
)
PROTECTION.add(
    "P1.per1000ep", "Child-hours exposed for 1,000 episodes", "P1 / E x 1,000", "child-hours per 1,000 episodes", LOWER,
    lambda c: ratio(exposed_hours(c), len(c.episodes), 1000.0), comparable=False,
)
PROTECTION.add(
    "P1.at_risk", "Child-hours exposed for 1,000 children at risk a year", "P1 / child-years at risk in the window x 1,000",
    "child-hours per 1,000 a year", LOWER, lambda c: ratio(exposed_hours(c), c.years_at_risk, 1000.0), comparable=False,
)
PROTECTION.add(
    "P1.from_report", "Child-hours exposed after the report", "sum(min(tl, end) - tr), the part police can influence", "child-hours", LOWER,
    lambda c: float(np.sum(c.episodes.hours_since_report[c.episodes.exposed])), comparable=False,
)
for _grade, (_id, _name) in GRADES.items():
    PROTECTION.add(
        f"P1.{_id}", f"Child-hours exposed in episodes graded {_name}", "P1 by grade given; with P1.ungraded they add up to P1", "child-hours",
        NEITHER, exposed_hours_at(int(_grade)), number_at(int(_grade)), comparable=False,
    )
PROTECTION.add(
    "P1.ungraded", "Child-hours exposed in episodes that ended before a grade", "P1 where no grade was endorsed", "child-hours", NEITHER,
    exposed_hours_at(UNGRADED), number_at(UNGRADED), comparable=False,
)
PROTECTION.share("P2", "Harm during the episode", "H (true) / E", LOWER, harmed, everyone, per=1000, comparable=False, headline=True)
PROTECTION.add(
    "P2.at_risk", "Harm for 1,000 children at risk a year", "H (true) / child-years at risk in the window x 1,000", "per 1,000 a year", LOWER,
    lambda c: ratio(number_harmed(c), c.years_at_risk, 1000.0), comparable=False,
)
for _severity, (_id, _name) in SEVERITIES.items():
    PROTECTION.share(
        f"P2.{_id}", f"Harm during the episode: {_name}", "P2 by severity; they add up to P2", LOWER, of_severity(_severity), everyone, per=1000,
        comparable=False,
    )
PROTECTION.share(
    "P2.recorded", "Harm that someone learned of", "recorded H / E; rises when interviews improve, so never a headline", NEITHER,
    lambda c: c.episodes.harm_recorded, everyone, per=1000,
)
PROTECTION.add(
    "P4", "Missing without an active search", "hours with no search task running / hours missing after the report", "%", LOWER, without_search,
)
PROTECTION.share("P5", "Harm among the under-graded", "H and under-graded / H", LOWER, lambda c: c.episodes.under, harmed, comparable=False)
