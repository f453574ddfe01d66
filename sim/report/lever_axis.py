"""A lever as the axis of a figure: what it is called, its settings in words, and where on the axis they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log10

from ..experiment.lever import Lever, uniform
from ..scenario.difference import Value
from ..scenario.scenario import Scenario
from .levers import log, shown

NAMES = {
    "desk based": "desk-based",
    "under graded": "under-graded",
    "over graded": "over-graded",
    "older child": "older-child",
    "repeat child": "repeat-child",
    "care child": "care-child",
    "rhi": "return home interview",
    "mash": "MASH",
}
"""Words of a key as they are written in a sentence."""
PEOPLE = ("people", "units", "children", "networks")
"""Units of what is counted by its own name."""
WORDS = ("switch", "word")
"""Units of what is no amount."""
ELEMENTS = 4
"""A longer list is called by its place among the settings."""
CLOSE = 0.05
"""Settings that lie closer together than this share of the axis need one in even ratios."""


@dataclass(frozen=True)
class LeverAxis:
    """One lever with where it stands in the scenario as it is."""

    path: str
    settings: tuple[Value, ...]
    standing: Value
    description: str
    unit: str

    @classmethod
    def of(cls, lever: Lever, scenario: Scenario, standing: Value) -> LeverAxis:
        """The axis of a lever of a scenario."""
        section, key = lever.path.split(".")
        described = type(getattr(scenario, section)).model_fields[key].description or ""
        return cls(lever.path, lever.values, standing, described, log().get(lever.path, {}).get("unit", ""))

    @property
    def name(self) -> str:
        """The lever in a sentence: desk-based share."""
        words = f" {self.path.split('.')[1].replace('_', ' ')} "
        for key, name in NAMES.items():
            words = words.replace(f" {key} ", f" {name} ")
        return words.strip()

    @property
    def title(self) -> str:
        """The lever with what it means, for an axis."""
        unit = f" ({self.noun})" if self.noun and self.noun not in self.description else ""
        return f"{self.name[0].upper()}{self.name[1:]}: {self.description}{unit}" if self.description else f"{self.name.capitalize()}{unit}"

    @property
    def noun(self) -> str:
        """What follows an amount: hours; empty for a share, a switch, a word."""
        two = shown(self.path, 2.0, self.unit).partition(" ")[2]
        return "" if self.unit in WORDS else two

    def text(self, value: Value) -> str:
        """A setting without its noun, for a tick: 35%, 8, yes; lists as 12; 8; 4; 1."""
        single = uniform(value)
        if isinstance(single, tuple):
            if len(single) > ELEMENTS:
                return f"list {self.settings.index(value) + 1}" if value in self.settings else "its own list"
            return "; ".join(self.text(one) for one in single)
        words = shown(self.path, single, self.unit)
        return words.partition(" ")[0] if self.noun else words

    def at(self, value: Value) -> str:
        """The lever at a setting: desk-based share 35%."""
        return f"{quoted(self.name)}: {self.text(value)}" if self.unit in WORDS else f"{self.name} {self.text(value)}"

    def span(self, first: Value, last: Value) -> str:
        """How the lever moves, after "as": the desk-based share goes from 10% to 90%."""
        noun = f" {self.noun}" if self.noun and self.unit not in PEOPLE else ""
        return f"{self._called} goes from {self.text(first)} to {self.text(last)}{noun}"

    @property
    def _called(self) -> str:
        """The name as the subject of a sentence: in quotation marks where it is none that people use."""
        if self.unit in PEOPLE:
            return f"the number of {self.name}"
        return f"the {self.name}" if self.unit == "share" else quoted(self.name)

    @cached_property
    def measured(self) -> bool:
        """Are the settings amounts, so that a line may join them?"""
        return all(_amount(value) for value in (*self.settings, self.standing))

    @cached_property
    def order(self) -> tuple[Value, ...]:
        """What stands on the axis: the settings, and first where the lever stands if that is none of them."""
        return self.settings if self.standing in self.settings else (self.standing, *self.settings)

    def spot(self, value: Value) -> float:
        """Where on the axis a setting stands: at its amount, or else at its place in the order."""
        single = uniform(value)
        return float(single) if self.measured and isinstance(single, int | float) else float(self.order.index(value))

    @cached_property
    def even_ratios(self) -> bool:
        """Is the axis logarithmic? Only where the settings would otherwise lie on one another."""
        spots = sorted(self.spot(value) for value in self.settings)
        return self.measured and spots[0] > 0 and min(b - a for a, b in pairwise(spots)) < CLOSE * (spots[-1] - spots[0]) and self._spread(spots)

    @staticmethod
    def _spread(spots: list[float]) -> bool:
        """Would even ratios part them better?"""
        logs = [log10(spot) for spot in spots]
        return min(b - a for a, b in pairwise(logs)) / (logs[-1] - logs[0]) > min(b - a for a, b in pairwise(spots)) / (spots[-1] - spots[0])


def quoted(words: str) -> str:
    """In quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def _amount(value: Value) -> bool:
    single = uniform(value)
    return isinstance(single, int | float) and not isinstance(single, bool)
