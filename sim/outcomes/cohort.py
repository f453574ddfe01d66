"""A cohort: the episodes of one run that were reported in the window, followed to the end of the run-on. What every measure is taken of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ..engine.tables import Tables
from ..model.clock import WEEK, YEAR, shift_at
from ..model.words import NOBODY, Pool, Work
from ..model.world import Parameters
from .episodes import Episodes

Column = npt.NDArray[Any]

MISSING_WORK = (Work.DESK_ENQUIRY, Work.FIELD_VISIT, Work.PREVENTION_INTERVIEW)
"""Police work on a missing episode."""
SEARCH = (Work.DESK_ENQUIRY, Work.FIELD_VISIT)
POLICE = (Pool.DESK, Pool.RESPONSE)


@dataclass(frozen=True, eq=False)
class Cohort:
    """Episodes reported in [opens, closes), as known at hour `ends`.

    `tables` are those of the engine at `ends`; `pools_at_open` and `pools_at_close` are rows of Roster as they stood at those hours. `parameters` are
    of the scenario in force in the window. `whole` and `keep` are set by `only`.
    """

    parameters: Parameters
    tables: Tables
    opens: float
    closes: float
    ends: float
    pools_at_open: Column
    pools_at_close: Column
    whole: Cohort | None = None
    keep: Column | None = None

    def __post_init__(self) -> None:
        if not self.opens < self.closes <= self.ends:
            raise ValueError(f"opens < closes <= ends must hold: {self.opens}, {self.closes}, {self.ends}")

    def only(self, keep: Column) -> Cohort:
        """The same cohort restricted to the episodes for which `keep` is true. Pools, other demand and children at risk stay those of the area."""
        return replace(self, whole=self, keep=np.asarray(keep, dtype=bool))

    @cached_property
    def held(self) -> dict[str, Any]:
        """What measures have worked out and would otherwise work out again."""
        return {}

    @cached_property
    def episodes(self) -> Episodes:
        """The episodes."""
        if self.whole is not None:
            assert self.keep is not None
            return self.whole.episodes.only(self.keep)
        reported = self.tables["episodes"]["reported"]
        return Episodes(self.parameters, self.tables, self.ends, np.flatnonzero((reported >= self.opens) & (reported < self.closes)))

    @property
    def weeks(self) -> float:
        """Length of the window."""
        return (self.closes - self.opens) / WEEK

    @cached_property
    def years_at_risk(self) -> float:
        """Child-years in the window of all children who may go missing, whether they did or not."""
        children = self.tables["children"]
        inside = np.minimum(children["gone"], self.closes) - np.maximum(children["entered"], self.opens)
        return float(np.sum(np.maximum(inside, 0.0))) / YEAR

    @cached_property
    def place(self) -> Column:
        """For each row of the table of episodes, its place in the cohort, or NOBODY."""
        place = np.full(len(self.tables["episodes"]), NOBODY)
        place[self.episodes.rows] = np.arange(len(self.episodes))
        return place

    @cached_property
    def tasks(self) -> Column:
        """Police tasks of the cohort's episodes: desk enquiries, field visits, prevention interviews."""
        if self.whole is not None:
            tasks = self.whole.tasks
        else:
            tasks = self.tables["tasks"]
            tasks = tasks[(tasks["requested"] >= self.opens) & np.isin(tasks["work"], MISSING_WORK)]
        own: Column = tasks[self.place[tasks["episode"]] != NOBODY]
        return own

    @cached_property
    def asked(self) -> Column:
        """Every task asked of anyone in the window, other incidents and other families among them."""
        tasks = self.tables["tasks"]
        asked: Column = tasks[(tasks["requested"] >= self.opens) & (tasks["requested"] < self.closes)]
        return asked

    @cached_property
    def interview_tasks(self) -> Column:
        """Tasks of the return home interviews that cover the cohort's episodes."""
        return self._tasks_of(Work.RETURN_HOME_INTERVIEW, self.episodes["rhi"])

    @cached_property
    def case_rows(self) -> Column:
        """The rows of cases of the model's children that were referred in the window."""
        cases = self.tables["cases"]
        return np.flatnonzero((cases["child"] != NOBODY) & (cases["referred"] >= self.opens) & (cases["referred"] < self.closes))

    @cached_property
    def cases(self) -> Column:
        """Those cases."""
        cases: Column = self.tables["cases"][self.case_rows]
        return cases

    def case_tasks(self, work: Work) -> Column:
        """Tasks of those cases: MASH decisions, or case slots."""
        return self._tasks_of(work, self.case_rows)

    def _tasks_of(self, work: Work, rows: Column) -> Column:
        """Tasks of this kind for these interviews or cases."""
        tasks = self.tables["tasks"]
        tasks = tasks[(tasks["requested"] >= self.opens) & (tasks["work"] == int(work))]
        own: Column = tasks[np.isin(tasks["episode"], rows)]
        return own

    def hours_of(self, tasks: Column) -> Column:
        """Hours worked on each task up to the end of follow-up."""
        hours: Column = np.maximum(np.minimum(tasks["ended"], self.ends) - tasks["started"], 0.0)
        return hours

    def pool_hours(self, pool: Pool, name: str) -> Column:
        """Hours by shift (early, late, night) that a pool spent in the window: busy_hours or duty_hours."""
        return self._noted(self.pools_at_close[pool], name, self.closes) - self._noted(self.pools_at_open[pool], name, self.opens)

    def _noted(self, roster: Any, name: str, t: float) -> Column:
        """Hours up to `t`: those noted, and those since the last note."""
        r = self.parameters.resources
        hours: Column = roster[name].copy()
        since = max(t - float(roster["updated"]), 0.0)
        people = int(roster["busy"] if name == "busy_hours" else roster["on_duty"])
        hours[shift_at(t - since / 2.0, r.late_starts, r.night_starts, r.night_ends)] += since * people
        return hours
