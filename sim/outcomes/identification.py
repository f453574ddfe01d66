"""Exploitation identified, what was learned, disruption. X are the episodes of children who were being exploited at the report."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..model.clock import DAY, YEAR
from ..model.words import NEVER, Channel
from .cohort import Cohort
from .measure import HIGHER, LOWER, NEITHER, Column, Group, ratio

IDENTIFICATION = Group("Identification and disruption")

WITHIN = 28 * DAY
"""Follow-up for X1 to X4."""

CHANNELS: dict[Channel, tuple[str, str]] = {
    Channel.SEARCH: ("search", "search"),
    Channel.PREVENTION_INTERVIEW: ("prevention", "police prevention interview"),
    Channel.RETURN_HOME_INTERVIEW: ("rhi", "return home interview"),
    Channel.PARTNER: ("partner", "school, health or another partner"),
    Channel.PATTERN: ("pattern", "the pattern of recorded episodes"),
}


def exploited(c: Cohort) -> Column:
    """X, with 28 days of follow-up."""
    return c.episodes.exploited & c.episodes.followed(WITHIN)


def not_yet(c: Cohort) -> Column:
    """X whose exploitation nobody had identified at the report."""
    return exploited(c) & ~c.episodes["identified_before"]


def identified(c: Cohort) -> Column:
    """Identified within 28 days of the report?"""
    return c.episodes.identified - c.episodes["reported"] <= WITHIN


def newly(c: Cohort) -> Column:
    """X not yet identified at the report and identified within 28 days."""
    return not_yet(c) & identified(c)


def through(channel: Channel) -> Callable[[Cohort], Column]:
    """Identified so within 28 days?"""

    def of(c: Cohort) -> Column:
        rows = c.episodes.identification
        table = c.tables["identifications"]["channel"]
        return identified(c) & (table[rows] == int(channel)) if len(table) else identified(c)

    return of


def months(c: Cohort) -> Column:
    """Months from the start of exploitation to each identification counted in X1, once each."""
    table = c.tables["identifications"][np.unique(c.episodes.identification[newly(c)])]
    months: Column = (table["time"] - table["began"]) / (YEAR / 12.0)
    return months


def made(c: Cohort) -> int:
    """Identifications made in the window, of any child."""
    time = c.tables["identifications"]["time"]
    return int(np.count_nonzero((time >= c.opens) & (time < c.closes)))


def noticed(c: Cohort) -> Column:
    """Did that identification lead to a notice?"""
    table = c.tables["identifications"]["notice"]
    return identified(c) & (table[c.episodes.identification] < NEVER) if len(table) else identified(c)


def suspected(c: Cohort) -> Column:
    """A suspected perpetrator on record within 28 days?"""
    return c.episodes["suspect"] - c.episodes["reported"] <= WITHIN


IDENTIFICATION.share(
    "X1", "Exploitation identified within 28 days", "X not identified at the report and identified within 28 days / X not identified at the report",
    HIGHER, identified, not_yet, comparable=False, headline=True,
)
for _channel, (_id, _name) in CHANNELS.items():
    IDENTIFICATION.share(
        f"X1.{_id}", f"Exploitation identified within 28 days through: {_name}", "the same, by channel; the channels add up to X1", NEITHER,
        through(_channel), not_yet, comparable=False,
    )
IDENTIFICATION.percentile(
    "X1.months", "Months from the start of exploitation to its identification, median", "median over the identifications counted in X1, once each",
    "months", LOWER, months, 50.0, comparable=False,
)
IDENTIFICATION.add(
    "X1.at_risk", "Exploitation identified for 1,000 children at risk a year",
    "identifications made in the window, of any child / child-years at risk x 1,000; falls, too, when there is less to identify", "per 1,000 a year",
    NEITHER, lambda c: ratio(made(c), c.years_at_risk, 1000.0), made, comparable=False,
)
IDENTIFICATION.add(
    "X2", "Intelligence captured", "usable items recorded / E", "items an episode", HIGHER,
    lambda c: ratio(float(np.sum(c.episodes["intelligence"])), len(c.episodes)),
)
IDENTIFICATION.add(
    "X2.used", "Intelligence that reaches the system used at the next grade", "items on that system / items recorded", "%", HIGHER,
    lambda c: ratio(float(np.sum(c.episodes["intelligence_used"])), float(np.sum(c.episodes["intelligence"])), 100.0),
    lambda c: int(np.sum(c.episodes["intelligence"])),
)
IDENTIFICATION.share(
    "X3", "Suspected perpetrator identified within 28 days", "X with a suspected perpetrator on record within 28 days / X", HIGHER, suspected,
    exploited, comparable=False,
)
IDENTIFICATION.share(
    "X4", "Disruption: notices after exploitation is identified", "identified X followed by a notice / X counted in X1", HIGHER, noticed, newly,
)
