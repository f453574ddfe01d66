"""How an area begins: its children, its people on duty, and the first of everything that comes on its own."""

from __future__ import annotations

from . import child, demand, pools, social_care, work
from .agenda import schedule
from .events import Event
from .rule import rule
from .words import Home, Pool
from .world import Parameters, World

HOMES = len(Home)
POOLS = len(Pool)


@rule
def start(w: World, p: Parameters) -> None:
    """Fill an empty area at hour 0."""
    for pool in range(POOLS):
        w.pools[pool].on_duty = pools.on_duty_at(p, 0.0, pool)
        schedule(w, pools.next_duty_change(p, 0.0, pool), Event.DUTY_CHANGED, pool, 0)
    for home in range(HOMES):
        for number in range(p.area.children[home]):
            child.new_child(w, p, 0.0, home, home * child.KEYS + number, True)
        child.next_entry(w, p, 0.0, home, 0)
    demand.next_incident(w, p, 0.0, 0)
    social_care.next_family(w, p, 0.0, 0)


@rule
def switched(w: World, p: Parameters, t: float) -> None:
    """Another scenario is in force from hour `t` on: those it puts on duty are there at once. What is under way or due goes on."""
    for pool in range(POOLS):
        pools.count_hours(w, p, t, pool)
        w.pools[pool].on_duty = pools.on_duty_at(p, t, pool)
        work.serve(w, p, t, pool)
