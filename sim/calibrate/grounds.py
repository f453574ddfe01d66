"""What a fit rests on: the numbers of published figures and of ranges, and not the words beside them. If they change, another fit is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from ..scenario.ranges import Range
from .prior import Prior
from .target import Target
from .targets import targets

FILES = {"figures": "calibration/targets.toml", "ranges": "calibration/assumptions.csv"}


def grounds(figures: Iterable[Target] | None = None, rows: Iterable[Range] | None = None) -> dict[str, str]:
    """A hash of what a fit reads of the figures (value, tolerance, scale, use, and how each is counted), and one of the ranges of all unknowns: of
    those that come with the package, if none are given. Sixteen hexadecimal digits each. Raises ScenarioError if a file is wrong."""
    read = [(t.id, t.published, t.tolerance, t.scale, t.use, t.measurement, t.arguments) for t in (targets() if figures is None else figures)]
    open_ = [(r.path, r.low, r.high, r.distribution) for r in (Prior.of().rows if rows is None else rows)]
    return {"figures": _hash(read), "ranges": _hash(open_)}


def changed(about: Mapping[str, Any]) -> str:
    """What is otherwise now than when a posterior was fitted, in words; empty if nothing is."""
    then = about.get("rests_on", {})
    other = [f"the {name} ({FILES[name]})" for name, now in grounds().items() if then.get(name) != now]
    return f"{' and '.join(other)} changed after the fit" if other else ""


def _hash(rows: list[tuple[Any, ...]]) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]
