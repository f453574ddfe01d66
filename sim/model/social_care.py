"""Children's social care: MASH decides in office hours, a strategy discussion is held where there is a concern, a social worker assesses, and a
plan protects.

An assessment holds a case slot for weeks and a plan for months; other families' cases hold most of the slots. A team whose slots are full starts
late, so that
episodes overtake cases.
"""

from __future__ import annotations

from . import child as children
from . import clock, decisions, exploitation, grading, luck, pools, work
from .agenda import schedule
from .events import Event
from .luck import Decision, uniform
from .rule import rule
from .trace import note
from .words import NEVER, NOBODY, Channel, Grade, Line, Pool, Progress, Rating, Work
from .world import Parameters, World

OTHER_FAMILIES = 1 << 24
"""Other families' cases are named for luck from here on, away from the children's keys."""


@rule
def referred(w: World, p: Parameters, c: int, e: int, t: float) -> None:
    """A referral arrives. If the child's case is open it joins that; otherwise MASH has a decision to make."""
    child = w.children[c]
    if child.gone != NEVER:
        return
    note(w, t, Event.REFERRED, c, NOBODY)
    concern = grading.is_current(child.known, t, p.practice.flag_lasts_days)
    grade: int = Grade.MEDIUM
    if e != NOBODY:
        episode = w.episodes[e]
        episode.known_to_social_care = True
        concern = concern or episode.harm_recorded != NEVER
        grade = episode.grade
    if child.case != NOBODY:
        if concern:
            concern_raised(w, p, child.case, t)
        return
    k = w.now.cases
    w.now.cases += 1
    case = w.cases[k]
    case.child = c
    case.key = child.key
    case.occurrence = exploitation.source(w, c, e)
    case.concern = concern
    case.rating = decisions.rating(concern, grade)
    case.referred = t
    child.case = k
    r = p.resources
    target = r.mash_target_red_hours
    if case.rating == Rating.AMBER:
        target = r.mash_target_amber_hours
    if case.rating == Rating.GREEN:
        case.decision_due = t + r.mash_target_green_hours
    else:
        case.decision_due = clock.after_working_hours(t, target, r.mash_opens, r.mash_closes)
    hours = luck.lognormal(uniform(w, Decision.MASH_HOURS, case.key, case.occurrence), r.mash_hours, r.mash_hours_spread)
    line = Line.URGENT if case.rating == Rating.RED else (Line.PRIORITY if case.rating == Rating.AMBER else Line.ROUTINE)
    task = work.new_task(w, t, Work.MASH_DECISION, Pool.MASH, line, k, 0, -1, hours)
    work.ask(w, p, t, task)


@rule
def decided(w: World, p: Parameters, k: int, t: float) -> None:
    """MASH has decided: no further action, or an assessment, with a strategy discussion first where there is a concern."""
    case = w.cases[k]
    case.decided = t
    note(w, t, Event.DECIDED, k, Pool.MASH)
    if not case.concern and uniform(w, Decision.NO_FURTHER_ACTION, case.key, case.occurrence) < p.practice.no_further_action_share:
        close(w, k, t)
        return
    case.accepted = True
    if case.concern:
        call_strategy(w, p, k, t)
    line = Line.PRIORITY if case.concern else Line.ROUTINE
    task = work.new_task(w, t, Work.CASE, Pool.SOCIAL_WORKER, line, k, 0, -1, 0.0)
    case.task = task
    work.ask(w, p, t, task)


@rule
def call_strategy(w: World, p: Parameters, k: int, t: float) -> None:
    """Where there is a concern a strategy discussion is called, or is not."""
    case = w.cases[k]
    if uniform(w, Decision.STRATEGY_HELD, case.key, case.occurrence) < p.practice.strategy_share:
        days = luck.exponential(uniform(w, Decision.STRATEGY_DELAY, case.key, case.occurrence)) * p.practice.strategy_days
        schedule(w, clock.after_working_days(t, days), Event.STRATEGY_HELD, k, 0)


@rule
def call_conference(w: World, p: Parameters, k: int, t: float) -> None:
    """Where there is a concern a child protection conference may follow."""
    case = w.cases[k]
    if uniform(w, Decision.CONFERENCE_HELD, case.key, case.occurrence) < p.practice.conference_share:
        days = luck.lognormal(uniform(w, Decision.CONFERENCE_DAYS, case.key, case.occurrence), p.world.conference_days, p.world.conference_spread)
        schedule(w, clock.after_working_days(t, days), Event.CONFERENCE, k, 0)


@rule
def concern_raised(w: World, p: Parameters, k: int, t: float) -> None:
    """A referral with a concern joins a case that was opened without one: what a concern calls for is done now."""
    case = w.cases[k]
    if case.concern:
        return
    case.concern = True
    if case.decided != NEVER:
        call_strategy(w, p, k, t)
    if case.started != NEVER and case.assessed == NEVER:
        call_conference(w, p, k, t)


@rule
def strategy_held(w: World, p: Parameters, k: int, t: float) -> None:
    """Police, health and social care have met. A share of discussions put protective action in force at once (assumption)."""
    case = w.cases[k]
    case.strategy = t
    note(w, t, Event.STRATEGY_HELD, k, NOBODY)
    if uniform(w, Decision.INTERIM_ACTION, case.key, case.occurrence) < p.practice.interim_action_share:
        protect(w, p, k, t, t + p.practice.interim_days * 24.0, True)


