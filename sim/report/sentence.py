"""A plain sentence for a difference or an estimate: a row of a result's tables in, words out."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

from ..outcomes.catalogue import MEASURES
from ..outcomes.interval import Estimate, verdict
from ..outcomes.measure import NEITHER
from .numbers import LEAST, number, places_for, span, with_interval
from .units import wording

Row = Mapping[str, Any]

BETTER, WORSE, UNCLEAR, SAME = "likely better", "likely worse", "unclear", "no difference"
HIGHER, LOWER = "likely higher", "likely lower"
ONE_RUN = "no interval"
EMPTY = "not measured"

BY_GRADE = "grade given"
TOTALS = ("P1", "W1")

MARKS = {BETTER: "●", WORSE: "◆", UNCLEAR: "○", SAME: "=", HIGHER: "▲", LOWER: "▼", ONE_RUN: "○", EMPTY: "-"}
"""Shapes that stand beside a verdict, so that it never rests on colour."""


def said(row: Row) -> str:
    """The verdict on a difference as a reader should see it. Rows of split differences carry none: it follows from their interval."""
    if isnan(row["estimate"]):
        return EMPTY
    if isnan(row["low"]):
        return ONE_RUN
    if row.get("verdict"):
        return str(row["verdict"])
    found = Estimate(row["estimate"], row["low"], row["high"], row["n"])
    return verdict(found, NEITHER if no_better_side(row) else MEASURES[row["measure"]].direction)


def no_better_side(row: Row) -> bool:
    """A total of the episodes given one grade moves with how many are given it, so that neither side is better."""
    return row.get("split") == BY_GRADE and row["measure"] in TOTALS


def change(row: Row) -> str:
    """A difference in words: "3.2 hours shorter (3.1 to 3.3)", or, where it may lie on either side, "from 1.0 hours shorter to 0.4 longer"."""
    words, verdict = wording(MEASURES[row["measure"]]), said(row)
    estimate, low, high = row["estimate"], row["low"], row["high"]
    if verdict == EMPTY:
        return "nothing to measure it on"
    if verdict == SAME:
        return "the same in every replication"
    places = places_for(estimate, low, high)
    rises = estimate > 0
    if round(estimate, places) == 0 and verdict == ONE_RUN:
        return "no difference"
    if verdict == UNCLEAR:
        return words.between(number(abs(low), places), number(abs(high), places))
    amount = words.difference(number(abs(estimate), places), rises)
    if verdict == ONE_RUN or low == high:
        return amount
    near, far = sorted((abs(low), abs(high)))
    return f"{amount} ({span(near, far, places, unit_sign=words.sign)})"


def in_words(row: Row) -> str:
    """Verdict and change: "likely better, 3.2 hours shorter (3.1 to 3.3)". A side that the change names already is not said twice."""
    verdict = said(row)
    if verdict in (HIGHER, LOWER):
        return f"likely {change(row)}"
    if verdict == SAME:
        return f"{SAME} in any replication"
    if verdict == ONE_RUN:
        return f"{change(row)} in one replication (no interval)"
    return f"{verdict}, {change(row)}"


def difference_sentence(row: Row) -> str:
    """A row of `differences`, or of `split_differences`, as a sentence: Time to first field action: likely better, 3.2 hours shorter (3.1 to 3.3)."""
    return f"{MEASURES[row['measure']].label}: {in_words(row)}."


def amount(row: Row, at_least: int = LEAST) -> str:
    """An estimate of a row of `measures` or `splits` with its interval in its unit; where a rare outcome was not seen, that and the limit."""
    if row.get("note"):
        return str(row["note"])
    words = wording(MEASURES[row["measure"]])
    estimate, low, high = row["estimate"], row["low"], row["high"]
    if isnan(estimate):
        return EMPTY
    places = max(places_for(estimate, low, high), at_least)
    text = words.amount(number(estimate, places))
    if isnan(low) or low == high:
        return text
    return f"{text} ({span(low, high, places, unit_sign=words.sign)})"


def estimate_sentence(row: Row) -> str:
    """A row of `measures` as a sentence: Time to first field action: 5.7 hours (5.6 to 5.8)."""
    return f"{MEASURES[row['measure']].label}: {amount(row)}."


def plain(row: Row, at_least: int = LEAST) -> str:
    """An estimate without its unit, for a column whose head carries it, to no fewer decimals than `at_least`."""
    return str(row.get("note")) if row.get("note") else with_interval(row["estimate"], row["low"], row["high"], at_least=at_least)


def digits(row: Row) -> int:
    """The decimals of a difference. What it is the difference of is shown beside it with as many, so that a reader can take one from the other."""
    return LEAST if isnan(row["estimate"]) else places_for(row["estimate"], row["low"], row["high"])


def signed(row: Row) -> str:
    """A difference without its unit, with its sign, for a column."""
    return with_interval(row["estimate"], row["low"], row["high"], sign=True)
