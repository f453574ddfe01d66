"""The posterior: draws of what is not known about the world and about usual practice, as `missing-sim calibrate` left them.

    posterior.parquet   a row for each draw, a column for each unknown value
    posterior.json      how it was fitted: to which edition of the model, to which targets, from which prior; and which values are drawn
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..scenario import load
from ..scenario.difference import values
from ..scenario.errors import Problem, ScenarioError
from ..scenario.library import data
from .draws import Draws, kept
from .edition import edition

USUAL = "baseline"
"""The scenario of the library whose values stand for what is not known, where the posterior says that they are drawn. Where it says that they are
held, usual practice was judged, and that is decided like whatever else a scenario says."""
PASSED_ON = ("edition", "drawn", "held")


def committed() -> Path:
    """Where the posterior that comes with the package lies."""
    return data("calibration") / "posterior.parquet"


def posterior(path: str | Path | None = None) -> Draws:
    """The draws that a file holds, or those that come with the package. Raises ScenarioError if there are none, or if they were fitted to another
    edition of the model."""
    place = committed() if path is None else Path(path)
    return _opened(place, place.stat().st_mtime_ns if place.exists() else 0)


@cache
def _opened(place: Path, changed: int) -> Draws:
    allowed = "fit it again with `missing-sim calibrate`, or ask for --fixed values"
    about = described(place)
    if about.get("edition") != edition():
        what = f"was fitted to another edition of the model ({about.get('edition', 'unknown')}; this is {edition()})"
        same = "if the model behaves as before, `missing-sim calibrate --renew` says so in seconds; else " if place == committed() else ""
        raise ScenarioError(Problem(str(place), None, "", what, f"{same}{allowed}"))
    try:
        found = kept(place, str(about.get("source", "the posterior")))
    except (OSError, ValueError) as error:
        raise ScenarioError(Problem(str(place), None, "", f"cannot be read ({str(error).splitlines()[0]})", allowed)) from None
    written = values(load(USUAL))
    paths = dict.fromkeys(name.split("[")[0] for name in found.names)
    unknown = sorted(paths.keys() - written.keys())
    if unknown:
        raise ScenarioError(Problem(str(place), None, unknown[0], "is not a value of a scenario", allowed))
    drawn = about.get("drawn")
    if not isinstance(drawn, list) or not paths.keys() & set(map(str, drawn)):
        raise ScenarioError(Problem(str(place.with_suffix(".json")), None, "drawn", "does not say which of its values are drawn", allowed))
    return Draws(found.names, found.rows, found.source, usual={path: written[path] for path in paths if path in drawn})


def described(place: Path) -> dict[str, Any]:
    """What the file beside a posterior says of it. Raises ScenarioError if there is none that can be read."""
    try:
        told = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        allowed = "allowed: a posterior.parquet as `missing-sim calibrate` writes it, with its posterior.json beside it"
        raise ScenarioError(Problem(str(place), None, "", "there is no posterior here that can be read", allowed)) from None
    return told if isinstance(told, dict) else {}


def passed_on(about: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a posterior that also holds of one made from its draws: the edition, which values are drawn, and why others are held."""
    return {key: about[key] for key in PASSED_ON if key in about}
