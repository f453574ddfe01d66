"""What a result says, in sentences computed from it: the one-sentence answer, and the titles and summaries of figures."""

from __future__ import annotations

from ..experiment.comparison import Result, headlines
from ..outcomes.catalogue import HEADLINES, MEASURES
from .numbers import listed, spelled
from .panels import group_name
from .provenance import period, quoted
from .rows import Row
from .rows import rows as rows_in
from .sentence import (
    BETTER,
    BY_GRADE,
    EMPTY,
    HIGHER,
    LOWER,
    ONE_RUN,
    SAME,
    UNCLEAR,
    WORSE,
    amount,
    change,
    difference_sentence,
    estimate_sentence,
    said,
)

NAMED_UP_TO = 3
"""So many measures are named in a sentence; more are only counted."""


def rows_of(result: Result, scenario: str) -> list[Row]:
    """The ten headline differences of one scenario from the baseline."""
    frame = headlines(result.differences)
    return [row for row in rows_in(frame) if row["scenario"] == scenario]


def estimates_of(result: Result, scenario: str) -> list[Row]:
    """The ten headline estimates of one scenario."""
    frame = headlines(result.measures)
    return [row for row in rows_in(frame) if row["scenario"] == scenario]


def answer(result: Result, scenario: str | None = None) -> str:
    """The result in one sentence; for a comparison, that of one scenario with the baseline."""
    if scenario is None:
        return _single(result)
    names = quoted(result)
    rows = rows_of(result, scenario)
    if all(said(row) in (ONE_RUN, EMPTY) for row in rows):
        return (
            f"Compared with {names[result.names[0]]}, {names[scenario]} was simulated once: the differences below are those of one replication, "
            "and nothing can be said of how sure they are."
        )
    return f"Compared with {names[result.names[0]]}, {names[scenario]} is {standing(rows)}."


def standing(rows: list[Row]) -> str:
    """On how many headline measures it is better, worse, unclear; those that speak against it are named."""
    parts: list[str] = []
    for verdict, words in ((BETTER, BETTER), (WORSE, WORSE), (UNCLEAR, UNCLEAR), (SAME, "no different"), (EMPTY, EMPTY)):
        found = [row for row in rows if said(row) == verdict]
        if not found:
            continue
        named = f" ({_named(found)})" if verdict != BETTER and len(found) <= NAMED_UP_TO else ""
        of = " of the ten headline measures" if not parts else ""
        how_many = f"all ten headline measures{named}" if len(found) == len(HEADLINES) else f"{spelled(len(found))}{of}{named}"
        parts.append(f"{words} on {how_many}")
    return listed(parts)


def _named(rows: list[Row]) -> str:
    return listed([MEASURES[row["measure"]].label[0].lower() + MEASURES[row["measure"]].label[1:] for row in rows])


def _single(result: Result) -> str:
    name = result.names[0]
    rows = {row["measure"]: row for row in estimates_of(result, name)}
    return (
        f"Under {quoted(result)[name]}, children who were being exploited or groomed were away for {amount(rows['P1'])} in {period(result)}, "
        f"and the first field action came {amount(rows['T2'])} after the report on average."
    )


def headline_message(result: Result) -> str:
    """The message of the headline figure."""
    if len(result.names) == 1:
        return "The ten headline measures, each in its own unit"
    if result.replications < 2:
        return "One replication: differences without intervals"
    better = {name: sum(said(row) == BETTER for row in rows_of(result, name)) for name in result.names[1:]}
    names = quoted(result)
    if len(better) == 1:
        only = next(iter(better))
        return f"{names[only]} is {standing(rows_of(result, only))}"
    most = max(better, key=lambda name: better[name])
    return f"{names[most]} is likely better than {names[result.names[0]]} on most headline measures: {spelled(better[most])} of ten"


