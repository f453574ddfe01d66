"""What is waited for and what is covered: queues, use of those on duty, response targets, nights, changes of shift, other demand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from ..model.words import UNGRADED, Grade, Line, Pool, Progress, Shift, Work
from . import hours
from .cohort import POLICE, SEARCH, Cohort
from .grading import GRADES
from .measure import HIGHER, LOWER, NEITHER, Column, Group, ratio
from .rows import one_of
from .tasks import Tasks

WAITING = Group("Waits, cover and other demand")

GAP = 2.0
"""Hours after a change of shift beyond which W6 speaks of a gap."""

POOLS: dict[Pool, tuple[str, str]] = {
    Pool.DESK: ("desk", "desk staff"),
    Pool.RESPONSE: ("response", "response units"),
    Pool.INTERVIEWER: ("interviewer", "return home interviewers"),
    Pool.MASH: ("mash", "MASH"),
    Pool.SOCIAL_WORKER: ("social_worker", "social workers' case slots"),
}
SHIFTS = {shift: shift.name.lower() for shift in Shift}
LINES: dict[Line, tuple[str, str]] = {
    Line.URGENT: ("urgent", "urgent"),
    Line.PRIORITY: ("priority", "priority"),
    Line.ROUTINE: ("routine", "routine"),
    Line.LAST: ("last", "prevention interview"),
}
"""For each line, its part of an id and its name."""


@cache
def begun(pool: Pool) -> Callable[[Cohort], Tasks]:
    """Tasks asked of this pool in the window that were started by the end of follow-up."""
    return lambda c: c.asked.only((c.asked["pool"] == int(pool)) & (c.asked.started))


def waits(pool: Pool, line: Line | None = None) -> Callable[[Cohort], Column]:
    """Hours from asking to starting, tasks asked for in the window that were started; of one line or all."""

    def of(c: Cohort) -> Column:
        tasks = c.once(begun(pool))
        return tasks.wait if line is None else tasks.wait.compress(tasks["line"] == int(line))

    return of


def use(pool: Pool, shift: Shift | None = None) -> Callable[[Cohort], float]:
    """Busy hours in hours on duty, %."""

    def of(c: Cohort) -> float:
        shifts = slice(None) if shift is None else slice(int(shift), int(shift) + 1)
        return ratio(float(np.sum(c.pool_hours(pool, "busy_hours")[shifts])), float(np.sum(c.pool_hours(pool, "duty_hours")[shifts])), 100.0)

    return of


def deployments(c: Cohort) -> tuple[Column, Column]:
    """Field visits asked for that were started or whose target passed before the child was located: the grade of each, and whether it was in
    target."""
    visits = c.tasks.only((c.tasks["work"] == int(Work.FIELD_VISIT)) & (c.tasks["grade"] != UNGRADED))
    due = visits["requested"] + np.array(c.parameters.practice.response_target_hours)[visits["grade"]]
    until = c.episodes.until[c.place[visits["episode"]]]
    counted = visits.started | (due < until)
    return visits["grade"][counted], (visits["started"] <= due)[counted]


def on_target(grade: Grade | None = None) -> Callable[[Cohort], Column]:
    """Of each deployment, at this grade or any: was it in target?"""

    def of(c: Cohort) -> Column:
        grades, met = c.once(deployments)
        return met if grade is None else met[grades == int(grade)]

    return of


def number_deployed(grade: Grade | None = None) -> Callable[[Cohort], int]:
    """How many deployments."""
    return lambda c: len(on_target(grade)(c))


def in_target(grade: Grade | None = None) -> Callable[[Cohort], float]:
    """Share of deployments in target, %."""

    def of(c: Cohort) -> float:
        met = on_target(grade)(c)
        return ratio(int(np.count_nonzero(met)), len(met), 100.0)

    return of


def night_cover(c: Cohort) -> float:
    """Share of night hours of open medium and high episodes in which a search task ran, %."""
    e = c.episodes
    serious = e["first_grade"] >= int(Grade.MEDIUM)
    return ratio(float(np.sum(e.night_active_hours[serious])), float(np.sum(e.night_hours[serious])), 100.0)


def handover_gaps(c: Cohort) -> tuple[Column, Column]:
    """Of each episode open at its first change of shift: hours to the next action (0 if one is under way, inf if none comes), and to the end."""
    e = c.episodes
    change = hours.next_shift(e["reported"], c.parameters.resources)
    tasks = c.once(searches)
    place = c.place[tasks["episode"]]
    change_then = change[place]
    acting = np.flatnonzero(tasks.started & (tasks["ended"] >= change_then))
    gap = np.full(len(e), np.inf)
    np.minimum.at(gap, place[acting], np.maximum(tasks["started"][acting] - change_then[acting], 0.0))
    still_open = e.until > change
    return gap[still_open], (e.until - change)[still_open]


def gaps_that_ended(c: Cohort) -> Column:
    """Gaps after which something was done."""
    gap, _ = c.once(handover_gaps)
    return gap[np.isfinite(gap)]


def gap_known(c: Cohort) -> Column:
    """The gaps of episodes in which something was done within two hours of the change, or that were open for longer."""
    gap, still_open = c.once(handover_gaps)
    return gap[(gap <= GAP) | (still_open > GAP)]


def delayed(c: Cohort) -> int:
    """Other incidents asked for in the window while someone of their pool was on missing work, and not attended by their target."""
    displaced = c.asked.only(c.asked["displaced"])
    others = displaced.only(displaced["work"] == int(Work.OTHER_INCIDENT))
    due = others["requested"] + np.array(c.parameters.area.other_incident_target_hours)[others["line"]]
    return int(np.count_nonzero((others["started"] > due) & (due <= c.ends)))


def searches(c: Cohort) -> Tasks:
    """Search tasks asked for."""
    return c.tasks.only(one_of(c.tasks["work"], SEARCH))


def came_to(progress: Progress) -> Callable[[Cohort], float]:
    """Share of the search tasks asked for that came to this, %."""
    return lambda c: ratio(int(np.count_nonzero(c.once(searches)["progress"] == int(progress))), len(c.once(searches)), 100.0)


def overtime_starts(c: Cohort) -> int:
    """Police tasks started on overtime in the window, other incidents among them."""
    return sum(int(c.pools_at_close[pool]["overtime_starts"] - c.pools_at_open[pool]["overtime_starts"]) for pool in POLICE)


PARTS = (("", "median", 50.0), (".p90", "90th percentile", 90.0))
for _pool, (_id, _name) in POOLS.items():
    _waits = waits(_pool)
    _waits_in = {_line: waits(_pool, _line) for _line in LINES}
    for _suffix, _words, _percent in PARTS:
        WAITING.percentile(
            f"W2.{_id}{_suffix}", f"Wait for {_name}, {_words}", f"{_words} of start - request, tasks asked for in the window and started", "h",
            LOWER, _waits, _percent,
        )
        if _pool in POLICE:
            for _line, (_called, _line_name) in LINES.items():
                WAITING.percentile(
                    f"W2.{_id}.{_called}{_suffix}", f"Wait for {_name} in the {_line_name} line, {_words}", "the same, by line", "h", LOWER,
                    _waits_in[_line], _percent,
                )
WAITING.add(
    "W2.never_done", "Search tasks never done", "asked for, and the child located before anyone could start / search tasks asked for", "%", LOWER,
    came_to(Progress.DROPPED), lambda c: len(c.once(searches)),
)
WAITING.add(
    "W2.overtime", "Police tasks started on overtime", "starts by escalation, other incidents among them / weeks of the window", "a week", LOWER,
    lambda c: overtime_starts(c) / c.weeks, overtime_starts,
)
for _pool, (_id, _name) in POOLS.items():
    WAITING.add(f"W3.{_id}", f"Use of {_name}", "busy hours / hours on duty in the window, overtime among the busy", "%", NEITHER, use(_pool))
    if _pool in POLICE:
        for _shift, _called in SHIFTS.items():
            WAITING.add(f"W3.{_id}.{_called}", f"Use of {_name}, {_called} shift", "the same, by shift", "%", NEITHER, use(_pool, _shift))
WAITING.add(
    "W4", "Response target met",
    "field visits started in target / field visits started, or not started by their target with the child still missing", "%", HIGHER, in_target(),
    number_deployed(),
)
for _grade, (_id, _name) in GRADES.items():
    if _grade == Grade.NO_APPARENT_RISK:
        continue
    WAITING.add(f"W4.{_id}", f"Response target met, graded {_name}", "the same, by grade", "%", HIGHER, in_target(_grade), number_deployed(_grade))
WAITING.add(
    "W5", "Night coverage", "night hours after the report with a search task running / night hours after the report, E graded medium or high", "%",
    HIGHER, night_cover, lambda c: int(np.count_nonzero(c.episodes["first_grade"] >= int(Grade.MEDIUM))),
)
WAITING.percentile(
    "W6", "Handover gap, median",
    "median hours from the first change of shift to the next search action, 0 if one is under way; E open then and acted on", "h", LOWER,
    gaps_that_ended, 50.0,
)
WAITING.add(
    "W6.over_2h", "Handover gap over 2 h",
    "no search action within 2 h of the first change of shift / E acted on within 2 h or still open after them", "%", LOWER,
    lambda c: ratio(int(np.count_nonzero(c.once(gap_known) > GAP)), len(c.once(gap_known)), 100.0), lambda c: len(c.once(gap_known)),
)
WAITING.add(
    "W6.lost", "Search tasks lost at a handover", "lost at a change of shift / search tasks asked for", "%", LOWER, came_to(Progress.LOST),
    lambda c: len(c.once(searches)),
)
WAITING.add(
    "W7", "Other incidents delayed beyond target", "not attended by target, asked for while their pool was on missing work / weeks of the window",
    "a week", LOWER, lambda c: c.once(delayed) / c.weeks, lambda c: c.once(delayed),
)
