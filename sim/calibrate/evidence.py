"""The published figures: `calibration/evidence.csv`, a row each, as it stands."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..scenario.library import data

WORDS = ("id", "quantity", "population", "place", "period", "unit", "denominator", "confidence", "note", "source_title")
CONFIDENCE = ("primary", "secondary", "snippet")
"""From the best to the weakest: seen at whoever produced the figure; reported by someone else; a hint."""


@dataclass(frozen=True)
class Evidence:
    """One published figure. `low` and `high` are where the source gives a range; nan if it does not."""

    id: str
    quantity: str
    population: str
    place: str
    period: str
    value: float
    unit: str
    low: float
    high: float
    denominator: str
    confidence: str
    note: str
    source_title: str = ""


@cache
def evidence() -> dict[str, Evidence]:
    """Every row by its id, in the order of the file."""
    with (data("calibration") / "evidence.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: _row(row) for row in csv.DictReader(file)}


def _row(row: dict[str, str]) -> Evidence:
    words: dict[str, Any] = {name: row[name] for name in WORDS}
    numbers: dict[str, Any] = {name: float(row[name]) if row[name] else float("nan") for name in ("value", "low", "high")}
    return Evidence(**words, **numbers)
