"""From a request in words to a result: `run` one scenario, or `compare` several. What the commands call, and what Python users call."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict, TypeVar, Unpack

from ..engine.choice import AUTO, ENGINES, choose
from ..scenario import Scenario, load
from ..scenario.errors import Problem, ScenarioError
from . import identity, inspection
from . import posts as room
from .comparison import Result
from .draws import Draws
from .execution import Execution
from .findings import Findings
from .keeping import keep
from .plan import EFFECTS, Effect, Plan
from .posterior import committed, posterior
from .posts import Added
from .precision import Precision, looks
from .reading import Everything, Reading
from .store import Store
from .where import Progress, Where, silent, workers_by_default

MOST_REPLICATIONS = 1_000_000
F = TypeVar("F", bound=Findings)
Named = Scenario | str | Path


class How(TypedDict, total=False):
    """How an experiment is carried out, the same for every kind. What is left out comes from the first scenario or from the machine."""

    replications: int | None
    seed: int | None
    engine: str
    """compiled, simpy, or auto: compiled from about 20 area-years on, or from one once it is compiled."""
    workers: int | None
    dask: str | None
    """The address of a Dask scheduler, tcp://HOST:PORT, that is to do the work."""
    area: str | None
    """An area that is laid over every scenario."""
    overrides: Mapping[str, Any] | None
    """Values by dotted key, set in every scenario."""
    out: str | Path | None
    """A folder to keep the experiment in. Given again, only what is missing is simulated."""
    home: str | Path | None
    """A folder in which the experiment gets one of its own, named after it; what cannot be written there is not kept, and a notice says so."""
    replace: bool
    """If the folder holds another experiment, give that one up."""
    fixed: bool
    """Take every value as the scenarios have it, instead of drawing what is not known from the posterior."""
    posterior: str | Path | None
    """A posterior of your own, as `calibrate` writes it, instead of the one that comes with the package."""
    command: str
    progress: Progress


def run(
    scenario: Named, *, episodes: bool = False, trace: bool = False, precision: Mapping[str, float] | None = None, **how: Unpack[How]
) -> Result:
    """Simulate one scenario. The result holds `measures`, `splits` and, if asked for, `episodes` and `log`. For the other keywords see `How`.

    `precision` gives the half-width of the 95% interval that is wanted of each measure; `replications` is then the most that it may cost.
    Raises ScenarioError for a wrong request.
    """
    return _simulated((scenario,), how, precision, episodes=episodes, trace=trace)


def compare(
    baseline: Named,
    *others: Named,
    posts: Sequence[Added | str] = (),
    effect: str = "first-year",
    episodes: bool = False,
    precision: Mapping[str, float] | None = None,
    **how: Unpack[How],
) -> Result:
    """Simulate scenarios with the same children and the same luck. The result also holds `differences` from the baseline, paired by replication.

    Each of `posts` ({"night-officers": 2}, or the same in words, "night-officers=2,interviewers=1") adds a scenario: the last one that is named, with
    so many more on duty; the result then holds `bought`, what they cost and buy. For the other keywords see `How`; `overrides` and `area` apply to
    every scenario. `precision` gives the half-width of the 95% interval that is wanted of the difference in each measure; `replications` is then the
    most that it may cost. Raises ScenarioError for a wrong request, such as one published finding against another
    (`sim/experiment/inspection.py`).
    """
    if not others and not posts:
        raise ScenarioError(Problem("", None, "", "one scenario alone cannot be compared", "name a baseline and at least one other"))
    kept: dict[str, Any] = {"effect": effect, "episodes": episodes}
    if not posts:
        return _simulated((baseline, *others), how, precision, **kept)
    sets = [room.asked(one) if isinstance(one, str) else room.checked(one) for one in posts]
    for place, one in enumerate(sets):
        if one in sets[:place]:
            raise ScenarioError(Problem("", None, room.OPTION, f"{room.in_words(one)}: asked for twice", "allowed: each set of posts once"))
    chosen = tuple(loaded(scenario, how.get("overrides"), how.get("area")) for scenario in (baseline, *others))
    more = tuple(room.with_posts(chosen[-1], added) for added in sets)
    told = [{"scenario": one.name, "beside": chosen[-1].name, "added": added} for one, added in zip(more, sets, strict=True)]
    held = [*room.paths(name for added in sets for name in added), *(how.get("overrides") or {})]
    rest: How = {**how, "overrides": None, "area": None}
    return _simulated((*chosen, *more), rest, precision, held, {"posts": told}, **kept)


