"""Small pieces of sentences: a label within one, a title at its beginning or in quotation marks, a unit, what is said of intervals."""

from __future__ import annotations

from ..experiment.findings import Findings
from ..outcomes.catalogue import MEASURES
from .numbers import counted
from .rows import Row
from .units import POINTS, wording


def low_first(text: str) -> str:
    """A label within a sentence."""
    return text if text[:2].isupper() else text[0].lower() + text[1:]


def capital(text: str) -> str:
    """Words at the beginning of a line."""
    return text[0].upper() + text[1:]


def quote(title: str) -> str:
    """A title in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"


def unit_of(measure: str) -> str:
    """The unit of a difference in a measure."""
    unit = wording(MEASURES[measure]).unit
    return POINTS if unit == "%" else unit


def intervals(found: Findings) -> str:
    """What a subtitle says of the intervals."""
    if found.replications < 2:
        return "one replication, no intervals"
    return f"with 95% intervals over {counted(found.replications, 'replication')}"


def is_clear(row: Row) -> bool:
    """Does the interval exclude 0?"""
    return bool(row["low"] > 0 or row["high"] < 0)
