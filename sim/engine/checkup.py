"""A look at this machine: what is installed, whether the compiled engine can be used, where its code is kept, and whether both engines give the same
bytes here."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import time
from dataclasses import dataclass

from .. import __version__
from ..model.world import Parameters
from ..scenario import Scenario, load
from .choice import obstacle, open_area
from .equality import areas_differ
from .shelf import Place, State, state

DISTRIBUTION = "missing-sim"
SCENARIO, SWITCHED_TO, AREA = "durham-2020-03", "good-practice", "small-force"
"""What the trial runs, and what a branch of it is switched to; both far from the baseline."""
WEEKS, MORE_WEEKS = 8, 4
"""How long the trial is, and how long its branch goes on."""
SEED = 20_201
ABSENT = "not installed"


@dataclass(frozen=True)
class Trial:
    """Both engines on a small scenario: wall-clock seconds until the compiled one could run, whether its code was read from the cache, how many
    events and rows were compared, and where the engines differ (empty if nowhere)."""

    seconds: float
    was_kept: bool
    events: int
    rows: int
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Checkup:
    """What was found. `obstacle` says why the compiled engine cannot be used; then nothing is kept and nothing tried. All is well if there are no
    `problems`."""

    versions: dict[str, str]
    obstacle: str
    shelf: State | None
    trial: Trial | None
    problems: tuple[str, ...]


def checkup() -> Checkup:
    """Look at everything; may compile the engine first. What fails is a problem that is told, and raises nothing."""
    found = versions()
    problems = [f"{name} is {ABSENT}" for name, version in found.items() if version == ABSENT and name != "numba"]
    why_not = obstacle()
    if why_not:
        return Checkup(found, why_not, None, None, tuple(problems))
    try:
        tried, shelf = trial(), kept()
    except Exception as error:  # a look at what is wrong must not end in a traceback
        return Checkup(found, "", None, None, (*problems, f"the trial of both engines failed: {type(error).__name__}: {error}"))
    return Checkup(found, "", shelf, tried, (*problems, *tried.differences))


def versions() -> dict[str, str]:
    """The version of this program, of Python, and of each package that it needs, or can use if it is there."""
    found: dict[str, str] = {}
    try:
        needed = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        needed = []
    for requirement in needed:
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        extra = re.search(r"""extra\s*==\s*["']([\w-]+)["']""", requirement)
        if extra is None or extra[1] != "test":
            found[name] = _version(name) or (f"{ABSENT}; only {extra[1]} needs it" if extra else ABSENT)
    return {DISTRIBUTION: __version__, "python": platform.python_version()} | dict(sorted(found.items()))


def kept() -> State:
    """Where this process keeps compiled code, and what is there. Needs Numba."""
    from . import cache, compiled

    return state(cache.place(compiled.OPTIONS) if compiled.PLACE is None else Place(compiled.PLACE, ""))


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def trial() -> Trial:
    """Run both engines side by side, then a branch of each under another practice, and compare every table and the trace byte by byte. Needs Numba.
    Raises NotCompiled, or whatever an engine raises."""
    from . import compiled

    first, then = (_parameters(load(name, area=AREA)) for name in (SCENARIO, SWITCHED_TO))
    begun = time.perf_counter()
    fast = open_area("compiled", first, SEED, 0, trace=True)
    seconds = time.perf_counter() - begun
    areas = [open_area("simpy", first, SEED, 0, trace=True), fast]
    for area in areas:
        area.run(WEEKS * 168.0)
    branches = [area.branch() for area in areas]
    for branch in branches:
        branch.switch(then)
        branch.run((WEEKS + MORE_WEEKS) * 168.0)
    found = {"": areas_differ(*areas), f", switched to {SWITCHED_TO} after {WEEKS} weeks": areas_differ(*branches)}
    differences = tuple(f"the engines differ on {SCENARIO} ({AREA}){when}: {difference}" for when, difference in found.items() if difference)
    rows = sum(len(table) for area in (fast, branches[1]) for table in (*area.tables().values(), area.traced()))
    return Trial(seconds, any(compiled.run.stats.cache_hits.values()), branches[1].events, rows, differences)


def _parameters(scenario: Scenario) -> Parameters:
    return Parameters(scenario.area, scenario.world, scenario.practice, scenario.resources)
