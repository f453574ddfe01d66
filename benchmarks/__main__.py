"""Run every benchmark: print the tables, save the numbers.

    python -m benchmarks --out results/reference/benchmarks.json
    python -m benchmarks --quick                      # a few minutes, to see that all of it works; its numbers are rough
    python -m benchmarks --only speed --only threads  # some of it

Ends with 1 if models that should agree do not, so that no speed of a wrong model is believed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import agreement, answer, figures, machine, memory, speed, start_up, threads
from .measures import Window

Section = tuple[Callable[[], Any], Callable[[Any], str]]

FULLY: dict[str, Section] = {
    "agreement": (lambda: agreement.measure(6, Window(60.0, 240.0, 30.0)), agreement.told),
    "start_up": (lambda: start_up.measure(5), start_up.told),
    "memory": (lambda: memory.measure((8, 50, 200)), memory.told),
    "threads": (lambda: threads.measure(5, 20, (10, 50)), threads.told),
    "speed": (lambda: speed.measure(5), speed.told),
    "answer": (lambda: answer.measure(24, 8, 200), answer.told),
}
QUICKLY: dict[str, Section] = {
    "agreement": (lambda: agreement.measure(3, Window(30.0, 100.0, 10.0)), agreement.told),
    "start_up": (lambda: start_up.measure(1), start_up.told),
    "memory": (lambda: memory.measure((2, 6)), memory.told),
    "threads": (lambda: threads.measure(2, 8, (4,)), threads.told),
    "speed": (lambda: speed.measure(2, 0.4), speed.told),
    "answer": (lambda: answer.measure(3, 6, 20), answer.told),
}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and save if asked. 1 if models disagree."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the speed of every model, and time to a trustworthy answer.")
    parser.add_argument("--quick", action="store_true", help="few rounds and short runs: rough numbers, marked as such")
    parser.add_argument("--only", action="append", choices=list(FULLY), help="one section; may be given several times (all)")
    parser.add_argument("--out", type=Path, help="save everything as JSON")
    given = parser.parse_args(arguments)
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
    found: dict[str, Any] = {"machine": machine.described(), "quick": given.quick, "load_at_start": machine.load()}
    print(f"{found['machine']['processor']}, {found['machine']['cores']} cores, {found['machine']['python']}, load {found['load_at_start']:.2f}")
    for name, (measured, told) in (QUICKLY if given.quick else FULLY).items():
        if given.only and name not in given.only:
            continue
        found[name] = measured()
        save(found, given.out)
        print(f"\n{told(found[name])}", flush=True)
    reached = figures.read(found)
    print(f"\n{figures.told(reached)}")
    found["figures"] = [{**asdict(figure), "reached": figure.reached} for figure in reached]
    found["load_at_end"] = machine.load()
    save(found, given.out)
    apart = [row for row in found.get("agreement", []) if not row["agrees"]]
    for row in apart:
        print(f"{row['model']} does not agree with the plain model: {row['measure']}, {row['plain']:.4g} and {row['other']:.4g}", file=sys.stderr)
    return 1 if apart else 0


def save(found: dict[str, Any], path: Path | None) -> None:
    """As JSON, if there is a path; after every section, so that a run that breaks off is not lost."""
    if path:
        path.write_text(json.dumps(found, indent=1, default=float) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
