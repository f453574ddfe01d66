"""What can be read off the episodes of one area after the fact, column by column, to tell which of them is a case of which type."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from ..engine.tables import Tables
from ..model.clock import DAY
from ..model.words import NEVER, Progress, Work
from ..model.world import Parameters
from ..outcomes import hours
from .asked import Asked

Column = np.ndarray[Any, Any]

NOTABLE_WAIT = 0.5
"""Hours of waiting from which another child counts as one who waited."""


class Signs:
    """Columns, one value for each row of the table of episodes."""

    def __init__(self, asked: Asked, tables: Tables) -> None:
        self.asked = asked
        self.tables = tables
        self.rows = tables["episodes"]
        self.parameters: Parameters = asked.parameters

    def __getitem__(self, name: str) -> Column:
        column: Column = self.rows[name]
        return column

    @cached_property
    def looked_at(self) -> Column:
        """Reported in the window, graded, and located before the run ends: the episodes among which cases are sought."""
        in_window = (self["reported"] >= self.asked.opens) & (self["reported"] < self.asked.closes)
        found: Column = in_window & (self["first_grade"] >= 0) & (self["located"] < self.asked.ends - DAY)
        return found

    @cached_property
    def duration(self) -> Column:
        """Hours from report to location; inf where there was none of either."""
        with np.errstate(invalid="ignore"):
            return np.where(self["reported"] < NEVER, self["located"] - self["reported"], NEVER)

    @cached_property
    def reported_by_night(self) -> Column:
        """Was the child reported missing during the police night, two hours or more before it ends?"""
        r = self.parameters.resources
        reported = np.where(self["reported"] < NEVER, self["reported"], 12.0)
        return hours.is_night(reported, r) & hours.is_night(reported + 2.0, r)

    @cached_property
    def night_over(self) -> Column:
        """When the night of the report ends."""
        r = self.parameters.resources
        reported = np.where(self["reported"] < NEVER, self["reported"], 12.0)
        start = hours.midnight(reported)
        return np.where(reported < start + r.night_ends, start + r.night_ends, start + DAY + r.night_ends)

    @cached_property
    def first_asked(self) -> Column:
        """When the first search task was asked for."""
        tasks = self._search
        found = np.full(len(self.rows), NEVER)
        np.minimum.at(found, tasks["episode"], tasks["requested"])
        return found

    @cached_property
    def next_report(self) -> Column:
        """When the same child was next reported missing."""
        reported = np.flatnonzero(self["reported"] < NEVER)
        order = reported[np.lexsort((self["occurrence"][reported], self["child"][reported]))]
        found = np.full(len(self.rows), NEVER)
        same = self["child"][order[1:]] == self["child"][order[:-1]]
        found[order[:-1][same]] = self["reported"][order[1:][same]]
        return found

    @cached_property
    def back_again(self) -> Column:
        """Hours from the return to the next report; inf where there was none of either."""
        with np.errstate(invalid="ignore"):
            return np.where(self["located"] < NEVER, self.next_report - self["located"], NEVER)

    @cached_property
    def others_waited(self) -> Column:
        """Did another child's search task wait for someone of a pool that was busy with this episode, for half an hour or more?"""
        tasks = self._search
        begun = np.minimum(tasks["started"], tasks["ended"])
        waited = tasks[(np.where(tasks["started"] < NEVER, tasks["started"], tasks["requested"]) - tasks["requested"]) >= NOTABLE_WAIT]
        found = np.zeros(len(self.rows), bool)
        ran = tasks[begun < NEVER]
        ends = np.where(ran["ended"] < NEVER, ran["ended"], ran["started"] + ran["hours"])
        for pool in np.unique(waited["pool"]):
            mine = ran["pool"] == pool
            busy, until, whose = ran["started"][mine], ends[mine], ran["episode"][mine]
            order = np.argsort(busy)
            busy, until, whose = busy[order], until[order], whose[order]
            longest = float(np.max(until - busy, initial=0.0))
            for task in waited[waited["pool"] == pool]:
                first = int(np.searchsorted(busy, task["requested"] - longest))
                last = int(np.searchsorted(busy, task["started"]))
                during = whose[first:last][(until[first:last] > task["requested"]) & (whose[first:last] != task["episode"])]
                found[during] = True
        return found

    @cached_property
    def _search(self) -> Column:
        tasks = self.tables["tasks"]
        kinds = (tasks["work"] == Work.DESK_ENQUIRY) | (tasks["work"] == Work.FIELD_VISIT)
        found: Column = tasks[kinds & (tasks["progress"] != Progress.REPLACED)]
        return found
