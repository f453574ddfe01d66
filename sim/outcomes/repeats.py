"""Repeat episodes: how soon children are reported missing again, and how much falls on few of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import ceil

import numpy as np

from ..model.clock import DAY
from .cohort import Cohort
from .measure import LOWER, NEITHER, Column, Group, ratio

REPEATS = Group("Repeats")

TOP = 0.05
"""The share of children with most episodes that R2 looks at."""


@cache
def again(days: int) -> Callable[[Cohort], Column]:
    """Reported missing again within so many days of the return?"""
    return lambda c: c.episodes.next_report - c.episodes.until <= days * DAY


@cache
def returns(days: int) -> Callable[[Cohort], Column]:
    """Returns with so many days of follow-up, the child still under 18 at their end."""
    return lambda c: c.episodes["located"] + days * DAY <= np.minimum(c.ends, c.episodes.gone)


def episodes_of_each(c: Cohort) -> Column:
    """Episodes of each child of the cohort, most first."""
    counts = np.bincount(c.episodes["child"])
    return np.sort(counts[counts > 0])[::-1]


def number_of_children(c: Cohort) -> int:
    """C."""
    return len(c.once(episodes_of_each))


def from_top(c: Cohort) -> float:
    """Share of the episodes of the 5% of children with most, %."""
    counts = c.once(episodes_of_each)
    return ratio(float(np.sum(counts[: ceil(TOP * len(counts))])), float(np.sum(counts)), 100.0)


def _repeat(id: str, days: int, headline: bool) -> None:
    REPEATS.share(
        id, f"Reported missing again within {days} days",
        f"returns with a new report in {days} days / returns with {days} days of follow-up, under 18", LOWER, again(days), returns(days),
        headline=headline,
    )


_repeat("R1", 30, True)
_repeat("R1.30d", 30, False)
_repeat("R1.90d", 90, False)
REPEATS.add("R2", "Share of episodes from the 5% of children with most", "episodes of the top 5% of C, rounded up / E", "%", NEITHER, from_top)
REPEATS.add("R2.mean", "Episodes a child", "E / C", "episodes", LOWER, lambda c: ratio(len(c.episodes), number_of_children(c)), number_of_children)
