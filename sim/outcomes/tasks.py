"""Tasks as columns: what people were asked to do, how long it waited, and how long it took."""

from __future__ import annotations

import numpy as np

from .rows import Column, Rows, WorkedOut, long


class Tasks(Rows):
    """Some rows of the table of tasks; `ends` is the end of follow-up. Tasks lie in the table in the order in which they were asked for."""

    def __init__(self, table: Column, rows: Column | None, ends: float) -> None:
        super().__init__(table, rows)
        self.ends = ends

    def taken(self, name: str) -> Column:
        """A column as the table has it, whole numbers as short as they are: there are many tasks, and no sums are done with them. Only row numbers
        are as long as NumPy wants them."""
        column = self.cut(name)
        return long(column) if name == "episode" else column

    @WorkedOut
    def started(self) -> Column:
        """Had it been started by the end of follow-up?"""
        return self["started"] <= self.ends

    @WorkedOut
    def wait(self) -> Column:
        """Hours from asking to starting; inf if it was not started."""
        return self["started"] - self["requested"]

    @WorkedOut
    def hours(self) -> Column:
        """Hours worked on it up to the end of follow-up."""
        hours: Column = np.maximum(np.minimum(self["ended"], self.ends) - self["started"], 0.0)
        return hours
