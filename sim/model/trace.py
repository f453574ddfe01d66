"""The verb `note`: one line of the event trace, for those who want to see every step. Rules note what happened; they never read it back."""

from __future__ import annotations

from .events import Event
from .world import World


def note(w: World, t: float, event: Event, who: int, resource: int) -> None:
    """Write down that `event` happened to row `who` at hour `t`, with a pool or NOBODY as `resource`."""
    if w.trace is not None:
        w.trace.append((t, event, who, resource))