@rule
def assessed(w: World, p: Parameters, k: int, version: int, t: float) -> None:
    """The assessment: `version` 0 is its start, when a slot is free; 1 its end, with a plan or without."""
    case = w.cases[k]
    world = p.world
    if version == 0:
        case.started = t
        days = luck.lognormal(uniform(w, Decision.ASSESSMENT_DAYS, case.key, case.occurrence), world.assessment_days, world.assessment_spread)
        schedule(w, clock.after_working_days(t, days), Event.ASSESSED, k, 1)
        if case.concern:
            call_conference(w, p, k, t)
        return
    case.assessed = t
    note(w, t, Event.ASSESSED, k, Pool.SOCIAL_WORKER)
    if case.conference != NEVER:
        return
    share = p.practice.other_plan_share if case.child == NOBODY else p.practice.plan_share
    if uniform(w, Decision.PROTECTION_GIVEN, case.key, case.occurrence) < share:
        give_plan(w, p, k, t)
    else:
        close(w, k, t)


@rule
def conference(w: World, p: Parameters, k: int, t: float) -> None:
    """A child protection conference makes a plan."""
    case = w.cases[k]
    if case.assessed != NEVER:
        return
    case.conference = t
    note(w, t, Event.CONFERENCE, k, NOBODY)
    give_plan(w, p, k, t)


@rule
def give_plan(w: World, p: Parameters, k: int, t: float) -> None:
    """A plan starts. It holds the case's slot while it lasts, and protects the child."""
    case = w.cases[k]
    days = luck.lognormal(uniform(w, Decision.PLAN_DAYS, case.key, case.occurrence), p.world.plan_days, p.world.plan_spread)
    until = t + days * 24.0
    if case.child != NOBODY:
        protect(w, p, k, t, until, False)
    schedule(w, until, Event.PLAN_ENDED, k, 0)


@rule
def protect(w: World, p: Parameters, k: int, t: float, until: float, interim: bool) -> None:
    """Protective action is in force from now on."""
    case = w.cases[k]
    c = case.child
    child = w.children[c]
    if child.gone != NEVER:
        return
    children.settle(w, p, c, t)
    child.protected_until = max(child.protected_until, until)
    if case.protected == NEVER:
        case.protected = t
    row = w.protections[w.now.protections]
    w.now.protections += 1
    row.child = c
    row.started = t
    row.until = until
    row.interim = interim
    note(w, t, Event.PROTECTED, c, NOBODY)
    schedule(w, child.protected_until, Event.PROTECTION_ENDED, c, 0)
    children.changed(w, p, c, t)


@rule
def protection_ended(w: World, p: Parameters, c: int, t: float) -> None:
    """Protective action has run out, unless more has come since: the way into and out of exploitation changes."""
    child = w.children[c]
    if child.gone == NEVER and child.protected_until <= t:
        exploitation.retime(w, p, c, t)


@rule
def close(w: World, k: int, t: float) -> None:
    """The case is closed. A slot that it held is free; the caller lets the next one in."""
    case = w.cases[k]
    case.closed = t
    if case.child != NOBODY and w.children[case.child].case == k:
        w.children[case.child].case = NOBODY


@rule
def release(w: World, p: Parameters, k: int, t: float) -> None:
    """If the case has been closed while holding a slot, give the slot to the next in line. Once: a plan can end before the assessment does."""
    case = w.cases[k]
    if case.closed != NEVER and case.started != NEVER and w.tasks[case.task].progress == Progress.RUNNING:
        pools.free(w, p, t, case.task)
        work.serve(w, p, t, Pool.SOCIAL_WORKER)


@rule
def plan_ended(w: World, p: Parameters, k: int, t: float) -> None:
    """The plan has run its course."""
    close(w, k, t)
    note(w, t, Event.PLAN_ENDED, k, Pool.SOCIAL_WORKER)
    release(w, p, k, t)


@rule
def partner_identified(w: World, p: Parameters, c: int, version: int, t: float) -> None:
    """School, health or another partner has identified exploitation, and refers."""
    child = w.children[c]
    if child.gone != NEVER or version != child.state_changes:
        return
    if exploitation.identify(w, p, c, NOBODY, t, Channel.PARTNER):
        if uniform(w, Decision.FAMILY_REFERS, child.key, exploitation.SPELLS + child.state_changes) < p.practice.partner_referral_share:
            schedule(w, t, Event.REFERRED, c, NOBODY)


@rule
def other_family(w: World, p: Parameters, number: int, t: float) -> None:
    """Another family's case asks for a slot; the next one will follow."""
    k = w.now.cases
    w.now.cases += 1
    w.now.families += 1
    case = w.cases[k]
    case.key = OTHER_FAMILIES + number
    case.referred = t
    case.decided = t
    case.accepted = True
    case.task = work.new_task(w, t, Work.CASE, Pool.SOCIAL_WORKER, Line.ROUTINE, k, 0, -1, 0.0)
    work.ask(w, p, t, case.task)
    next_family(w, p, t, number + 1)


@rule
def next_family(w: World, p: Parameters, t: float, number: int) -> None:
    """Schedule the next case of another family; they come at any hour (assumption)."""
    per_year = p.area.other_families_per_year
    if per_year <= 0.0:
        return
    gap = luck.exponential(uniform(w, Decision.FAMILY_GAP, OTHER_FAMILIES + number, 0)) * clock.YEAR / per_year
    schedule(w, t + gap, Event.OTHER_FAMILY, number, 0)

