"""The figure of a board paper before it is drawn: rows of intervals on one axis, with the words that stand for it.

A comparison shows each measure as a change in percent of the baseline on a logarithmic axis, so that ten units share one: half as much lies as far to
the left as twice as much lies to the right. Everything else is shown in its own unit, as a difference from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, log

from .figures import nice_ticks
from .numbers import number
from .panels import Line, Panel

LEAST, MOST = 0.05, 20.0
"""Ratios beyond these are drawn at the edge."""
PERCENTS = (0, -50, 100, -25, 50, -75, 300, -10, 10, 25, -90, 900, -5, 5, -2, 2, -1, 1)
"""Ticks of a change, the ones first that are kept where there is little room."""
APART = 0.13
"""How far apart ticks stand at least, as a part of the axis."""


@dataclass(frozen=True)
class Mark:
    """An interval: where its dot and its ends stand on the axis, its verdict, and whose it is where several share a row."""

    at: float
    low: float
    high: float
    verdict: str
    who: str = ""


@dataclass(frozen=True)
class Strip:
    """A row: its words, and what stands on it; nothing where there was nothing to show."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Strips:
    """The whole figure. Positions run from 0 to 1; `zero` is where no difference stands."""

    rows: tuple[Strip, ...]
    ticks: tuple[tuple[float, str], ...]
    zero: float
    axis: str
    summary: str
    """What the figure shows, for who does not see it."""


def changes(rows: Sequence[tuple[str, float, Sequence[Line]]], axis: str, summary: str) -> Strips:
    """Differences as changes of their baseline: each row a label, the baseline, and the differences with their owners as `words`."""
    held = [(label, [(line, ratios) for line in lines if (ratios := _ratios(base, line)) is not None]) for label, base, lines in rows]
    ends = [log(ratio) for _, lines in held for _, ratios in lines for ratio in ratios]
    low, high = min([*ends, log(0.9)]), max([*ends, log(1.1)])
    room = 0.05 * (high - low)
    low, high = low - room, high + room

    def at(ratio: float) -> float:
        return (log(ratio) - low) / (high - low)

    strips = [
        Strip(label, tuple(Mark(at(mid), at(end), at(other), line.verdict, line.words) for line, (mid, end, other) in lines))
        for label, lines in held
    ]
    return Strips(tuple(strips), _percents(low, high, at(1.0)), at(1.0), axis, summary)


def differences(rows: Sequence[tuple[str, Sequence[Line]]], axis: str, summary: str) -> Strips:
    """Differences in one unit."""
    panel = Panel("", "", tuple(line for _, lines in rows for line in lines))
    ticks = nice_ticks(panel)
    ends = [end for line in panel.lines if not isnan(line.estimate) for end in line.ends] + [0.0, *(ticks if len(ticks) > 1 else (-1.0, 1.0))]
    low, high = min(ends), max(ends)
    room = 0.04 * (high - low)
    low, high = low - room, high + room

    def at(value: float) -> float:
        return float((value - low) / (high - low))

    strips = []
    for label, lines in rows:
        known = [line for line in lines if not isnan(line.estimate)]
        strips.append(Strip(label, tuple(Mark(at(one.estimate), at(one.ends[0]), at(one.ends[1]), one.verdict, one.words) for one in known)))
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    places = next((places for places in range(5) if abs(round(step, places) - step) < 1e-9 * step), 4)
    return Strips(tuple(strips), tuple((at(tick), number(tick, places)) for tick in ticks), at(0.0), axis, summary)


def _ratios(base: float, line: Line) -> tuple[float, float, float] | None:
    """Dot and ends as multiples of the baseline, within what is drawn; None if they cannot be had."""
    if isnan(base) or base <= 0.0 or isnan(line.estimate):
        return None
    at, low, high = (min(max((base + value) / base, LEAST), MOST) for value in (line.estimate, *line.ends))
    return at, low, high


def _percents(low: float, high: float, same: float) -> tuple[tuple[float, str], ...]:
    """As many ticks as have room, in order."""
    found: dict[float, str] = {}
    for percent in PERCENTS:
        place = (log(1.0 + percent / 100.0) - low) / (high - low)
        if 0.0 <= place <= 1.0 and all(abs(place - other) >= APART for other in found):
            found[place] = f"{number(percent, 0, sign=True)}%" if percent else "no change"
    return tuple(sorted(found.items()))
