"""Published findings of inspections, and which of them may be set against each other: a finding stands against its own counterfactual only.

No rate was published for any of them. Their sizes are assumed, so the difference between two would say nothing of the forces, nor of what changed in
one force from one date to the next. Failings are ranked, forces never.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ..scenario.errors import Problem, ScenarioError
from ..scenario.library import entries, names
from ..scenario.scenario import Scenario

KIND = "finding"
Sides = Iterable[tuple[Scenario, Scenario]]
"""Pairs of scenarios of which the second is set against the first."""


def apart(a: Scenario, b: Scenario) -> bool:
    """Are these about two different findings? Not if one is a what-if on the other, or both are what-ifs on one: what names a finding as its
    counterfactual, or states the same."""
    ours, theirs = _findings(a), _findings(b)
    related = ours & theirs or _counterfactual(a) == b.name or _counterfactual(b) == a.name
    return bool(ours and theirs and not related)


def _findings(scenario: Scenario) -> set[str]:
    """By what names and in what words the finding is known that a scenario is about; empty if it is about none."""
    about, against = scenario.about, _counterfactual(scenario)
    own = {scenario.name, about.finding.strip()} - {""} if about.kind == KIND else set()
    return own | ({against} & _library())


@cache
def _library() -> frozenset[str]:
    """The findings of the library."""
    return frozenset(entry.name for entry in entries() if entry.kind == KIND)


def several(scenarios: Iterable[Scenario]) -> bool:
    """Are there different findings among these?"""
    findings = [scenario for scenario in scenarios if _findings(scenario)]
    return any(apart(findings[0], other) for other in findings[1:])


def check(sides: Sides) -> None:
    """Raises ScenarioError if two different findings are set against each other."""
    for a, b in sides:
        if apart(a, b):
            raise refusal(a, b, _allowed(a, b))


def refusal(a: Scenario, b: Scenario, allowed: str) -> ScenarioError:
    """Why a difference between two findings is not taken, and what is allowed instead."""
    why = "their sizes are assumed, so the difference between them would say nothing of any force, nor of what changed in one"
    what = f"is about a published finding, and {a.name} about another: {why}"
    return ScenarioError(Problem(b.name, None, "", what, allowed))


def _allowed(a: Scenario, b: Scenario) -> str:
    """Each against its own counterfactual: as commands if all are of the library, else in words."""
    each, against = f"{a.name} {b.name}", _counterfactual(a)
    if against == _counterfactual(b) and {a.name, b.name, against} <= set(names()):
        said = f"missing-sim compare {against} {each}, missing-sim failings {each}, or missing-sim explain with one of them alone"
        return f"allowed: each against its own counterfactual ({said})"
    one, other = (f"{scenario.name} against {_counterfactual(scenario) or 'a scenario that is no finding'}" for scenario in (a, b))
    return f"allowed: each against its own counterfactual ({one}, {other}); a what-if on a finding names it as its about.counterfactual"


def _counterfactual(scenario: Scenario) -> str:
    """The name of the scenario that a file gives as its counterfactual, by name or by path; empty if it gives none."""
    return Path(scenario.about.counterfactual).name.removesuffix(".toml")
