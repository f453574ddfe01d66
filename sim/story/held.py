"""What is held about a child when the call is graded, and who of those who grade looks at it: read from the records, with the luck of the episode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..engine.hands import Hands
from ..model import clock
from ..model.luck import Decision
from ..model.words import Pool
from .asked import Asked


@dataclass(frozen=True)
class Held:
    """Just before the call is graded. Days are since the thing was put on record, None if it is not there or out of date."""

    age: int
    home: int
    out_of_area: bool
    vulnerability_police: bool
    vulnerability_social: bool
    flag_police: int | None
    flag_social: int | None
    recorded: int
    """Episodes on the records system in 90 days."""
    trigger_plan: int | None
    concern: float
    """Tonight's circumstances as the carer knows them, in standard deviations: 0 is usual."""
    call_checks: bool
    informant_heard: bool
    reassessed: bool
    inspector_checks: bool
    social_worker_asked: bool
    units: int
    units_busy: int
    waiting: int


def held(asked: Asked, area: Any, e: int) -> Held:
    """Read an area that stands just before the grading of episode `e`."""
    p, w = asked.parameters, area.world
    episode = w.episodes[e]
    c = int(episode.child)
    child, t = w.children[c], area.now
    luck = Hands(asked.seed, asked.replication)

    def drawn(decision: Decision) -> float:
        return float(luck.uniform(decision, int(child.key), int(episode.occurrence)))

    def days(since: float, lasts: float) -> int | None:
        return int((t - since) / 24.0) if since <= t and t - since <= lasts * 24.0 else None

    practice = p.practice
    looks = practice.checks_systems_share * practice.flag_visible_share
    reassessed = drawn(Decision.INSPECTOR_REASSESSES) < practice.inspector_reassesses_share
    response = w.pools[int(Pool.RESPONSE)]
    scale = p.world.risk_tonight_known
    return Held(
        age=int((t - child.born) / clock.YEAR),
        home=int(child.home),
        out_of_area=bool(child.out_of_area),
        vulnerability_police=bool(child.vulnerability_police),
        vulnerability_social=bool(child.vulnerability_social),
        flag_police=days(float(child.flag_police), practice.flag_lasts_days),
        flag_social=days(float(child.flag_social), practice.flag_lasts_days),
        recorded=sum(1 for time in child.recorded_recently if t - time <= 90.0 * 24.0),
        trigger_plan=days(float(child.plan_made), practice.trigger_plan_lasts_days) if episode.plan_current else None,
        concern=float(episode.risk_informant) / scale if scale > 0.0 else 0.0,
        call_checks=drawn(Decision.CALL_CHECKS_SYSTEMS) < looks,
        informant_heard=drawn(Decision.INFORMANT) < practice.informant_heard_share,
        reassessed=reassessed,
        inspector_checks=reassessed and drawn(Decision.INSPECTOR_CHECKS_SYSTEMS) < looks,
        social_worker_asked=reassessed and drawn(Decision.SOCIAL_WORKER_ASKED) < practice.social_worker_asked_share,
        units=int(response.on_duty),
        units_busy=int(min(response.busy, response.on_duty)),
        waiting=waiting(w, int(Pool.RESPONSE)),
    )


def waiting(w: Any, pool: int) -> int:
    """How many tasks wait before a pool."""
    count = 0
    for first in w.pools[pool].first:
        task = int(first)
        while task >= 0:
            count += int(w.tasks[task].progress == 0)
            task = int(w.tasks[task].next_in_line)
    return count
