"""A cohort: the episodes of one run that were reported in the window, followed to the end of the run-on. What every measure is taken of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from ..engine.tables import Tables
from ..model.clock import WEEK, shift_at
from ..model.words import NOBODY, Pool, Work
from ..model.world import Parameters
from .episodes import Episodes
from .rows import Rows, among
from .tasks import Tasks
from .window import MISSING_WORK, Window

__all__ = ["MISSING_WORK", "POLICE", "SEARCH", "Cohort"]

Column = npt.NDArray[Any]
T = TypeVar("T")

SEARCH = (Work.DESK_ENQUIRY, Work.FIELD_VISIT)
POLICE = (Pool.DESK, Pool.RESPONSE)


@dataclass(frozen=True, eq=False)
class Cohort:
    """Episodes reported in [opens, closes), as known at hour `ends`.

    `tables` are those of the engine at `ends`; `pools_at_open` and `pools_at_close` are rows of Roster as they stood at those hours. `parameters` are
    of the scenario in force in the window.
    """

    parameters: Parameters
    tables: Tables
    opens: float
    closes: float
    ends: float
    pools_at_open: Column
    pools_at_close: Column

    def __post_init__(self) -> None:
        if not self.opens < self.closes <= self.ends:
            raise ValueError(f"opens < closes <= ends must hold: {self.opens}, {self.closes}, {self.ends}")

    def only(self, keep: Column) -> Cohort:
        """The same cohort restricted to the episodes for which `keep` is true. Pools, other demand and children at risk stay those of the area."""
        part = replace(self)
        part.__dict__.update(window=self.window, episodes=self.episodes.only(np.asarray(keep, dtype=bool)))
        return part

    def once(self, work: Callable[[Cohort], T]) -> T:
        """`work` of this cohort, worked out when it is first asked for. Nobody may write to it."""
        found: T
        if work in self.held:
            found = self.held[work]
        else:
            found = self.held[work] = work(self)
        return found

    def each(self, work: Callable[[Cohort], Column]) -> Column:
        """The same, for work that says of each episode by itself what it says: part of a cohort takes its part of what the whole has."""
        return self.episodes.column(work, self._of_each)

    def _of_each(self, work: Callable[[Cohort], Column]) -> Column:
        said = work(self)
        assert len(said) == len(self.episodes), "this is not said of each episode: use `once`"
        return said

    @cached_property
    def held(self) -> dict[Any, Any]:
        """What measures have worked out and would otherwise work out again."""
        return {}

    @cached_property
    def window(self) -> Window:
        """What happened in the area in the window; the same for every part of the cohort."""
        return Window(self.tables, self.opens, self.closes, self.ends)

    @cached_property
    def episodes(self) -> Episodes:
        """The episodes."""
        return Episodes(self.parameters, self.tables, self.ends, self.window.reports, self.window.reported)

    @property
    def weeks(self) -> float:
        """Length of the window."""
        return (self.closes - self.opens) / WEEK

    @property
    def years_at_risk(self) -> float:
        """Child-years in the window of all children who may go missing, whether they did or not."""
        return self.window.years_at_risk

    @cached_property
    def place(self) -> Column:
        """For each row of the table of episodes, its place in the cohort, or NOBODY."""
        place = np.full(len(self.tables["episodes"]), NOBODY)
        place[self.episodes.rows] = np.arange(len(self.episodes))
        return place

    @cached_property
    def tasks(self) -> Tasks:
        """Police tasks of the cohort's episodes: desk enquiries, field visits, prevention interviews."""
        tasks = self.window.police_tasks
        return tasks.only(among(self.episodes.rows, tasks["episode"], len(self.tables["episodes"])))

    @property
    def asked(self) -> Tasks:
        """Every task asked of anyone in the window, other incidents and other families among them."""
        return self.window.asked

    @cached_property
    def interview_tasks(self) -> Tasks:
        """Tasks of the return home interviews that cover the cohort's episodes."""
        return self.window.tasks_for(Work.RETURN_HOME_INTERVIEW, "interviews", self.episodes["rhi"])

    @property
    def cases(self) -> Rows:
        """Cases of the model's children that were referred in the window."""
        return self.window.cases

    def case_tasks(self, work: Work) -> Tasks:
        """Tasks of those cases: MASH decisions, or case slots."""
        return self.window.tasks_for(work, "cases", self.cases.rows)

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
