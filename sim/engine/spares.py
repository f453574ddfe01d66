"""Areas that nobody needs any more, for the sake of their memory: the next one is made in it, by whichever thread asks first."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from statistics import fmean
from typing import Any

KEPT = 17 / 16
"""Times as much memory as is usual is kept, so that areas that are made in it need not get longer so often."""

LATELY = 31
"""Areas, and one more, by which it is told what is usual."""


class Spares:
    """Areas that were given back. Threads may share it. SimPy's areas are let go of.

    An area that was only warmed up needs less memory than one that ran to its end, so each kind is made in the memory of its own kind only: a thread
    that begins to warm up would else take what another needs again in a moment, and both would end up with the larger.

    Where values are drawn some areas are twice as large as others. Of all of them only as much memory is kept as is usual, and a sixteenth.
    """

    def __init__(self) -> None:
        self._ended, self._warmed_up = _Kind(), _Kind()

    def give(self, area: Any, warmed_up: bool = False) -> None:
        """Nobody will look at this area again, nor at its `last_tables`, nor at branches that it lent to."""
        if hasattr(area, "let_go"):
            (self._warmed_up if warmed_up else self._ended).give(area)

    def take(self, warmed_up: bool = False) -> Any:
        """One of them, of that kind, or None."""
        return (self._warmed_up if warmed_up else self._ended).take()


class _Kind:
    """Areas of one kind, and the bytes that such areas had lately."""

    def __init__(self) -> None:
        self._areas: deque[Any] = deque()
        self._sizes: tuple[int, ...] = ()

    def give(self, area: Any) -> None:
        size = area.size
        self._sizes = (*self._sizes[-LATELY:], size)
        with suppress(MemoryError):  # then it is of no use
            area.let_go(KEPT * self.usual / size)
            self._areas.append(area)

    def take(self) -> Any:
        try:
            return self._areas.pop()
        except IndexError:
            return None

    @property
    def usual(self) -> float:
        """Bytes of such an area, lately. To be asked only after one was given."""
        return fmean(self._sizes)
