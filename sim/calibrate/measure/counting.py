"""How things are counted: shares, ratios, and the groups of children that sources tell apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...model.words import Home
from ...outcomes.cohort import Cohort

Array = np.ndarray[Any, Any]

ALL = "all"
GROUPS = (ALL, "care", "home", "childrens_home", "care_out_of_area")
"""Every child; in care (foster care, children's home, supported accommodation); with family; in a children's home; in care outside the area that is
responsible."""


def share(part: Array, whole: Array | None = None) -> float:
    """Per cent of `whole` (a mask, all if None) in which `part` holds; nan if there is none."""
    if whole is None:
        return 100.0 * per(count(part), len(part))
    return 100.0 * per(count(part & whole), count(whole))


def count(mask: Array) -> int:
    """How often it is true."""
    return int(np.count_nonzero(mask))


def per(top: float, base: float) -> float:
    """`top` for each of `base`; nan if there are none."""
    return float(top) / float(base) if base else float("nan")


def quantile(values: Array, percent: float) -> float:
    """The smallest value that at least so many per cent do not exceed (inf counts as longest); nan if there is none."""
    if not len(values):
        return float("nan")
    place = max(int(np.ceil(len(values) * percent / 100.0)) - 1, 0)
    return float(np.partition(values, place)[place])


def belongs(cohort: Cohort, group: str, child: Array) -> Array:
    """Which of these children (row numbers) belong to a group of `GROUPS`."""
    children = cohort.tables["children"]
    if group == ALL:
        return np.ones(len(child), bool)
    home = children["home"][child]
    if group == "home":
        return np.asarray(home == Home.FAMILY)
    if group == "childrens_home":
        return np.asarray(home == Home.CHILDRENS_HOME)
    care = np.asarray(home != Home.FAMILY)
    return care & children["out_of_area"][child] if group == "care_out_of_area" else care


def of_group(cohort: Cohort, group: str) -> Array:
    """Which of the cohort's episodes are of children of a group. Kept: nobody may write to it."""
    held: Array | None = cohort.held.get(("of_group", group))
    if held is None:
        held = cohort.held["of_group", group] = belongs(cohort, group, cohort.episodes["child"])
    return held


def counts(cohort: Cohort, group: str = ALL) -> tuple[Array, Array]:
    """Children of a group with a reported episode in the window (row numbers, rising), and how many each had. Kept: nobody may write to them."""
    held: tuple[Array, Array] | None = cohort.held.get(("counts", group))
    if held is None:
        times = np.bincount(cohort.episodes["child"][of_group(cohort, group)])
        children = np.flatnonzero(times)
        held = cohort.held["counts", group] = (children, times[children])
    return held
