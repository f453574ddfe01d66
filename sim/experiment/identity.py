"""What an experiment is known by: a hash of all that its numbers depend on, but for the number of replications. Also what the manifest says of it."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from .. import __version__
from ..scenario.difference import differences
from ..scenario.scenario import Scenario
from .plan import Plan

ROOMS = ("scenario", "model", "engine", "outcomes", "calibrate/measure")
FILES = {
    "experiment": ("draws", "plan", "reading", "replication", "stated", "task"),
    "calibrate": ("counted", "safer_return", "targets", "validation"),
}
"""Sources that a number depends on: whole rooms, and single files of others."""
LIBRARIES = ("numpy", "numba", "simpy", "pandas", "pyarrow")


@cache
def code() -> str:
    """A hash of the sources that numbers depend on, and of the versions of what they rest on: Python, and the library that measures."""
    package = Path(__file__).parent.parent
    sources = [path for room in ROOMS for path in sorted((package / room).rglob("*.py"))]
    sources += [package / room / f"{name}.py" for room, names in FILES.items() for name in names]
    digest = hashlib.sha256(repr([sys.version_info[:2], importlib.metadata.version("numpy")]).encode())
    for source in sources:
        digest.update(source.relative_to(package).as_posix().encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def of(plan: Plan) -> str:
    """The identity of an experiment. Engine, number of replications and where it runs leave every number as it is, so they are not in it."""
    lucks = "" if plan.lucks is None else repr(plan.lucks)
    draws = "" if plan.draws is None else plan.draws.digest
    told = (code(), plan.seed, plan.effect, plan.episodes, plan.trace, repr(plan.reading), lucks, draws)
    digest = hashlib.sha256(repr(told).encode())
    for scenario in plan.scenarios:
        digest.update(_content(scenario).encode())
    return digest.hexdigest()[:16]


def scenario_hash(scenario: Scenario) -> str:
    """The hash of every value that is in effect in a scenario, and its name."""
    return hashlib.sha256(_content(scenario).encode()).hexdigest()[:16]


def _content(scenario: Scenario) -> str:
    return scenario.model_dump_json(exclude={"about": True, "run": {"replications", "seed"}})


WHOLE_UP_TO = 50
"""So many scenarios are written down with every value; of more, all but the first by what differs in effect from it."""


def described(scenarios: Sequence[Scenario]) -> Iterator[dict[str, Any]]:
    """Scenarios as a manifest tells of them."""
    whole = scenarios if len(scenarios) <= WHOLE_UP_TO else scenarios[:1]
    for scenario in whole:
        yield {**scenario.model_dump(mode="json"), "hash": scenario_hash(scenario)}
    for scenario in scenarios[len(whole) :]:
        yield _differing(scenarios[0], scenario)


def _differing(first: Scenario, other: Scenario) -> dict[str, Any]:
    changed = {path: value for path, _, value in differences(first, other)}
    return {"name": other.name, "about": other.about.model_dump(mode="json"), "hash": scenario_hash(other), "differs": changed}


def scenarios(told: Sequence[dict[str, Any]]) -> tuple[Scenario, ...]:
    """The scenarios that a manifest describes."""
    whole = {key: value for key, value in told[0].items() if key != "hash"}
    found = [Scenario.model_validate(whole)]
    for other in told[1:]:
        if "differs" not in other:
            found.append(Scenario.model_validate({key: value for key, value in other.items() if key != "hash"}))
            continue
        content = json.loads(json.dumps(whole)) | {"name": other["name"], "about": other["about"]}
        for path, value in other["differs"].items():
            section, key = path.split(".", 1)
            content[section][key] = value
        found.append(Scenario.model_validate(content))
    return tuple(found)


def samples_luck(plan: Plan) -> bool:
    """Is each point of a sample simulated once, with a luck of its own, and lends the first scenario only its warm-up? Its intervals are bootstrap
    intervals then."""
    return plan.lucks is not None and not plan.lucks[0]


def made_with() -> dict[str, Any]:
    """Versions, and the commit of the checkout if there is one."""
    versions = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return {"version": __version__, "code": code(), "commit": commit(), "python": platform.python_version(), "libraries": versions}


@cache
def commit() -> str | None:
    """The commit that is checked out, with a plus sign where files differ from it; None where there is no checkout."""
    root = Path(__file__).parents[2]
    if not (root / ".git").exists():
        return None
    try:
        head = _git(root, "rev-parse", "HEAD")
        return head + ("+" if _git(root, "status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.SubprocessError):
        return None


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True, timeout=10).stdout.strip()
