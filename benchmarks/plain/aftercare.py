"""After a reported episode in the plain model: the police prevention interview, and the return home interview of the local authority."""

from __future__ import annotations

from collections.abc import Generator
from math import inf
from typing import TYPE_CHECKING

import simpy

from .records import Episode, Grade, Interview, Kind, Line, Pool

if TYPE_CHECKING:
    from .area import Area
    from .child import Child

Steps = Generator[simpy.Event, object, None]
OFFER_SPREAD = 0.7
"""Standard deviation of the log of the delays of offer and appointment, the same as in the rules."""


def prevention_interview(area: Area, child: Child, episode: Episode) -> Steps:
    """A share of returns, after a delay by grade; not if the child is missing again by then. In person by response, or by phone from the desk."""
    practice, rng = area.numbers.practice, area.police
    if rng.random() >= practice.prevention_done_share:
        return
    grade = max(episode.grade, Grade.NONE)
    yield area.env.timeout(rng.exponential(practice.prevention_delay_hours[grade]))
    if child.missing:
        return
    if rng.random() < practice.prevention_in_person_share[grade]:
        pool, hours = Pool.RESPONSE, practice.prevention_in_person_hours
    else:
        pool, hours = Pool.DESK, practice.prevention_phone_hours
    yield from area.work(area.job(Kind.PREVENTION_INTERVIEW, pool, Line.LAST, area.env.now), hours)


def return_interview(area: Area, child: Child) -> Steps:
    """Offered, accepted, arranged, held: one interview for every episode until it is held. It waits while the child is missing, and expires."""
    env, practice = area.env, area.numbers.practice
    interview = child.interview = Interview(returned=env.now)
    area.interviews.append(interview)
    expires = env.timeout(practice.rhi_expires_days * 24.0)
    held = env.process(hold(area, child, interview))
    yield held | expires
    if held.is_alive:
        if interview.started == inf:
            held.interrupt()
        yield held
    if interview.done == inf and not expires.processed:
        yield expires
    child.interview = None


def hold(area: Area, child: Child, interview: Interview) -> Steps:
    """Offer the interview and, if it is accepted and can be arranged, hold it. An interrupt means that it has expired."""
    env, practice, world, rng = area.env, area.numbers.practice, area.numbers.world, area.police
    try:
        if rng.random() >= practice.rhi_offered_share:
            return
        yield env.timeout(area.lognormal(rng, practice.rhi_offer_hours, OFFER_SPREAD))
        uptake = world.rhi_uptake - world.rhi_uptake_fall * min(child.reports - 1, 10)
        interview.accepted = rng.random() < uptake
        if not interview.accepted or rng.random() >= practice.rhi_completed_share:
            return
        yield env.timeout(area.lognormal(rng, practice.rhi_arrange_hours, OFFER_SPREAD))
        while interview.done == inf:
            while child.missing:
                yield child.moved
            yield from meet(area, child, interview)
    except simpy.Interrupt:
        return


def meet(area: Area, child: Child, interview: Interview) -> Steps:
    """Ask for an interviewer and hold the interview, unless the child goes missing before anyone is free."""
    job = area.job(Kind.RETURN_INTERVIEW, Pool.INTERVIEWER, Line.ROUTINE, area.env.now)
    job.dropped = True
    with area.pools[Pool.INTERVIEWER].request(priority=Line.ROUTINE) as turn:
        yield turn | child.moved
        if turn.triggered:
            job.dropped = False
            job.started = interview.started = area.env.now
            yield area.env.timeout(area.numbers.practice.rhi_hours)
            job.ended = interview.done = area.env.now
