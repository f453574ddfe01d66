"""What a figure shows, before it is drawn: panels of intervals, one panel for each measure in its own unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isnan

from ..experiment.comparison import Result, headlines
from ..outcomes.catalogue import MEASURES
from ..outcomes.measure import HIGHER, LOWER
from .rows import Row
from .rows import rows as rows_in
from .sentence import EMPTY, ONE_RUN, in_words, no_better_side, plain, said, signed
from .units import POINTS, wording

SHOWN_BY_GROUP = ("P1", "P2", "T2", "X1", "W1")
"""The headline measures that the figures by group draw; their tables hold all ten."""


@dataclass(frozen=True)
class Line:
    """One interval with the words that stand above it."""

    words: str
    estimate: float
    low: float
    high: float
    verdict: str

    @property
    def ends(self) -> tuple[float, float]:
        """What the line reaches over; a bare point where there is no interval."""
        return (self.estimate, self.estimate) if isnan(self.low) else (self.low, self.high)


@dataclass(frozen=True)
class Panel:
    """One measure: its name, its unit with the side that is better, and its lines."""

    title: str
    unit: str
    lines: tuple[Line, ...]


def headline_panels(result: Result) -> list[Panel]:
    """The ten headlines: differences from the baseline, or the estimates of a single scenario."""
    if len(result.names) == 1:
        return _panels(rows_in(headlines(result.measures)), _estimate, difference=False)
    several = len(result.names) > 2
    rows = rows_in(headlines(result.differences))
    return _panels(rows, (lambda row: _difference(row, row["scenario"])) if several else lambda row: _difference(row), difference=True)


def group_panels(result: Result, scenario: str, splits: Iterable[str]) -> list[Panel]:
    """Some headlines by group: differences from the baseline, or the estimates of a single scenario."""
    chosen, single = tuple(splits), len(result.names) == 1
    frame = result.splits if single else result.split_differences
    rows = [
        row
        for measure in SHOWN_BY_GROUP
        for row in rows_in(frame)
        if row["measure"] == measure and row["scenario"] == scenario and row["split"] in chosen
    ]
    if single:
        return _panels(rows, lambda row: _estimate(row, group_name(row)), difference=False)
    return _panels(rows, lambda row: _difference(row, group_name(row)), difference=True)


def group_name(row: Row) -> str:
    """The group of a row in words that stand alone."""
    if row["split"] == "report":
        return f"Reported {row['group']}"
    if row["split"] == "grade given" and not row["group"].startswith("ended"):
        return f"Graded {row['group']}"
    return str(row["group"]).capitalize()


def _panels(rows: list[Row], line: Callable[[Row], Line], difference: bool) -> list[Panel]:
    found = []
    for measure in dict.fromkeys(row["measure"] for row in rows):
        known = MEASURES[measure]
        unit = wording(known).unit
        unit = POINTS if difference and unit == "%" else unit
        neutral = any(no_better_side(row) for row in rows if row["measure"] == measure)
        side = "" if neutral else {HIGHER: ", higher is better", LOWER: ", lower is better"}.get(known.direction, "")
        unit = f"{unit}{side}"
        found.append(Panel(known.label, unit[0].upper() + unit[1:], tuple(line(row) for row in rows if row["measure"] == measure)))
    return found


def _difference(row: Row, who: str = "") -> Line:
    verdict = said(row)
    if not who:
        words = in_words(row).replace(" percentage points", "")
        words = words[0].upper() + words[1:]
    elif verdict == EMPTY:
        words = f"{who}: {EMPTY}"
    elif verdict == ONE_RUN:
        words = f"{who}: {signed(row)}"
    else:
        words = f"{who}: {signed(row)}, {verdict}"
    return Line(words, row["estimate"], row["low"], row["high"], verdict)


def _estimate(row: Row, who: str = "") -> Line:
    words = plain(row)
    return Line(f"{who}: {words}" if who else words, row["estimate"], row["low"], row["high"], "")
