"""Reports of missing children: when the same child was reported before and after, and how often in between."""

from __future__ import annotations

import numpy as np

from ..model.words import NEVER, NOBODY
from .matches import by_child
from .rows import Column, Rows, WorkedOut


class Reports(Rows):
    """All reports from some hour on. Those of one child lie in the table in the order of time."""

    @WorkedOut
    def before(self) -> Column:
        """When the same child was last reported before; -inf if never."""
        found = np.full(len(self), -NEVER)
        earlier = np.flatnonzero(self._next != NOBODY)
        found[self._next[earlier]] = self["reported"][earlier]
        return found

    @WorkedOut
    def after(self) -> Column:
        """When the same child was next reported; inf if never."""
        return np.where(self._next == NOBODY, NEVER, self["reported"][self._next])

    def number(self, child: Column, start: Column, end: Column) -> Column:
        """How many reports of each child from `start` to `end`."""
        scale = 4.0 * max(float(np.max(np.abs(times), initial=1.0)) for times in (self["reported"], start, end))
        places = self["child"][self._by_child] * scale + self["reported"][self._by_child]
        return np.searchsorted(places, child * scale + end, side="right") - np.searchsorted(places, child * scale + start, side="left")

    @WorkedOut
    def _by_child(self) -> Column:
        """Their order by child and then by time."""
        return by_child(self["child"])

    @WorkedOut
    def _next(self) -> Column:
        """The place of the next report of the same child; NOBODY if there is none."""
        found = np.full(len(self), NOBODY)
        order = self._by_child
        child = self["child"][order]
        same = np.flatnonzero(child[1:] == child[:-1])
        found[order[same]] = order[same + 1]
        return found
