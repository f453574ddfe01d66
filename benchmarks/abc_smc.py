"""The fit against ABC-SMC (pyABC): the same unknowns, the same figures, the same number of simulated years for each data set.

    python -m benchmarks.abc_smc --out results/reference/abc.json

A data set is what a simulated truth would have published. Ours fits all of them from one bank, whose cost is counted for each data set in full.
ABC-SMC simulates for each anew; its distance is Euclidean, each figure in the standard deviations that the likelihood of ours has.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.calibrate import bank
from sim.calibrate.bank import design
from sim.calibrate.calibration import one_thread
from sim.calibrate.counted import Counted
from sim.calibrate.emulator import Emulators
from sim.experiment.draws import Draws
from sim.experiment.plan import Plan
from sim.experiment.replication import cohorts
from sim.experiment.study import How
from sim.scenario import Scenario, load

from .coverage import LUCKS, _places
from .reduced import NAMES, Reduced, covered, emulators_of, errors_of, fitted, observed, posterior, simulated, truths

Floats = npt.NDArray[np.float64]


def year(z: Floats, luck: int, seed: int, scenario: Scenario) -> Floats:
    """The figures of one simulated year at one point, in tolerances."""
    drawn = Draws(bank.columns(Reduced()), bank.rows(Reduced(), z[None]), "a test", once=True)
    plan = Plan((scenario,), seed, luck + 1, "compiled", reading=Counted.of(fitted()), draws=drawn)
    found = [[part.value for part in plan.reading(cohort)] for _, cohort, _ in cohorts(plan, luck, [0])]
    return bank.errors(fitted(), np.array(found))[0]


def smc(seen: Floats, scale: Floats, places: list[int], budget: int, seed: int, scenario: Scenario, population: int) -> tuple[Floats, Floats, int]:
    """Draws (draws x unknowns), their weights, and how many years were simulated, by ABC-SMC with pyABC's defaults."""
    import pyabc

    logging.getLogger("ABC").setLevel(logging.WARNING)
    count = 0

    def model(at: Any) -> dict[str, Floats]:
        nonlocal count
        count += 1
        z = np.array([at[f"x{number}"] for number in range(len(NAMES))])
        return {"y": np.nan_to_num(year(z, count, seed, scenario)[places], nan=50.0)}

    def distance(one: dict[str, Floats], other: dict[str, Floats]) -> float:
        return float(np.sqrt((((one["y"] - other["y"]) / scale) ** 2).sum()))

    prior = pyabc.Distribution(**{f"x{number}": pyabc.RV("norm", 0, 1) for number in range(len(NAMES))})
    run = pyabc.ABCSMC(model, prior, distance, population_size=population, sampler=pyabc.SingleCoreSampler())
    with tempfile.TemporaryDirectory() as folder:
        run.new(f"sqlite:///{folder}/abc.db", {"y": seen})
        history = run.run(max_total_nr_simulations=budget, min_acceptance_rate=0.02)
        frame, weights = history.get_distribution(t=history.max_t)
    return frame[[f"x{number}" for number in range(len(NAMES))]].to_numpy(), np.asarray(weights, float), count


def measure(
    points: int, count: int, seed: int, folder: Path, population: int = 100, workers: int = 2, scenario: Scenario | None = None
) -> dict[str, Any]:
    """Both on so many data sets."""
    place = scenario or load("baseline", None, "small-force")
    how: How = {"workers": workers}
    random = np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, 10])))
    began = time.process_time()
    points_of_bank = simulated(design(len(NAMES), points, random), seed, {**how, "out": folder / "bank"}, place)
    with one_thread():
        emulators = emulators_of(points_of_bank)
    cost = time.process_time() - began
    true = truths(count, seed)
    years = [errors_of(simulated(true, seed + 1 + luck, {**how, "out": folder / f"truths-{luck}"}, place))[:count] for luck in range(LUCKS)]
    places = _places(emulators.ids)
    mean = np.mean(years, axis=0)[:, places]
    seen = np.nan_to_num(observed(np.mean(years, axis=0), seed)[:, places])
    luck = np.array([one.luck for one in emulators.each])
    scale = np.sqrt(1.0 + luck**2)
    rows = []
    for number in range(count):
        data = (true[number], seen[number], mean[number])
        rows += _both(emulators, *data, scale, places, len(points_of_bank.z), seed + number, place, population, cost)
    return {"points": points, "data_sets": count, "seed": seed, "rows": rows, "summary": _summary(rows)}


def _both(
    emulators: Emulators,
    true: Floats,
    seen: Floats,
    mean: Floats,
    scale: Floats,
    places: list[int],
    budget: int,
    seed: int,
    scenario: Scenario,
    population: int,
    cost: float,
) -> list[dict[str, Any]]:
    rows = []
    began = time.process_time()
    with one_thread():
        draws, _ = posterior(emulators, seen, LUCKS, seed)
    rows.append(_row("ours", draws, None, budget, cost + time.process_time() - began, emulators, true, mean))
    began = time.process_time()
    draws, weights, years = smc(seen, scale, places, budget, seed, scenario, population)
    rows.append(_row("pyabc", draws, weights, years, time.process_time() - began, emulators, true, mean))
    return rows


def _row(
    method: str, draws: Floats, weights: Floats | None, years: int, cpu: float, emulators: Emulators, true: Floats, mean: Floats
) -> dict[str, Any]:
    inside, width = covered(draws, true, weights)
    off = np.average(emulators.at(draws), axis=0, weights=weights) - mean
    return {
        "method": method,
        "years": years,
        "cpu_seconds": round(cpu, 1),
        "coverage": round(float(inside.mean()), 3),
        "width": round(float(width.mean() / (2 * 1.6449)), 3),
        "error": round(float(np.median(np.abs(off))), 3),
    }


def _summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        method: {key: round(float(np.mean([row[key] for row in rows if row["method"] == method])), 3) for key in rows[0] if key != "method"}
        for method in ("ours", "pyabc")
    }


def main() -> None:
    """Print the result, and keep it if a file is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.abc_smc", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=1_500)
    parser.add_argument("--data-sets", type=int, default=5)
    parser.add_argument("--population", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep the simulated points here, and go on from them")
    parser.add_argument("--out", type=Path, help="write the numbers here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        found = measure(asked.points, asked.data_sets, asked.seed, asked.folder or Path(passing), asked.population, asked.workers)
    told = json.dumps(found, indent=1)
    print(told)
    if asked.out:
        asked.out.write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
