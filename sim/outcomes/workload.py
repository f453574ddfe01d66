"""What the response asks of people: hours by role, and what they cost."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..model.clock import WEEK
from ..model.words import UNGRADED, Pool, Work
from .cohort import SEARCH, Cohort
from .grading import GRADES
from .measure import LOWER, NEITHER, Group, ratio
from .rows import one_of

WORKLOAD = Group("Workload and cost")


def police_hours(c: Cohort) -> float:
    """Hours of desk staff and response units on the cohort's episodes."""
    return float(np.sum(c.tasks.hours))


def hours_where(column: str, *values: int) -> Callable[[Cohort], float]:
    """Those of the tasks whose `column` has one of these values."""
    return lambda c: float(np.sum(c.tasks.hours.compress(one_of(c.tasks[column], values))))


DESK_HOURS = hours_where("pool", Pool.DESK)
RESPONSE_HOURS = hours_where("pool", Pool.RESPONSE)


def interview_hours(c: Cohort) -> float:
    """Hours of return home interviews."""
    return float(np.sum(c.interview_tasks.hours))


def mash_hours(c: Cohort) -> float:
    """Hours of MASH on referrals of the window."""
    return float(np.sum(c.case_tasks(Work.MASH_DECISION).hours))


def slot_weeks(c: Cohort) -> float:
    """Weeks for which the cases of the window held a social worker's slot, up to the end of follow-up."""
    return float(np.sum(c.case_tasks(Work.CASE).hours)) / WEEK


def police_cost(c: Cohort) -> float:
    """Pounds."""
    r = c.parameters.resources
    return c.once(DESK_HOURS) * r.desk_cost + c.once(RESPONSE_HOURS) * r.response_cost


def interview_cost(c: Cohort) -> float:
    """Pounds."""
    return c.once(interview_hours) * c.parameters.resources.interviewer_cost


def mash_cost(c: Cohort) -> float:
    """Pounds."""
    return c.once(mash_hours) * c.parameters.resources.mash_cost


def social_work_cost(c: Cohort) -> float:
    """Pounds."""
    return c.once(slot_weeks) * c.parameters.resources.social_worker_cost


def cost(c: Cohort) -> float:
    """Pounds, all roles."""
    return c.once(police_cost) + interview_cost(c) + mash_cost(c) + social_work_cost(c)


WORKLOAD.add(
    "W1", "Officer hours", "sum of hours of desk staff and response units on search and prevention interviews of E", "h", LOWER, police_hours,
    headline=True,
)
WORKLOAD.add("W1.desk", "Hours of desk staff", "W1 at a desk or by phone", "h", LOWER, lambda c: c.once(DESK_HOURS))
WORKLOAD.add(
    "W1.response", "Hours of response units", "W1 in the field or face to face; with W1.desk it adds up to W1", "h", LOWER,
    lambda c: c.once(RESPONSE_HOURS),
)
WORKLOAD.add("W1.search", "Officer hours of search", "W1 in desk enquiries and field visits", "h", LOWER, hours_where("work", *SEARCH))
WORKLOAD.add(
    "W1.prevention", "Officer hours of prevention interviews", "W1 in prevention interviews", "h", LOWER,
    hours_where("work", Work.PREVENTION_INTERVIEW),
)
for _grade, (_id, _name) in GRADES.items():
    WORKLOAD.add(
        f"W1.{_id}", f"Officer hours asked for at grade {_name}", "W1 by the grade when the task was asked for", "h", NEITHER,
        hours_where("grade", _grade),
    )
WORKLOAD.add(
    "W1.ungraded", "Officer hours asked for with no grade", "W1 of episodes that ended before a grade; with the grades it adds up to W1", "h",
    NEITHER, hours_where("grade", UNGRADED),
)
WORKLOAD.add("W1.per_episode", "Officer hours an episode", "W1 / E", "h an episode", LOWER, lambda c: ratio(police_hours(c), len(c.episodes)))
WORKLOAD.add("W1.per_week", "Officer hours a week", "W1 / weeks of the window", "h a week", LOWER, lambda c: police_hours(c) / c.weeks)
WORKLOAD.add(
    "W1.interviewer", "Hours of return home interviewers", "hours of return home interviews that cover E", "h", NEITHER,
    lambda c: c.once(interview_hours),
)
WORKLOAD.add(
    "W1.mash", "Hours of MASH", "hours of decisions on referrals of the window", "h", NEITHER, lambda c: c.once(mash_hours), lambda c: len(c.cases),
)
WORKLOAD.add(
    "W1.social_worker", "Weeks of case slots", "weeks for which cases referred in the window held a slot, to the end of follow-up", "weeks", NEITHER,
    lambda c: c.once(slot_weeks), lambda c: len(c.cases),
)
WORKLOAD.add("W8", "Cost", "hours x cost of an hour by role, all roles; price year as in the scenario", "£", LOWER, cost)
WORKLOAD.add("W8.police", "Cost of police", "W1 x cost of an hour", "£", LOWER, police_cost)
WORKLOAD.add("W8.interviewer", "Cost of return home interviews", "W1.interviewer x cost of an hour", "£", NEITHER, interview_cost)
WORKLOAD.add("W8.mash", "Cost of MASH", "W1.mash x cost of an hour", "£", NEITHER, mash_cost, lambda c: len(c.cases))
WORKLOAD.add(
    "W8.social_worker", "Cost of case slots", "W1.social_worker x cost of a slot for a week", "£", NEITHER, social_work_cost, lambda c: len(c.cases),
)
