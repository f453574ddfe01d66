"""The words of the field, as numbers that records can hold: grades, homes, ways to be located, pools of people, and so on.

The order carries meaning where there is one (Grade rises with risk, Line with urgency falls). Members are appended, never reordered: a stored
result holds them.
"""

from __future__ import annotations

from enum import IntEnum
from math import inf
from typing import Final

from ..scenario.nation import Nation

__all__ = [
    "AS_IT_HAPPENS", "NEVER", "NOBODY", "UNGRADED", "Channel", "Exploitation", "Grade", "Home", "Line", "Located", "Nation", "Plan", "Pool",
    "Progress", "Rating", "Reason", "Shift", "Shortfall", "State", "Work",
]

NOBODY: Final = -1
"""The row number that stands for no row."""
NEVER: Final = inf
"""The time of what has not happened."""
AS_IT_HAPPENS: Final = -1
"""In an order: this decision is left to the people and the luck of the model."""


class Grade(IntEnum):
    """Risk grades on the single continuum; the lowest was called absent from 2013 to 2016, and is very low in newer guidance."""

    NO_APPARENT_RISK = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


UNGRADED: Final = -1


class Home(IntEnum):
    """Where a child lives."""

    FAMILY = 0
    FOSTER_CARE = 1
    CHILDRENS_HOME = 2
    SUPPORTED = 3


class Reason(IntEnum):
    """What usually leads a child to leave: something at home (push), something elsewhere (pull), or exploitation by others."""

    PUSH = 0
    PULL = 1
    EXPLOITATION = 2


class State(IntEnum):
    """The true state of exploitation, which no agent ever sees."""

    NONE = 0
    GROOMED = 1
    EXPLOITED = 2


class Exploitation(IntEnum):
    """The type of exploitation."""

    SEXUAL = 0
    CRIMINAL = 1
    OTHER = 2


class Located(IntEnum):
    """How a missing episode ended."""

    STILL_MISSING = 0
    OWN_RETURN = 1
    THIRD_PARTY = 2
    POLICE_DESK = 3
    POLICE_FIELD = 4


class Shortfall(IntEnum):
    """The first step at which a grade fell below the knowable grade."""

    NONE = 0
    NOT_RECORDED = 1
    NOT_CHECKED = 2
    LINK_NOT_RECOGNISED = 3
    ASSESSOR = 4
    PRACTICE = 5


class Channel(IntEnum):
    """How exploitation came to be identified."""

    NONE = 0
    SEARCH = 1
    PREVENTION_INTERVIEW = 2
    RETURN_HOME_INTERVIEW = 3
    PARTNER = 4
    PATTERN = 5


class Pool(IntEnum):
    """Who can be asked for. The first two are police."""

    DESK = 0
    RESPONSE = 1
    INTERVIEWER = 2
    MASH = 3
    SOCIAL_WORKER = 4


class Work(IntEnum):
    """What a task is."""

    DESK_ENQUIRY = 0
    FIELD_VISIT = 1
    PREVENTION_INTERVIEW = 2
    OTHER_INCIDENT = 3
    RETURN_HOME_INTERVIEW = 4
    MASH_DECISION = 5
    CASE = 6


class Line(IntEnum):
    """The lines before a pool, the most urgent first; first come, first served within each."""

    URGENT = 0
    PRIORITY = 1
    ROUTINE = 2
    LAST = 3


class Progress(IntEnum):
    """How far a task has come. A task that nobody could start before it lost its point is DROPPED: never done. A handover can lose one, and a
    higher grade replace one by another in a more urgent line."""

    WAITING = 0
    RUNNING = 1
    DONE = 2
    DROPPED = 3
    LOST = 4
    REPLACED = 5


class Plan(IntEnum):
    """Where one strand of an episode's search (desk or field) stands: nothing due, due at a set time, asked of a pool, or lost at a handover."""

    NONE = 0
    DUE = 1
    ASKED = 2
    LOST = 3


class Shift(IntEnum):
    """The three police shifts. NIGHT is also what the model means by night."""

    EARLY = 0
    LATE = 1
    NIGHT = 2


class Rating(IntEnum):
    """The MASH rating of a referral, which sets the target for its decision (GD05)."""

    RED = 0
    AMBER = 1
    GREEN = 2
