"""What the plain model writes down for the comparison, and its words. Times are hours; infinity is what has not happened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import inf


class Grade(IntEnum):
    """Risk grades, lowest first."""

    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


class By(IntEnum):
    """Who ended the time away."""

    NOBODY_YET = 0
    SELF = 1
    THIRD_PARTY = 2
    POLICE_DESK = 3
    POLICE_FIELD = 4


class Pool(IntEnum):
    """Who is asked."""

    DESK = 0
    RESPONSE = 1
    INTERVIEWER = 2


class Kind(IntEnum):
    """What is asked of them."""

    DESK_ENQUIRY = 0
    FIELD_VISIT = 1
    PREVENTION_INTERVIEW = 2
    OTHER_INCIDENT = 3
    RETURN_INTERVIEW = 4


class Line(IntEnum):
    """Priorities, most urgent first."""

    URGENT = 0
    PRIORITY = 1
    ROUTINE = 2
    LAST = 3


@dataclass(slots=True)
class Episode:
    """One time away."""

    child: int
    left: float
    reported: float = inf
    located: float = inf
    by: By = By.NOBODY_YET
    grade: int = -1
    """The inspector's grade; -1 if the child was back before."""
    first_action: float = inf
    first_field: float = inf
    raw: float = 0.0
    """Raw effort spent on the search, in desk hours by day."""


@dataclass(slots=True)
class Job:
    """Something that one member of a pool was asked to do."""

    kind: Kind
    pool: Pool
    line: Line
    requested: float
    started: float = inf
    ended: float = inf
    dropped: bool = False
    """It lost its point before anyone was free."""


@dataclass(slots=True)
class Interview:
    """A return home interview that was expected after a return."""

    returned: float
    accepted: bool = False
    started: float = inf
    done: float = inf
