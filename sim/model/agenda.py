"""The verb `schedule`: what comes next, and when. Each engine gives it its own body; this one hands over to the agenda of an interpreted world.

Events are pushed at absolute times. Ties fire in the order of scheduling. A superseded event is not cancelled: it carries a version, and its rule
ignores it
when the version has moved on.
"""

from __future__ import annotations

from .events import Event
from .world import World


def schedule(w: World, t: float, event: Event, who: int, version: int) -> None:
    """At hour `t`, let `event` happen to row `who`, if `version` still holds then."""
    w.agenda.schedule(t, event, who, version)
