"""From a request to the exercises of a pack: the cases are found, their crowds of pairs simulated, and each is told.

The story room does all of that. Here it is only said which cases there are to be, and what is done where an area has none of a type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ... import __version__
from ...scenario.errors import Problem, ScenarioError
from ..numbers import listed
from .selection import ALWAYS, selection

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """The exercises in order as plain JSON, how they were made, and what to say of it."""

    exercises: tuple[Mapping[str, Any], ...]
    about: Mapping[str, Any]
    provenance: str
    notices: tuple[str, ...]


def make(
    scenario: str | Path,
    area: str | Path | None,
    seed: int | None,
    cases: Sequence[str] | None,
    pairs: int,
    workers: int | None = None,
    tell: Tell = lambda _: None,
) -> Made:
    """The exercises of a pack. `tell` hears what is being done. Raises ScenarioError for a wrong request, or where there are no such cases."""
    from ...story.asked import asked
    from ...story.case_type import TYPES
    from ...story.crowd import FEWEST, MOST, crowds

    types, notices = selection(cases, list(TYPES))
    if not FEWEST <= pairs <= MOST:
        raise ScenarioError(Problem("", None, "--pairs", f"{pairs:,} is out of range", f"allowed: {FEWEST} to {MOST:,}"))
    place = asked(scenario, seed, 0, area)
    found, absent = _found(place, types, types if cases else ALWAYS, tell)
    if absent:
        notices.append(f"{listed(absent)}: no such case in the areas of {place.scenario.name} that were looked at, so there is none in the pack.")
    types = list(found)
    told = crowds(place, types, pairs, workers, progress=lambda done, of: tell(f"Simulating pairs: {done:,} of {of:,}"))
    exercises = tuple({**found[one].as_dict(), "crowd": told[one].as_dict()} for one in types)
    about = {"scenario": place.scenario.name, "area": place.area, "seed": place.seed, "pairs": pairs, "cases": types}
    provenance = (
        f"Simulated data. missing-sim {__version__}, scenario {place.scenario.name}, area {place.area}, seed {place.seed}, {pairs:,} pairs a case, "
        "95% t intervals over simulated areas."
    )
    return Made(exercises, about, provenance, tuple(notices))


def _found(place: Any, types: Sequence[str], asked_for: Sequence[str], tell: Tell) -> tuple[dict[str, Any], list[str]]:
    """The exercise of each type, without a crowd, and the types of which there is none. Raises ScenarioError if one of these was asked for."""
    from ...story.case_type import TYPES
    from ...story.cases import Area
    from ...story.script import of_pack

    places: dict[int, Area] = {}
    found: dict[str, Any] = {}
    absent: list[str] = []
    refused: list[Problem] = []
    for number, one in enumerate(types, 1):
        tell(f"Telling case {number} of {len(types)}")
        try:
            found |= {one: of_pack(place, TYPES[one], places)}
        except ScenarioError as error:
            if one in asked_for:
                hint = f"try another --seed, or a scenario in which it is more frequent: {', '.join(TYPES[one].more_in)}"
                refused.append(Problem("", None, "--cases", error.problem, hint))
            absent.append(one)
    if refused:
        raise ScenarioError(refused)
    return found, absent
