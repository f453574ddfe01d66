"""What is written down after a return, and what comes of it: the records system, flags, trigger plans, patterns, and the referral.

What is not recorded does not exist for the next grading, trigger plan or pattern. Beside what this force records stands what standard practice
would have recorded
under the same luck; only the knowable grade reads it.
"""

from __future__ import annotations

from . import child as children
from . import decisions, exploitation, grading, luck, order
from .agenda import schedule
from .events import Event
from .luck import Decision, uniform
from .rule import rule
from .trace import note
from .words import NEVER, NOBODY, Channel, Reason, State
from .world import Parameters, World


@rule
def has_current_plan(w: World, p: Parameters, c: int, t: float) -> bool:
    """Is there a trigger plan that has not gone out of date?"""
    return t - w.children[c].plan_made <= p.practice.trigger_plan_lasts_days * 24.0


@rule
def is_recorded(w: World, p: Parameters, e: int) -> bool:
    """Does the case reach the records system?"""
    episode = w.episodes[e]
    u = uniform(w, Decision.RECORDED, w.children[episode.child].key, episode.occurrence)
    return order.decided(w, e, w.order.recorded, u < p.practice.case_recorded_share)


@rule
def returned(w: World, p: Parameters, e: int, t: float) -> None:
    """A reported child is back: will the case reach the records system? What would standard practice have learned?"""
    episode = w.episodes[e]
    c = episode.child
    child = w.children[c]
    key = child.key
    n = episode.occurrence
    u = uniform(w, Decision.RECORD_DELAY, key, n)
    if is_recorded(w, p, e):
        schedule(w, t + luck.lognormal(u, p.practice.record_delay_hours, p.practice.delay_spread), Event.RECORDED, e, 0)
    if uniform(w, Decision.VULNERABILITY_LEARNED, key, n) < p.world.vulnerability_learned_share:
        child.vulnerability_standard = True
    if child.state == State.EXPLOITED and uniform(w, Decision.PREVENTION_DISCLOSES, key, n) < p.world.prevention_discloses:
        child.flag_standard = t
    raised = p.world.reference_flag_true_share if child.state == State.EXPLOITED else p.world.reference_flag_false_share
    if uniform(w, Decision.FLAG_RAISED, key, n) < raised:
        child.flag_standard = t


@rule
def recorded(w: World, p: Parameters, e: int, t: float) -> None:
    """The case is in the records system: history, vulnerability, perhaps a flag, a trigger plan, and a pattern that someone sees."""
    episode = w.episodes[e]
    c = episode.child
    child = w.children[c]
    key = child.key
    n = episode.occurrence
    episode.recorded = t
    grading.remember(child.recorded_recently, episode.reported, child.recorded)
    child.recorded += 1
    note(w, t, Event.RECORDED, e, NOBODY)
    if uniform(w, Decision.VULNERABILITY_LEARNED, key, n) < p.world.vulnerability_learned_share:
        child.vulnerability_police = True
    raised = p.practice.flag_true_share if child.state == State.EXPLOITED else p.practice.flag_false_share
    if uniform(w, Decision.FLAG_RAISED, key, n) < raised:
        child.flag_police = t
    many = grading.recent(child.recorded_recently, t, 90.0)
    if many >= p.practice.trigger_plan_after and uniform(w, Decision.PLAN_WRITTEN, key, n) < p.practice.trigger_plan_share:
        child.plan_made = t
    if many >= p.practice.pattern_after and child.gone == NEVER:
        u = uniform(w, Decision.PATTERN_SEEN, key, n)
        if child.state == State.EXPLOITED and u < p.practice.recognises_link_share * p.practice.pattern_looked_share * p.world.pattern_sensitivity:
            if exploitation.identify(w, p, c, e, t, Channel.PATTERN):
                refer(w, p, c, e, t)


@rule
def reason_learned(w: World, p: Parameters, c: int, decision: Decision, n: int, t: float) -> None:
    """The reason for leaving is known; a push or pull reason that is then addressed lowers the rate of going missing for a time."""
    child = w.children[c]
    if child.reason == Reason.EXPLOITATION or child.gone != NEVER:
        return
    if uniform(w, decision, child.key, n) < p.practice.reason_addressed_share:
        children.settle(w, p, c, t)
        child.addressed_until = t + p.world.reason_addressed_days * 24.0
        if not child.missing:
            children.retime_leaving(w, p, c, t)


@rule
def closed(w: World, p: Parameters, e: int, t: float) -> None:
    """Police close the case: does it meet the criterion for a referral, and is one made? A child already known has the referral joined to the open
    case."""
    episode = w.episodes[e]
    episode.closed = t
    c = episode.child
    child = w.children[c]
    concern = grading.is_current(child.known, t, p.practice.flag_lasts_days) or episode.harm_recorded != NEVER
    recent = grading.recent(child.reported_recently, t, 90.0)
    hours = episode.located - episode.left
    episode.meets_criterion = decisions.meets_criterion(concern, episode.grade, recent, p.practice.referral_after, hours,
    p.practice.referral_after_hours)
    if order.decided(w, e, w.order.referred, episode.meets_criterion and not episode.bypassed):
        refer(w, p, c, e, t)


@rule
def refer(w: World, p: Parameters, c: int, e: int, t: float) -> None:
    """Police refer to children's social care, or do not, after a delay."""
    child = w.children[c]
    n = w.episodes[e].occurrence
    refers = uniform(w, Decision.REFERRED, child.key, n) < p.practice.referral_share
    if w.episodes[e].referred == NEVER and order.decided(w, e, w.order.referred, refers):
        delay = luck.lognormal(uniform(w, Decision.REFERRAL_DELAY, child.key, n), p.practice.referral_delay_hours, p.practice.delay_spread)
        w.episodes[e].referred = t + delay
        schedule(w, t + delay, Event.REFERRED, c, e)
