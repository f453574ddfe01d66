"""Do our rules and the plain model say the same? Runs both on the core configuration and prints every measure side by side.

    python -m benchmarks.compare_plain --replications 8

Each model has its own luck, so they agree within sampling error and no closer: the last columns give the difference, its 95% interval by Welch's t
over replications, and the difference in standard errors. Among some forty measures about two lie outside their interval by chance.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import inf, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from sim.scenario import Scenario

from .core import CORNERS, core
from .measures import Observed, Window, measure, observe_plain, observe_rules

Observe = Callable[[Scenario, int, int, float], Observed]


@dataclass(frozen=True)
class Row:
    """One measure: means over replications, and their difference."""

    measure: str
    plain: float
    ours: float
    difference: float
    half_width: float
    z: float
    """The difference in standard errors; 0 if both are the same without any spread."""
    p: float
    """How often two equal models would differ by as much, by Welch's t."""

    @property
    def agrees(self) -> bool:
        """Does the 95% interval of the difference hold 0?"""
        return abs(self.difference) <= self.half_width


def replicate(observe: Observe, scenario: Scenario, window: Window, seed: int, replications: int) -> list[dict[str, float]]:
    """The measures of each replication."""
    return [measure(observe(scenario, seed, replication, window.last), scenario, window) for replication in range(replications)]


def compare(plain: list[dict[str, float]], ours: list[dict[str, float]]) -> list[Row]:
    """One row for each measure."""
    return [_row(name, [one[name] for one in plain], [one[name] for one in ours]) for name in plain[0]]


def _row(name: str, plain: list[float], ours: list[float]) -> Row:
    """Welch's t: the spread of each model by itself."""
    parts = [float(np.var(values, ddof=1)) / len(values) for values in (plain, ours)]
    difference = float(np.mean(ours) - np.mean(plain))
    error = sqrt(sum(parts))
    if error == 0.0:
        return Row(name, float(np.mean(plain)), float(np.mean(ours)), difference, 0.0, 0.0 if difference == 0.0 else inf, float(difference == 0.0))
    freedom = sum(parts) ** 2 / sum(part**2 / (len(values) - 1) for part, values in zip(parts, (plain, ours), strict=True))
    z = difference / error
    width, p = float(stats.t.ppf(0.975, freedom)) * error, 2.0 * float(stats.t.sf(abs(z), freedom))
    return Row(name, float(np.mean(plain)), float(np.mean(ours)), difference, width, z, p)


def table(rows: list[Row]) -> str:
    """The rows for a terminal; a star marks an interval without 0."""
    lines = [f"{'measure':46}{'plain':>11}{'ours':>11}{'difference':>12}{'+/- 95%':>10}{'z':>7}"]
    for row in rows:
        star = "" if row.agrees else " *"
        lines.append(f"{row.measure:46}{row.plain:11.4g}{row.ours:11.4g}{row.difference:12.3g}{row.half_width:10.2g}{row.z:7.2f}{star}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Run both models, print the table, and save it if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare_plain", description="Compare our rules with a plain SimPy model.")
    parser.add_argument("--corner", choices=list(CORNERS), default="core", help="a corner of the core configuration, far from usual practice")
    parser.add_argument("--replications", type=int, default=8, help="replications of each model (8)")
    parser.add_argument("--seed", type=int, default=1, help="seed of both models (1)")
    parser.add_argument("--warm-up", type=float, default=200.0, metavar="DAYS", help="days before anything is measured (200)")
    parser.add_argument("--days", type=float, default=400.0, help="days that are measured (400)")
    parser.add_argument("--out", type=Path, help="save the rows as JSON")
    given = parser.parse_args(arguments)
    scenario, window = core(given.corner), Window(given.warm_up, given.days)
    results, seconds = {}, {}
    sides: dict[str, Observe] = {"plain": observe_plain, "ours": observe_rules}
    for side, observe in sides.items():
        before = time.process_time()
        results[side] = replicate(observe, scenario, window, given.seed, given.replications)
        seconds[side] = time.process_time() - before
    rows = compare(results["plain"], results["ours"])
    outside = sum(not row.agrees for row in rows)
    print(table(rows))
    print(f"{outside} of {len(rows)} measures outside their 95% interval; largest |z| {max(abs(row.z) for row in rows):.1f}")
    print("CPU seconds: " + ", ".join(f"{side} {value:.1f}" for side, value in seconds.items()))
    if given.out:
        told: dict[str, Any] = {"corner": given.corner, "replications": given.replications, "seed": given.seed, "rows": [asdict(row) for row in rows]}
        given.out.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
