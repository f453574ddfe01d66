"""The range of every parameter, from the log of assumptions: what a sensitivity analysis goes over, and what each range rests on."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache

from .difference import Value
from .library import data


@dataclass(frozen=True)
class Range:
    """A row of `calibration/assumptions.csv`. A list is one parameter: its elements go up and down together."""

    path: str
    unit: str
    low: Value
    high: Value
    distribution: str
    evidence: tuple[str, ...]
    reliability: str
    note: str

    @property
    def varies(self) -> bool:
        """Is it a quantity that is not known exactly? A choice, or what goes with an area, is fixed."""
        return self.distribution != "fixed" and self.low != self.high

    @property
    def assumed(self) -> bool:
        """Does it rest on no source?"""
        return self.reliability in ("D", "assumption")

    def at(self, u: float) -> Value:
        """The value at a share `u` of the way from low (0) to high (1): in even steps, or in even ratios for a log-uniform one. A switch flips
        half-way."""
        if isinstance(self.low, tuple) and isinstance(self.high, tuple):
            return tuple(self._between(low, high, u) for low, high in zip(self.low, self.high, strict=True))
        return self._between(self.low, self.high, u)

    def _between(self, low: Value, high: Value, u: float) -> float | bool | str:
        if isinstance(low, bool | str) or isinstance(high, bool | str):
            word = low if u < 0.5 else high
            assert isinstance(word, bool | str)
            return word
        assert isinstance(low, float)
        assert isinstance(high, float)
        if u in (0.0, 1.0):
            return high if u else low
        if self.distribution == "loguniform" and low > 0:
            return math.exp((1.0 - u) * math.log(low) + u * math.log(high))
        return (1.0 - u) * low + u * high


@cache
def ranges() -> dict[str, Range]:
    """The range of every parameter by its dotted path, in the order of the schema."""
    with (data("calibration") / "assumptions.csv").open(encoding="utf-8", newline="") as file:
        return {row["path"]: _range(row) for row in csv.DictReader(file)}


def _range(row: dict[str, str]) -> Range:
    low, high = _end(row["low"]), _end(row["high"])
    return Range(row["path"], row["unit"], low, high, row["distribution"], tuple(row["evidence"].split()), row["reliability"], row["note"])


def _end(text: str) -> Value:
    """A number, a switch or a word, or a list of them."""
    parts = tuple(_one(part.strip()) for part in text.split(";"))
    return parts if len(parts) > 1 else parts[0]


def _one(text: str) -> float | bool | str:
    if text in ("true", "false"):
        return text == "true"
    try:
        return float(text)
    except ValueError:
        return text
