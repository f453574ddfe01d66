"""What else the police do: other incidents that ask for the same people, and the changes of duty."""

from __future__ import annotations

from . import clock, luck, police, pools, work
from .agenda import schedule
from .events import Event
from .luck import Decision, uniform
from .rule import rule
from .words import Line, Pool, Work
from .world import Parameters, World


@rule
def per_hour(p: Parameters) -> float:
    """Other incidents an hour, on average over the week."""
    return p.area.reports_per_year * p.area.other_incidents_per_report / clock.YEAR


@rule
def incident(w: World, p: Parameters, number: int, t: float) -> None:
    """Another incident asks for someone; the next one will follow."""
    w.now.incidents += 1
    u = uniform(w, Decision.INCIDENT_LINE, number, 0)
    mix = p.area.other_incident_mix
    line = Line.URGENT if u < mix[0] else (Line.PRIORITY if u < mix[0] + mix[1] else Line.ROUTINE)
    pool = Pool.DESK if uniform(w, Decision.INCIDENT_POOL, number, 0) < p.area.other_incident_desk_share else Pool.RESPONSE
    hours = luck.exponential(uniform(w, Decision.INCIDENT_HOURS, number, 0)) * p.area.other_incident_hours
    task = work.new_task(w, t, Work.OTHER_INCIDENT, pool, line, number, 0, -1, hours)
    w.tasks[task].displaced = w.pools[pool].busy_missing > 0
    work.ask(w, p, t, task)
    next_incident(w, p, t, number + 1)


@rule
def next_incident(w: World, p: Parameters, t: float, number: int) -> None:
    """Schedule the next other incident by the weekly profile."""
    rate = per_hour(p)
    if rate <= 0.0:
        return
    gap = luck.exponential(uniform(w, Decision.INCIDENT_GAP, number, 0)) / rate
    comes = clock.profile_inverse(w.incident_week, clock.profile(w.incident_week, t) + gap)
    schedule(w, max(comes, t), Event.INCIDENT, number, 0)


@rule
def duty_changed(w: World, p: Parameters, pool: int, t: float) -> None:
    """Others come on duty. Police hand over what waits, open episodes pass to the new shift, and whoever is free starts."""
    pools.count_hours(w, p, t, pool)
    w.pools[pool].on_duty = pools.on_duty_at(p, t, pool)
    if pool == Pool.DESK or pool == Pool.RESPONSE:
        police.handed_over(w, p, pool, t)
    work.serve(w, p, t, pool)
    schedule(w, pools.next_duty_change(p, t, pool), Event.DUTY_CHANGED, pool, 0)
