"""What really differs between two scenarios, whatever their files look like."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple

from .kinds import Section
from .scenario import Scenario

Value = bool | int | float | str | tuple[Any, ...] | None


class Difference(NamedTuple):
    """One key that differs: its dotted path, and its value in each of the two scenarios. A list counts as one value."""

    path: str
    a: Value
    b: Value


def values(scenario: Scenario) -> dict[str, Value]:
    """Every value that a run depends on, by dotted path, in the order of the schema. Words stand as in a file.

    What the file says about itself, and its name, are left out.
    """
    found: dict[str, Value] = {}
    for name, value in scenario:
        if name not in ("name", "about"):
            _collect(value, f"{name}.", found)
    return found


def differences(a: Scenario, b: Scenario) -> list[Difference]:
    """Every key whose value differs, in the order of the schema; empty if the two scenarios are the same in effect."""
    ours, theirs = values(a), values(b)
    return [Difference(path, value, theirs[path]) for path, value in ours.items() if value != theirs[path]]


def _collect(section: Section, path: str, found: dict[str, Value]) -> None:
    for name, value in section:
        if isinstance(value, Section):
            _collect(value, f"{path}{name}.", found)
        else:
            found[path + name] = value.name.lower() if isinstance(value, Enum) else value
