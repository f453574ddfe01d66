"""Areas that nobody needs any more, for the sake of their memory: the next one is made in it, by whichever thread asks first."""

from __future__ import annotations

from collections import deque
from typing import Any


class Spares:
    """Areas that were given back. Threads may share it. SimPy's areas are let go of.

    An area that was only warmed up needs less memory than one that ran to its end, so each kind is made in the memory of its own kind only: a thread
    that begins to warm up would else take what another needs again in a moment, and both would end up with the larger.
    """

    def __init__(self) -> None:
        self._ended: deque[Any] = deque()
        self._warmed_up: deque[Any] = deque()

    def give(self, area: Any, warmed_up: bool = False) -> None:
        """Nobody will look at this area again, nor at its `last_tables`."""
        if hasattr(area, "last_tables") and not hasattr(area, "env"):
            (self._warmed_up if warmed_up else self._ended).append(area)

    def take(self, warmed_up: bool = False) -> Any:
        """One of them, of that kind, or None."""
        try:
            return (self._warmed_up if warmed_up else self._ended).pop()
        except IndexError:
            return None
