"""A lever: one value of a scenario and the settings it is moved through, as they were asked for in words or in Python."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from ..scenario.difference import Value, values
from ..scenario.errors import Problem, ScenarioError
from ..scenario.json_schema import json_schema
from ..scenario.limits import node, words
from ..scenario.ranges import Range, ranges
from ..scenario.scenario import Scenario
from ..scenario.variant import variant
from ..scenario.wording import nearest, shown

RANGE = "range"
"""Asks for a lever's range in the log of assumptions."""
STEPS = 5
"""Values that a range is gone over in."""
MOST_STEPS = 1_000
FORMS = "allowed: KEY=VALUE,VALUE,... or KEY=LOW:HIGH:COUNT or KEY=range; the elements of a list are parted by semicolons"

PLACES = "allowed: a value of area, world, practice or resources"

Given = str | Sequence[Any]
"""What a lever is to be moved through: values, or the same in words as on a command line."""


class Lever(NamedTuple):
    """A dotted path and its settings, as the scenario holds them: numbers go up, everything else stands as it was asked for."""

    path: str
    values: tuple[Value, ...]


def parted(settings: Iterable[str]) -> dict[str, str]:
    """`practice.desk_based_share=0.1:0.9:5` as a key and a text; a key alone asks for its range. Raises ScenarioError."""
    found: dict[str, str] = {}
    for setting in settings:
        key, equals, text = (part.strip() for part in setting.partition("="))
        if not key or (equals and not text):
            raise ScenarioError(Problem("", None, "--lever", f'"{setting}" cannot be read', FORMS))
        if key in found:
            raise ScenarioError(Problem("", None, "--lever", f'"{key}" is given twice', "allowed: each lever once"))
        found[key] = text or RANGE
    return found


def levers_of(asked: Mapping[str, Given], scenario: Scenario) -> tuple[Lever, ...]:
    """The one or two levers that were asked for, by path or by a key that only one path ends in. Raises ScenarioError."""
    if not 1 <= len(asked) <= 2:
        what = f"{len(asked)} levers are asked for" if asked else "no lever is named"
        raise ScenarioError(Problem("", None, "--lever", what, "allowed: one or two"))
    found = tuple(lever(key, given, scenario) for key, given in asked.items())
    if len({lever.path for lever in found}) < len(found):
        raise ScenarioError(Problem("", None, "--lever", f'"{found[0].path}" is given twice', "allowed: each lever once"))
    return found


def lever(key: str, given: Given, scenario: Scenario) -> Lever:
    """One lever with its settings as this scenario takes them. Raises ScenarioError."""
    path = path_of(key, scenario)
    if isinstance(given, str):
        asked = _in_words(path, given)
    else:
        asked = [tuple(value) if isinstance(value, list) else value.item() if hasattr(value, "item") else value for value in given]
    settled = [_settled(scenario, path, value) for value in asked]
    if given == RANGE:
        settled = list(dict.fromkeys(settled))  # what is counted is rounded, and may come out the same
    else:
        for value, held in zip(asked, settled, strict=True):
            _as_given(path, value, held)
    for place, value in enumerate(settled):
        if value in settled[:place]:
            raise _refused(path, f"{written(value)} is among the values twice", "allowed: each value once")
    if len(settled) < 2:
        raise _refused(path, "has one value" if settled else "has no values", "allowed: two values or more")
    rising = all(_size(value) is not None for value in settled)
    return Lever(path, tuple(sorted(settled, key=_size) if rising else settled))


def path_of(key: str, scenario: Scenario) -> str:
    """The path that a key stands for. Raises ScenarioError for none, for several, and for what no rule of the model reads."""
    known = values(scenario)
    ends = [path for path in known if path.rsplit(".", 1)[-1] == key]
    if key not in known and len(ends) != 1:
        if ends:
            raise _refused(key, "is the name of several values", f"allowed: {', '.join(ends)}")
        raise _refused(key, "is not a value of a scenario", _near(key, list(known)))
    path = key if key in known else ends[0]
    if path.startswith("run."):
        raise _refused(path, "says how the simulation is run, and is the same at every point", PLACES)
    return path


def _near(key: str, known: list[str]) -> str:
    """The paths that were probably meant."""
    if key.split(".")[0] in ("about", "run"):
        return PLACES
    if "." in key:
        return nearest(tuple(key.split(".")), json_schema())
    near = get_close_matches(key, [path.rsplit(".", 1)[-1] for path in known], n=3, cutoff=0.7)
    paths = [path for name in dict.fromkeys(near) for path in known if path.endswith(f".{name}")]
    return f"did you mean {' or '.join(paths)}?" if paths else "`missing-sim schema` lists all"


def written(value: Value) -> str:
    """A setting as it stands on a command line and in a table: 0.35, true, 3;6;12."""
    if isinstance(value, tuple):
        return ";".join(map(written, value))
    return f"{value:.10g}" if isinstance(value, float) else str(value).lower() if isinstance(value, bool) else str(value)


