"""What a first run waits for: imports, the first compile into an empty cache, the same from the cache."""

from __future__ import annotations

import tempfile
from typing import Any

from .process import fresh
from .table import table
from .turns import Sample, medians, take_turns

READY = """
import json, time
started = time.process_time()
from sim.engine.choice import open_area
from sim.experiment.plan import parameters
from sim.scenario import load
if ENGINE == "compiled":
    import sim.engine.compiled
imported = time.process_time()
wall = time.perf_counter()
open_area(ENGINE, parameters(load("baseline")), 1, 0)
print(json.dumps({"imports": imported - started, "ready": time.process_time() - imported, "ready_wall": time.perf_counter() - wall}))
"""
HELP = """
import json, runpy, sys
sys.argv = ["missing-sim", "--help"]
try:
    runpy.run_module("sim", run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
print(json.dumps({}))
"""
NAMES = {
    "cold": "compiled engine, empty cache",
    "cached": "compiled engine, from the cache",
    "simpy": "SimPy engine",
    "help": "missing-sim --help",
}


def measure(rounds: int) -> dict[str, Any]:
    """CPU seconds of imports, until a county is filled on each engine, and of the whole process."""
    with tempfile.TemporaryDirectory() as kept:
        warm = {"MISSING_SIM_CACHE": kept}
        ready("compiled", warm)
        samples = take_turns(
            {"cold": cold, "cached": lambda: ready("compiled", warm), "simpy": lambda: ready("simpy", warm), "help": lambda: fresh(HELP)}, rounds
        )
    return {name: {"rounds": taken, "median": medians(taken)} for name, taken in samples.items()}


def ready(engine: str, settings: dict[str, str]) -> Sample:
    """A new process up to an area that is ready to run."""
    return fresh(READY.replace("ENGINE", repr(engine)), settings)


def cold() -> Sample:
    """The same with nothing compiled before."""
    with tempfile.TemporaryDirectory() as empty:
        return ready("compiled", {"MISSING_SIM_CACHE": empty})


def told(found: dict[str, Any]) -> str:
    """The table."""
    rows = []
    for name, words in NAMES.items():
        middle = found[name]["median"]
        rows.append((words, middle.get("imports"), middle.get("ready"), middle["process_cpu_seconds"]))
    header = ("start", "imports, CPU s", "until a county is ready, CPU s", "whole process, CPU s")
    return table(f"Start-up, medians of {len(found['cold']['rounds'])} rounds", header, rows)
