"""One replication: the baseline's warm-up, branched at the opening of the window into every scenario, each followed to the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..engine.choice import open_area
from ..engine.spares import Spares
from ..engine.tables import Tables
from ..outcomes.cohort import Cohort
from ..outcomes.rows import long
from .plan import Plan, parameters

if TYPE_CHECKING:
    import pandas as pd

    from ..engine.compiled import CompiledArea
    from ..engine.interpreted import Area
    from ..model.world import Parameters


def follow(area: Area | CompiledArea, plan: Plan, parameters: Parameters) -> Cohort:
    """Run an area that stands at the opening of the window to the end of follow-up. The cohort lies in the area's own memory."""
    pools_at_open = area.pools()
    area.run(plan.closes)
    pools_at_close = area.pools()
    area.run(plan.ends)
    return Cohort(parameters, area.last_tables(), plan.opens, plan.closes, plan.ends, pools_at_open, pools_at_close)


def cohorts(
    plan: Plan, replication: int, places: Sequence[int] | None = None, spares: Spares | None = None
) -> Iterator[tuple[int, Cohort, Area | CompiledArea]]:
    """The cohort of each scenario (all, or those at `places`) in one replication, with its place and the area it came from, all with the same luck.

    A cohort is to be read off before the next is asked for: that one is made in the same memory, or in that of `spares`, where all of it is left.
    Every area is switched when the window opens, also where nothing changes: hours are summed in two parts then, and what is equal stays equal to
    the last digit.
    """
    wanted = list(range(len(plan.scenarios)) if places is None else places)
    part, inner = plan.part(wanted, replication)
    drawn = part.drawn(replication)
    chosen = list(zip(wanted, (drawn.scenarios[place] for place in inner), strict=True))
    spares = Spares() if spares is None else spares
    sharing = {place for place, scenario in chosen if place == 0 or drawn.shares_warm_up(scenario)}
    last = max(sharing, key=wanted.index, default=None)
    start: Any = None
    area: Any = None
    for place, scenario in chosen:
        own = parameters(scenario)
        if place in sharing:
            if start is None:
                start = open_area(plan.engine, parameters(drawn.baseline), plan.seed, replication, plan.trace, spares.take(len(sharing) > 1))
                start.run(plan.opens)
            goes_on = len(sharing) == 1 or (plan.engine == "simpy" and place == last)  # a copy for SimPy saves no memory
            area = start if goes_on else start.branch(spares.take())
        else:
            area = open_area(plan.engine, own, plan.seed, replication, plan.trace, spares.take())
            area.run(plan.opens)
        area.switch(own)
        yield place, follow(area, plan, own), area
        spares.give(area)
    if len(sharing) > 1:
        spares.give(start, warmed_up=True)


def episode_rows(cohort: Cohort, scenario: str, replication: int) -> pd.DataFrame:
    """The cohort's episodes as a table, a row each. Simulated: it describes nobody. Times in hours from the start of the run, empty where there is
    none."""
    import numpy as np
    import pandas as pd

    tables: Tables = cohort.tables
    rows = tables["episodes"]
    rows = rows[(rows["reported"] >= cohort.opens) & (rows["reported"] < cohort.closes)]
    children = tables["children"][rows["child"]]
    frame = pd.DataFrame({name: long(rows[name]) for name in rows.dtype.names or ()})
    for name in frame.columns[frame.dtypes == np.float64]:
        frame[name] = frame[name].where(np.isfinite(frame[name]))
    for name in ("home", "out_of_area", "reason"):
        frame[f"child_{name}"] = long(children[name])
    frame["child_age"] = (rows["reported"] - children["born"]) / 8760.0
    frame.insert(0, "replication", replication)
    frame.insert(0, "scenario", scenario)
    return frame
