"""Experiments that take a second: a small place, short spans, and the same request everywhere."""

from __future__ import annotations

from typing import Any

from sim.experiment.comparison import Result
from sim.experiment.plan import Plan
from sim.experiment.study import carried_out, planned
from sim.scenario import Scenario, load

DAY = 24.0
WARM_UP, WINDOW, RUN_ON = 40, 40, 20

TINY: dict[str, Any] = {
    "area.children": [300, 30, 15, 15],
    "area.networks": 3,
    "area.reports_per_year": 200.0,
    "area.other_families_per_year": 60.0,
    "resources.desk_staff": [1, 1, 1],
    "resources.response_units": [1, 1, 1],
    "resources.social_workers": 2,
    "run.warm_up_days": float(WARM_UP),
    "run.window_days": float(WINDOW),
    "run.run_on_days": float(RUN_ON),
    "run.replications": 3,
    "run.seed": 7,
}


def tiny(name: str = "baseline", called: str | None = None, **changes: Any) -> Scenario:
    """A scenario of the library in a tiny place; `changes` are keys with two underscores for the dot."""
    own = load(name, TINY | {key.replace("__", "."): value for key, value in changes.items()})
    return own if called is None else own.model_copy(update={"name": called})


def experiment(
    *scenarios: Scenario,
    replications: int | None = 3,
    seed: int | None = None,
    engine: str = "compiled",
    workers: int = 1,
    effect: str = "first-year",
) -> Result:
    """Their result, without episodes or trace."""
    how = {"replications": replications, "seed": seed, "engine": engine, "workers": workers}
    return carried_out(Result, planned(scenarios, how, effect=effect), how)


def of(result: Result, name: str) -> list[dict[tuple[str, str, str], float]]:
    """What was read off one scenario, in each replication."""
    place = result.names.index(name)
    arrays = {quantity: result.values.of(*quantity)[place] for quantity in result.values.quantities}
    return [{quantity: float(values[number]) for quantity, values in arrays.items()} for number in range(result.replications)]


def all_alike(a: list[dict[tuple[str, str, str], float]], b: list[dict[tuple[str, str, str], float]]) -> bool:
    """Equal in every quantity, to the last digit; nan is nan."""
    return len(a) == len(b) > 0 and repr(a) == repr(b)


def traced(*scenarios: Scenario, effect: Any = "first-year") -> Plan:
    """A plan that keeps every event."""
    return Plan(scenarios, seed=7, replications=1, engine="simpy", effect=effect, trace=True)
