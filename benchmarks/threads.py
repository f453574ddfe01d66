"""What a second thread is worth. Wall-clock time, so the machine must be quiet: its load is noted before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import sim
from sim.engine.choice import open_area
from sim.scenario import load

from . import machine
from .measures import DAY, parameters
from .table import table
from .turns import Sample, Watch, medians, take_turns


def comparison(threads: int, replications: int) -> Sample:
    """What a user does: compare two scenarios in a county, with every measure."""
    watch = Watch()
    with watch.running():
        sim.compare("durham-2020-03", "good-practice", replications=replications, engine="compiled", workers=threads)
    return {"wall": watch.wall, "cpu": watch.cpu}


def engine_alone(threads: int, replications: int, days: float) -> Sample:
    """The compiled engine alone: county runs, nothing measured."""
    chosen = parameters(load("baseline"))

    def run(replication: int) -> None:
        open_area("compiled", chosen, 1, replication).run(days * DAY)

    watch = Watch()
    with watch.running(), ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, range(replications)))
    return {"wall": watch.wall, "cpu": watch.cpu}


def compared(replications: int) -> str:
    """What a comparison of so many replications is called."""
    return f"comparison of {replications}"


def measure(rounds: int, runs: int, replications: Sequence[int]) -> dict[str, Any]:
    """So many runs, and comparisons of so many replications each, on one thread and on two, in alternation; and how many times as fast two are."""
    engine_alone(1, 1, 30.0)
    before = machine.load()
    cases: dict[str, Callable[[], Sample]] = {}
    for threads in (1, 2):
        cases[f"engine {threads}"] = partial(engine_alone, threads, runs, 730.0)
        cases |= {f"{compared(number)} {threads}": partial(comparison, threads, number) for number in replications}
    samples = take_turns(cases, rounds)
    middle = {name: medians(taken) for name, taken in samples.items()}
    gain = {what: middle[f"{what} 1"]["wall"] / middle[f"{what} 2"]["wall"] for what in ("engine", *map(compared, replications))}
    loads = {"load_before": before, "load_after": machine.load()}
    return {"replications": list(replications), **loads, "cores": machine.cores(), "rounds": samples, "median": middle, "gain": gain}


def told(found: dict[str, Any]) -> str:
    """The table."""
    words = {"engine": "engine alone, county runs"}
    words |= {compared(number): f"sim.compare, county, all measures, {number} replications" for number in found["replications"]}
    rows = [(words[what], found["median"][f"{what} 1"]["wall"], found["median"][f"{what} 2"]["wall"], gain) for what, gain in found["gain"].items()]
    note = f"Load before and after, our own threads included: {found['load_before']:.2f}, {found['load_after']:.2f} on {found['cores']} cores."
    return table("Threads", ("work", "1 thread, wall s", "2 threads, wall s", "times"), rows, (note,))
