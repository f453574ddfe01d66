"""The fit against ABC-SMC (pyABC): the same unknowns, the same figures, the same number of simulated years for each data set.

    python -m benchmarks.abc_smc --out results/reference/abc.json

A data set is what a simulated truth would have published. Ours fits all of them from one bank, whose cost is counted for each data set in full.
ABC-SMC simulates for each anew; its distance is Euclidean, each figure in the standard deviations that the likelihood of ours has. It begins no
population after as many years as ours had, and may finish one with up to twice as many; what it had finished by then is its answer.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.calibrate import bank
from sim.calibrate.bank import design
from sim.calibrate.counted import Counted
from sim.calibrate.emulator import Emulators
from sim.engine.spares import Spares
from sim.experiment.draws import Draws
from sim.experiment.edition import edition
from sim.experiment.plan import Plan
from sim.experiment.replication import Replication
from sim.experiment.study import How
from sim.experiment.threads import one_thread
from sim.scenario import Scenario, load

from .coverage import LUCKS, _places
from .reduced import NAMES, Reduced, covered, emulators_of, errors_of, fitted, luck_of, observed, posterior, simulated, truths

Floats = npt.NDArray[np.float64]

AT_MOST = 2
"""Years that ABC-SMC may take for each of ours."""
SUMMED = ("years", "cpu_seconds", "coverage", "width", "error")


class Spent(Exception):
    """No more years may be simulated."""


class Years:
    """Simulated years of one area, one after another, each with a luck of its own, in the same memory."""

    def __init__(self, seed: int, scenario: Scenario, budget: int) -> None:
        self.seed, self.scenario, self.budget, self.count = seed, scenario, budget, 0
        self.unknowns, self.figures, self.spares = Reduced(), fitted(), Spares()
        self.columns = bank.columns(self.unknowns)

    def __call__(self, z: Floats) -> Floats:
        """The figures of one year at a point, in tolerances. Raises Spent if there was one for each of the budget."""
        if self.count == self.budget:
            raise Spent
        self.count += 1
        drawn = Draws(self.columns, bank.rows(self.unknowns, z[None]), "a test", once=True)
        plan = Plan((self.scenario,), self.seed, self.count + 1, "compiled", reading=Counted.of(self.figures), draws=drawn)
        with Replication(plan, self.count, [0], self.spares).cohort(0) as (cohort, _):
            found = [part.value for part in plan.reading(cohort)]
        errors: Floats = bank.errors(self.figures, np.array([found]))[0]
        return errors


def smc(seen: Floats, scale: Floats, places: list[int], years: int, seed: int, scenario: Scenario, population: int) -> dict[str, Any]:
    """Draws (draws x unknowns), their weights, the populations that were finished and the years that were simulated, by ABC-SMC with pyABC's
    defaults."""
    import pyabc

    logging.getLogger("ABC").setLevel(logging.WARNING)
    simulate = Years(seed, scenario, AT_MOST * years)

    def model(at: Any) -> dict[str, Floats]:
        z = np.array([at[f"x{number}"] for number in range(len(NAMES))])
        return {"y": np.nan_to_num(simulate(z)[places], nan=50.0)}

    def distance(one: dict[str, Floats], other: dict[str, Floats]) -> float:
        return float(np.sqrt((((one["y"] - other["y"]) / scale) ** 2).sum()))

    prior = pyabc.Distribution(**{f"x{number}": pyabc.RV("norm", 0, 1) for number in range(len(NAMES))})
    run = pyabc.ABCSMC(model, prior, distance, population_size=population, sampler=pyabc.SingleCoreSampler())
    with tempfile.TemporaryDirectory() as folder:
        history = run.new(f"sqlite:///{folder}/abc.db", {"y": seen})
        with suppress(Spent), one_thread():
            run.run(max_total_nr_simulations=years)
        last = history.max_t
        frame, weights = history.get_distribution(t=last)
    draws = frame[[f"x{number}" for number in range(len(NAMES))]].to_numpy()
    return {"draws": draws, "weights": np.asarray(weights, float), "populations": last + 1, "years": simulate.count}


def measure(
    points: int, count: int, seed: int, folder: Path, population: int = 100, workers: int = 2, scenario: Scenario | None = None
) -> dict[str, Any]:
    """Both on so many data sets."""
    np.random.seed(seed)  # pyABC draws from NumPy's global stream
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
    luck = luck_of(points_of_bank, emulators)
    rows = []
    for number in range(count):
        data = (true[number], seen[number], mean[number])
        print(f"Data set {number + 1} of {count}", file=sys.stderr, flush=True)
        rows += _both(emulators, *data, luck, places, len(points_of_bank.z), seed + number, place, population, cost)
    asked = {"points": points, "data_sets": count, "population": population, "seed": seed}
    return {"edition": edition(), "pyabc": version("pyabc"), **asked, "rows": rows, "summary": _summary(rows)}


def _both(
    emulators: Emulators,
    true: Floats,
    seen: Floats,
    mean: Floats,
    luck: Floats,
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
        draws, _ = posterior(emulators, seen, luck / LUCKS, seed)
    rows.append(_row("ours", draws, None, budget, cost + time.process_time() - began, emulators, true, mean))
    began = time.process_time()
    found = smc(seen, np.sqrt(1.0 + np.diag(luck)), places, budget, seed, scenario, population)
    row = _row("pyabc", found["draws"], found["weights"], found["years"], time.process_time() - began, emulators, true, mean)
    rows.append({**row, "populations": found["populations"]})
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
    by_method = {method: [row for row in rows if row["method"] == method] for method in ("ours", "pyabc")}
    return {method: {key: round(float(np.mean([row[key] for row in some])), 3) for key in SUMMED} for method, some in by_method.items()}


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
