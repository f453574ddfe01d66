"""A missing episode: leaves, is reported or not, may come to harm, is located or returns.

Three latent clocks compete to end it: own return, a carer or other third party, and the police search (search.py). The first two are known to luck
when the child leaves, so
one event stands for the earlier of them. No rule here reads the grade.
"""

from __future__ import annotations

from math import exp

from . import child as children
from . import clock, exploitation, grading, luck, recording, return_interview, work
from .agenda import schedule
from .events import Event
from .luck import Decision, uniform
from .rule import rule
from .trace import note
from .words import NEVER, NOBODY, Channel, Located, Progress, State
from .world import Parameters, World


@rule
def left(w: World, p: Parameters, c: int, version: int, t: float) -> None:
    """The child goes missing: a new episode with its own thresholds."""
    child = w.children[c]
    if version != child.leaving_version or child.missing or child.gone != NEVER:
        return
    children.spend(w, p, c, t)
    if children.over_limit(w, p, c, t):
        return
    e = w.now.episodes
    w.now.episodes += 1
    grading.remember(child.left_recently, t, child.episodes)
    child.episodes += 1
    child.episode = e
    child.missing = True
    n = child.episodes
    episode = w.episodes[e]
    episode.child = c
    episode.occurrence = n
    episode.left = t
    episode.risk_informant = p.world.risk_tonight_known * luck.normal(uniform(w, Decision.TONIGHT_KNOWN, child.key, n))
    episode.risk_hidden = p.world.risk_tonight_hidden * luck.normal(uniform(w, Decision.TONIGHT_HIDDEN, child.key, n))
    note(w, t, Event.LEFT, e, NOBODY)
    withdraw_interview(w, t, c)
    exploitation.retime(w, p, c, t)
    set_end(w, p, e, t)
    episode.harm_left = luck.exponential(uniform(w, Decision.HARM, child.key, n))
    episode.harm_updated = t
    retime_harm(w, p, e, t)
    set_report(w, p, e, t)


@rule
def withdraw_interview(w: World, t: float, c: int) -> None:
    """Missing again before the return home interview: it waits for the next return, and will then cover both."""
    i = w.children[c].interview
    if i == NOBODY:
        return
    task = w.interviews[i].task
    if task != NOBODY and w.tasks[task].progress == Progress.WAITING:
        work.drop(w, t, task)
        w.interviews[i].task = NOBODY


@rule
def set_end(w: World, p: Parameters, e: int, t: float) -> None:
    """When would the child come back, and when would a carer or other third party bring that about? The earlier ends the episode, unless police
    do."""
    episode = w.episodes[e]
    key = w.children[episode.child].key
    world = p.world
    hours = luck.lognormal(uniform(w, Decision.OWN_RETURN, key, episode.occurrence), world.own_return_median, world.own_return_spread)
    starts = world.own_return_rare_from
    ends = world.own_return_rare_until
    weight = world.own_return_rare_weight
    own = clock.weighted_inverse(clock.weighted(t, starts, ends, weight) + hours, starts, ends, weight)
    threshold = luck.exponential(uniform(w, Decision.THIRD_PARTY, key, episode.occurrence))
    third = NEVER
    if world.third_party_rate > 0.0 and threshold < 50.0 * world.third_party_rate:
        third = t + world.third_party_fade_hours * (exp(threshold / world.third_party_rate) - 1.0)
    episode.closes = min(own, third)
    episode.closes_by = Located.OWN_RETURN if own <= third else Located.THIRD_PARTY
    schedule(w, episode.closes, Event.CLOSED, e, 0)


@rule
def set_report(w: World, p: Parameters, e: int, t: float) -> None:
    """Who cares for the child reports after a delay, if ever; an episode that ends before is never reported."""
    episode = w.episodes[e]
    child = w.children[episode.child]
    if uniform(w, Decision.EVER_REPORTED, child.key, episode.occurrence) >= p.world.reported_share[child.home]:
        return
    u = uniform(w, Decision.REPORT_DELAY, child.key, episode.occurrence)
    reported = t + luck.lognormal(u, p.world.report_delay_median[child.home], p.world.report_delay_spread)
    if reported < episode.closes:
        schedule(w, reported, Event.REPORTED, e, 0)


@rule
def state_changed(w: World, p: Parameters, c: int, version: int, t: float) -> None:
    """The child's true state moves; if the child is away, the risk of harm moves with it."""
    if children.state_changed(w, p, c, version, t) and w.children[c].missing:
        retime_harm(w, p, w.children[c].episode, t)


