"""Reports of missing children: when the same child was reported before and after, and how often in between."""

from __future__ import annotations

import numpy as np

from ..model.words import NEVER
from .rows import Column, Rows, WorkedOut


class Reports(Rows):
    """All reports from some hour on. Those of one child lie in the table in the order of time."""

    @WorkedOut
    def before(self) -> Column:
        """When the same child was last reported before; -inf if never."""
        found = np.full(len(self), -NEVER)
        earlier, later = self._pairs()
        found[later] = self["reported"][earlier]
        return found

    @WorkedOut
    def after(self) -> Column:
        """When the same child was next reported; inf if never."""
        found = np.full(len(self), NEVER)
        earlier, later = self._pairs()
        found[earlier] = self["reported"][later]
        return found

    def number(self, child: Column, start: Column, end: Column) -> Column:
        """How many reports of each child from `start` to `end`."""
        scale = 4.0 * max(float(np.max(np.abs(times), initial=1.0)) for times in (self["reported"], start, end))
        places = self["child"][self._by_child] * scale + self["reported"][self._by_child]
        return np.searchsorted(places, child * scale + end, side="right") - np.searchsorted(places, child * scale + start, side="left")

    @WorkedOut
    def _by_child(self) -> Column:
        """An order by child and then by time."""
        child = self["child"]
        few = child.astype(np.min_scalar_type(int(np.max(child, initial=0))))  # NumPy sorts short numbers many times as quickly
        return np.argsort(few, kind="stable")

    def _pairs(self) -> tuple[Column, Column]:
        """The places of every two reports of one child that follow one another."""
        order = self._by_child
        child = self["child"][order]
        same = child[1:] == child[:-1]
        return order[:-1][same], order[1:][same]
