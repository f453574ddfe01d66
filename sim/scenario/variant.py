"""A scenario with some values changed, under a name of its own: what sweeps and sensitivity analyses are made of."""

from __future__ import annotations

import math
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from .difference import Value, values
from .errors import Problem, ScenarioError
from .scenario import Scenario


def variant(scenario: Scenario, changes: Mapping[str, Value], name: str, title: str = "") -> Scenario:
    """The scenario with these values, by dotted path. A number for a list moves every element to it; whole numbers are rounded, and shares that
    must sum to one are made to. Raises ScenarioError for a path that no scenario has or a value that is not allowed."""
    content = scenario.model_dump()
    for path, value in changes.items():
        section, _, key = path.partition(".")
        if section in ("name", "about") or key not in content.get(section, ()):
            near = ", ".join(get_close_matches(path, values(scenario), n=3, cutoff=0.5)) or "missing-sim schema lists them"
            raise ScenarioError(Problem(name, None, path, "is not a value of a scenario", f"near it: {near}"))
        content[section][key] = _fitting(content[section][key], value, path)
    content["name"] = name
    content["about"]["title"] = title or name
    try:
        return _sharing(scenario, Scenario.model_validate(content))
    except ValidationError as error:
        found = [Problem(name, None, ".".join(map(str, one["loc"])), f"{one['input']!r} is not allowed", one["msg"]) for one in error.errors()]
        raise ScenarioError(found) from None


def _sharing(scenario: Scenario, other: Scenario) -> Scenario:
    """The other, which holds nothing twice that the scenario holds as well: a sample has thousands of variants."""
    for name in type(scenario).model_fields:
        section, own = getattr(scenario, name), getattr(other, name)
        if section == own:
            other.__dict__[name] = section
        elif isinstance(section, BaseModel):
            own.__dict__.update({key: value for key, value in section.__dict__.items() if value == own.__dict__[key]})
            if section.model_fields_set == own.model_fields_set:
                object.__setattr__(own, "__pydantic_fields_set__", section.model_fields_set)
    return other


def _fitting(before: Any, value: Value, path: str) -> Any:
    """The value in the kind of the one that it replaces."""
    if isinstance(before, tuple):
        given = value if isinstance(value, tuple) else (value,) * len(before)
        found = tuple(_fitting(one, other, path) for one, other in zip(before, given, strict=len(given) == len(before)))
        total = math.fsum(found) if path.endswith("_mix") else 0.0
        return tuple(share / total for share in found) if total > 0.0 else found
    if isinstance(before, int) and not isinstance(before, bool) and isinstance(value, float):
        return type(before)(round(value))
    return value