def headline_summary(result: Result) -> str:
    """Two sentences for who does not see the headline figure."""
    names = quoted(result)
    if len(result.names) == 1:
        rows = {row["measure"]: row for row in estimates_of(result, result.names[0])}
        return " ".join(estimate_sentence(rows[id]) for id in ("P1", "T2"))
    each = "; ".join(f"{names[name]} is {standing(rows_of(result, name))}" for name in result.names[1:])
    if result.replications < 2:
        each = "there is one replication only, so no difference has an interval"
    last = result.names[-1]
    first = next(row for row in rows_of(result, last) if row["measure"] == "P1")
    whose = "" if len(result.names) == 2 else f"For {names[last]}: "
    return f"Compared with {names[result.names[0]]}, {each}. {whose}{difference_sentence(first)}"


def group_rows(result: Result, scenario: str, splits: tuple[str, ...]) -> list[Row]:
    """Rows of the splits: differences from the baseline, or the estimates of a single scenario."""
    frame = result.splits if len(result.names) == 1 else result.split_differences
    return [row for row in rows_in(frame) if row["scenario"] == scenario and row["split"] in splits]


def group_message(result: Result, rows: list[Row]) -> str:
    """The message of a figure by group."""
    groups = list(dict.fromkeys(group_name(row) for row in rows))
    if len(result.names) == 1:
        low, high = _extremes(rows)
        if not low or not high:
            return "The headline measures by group"
        return f"The first field action is soonest for {_low_first(group_name(low))} and latest for {_low_first(group_name(high))}"
    if result.replications < 2:
        return "One replication: differences by group without intervals"
    if any(row["split"] == BY_GRADE for row in rows):
        return _grade_message(rows)
    counts = [sum(said(row) == BETTER for row in rows if group_name(row) == group) for group in groups]
    fewest, most = min(counts), max(counts)
    span = spelled(fewest) if fewest == most else f"{spelled(fewest)} to {spelled(most)}"
    return f"Each group is likely better on {span} of the ten headline measures"


def _grade_message(rows: list[Row]) -> str:
    """Where the change in hours exposed lies: of the measures by grade, these hours add up to the whole."""
    hours = [row for row in rows if row["measure"] == "P1" and said(row) in (HIGHER, LOWER)]
    if not hours:
        return "By grade, no change in child-hours exposed stands out from chance"
    largest = max(hours, key=lambda row: abs(row["estimate"]))
    return f"The largest part of the change in child-hours exposed lies in {_low_first(group_name(largest))}"


def group_summary(result: Result, rows: list[Row]) -> str:
    """Two sentences for who does not see a figure by group."""
    times = [row for row in rows if row["measure"] == "T2" and said(row) != EMPTY]
    if len(result.names) == 1:
        each = "; ".join(f"{_low_first(group_name(row))} {amount(row)}" for row in times)
        harm = [row for row in rows if row["measure"] == "P2" and said(row) != EMPTY]
        harms = "; ".join(f"{_low_first(group_name(row))} {amount(row)}" for row in harm)
        return f"Time to first field action: {each or EMPTY}. Harm during the episode: {harms or EMPTY}."
    unknown = "One replication gives no interval, so no group can be said to gain or to lose"
    first = _worse_by_group(rows) if result.replications > 1 else unknown
    if not times:
        return f"{first}."
    largest = max(times, key=lambda row: abs(row["estimate"]))
    return f"{first}. Time to first field action changes most for {_low_first(group_name(largest))}: {change(largest)}."


def _worse_by_group(rows: list[Row]) -> str:
    worse = [row for row in rows if said(row) == WORSE]
    told = listed(list(dict.fromkeys(_named([row]) for row in worse)))
    return f"Likely worse in {len(worse)} of {len(rows)} results by group ({told})" if worse else "Likely worse in none of the results by group"


def _extremes(rows: list[Row]) -> tuple[Row | None, Row | None]:
    times = [row for row in rows if row["measure"] == "T2" and said(row) != EMPTY]
    if len(times) < 2:
        return None, None
    return min(times, key=lambda row: row["estimate"]), max(times, key=lambda row: row["estimate"])


def _low_first(name: str) -> str:
    lowered = name[0].lower() + name[1:]
    if lowered.startswith("ended"):
        return f"episodes that {lowered}"
    return f"episodes {lowered}" if lowered.startswith(("graded", "reported")) else lowered
