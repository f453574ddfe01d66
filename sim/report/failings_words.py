"""What is said of failings beside one another, in sentences computed from their ranks; and of a finding against its own counterfactual."""

from __future__ import annotations

from collections import Counter
from math import isnan

from ..experiment.failings import Failings
from ..outcomes.catalogue import MEASURES
from .numbers import listed, number, span, spelled
from .phrases import capital, low_first, quote
from .rows import Row
from .rows import rows as rows_in
from .sentence import BETTER, EMPTY, HIGHER, LOWER, ONE_RUN, SAME, UNCLEAR, WORSE, change, said

HOLDS = 0.9
"""A first place holds if the failing costs most in so many of the draws."""
ORDER = (WORSE, BETTER, HIGHER, LOWER, UNCLEAR, SAME, EMPTY, ONE_RUN)
NAMED_UP_TO = 4
"""So many failings are named in a sentence."""


def ranked_of(found: Failings, measure: str) -> list[Row]:
    """The failings by what they cost, most first; none for a measure without a better side, or with nothing to measure."""
    return [row for row in rows_in(found.ranks) if row["measure"] == measure]


def first_of(found: Failings, measure: str) -> Row | None:
    """The failing that costs most, if it likely costs anything."""
    ranked = ranked_of(found, measure)
    return ranked[0] if ranked and said(ranked[0]) == WORSE else None


def holds(row: Row) -> bool:
    """Does it cost most however severe the failings are within their ranges?"""
    return bool(row["first"] >= HOLDS)


def share(part: float) -> str:
    """A share of draws: 86%, more than 99%."""
    return "more than 99%" if part > 0.99 else "less than 1%" if part < 0.01 else f"{number(100 * part, 0)}%"


def message(found: Failings, measure: str) -> str:
    """The title of a measure's figure."""
    ranked, label, first = ranked_of(found, measure), MEASURES[measure].label, first_of(found, measure)
    if not ranked:
        return f"{label}: failings are not ranked, as there was nothing to measure or neither side is better"
    if found.replications < 2:
        return f"{label}: failings in the order of one replication, without intervals"
    if first is None:
        return f"{label}: no failing costs anything that stands out from chance"
    order = "and that holds over the assumed ranges" if holds(first) else "but that hangs on the assumed ranges"
    return f"{label}: {quote(first['title'])} costs most, {order}"


def summary(found: Failings, measure: str) -> str:
    """The foremost failings with what they change; how far their order holds; what of it rests on assumptions."""
    ranked = ranked_of(found, measure)
    if not ranked:
        return "No failing is ranked by this measure. Its changes stand in the table of effects."
    worse = [row for row in ranked if said(row) == WORSE]
    named = [f"{quote(row['title'])}, {change(row)}" for row in worse[:3]]
    make = "makes" if len(worse) == 1 else "make"
    first = f"As stated, {spelled(len(worse))} of {spelled(len(ranked))} failings likely {make} it worse{': ' if named else ''}{'; '.join(named)}."
    likely = sorted((row for row in ranked if row["first"] >= 0.05), key=lambda row: -row["first"])
    parts = [f"{quote(row['title'])} in {share(row['first'])}" for row in likely[:NAMED_UP_TO]]
    second = f"In draws of luck and of severity over the assumed ranges the costliest is {listed(parts)}." if parts else ""
    return " ".join(part for part in (first, second, assumed(found, measure)) if part)


def assumed(found: Failings, measure: str) -> str:
    """How much of what moves a measure rests on assumptions without a source, by the tornado that was named; empty without one."""
    told = found.assumed.get(measure)
    if told is None or isnan(told.estimate):
        return ""
    interval = "" if isnan(told.low) else f" ({span(100 * told.low, 100 * told.high, 0)}%)"
    part = f"{number(100 * told.estimate, 0)}%{interval}"
    return f"Assumptions without a source account for {part} of what moves this measure (by variance, in a tornado)."


def overview_message(found: Failings) -> str:
    """The title of the overview: which failing costs most, in how many measures."""
    firsts = {measure: first for measure in found.measures if (first := first_of(found, measure))}
    if found.replications < 2:
        return "One replication: failings in the order of one draw of luck"
    if not firsts:
        return "No failing costs anything that stands out from chance"
    counts = Counter(row["title"] for row in firsts.values()).most_common()
    parts = [f"{quote(title)} in {spelled(n)}" for title, n in counts[:NAMED_UP_TO]]
    rest = sum(n for _, n in counts[NAMED_UP_TO:])
    parts += [f"others in {spelled(rest)}"] if rest else []
    return f"Of {counted_measures(len(firsts))}, the failing that costs most is {listed(parts)}"


def counted_measures(n: int) -> str:
    """Ten measures; one measure."""
    return f"{spelled(n)} measure{'' if n == 1 else 's'}"


def overview_summary(found: Failings) -> str:
    """For which measures the first place holds over the assumed ranges, and for which it does not."""
    firsts = {measure: first for measure in found.measures if (first := first_of(found, measure))}
    sure = [low_first(MEASURES[measure].label) for measure, row in firsts.items() if holds(row)]
    open_ = [low_first(MEASURES[measure].label) for measure, row in firsts.items() if not holds(row)]
    none = [low_first(MEASURES[measure].label) for measure in found.measures if measure not in firsts]
    parts = [f"the first place holds in at least nine of ten draws for {listed(sure)}"] if sure else []
    parts += [f"it hangs on how severe each failing is for {listed(open_)}"] if open_ else []
    parts += [f"none stands out for {listed(none)}"] if none else []
    drawn = "Each draw takes replications with replacement, and each failing at the mild end of its range, as stated, or at the severe end."
    return f"{capital('; '.join(parts))}. {drawn}"


def standing(rows: list[Row]) -> str:
    """On how many measures a finding is worse, unclear, better than its counterfactual."""
    counts = Counter(said(row) for row in rows)
    words = {SAME: "no different", EMPTY: "not measured", ONE_RUN: "without an interval"}
    parts = [f"{words.get(verdict, verdict)} on {spelled(counts[verdict])}" for verdict in ORDER if counts[verdict]]
    return f"of {counted_measures(len(rows))}, {listed(parts)}"
