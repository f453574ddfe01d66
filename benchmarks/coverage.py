"""Do 90% intervals hold the truth in 90% of cases? Fits of many simulated truths, all from one bank of points.

    python -m benchmarks.coverage --out results/reference/coverage.json
    python -m benchmarks.coverage --points 300 --truths 20     # to see that it works
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from sim.calibrate.bank import design
from sim.experiment.edition import edition
from sim.experiment.study import How
from sim.experiment.threads import one_thread
from sim.scenario import Scenario

from .reduced import NAMES, covered, emulators_of, errors_of, luck_of, observed, posterior, simulated, truths

AGREED = (0.85, 0.97)
"""The share of 90% intervals that hold the truth, as it should be."""
LUCKS = 2
"""Simulated years of each truth."""
MOVES = 300
"""Moves of each chain that are kept."""


def measure(
    points: int, count: int, seed: int, folder: Path, workers: int = 2, scenario: Scenario | None = None, moves: int = MOVES
) -> dict[str, Any]:
    """Simulate the bank and the truths (kept in the folder, where they are taken up again), and fit each truth."""
    how: How = {"workers": workers}
    began = time.monotonic()
    random = np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, 10])))
    bank = simulated(design(len(NAMES), points, random), seed, {**how, "out": folder / "bank"}, scenario)
    true = truths(count, seed)
    years = [errors_of(simulated(true, seed + 1 + luck, {**how, "out": folder / f"truths-{luck}"}, scenario))[:count] for luck in range(LUCKS)]
    simulating = time.monotonic() - began
    with one_thread():
        emulators = emulators_of(bank)
        seen = observed(np.mean(years, axis=0), seed)[:, _places(emulators.ids)]
        luck = luck_of(bank, emulators) / LUCKS
        held, widths, apart = [], [], []
        for number, one in enumerate(seen):
            usable = np.isfinite(one)
            some = emulators.only([id for id, good in zip(emulators.ids, usable, strict=True) if good])
            draws, r_hat = posterior(some, one[usable], luck[np.ix_(usable, usable)], number, moves)
            inside, width = covered(draws, true[number])
            held.append(inside)
            widths.append(width)
            apart.append(r_hat)
    share = np.mean(held, axis=0)
    return {
        "edition": edition(),
        "points": points,
        "truths": count,
        "seed": seed,
        "figures": len(emulators.ids),
        "coverage": round(float(np.mean(held)), 4),
        "standard_error": round(float(np.std(np.mean(held, axis=1)) / np.sqrt(count)), 4),
        "by_unknown": {name: round(float(one), 3) for name, one in zip(NAMES, share, strict=True)},
        "width": {name: round(float(one), 3) for name, one in zip(NAMES, np.mean(widths, axis=0) / (2 * 1.6449), strict=True)},
        "largest_r_hat": round(max(apart), 3),
        "median_r2": round(float(np.nanmedian([one.r2 for one in emulators.each])), 3),
        "seconds": {"simulating": round(simulating, 1), "all": round(time.monotonic() - began, 1)},
        "inside_85_to_97": AGREED[0] <= float(np.mean(held)) <= AGREED[1],
    }


def _places(ids: tuple[str, ...]) -> list[int]:
    from .reduced import fitted

    known = [target.id for target in fitted()]
    return [known.index(id) for id in ids]


def main() -> None:
    """Print the result, and keep it if a file is named. Ends with 1 if coverage is not what it should be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=1_500)
    parser.add_argument("--truths", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep the simulated points here, and go on from them")
    parser.add_argument("--out", type=Path, help="write the numbers here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        found = measure(asked.points, asked.truths, asked.seed, asked.folder or Path(passing), asked.workers)
    told = json.dumps(found, indent=1)
    print(told)
    if asked.out:
        asked.out.write_text(told + "\n", encoding="utf-8")
    raise SystemExit(0 if found["inside_85_to_97"] else 1)


if __name__ == "__main__":
    main()
