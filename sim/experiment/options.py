"""What may be chosen between and by what, and how many draws it takes: requests are refused here, before anything is simulated."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from ..outcomes.catalogue import MEASURES
from ..outcomes.measure import NEITHER
from ..scenario.errors import Problem, ScenarioError
from ..scenario.scenario import Scenario
from .cast import PLACE
from .reading import known

FEWEST = 20
"""Draws without which nothing is said of what to learn."""
FOUR = 4
"""Replications that share two draws."""


def of_draws(draws: int) -> int:
    """The replications that give each of so many draws two lucks; an odd one is left."""
    return FOUR * (draws // 2)


def many(replications: int, most: int) -> None:
    """Raises ScenarioError unless so many replications give draws enough, each with two lucks, and none of them twice."""
    least = of_draws(FEWEST)
    if not isinstance(replications, int) or not least <= replications <= most or replications % FOUR:
        allowed = f"allowed: a multiple of {FOUR} from {least} to {most:,}, as four replications share two draws and {FEWEST} draws are the fewest"
        if most < least:
            allowed = f"the posterior has too few draws: {FEWEST} are the fewest"
        raise ScenarioError(Problem("", None, "--replications", f"{replications!r} is not allowed", allowed))


def weighing(measure: str, weigh: Mapping[str, float]) -> dict[str, float]:
    """What is weighed, the first measure at 1. Raises ScenarioError."""
    ids = (*known((measure,)), *(known(weigh, "--weigh") if weigh else ()))
    for id in ids:
        if MEASURES[id].direction == NEITHER:
            option = "--measure" if id == measure else "--weigh"
            what = f"{id} has no better side: neither more nor less of it is better"
            raise ScenarioError(Problem("", None, option, what, "allowed: a measure with a better side, see docs/reference/measures.md"))
    for id, weight in weigh.items():
        if id == measure:
            raise ScenarioError(Problem("", None, "--weigh", f"{id} is what the others are weighed against", "allowed: other measures"))
        if not (isfinite(weight) and weight > 0):
            allowed = "allowed: a number above 0, what one unit of it counts in units of the first measure; its better side is known"
            raise ScenarioError(Problem("", None, "--weigh", f"{id}={weight:g} is not allowed", allowed))
    return {measure: 1.0} | {id: float(weight) for id, weight in weigh.items()}


def check(chosen: tuple[Scenario, ...]) -> None:
    """Raises ScenarioError if an option is another place or another world: neither is anybody's to choose."""
    base = chosen[0]
    for scenario in chosen[1:]:
        other = [words for section, words in PLACE.items() if getattr(scenario, section) != getattr(base, section)]
        if other:
            allowed = "allowed: what differs in ways of working or in people on duty (--area lays one area over all)"
            raise ScenarioError(Problem(scenario.name, None, "", f"has {' and '.join(other)} than {base.name}", allowed))
