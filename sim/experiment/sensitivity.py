"""Which parameters a result hangs on: a request in words becomes a tornado, a screening of Morris, or the indices of Sobol."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Unpack

from ..scenario.errors import Problem, ScenarioError
from ..scenario.scenario import Scenario
from .factors import Factors, factors, once_each
from .morris import Morris
from .morris import design as trajectories_of
from .reading import Only, known
from .sobol import LEAST, Sobol
from .sobol import design as samples_of
from .study import How, Named, carried_out, loaded, planned, whole
from .tornado import Tornado, ends

METHODS = ("tornado", "morris", "sobol")
TRAJECTORIES, LEVELS, SAMPLES = 20, 4, 256
"""How many, if nothing else is asked for."""
MOST_TRAJECTORIES, MOST_LEVELS, MOST_SAMPLES = 10_000, 100, 65_536

Sensitivity = Tornado | Morris | Sobol


def sensitivity(
    scenario: Named,
    method: str = "tornado",
    over: str = "practice",
    parameters: Iterable[str] | None = None,
    measures: Iterable[str] = (),
    *,
    trajectories: int | None = None,
    levels: int | None = None,
    samples: int | None = None,
    effect: str = "first-year",
    **how: Unpack[How],
) -> Sensitivity:
    """Vary the parameters of a scenario through their ranges in the log of assumptions. For the other keywords see `How`.

    `method`: "tornado" moves each parameter alone, in so many `replications`; "morris" moves one at a time along so many `trajectories` on a grid
    of `levels`; "sobol" splits the variance of one year, from `samples` base samples (a power of 2) of parameters + 3 runs each. In the last two
    luck is a factor of its own, and each point is simulated once. `over`: practice, world, both or resources; `parameters` (paths) takes its
    place. `measures`: ids; none means the ten headlines.
    Parameters of practice and resources change when the measured year opens ("first-year") or from the start ("steady"), those of the world always
    from the start. Raises ScenarioError for a wrong request.
    """
    if method not in METHODS:
        raise ScenarioError(Problem("", None, "method", f'"{method}" is not known', f"allowed: {', '.join(METHODS)}"))
    _belongs(method, "morris", trajectories=trajectories, levels=levels)
    _belongs(method, "sobol", samples=samples)
    ids = Only(known(measures))
    base = loaded(scenario, how.get("overrides"), how.get("area"))
    chosen = factors(base, over, parameters)
    request: dict[str, Any] = {"over": None if parameters else over, "parameters": list(chosen.paths), "choices": chosen.choices}
    if method == "morris":
        return _morris(base, chosen, _or(trajectories, TRAJECTORIES), _or(levels, LEVELS), ids, effect, how, request)
    if method == "sobol":
        return _sobol(base, chosen, _or(samples, SAMPLES), ids, effect, how, request)
    rest: How = {**how, "overrides": None, "area": None}
    plan = planned((base, *ends(base, chosen)), rest, effect=effect, reading=ids)
    return carried_out(Tornado, plan, rest, request)


def _morris(
    base: Scenario, chosen: Factors, trajectories: int, levels: int, ids: Only, effect: str, how: How, request: dict[str, Any]
) -> Morris:
    whole("trajectories", trajectories, 2, MOST_TRAJECTORIES)
    whole("levels", levels, 2, MOST_LEVELS)
    if levels % 2:
        raise ScenarioError(Problem("", None, "levels", f"{levels} is odd", f"allowed: an even number from 2 to {MOST_LEVELS}"))
    rest = once_each(how, "--trajectories")
    found = trajectories_of(base, chosen, trajectories, levels, seed_of(base, how))
    plan = planned((base, *found.scenarios), rest, effect=effect, reading=ids, lucks=_lucks(found.lucks))
    return carried_out(Morris, plan, rest, request | {"trajectories": trajectories, "levels": levels, "steps": found.steps})


def _sobol(base: Scenario, chosen: Factors, samples: int, ids: Only, effect: str, how: How, request: dict[str, Any]) -> Sobol:
    whole("samples", samples, LEAST, MOST_SAMPLES)
    if samples & (samples - 1):
        allowed = f"allowed: a power of 2 from {LEAST} to {MOST_SAMPLES:,}, which the sequence of Sobol needs to be balanced"
        raise ScenarioError(Problem("", None, "samples", f"{samples} is not a power of 2", allowed))
    rest = once_each(how, "--samples")
    found = samples_of(base, chosen, samples, seed_of(base, how))
    plan = planned((base, *found.scenarios), rest, effect=effect, reading=ids, lucks=_lucks(found.lucks))
    return carried_out(Sobol, plan, rest, request | {"samples": samples})


def seed_of(base: Scenario, how: How) -> int:
    """The seed of the experiment, looked at before a sample is drawn with it. Raises ScenarioError."""
    asked = how.get("seed")
    seed = base.run.seed if asked is None else asked
    whole("seed", seed, 0, 2**63 - 1)
    return seed


def _belongs(method: str, owner: str, **options: int | None) -> None:
    """Raises ScenarioError for an option that only another method has."""
    for option, value in options.items():
        if value is not None and method != owner:
            raise ScenarioError(Problem("", None, option, f"does not belong to {method}", f"allowed with {owner}"))


def _lucks(numbers: list[int]) -> tuple[tuple[int, ...], ...]:
    """The scenario itself only lends its warm-up; each point has one luck."""
    return ((), *((number,) for number in numbers))


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value
