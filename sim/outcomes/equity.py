"""Gaps between groups of children: the same measures, taken of each group. A gap nearer to 0 is better, on whichever side it lies."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .cohort import Cohort
from .measure import NAN, NEITHER, Column, Group, Measure, percentile

EQUITY = Group("Equity")

GAPS: dict[str, tuple[str, Callable[[Cohort], Column]]] = {
    "EQ1": ("children in care less other children", lambda c: c.episodes.care),
    "EQ2.repeat": ("children reported missing in the year before less first reports", lambda c: c.episodes.repeat),
    "EQ2.age": ("aged 16 or 17 less younger children", lambda c: c.episodes.older),
    "EQ2.area": ("children living outside the area responsible less those within", lambda c: c.episodes.out_of_area),
}
"""For each gap, its words, and who is on the first side of it."""

TAKEN = ("P1.per1000ep", "G1", "T2", "C6", "X1")
"""The measures of which gaps are taken; in the id of a gap P1.per1000ep is called P1."""

PARTS = 4
"""Risk is cut into this many equal parts for a standardised gap."""


def sides(c: Cohort, gap: str) -> tuple[Cohort, Cohort]:
    """The cohort in two."""
    if gap not in c.held:
        first = GAPS[gap][1](c)
        c.held[gap] = (c.only(first), c.only(~first))
    return c.held[gap][0], c.held[gap][1]


def risk_parts(c: Cohort) -> Column:
    """The quarter of true risk at the report that each episode lies in, of the whole cohort."""
    risk = c.episodes["risk"]
    cuts = [percentile(risk, 100.0 * part / PARTS) for part in range(1, PARTS)]
    return np.searchsorted(cuts, risk, side="right")


def strata(c: Cohort, gap: str) -> list[tuple[int, Cohort, Cohort]]:
    """For each quarter of risk: episodes in it, and the two sides of it."""
    key = f"{gap} by risk"
    if key not in c.held:
        part = risk_parts(c) if len(c.episodes) else np.zeros(0, dtype=int)
        first = GAPS[gap][1](c)
        c.held[key] = [(int(np.count_nonzero(part == k)), c.only(first & (part == k)), c.only(~first & (part == k))) for k in range(PARTS)]
    found: list[tuple[int, Cohort, Cohort]] = c.held[key]
    return found


def raw(measure: Measure, gap: str) -> Callable[[Cohort], float]:
    """The measure of the one side less that of the other."""

    def of(c: Cohort) -> float:
        one, other = sides(c, gap)
        return measure.of(one) - measure.of(other)

    return of


def standardised(measure: Measure, gap: str) -> Callable[[Cohort], float]:
    """The same gap within each quarter of risk, weighted by its episodes; quarters where a side has nothing to measure are left out."""

    def of(c: Cohort) -> float:
        total = weights = 0.0
        for weight, one, other in strata(c, gap):
            difference = measure.of(one) - measure.of(other)
            if not np.isnan(difference):
                total += weight * difference
                weights += weight
        return total / weights if weights else NAN

    return of


def fewer(measure: Measure, gap: str) -> Callable[[Cohort], int]:
    """n of the smaller side."""

    def of(c: Cohort) -> int:
        one, other = sides(c, gap)
        return min(measure.n(one), measure.n(other))

    return of


def write_down(defined: dict[str, Measure]) -> None:
    """Add the gaps in measures defined before."""
    for gap, (words, _) in GAPS.items():
        for id in TAKEN:
            measure = defined[id]
            short = id.split(".")[0]
            unit = "percentage points" if measure.unit == "%" else measure.unit
            EQUITY.add(
                f"{gap}.{short}", f"{measure.label}: {words}", f"{id} of the first less {id} of the second; nearer to 0 is better", unit, NEITHER,
                raw(measure, gap), fewer(measure, gap), comparable=measure.comparable,
            )
            if gap == "EQ1":
                EQUITY.add(
                    f"{gap}.{short}.standardised", f"{measure.label}: {words}, at one risk mix",
                    "the gap within each quarter of true risk at the report, weighted by E", unit, NEITHER, standardised(measure, gap),
                    fewer(measure, gap), comparable=False,
                )
