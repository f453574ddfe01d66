"""What is not known about the model before it is held against published figures: a range for each number, and a way from ranges to scenarios.

The dimensions are the uncertain rows of [world] and [practice] in `calibration/assumptions.csv`. Each element of a list that differs by home, grade
or kind is one of its own; a profile over the hours of a day or the days of a week is one, and moves as a whole. The yardstick of grades
(world.reference_*) equals usual practice, and follows it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from ..scenario.difference import Value
from ..scenario.difference import values as values_of
from ..scenario.errors import Problem, ScenarioError
from ..scenario.json_schema import json_schema
from ..scenario.limits import node
from ..scenario.ranges import Range, ranges
from ..scenario.scenario import Scenario
from ..scenario.variant import variant

Floats = npt.NDArray[np.float64]

SECTIONS = ("world.", "practice.")
PROFILES = (7, 24)
"""Lists of so many elements are profiles over the days of a week or the hours of a day."""
TIES = {
    "world.reference_cuts": "practice.grade_cuts",
    "world.reference_flag_weight": "practice.flag_weight",
    "world.reference_history_weight": "practice.history_weight",
    "world.reference_flag_true_share": "practice.flag_true_share",
    "world.reference_flag_false_share": "practice.flag_false_share",
    "world.reference_flag_days": "practice.flag_lasts_days",
}
"""The reference grades are those that usual practice would give with full knowledge: equal to its values, never drawn by themselves."""
RISING = ("practice.grade_cuts",)
"""Lists whose elements must rise: drawn one by one, then put in order, so that each keeps to the ranges of all and none is refused."""
STEP = 1e-6
"""Elements that must rise differ by so much at least."""


@dataclass(frozen=True)
class Dimension:
    """One uncertain number: an element of a row (0 for a single number), or a whole profile (None)."""

    path: str
    element: int | None
    low: float
    high: float
    ratio: bool
    """Drawn on the log scale?"""
    whole: bool
    """A whole number? Then each from low to high is equally likely."""

    def at(self, u: float) -> float:
        """The value at `u`, from 0 to 1."""
        if self.whole:
            return min(self.low + math.floor(u * (self.high - self.low + 1.0)), self.high)
        if self.ratio:
            return math.exp((1.0 - u) * math.log(self.low) + u * math.log(self.high))
        return (1.0 - u) * self.low + u * self.high

    def unit(self, value: float) -> float:
        """Where a value lies in the range, from 0 to 1; the nearer end if it lies outside."""
        if self.whole:
            u = (value - self.low + 0.5) / (self.high - self.low + 1.0)
        elif self.ratio:
            u = (math.log(max(value, self.low)) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        else:
            u = (value - self.low) / (self.high - self.low)
        return min(max(u, 0.0), 1.0)


@dataclass(frozen=True)
class Prior:
    """Independent ranges, one for each dimension; `u` in [0, 1] for each says where in its range a number lies."""

    rows: tuple[Range, ...]

    @classmethod
    def of(cls, rows: Mapping[str, Range] | None = None) -> Self:
        """The prior of a table of ranges; of the log of assumptions if none is given."""
        table = ranges() if rows is None else rows
        return cls(tuple(row for path, row in table.items() if path.startswith(SECTIONS) and row.varies and path not in TIES))

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Every uncertain number, in the order of the log of assumptions."""
        return tuple(dimension for row in self.rows for dimension in _dimensions(row))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What they are called: `world.find_rate`, `world.leaving_per_year[0]`; a profile by its path."""
        single = {row.path for row in self.rows if not isinstance(row.low, tuple)}
        return tuple(d.path if d.path in single or d.element is None else f"{d.path}[{d.element}]" for d in self.dimensions)

    def values(self, u: Iterable[float]) -> dict[str, Value]:
        """A value for every row, and for what is tied to it, by dotted path, at `u` of shape (d,). Raises ScenarioError for another number of
        coordinates, or one outside 0 to 1.

        Shares that must sum to one are divided by their sum, and cuts are put in order.
        """
        given = [float(one) for one in u]
        if len(given) != len(self.dimensions) or not all(0.0 <= one <= 1.0 for one in given):
            raise ScenarioError(Problem("", None, "u", "cannot be used", f"allowed: {len(self.dimensions)} numbers from 0 to 1, one for each name"))
        at = {(d.path, d.element): (d, one) for d, one in zip(self.dimensions, given, strict=True)}
        found: dict[str, Value] = {row.path: _value(row, at) for row in self.rows}
        return found | {path: found[source] for path, source in TIES.items() if source in found}

    def unit(self, scenario: Scenario) -> Floats:
        """Where the numbers of a scenario lie in their ranges, of shape (d,): what `values` takes back to them. A number outside its range is at
        the nearer end; a profile is at the place whose profile is nearest (its elements need not all be at one place)."""
        known = values_of(scenario)
        rows = {row.path: row for row in self.rows}
        found = []
        for dimension in self.dimensions:
            value: Any = known[dimension.path]
            if dimension.element is None:
                found.append(_nearest(rows[dimension.path], value))
            else:
                found.append(dimension.unit(float(value[dimension.element] if isinstance(value, tuple) else value)))
        return np.array(found)

    def apply(self, scenario: Scenario, values: Mapping[str, Value], name: str | None = None) -> Scenario:
        """The scenario with these values, under its own name or another. Raises ScenarioError for a value that is not allowed."""
        return variant(scenario, values, name or scenario.name, scenario.about.title)


def _dimensions(row: Range) -> list[Dimension]:
    ratio = row.distribution == "loguniform"
    whole = _is_whole(row.path)
    if not isinstance(row.low, tuple) or not isinstance(row.high, tuple):
        return [Dimension(row.path, 0, _number(row.low), _number(row.high), ratio, whole)]
    if len(row.low) in PROFILES:
        return [Dimension(row.path, None, 0.0, 1.0, False, False)]
    ends = [(number, _number(low), _number(high)) for number, (low, high) in enumerate(zip(row.low, row.high, strict=True))]
    return [Dimension(row.path, number, low, high, ratio, whole) for number, low, high in ends if low != high]


@cache
def _schema() -> dict[str, Any]:
    return json_schema()


def _is_whole(path: str) -> bool:
    part = node(_schema(), tuple(path.split(".")))
    return "integer" in (part.get("type"), part.get("items", {}).get("type"))


def _number(end: Value) -> float:
    if isinstance(end, bool | str) or not isinstance(end, int | float):
        raise TypeError(f"a range of words or switches has no numbers: {end!r}")
    return float(end)


def _value(row: Range, at: Mapping[tuple[str, int | None], tuple[Dimension, float]]) -> Value:
    """The value of a row, from the places of its dimensions."""
    if not isinstance(row.low, tuple):
        dimension, u = at[row.path, 0]
        return dimension.at(u)
    if (row.path, None) in at:
        return row.at(at[row.path, None][1])
    found = []
    for number, low in enumerate(row.low):
        own = at.get((row.path, number))
        found.append(float(low) if own is None else own[0].at(own[1]))
    if row.path in RISING:
        return _rising(found)
    if row.path.endswith("_mix"):
        total = math.fsum(found)
        return tuple(share / total for share in found)
    return tuple(found)


def _rising(numbers: list[float]) -> tuple[float, ...]:
    found: list[float] = []
    for number in sorted(numbers):
        found.append(number if not found or number > found[-1] else found[-1] + STEP)
    return tuple(found)


def _nearest(row: Range, profile: tuple[float, ...]) -> float:
    """The place at which a profile is nearest to this one: by least squares, each element in units of itself."""
    low, high, here = (np.array(end, dtype=float) for end in (row.low, row.high, profile))
    weight = (high - low) / here
    place = float(np.sum(weight * (here - low) / here) / np.sum(weight * weight))
    return min(max(place, 0.0), 1.0)
