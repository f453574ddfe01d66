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
from ..numbers import counted, listed
from .selection import ALWAYS, selection

AREAS = 20
"""Areas in which a case is sought: the replications from 0 on."""
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
    from ...story.script import script
    from ...story.twin import chosen

    types, notices = selection(cases, list(TYPES))
    if not FEWEST <= pairs <= MOST:
        raise ScenarioError(Problem("", None, "--pairs", f"{pairs:,} is out of range", f"allowed: {FEWEST} to {MOST:,}"))
    place = asked(scenario, seed, 0, area)
    tell("Looking for cases")
    areas, absent = _areas(place, types, asked_for=cases or ALWAYS)
    types = [one for one in types if one not in absent]
    if absent:
        notices.append(f"{listed(absent)}: no such case in {counted(AREAS, 'area')} of {place.scenario.name}, so there is none in the pack.")
    tell(f"Simulating {pairs:,} pairs of each of {counted(len(types), 'case')}")
    told = crowds(place, types, pairs, workers)
    exercises = []
    for number, one in enumerate(types, 1):
        tell(f"Telling case {number} of {len(types)}")
        where = areas[one]
        exercises.append(script(where, chosen(where, TYPES[one]), told[one].as_dict()).as_dict())
    name = area if area is not None else "as the scenario says"
    about = {"scenario": place.scenario.name, "area": str(name), "seed": place.seed, "pairs": pairs, "cases": types}
    provenance = (
        f"Simulated data. missing-sim {__version__}, scenario {place.scenario.name}, area {name}, seed {place.seed}, {pairs:,} pairs a case, "
        "95% t intervals over simulated areas."
    )
    return Made(tuple(exercises), about, provenance, tuple(notices))


def _areas(place: Any, types: Sequence[str], asked_for: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """For each type the first area that has such a case, and the types of which none has one. Raises ScenarioError if one of these was asked for."""
    from ...story.case_type import TYPES
    from ...story.cases import Area

    found: dict[str, Any] = {}
    for number in range(AREAS):
        if len(found) == len(types):
            break
        here = Area(place.of(number), trace=True)
        found |= {one: here for one in types if one not in found and len(here.matching(TYPES[one]))}
    absent = [one for one in types if one not in found]
    refused = [one for one in absent if one in asked_for or one in ALWAYS]
    if refused:
        words = f"no such case in {counted(AREAS, 'area')} of {place.scenario.name} with seed {place.seed}"
        hints = [f"try another --seed, or a scenario in which it is more frequent: {', '.join(TYPES[one].more_in)}" for one in refused]
        raise ScenarioError([Problem("", None, "--cases", f"{one}: {words}", hint) for one, hint in zip(refused, hints, strict=True)])
    return found, absent
