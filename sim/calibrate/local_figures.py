"""A planner's own figures, as a file of aggregates: counts of a year and shares of them, and nothing about any one child.

    [area]                                  [figures]
    title = "Our force"                     RH01 = 45                               # in the unit of the published figure
    episodes = 3200                         RK14 = { value = 38, n = 210 }          # of how many
    episodes_in_care = 1400                 RH02 = { count = 310, of = 420 }        # a share, as its two counts
    children = 1150                         DU12 = { value = 6.5, plus_minus = 1.5 }  # half of a 95% interval
    children_in_care = 240

A figure is named by its id in `calibration/targets.toml`, by one of the ids in it, or by its quantity in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..scenario.document import Document, read
from ..scenario.errors import Problem, ScenarioError
from .target import Target

FEWEST = 10
"""Counts below this can point to a child, and are refused."""
COUNTS = ("episodes", "episodes_in_care", "children", "children_in_care")
WITHIN = (("episodes_in_care", "episodes"), ("children_in_care", "children"), ("children", "episodes"), ("children_in_care", "episodes_in_care"))
"""The first cannot be more than the second."""
FORMS = "allowed: a number, { value, n }, { value, plus_minus } or { count, of }"
AGGREGATES = "allowed: a TOML file with counts of a year and shares of them, under [area] and [figures]"
PERSONS = "holds records, and only aggregates are read: rows about single children or episodes have no place in a model of policies"


@dataclass(frozen=True)
class Local:
    """One local figure, in the unit of the published one; `n` is of how many, `spread` its standard deviation, where the file says."""

    target: Target
    value: float
    n: float | None = None
    spread: float | None = None


@dataclass(frozen=True)
class LocalFigures:
    """What a file says of an area."""

    title: str
    episodes: float | None
    figures: tuple[Local, ...]


def local_figures(path: Path, targets: Sequence[Target]) -> LocalFigures:
    """Read a file. Raises ScenarioError with every fault; a fault never repeats a figure that was refused for being small."""
    if path.suffix.lower() in (".csv", ".tsv", ".parquet", ".xlsx", ".xls", ".json", ".db", ".sqlite"):
        raise ScenarioError(Problem(str(path), None, "--local", PERSONS if path.exists() else "there is no such file", AGGREGATES))
    document = _read(path)
    faults = list(_strange(document))
    if faults:
        raise ScenarioError(faults)
    area: Mapping[str, Any] = document.content.get("area", {})
    faults += _area_faults(document, area)
    found: dict[str, Local] = {}
    for key, given in document.content.get("figures", {}).items():
        target = _named(key, targets)
        problems = _unknown(key, targets) if target is None else _figure_faults(target, given)
        faults += [Problem(str(path), document.line(("figures", key)), key, problem, allowed) for problem, allowed in problems]
        if target is not None and target.id in found:
            faults.append(Problem(str(path), document.line(("figures", key)), key, "is given twice", "allowed: each figure once"))
        if target is not None and not problems:
            found[target.id] = _local(target, given)
    if faults:
        raise ScenarioError(faults)
    for local in _counted(area, targets):
        found.setdefault(local.target.id, local)
    if not found:
        raise ScenarioError(Problem(str(path), None, "figures", "there is no figure in the file", AGGREGATES))
    return LocalFigures(str(area.get("title", "the area")), area.get("episodes"), tuple(found.values()))


def _read(path: Path) -> Document:
    """The file as it is read; no message repeats a line of it, which might be a record or hold a small count. Raises ScenarioError."""
    try:
        return read(path)
    except ScenarioError as error:
        raise ScenarioError([_without_lines(problem) for problem in error.problems]) from None


def _without_lines(found: Problem) -> Problem:
    what = found.problem.split(", in: ")[0].replace(" for a scenario", "")
    return replace(found, problem=what, allowed=AGGREGATES if "scenario" in found.allowed or what != found.problem else found.allowed)


def _strange(document: Document) -> Iterator[Problem]:
    """Tables that have no place in such a file."""
    for key, part in document.content.items():
        line = document.line((key,))
        if isinstance(part, list):
            yield Problem(document.path, line, key, PERSONS, AGGREGATES)
        elif key not in ("area", "figures") or not isinstance(part, dict):
            yield Problem(document.path, line, key, "has no place here", AGGREGATES)
        else:
            for name, value in part.items():
                if isinstance(value, list):
                    yield Problem(document.path, document.line((key, name)), f"{key}.{name}", PERSONS, AGGREGATES)


def _area_faults(document: Document, area: Mapping[str, Any]) -> Iterator[Problem]:
    def fault(key: str, problem: str, allowed: str) -> Problem:
        return Problem(document.path, document.line(("area", key)), f"area.{key}", problem, allowed)

    good = set()
    for key, value in area.items():
        if key == "title":
            if not isinstance(value, str):
                yield fault(key, "must be words in quotes", "")
        elif key not in COUNTS:
            near = get_close_matches(key, COUNTS, n=1) or COUNTS
            yield fault(key, "is not known", f"allowed: title, {', '.join(near)}")
        elif not _number(value) or value != int(value):
            yield fault(key, "must be a whole number", "allowed: the count of one year")
        elif value < FEWEST:
            yield fault(key, f"is a count under {FEWEST}, which may point to a child", "leave it out, or count over a longer time")
        else:
            good.add(key)
    for part, whole in WITHIN:
        if {part, whole} <= good and area[part] > area[whole]:
            yield fault(part, f"is more than {whole}", f"allowed: no more {part} than {whole}")


def _figure_faults(target: Target, given: Any) -> list[tuple[str, str]]:
    """What is wrong with a figure, and what is allowed."""
    if _number(given):
        return _value_faults(target, given)
    if not isinstance(given, dict):
        return [("cannot be read", FORMS)]
    keys = set(given)
    if keys not in ({"value"}, {"value", "n"}, {"value", "plus_minus"}, {"count", "of"}) or not all(map(_number, given.values())):
        return [("cannot be read", FORMS)]
    small = [key for key in ("count", "of", "n") if key in given and given[key] < FEWEST]
    if small:
        return [(f"{', '.join(small)}: a count under {FEWEST} may point to a child", "leave the figure out, or count over a longer time")]
    if keys == {"count", "of"}:
        if target.unit != "%":
            return [("is not a share", "allowed: a number, { value, n } or { value, plus_minus }")]
        if given["count"] > given["of"]:
            return [("count is more than of", "allowed: a part and the whole that it is part of")]
        if 0 < given["of"] - given["count"] < FEWEST:
            return [(f"leaves under {FEWEST}, which may point to a child", "leave the figure out, or count over a longer time")]
        return []
    if given.get("plus_minus", 1.0) <= 0:
        return [("plus_minus must be above 0", "allowed: half of a 95% interval")]
    return _value_faults(target, given["value"])


def _value_faults(target: Target, value: float) -> list[tuple[str, str]]:
    if target.unit == "%" and not 0 <= value <= 100:
        return [("is a share", "allowed: 0 to 100, in per cent")]
    return [] if value >= 0 else [("is below 0", "allowed: 0 or more")]


def _local(target: Target, given: Any) -> Local:
    if not isinstance(given, dict):
        return Local(target, float(given))
    if "count" in given:
        return Local(target, 100.0 * given["count"] / given["of"], float(given["of"]))
    plus_minus = given.get("plus_minus")
    return Local(target, float(given["value"]), given.get("n"), None if plus_minus is None else plus_minus / 1.96)


def _counted(area: Mapping[str, Any], targets: Sequence[Target]) -> Iterator[Local]:
    """Figures that follow from the counts of the area."""
    known = {one: target for target in targets for one in target.evidence}
    for id, part, whole, share in (
        ("CR02", "episodes_in_care", "episodes", True),
        ("CR01", "children_in_care", "children", True),
        ("EP03", "episodes", "children", False),
        ("CR12", "episodes_in_care", "children_in_care", False),
    ):
        if part in area and whole in area and id in known:
            yield Local(known[id], (100.0 if share else 1.0) * area[part] / area[whole], float(area[whole]) if share else None)


def _named(key: str, targets: Sequence[Target]) -> Target | None:
    plain = key.strip().lower().replace("_", " ")
    for target in targets:
        if plain in (target.id.lower(), target.quantity.lower()) or plain.upper() in target.evidence:
            return target
    return None


def _unknown(key: str, targets: Sequence[Target]) -> list[tuple[str, str]]:
    words = {**{id: id for target in targets for id in target.evidence}, **{target.quantity.lower(): target.id for target in targets}}
    near = get_close_matches(key, words, n=3, cutoff=0.4) or get_close_matches(key.lower().replace("_", " "), words, n=3, cutoff=0.3)
    told = "; ".join(f"{words[one]} ({one})" if words[one] != one else one for one in near) or "calibration/targets.toml lists them"
    return [("is not a figure that the model is held to", f"near it: {told}")]


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
