"""Experiments that were kept: found in a folder, opened again from their cells, and repeated."""

from __future__ import annotations

import dataclasses
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from ..engine.choice import AUTO, ENGINES, LARGE, Engine, choose
from ..scenario.errors import Problem, ScenarioError
from . import draws, identity
from .cell import cells
from .draws import Draws
from .execution import Execution
from .findings import Findings
from .plan import Plan
from .store import CELLS, DRAWS, FORMAT, MANIFEST, Store, read_manifest
from .study import How, carried_out, told

KINDS = {
    "calibrate": ("calibrate.bank", "Bank"),
    "choose": ("experiment.choice", "Choice"),
    "compare": ("experiment.comparison", "Result"),
    "explain": ("experiment.attribution", "Explanation"),
    "run": ("experiment.comparison", "Result"),
    "failings": ("experiment.failings", "Failings"),
    "frontier": ("experiment.frontier", "Frontier"),
    "morris": ("experiment.morris", "Morris"),
    "sobol": ("experiment.sobol", "Sobol"),
    "sweep": ("experiment.sweep", "Sweep"),
    "tornado": ("experiment.tornado", "Tornado"),
    "validate": ("calibrate.validation", "Validation"),
}
"""Where the class of each kind of findings lives."""


DEEPEST = 3
"""How many levels of folders are looked through for experiments."""


class Entry(NamedTuple):
    """One experiment in a list of them."""

    folder: Path
    kind: str
    scenarios: tuple[str, ...]
    replications: int
    cells: int
    """Files of finished cells."""
    complete: bool
    written: str
    command: str


def entries(home: Path) -> list[Entry]:
    """Every experiment in a folder, and in the folders below it as far as DEEPEST, by name."""
    levels = ["*/" * depth + MANIFEST for depth in range(DEEPEST + 1)]
    places = sorted(path.parent for level in levels for path in home.glob(level))
    found = [(place, manifest) for place in places if (manifest := read_manifest(place)) is not None and manifest.get("format") == FORMAT]
    return [entry for place, manifest in found if (entry := _entry(place, manifest)) is not None]


def _entry(place: Path, manifest: dict[str, Any]) -> Entry | None:
    """None for a manifest that was changed by hand and does not say enough."""
    finished = len(list((place / CELLS).glob("*.parquet")))
    try:
        names = tuple(scenario["name"] for scenario in manifest["scenarios"])
        kept = (manifest["replications"], finished, manifest["complete"], manifest["written"], manifest["command"])
        return Entry(place, manifest["kind"], names, *kept)
    except (KeyError, TypeError):
        return None


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of an experiment. Raises ScenarioError if there is none that this version can read."""
    allowed = "allowed: a folder that --out named, or one that `missing-sim results` lists"
    manifest = read_manifest(folder)
    if manifest is None:
        if not folder.exists():
            raise ScenarioError(Problem(str(folder), None, "", "there is no such folder", allowed))
        what = "holds no experiment: its manifest.json is missing or cannot be read"
        raise ScenarioError(Problem(str(folder), None, "", what, allowed + "; the command that made it writes its manifest again"))
    if manifest.get("format") != FORMAT or manifest.get("kind") not in KINDS:
        what = f"was written in a format of another version ({manifest.get('version', 'unknown')})"
        raise ScenarioError(Problem(str(folder), None, "", what, "simulate it again with this version"))
    return manifest


def plan_of(manifest: dict[str, Any], folder: Path) -> Plan:
    """The plan of an experiment, made again from its manifest; the engine is the one that it was kept with, whether it can be used here or not.
    Raises ScenarioError if this version's schema does not allow it."""
    try:
        scenarios = identity.scenarios(manifest["scenarios"])
        lucks = manifest["lucks"] and tuple(tuple(numbers) for numbers in manifest["lucks"])
        if manifest["engine"] not in ENGINES:
            raise ValueError(f"no engine is called {manifest['engine']}")
        engine: Engine = manifest["engine"]
        reading = _class(manifest["kind"]).reading(manifest["measures"])
        kept = (manifest["effect"], manifest["episodes"], manifest["trace"], reading, lucks)
        return Plan(scenarios, manifest["seed"], manifest["asked_for"], engine, *kept, _draws(manifest["draws"], folder))
    except (ValidationError, KeyError, TypeError, ValueError, OSError) as error:
        reason = str(error).splitlines()[0]
        what = f"its manifest.json does not describe an experiment of this version ({reason})"
        raise ScenarioError(Problem(str(folder), None, "", what, "simulate it again with this version")) from None


def _draws(told: dict[str, Any] | None, folder: Path) -> Draws | None:
    """The draws of an experiment, if it has any."""
    if told is None:
        return None
    found = draws.again(told, draws.kept(folder / DRAWS, told["source"]))
    if found.digest != told["digest"]:
        raise ValueError(f"{DRAWS} is not what was written")
    return found


def _class(kind: str) -> type[Findings]:
    room, name = KINDS[kind]
    found: type[Findings] = getattr(import_module(f"..{room}", __package__), name)
    return found


def reopened(folder: str | Path) -> Findings:
    """The findings that a folder holds, of whatever kind; nothing is simulated. Raises ScenarioError if it holds no experiment, or none of its cells
    were finished by the present version of the model."""
    folder = Path(folder)
    manifest = manifest_of(folder)
    plan = plan_of(manifest, folder)
    if manifest["identity"] != identity.of(plan):
        what = f"was simulated by another version of the model ({manifest['version']}, code {manifest['code']})"
        allowed = "its tables can be read as they are; to have it drawn, repeat it with `missing-sim run --from`"
        raise ScenarioError(Problem(str(folder), None, "", what, allowed))
    kind = _class(manifest["kind"])
    execution = Execution.begin(plan, Store(folder, plan, manifest["kind"], manifest["request"], manifest["command"]))
    if not execution.values.finished.any():
        raise ScenarioError(Problem(str(folder), None, "", "none of its cells is finished", f"run the command again: {manifest['command']}"))
    missing = sum(not execution.values.has(cell.place, number) for cell, numbers in cells(plan).items() for number in numbers)
    notices = list(manifest["notices"]) if manifest["complete"] else [*plan.notices(), *told(execution, {})]
    if missing:
        notices.append(f"{missing:,} of {plan.runs:,} runs are missing: the results are of the others. The same command simulates them.")
    return kind(plan, execution.values, not missing, tuple(notices), manifest["request"], execution)


def repeat(folder: str | Path, how: How) -> Findings:
    """Simulate an experiment again, exactly, from its manifest: scenarios, seed, replications, and what was asked of them. Raises ScenarioError."""
    folder = Path(folder)
    manifest = manifest_of(folder)
    plan = plan_of(manifest, folder)
    asked = how.get("engine", AUTO)
    # what SimPy simulated stays with SimPy unless another is asked for; the rest takes what can be used here
    if asked != AUTO or plan.engine != "simpy":
        plan = dataclasses.replace(plan, engine=choose(asked, LARGE)[0])
    return carried_out(_class(manifest["kind"]), plan, how, manifest["request"])
