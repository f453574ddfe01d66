"""How well episodes are graded. The grade is the one after the inspector and after practice, before reviews; some episodes end before that."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..model.words import Grade, Shortfall
from .cohort import Cohort
from .measure import HIGHER, LOWER, NEITHER, Column, Group, ratio

GRADING = Group("Grading and review")

GRADES: dict[Grade, tuple[str, str]] = {
    Grade.NO_APPARENT_RISK: ("none", "no apparent risk"),
    Grade.LOW: ("low", "low"),
    Grade.MEDIUM: ("medium", "medium"),
    Grade.HIGH: ("high", "high"),
}
"""For each grade, its part of an id and its name."""

CAUSES: dict[Shortfall, tuple[str, str]] = {
    Shortfall.NOT_RECORDED: ("not_recorded", "what was learned was not recorded"),
    Shortfall.NOT_CHECKED: ("not_checked", "what was held was not checked"),
    Shortfall.LINK_NOT_RECOGNISED: ("link", "the link to exploitation was not recognised"),
    Shortfall.ASSESSOR: ("assessor", "the assessor's judgement"),
    Shortfall.PRACTICE: ("practice", "under-grading practice"),
}

HARMS: dict[str, tuple[str, str, Callable[[Cohort], Column]]] = {
    "": ("harm or exploitation", "H or X", lambda c: c.episodes.harmed | c.episodes.exploited),
    ".harm": ("harm", "H", lambda c: c.episodes.harmed),
    ".recorded": ("recorded harm", "recorded H", lambda c: c.episodes.harm_recorded),
    ".without_search": ("the harm that would occur with no search", "H with no search, same luck", lambda c: c.episodes.harm_without_search),
}
"""The harms against which a high grade is held, and whether each occurred."""


def confusion(c: Cohort) -> Column:
    """Episodes by knowable grade (rows) and grade given (columns), lowest first: 4 x 4 counts."""
    e = c.episodes
    pairs = e["knowable_grade"][e.graded] * len(Grade) + e["first_grade"][e.graded]
    return np.bincount(pairs, minlength=len(Grade) ** 2).reshape(len(Grade), len(Grade))


def graded(c: Cohort) -> Column:
    """Graded?"""
    return c.episodes.graded


def everyone(c: Cohort) -> Column:
    """E."""
    return np.ones(len(c.episodes), dtype=bool)


def flagged(c: Cohort) -> Column:
    """Was there a current flag?"""
    return c.episodes["flagged"]


def given(grade: Grade) -> Callable[[Cohort], Column]:
    """Was this grade given?"""
    return lambda c: c.episodes["first_grade"] == int(grade)


def graded_and(occurred: Callable[[Cohort], Column]) -> Callable[[Cohort], Column]:
    """Graded, and it occurred?"""
    return lambda c: c.episodes.graded & occurred(c)


def under_because(cause: Shortfall) -> Callable[[Cohort], Column]:
    """Under-graded, and for this cause?"""
    return lambda c: c.episodes.under & (c.episodes["shortfall"] == int(cause))


def never_learned(c: Cohort) -> Column:
    """Is the truth grade above the knowable grade?"""
    return c.episodes.graded & (c.episodes["truth_grade"] > c.episodes["knowable_grade"])


def reviews_done(c: Cohort) -> float:
    """Reviews done when due, %."""
    return ratio(float(np.sum(c.episodes["reviews_done"])), float(np.sum(c.episodes["reviews"])), 100)


def corrected(c: Cohort) -> Column:
    """Was the knowable grade reached by a review?"""
    return c.episodes["regraded"] <= c.episodes.ends


def hours_to_correct(c: Cohort) -> Column:
    """From the first grade to the knowable grade, where an under-graded episode reached it."""
    e = c.episodes
    reached = e.under & corrected(c)
    return e["regraded"][reached] - e["first_graded"][reached]


GRADING.share(
    "G1", "Under-grading", "sum I[grade < knowable grade] / E graded", LOWER, lambda c: c.episodes.under, graded, comparable=False, headline=True,
)
for _cause, (_id, _name) in CAUSES.items():
    GRADING.share(
        f"G1.{_id}", f"Under-graded because of: {_name}", "the same, by the first step at which the grade fell below; the causes add up to G1",
        LOWER, under_because(_cause), graded, comparable=False,
    )
GRADING.share(
    "G1.never_learned", "Risk never learned by anyone", "sum I[truth grade > knowable grade] / E graded; not an error of grading", NEITHER,
    never_learned, graded, comparable=False,
)
GRADING.share("G2", "Over-grading", "sum I[grade > knowable grade] / E graded", LOWER, lambda c: c.episodes.over, graded, comparable=False)
for _suffix, (_name, _symbol, _occurred) in HARMS.items():
    _recorded = _suffix == ".recorded"
    GRADING.share(
        f"G3.sensitivity{_suffix}", f"Sensitivity of high for {_name}", f"P(high given {_symbol}), E graded", HIGHER, given(Grade.HIGH),
        graded_and(_occurred), comparable=_recorded,
    )
    GRADING.share(
        f"G3.precision{_suffix}", f"Precision of high for {_name}", f"P({_symbol} given high)", HIGHER, _occurred, given(Grade.HIGH),
        comparable=_recorded,
    )
    GRADING.share(
        f"G3.prevalence{_suffix}", f"Episodes with {_name}", f"{_symbol} / E graded; share graded high x precision = prevalence x sensitivity",
        NEITHER, _occurred, graded, comparable=_recorded,
    )
for _grade, (_id, _name) in GRADES.items():
    GRADING.share(f"G3.share.{_id}", f"Graded {_name}", f"graded {_name} / E graded", NEITHER, given(_grade), graded)
GRADING.share("G3.flagged", "Exploitation flag on police systems at the report", "current flag, seen or not / E", NEITHER, flagged, everyone)
GRADING.add("G4", "Reviews done when due", "reviews done / reviews due", "%", HIGHER, reviews_done, lambda c: int(np.sum(c.episodes["reviews"])))
GRADING.share(
    "G4.corrected", "Under-graded episodes corrected by a review", "knowable grade reached while missing / E under-graded", HIGHER, corrected,
    lambda c: c.episodes.under, comparable=False,
)
GRADING.percentile(
    "G4.hours", "Time to correct a grade that was too low, median", "median of tregrade - tg, E under-graded and corrected", "h", LOWER,
    hours_to_correct, 50.0, comparable=False,
)