@rule
def retime_harm(w: World, p: Parameters, e: int, t: float) -> None:
    """Spend the harm threshold for the exposure so far, and say when it would be used up in the state the child is in now."""
    episode = w.episodes[e]
    if episode.harmed != NEVER:
        return
    episode.harm_left -= episode.harm_rate * exploitation.exposure(p, episode.harm_updated, t, True)
    episode.harm_updated = t
    episode.harm_version += 1
    episode.harm_rate = p.world.harm_per_hour * exp(grading.true_risk(w, p, e, episode.left))
    if episode.harm_rate <= 0.0:
        return
    when = exploitation.exposure_ends(p, t, max(episode.harm_left, 0.0) / episode.harm_rate, True)
    if when < episode.closes:
        schedule(w, when, Event.HARMED, e, episode.harm_version)


@rule
def harmed(w: World, p: Parameters, e: int, version: int, t: float) -> None:
    """The child comes to harm, once at the most in an episode. What would have happened had police not come first is noted apart."""
    episode = w.episodes[e]
    if version != episode.harm_version:
        return
    if episode.located != NEVER:
        episode.harm_without_search = t
        return
    episode.harmed = t
    episode.harm_without_search = t
    u = uniform(w, Decision.HARM_SEVERITY, w.children[episode.child].key, episode.occurrence)
    mix = p.world.harm_severity_mix
    episode.severity = 1 if u < mix[0] else (2 if u < mix[0] + mix[1] else 3)
    note(w, t, Event.HARMED, e, NOBODY)


@rule
def closed(w: World, p: Parameters, e: int, t: float) -> None:
    """The child returns, or a carer or other third party brings that about."""
    episode = w.episodes[e]
    if episode.located == NEVER:
        locate(w, p, e, t, episode.closes_by)


@rule
def found(w: World, p: Parameters, e: int, by: Located, t: float) -> None:
    """Police locate the child. In the field, with an exploited child, they may meet a suspected perpetrator or see that it is exploitation."""
    episode = w.episodes[e]
    c = episode.child
    child = w.children[c]
    locate(w, p, e, t, by)
    if by != Located.POLICE_FIELD or child.state != State.EXPLOITED or child.gone != NEVER:
        return
    if uniform(w, Decision.FIND_IDENTIFIES, child.key, episode.occurrence) < p.world.find_identifies_share:
        exploitation.identify(w, p, c, e, t, Channel.SEARCH)
    if uniform(w, Decision.PERPETRATOR_MET, child.key, episode.occurrence) < p.world.perpetrator_met_share:
        exploitation.suspect_recorded(w, p, c, e, Decision.PERPETRATOR_ARREST, t)


@rule
def locate(w: World, p: Parameters, e: int, t: float, by: Located) -> None:
    """The end of the time away: search stands down, the child's clocks start afresh, and what follows a return is set in motion."""
    episode = w.episodes[e]
    c = episode.child
    child = w.children[c]
    episode.located = t
    episode.located_by = by
    note(w, t, Event.CLOSED if by == Located.OWN_RETURN or by == Located.THIRD_PARTY else Event.FOUND, e, NOBODY)
    if episode.reported != NEVER:
        work.stand_down(w, p, t, e)
    child.missing = False
    child.episode = NOBODY
    child.returned = t
    child.brought_back = by == Located.POLICE_DESK or by == Located.POLICE_FIELD
    child.leaving_left = luck.exponential(uniform(w, Decision.LEAVING, child.key, episode.occurrence + 1))
    child.leaving_updated = t
    if child.gone == NEVER:
        exploitation.retime(w, p, c, t)
        children.retime_leaving(w, p, c, t)
    return_interview.back_again(w, c, t)
    if episode.reported == NEVER:
        return
    recording.returned(w, p, e, t)
    return_interview.returned(w, p, e, t)
    schedule(w, t, Event.PREVENTION_DUE, e, 0)


@rule
def reported(w: World, p: Parameters, e: int, t: float) -> None:
    """Someone reports the child missing: what is true, and what is in force, is noted for the measures, and the call is graded."""
    episode = w.episodes[e]
    if episode.located != NEVER:
        return
    c = episode.child
    child = w.children[c]
    grading.remember(child.reported_recently, t, child.reports)
    child.reports += 1
    episode.reported = t
    episode.raw_updated = t
    episode.state = child.state
    episode.flagged = grading.is_current(child.flag_police, t, p.practice.flag_lasts_days)
    episode.identified_before = child.identified != NEVER
    episode.protected_before = child.protected_until > t
    episode.risk = grading.true_risk(w, p, e, episode.left)
    episode.plan_current = recording.has_current_plan(w, p, c, t)
    note(w, t, Event.REPORTED, e, NOBODY)
    schedule(w, t + p.practice.call_grading_hours, Event.GRADED, e, 0)
