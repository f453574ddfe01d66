"""A scenario of the library at full size on both engines: a whole replication, and a branch of it that is switched to another practice."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sim.engine.compiled import CompiledArea
from sim.engine.equality import areas_differ
from sim.engine.interpreted import Area
from sim.model.world import Parameters
from sim.scenario import Scenario, entries, load


def names() -> list[str]:
    """The scenarios of the library; areas are none by themselves."""
    return [entry.name for entry in entries() if entry.kind != "area"]


@dataclass
class Comparison:
    """What was compared (events, rows and bytes of all tables and traces), the CPU seconds of each engine, and where they first differ (empty if
    nowhere)."""

    events: int = 0
    rows: int = 0
    bytes: int = 0
    simpy: float = 0.0
    compiled: float = 0.0
    difference: str = ""

    def __str__(self) -> str:
        if self.difference:
            return f"DIFFERENT {self.difference}"
        equal = f"{self.events:,} events, {self.rows:,} rows, {self.bytes / 1e6:.0f} MB equal"
        return f"{equal}; SimPy {self.simpy:.1f} s, compiled {self.compiled:.2f} s"


def whole(name: str, area: str | None, seed: int, spans: tuple[float, float, float] | None = None) -> Comparison:
    """One replication under a scenario, and a branch of it that is switched when the window opens. Without an `area` it is the scenario's own, and
    so is the nation. `spans` are the days of warm-up, window and run-on, else the scenario's own. Looks when the window opens, at the end of the
    branch, and at the end."""
    scenario = load(name, area=area)
    run = scenario.run
    warm_up, window, run_on = spans or (run.warm_up_days, run.window_days, run.run_on_days)
    opens, ends = warm_up * 24.0, (warm_up + window + run_on) * 24.0
    other = load("durham-2020-03" if name == "good-practice" else "good-practice", area=area)
    found = Comparison()
    areas = Area(_parameters(scenario), seed, 0, trace=True), CompiledArea(_parameters(scenario), seed, 0, trace=True)
    _run(areas, opens, found)
    if _differ(areas, found, f"at hour {opens}"):
        return found
    branches = areas[0].branch(), areas[1].branch()
    for branch in branches:
        branch.switch(Parameters(scenario.area, scenario.world, other.practice, other.resources))
    _run(branches, ends, found)
    if _differ(branches, found, f"at hour {ends}, switched to {other.name} at {opens}"):
        return found
    del branches
    _run(areas, ends, found)
    _differ(areas, found, f"at hour {ends}")
    return found


def _parameters(scenario: Scenario) -> Parameters:
    return Parameters(scenario.area, scenario.world, scenario.practice, scenario.resources)


def _run(areas: tuple[Area, CompiledArea], until: float, found: Comparison) -> None:
    """Let both go on, and add what it took."""
    before = areas[0].events
    times = [time.process_time()]
    for area in areas:
        area.run(until)
        times.append(time.process_time())
    found.events += areas[0].events - before
    found.simpy += times[1] - times[0]
    found.compiled += times[2] - times[1]


def _differ(areas: tuple[Area, CompiledArea], found: Comparison, when: str) -> bool:
    """Compare both as they stand, and add what was compared."""
    difference = areas_differ(*areas)
    found.difference = f"{when}: {difference}" if difference else ""
    tables = [*areas[1].tables().values(), areas[1].traced()]
    found.rows += sum(len(table) for table in tables)
    found.bytes += sum(table.nbytes for table in tables)
    return bool(found.difference)
