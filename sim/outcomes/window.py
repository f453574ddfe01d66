"""What happened in an area in the window, whoever it was about: what all parts of a cohort share."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ..engine.tables import Tables
from ..model.clock import YEAR
from ..model.words import NOBODY, Work
from .reports import Reports
from .rows import Rows, among, one_of
from .tasks import Tasks

Column = npt.NDArray[Any]

MISSING_WORK = (Work.DESK_ENQUIRY, Work.FIELD_VISIT, Work.PREVENTION_INTERVIEW)
"""Police work on a missing episode."""


class Window:
    """Hours [opens, closes) of one run; the tables are those at the end of follow-up."""

    def __init__(self, tables: Tables, opens: float, closes: float, ends: float) -> None:
        self.tables = tables
        self.opens = opens
        self.closes = closes
        self.ends = ends

    @cached_property
    def reports(self) -> Reports:
        """Every report of a missing child from a year before the window to the end of follow-up."""
        episodes = self.tables["episodes"]
        reported = episodes["reported"].copy()  # in one piece: it is looked at three times
        return Reports(episodes, np.flatnonzero((reported >= self.opens - YEAR) & (reported <= self.ends)))

    @cached_property
    def reported(self) -> Column:
        """The rows of the episodes that were reported in the window."""
        reported = self.reports["reported"]
        return self.reports.rows[(reported >= self.opens) & (reported < self.closes)]

    @cached_property
    def years_at_risk(self) -> float:
        """Child-years in the window of all children who may go missing, whether they did or not."""
        children = self.tables["children"]
        inside = np.minimum(children["gone"], self.closes) - np.maximum(children["entered"], self.opens)
        return float(np.sum(np.maximum(inside, 0.0))) / YEAR

    @cached_property
    def since(self) -> Tasks:
        """Every task asked of anyone since the window opened."""
        return self._asked_before(np.inf)

    @cached_property
    def asked(self) -> Tasks:
        """Every task asked of anyone in the window, other incidents and other families among them."""
        return self._asked_before(self.closes)

    def _asked_before(self, end: float) -> Tasks:
        tasks = self.tables["tasks"]
        first, after = np.searchsorted(tasks["requested"], (self.opens, end))
        return Tasks(tasks[first:after], None, self.ends)

    @cached_property
    def police_tasks(self) -> Tasks:
        """Police work on the episodes that were reported in the window."""
        tasks = self.since.only(one_of(self.since["work"], MISSING_WORK))
        return tasks.only(among(self.reported, tasks["episode"], len(self.tables["episodes"])))

    def tasks_for(self, work: Work, table: str, rows: Column) -> Tasks:
        """Tasks of this kind for these rows of the table of interviews or of cases, asked for since the window opened."""
        tasks = self.since.only(self.since["work"] == int(work))
        return tasks.only(among(rows, tasks["episode"], len(self.tables[table])))

    @cached_property
    def cases(self) -> Rows:
        """Cases of the model's children that were referred in the window."""
        cases = self.tables["cases"]
        return Rows(cases, np.flatnonzero((cases["child"] != NOBODY) & (cases["referred"] >= self.opens) & (cases["referred"] < self.closes)))
