"""Time from the report: until police are in the field, until the child is located, and who located the child."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import numpy as np

from ..model.words import Located
from . import survival
from .cohort import Cohort
from .measure import HIGHER, LOWER, NAN, NEITHER, Column, Group
from .rows import one_of

TIMES = Group("Time and search")

WAIT_MOST = 24.0
"""A wait for the first field action counts up to this many hours."""


def still_missing(c: Cohort) -> tuple[Column, Column]:
    """Hours after the report, and the share still missing just after each (Kaplan and Meier)."""
    return survival.kaplan_meier(c.episodes.hours_since_report, c.episodes.located)


def missing_after_report(share: float) -> Callable[[Cohort], float]:
    """The hours after the report by which `share` have been located."""

    def of(c: Cohort) -> float:
        return survival.quantile(*c.once(still_missing), share) if len(c.episodes) else NAN

    return of


def wait_for_field(c: Cohort) -> Column:
    """Hours to the first field action, the end of the time away, or WAIT_MOST, whichever is first; of episodes with that much follow-up."""
    e = c.episodes
    followed = e.followed(WAIT_MOST)
    wait: Column = np.minimum(np.minimum(e["first_field"], e["located"]), e["reported"] + WAIT_MOST) - e["reported"]
    return wait[followed]


def first_field(c: Cohort) -> float:
    """The mean of those waits."""
    wait = c.once(wait_for_field)
    return float(np.mean(wait)) if len(wait) else NAN


def in_field(hours: float) -> Callable[[Cohort], Column]:
    """Was someone in the field within so many hours? A child who was located first does not count."""
    return lambda c: c.episodes["first_field"] - c.episodes["reported"] <= hours


@cache
def followed(hours: float) -> Callable[[Cohort], Column]:
    """Does follow-up reach so many hours after the report?"""
    return lambda c: c.episodes.followed(hours)


def back_within(hours: float) -> Callable[[Cohort], Column]:
    """Was the child located within so many hours?"""
    return lambda c: c.episodes["located"] - c.episodes["reported"] <= hours


def located(c: Cohort) -> Column:
    """Located by the end of follow-up?"""
    return c.episodes.located


def by(*ways: Located) -> Callable[[Cohort], Column]:
    """Located in one of these ways?"""
    wanted: Iterable[int] = [int(way) for way in ways]
    return lambda c: one_of(c.episodes["located_by"], wanted)


TIMES.add("T1", "Time missing after the report, median", "median of tl - tr, Kaplan and Meier", "h", LOWER, missing_after_report(0.5))
TIMES.add(
    "T1.p90", "Time missing after the report, 90th percentile", "90th percentile of tl - tr, Kaplan and Meier", "h", LOWER, missing_after_report(0.9),
)
TIMES.add(
    "T2", "Time to first field action", "mean of min(tf, tl, tr + 24) - tr, E with 24 h of follow-up", "h", LOWER, first_field,
    lambda c: len(c.once(wait_for_field)), headline=True,
)
for _hours in (1, 4, 8):
    TIMES.share(
        f"T2.{_hours}h", f"First field action within {_hours} h",
        f"sum I[tf - tr <= {_hours}] / E with {_hours} h of follow-up; located first counts as not reached (competing event)", HIGHER,
        in_field(_hours), followed(_hours),
    )
TIMES.share(
    "T3", "Located by police", "located by police at a desk or in the field / E located", NEITHER, by(Located.POLICE_DESK, Located.POLICE_FIELD),
    located,
)
TIMES.share("T3.own", "Returned without being located by anyone", "own return / E located", NEITHER, by(Located.OWN_RETURN), located)
TIMES.share("T3.third", "Located by a carer, partner or member of the public", "third party / E located", NEITHER, by(Located.THIRD_PARTY), located)
TIMES.share("T3.desk", "Located by police from a desk", "police, no field visit running / E located", NEITHER, by(Located.POLICE_DESK), located)
TIMES.share("T3.field", "Located by police in the field", "police, field visit running / E located", NEITHER, by(Located.POLICE_FIELD), located)
for _hours in (3, 8, 24, 48, 72):
    TIMES.share(
        f"T4.{_hours}h", f"Located within {_hours} h of the report", f"sum I[tl - tr <= {_hours}] / E with {_hours} h of follow-up", HIGHER,
        back_within(_hours), followed(_hours),
    )
