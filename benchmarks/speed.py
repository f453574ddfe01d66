"""How fast each model runs: CPU seconds for a reported episode, by model, pathway and size of area.

A turn fills an area, lets its first day pass, which starts every child, and times the days after that; the compiled engine does so for several
replications. Ciw cannot be stopped and gone on with, so its whole run is timed. What takes long (salabim in London) has two turns only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sim.engine.choice import Engine, open_area
from sim.engine.spares import Spares
from sim.scenario import Scenario, load

from . import plain
from .core import core
from .measures import DAY, Window, observe_plain, parameters
from .table import table
from .turns import Sample, Watch, medians, take_turns

PLAIN, SALABIM, CIW, SIMPY, COMPILED = "plain SimPy", "salabim", "Ciw, skeleton", "our SimPy engine", "our compiled engine"
CORE, FULL = "core", "full"
AREAS = {"small": "small-force", "county": "county", "london": "london"}
DAYS = {"small": 225.0, "county": 75.0, "london": 10.0}
"""Days of the core pathway in a turn: as many episodes at every size."""
FULL_DAYS = 730.0
REPEATS = {"small": 30, "county": 30, "london": 10}
"""Replications of the compiled engine in a turn of the core pathway, which takes it some milliseconds."""


@dataclass(frozen=True)
class Case:
    """One model on one pathway at one size."""

    model: str
    pathway: str
    size: str
    turn: Callable[[], Sample]

    @property
    def name(self) -> str:
        """What tells it from the others."""
        return f"{self.model}, {self.pathway}, {self.size}"


def run_ours(engine: Engine, scenario: Scenario, days: float, repeats: int) -> Sample:
    """Our engine, over several replications, each in the memory of the one before, as `sim.run` has it."""
    set_up, run, spares = Watch(), Watch(), Spares()
    events = episodes = reported = 0
    for replication in range(repeats):
        with set_up.running():
            area = open_area(engine, parameters(scenario), 1, replication, into=spares.take())
            area.run(DAY)
        before, first = area.events, int(area.world.now.episodes)
        with run.running():
            area.run(days * DAY)
        events += area.events - before
        rows = area.tables()["episodes"]
        episodes += len(rows) - first
        reported += int(((rows["reported"] >= DAY) & (rows["reported"] < days * DAY)).sum())
        spares.give(area)
    return {"set_up_seconds": set_up.cpu / repeats, "seconds": run.cpu, "events": events, "episodes": episodes, "reported": reported}


def run_place(area_type: Callable[[Scenario, int], Any], scenario: Scenario, days: float) -> Sample:
    """The plain model or the salabim model. Events are not counted: the steps of each library mean something else."""
    set_up, run = Watch(), Watch()
    with set_up.running():
        area = area_type(scenario, 1)
        area.run(DAY)
    first = len(area.episodes)
    with run.running():
        area.run(days * DAY)
    reported = sum(DAY <= episode.reported < days * DAY for episode in area.episodes)
    return {"set_up_seconds": set_up.cpu, "seconds": run.cpu, "episodes": len(area.episodes) - first, "reported": reported}


def run_ciw(scenario: Scenario, days: float, volume: Any) -> Sample:
    """The skeleton, with the work that `volume` says."""
    from .ciw_skeleton import Skeleton

    set_up, run = Watch(), Watch()
    with set_up.running():
        area = Skeleton(scenario, volume, 1, days * DAY)
    with run.running():
        area.run()
    return {"set_up_seconds": set_up.cpu, "seconds": run.cpu, "reported": area.reported}


def core_cases(size: str, days: float) -> list[Case]:
    """Every model that knows the core pathway, or its skeleton."""
    from . import salabim_core
    from .ciw_skeleton import volume

    scenario = core(size=size)
    window = Window(0.0, days, 0.0)
    work = volume(observe_plain(scenario, 2, 0, window.last), window)
    return [
        Case(PLAIN, CORE, size, lambda: run_place(plain.Area, scenario, days)),
        Case(SALABIM, CORE, size, lambda: run_place(salabim_core.Area, scenario, days)),
        Case(CIW, CORE, size, lambda: run_ciw(scenario, days, work)),
        Case(SIMPY, CORE, size, lambda: run_ours("simpy", scenario, days, 1)),
        Case(COMPILED, CORE, size, lambda: run_ours("compiled", scenario, days, REPEATS[size])),
    ]


def full_cases(size: str, compiled_days: float, simpy_days: float) -> list[Case]:
    """Our two engines on the full model; the compiled one for two years, so that its tables have grown."""
    scenario = load("baseline", area=AREAS[size])
    return [
        Case(SIMPY, FULL, size, lambda: run_ours("simpy", scenario, simpy_days, 1)),
        Case(COMPILED, FULL, size, lambda: run_ours("compiled", scenario, compiled_days, 1)),
    ]


def measure(rounds: int, part: float = 1.0) -> list[dict[str, Any]]:
    """Every case, in alternation; `part` of the usual days. One row for each case: its medians and its rounds."""
    cases: list[Case] = []
    for size in AREAS:
        days = max(DAYS[size] * part, 2.0)
        cases += core_cases(size, days) + full_cases(size, FULL_DAYS, 0.8 * days)
    run_ours("compiled", core(), 2.0, 1)
    samples = take_turns({case.name: case.turn for case in cases}, rounds)
    return compared([{"model": one.model, "pathway": one.pathway, "size": one.size, "rounds": samples[one.name]} for one in cases])


def compared(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to each row its medians, its cost of a reported episode and of an event, and how many times as fast as the plain model it is."""
    for row in rows:
        row["median"] = middle = medians(row["rounds"])
        row["microseconds_per_reported_episode"] = 1e6 * middle["seconds"] / middle["reported"]
        row["microseconds_per_event"] = 1e6 * middle["seconds"] / middle["events"] if "events" in middle else None
    for row in rows:
        plain_cost = find(rows, PLAIN, CORE, row["size"])["microseconds_per_reported_episode"]
        row["times_plain"] = plain_cost / row["microseconds_per_reported_episode"] if row["pathway"] == CORE else None
    return rows


def find(rows: list[dict[str, Any]], model: str, pathway: str, size: str) -> dict[str, Any]:
    """The row of one case. Raises StopIteration if it was not run."""
    return next(row for row in rows if (row["model"], row["pathway"], row["size"]) == (model, pathway, size))


def told(rows: list[dict[str, Any]]) -> str:
    """The table."""
    shown = []
    for row in rows:
        million = 1.0 / row["microseconds_per_event"] if row["microseconds_per_event"] else None
        cost = row["microseconds_per_reported_episode"]
        shown.append((row["model"], row["pathway"], row["size"], 1e6 / cost, million, row["times_plain"], row["median"]["set_up_seconds"]))
    header = ("model", "pathway", "size", "reported episodes/CPU s", "million events/CPU s", "times plain SimPy", "set-up, CPU s")
    note = "Ciw runs a skeleton of the core pathway: benchmarks/README.md says what it leaves out."
    return table(f"Speed, medians of {len(rows[0]['rounds'])} rounds", header, shown, (note,))
