"""Factors: the parameters that a sensitivity analysis goes over, each through its range in the log of assumptions, and luck beside them.

A parameter that the log calls fixed is a choice, or goes with an area: it has no range, and is left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, NamedTuple

from ..scenario.difference import Value
from ..scenario.errors import Problem, ScenarioError
from ..scenario.ranges import ranges
from ..scenario.scenario import Scenario
from ..scenario.variant import variant
from .findings import Findings
from .lever import broken_rule, path_of, written
from .reading import WHOLE
from .study import How

LUCK = "luck"
"""The name of the factor that is not a parameter: which luck the simulated children and services have."""

OVER = {"practice": ("practice",), "world": ("world",), "both": ("practice", "world"), "resources": ("resources",)}
"""What can be gone over, and the sections of a scenario in which it stands."""


class Factors(NamedTuple):
    """The paths of the parameters that vary, in the order of the schema, and how many choices were left out."""

    paths: tuple[str, ...]
    choices: int


def factors(scenario: Scenario, over: str, parameters: Iterable[str] | None = None) -> Factors:
    """The parameters of a part of the scenario, or only those that are named, by path or by a key that one path ends in. Raises ScenarioError."""
    if over not in OVER:
        raise ScenarioError(Problem("", None, "--over", f'"{over}" is not known', f"allowed: {', '.join(OVER)}"))
    known = ranges()
    named = list(dict.fromkeys(path_of(key, scenario) for key in parameters or ()))
    for path in named:
        if not known[path].varies:
            allowed = "allowed: a parameter with a range in calibration/assumptions.csv; missing-sim sweep goes over named values"
            raise ScenarioError(Problem("", None, path, "is a choice and has no range to vary over", allowed))
    if named:
        return Factors(tuple(path for path in known if path in named), 0)
    within = [path for path in known if path.split(".")[0] in OVER[over]]
    paths = tuple(path for path in within if known[path].varies)
    return Factors(paths, len(within) - len(paths))


def rests_on_assumption(scenario: Scenario, path: str) -> bool:
    """Has this parameter no source: by the log of assumptions, or because the scenario states its value as an assumption of its own?"""
    stated = re.search(rf"\b{re.escape(path)}\s", scenario.about.assumed) is not None
    return stated or ranges()[path].assumed


def evidence(path: str) -> str:
    """The sources of a parameter's range, or the word assumption."""
    return " ".join(ranges()[path].evidence)


def point(scenario: Scenario, settings: Mapping[str, Value], name: str) -> Scenario:
    """The scenario with these values. Raises ScenarioError where they do not go with its other values."""
    try:
        return variant(scenario, settings, name)
    except ScenarioError as error:
        told = ", ".join(f"{path}={written(value)}" for path, value in list(settings.items())[:2]) + (", ..." if len(settings) > 2 else "")
        allowed = f"{broken_rule(error) or error.allowed}; name the parameters that may vary with --parameter"
        raise ScenarioError(Problem(scenario.name, None, error.key, f"{told} is not allowed here", allowed)) from None


def at(path: str, share: float) -> Value:
    """The value of a parameter at a share of the way through its range."""
    return ranges()[path].at(share)


def once_each(how: How, option: str) -> How:
    """How a sample is simulated, each point once. Raises ScenarioError if replications are asked for: `option` says how many points there are."""
    if how.get("replications") is not None:
        told = "does not go with this method, which simulates each point of its sample once"
        raise ScenarioError(Problem("", None, "--replications", told, f"allowed: {option}"))
    return {**how, "replications": 1, "overrides": None, "area": None}


def salib(module: str) -> Any:
    """A module of the package SALib, loaded when it is needed (it takes a second). Raises ScenarioError if it is not installed."""
    try:
        return import_module(f"SALib.{module}")
    except ModuleNotFoundError as error:
        allowed = f"in the repository: pip install -e '.[analysis]' (there is no package {error.name})"
        raise ScenarioError(Problem("", None, "sensitivity", "this method needs the package SALib", allowed)) from None


def problem(count: int) -> dict[str, Any]:
    """So many factors as SALib wants to be told of them, each from 0 to 1."""
    return {"num_vars": count, "names": [f"x{place}" for place in range(count)], "bounds": [[0.0, 1.0]] * count}


@dataclass(frozen=True)
class Variants(Findings):
    """Findings whose scenarios are all variants of the first: what the three kinds of sensitivity analysis share."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "notices", self._condensed())

    def _condensed(self) -> tuple[str, ...]:
        """The notices, with one for all the variants that assume another area or another world instead of one for each."""
        each = set(self.plan.notices())
        if not each:
            return self.notices
        told = "Variants that assume another world or another area were warmed up by themselves: what they differ in are not effects of practice."
        return tuple(dict.fromkeys([told, *(notice for notice in self.notices if notice not in each)]))

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The parameters that were varied."""
        return tuple(self.request["parameters"])

    @property
    def choices(self) -> int:
        """How many parameters were left out because they are choices."""
        return int(self.request["choices"])

    @cached_property
    def measures(self) -> list[str]:
        """The measures that were asked for."""
        return [measure for measure, split, _ in self.values.quantities if split == WHOLE]

    @cached_property
    def assumed(self) -> dict[str, bool]:
        """Which parameters rest on no source."""
        return {path: rests_on_assumption(self.plan.baseline, path) for path in self.paths}

    def grounds(self, name: str) -> dict[str, Any]:
        """What a factor rests on, as the last columns of a table."""
        if name == LUCK:
            return {"assumed": False, "evidence": "chance"}
        return {"assumed": self.assumed[name], "evidence": evidence(name)}
