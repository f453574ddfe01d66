"""In which cases can it be seen what their type is about? For the choice of a story, never for a claim: a crowd of pairs makes those."""

from __future__ import annotations

from collections.abc import Callable

from ..model.words import NEVER, Grade, Located
from .case_type import CaseType
from .course import Course
from .decision import grade_of
from .others import others

Sign = Callable[[Course, Course], int]
CLEARLY, SOMEWHAT = 2, 1
"""How well it can be seen; 0 is not at all."""
LONG, SHORT = 3.0, 72.0
"""Hours after the report between which a child is back for a night to be told."""


def telling(kind: CaseType, one: Course, two: Course) -> int:
    """CLEARLY, SOMEWHAT or 0; one as it happened, two the twin."""
    return int(SIGNS[kind.id](one, two))


def _hours(c: Course) -> float:
    return min(float(c.row["located"]), c.until) - c.reported


def _sooner(one: Course, two: Course) -> bool:
    """Back an hour or more sooner, after a time that one can follow."""
    return LONG <= _hours(one) <= SHORT and _hours(one) - _hours(two) >= 1.0


def _waited(one: Course, two: Course, sign: int) -> bool:
    return any(other.who != "Other incidents" and sign * other.hours >= 0.5 for other in others(one, two))


def _same(one: Course, two: Course) -> bool:
    return abs(_hours(one) - _hours(two)) < 0.25 and _hours(one) <= SHORT / 3.0 and one.row["located_by"] in (Located.OWN_RETURN, Located.THIRD_PARTY)


def _next(c: Course) -> tuple[int, float] | None:
    table = c.tables["episodes"]
    later = [e for e in c.of_child().tolist() if table["occurrence"][e] > c.row["occurrence"]]
    if not later or table["located"][later[0]] >= c.until:
        return None
    row = table[later[0]]
    return int(row["first_grade"]), float(row["first_action"] - row["reported"]) if row["first_action"] < NEVER else NEVER


def _next_differs(one: Course, two: Course) -> int:
    a, b = _next(one), _next(two)
    if a is None or b is None:
        return 0
    return CLEARLY if b[0] > a[0] >= 0 else SOMEWHAT * (b[1] + 0.5 <= a[1] < NEVER)


SIGNS: dict[str, Sign] = {
    "under-graded-with-exploitation": lambda one, two: CLEARLY * (_sooner(one, two) and one.row["call_grade"] < Grade.HIGH),
    "correctly-low": lambda one, two: _same(one, two) * (CLEARLY if _waited(one, two, 1) else SOMEWHAT),
    "over-graded": lambda one, two: _same(one, two) * (CLEARLY if _waited(one, two, -1) else SOMEWHAT),
    "information-not-used": lambda one, two: CLEARLY * (_sooner(one, two) and grade_of(two.row) > grade_of(one.row)),
    "nothing-overnight": lambda one, two: CLEARLY * _sooner(one, two),
    "trigger-plan-not-read": lambda one, two: CLEARLY * _sooner(one, two),
    "not-recorded": _next_differs,
}
