"""The return home interview: offered by the local authority after a return, held by an independent worker, its content shared with police or not.

England: after every reported episode. Wales: from the third in a rolling year. A child who goes missing again before the interview has one
interview that
covers every open episode (harm is told of the latest of them only), and the clock runs from the first return. It may disclose exploitation and
learn the reason for leaving.
"""

from __future__ import annotations

from . import decisions, exploitation, grading, luck, order, recording, work
from .agenda import schedule
from .events import Event
from .luck import Decision, uniform
from .rule import rule
from .trace import note
from .words import NEVER, NOBODY, Channel, Line, Pool, Progress, State, Work
from .world import Parameters, World


@rule
def returned(w: World, p: Parameters, e: int, t: float) -> None:
    """A reported child is back: an open interview covers this episode too; otherwise a new one may be offered."""
    episode = w.episodes[e]
    c = episode.child
    child = w.children[c]
    if child.interview != NOBODY and not episode.bypassed:
        i = child.interview
        row = w.interviews[i]
        row.covered += 1
        row.latest = e
        episode.rhi = i
        episode.rhi_eligible = row.eligible
        return
    in_year = grading.recent(child.reported_recently, t, 365.0)
    expected = decisions.interview_expected(p.area.nation, in_year, p.practice.wales_after_episodes)
    episode.rhi_eligible = expected and not episode.bypassed
    if not episode.rhi_eligible:
        return
    i = w.now.interviews
    w.now.interviews += 1
    row = w.interviews[i]
    row.child = c
    row.occurrence = episode.occurrence
    row.returned = t
    row.eligible = True
    row.covered = 1
    row.latest = e
    episode.rhi = i
    if order.decided(w, e, w.order.offered, is_offered(w, p, c, episode.occurrence)):
        u = uniform(w, Decision.RHI_OFFER_DELAY, child.key, episode.occurrence)
        delay = luck.lognormal(u, p.practice.rhi_offer_hours, p.practice.rhi_delay_spread)
        child.interview = i
        schedule(w, t + delay, Event.RHI_OFFERED, i, 0)
        schedule(w, t + p.practice.rhi_expires_days * 24.0, Event.RHI_EXPIRED, i, 0)
    else:
        row.closed = True


@rule
def back_again(w: World, c: int, t: float) -> None:
    """The child is back, from a reported episode or not: an interview whose arranged time passed while it was away can be held now."""
    i = w.children[c].interview
    if i != NOBODY and w.interviews[i].appointed <= t and w.interviews[i].task == NOBODY:
        schedule(w, t, Event.RHI_ARRANGED, i, 0)


@rule
def is_offered(w: World, p: Parameters, c: int, n: int) -> bool:
    """Offers cluster by child: the service reaches some homes and not others. A share of offers (rhi_offer_clustering) is settled by the child's
    luck."""
    child = w.children[c]
    share = p.practice.rhi_offered_share
    if child.out_of_area:
        share *= p.practice.rhi_out_of_area_factor
    same = uniform(w, Decision.RHI_OFFERED_CHILD, child.key, 0) < p.world.rhi_offer_clustering
    occurrence = 0 if same else n
    return uniform(w, Decision.RHI_OFFERED, child.key, occurrence) < share


@rule
def offered(w: World, p: Parameters, i: int, t: float) -> None:
    """The offer is made. Uptake falls with repeats and with exploitation: those who exploit may press the child not to take part."""
    row = w.interviews[i]
    if row.closed:
        return
    child = w.children[row.child]
    row.offered = t
    note(w, t, Event.RHI_OFFERED, i, NOBODY)
    repeats = min(child.reports - 1, 10)
    uptake = p.world.rhi_uptake - p.world.rhi_uptake_fall * repeats
    if child.state == State.EXPLOITED:
        uptake *= p.world.rhi_uptake_exploited
    key = child.key
    n = row.occurrence
    row.accepted = uniform(w, Decision.RHI_ACCEPTED, key, n) < uptake
    if row.accepted and uniform(w, Decision.RHI_COMPLETED, key, n) < p.practice.rhi_completed_share:
        row.appointed = t + luck.lognormal(uniform(w, Decision.RHI_ARRANGED, key, n), p.practice.rhi_arrange_hours, p.practice.rhi_delay_spread)
        schedule(w, row.appointed, Event.RHI_ARRANGED, i, 0)
    else:
        close(w, i)


