"""A post: one more on duty, as a planner pays for it, and what it costs a year.

A post is filled in every hour in which its role is on duty: every night, every day of the week while interviews are open, Monday to Friday in MASH.
Its cost is that of the capacity: every hour on duty is paid for, worked on missing children or not. What hours are worked on them is measure W8.
The cost of an hour is the scenario's (`resources.*_cost`), taken to be that of an hour on duty with leave, sickness and training in it (assumption).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..scenario.resources import Resources

DAYS, WEEKS = 365.0, 365.0 / 7.0
"""In a year as the model counts it."""
WORKING_DAYS = DAYS * 5.0 / 7.0
PEOPLE_ROUND_THE_CLOCK = 5.0
"""So many people fill one post on duty in every hour of the year: with leave, sickness and training each is on duty for 1,752 hours (assumption)."""
HOURS_OF_ONE = DAYS * 24.0 / PEOPLE_ROUND_THE_CLOCK
"""Hours that one person is on duty in a year."""
EARLY, LATE, NIGHT = 0, 1, 2
"""Where the shifts stand in a list by shift."""


@dataclass(frozen=True)
class Post:
    """One kind of post. `hours` are those on duty a year; a full-time person who holds cases has none, and is paid by the case slot."""

    name: str
    """How it is asked for."""
    one: str
    many: str
    key: str
    """The value of [resources] that counts those on duty."""
    shifts: tuple[int, ...]
    """The places in its list by shift; empty for a single number."""
    rate: str
    """The value of [resources] that prices an hour, or a case slot for a week."""
    duty: str
    """When it is on duty, in words."""
    hours: Callable[[Resources], float] | None

    @property
    def path(self) -> str:
        """The dotted path of the value that it adds to."""
        return f"resources.{self.key}"

    def cost(self, r: Resources) -> float:
        """Pounds a year, in prices of `price_year`, for one post."""
        units = self.hours(r) if self.hours is not None else r.cases_per_worker * WEEKS
        return units * float(getattr(r, self.rate))

    def people(self, r: Resources) -> float:
        """People who fill it, between them."""
        return 1.0 if self.hours is None else self.hours(r) / HOURS_OF_ONE

    def more(self, r: Resources, number: int) -> int | tuple[int, ...]:
        """The value of [resources] with so many more on duty."""
        now = getattr(r, self.key)
        if not self.shifts:
            return int(now) + number
        return tuple(count + number * (place in self.shifts) for place, count in enumerate(now))

    def counted(self, number: int) -> str:
        """1 night officer, 2 night officers."""
        return f"{number:,} {self.one if number == 1 else self.many}"


def _nights(r: Resources) -> float:
    return (24.0 - r.night_starts + r.night_ends) * DAYS


def _days(r: Resources) -> float:
    return (r.night_starts - r.night_ends) * DAYS


def _interviews(r: Resources) -> float:
    return (r.interviews_close - r.interviews_open) * DAYS


def _hub(r: Resources) -> float:
    return (r.mash_closes - r.mash_opens) * WORKING_DAYS


_UNITS, _DESK = "response_units", "desk_staff"
_DAY = (EARLY, LATE)

POSTS: dict[str, Post] = {
    post.name: post
    for post in (
        Post("night-officers", "night officer", "night officers", _UNITS, (NIGHT,), "response_cost", "every night", _nights),
        Post("day-officers", "day officer", "day officers", _UNITS, _DAY, "response_cost", "every early and every late shift", _days),
        Post("desk-night", "desk post at night", "desk posts at night", _DESK, (NIGHT,), "desk_cost", "every night", _nights),
        Post("desk-day", "desk post by day", "desk posts by day", _DESK, _DAY, "desk_cost", "every early and every late shift", _days),
        Post(
            "interviewers", "interviewer", "interviewers", "interviewers", (), "interviewer_cost", "every day while interviews are open", _interviews
        ),
        Post("mash-workers", "MASH worker", "MASH workers", "mash_staff", (), "mash_cost", "Monday to Friday while MASH is open", _hub),
        Post("social-workers", "social worker", "social workers", "social_workers", (), "social_worker_cost", "full time, holding cases", None),
    )
}
"""Every kind, by the name by which it is asked for. An officer is a response unit, which the model counts as one officer."""
