"""One replication: the baseline's warm-up, branched at the opening of the window into every scenario, each followed to the end."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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


class Replication:
    """One replication of some scenarios of a plan, all with the same luck. Several threads may share in it, a scenario each.

    Every area is switched when the window opens, also where nothing changes: hours are summed in two parts then, and what is equal stays equal to
    the last digit.
    """

    def __init__(self, plan: Plan, number: int, places: Sequence[int] | None = None, spares: Spares | None = None) -> None:
        """Of all scenarios, or of those at `places`; in the memory of `spares`, where what can be used again is left."""
        self.plan, self.number = plan, number
        wanted = range(len(plan.scenarios)) if places is None else places
        self._sharing = {place for place in wanted if place == 0 or plan.shares_warm_up(plan.scenarios[place])}
        self._left = deque(wanted)
        self._unfinished = len(wanted)
        self._spares = Spares() if spares is None else spares
        self._lock = threading.Lock()
        self._start: Any = None

    def take(self) -> int | None:
        """The place of a scenario that nobody has taken yet; None if all are taken."""
        try:
            return self._left.popleft()
        except IndexError:
            return None

    @property
    def is_taken(self) -> bool:
        """Has somebody taken every scenario?"""
        return not self._left

    @contextmanager
    def cohort(self, place: int) -> Iterator[tuple[Cohort, Area | CompiledArea]]:
        """The cohort of a scenario that was taken, and the area that it lies in; to be read off now, for their memory is used again afterwards."""
        try:
            own = self._parameters(place)
            area = self._at_opening(place, own)
            area.switch(own)
            yield follow(area, self.plan, own), area
            self._spares.give(area)
        finally:
            self._finished()

    def _parameters(self, place: int) -> Parameters:
        return parameters(self.plan.drawn(place, self.number))

    def _at_opening(self, place: int, own: Parameters) -> Area | CompiledArea:
        """An area that stands at the opening of the window: a branch of the baseline's, where several scenarios may share that."""
        if place not in self._sharing:
            return self._warmed_up(own, self._spares.take())
        if len(self._sharing) == 1:
            return self._warmed_up(self._baseline(place, own), self._spares.take())
        with self._lock:
            if self._start is None:
                try:
                    self._start = self._warmed_up(self._baseline(place, own), self._spares.take(warmed_up=True), lends=True)
                except (MemoryError, OSError):
                    raise
                except Exception as error:  # it would fail again
                    self._start = error.with_traceback(None)
        if isinstance(self._start, Exception):
            raise self._start
        branch: Area | CompiledArea = self._start.branch(self._spares.take())
        return branch

    def _baseline(self, place: int, own: Parameters) -> Parameters:
        return own if place == 0 else self._parameters(0)

    def _warmed_up(self, under: Parameters, into: CompiledArea | None, lends: bool = False) -> Area | CompiledArea:
        plan = self.plan
        area = open_area(plan.engine, under, plan.seed, self.number, plan.trace, into, lends)
        area.run(plan.opens)
        return area

    def _finished(self) -> None:
        with self._lock:
            self._unfinished -= 1
            if self._unfinished == 0 and self._start is not None:
                self._spares.give(self._start, warmed_up=True)
                self._start = None


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
