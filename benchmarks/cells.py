"""Peak memory of a process that keeps ten thousand cells: a Morris sample over every lever, a small force for some days, every cell kept.

    python -m benchmarks.cells                   # some minutes
    python -m benchmarks.cells --cells 2000
"""

from __future__ import annotations

import argparse
from typing import Any

from .process import fresh

LIMIT = 500.0
"""MB."""
DAYS = {"run.warm_up_days": 1.0, "run.window_days": 3.0, "run.run_on_days": 1.0}
CODE = """
import json, tempfile, time
import sim
from benchmarks.process import own_peak
from sim.scenario import load
scenario = load("baseline", DAYS, "small-force")
few = sim.sensitivity(scenario, "morris", trajectories=2, engine="compiled")
each = len(few.plan.scenarios) // 2
before = own_peak()
with tempfile.TemporaryDirectory() as folder:
    found = sim.sensitivity(scenario, "morris", trajectories=-(-CELLS // each), engine="compiled", out=folder)
print(json.dumps({"mb": own_peak(), "before_mb": before, "cells": len(found.plan.scenarios) - 1, "cpu_seconds": time.process_time()}))
"""


def measure(cells: int) -> dict[str, Any]:
    """Peak MB, MB before the large sample, the number of cells, CPU seconds."""
    return dict(fresh(CODE.replace("CELLS", str(cells)).replace("DAYS", repr(DAYS))))


def main(arguments: list[str] | None = None) -> None:
    """Measure, and say whether the limit is kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cells", description="Peak memory of a process that keeps many cells.")
    parser.add_argument("--cells", type=int, default=10_000, help="at least so many (10,000)")
    found = measure(parser.parse_args(arguments).cells)
    verdict = "reached" if found["mb"] <= LIMIT else "MISSED"
    print(f"{found['cells']:,} cells: {found['mb']:.0f} MB at most (before: {found['before_mb']:.0f}), {found['cpu_seconds']:.0f} s of CPU; "
          f"asked for: {LIMIT:.0f} MB, {verdict}")


if __name__ == "__main__":
    main()
