"""The headline measures by group: the grade given, care, day or night of the report. The cohort is cut, and the same measure taken of each part."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..model.words import UNGRADED
from .catalogue import HEADLINES, MEASURES
from .cohort import Cohort
from .grading import GRADES
from .measure import Column

Groups = dict[str, Callable[[Cohort], Column]]


def _given(grade: int) -> Callable[[Cohort], Column]:
    return lambda c: c.episodes["first_grade"] == grade


SPLITS: dict[str, Groups] = {
    "grade given": {name: _given(int(grade)) for grade, (_, name) in GRADES.items()} | {"ended before a grade": _given(UNGRADED)},
    "care": {"children in care": lambda c: c.episodes.care, "other children": lambda c: ~c.episodes.care},
    "report": {"by day": lambda c: ~c.episodes.at_night, "at night": lambda c: c.episodes.at_night},
}
"""For each split its groups; they cover the cohort and do not overlap."""


class Part(NamedTuple):
    """A measure of one group. `n` is how many there were to take it over."""

    measure: str
    split: str
    group: str
    value: float
    n: int


def splits(cohort: Cohort, measures: tuple[str, ...] = HEADLINES) -> list[Part]:
    """The measures of each group of each split."""
    parts = []
    for split, groups in SPLITS.items():
        for group, belongs in groups.items():
            part = cohort.only(belongs(cohort))
            parts += [Part(id, split, group, MEASURES[id].of(part), MEASURES[id].n(part)) for id in measures]
    return parts
