"""Reported missing episodes as columns: what the tables hold, and what is worked out from them when asked for, once.

`episodes["grade"]` is a column of the table as it stands; `episodes.age` is worked out. Times are hours from the start of the run, inf where a thing
has not happened by the end of follow-up. Nothing here is a measure.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..engine.tables import Tables
from ..model.clock import YEAR
from ..model.words import NEVER, NOBODY, Home, Nation, State
from ..model.world import Parameters
from . import hours
from .matches import by_child, next_of, taken
from .reports import Reports
from .rows import Rows, WorkedOut

Column = npt.NDArray[Any]


class Episodes(Rows):
    """Some rows of the table of episodes, all of them reported; `rows` are their numbers in it, `ends` the end of follow-up."""

    def __init__(self, parameters: Parameters, tables: Tables, ends: float, reports: Reports, rows: Column) -> None:
        super().__init__(tables["episodes"], rows)
        self.parameters = parameters
        self.tables = tables
        self.ends = ends
        self.reports = reports

    # the time away

    @WorkedOut
    def located(self) -> Column:
        """Is the child back by the end of follow-up?"""
        return self["located"] <= self.ends

    @WorkedOut
    def until(self) -> Column:
        """The end of the time away, or of follow-up."""
        return np.minimum(self["located"], self.ends)

    @WorkedOut
    def hours_away(self) -> Column:
        """From leaving."""
        return self.until - self["left"]

    @WorkedOut
    def hours_since_report(self) -> Column:
        """From the report."""
        return self.until - self["reported"]

    @WorkedOut
    def active_hours(self) -> Column:
        """Hours after the report during which a search task ran."""
        return self["active_hours"] + self._still_running

    @WorkedOut
    def night_active_hours(self) -> Column:
        """The part of them that lies in the police night."""
        r = self.parameters.resources
        return self["night_active_hours"] + np.where(self._still_running > 0, hours.night_hours(self._last_noted, self.until, r), 0.0)

    @WorkedOut
    def night_hours(self) -> Column:
        """Hours of police night from the report to the end of the time away."""
        return hours.night_hours(self["reported"], self.until, self.parameters.resources)

    @WorkedOut
    def _last_noted(self) -> Column:
        return np.minimum(self["raw_updated"], self.until)

    @WorkedOut
    def _still_running(self) -> Column:
        """Hours since the last note of a search that runs at the end of follow-up."""
        return np.where((self["raw_rate"] > 0) & ~self.located, self.until - self._last_noted, 0.0)

    def followed(self, span: float) -> Column:
        """Does follow-up reach `span` hours from the report?"""
        return self["reported"] + span <= self.ends

    # the child

    def _child(self, name: str) -> Column:
        column: Column = self.tables["children"][name][self["child"]]
        return column

    @WorkedOut
    def care(self) -> Column:
        """Is it a child in care?"""
        return np.not_equal(self._child("home"), Home.FAMILY)

    @WorkedOut
    def out_of_area(self) -> Column:
        """Does the child live outside the area that is responsible for the child?"""
        return self._child("out_of_area")

    @WorkedOut
    def age(self) -> Column:
        """Years, at the report."""
        return (self["reported"] - self._child("born")) / YEAR

    @WorkedOut
    def older(self) -> Column:
        """16 or 17?"""
        return self.age >= 16.0

    @WorkedOut
    def gone(self) -> Column:
        """When the child turned 18; inf if not yet."""
        return self._child("gone")

    @WorkedOut
    def at_night(self) -> Column:
        """Reported in the police night?"""
        return hours.is_night(self["reported"], self.parameters.resources)

    @WorkedOut
    def exploited(self) -> Column:
        """Was the child being exploited at the report? (true state)"""
        return np.equal(self["state"], State.EXPLOITED)

    @WorkedOut
    def exposed(self) -> Column:
        """Exploited or groomed at the report? (true state)"""
        return np.not_equal(self["state"], State.NONE)

    @WorkedOut
    def repeat(self) -> Column:
        """Was the child reported missing in the 365 days before, too?"""
        return self.reports.before[self._report] >= self["reported"] - YEAR

    @WorkedOut
    def next_report(self) -> Column:
        """When the child was next reported missing after the return."""
        return self.reports.after[self._report]

    @WorkedOut
    def _report(self) -> Column:
        """The place among all reports."""
        return np.searchsorted(self.reports.rows, self.rows)

    # grading and harm

    @WorkedOut
    def graded(self) -> Column:
        """Was a grade endorsed before the child was back?"""
        return self["first_grade"] >= 0

    @WorkedOut
    def under(self) -> Column:
        """Graded below the knowable grade?"""
        return self.graded & (self["first_grade"] < self["knowable_grade"])

    @WorkedOut
    def over(self) -> Column:
        """Graded above it?"""
        return self.graded & (self["first_grade"] > self["knowable_grade"])

    @WorkedOut
    def harmed(self) -> Column:
        """Did the child come to harm during the episode? (true)"""
        return self["harmed"] <= self.ends

    @WorkedOut
    def harm_recorded(self) -> Column:
        """Did someone learn of it?"""
        return self["harm_recorded"] <= self.ends

    @WorkedOut
    def harm_without_search(self) -> Column:
        """Would harm have come, same luck, had police not located the child first?"""
        return self["harm_without_search"] <= self.ends

    # what followed

    @WorkedOut
    def identification(self) -> Column:
        """The row of the identification of the exploitation that was there at the report, made after it; NOBODY if none was."""
        table = self.tables["identifications"]
        exploited = np.flatnonzero(self.exploited)
        rows = np.full(len(self), NOBODY)
        if len(table) and len(exploited):
            order = by_child(table["child"])
            reported = self["reported"][exploited]
            found = next_of(table["child"][order], table["time"][order], self["child"][exploited], reported)
            row = order[found]
            rows[exploited] = np.where((found == NOBODY) | (table["began"][row] > reported), NOBODY, row)
        return rows

    @WorkedOut
    def identified(self) -> Column:
        """When that was."""
        return taken(self.tables["identifications"]["time"], self.identification)

    @WorkedOut
    def protected(self) -> Column:
        """When protective action for a child who was exploited at the report next began after it; inf for other children."""
        table = self.tables["protections"]
        exploited = np.flatnonzero(self.exploited)
        order = by_child(table["child"])
        started = table["started"][order]
        found = np.full(len(self), NEVER)
        found[exploited] = taken(started, next_of(table["child"][order], started, self["child"][exploited], self["reported"][exploited]))
        return found

    @WorkedOut
    def referred(self) -> Column:
        """When police referred to children's social care (the table notes it beforehand)."""
        return np.where(self["referred"] <= self.ends, self["referred"], NEVER)

    @WorkedOut
    def eligible(self) -> Column:
        """Is a return home interview expected? England: after every return. Wales: by the number of reports in the year, whatever grade was given."""
        if self.parameters.area.nation == Nation.ENGLAND:
            return self.located
        in_year = self.reports.number(self["child"], self.until - YEAR, self.until)
        return self.located & (self["rhi_eligible"] | (in_year >= self.parameters.practice.wales_after_episodes))

    @WorkedOut
    def interview_returned(self) -> Column:
        """When the child came back first of all the episodes that the same return home interview covers."""
        return self._interview("returned")

    @WorkedOut
    def interview_offered(self) -> Column:
        """When it was offered."""
        return self._interview("offered")

    @WorkedOut
    def interview_done(self) -> Column:
        """When it was done."""
        return self._interview("done")

    @WorkedOut
    def interview_shared(self) -> Column:
        """When what was said in it was shared with police."""
        return self._interview("shared")

    @WorkedOut
    def interview_clock(self) -> Column:
        """When the clock of the interview started: at the first return it covers, or at this one if there is none."""
        return np.where(self.interview_returned < NEVER, self.interview_returned, self["located"])

    def _interview(self, name: str) -> Column:
        return taken(self.tables["interviews"][name], self["rhi"])
