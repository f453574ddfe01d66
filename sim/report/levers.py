"""What differs between two scenarios, in plain words: each value before and after, its range, and what it rests on."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from ..scenario.difference import differences
from ..scenario.library import data
from ..scenario.scenario import Scenario

SECTIONS = {"area": "Area", "world": "World", "practice": "Practice", "resources": "People on duty", "run": "Run"}
NOT_OF_THE_RUN = ("run.seed", "run.replications")
"""What a command sets anew, whatever the files say."""

GRADES = ("no apparent risk", "low", "medium", "high")
HOMES = ("with family", "foster care", "children's home", "supported accommodation")
SHIFTS = ("early", "late", "night")
LINES = ("urgent", "priority", "routine", "interviews")

RESTS_ON = {
    "A": "good sources",
    "B": "one good source",
    "C": "a source that comes near",
    "D": "assumption: no source found",
    "assumption": "assumption: no source expected",
}
RANGES = re.compile(r"(?P<path>[a-z]+\.[a-z_]+) (?P<low>\[[^\]]*\]|\S+) to (?P<high>\[[^\]]*\]|[^\s;]+?)(?=;|\.?$|\.\s)")


@dataclass(frozen=True)
class Lever:
    """One value that differs."""

    path: str
    section: str
    words: str
    before: str
    after: str
    span: str
    rests_on: str
    assumed: bool


def levers(a: Scenario, b: Scenario) -> list[Lever]:
    """Every value that differs in effect, in the order of the schema."""
    stated = {**_stated(a), **_stated(b)}
    return [_lever(*found, a, stated) for found in differences(a, b) if found.path not in NOT_OF_THE_RUN]


@cache
def log() -> dict[str, dict[str, str]]:
    """The log of assumptions by path."""
    with (data("calibration") / "assumptions.csv").open(encoding="utf-8", newline="") as file:
        return {row["path"]: row for row in csv.DictReader(file)}


def _lever(path: str, before: Any, after: Any, scenario: Scenario, stated: dict[str, tuple[str, str, str]]) -> Lever:
    section, _, key = path.partition(".")
    known = log().get(path, {})
    unit = known.get("unit", "")
    described = type(getattr(scenario, section)).model_fields[key].description or key.replace("_", " ")
    words = described[0].upper() + described[1:]
    span = _span(path, _parsed(known.get("low", "")), _parsed(known.get("high", "")), unit)
    reliability = known.get("reliability", "assumption")
    rests_on, assumed = RESTS_ON.get(reliability, reliability), path in stated or reliability in ("D", "assumption")
    if path in stated:
        low, high, name = stated[path]
        rests_on = f"assumption: no rate was published; {_span(path, _parsed(low), _parsed(high), unit)} would fit the finding of {name}"
    elif not assumed:
        rests_on = f"{rests_on}: {', '.join(known.get('evidence', '').split())}"
    return Lever(path, SECTIONS[section], words, shown(path, before, unit), shown(path, after, unit), span, rests_on, assumed)


def _stated(scenario: Scenario) -> dict[str, tuple[str, str, str]]:
    """The ranges that a finding states for itself, with its name."""
    return {found["path"]: (found["low"], found["high"], scenario.name) for found in RANGES.finditer(scenario.about.assumed)}


def grounds(scenario: Scenario) -> str:
    """What a scenario says of its own assumptions, without the ranges, which stand in the table."""
    return scenario.about.assumed.split(" Ranges: ")[0]


def _parsed(text: str) -> Any:
    """A value of the log or of a statement of ranges."""
    parts = [part.strip() for part in re.split(r"[;,]", text.strip("[] ")) if part.strip()]
    values = tuple(_number(part) for part in parts)
    return values[0] if len(values) == 1 else values


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return {"true": True, "false": False}.get(text, text)


def _span(path: str, low: Any, high: Any, unit: str) -> str:
    if low == () or high == ():
        return "not given"
    if low is False and high is True:
        return "no or yes"
    if isinstance(low, str) or isinstance(high, str):
        return f"{str(low).capitalize()} or {str(high).capitalize()}"
    if low == high:
        return shown(path, low, unit)
    if isinstance(low, tuple) and isinstance(high, tuple) and len(low) == len(high):
        return _by_name(path, [f"{_plain(one, unit)} to {_plain(other, unit)}" for one, other in zip(low, high, strict=True)])
    return f"{_plain(low, unit)} to {shown(path, high, unit)}"


def shown(path: str, value: Any, unit: str) -> str:
    """A value with its unit: 35%, 8 hours, yes; a list with what each of its values is for."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return _by_name(path, [_plain(item, unit) for item in value])
    if isinstance(value, int | float):
        noun = "" if unit in ("share", "factor", "factor added", "seed", "year") else unit
        noun = re.sub(r"s\b", "", noun, count=1) if value == 1 and noun.split(" ")[0] not in ("log", "sd") else noun
        return f"{_plain(value, unit)} {noun}".strip()
    return str(value).capitalize() if value is not None else "none"


def _plain(value: Any, unit: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if unit == "year":
        return f"{value:.0f}"
    return f"{100 * value:,.4g}%" if unit == "share" else f"{value:,.6g}".replace("-", "\N{MINUS SIGN}")


def _by_name(path: str, texts: list[str]) -> str:
    names = _names(path, len(texts))
    if not names:
        return ", ".join(_runs(texts))
    return "; ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))


def _runs(texts: list[str]) -> list[str]:
    """A list in which every value is the same is said once."""
    return texts[:1] if len(texts) > 1 and all(one == other for one, other in pairwise(texts)) else texts


def _names(path: str, length: int) -> tuple[str, ...]:
    """What the places of a list stand for."""
    if path == "resources.escalate_after_hours":
        return LINES
    if path in ("resources.desk_staff", "resources.response_units"):
        return SHIFTS
    if path.endswith("grade_cuts") or path.endswith("reference_cuts"):
        return GRADES[1:]
    if path.startswith("practice.") and length == len(GRADES):
        return GRADES
    return HOMES if length == len(HOMES) else ()
