"""The file of targets read and checked: every fault is told with the target that it is in."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path
from typing import Any

from ..scenario.document import read as document
from ..scenario.errors import Problem, ScenarioError
from .evidence import evidence
from .target import SCALES, Target

ALLOWED: dict[str, tuple[str, ...]] = {"scale": SCALES, "use": ("fit", "validate"), "kind": ("emergent", "input")}
NUMBERS = ("published", "low", "high", "tolerance")
WORDS = ("evidence", "quantity", "unit", "measurement", "why")
OPTIONAL = ("beside", "arguments", "reason")
APART = 2.0
"""Two sources for one measurement contradict each other if they are further apart than this many standard deviations of their difference."""


def read(path: str | Path) -> tuple[tuple[Target, ...], dict[str, str]]:
    """The targets of a file, and the evidence that is not used by its id, with the reason. Raises ScenarioError with every fault."""
    content = document(path).content
    faults: list[Problem] = []

    def fault(key: str, problem: str, allowed: str = "") -> None:
        faults.append(Problem(str(path), None, key, problem, allowed))

    for key in content.keys() - {"target", "not_used"}:
        fault(key, "unknown table", "allowed: [[target]] and [[not_used]]")
    targets = []
    for number, row in enumerate(_rows(content, "target"), 1):
        where = f"target {number} ({row.get('evidence', '?')})"
        found = _faults(row)
        for problem, allowed in found:
            fault(where, problem, allowed)
        if not found:
            targets.append(_target(row))
    for number, row in enumerate(_rows(content, "not_used"), 1):
        for problem, allowed in _reason_faults(row):
            fault(f"not_used {number}", problem, allowed)
    for problem, allowed in _against_each_other(targets):
        fault("target", problem, allowed)
    if not targets and not faults:
        fault("target", "the file has no target", "allowed: at least one [[target]]")
    if faults:
        raise ScenarioError(faults)
    reasons = {id: row["why"] for row in _rows(content, "not_used") for id in row["evidence"]}
    used = {id for target in targets for id in (*target.evidence, *target.beside)}
    if both := sorted(used & set(reasons)):
        raise ScenarioError(Problem(str(path), None, "not_used", f"{', '.join(both)} is used by a target", "allowed: one of the two"))
    return tuple(targets), reasons


def _rows(content: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = content.get(name, [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _faults(row: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with one target by itself, and what is allowed."""
    needed = (*WORDS, *NUMBERS, *ALLOWED)
    found = [(f'unknown key "{key}"', f"allowed: {', '.join((*needed, *OPTIONAL))}") for key in row if key not in (*needed, *OPTIONAL)]
    found += [(f'"{key}" is missing', "every target has it") for key in needed if key not in row]
    found += [(f"{key} must be words in quotes", "") for key in WORDS if key in row and not (isinstance(row[key], str) and row[key].strip())]
    found += [(f"{key} must be a number", "") for key in NUMBERS if key in row and not _is_number(row[key])]
    if not isinstance(row.get("reason", ""), str):
        found.append(("reason must be words in quotes", ""))
    for key, words in ALLOWED.items():
        if key in row and row[key] not in words:
            found.append((f'{key} = "{row[key]}" is not allowed', f"allowed: {', '.join(words)}"))
    if not _are_ids(row.get("beside", [])):
        found.append(("beside must be a list of evidence ids", ""))
    if not isinstance(row.get("arguments", {}), dict):
        found.append(("arguments must be a table", 'allowed: { group = "care" }'))
    return found or _meaning_faults(row)


def _are_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(id, str) for id in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _meaning_faults(row: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with a target whose keys are all there and of the right kind."""
    from .measure.registry import wrong

    ids = [*row["evidence"].split(), *row.get("beside", [])]
    found = [(f'"{id}" is not in evidence.csv', "allowed: an id of its first column") for id in ids if id not in evidence()]
    if row["tolerance"] <= 0:
        found.append((f"tolerance {row['tolerance']:g} is not allowed", "allowed: above 0, one standard deviation in the unit of the figure"))
    if not row["low"] <= row["published"] <= row["high"] or row["low"] == row["high"]:
        found.append((f"the band {row['low']:g} to {row['high']:g} does not hold {row['published']:g}", "allowed: low <= published <= high"))
    if row["scale"] == "log" and row["published"] <= 0:
        found.append((f"published {row['published']:g} has no logarithm", "allowed with scale log: a number above 0"))
    if row["scale"] == "logit" and not 0 < row["published"] < 100:
        found.append((f"published {row['published']:g} has no odds", "allowed with scale logit: per cent, above 0 and below 100"))
    request = wrong(row["measurement"], row.get("arguments", {}))
    return [*found, request] if request else found


def _reason_faults(row: dict[str, Any]) -> list[tuple[str, str]]:
    if row.keys() != {"evidence", "why"} or not _are_ids(row["evidence"]) or not isinstance(row["why"], str) or not row["why"].strip():
        return [("must hold evidence, a list of ids, and why, in words", "")]
    return [(f'"{id}" is not in evidence.csv', "allowed: an id of its first column") for id in row["evidence"] if id not in evidence()]


def _target(row: dict[str, Any]) -> Target:
    words: dict[str, Any] = {key: row[key] for key in (*WORDS[1:], *ALLOWED)}
    numbers: dict[str, Any] = {key: float(row[key]) for key in NUMBERS}
    arguments = tuple(sorted(row.get("arguments", {}).items()))
    reason = row.get("reason", "")
    return Target(id=row["evidence"], beside=tuple(row.get("beside", [])), arguments=arguments, reason=reason, **words, **numbers)


def _against_each_other(targets: list[Target]) -> list[tuple[str, str]]:
    """Targets that are there twice, and pairs that cannot both be met."""
    from .measure.registry import complete

    found = []
    for one, other in combinations(targets, 2):
        same = one.measurement == other.measurement
        same = same and complete(one.measurement, dict(one.arguments)) == complete(other.measurement, dict(other.arguments))
        allowed = math.hypot(one.tolerance, other.tolerance) * APART
        if one.id == other.id or (same and one.published == other.published):
            found.append((f"{one.id} and {other.id} are the same target twice", "allowed: each once"))
        elif same and abs(one.published - other.published) > allowed:
            far = f"{one.id} ({one.published:g}) and {other.id} ({other.published:g}) contradict each other: {one.measurement} cannot be both"
            found.append((far, f"allowed: at most {allowed:g} apart, or one target with a tolerance that spans both"))
    return found
