"""From a request in words to a result: `run` one scenario, or `compare` several. What the commands call, and what Python users call."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..engine.choice import AUTO, ENGINES, choose
from ..scenario import Scenario, load
from ..scenario.errors import Problem, ScenarioError
from .comparison import Result
from .plan import EFFECTS, Effect, Plan, area_years
from .replication import replicate
from .where import Progress, silent, spread, workers_by_default

MOST_REPLICATIONS = 1_000_000


def run(
    scenario: Scenario | str | Path,
    *,
    replications: int | None = None,
    seed: int | None = None,
    engine: str = AUTO,
    workers: int | None = None,
    episodes: bool = False,
    trace: bool = False,
    overrides: Mapping[str, Any] | None = None,
    area: str | None = None,
    progress: Progress = silent,
) -> Result:
    """Simulate one scenario. The result holds `measures`, `splits` and, if asked for, `episodes` and `log`. Raises ScenarioError for a wrong
    request."""
    chosen = (loaded(scenario, overrides, area),)
    return study(chosen, replications, seed, engine, workers, "first-year", episodes, trace, progress)


def compare(
    baseline: Scenario | str | Path,
    *others: Scenario | str | Path,
    replications: int | None = None,
    seed: int | None = None,
    engine: str = AUTO,
    workers: int | None = None,
    effect: str = "first-year",
    episodes: bool = False,
    overrides: Mapping[str, Any] | None = None,
    area: str | None = None,
    progress: Progress = silent,
) -> Result:
    """Simulate scenarios with the same children and the same luck. The result also holds `differences` from the baseline, paired by replication.

    `overrides` and `area` apply to every scenario. Raises ScenarioError for a wrong request.
    """
    if not others:
        raise ScenarioError(Problem("", None, "", "one scenario alone cannot be compared", "name a baseline and at least one other"))
    chosen = tuple(loaded(scenario, overrides, area) for scenario in (baseline, *others))
    return study(chosen, replications, seed, engine, workers, effect, episodes, False, progress)


def study(
    scenarios: tuple[Scenario, ...],
    replications: int | None,
    seed: int | None,
    engine: str,
    workers: int | None,
    effect: str,
    episodes: bool,
    trace: bool,
    progress: Progress,
) -> Result:
    """Plan, run, and put together. A run that is stopped before its first replication is done raises KeyboardInterrupt."""
    plan, hands, notice = planned(scenarios, replications, seed, engine, workers, effect, episodes, trace)
    done, complete = spread(replicate, plan, hands, progress)
    if not done:
        raise KeyboardInterrupt
    return Result(plan, tuple(tuple(outcomes) for outcomes in done), complete, (*plan.notices(), *notice, *stopped(plan, len(done))))


def stopped(plan: Plan, done: int) -> tuple[str, ...]:
    """What to say of a run that ended before its time: nothing if it did not."""
    if done == plan.replications:
        return ()
    return (f"The run was stopped after {done} of {plan.replications} replications: the results are of those.",)


def planned(
    scenarios: tuple[Scenario, ...],
    replications: int | None,
    seed: int | None,
    engine: str,
    workers: int | None,
    effect: str = "first-year",
    episodes: bool = False,
    trace: bool = False,
) -> tuple[Plan, int, tuple[str, ...]]:
    """The plan, the number of workers, and what to say of the engine; what is None comes from the first scenario or from the machine."""
    number = scenarios[0].run.replications if replications is None else replications
    _whole("replications", number, 1, MOST_REPLICATIONS)
    luck = scenarios[0].run.seed if seed is None else seed
    _whole("seed", luck, 0, 2**63 - 1)
    hands = workers_by_default() if workers is None else workers
    _whole("workers", hands, 1, 1024)
    _one_of("engine", engine, (AUTO, *ENGINES))
    _one_of("effect", effect, EFFECTS)
    switch: Effect = "steady" if effect == "steady" else "first-year"
    chosen, notice = choose("simpy" if trace and engine == AUTO else engine, area_years(scenarios, number))
    return Plan(scenarios, luck, number, chosen, switch, episodes, trace), hands, (notice,) if notice else ()


def loaded(scenario: Scenario | str | Path, overrides: Mapping[str, Any] | None, area: str | None) -> Scenario:
    """A scenario, or the one of this name or path. Raises ScenarioError."""
    if isinstance(scenario, Scenario):
        if overrides or area:
            raise ScenarioError(Problem(scenario.name, None, "", "is loaded already", "give overrides and area to `load`"))
        return scenario
    return load(scenario, overrides, area)


def _whole(what: str, value: Any, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ScenarioError(Problem("", None, what, f"{value!r} is not allowed", f"allowed: a whole number from {low} to {high}"))


def _one_of(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ScenarioError(Problem("", None, what, f"{value!r} is not known", f"allowed: {', '.join(allowed)}"))
