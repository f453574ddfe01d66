"""What is read off each simulated cohort: every measure with the headlines by group, or only the measures that were asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from ..outcomes.catalogue import HEADLINES, MEASURES
from ..outcomes.cohort import Cohort
from ..outcomes.split import Part, splits
from ..scenario.errors import Problem, ScenarioError

WHOLE = ""
"""The split and the group of a measure that is taken over the whole cohort."""


class Reading(Protocol):
    """Gives the parts of a cohort that are kept, the same ones for every cohort. Its `repr` is part of what an experiment is known by."""

    def __call__(self, cohort: Cohort) -> list[Part]:
        """The values, each with the number that it was taken over."""
        ...


def measured(cohort: Cohort, ids: Iterable[str]) -> list[Part]:
    """Measures of the whole cohort."""
    return [Part(id, WHOLE, WHOLE, float(MEASURES[id].of(cohort)), int(MEASURES[id].n(cohort))) for id in ids]


@dataclass(frozen=True)
class Everything:
    """Every measure, and the headline measures by group."""

    def __call__(self, cohort: Cohort) -> list[Part]:
        """All measures in the order of the catalogue, then the parts of the splits."""
        return measured(cohort, MEASURES) + splits(cohort)


@dataclass(frozen=True)
class Only:
    """A few measures, by id."""

    ids: tuple[str, ...] = HEADLINES

    def __call__(self, cohort: Cohort) -> list[Part]:
        """These measures, in this order."""
        return measured(cohort, self.ids)


def known(ids: Iterable[str], option: str = "--measure") -> tuple[str, ...]:
    """These ids, each once; none means the ten headlines. Raises ScenarioError for an id that no measure has."""
    from difflib import get_close_matches

    asked = tuple(dict.fromkeys(ids))
    for id in asked:
        if id not in MEASURES:
            near = [one for one in MEASURES if one.lower() == id.lower()] or get_close_matches(id, MEASURES, n=3, cutoff=0.5)
            some = f"near it: {', '.join(near)}" if near else f"the headline measures are: {', '.join(HEADLINES)}"
            raise ScenarioError(Problem("", None, option, f'"{id}" is not a measure', f"see docs/reference/measures.md; {some}"))
    return asked or HEADLINES