@rule
def arranged(w: World, p: Parameters, i: int, t: float) -> None:
    """The time has come: ask for an interviewer, unless the child is missing again (then it waits for the return)."""
    row = w.interviews[i]
    child = w.children[row.child]
    if row.closed or row.task != NOBODY or child.missing:
        return
    task = work.new_task(w, t, Work.RETURN_HOME_INTERVIEW, Pool.INTERVIEWER, Line.ROUTINE, i, 0, -1, p.practice.rhi_hours)
    row.task = task
    work.ask(w, p, t, task)


@rule
def done(w: World, p: Parameters, i: int, t: float) -> None:
    """The interview is held: what the child tells, what the worker learns, and who hears of it. A child gone missing meanwhile is met at the next
    return."""
    row = w.interviews[i]
    if row.closed:
        return
    c = row.child
    child = w.children[c]
    if child.missing:
        row.task = NOBODY
        return
    key = child.key
    n = row.occurrence
    row.done = t
    close(w, i)
    note(w, t, Event.RHI_DONE, i, Pool.INTERVIEWER)
    if child.gone != NEVER:
        return
    exploited = child.state == State.EXPLOITED
    flag_share = p.world.red_flag_true if child.state != State.NONE else p.world.red_flag_false
    row.red_flags = uniform(w, Decision.RHI_RED_FLAG, key, n) < flag_share
    row.disclosed = exploited and uniform(w, Decision.RHI_DISCLOSES, key, n) < p.world.rhi_discloses
    if uniform(w, Decision.RHI_VULNERABILITY, key, n) < p.world.vulnerability_learned_share:
        child.vulnerability_social = True
        child.vulnerability_standard = True
    e = row.latest
    if e != NOBODY:
        episode = w.episodes[e]
        episode.intelligence += 1
        if episode.harmed != NEVER and episode.harm_recorded == NEVER:
            if uniform(w, Decision.RHI_HARM_TOLD, key, n) < p.world.rhi_tells_harm:
                episode.harm_recorded = t
    if row.disclosed:
        child.flag_standard = t
        new = exploitation.identify(w, p, c, e, t, Channel.RETURN_HOME_INTERVIEW)
        if new and uniform(w, Decision.RHI_REFERS, key, n) < p.practice.rhi_referral_share:
            schedule(w, t + p.practice.rhi_referral_hours, Event.REFERRED, c, NOBODY)
    if uniform(w, Decision.RHI_REASON, key, n) < p.world.rhi_learns_reason * p.practice.reason_asked_share:
        recording.reason_learned(w, p, c, Decision.RHI_ADDRESSED, n, t)
    if uniform(w, Decision.RHI_SHARED, key, n) < p.practice.rhi_shared_share:
        delay = luck.lognormal(uniform(w, Decision.RHI_SHARE_DELAY, key, n), p.practice.rhi_share_hours, p.practice.delay_spread)
        schedule(w, t + delay, Event.RHI_SHARED, i, 0)


@rule
def shared(w: World, p: Parameters, i: int, t: float) -> None:
    """What the interview learned reaches police systems."""
    row = w.interviews[i]
    child = w.children[row.child]
    row.shared = t
    note(w, t, Event.RHI_SHARED, i, NOBODY)
    if row.disclosed:
        child.flag_police = t
    if child.vulnerability_social:
        child.vulnerability_police = True
    if row.latest != NOBODY:
        w.episodes[row.latest].intelligence_used += 1


@rule
def expired(w: World, p: Parameters, i: int, t: float) -> None:
    """The interview has lost its point: it was never held."""
    row = w.interviews[i]
    if row.closed:
        return
    if row.task != NOBODY:
        if w.tasks[row.task].progress == Progress.RUNNING:
            return
        work.drop(w, t, row.task)
    close(w, i)


@rule
def close(w: World, i: int) -> None:
    """No further episode joins this interview."""
    row = w.interviews[i]
    row.closed = True
    if w.children[row.child].interview == i:
        w.children[row.child].interview = NOBODY
