"""What an agent does, as pure functions of plain numbers: what is known to it, the practice levers, one piece of luck.

With equal inputs and luck, worse practice never gives a better decision: each compares the same uniform with a moved threshold. None of them sees
the true
state of a child, and none changes a record.
"""

from __future__ import annotations

from .rule import rule
from .words import Grade, Nation, Rating, Shortfall


@rule
def risk_seen(vulnerability: float, flag: float, history: float, age: float, tonight: float) -> float:
    """Risk as the sum of what is visible, in units of log risk; an item that is not visible counts 0."""
    return vulnerability + flag + history + age + tonight


@rule
def grade_of(risk: float, cuts: tuple[float, ...]) -> int:
    """Cut a risk at the three thresholds (low, medium, high)."""
    if risk >= cuts[2]:
        return Grade.HIGH
    if risk >= cuts[1]:
        return Grade.MEDIUM
    if risk >= cuts[0]:
        return Grade.LOW
    return Grade.NO_APPARENT_RISK


@rule
def with_rules(grade: int, flag_seen: bool, flag_is_high: bool, age: float, floor_age: float) -> int:
    """Local rules on top of judgement: a flag that is seen may mean high (RK17), and a young child is never at the lowest grade (RK16)."""
    if flag_seen and flag_is_high:
        return Grade.HIGH
    if grade == Grade.NO_APPARENT_RISK and age < floor_age:
        return Grade.LOW
    return grade


@rule
def under_practice(grade: int, u: float, under: float, steps: int, over: float) -> int:
    """One uniform per grading: below `under` the grade moves down by up to `steps`, above 1 - `over` it moves up one, where there is room."""
    if u < under:
        return max(grade - steps, 0)
    if u >= 1.0 - over and grade < Grade.HIGH:
        return grade + 1
    return grade


@rule
def shortfall(knowable: int, recorded: int, checked: int, linked: int, assessed: int, given: int) -> int:
    """The first step at which the grade fell below the knowable grade, or none if the grade given did not."""
    if given >= knowable:
        return Shortfall.NONE
    if recorded < knowable:
        return Shortfall.NOT_RECORDED
    if checked < knowable:
        return Shortfall.NOT_CHECKED
    if linked < knowable:
        return Shortfall.LINK_NOT_RECOGNISED
    if assessed < knowable:
        return Shortfall.ASSESSOR
    return Shortfall.PRACTICE


@rule
def desk_instead(grade: int, u: float, desk_based: float, desk_based_high: float) -> bool:
    """Does a due field visit become a desk enquiry?"""
    return u < (desk_based_high if grade == Grade.HIGH else desk_based)


@rule
def starts_at_night(grade: int, u: float, overnight: float, overnight_high: float) -> bool:
    """Does a task due at night start now, rather than wait for the day shift?"""
    return u < (overnight_high if grade == Grade.HIGH else overnight)


@rule
def interview_expected(nation: int, reports_in_year: int, wales_after: int) -> bool:
    """Is a return home interview expected after this episode? England: after each. Wales: from the third in a rolling year (RH20)."""
    return nation == Nation.ENGLAND or reports_in_year >= wales_after


@rule
def meets_criterion(concern: bool, grade: int, recent: int, recent_needed: int, hours: float, hours_needed: float) -> bool:
    """Does an episode meet the local criterion for a referral: a concern (exploitation or harm), a high grade, many episodes, or a long one?"""
    return concern or grade == Grade.HIGH or recent >= recent_needed or hours >= hours_needed


@rule
def rating(concern: bool, grade: int) -> Rating:
    """The rating that MASH gives a referral (GD05)."""
    if concern:
        return Rating.RED
    if grade == Grade.HIGH:
        return Rating.AMBER
    return Rating.GREEN
