"""Areas that nobody needs any more, for the sake of their memory: the next one is made in it, by whichever thread asks first."""

from __future__ import annotations

from collections import deque
from typing import Any


class Spares:
    """Areas that were given back. Threads may share it. SimPy's areas are let go of."""

    def __init__(self) -> None:
        self._areas: deque[Any] = deque()

    def give(self, area: Any) -> None:
        """Nobody will look at this area again, nor at its `last_tables`."""
        if hasattr(area, "last_tables") and not hasattr(area, "env"):
            self._areas.append(area)

    def take(self) -> Any:
        """One of them, or None."""
        try:
            return self._areas.pop()
        except IndexError:
            return None
