"""What happened in an area in the window, whoever it was about: what all parts of a cohort share."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ..engine.tables import Tables
from ..model.clock import YEAR
from ..model.words import NOBODY, Work
from .rows import Rows

Column = npt.NDArray[Any]

MISSING_WORK = (Work.DESK_ENQUIRY, Work.FIELD_VISIT, Work.PREVENTION_INTERVIEW)
"""Police work on a missing episode."""


class Window:
    """Hours [opens, closes) of one run; the tables are those at the end of follow-up."""

    def __init__(self, tables: Tables, opens: float, closes: float) -> None:
        self.tables = tables
        self.opens = opens
        self.closes = closes

    @cached_property
    def years_at_risk(self) -> float:
        """Child-years in the window of all children who may go missing, whether they did or not."""
        children = self.tables["children"]
        inside = np.minimum(children["gone"], self.closes) - np.maximum(children["entered"], self.opens)
        return float(np.sum(np.maximum(inside, 0.0))) / YEAR

    @cached_property
    def since(self) -> Rows:
        """Every task asked of anyone since the window opened."""
        tasks = self.tables["tasks"]
        return Rows(tasks, np.flatnonzero(tasks["requested"] >= self.opens))

    @cached_property
    def asked(self) -> Rows:
        """Every task asked of anyone in the window, other incidents and other families among them."""
        return self.since.only(self.since["requested"] < self.closes)

    @cached_property
    def police_tasks(self) -> Rows:
        """Police work on missing episodes asked for since the window opened, of whatever episode."""
        work = self.since["work"]
        return self.since.only((work == MISSING_WORK[0]) | (work == MISSING_WORK[1]) | (work == MISSING_WORK[2]))

    def tasks_for(self, work: Work, rows: Column) -> Rows:
        """Tasks of this kind for these interviews or cases, asked for since the window opened."""
        tasks = self.since.only(self.since["work"] == int(work))
        return tasks.only(np.isin(tasks["episode"], rows))

    @cached_property
    def cases(self) -> Rows:
        """Cases of the model's children that were referred in the window."""
        cases = self.tables["cases"]
        return Rows(cases, np.flatnonzero((cases["child"] != NOBODY) & (cases["referred"] >= self.opens) & (cases["referred"] < self.closes)))
