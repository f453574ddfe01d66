"""Who stands in a plan of failings and findings: each failing at three degrees, each finding with its own counterfactual, what is the same once."""

from __future__ import annotations

from typing import Any

from ..scenario.difference import Value, values
from ..scenario.errors import Problem, ScenarioError
from ..scenario.scenario import Scenario
from ..scenario.variant import variant
from .stated import ends

DEGREES = ("mild", "stated", "severe")
"""How severe a failing is assumed to be: either end of its range, and as its file has it."""

PLACE = {"area": "another area", "world": "another world"}
SAME = {"failing": {**PLACE, "resources": "other people on duty"}, "finding": PLACE}
"""What must be as in the baseline, and what is said where it is not. A finding brings its own people: its counterfactual has the same."""


class Cast:
    """The scenarios of a plan, the baseline first; what is the same in effect stands in it once."""

    def __init__(self, base: Scenario) -> None:
        self.scenarios = [base]
        self._held = {_effective(base): 0}

    def failing(self, scenario: Scenario, without: Scenario) -> dict[str, Any]:
        """A failing put into the baseline at each degree: name, title, and where it stands. Raises ScenarioError if it cannot be put there."""
        base, places = self.scenarios[0], {}
        for degree, changed in zip(DEGREES, ends(scenario, without, base), strict=True):
            name = scenario.name if degree == "stated" else f"{scenario.name} {degree}"
            found = variant(base, changed, name, scenario.about.title)
            places[degree] = self._place(found.model_copy(update={"about": scenario.about}))
        return {"name": scenario.name, "title": scenario.about.title, "places": places}

    def finding(self, scenario: Scenario, without: Scenario) -> dict[str, Any]:
        """A finding as it is, and with its ways of working put right: the same area, the same people on duty."""
        right = scenario.model_copy(update={"practice": without.practice, "name": f"{scenario.name} put right", "about": without.about})
        place, counterfactual = self._place(scenario), self._place(right)
        return {"name": scenario.name, "title": scenario.about.title, "place": place, "counterfactual": counterfactual}

    def _place(self, scenario: Scenario) -> int:
        """Where a scenario stands."""
        found = self._held.setdefault(_effective(scenario), len(self.scenarios))
        if found == len(self.scenarios):
            self.scenarios.append(scenario)
        return found


def check(scenario: Scenario, base: Scenario) -> None:
    """Raises ScenarioError if a scenario is neither failing nor finding, or has another area, another world or, as a failing, other people on duty
    than the baseline into which it is put."""
    if scenario.about.kind not in SAME:
        what = f'is of kind "{scenario.about.kind}"'
        raise ScenarioError(Problem(scenario.name, None, "about.kind", what, 'allowed: files of kind "failing" or "finding"'))
    other = [words for section, words in SAME[scenario.about.kind].items() if getattr(scenario, section) != getattr(base, section)]
    if other:
        allowed = "allowed: what differs in ways of working only (--area lays one area over all)"
        raise ScenarioError(Problem(scenario.name, None, "", f"has {' and '.join(other)} than {base.name}", allowed))


def _effective(scenario: Scenario) -> tuple[tuple[str, Value], ...]:
    """What a run of it depends on."""
    return tuple((path, value) for path, value in values(scenario).items() if path not in ("run.seed", "run.replications"))