def uniform(value: Value) -> Value:
    """The one number of a list whose elements are all the same; anything else as it is."""
    return value[0] if isinstance(value, tuple) and len(set(value)) == 1 else value


def _size(value: Value) -> Any:
    """What a setting is sorted by; None if it has no size."""
    single = uniform(value)
    return single if isinstance(single, int | float) and not isinstance(single, bool) else None


def _in_words(path: str, text: str) -> list[Value]:
    if text == RANGE:
        return _over_range(path)
    if ":" not in text:
        return [_value(path, part) for part in text.split(",")]
    parts = text.split(":")
    if len(parts) != 3 or not all(part.strip() for part in parts):
        raise _refused(path, f'"{text}" cannot be read', FORMS)
    low, high = _value(path, parts[0]), _value(path, parts[1])
    try:
        count = int(parts[2])
    except ValueError:
        count = 0
    if not 2 <= count <= MOST_STEPS:
        raise _refused(path, f'"{parts[2].strip()}" is not a count of values', f"allowed: a whole number from 2 to {MOST_STEPS:,}")
    pairs = list(zip(_elements(low), _elements(high), strict=False))
    if len(_elements(low)) != len(_elements(high)) or not all(_finite(end) for pair in pairs for end in pair):
        allowed = "allowed: two numbers, or two lists of as many; name words and switches one by one"
        raise _refused(path, f'"{text}" cannot be gone over in steps', allowed)
    if any(one > other for one, other in pairs) or low == high:
        raise _refused(path, f"{parts[0].strip()} is not below {parts[1].strip()}", "allowed: LOW:HIGH:COUNT with LOW below HIGH")
    return _steps(Range(path, "", low, high, "uniform", (), "", ""), count, 10)


def _over_range(path: str) -> list[Value]:
    """A lever's own range in even steps; both ends of a switch or a word."""
    known = ranges()[path]
    if isinstance(known.low, bool | str):
        return [known.low, known.high]
    if not known.varies:
        example = f", such as {path}={written(known.low)},{written(known.high)}" if known.low != known.high else ""
        raise _refused(path, "is a choice, and the log of assumptions gives no range for it to go over", f"name its values{example}")
    return _steps(known, STEPS, 3 if known.distribution == "loguniform" else 10)


def _steps(over: Range, count: int, digits: int) -> list[Value]:
    """Values from low to high, those between rounded to some digits: 0.1 + 2 x 0.1 is then 0.3."""
    between = [_rounded(over.at(place / (count - 1)), digits) for place in range(1, count - 1)]
    return [over.low, *between, over.high]


def _rounded(value: Value, digits: int) -> Value:
    if isinstance(value, tuple):
        return tuple(_rounded(one, digits) for one in value)
    return float(f"{value:.{digits}g}") if isinstance(value, float) else value


def _value(path: str, text: str) -> Value:
    parts = [part.strip() for part in text.split(";")]
    if not all(parts):
        raise _refused(path, f'"{text}" cannot be read', FORMS)
    found = tuple(map(_one, parts))
    return found if len(found) > 1 else found[0]


def _one(text: str) -> float | bool | str:
    if text in ("true", "false"):
        return text == "true"
    try:
        return float(text)
    except ValueError:
        return text.strip("\"'")


def _elements(value: Value) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _finite(value: Any) -> bool:
    return isinstance(value, float) and math.isfinite(value)


def _settled(scenario: Scenario, path: str, value: Value) -> Value:
    """A value as this scenario holds it when it is set. Raises ScenarioError with what is allowed."""
    before = values(scenario)[path]
    if isinstance(value, tuple) and len(value) != len(_elements(before)):
        raise _refused(path, f"{written(value)} is a list of {len(value)}", _allowed(path))
    try:
        return values(variant(scenario, {path: value}, scenario.name))[path]
    except ScenarioError as error:
        raise _refused(path, f"{shown(value)} is not allowed", broken_rule(error) or _allowed(path)) from None


def _as_given(path: str, value: Value, held: Value) -> None:
    """Raises ScenarioError if a value was rounded to a whole number."""
    counts = [one for one in _elements(held) if isinstance(one, int) and not isinstance(one, bool)]
    given = _elements(value) if isinstance(value, tuple) else (value,) * len(counts)
    if any(one != other for one, other in zip(counts, given, strict=False)):
        raise _refused(path, f"{shown(value)} is not a whole number", _allowed(path))


def broken_rule(error: ScenarioError) -> str:
    """What a rule of the schema says that several values broke together, or the elements of one; empty if a value is outside its own limits."""
    lead = "Value error, "
    return error.allowed.removeprefix(lead) if error.allowed.startswith(lead) else ""


def _allowed(path: str) -> str:
    return f"allowed: {words(node(json_schema(), tuple(path.split('.'))))}"


def _refused(path: str, problem: str, allowed: str) -> ScenarioError:
    return ScenarioError(Problem("", None, path, problem, allowed))