def _simulated(
    scenarios: tuple[Named, ...],
    how: How,
    precision: Mapping[str, float] | None,
    held: Sequence[str] = (),
    request: Mapping[str, Any] | None = None,
    **kept: Any,
) -> Result:
    if not precision:
        return carried_out(Result, planned(scenarios, how, held=held, **kept), how, request)
    wanted = Precision.asked(precision, how.get("replications"))
    request = {**(request or {}), "precision": dict(wanted.half_widths), "at_most": wanted.at_most}
    asked: How = {**how, "replications": wanted.at_most}
    plan = planned(scenarios, asked, held=held, **kept)
    first, *later = looks(wanted.at_most)
    execution = begun(Result, dataclasses.replace(plan, replications=first), how, request)
    execution.go_on(where(how), how.get("progress", silent))
    for replications in later:
        if execution.stopped or wanted.is_reached(execution.values, plan.draws is not None):
            break
        if execution.pressed:
            execution.stopped = True
            break
        execution.widen(replications)
        execution.go_on(where(how), how.get("progress", silent))
    said = [] if execution.stopped else [wanted.told(execution.values, execution.plan.replications, plan.draws is not None)]
    return put_together(Result, execution, how, request, said)


def planned(
    scenarios: tuple[Named, ...],
    how: How,
    *,
    effect: str = "first-year",
    episodes: bool = False,
    trace: bool = False,
    reading: Reading | None = None,
    lucks: tuple[tuple[int, ...], ...] | None = None,
    held: Iterable[str] | None = None,
) -> Plan:
    """The plan that answers a request. What is not known is drawn, but for the paths that are `held`; without these, nothing is. Raises
    ScenarioError."""
    unknown = how.keys() - How.__annotations__.keys()
    if unknown:
        raise TypeError(f"unexpected keyword {', '.join(sorted(unknown))}; allowed: {', '.join(How.__annotations__)}")
    chosen = tuple(loaded(scenario, how.get("overrides"), how.get("area")) for scenario in scenarios)
    own = chosen[0].run
    number = _or(how.get("replications"), own.replications)
    whole("replications", number, 1, MOST_REPLICATIONS)
    seed = _or(how.get("seed"), own.seed)
    whole("seed", seed, 0, 2**63 - 1)
    whole("workers", _or(how.get("workers"), 1), 1, 1024)
    asked = how.get("engine", AUTO)
    _one_of("engine", asked, (AUTO, *ENGINES))
    _one_of("effect", effect, EFFECTS)
    switch: Effect = "steady" if effect == "steady" else "first-year"
    draws = None if held is None else _draws(chosen, how, held)
    notes = tuple(dict.fromkeys(note for scenario in scenarios if (note := abroad(scenario, how.get("overrides"), how.get("area")))))
    plan = Plan(chosen, seed, number, "simpy", switch, episodes, trace, reading or Everything(), lucks, draws, notes)
    engine, _ = choose("simpy" if trace and asked == AUTO else asked, plan.area_years)
    return dataclasses.replace(plan, engine=engine)


def _draws(scenarios: tuple[Scenario, ...], how: How, held: Iterable[str]) -> Draws | None:
    """The draws of an experiment, in which what is set from outside stays; none if every value is fixed. Raises ScenarioError."""
    own = how.get("posterior")
    if how.get("fixed", False):
        if own is not None:
            raise ScenarioError(Problem("", None, "--fixed", "draws nothing, so --posterior cannot be heeded", "leave one of the two out"))
        return None
    if own is None and not committed().exists():
        return None
    return posterior(own).among(scenarios, {*held, *(how.get("overrides") or {})})


def carried_out(kind: type[F], plan: Plan, how: How, request: Mapping[str, Any] | None = None) -> F:
    """Carry a plan out, keep it if a folder is named, and put it together. A run that is stopped before anything is done raises KeyboardInterrupt."""
    execution = begun(kind, plan, how, request)
    execution.go_on(where(how), how.get("progress", silent))
    return put_together(kind, execution, how, request)


def begun(kind: type[F], plan: Plan, how: How, request: Mapping[str, Any] | None = None) -> Execution:
    """The execution of a plan, with what its folder has. Raises ScenarioError if two findings are set against each other."""
    inspection.check(kind.sides(plan, request or {}))
    out, home = how.get("out"), how.get("home")
    if out is not None:
        return Execution.begin(plan, store(kind, plan, Path(out), how, request))
    if home is not None:
        with contextlib.suppress(OSError):
            return Execution.begin(plan, store(kind, plan, Path(home) / folder_name(kind, plan), how, request))
    return Execution.begin(plan)


