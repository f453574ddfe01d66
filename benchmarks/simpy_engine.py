"""How fast is our SimPy engine? CPU time, cases in alternation, medians of rounds, memory in a process of its own.

    python -m benchmarks.simpy_engine --rounds 3 --out speed.json

Other programs on the machine move CPU time too, by some percent: trust the ratios of one run more than numbers of two.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sim.engine.interpreted import Area as Engine
from sim.model.world import Parameters
from sim.scenario import Scenario, load
from sim.scenario.library import names

from . import plain
from .core import core

SEED = 1
LONDON_IN_COUNTIES = 7.5
Sample = dict[str, float]


def london() -> Scenario:
    """The baseline at London's volume: the library's area if it has one, or the county scaled."""
    if "london" in names():
        return load("baseline", area="london")
    county, factor = load("baseline"), LONDON_IN_COUNTIES
    return load(
        "baseline",
        overrides={
            "area.children": [round(number * factor) for number in county.area.children],
            "area.networks": round(county.area.networks * factor),
            "area.reports_per_year": county.area.reports_per_year * factor,
            "area.other_families_per_year": county.area.other_families_per_year * factor,
            "resources.desk_staff": [round(number * factor) for number in county.resources.desk_staff],
            "resources.response_units": [round(number * factor) for number in county.resources.response_units],
            "resources.interviewers": round(county.resources.interviewers * factor),
            "resources.mash_staff": round(county.resources.mash_staff * factor),
            "resources.social_workers": round(county.resources.social_workers * factor),
        },
    )


def engine(scenario: Scenario) -> Engine:
    """An area of our SimPy engine at hour 0."""
    return Engine(Parameters(scenario.area, scenario.world, scenario.practice, scenario.resources), SEED, 0)


def ours(scenario: Scenario, days: float) -> Sample:
    """One run of our engine; setting up is timed apart."""
    gc.collect()
    start = time.process_time()
    area = engine(scenario)
    begun = time.process_time()
    area.run(days * 24.0)
    seconds = time.process_time() - begun
    episodes = area.world.episodes[: area.world.now.episodes]
    reported = sum(episode.reported <= days * 24.0 for episode in episodes)
    return {"set_up_seconds": begun - start, "seconds": seconds, "events": area.events, "episodes": len(episodes), "reported": reported}


def theirs(scenario: Scenario, days: float) -> Sample:
    """One run of the plain model. Its events are not counted: SimPy's own steps mean something else in each model."""
    gc.collect()
    start = time.process_time()
    area = plain.Area(scenario, SEED)
    begun = time.process_time()
    area.run(days * 24.0)
    seconds = time.process_time() - begun
    reported = sum(episode.reported <= days * 24.0 for episode in area.episodes)
    return {"set_up_seconds": begun - start, "seconds": seconds, "episodes": len(area.episodes), "reported": reported}


def rounds_of(cases: dict[str, Callable[[], Sample]], rounds: int) -> dict[str, Sample]:
    """The median of each number over rounds; the cases take turns, each round beginning with another."""
    samples: dict[str, list[Sample]] = {name: [] for name in cases}
    order = list(cases)
    for number in range(rounds):
        turn = number % len(order)
        for name in order[turn:] + order[:turn]:
            samples[name].append(cases[name]())
    return {name: {key: float(median(one[key] for one in taken)) for key in taken[0]} for name, taken in samples.items()}


def own_peak() -> float:
    """Peak memory of this process in MB. On Linux the figure of getrusage begins with the parent's peak, so the kernel's own mark is read there."""
    status = Path("/proc/self/status")
    if status.exists():
        marks = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(marks["VmHWM"].split()[0]) / 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024.0 * 1024.0 if sys.platform == "darwin" else 1024.0)


def peak_memory(days: float) -> Sample:
    """Peak memory in MB of a process that only loads the engine, and of one that then runs a county for `days`."""
    found: Sample = {}
    for name, run in (("imports_mb", ""), ("county_mb", f"engine(load('baseline')).run({days * 24.0});")):
        code = f"from benchmarks.simpy_engine import engine, load, own_peak; {run} print(own_peak())"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        found[name] = float(done.stdout)
    return found


def help_seconds(rounds: int) -> float:
    """CPU seconds of `missing-sim --help`, all of its process."""
    taken = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "sim", "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(taken)


def summary(results: dict[str, Sample], memory: Sample, help_cpu: float) -> dict[str, float]:
    """The numbers that are shown and saved, by name."""
    county, city, small, simple = (results[name] for name in ("county", "london", "core, ours", "core, plain"))
    cost = {name: 1e6 * one["seconds"] / one["events"] for name, one in (("county", county), ("london", city))}
    return {
        "county: events per CPU second": county["events"] / county["seconds"],
        "county: events per episode": county["events"] / county["episodes"],
        "county: events per reported episode": county["events"] / county["reported"],
        "county: episodes per CPU second": county["episodes"] / county["seconds"],
        "county: CPU seconds to set up": county["set_up_seconds"],
        "county: microseconds per event": cost["county"],
        "london: microseconds per event": cost["london"],
        "london: events per CPU second": city["events"] / city["seconds"],
        "london against county: cost per event": cost["london"] / cost["county"],
        "core, ours: episodes per CPU second": small["episodes"] / small["seconds"],
        "core, plain: episodes per CPU second": simple["episodes"] / simple["seconds"],
        "core: ours against plain": (small["episodes"] / small["seconds"]) / (simple["episodes"] / simple["seconds"]),
        "memory: imports alone, MB": memory["imports_mb"],
        "memory: county, MB at the peak": memory["county_mb"],
        "missing-sim --help: CPU seconds": help_cpu,
    }


def main(arguments: list[str] | None = None) -> None:
    """Measure, print, and save if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simpy_engine", description="Measure the speed and memory of the SimPy engine.")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; medians of them are shown (3)")
    parser.add_argument("--days", type=float, default=60.0, help="days of the county and of London in a round (60)")
    parser.add_argument("--core-days", type=float, default=300.0, help="days of the core configuration in a round (300)")
    parser.add_argument("--memory-days", type=float, default=365.0, help="days of the county for its peak memory (365)")
    parser.add_argument("--out", type=Path, help="save the numbers as JSON")
    given = parser.parse_args(arguments)
    county, city, small = load("baseline"), london(), core()
    cases: dict[str, Callable[[], Sample]] = {
        "county": lambda: ours(county, given.days),
        "london": lambda: ours(city, given.days),
        "core, ours": lambda: ours(small, given.core_days),
        "core, plain": lambda: theirs(small, given.core_days),
    }
    found = summary(rounds_of(cases, given.rounds), peak_memory(given.memory_days), help_seconds(max(given.rounds, 3)))
    print(f"Python {platform.python_version()}, medians of {given.rounds} rounds")
    for name, value in found.items():
        print(f"{name:44}{value:>14,.4g}" if value < 1000 else f"{name:44}{value:>14,.0f}")
    if given.out:
        told = {"python": platform.python_version(), "rounds": given.rounds, "days": given.days, "numbers": found}
        given.out.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
