"""A timeline: what happened to the child and what each service did, lane by lane, and how it ended. Exposure is a bar, never a scene."""

from __future__ import annotations

from dataclasses import dataclass

LANES = ("child", "information", "grade", "police", "partner")
"""The lanes from above to below. The last elapses by itself: exposure."""


@dataclass(frozen=True)
class Row:
    """One line: from hour `at` after the report to hour `until`, or a moment."""

    lane: str
    at: float
    until: float | None
    clock: str
    text: str


@dataclass(frozen=True)
class Span:
    """A stretch of the exposure bar: 0 away and not exploited, 1 exploited or groomed by day, 2 by night."""

    start: float
    until: float
    level: int
    words: str


@dataclass(frozen=True)
class Exposure:
    """Hours away of a child who was being exploited or groomed (measure P1), and the bar."""

    hours: float
    bar: tuple[Span, ...]


@dataclass(frozen=True)
class Moment:
    """Something that happened at one hour."""

    at: float
    clock: str
    text: str


@dataclass(frozen=True)
class End:
    """How the time away ended."""

    at: float
    clock: str
    words: str


@dataclass(frozen=True)
class Sum:
    """A figure that sums up: label and value, both ready."""

    label: str
    value: str


@dataclass(frozen=True)
class Timeline:
    """One course of a case."""

    rows: tuple[Row, ...]
    exposure: Exposure
    ends: End
    later: tuple[Moment, ...]
    sums: tuple[Sum, ...]
