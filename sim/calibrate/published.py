"""Published figures and their counterparts in the simulation: for each, what the source counted, computed the same way from simulated records.

A row is an *input* when a parameter is set to that figure (seeing it again proves nothing) and *emergent* when it comes out of the mechanism; only
emergent rows count.
Bands are the published figure with its tolerance. Evidence ids are those of calibration/evidence.csv.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..model.words import Grade, Home, Located, Pool, State
from ..outcomes.cohort import MISSING_WORK, Cohort

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Figure:
    """One published figure: `published` with its band, and `of`, which computes it from a cohort (nan if it cannot)."""

    id: str
    quantity: str
    unit: str
    published: float
    low: float
    high: float
    emergent: bool
    of: Callable[[Cohort], float]


def _share(part: Array, whole: Array | None = None) -> float:
    """Per cent of `whole` (a mask, all if None) in which `part` holds."""
    chosen: Array = part if whole is None else part[whole]
    return 100.0 * float(np.mean(chosen)) if len(chosen) else float("nan")


def _per(top: float, base: float) -> float:
    """`top` for each of `base`; nan if there are none."""
    return float(top) / float(base) if base else float("nan")


def reported(cohort: Cohort) -> Array:
    """Rows of the episodes reported in the window."""
    rows: Array = cohort.tables["episodes"]
    return np.asarray(rows[(rows["reported"] >= cohort.opens) & (rows["reported"] < cohort.closes)])


def _children(cohort: Cohort) -> Array:
    return np.asarray(cohort.tables["children"][reported(cohort)["child"]])


def _counts(cohort: Cohort) -> Array:
    return np.unique(reported(cohort)["child"], return_counts=True)[1]


def _in_care(cohort: Cohort) -> Array:
    return np.asarray(_children(cohort)["home"] != Home.FAMILY)


def _hours(cohort: Cohort) -> Array:
    rows = reported(cohort)
    return np.asarray(rows["located"] - rows["reported"])


def incidents_per_child(cohort: Cohort) -> float:
    """Reported episodes per child with at least one."""
    counts = _counts(cohort)
    return _per(counts.sum(), len(counts))


def care_incidents_per_child(cohort: Cohort) -> float:
    """The same for children in care."""
    rows = reported(cohort)[_in_care(cohort)]
    return _per(len(rows), len(np.unique(rows["child"])))


def care_share_of_incidents(cohort: Cohort) -> float:
    """Per cent of episodes."""
    return _share(_in_care(cohort))


def care_share_of_children(cohort: Cohort) -> float:
    """Per cent of children with an episode."""
    children = np.unique(reported(cohort)["child"])
    return _share(cohort.tables["children"]["home"][children] != Home.FAMILY)


def first_repeats_in_four_weeks(cohort: Cohort) -> float:
    """Of children with two reports or more in the year, per cent whose second came within 28 days of the end of the first."""
    rows = reported(cohort)
    rows = rows[np.lexsort((rows["reported"], rows["child"]))]
    first = np.r_[True, rows["child"][1:] != rows["child"][:-1]]
    second = np.flatnonzero(np.r_[False, first[:-1] & ~first[1:]])
    gaps = rows["reported"][second] - rows["located"][second - 1]
    return _share(gaps <= 28 * 24.0)


def top_share(percent: float) -> Callable[[Cohort], float]:
    """Per cent of incidents from the most often missing `percent` of children."""

    def of(cohort: Cohort) -> float:
        counts = np.sort(_counts(cohort))[::-1]
        top = max(round(len(counts) * percent / 100.0), 1)
        return 100.0 * _per(counts[:top].sum(), counts.sum())

    return of


def times_between(low: int, high: int, care: bool) -> Callable[[Cohort], float]:
    """Per cent of children with `low` to `high` episodes in the year, in care or not."""

    def of(cohort: Cohort) -> float:
        children, counts = np.unique(reported(cohort)["child"], return_counts=True)
        group = (cohort.tables["children"]["home"][children] != Home.FAMILY) == care
        return _share((counts >= low) & (counts <= high), group)

    return of


def hours_quantile(percent: float) -> Callable[[Cohort], float]:
    """Quantile of hours from report to location at ages 12 to 14; still missing counts as longest."""

    def of(cohort: Cohort) -> float:
        rows = reported(cohort)
        age = (rows["reported"] - _children(cohort)["born"]) / 8760.0
        hours = _hours(cohort)[(age >= 12) & (age < 15)]
        return float(np.quantile(hours, percent / 100.0, method="inverted_cdf")) if len(hours) else float("nan")

    return of


def resolved_in(hours: float, care_only: bool = False) -> Callable[[Cohort], float]:
    """Per cent located within so many hours of the report."""

    def of(cohort: Cohort) -> float:
        return _share(_hours(cohort) <= hours, _in_care(cohort) if care_only else None)

    return of


def ended_by(*ways: Located) -> Callable[[Cohort], float]:
    """Per cent of located episodes that ended so."""

    def of(cohort: Cohort) -> float:
        rows = reported(cohort)
        located = rows["located_by"] != Located.STILL_MISSING
        return _share(np.isin(rows["located_by"], [int(way) for way in ways]), located)

    return of


def graded(grade: Grade) -> Callable[[Cohort], float]:
    """Per cent of graded episodes given this grade by the inspector, before reviews."""

    def of(cohort: Cohort) -> float:
        given = reported(cohort)["first_grade"]
        return _share(given == grade, given >= 0)

    return of


def _graded_and_harmed(cohort: Cohort) -> tuple[Array, Array]:
    rows = reported(cohort)
    rows = rows[rows["first_grade"] >= 0]
    return rows["first_grade"] == Grade.HIGH, np.isfinite(rows["harm_recorded"])


def sensitivity(cohort: Cohort) -> float:
    """Per cent of episodes with recorded harm that were graded high."""
    high, harmed = _graded_and_harmed(cohort)
    return _share(high, harmed)


def precision(cohort: Cohort) -> float:
    """Per cent of high grades with recorded harm."""
    high, harmed = _graded_and_harmed(cohort)
    return _share(harmed, high)


def recorded_harm(cohort: Cohort) -> float:
    """Per cent of graded episodes with recorded harm."""
    return _share(_graded_and_harmed(cohort)[1])


def true_harm(cohort: Cohort) -> float:
    """Per cent of episodes in which the child came to harm."""
    return _share(np.isfinite(reported(cohort)["harmed"]))


def flagged(cohort: Cohort) -> float:
    """Per cent of episodes at whose report the child had a current exploitation flag on police systems."""
    return _share(reported(cohort)["flagged"])


def children_offered(cohort: Cohort) -> float:
    """Per cent of children with an eligible episode who were ever offered a return home interview for one of them."""
    rows = reported(cohort)
    rows = rows[(rows["rhi"] >= 0) & np.isfinite(rows["located"])]
    offered = np.isfinite(cohort.tables["interviews"]["offered"][rows["rhi"]])
    children, where = np.unique(rows["child"], return_inverse=True)
    ever = np.zeros(len(children), bool)
    np.logical_or.at(ever, where, offered)
    return _share(ever)


def episodes_interviewed(cohort: Cohort) -> float:
    """Per cent of located episodes that a return home interview covered."""
    rows = reported(cohort)
    rows = rows[np.isfinite(rows["located"])]
    done = np.zeros(len(rows), bool)
    has = rows["rhi"] >= 0
    done[has] = np.isfinite(cohort.tables["interviews"]["done"][rows["rhi"][has]])
    return _share(done)


def interviews_in_72_hours(cohort: Cohort) -> float:
    """Per cent of interviews done that were done within 72 hours of the first return they cover."""
    rows = cohort.tables["interviews"]
    rows = rows[(rows["returned"] >= cohort.opens) & (rows["returned"] < cohort.closes) & np.isfinite(rows["done"])]
    return _share(rows["done"] - rows["returned"] <= 72.0)


def offers_declined(cohort: Cohort) -> float:
    """Per cent of offers."""
    rows = cohort.tables["interviews"]
    rows = rows[(rows["returned"] >= cohort.opens) & (rows["returned"] < cohort.closes) & np.isfinite(rows["offered"])]
    return _share(~rows["accepted"])


def caseload(cohort: Cohort) -> float:
    """Case slots in use per social worker, mean over the window."""
    hours = cohort.pool_hours(Pool.SOCIAL_WORKER, "busy_hours").sum()
    return _per(hours, (cohort.closes - cohort.opens) * cohort.parameters.resources.social_workers)


def officer_hours(cohort: Cohort) -> float:
    """Police hours (desk and response) on missing work per reported episode."""
    rows = cohort.tables["tasks"]
    rows = rows[np.isin(rows["work"], MISSING_WORK) & (rows["started"] >= cohort.opens) & (rows["started"] < cohort.closes)]
    return _per(cohort.hours_of(rows).sum(), len(reported(cohort)))


def exploited_share(cohort: Cohort) -> float:
    """Per cent of children with an episode who were being exploited at one of them."""
    rows = reported(cohort)
    return 100.0 * _per(len(np.unique(rows["child"][rows["state"] == State.EXPLOITED])), len(np.unique(rows["child"])))


def points(value: float, by: float) -> tuple[float, float, float]:
    """A figure with a tolerance in its own unit."""
    return value, value - by, value + by


def percent(value: float, by: float) -> tuple[float, float, float]:
    """A figure with a tolerance in per cent of itself."""
    return value, value * (1 - by / 100.0), value * (1 + by / 100.0)


QUANTILES = {
    "DU10": (20, 1.83),
    "DU11": (40, 4.5),
    "DU12": (50, 7.5),
    "DU13": (70, 17.0),
    "DU14": (80, 24.0),
    "DU15": (90, 48.0),
    "DU16": (99, 264.0),
}
"""Evidence id: (percentile, hours)."""

FIGURES: tuple[Figure, ...] = (
    Figure("EP03", "incidents per missing child a year", "incidents", *percent(2.79, 15), True, incidents_per_child),
    Figure("CR02", "share of incidents of children in care", "%", *percent(36, 15), True, care_share_of_incidents),
    Figure("CR01", "share of missing children who are in care", "%", *percent(19, 25), True, care_share_of_children),
    Figure("CR12 CR08", "incidents per missing child in care", "incidents", 5.3, 4.7, 6.33, True, care_incidents_per_child),
    Figure("RP04", "first repeats within four weeks", "%", 50.0, 50.0, 65.0, True, first_repeats_in_four_weeks),
    Figure("RP02 RP03", "incidents from the top 4% of children", "%", *points(28, 6), True, top_share(4)),
    Figure("RP06", "incidents from the top 15% of children", "%", 50.0, 50.0, 60.0, True, top_share(15)),
    Figure("RP11", "children at home missing once only", "%", *points(68.9, 8), True, times_between(1, 1, False)),
    Figure("RP15", "children in care missing once only", "%", *points(29.9, 8), True, times_between(1, 1, True)),
    *(
        Figure(id, f"hours from report to location, ages 12 to 14, {p}th percentile", "h", *percent(hours, 25), True, hours_quantile(p))
        for id, (p, hours) in QUANTILES.items()
    ),
    Figure("DU01", "resolved within 48 hours", "%", *points(87, 5), True, resolved_in(48)),
    Figure("DU08", "children in care: resolved within 2 days", "%", *points(90, 5), True, resolved_in(48, True)),
    Figure("FO01", "ended by own return", "%", *percent(43, 15), True, ended_by(Located.OWN_RETURN)),
    Figure("FO02", "ended by a police find", "%", *percent(29, 15), True, ended_by(Located.POLICE_DESK, Located.POLICE_FIELD)),
    Figure("FO03", "ended by a third party or not recorded", "%", *percent(28, 15), True, ended_by(Located.THIRD_PARTY)),
    Figure("RK01 RK04", "graded high", "%", 14.6, 13.0, 16.0, True, graded(Grade.HIGH)),
    Figure("RK02 RK05", "graded medium", "%", 76.5, 68.0, 85.2, True, graded(Grade.MEDIUM)),
    Figure("RK14", "recorded harm that was graded high (sensitivity)", "%", *points(41, 4), True, sensitivity),
    Figure("RK13 HM03", "high grades with recorded harm (precision, children)", "%", 5.0, 3.5, 12.0, True, precision),
    Figure("HM01 HM03", "episodes with recorded harm", "%", 2.85, 1.7, 4.0, True, recorded_harm),
    Figure("HM07 HM10", "episodes with harm as children report it", "%", 9.5, 8.0, 11.0, True, true_harm),
    Figure("CS03", "episodes of a child with an exploitation flag", "%", *points(9, 3), True, flagged),
    Figure("RH02", "children ever offered a return home interview", "%", *points(80, 4), True, children_offered),
    Figure("RH01", "episodes with a return home interview", "%", *points(50, 4), True, episodes_interviewed),
    Figure("RH03", "offers declined", "%", *points(30, 5), False, offers_declined),
    Figure("RH04", "interviews done that were done within 72 hours", "%", *points(63, 6), True, interviews_in_72_hours),
    Figure("SC15", "caseload in use per social worker", "cases", *percent(16.6, 15), True, caseload),
    Figure("PO07 PO04", "officer hours per reported episode", "h", 9.0, 3.0, 30.0, True, officer_hours),
    Figure("CS05 CS12", "missing children being exploited at an episode", "%", 20.0, 15.0, 38.0, True, exploited_share),
)
