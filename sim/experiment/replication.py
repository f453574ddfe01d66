"""One replication: the baseline's warm-up, branched at the opening of the window into every scenario, each followed to the end and measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..engine.choice import open_area
from ..engine.tables import Tables
from ..outcomes.catalogue import MEASURES
from ..outcomes.cohort import Cohort
from ..outcomes.split import splits
from .plan import Plan, parameters

if TYPE_CHECKING:
    import pandas as pd

    from ..engine.compiled import CompiledArea
    from ..engine.interpreted import Area
    from ..model.world import Parameters

SplitRow = tuple[str, str, str, float, int]


@dataclass(frozen=True)
class Outcome:
    """What one scenario gave in one replication: each measure with its n, and the headline measures split by group."""

    scenario: str
    replication: int
    values: dict[str, float]
    counts: dict[str, int]
    splits: list[SplitRow]
    events: int
    episodes: Any = None
    log: pd.DataFrame | None = field(default=None, compare=False)


def follow(area: Area | CompiledArea, plan: Plan, parameters: Parameters) -> Cohort:
    """Run an area that stands at the opening of the window to the end of follow-up."""
    pools_at_open = area.pools()
    area.run(plan.closes)
    pools_at_close = area.pools()
    area.run(plan.ends)
    return Cohort(parameters, area.tables(), plan.opens, plan.closes, plan.ends, pools_at_open, pools_at_close)


def cohorts(plan: Plan, replication: int) -> list[tuple[Cohort, Area | CompiledArea]]:
    """The cohort of every scenario in one replication, with the area it came from, all with the same luck.

    Every area is switched when the window opens, also where nothing changes: hours are summed in two parts then, and what is equal stays equal to
    the last digit.
    """
    base = parameters(plan.baseline)
    start = open_area(plan.engine, base, plan.seed, replication, plan.trace)
    start.run(plan.opens)
    found: list[tuple[Cohort, Area | CompiledArea]] = []
    for place, scenario in enumerate(plan.scenarios):
        own = parameters(scenario)
        last = not any(plan.shares_warm_up(other) for other in plan.scenarios[place + 1 :])
        if place == 0 or plan.shares_warm_up(scenario):
            area = start if last else start.branch()
        else:
            area = open_area(plan.engine, own, plan.seed, replication, plan.trace)
            area.run(plan.opens)
        area.switch(own)
        found.append((follow(area, plan, own), area))
    return found


def replicate(plan: Plan, replication: int) -> list[Outcome]:
    """Every scenario of a plan in one replication, measured."""
    outcomes = []
    for scenario, (cohort, area) in zip(plan.scenarios, cohorts(plan, replication), strict=True):
        values = {id: float(measure.of(cohort)) for id, measure in MEASURES.items()}
        counts = {id: int(measure.n(cohort)) for id, measure in MEASURES.items()}
        log = None
        if plan.trace:
            from ..engine.event_log import event_log

            log = event_log(area.traced(), cohort.tables, replication)
        rows = episode_rows(cohort, scenario.name, replication) if plan.episodes else None
        outcomes.append(Outcome(scenario.name, replication, values, counts, list(splits(cohort)), area.events, rows, log))
    return outcomes


def episode_rows(cohort: Cohort, scenario: str, replication: int) -> pd.DataFrame:
    """The cohort's episodes as a table, a row each. Simulated: it describes nobody. Times in hours from the start of the run, empty where there is
    none."""
    import numpy as np
    import pandas as pd

    tables: Tables = cohort.tables
    rows = tables["episodes"]
    rows = rows[(rows["reported"] >= cohort.opens) & (rows["reported"] < cohort.closes)]
    children = tables["children"][rows["child"]]
    frame = pd.DataFrame({name: rows[name] for name in rows.dtype.names or ()})
    for name in frame.columns[frame.dtypes == np.float64]:
        frame[name] = frame[name].where(np.isfinite(frame[name]))
    for name in ("home", "out_of_area", "reason"):
        frame[f"child_{name}"] = children[name]
    frame["child_age"] = (rows["reported"] - children["born"]) / 8760.0
    frame.insert(0, "replication", replication)
    frame.insert(0, "scenario", scenario)
    return frame
