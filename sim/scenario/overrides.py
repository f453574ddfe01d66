"""Values given on a command line: KEY=VALUE, the value written as in a scenario file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import Any

from .errors import Problem, ScenarioError


def parsed(settings: Iterable[str]) -> dict[str, Any]:
    """`practice.desk_based_share=0.2` as a key and a value. Raises ScenarioError for what is neither."""
    values: dict[str, Any] = {}
    problems = []
    for setting in settings:
        key, equals, text = setting.partition("=")
        key = key.strip()
        try:
            if not equals or not key:
                raise ValueError
            found = tomllib.loads(f"value = {text}")
            if list(found) != ["value"]:
                raise ValueError
            values[key] = found["value"]
        except ValueError:
            allowed = "allowed: KEY=VALUE, the value as in a scenario file, such as practice.desk_based_share=0.2"
            problems.append(Problem("", None, "--set", f'"{setting}" cannot be read', allowed))
        if key in values and sum(other.partition("=")[0].strip() == key for other in settings) > 1:
            problems.append(Problem("", None, "--set", f'"{key}" is set twice', "allowed: each key once"))
    if problems:
        raise ScenarioError(list(dict.fromkeys(problems)))
    return values