def store(kind: type[F], plan: Plan, folder: Path, how: How, request: Mapping[str, Any] | None) -> Store:
    """The store of a plan in a folder. Raises ScenarioError if it holds another experiment, OSError if it cannot be written."""
    found = Store(folder, plan, kind.called(plan), dict(request or {}), how.get("command", "Python"))
    found.claim(how.get("replace", False))
    return found


def folder_name(kind: type[F], plan: Plan) -> str:
    """What the folder of an experiment is called if nobody named it: the same experiment finds the same folder."""
    shown = plan.scenarios[:3] if kind is Result else plan.scenarios[:1]
    names = re.sub(r"[^A-Za-z0-9_-]+", "-", "-".join(scenario.name for scenario in shown))[:60].strip("-")
    return f"{kind.called(plan)}-{names}-{identity.of(plan)[:8]}"


def put_together(kind: type[F], execution: Execution, how: How, request: Mapping[str, Any] | None = None, said: Sequence[str] = ()) -> F:
    """The findings of an execution, with what a reader must know; their tables are kept."""
    plan = execution.plan
    if not execution.values.finished.any():
        raise KeyboardInterrupt
    _, notice = choose(how.get("engine", AUTO), plan.area_years)
    notices = [*said, *plan.notices(), *([notice] if notice else []), *told(execution, how)]
    found = kind(plan, execution.values, execution.complete, tuple(notices), dict(request or {}), execution)
    keep(found)
    return found


def told(execution: Execution, how: How) -> list[str]:
    """What to say of damaged files, of cells that failed, and of a run that ended before its time."""
    plan = execution.plan
    notices = list(execution.store.notices) if execution.store is not None else []
    if execution.store is None and how.get("home") is not None:
        notices.append(f"Nothing could be written below {how['home']}, so this experiment is not kept; name another place with --out.")
    if execution.failures:
        failed = list(execution.failures.values())
        first = min(failed, key=lambda failure: (failure.number, failure.place))
        what = "1 run failed and is left out" if len(failed) == 1 else f"{len(failed):,} runs failed and are left out; the first"
        notices.append(f"{what}: {plan.scenarios[first.place].name}, replication {first.number}: {first.error}")
    if execution.stopped:
        more = " The same command goes on from there." if execution.store is not None else ""
        notices.append(f"The run was stopped after {_finished(execution)}.{more}")
    return notices


def _finished(execution: Execution) -> str:
    """How far a run came that was stopped, and what the results are of: in replications where some are whole, else in runs."""
    plan, finished = execution.plan, execution.values.finished
    whole, runs = int(finished.all(axis=0).sum()), int(finished.sum())
    if plan.lucks is not None or not whole:
        return f"{runs} of {plan.runs} runs: the results are of those"
    more = runs - whole * len(finished)
    if not more:
        return f"{whole} of {plan.replications} replications: the results are of those"
    beyond = "1 run of another" if more == 1 else f"{more} runs of others"
    return f"{whole} of {plan.replications} replications and {beyond}: a scenario's own values are of all its runs, differences of runs in pairs"


def where(how: How) -> Where:
    """Where the work is to be done."""
    return Where(how.get("workers") or workers_by_default(), how.get("dask"))


def loaded(scenario: Named, overrides: Mapping[str, Any] | None, area: str | None) -> Scenario:
    """A scenario, or the one of this name or path. Raises ScenarioError."""
    if isinstance(scenario, Scenario):
        if overrides or area:
            raise ScenarioError(Problem(scenario.name, None, "", "is loaded already", "give overrides and area to `load`"))
        return scenario
    return load(scenario, overrides, area)


def abroad(scenario: Named, overrides: Mapping[str, Any] | None, area: str | None) -> str:
    """What to say if the area that a scenario is moved to lies in another nation than it; empty if there is nothing to say."""
    if area is None or isinstance(scenario, Scenario) or "area.nation" in (overrides or {}):
        return ""
    own, moved = load(scenario), load(scenario, None, area)
    if own.area.nation == moved.area.nation:
        return ""
    there, here = (one.area.nation.name.capitalize() for one in (own, moved))
    kept = f"--set area.nation={there.lower()} keeps that of {there}"
    return f"{own.name} is about {there}, and --area {area} lies in {here}, whose rule for return home interviews applies; {kept}."


def whole(what: str, value: Any, low: int, high: int) -> None:
    """Raises ScenarioError unless a value is a whole number within limits."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ScenarioError(Problem("", None, what, f"{value!r} is not allowed", f"allowed: a whole number from {low} to {high}"))


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _one_of(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ScenarioError(Problem("", None, what, f"{value!r} is not known", f"allowed: {', '.join(allowed)}"))
