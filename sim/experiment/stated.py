"""The ranges that a scenario states for its own assumptions, and the ends of a failing: its mild one and its severe one."""

from __future__ import annotations

import json
import re

from ..scenario.difference import Value, differences, values
from ..scenario.ranges import ranges
from ..scenario.scenario import Scenario

STATED = re.compile(r"(?P<path>[a-z]+\.[a-z_]+) (?P<low>\[[^\]]*\]|\S+) to (?P<high>\[[^\]]*\]|[^\s;]+?)(?=;|\.?$|\.\s)")
"""practice.overnight_activity 0.1 to 0.3, as `assumed` has it."""


def stated(scenario: Scenario) -> dict[str, tuple[Value, Value]]:
    """The low and the high end of each value whose range the scenario states in `[about] assumed`."""
    found = STATED.finditer(scenario.about.assumed)
    return {one["path"]: (_value(one["low"]), _value(one["high"])) for one in found}


def ends(failing: Scenario, without: Scenario, base: Scenario) -> tuple[dict[str, Value], dict[str, Value], dict[str, Value]]:
    """What a failing sets at the mild end of its assumed range, as its file states it, and at the severe end, by path.

    It sets the ways of working that differ from the scenario `without` it. The mild end of a value is the one that lies nearer to that of `base`,
    where the failing is to be put. A range that the file does not state is the one in the log of assumptions.
    """
    own, here, logged = stated(failing), values(base), ranges()
    mild: dict[str, Value] = {}
    severe: dict[str, Value] = {}
    held: dict[str, Value] = {}
    for path, _, value in differences(without, failing):
        if not path.startswith("practice."):
            continue
        low, high = own.get(path) or (logged[path].low, logged[path].high)
        nearer, further = sorted((low, high), key=lambda end: _distance(end, here[path]))
        mild[path], held[path], severe[path] = nearer, value, further
    return mild, held, severe


def _distance(one: Value, other: Value) -> float:
    """How far apart two values lie; a switch or a word that is another lies one away."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return sum(_distance(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(float(one) - float(other))
    return float(one != other)


def _value(text: str) -> Value:
    """A number, a switch, a list, or else a word."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    value: Value = tuple(found) if isinstance(found, list) else found
    return value
