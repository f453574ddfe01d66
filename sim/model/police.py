"""The police response to one episode: graded at the call, endorsed, searched by plan, reviewed, and closed with a prevention interview.

The grade sets the plan: a desk strand and a field strand, the first step of each at once, then at intervals. For grades below high a share of due
field visits becomes
a desk enquiry, and only a share of what falls due at night starts then. Everything asks a pool for someone on duty and waits its turn.
"""

from __future__ import annotations

from . import clock, decisions, exploitation, grading, luck, order, pools, recording, search, work
from .agenda import schedule
from .events import Event
from .luck import Decision, uniform
from .rule import rule
from .trace import note
from .words import NEVER, NOBODY, Channel, Grade, Line, Located, Plan, Pool, Progress, State, Work
from .world import Parameters, World


@rule
def line_for(grade: int) -> Line:
    """The more serious the grade, the more urgent the line."""
    if grade == Grade.HIGH:
        return Line.URGENT
    if grade == Grade.MEDIUM:
        return Line.PRIORITY
    return Line.ROUTINE


@rule
def graded(w: World, p: Parameters, e: int, t: float) -> None:
    """The call-taker grades. A high grade is acted on at once; the inspector endorses or amends."""
    episode = w.episodes[e]
    if episode.located != NEVER:
        return
    episode.first_graded = t
    episode.call_grade = grading.call_grade(w, p, e, t)
    episode.grade = episode.call_grade
    note(w, t, Event.GRADED, e, NOBODY)
    schedule(w, t + p.practice.endorse_hours, Event.ENDORSED, e, 0)
    if episode.call_grade == Grade.HIGH:
        start_plan(w, p, e, t)


@rule
def endorsed(w: World, p: Parameters, e: int, t: float) -> None:
    """The inspector's grade stands, after practice has had its effect; the plan follows it and a review time is set."""
    episode = w.episodes[e]
    if episode.located != NEVER:
        return
    before = episode.grade
    grading.endorse(w, p, e, t)
    episode.bypassed = p.practice.lowest_grade_bypass and episode.grade == Grade.NO_APPARENT_RISK
    note(w, t, Event.ENDORSED, e, NOBODY)
    if episode.grade != before or episode.plan_version == 0:
        start_plan(w, p, e, t)
    schedule(w, t + p.practice.review_hours[episode.grade], Event.REVIEWED, e, 0)
    schedule(w, max(episode.reported + 24.0, t), Event.REVIEWED, e, 1)
    schedule(w, next_handover(p, t), Event.REVIEWED, e, 2)


@rule
def next_handover(p: Parameters, t: float) -> float:
    """When the next shift has taken over and its supervisor looks at what is open: half an hour in (assumption)."""
    return clock.next_shift(t, p.resources.late_starts, p.resources.night_starts, p.resources.night_ends) + 0.5


@rule
def waits_too_low(w: World, task: int, grade: int) -> bool:
    """Does a task wait in a line less urgent than the grade as it is now? Then it is asked for afresh."""
    return task != NOBODY and w.tasks[task].progress == Progress.WAITING and w.tasks[task].line > line_for(grade)


@rule
def start_plan(w: World, p: Parameters, e: int, t: float) -> None:
    """A plan for the grade as it is now: what has been asked for stays asked for, what was due is due by the new plan."""
    episode = w.episodes[e]
    episode.plan_version += 1
    if waits_too_low(w, episode.desk_task, episode.grade):
        w.tasks[episode.desk_task].progress = Progress.REPLACED
        episode.desk = Plan.NONE
    if waits_too_low(w, episode.field_task, episode.grade):
        w.tasks[episode.field_task].progress = Progress.REPLACED
        episode.field = Plan.NONE
    if episode.grade == Grade.NO_APPARENT_RISK:
        if episode.desk != Plan.ASKED:
            episode.desk = Plan.NONE
        if episode.field != Plan.ASKED:
            episode.field = Plan.NONE
        return
    if episode.desk != Plan.ASKED:
        episode.desk = Plan.DUE
        schedule(w, t, Event.DESK_DUE, e, episode.plan_version)
    if episode.field != Plan.ASKED:
        episode.field = Plan.DUE
        first = t if episode.grade >= Grade.MEDIUM else t + p.practice.low_field_after_hours
        schedule(w, first, Event.FIELD_DUE, e, episode.plan_version)


@rule
def due(w: World, p: Parameters, e: int, strand: Pool, version: int, t: float) -> None:
    """A step of the plan falls due. At night it may wait for the day shift; a field visit may become a desk enquiry; then someone is asked."""
    episode = w.episodes[e]
    if version != episode.plan_version or episode.located != NEVER:
        return
    key = w.children[episode.child].key
    strands = luck.ACTIONS // 4
    number = min(episode.desk_actions, strands - 1) if strand == Pool.DESK else strands + min(episode.field_actions, strands - 1)
    n = episode.occurrence * luck.ACTIONS + number
    u = uniform(w, Decision.OVERNIGHT, key, n)
    if pools.at_night(p, t):
        starts = decisions.starts_at_night(episode.grade, u, p.practice.overnight_activity, p.practice.overnight_activity_high)
        if not order.decided(w, e, w.order.night, starts):
            event = Event.DESK_DUE if strand == Pool.DESK else Event.FIELD_DUE
            schedule(w, clock.night_over(t, p.resources.night_ends), event, e, version)
            return
    if strand == Pool.DESK:
        episode.desk_actions += 1
    else:
        episode.field_actions += 1
    u = uniform(w, Decision.DESK_BASED, key, n)
    from_desk = decisions.desk_instead(episode.grade, u, p.practice.desk_based_share, p.practice.desk_based_share_high)
    in_field = strand == Pool.RESPONSE and order.decided(w, e, w.order.field, not from_desk)
    read_plan(w, p, e)
    kind = Work.FIELD_VISIT if in_field else Work.DESK_ENQUIRY
    pool = Pool.RESPONSE if in_field else Pool.DESK
    mean = p.practice.field_visit_hours if in_field else p.practice.desk_enquiry_hours
    hours = luck.lognormal(uniform(w, Decision.TASK_HOURS, key, n), mean, p.practice.task_hours_spread)
    task = work.new_task(w, t, kind, pool, line_for(episode.grade), e, n, episode.grade, hours)
    if strand == Pool.DESK:
        episode.desk = Plan.ASKED
        episode.desk_task = task
    else:
        episode.field = Plan.ASKED
        episode.field_task = task
    work.ask(w, p, t, task)


@rule
def read_plan(w: World, p: Parameters, e: int) -> None:
    """Before the first action, a current trigger plan is read or not."""
    episode = w.episodes[e]
    if episode.plan_current and episode.first_action == NEVER and not episode.plan_read:
        u = uniform(w, Decision.PLAN_READ, w.children[episode.child].key, episode.occurrence)
        episode.plan_read = order.decided(w, e, w.order.plan_read, u < p.practice.trigger_plan_read_share)


@rule
def slowed(p: Parameters, since: float, interval: float) -> float:
    """An interval of the plan so many hours after the report: twice the interval after plan_slows_hours, three times after double that."""
    return interval * (1.0 + since / p.practice.plan_slows_hours)


@rule
def search_ended(w: World, p: Parameters, e: int, task: int, t: float) -> None:
    """A desk enquiry or field visit is over and the child not found: the next step of its strand falls due after the interval of the grade."""
    episode = w.episodes[e]
    search.changed(w, p, t, e)
    strand = Pool.DESK if task == episode.desk_task else Pool.RESPONSE
    since = t - episode.reported
    again = episode.grade != Grade.NO_APPARENT_RISK
    plan = Plan.DUE if again else Plan.NONE
    if strand == Pool.DESK:
        episode.desk = plan
        episode.desk_task = NOBODY
        if again:
            schedule(w, t + slowed(p, since, p.practice.desk_interval_hours[episode.grade]), Event.DESK_DUE, e, episode.plan_version)
    else:
        episode.field = plan
        episode.field_task = NOBODY
        if again:
            schedule(w, t + slowed(p, since, p.practice.field_interval_hours[episode.grade]), Event.FIELD_DUE, e, episode.plan_version)


@rule
def found(w: World, p: Parameters, e: int, version: int) -> Located:
    """How police found the child, or STILL_MISSING if the event was superseded."""
    episode = w.episodes[e]
    if version != episode.find_version or episode.located != NEVER:
        return Located.STILL_MISSING
    return Located.POLICE_FIELD if search.in_the_field(w, e) else Located.POLICE_DESK


@rule
def reviewed(w: World, p: Parameters, e: int, kind: int, t: float) -> None:
    """A review falls due: `kind` 0 by the grade's interval, 1 at 24 hours, 2 after a change of shift. If it is done, the grade may change, and
    what a handover lost is due again."""
    episode = w.episodes[e]
    if episode.located != NEVER:
        return
    key = w.children[episode.child].key
    number = luck.ACTIONS // 2 + min(episode.reviews, luck.ACTIONS // 2 - 1)
    n = episode.occurrence * luck.ACTIONS + number
    episode.reviews += 1
    if uniform(w, Decision.REVIEW_DONE, key, n) < p.practice.review_done_share:
        episode.reviews_done += 1
        after = grading.review(w, p, e, t, number)
        note(w, t, Event.REVIEWED, e, NOBODY)
        if episode.desk == Plan.LOST:
            episode.desk = Plan.DUE
            schedule(w, t, Event.DESK_DUE, e, episode.plan_version)
        if episode.field == Plan.LOST:
            episode.field = Plan.DUE
            schedule(w, t, Event.FIELD_DUE, e, episode.plan_version)
        if after != episode.grade:
            episode.grade = after
            episode.bypassed = episode.bypassed and after == Grade.NO_APPARENT_RISK
            if after >= episode.knowable_grade > episode.first_grade and episode.regraded == NEVER:
                episode.regraded = t
            note(w, t, Event.REGRADED, e, NOBODY)
            start_plan(w, p, e, t)
    if kind == 0:
        schedule(w, t + slowed(p, t - episode.reported, p.practice.review_hours[episode.grade]), Event.REVIEWED, e, 0)
    elif kind == 2:
        schedule(w, next_handover(p, t), Event.REVIEWED, e, 2)


@rule
def handed_over(w: World, p: Parameters, pool: int, t: float) -> None:
    """A change of shift: a waiting search task may be lost in the handover, until a review notices."""
    for line in range(pools.LINES):
        task = w.pools[pool].first[line]
        while task != NOBODY:
            row = w.tasks[task]
            if row.progress == Progress.WAITING and (row.work == Work.DESK_ENQUIRY or row.work == Work.FIELD_VISIT):
                episode = w.episodes[row.episode]
                key = w.children[episode.child].key
                if uniform(w, Decision.LOST_AT_HANDOVER, key, row.number) < p.practice.handover_lost_share:
                    row.progress = Progress.LOST
                    w.now.lost_at_handover += 1
                    if task == episode.desk_task:
                        episode.desk = Plan.LOST
                        episode.desk_task = NOBODY
                    else:
                        episode.field = Plan.LOST
                        episode.field_task = NOBODY
            task = row.next_in_line


@rule
def prevention_due(w: World, p: Parameters, e: int, version: int, t: float) -> None:
    """After the return: is there to be a prevention interview, in person or by phone, and when is it asked for? `version` 1 means that its time
    has come; a child
    who is missing again by then has not been reached."""
    episode = w.episodes[e]
    key = w.children[episode.child].key
    n = episode.occurrence
    if version == 0:
        grade = max(episode.grade, 0)
        arranged = not episode.bypassed and uniform(w, Decision.PREVENTION_DONE, key, n) < p.practice.prevention_done_share
        if not order.decided(w, e, w.order.prevention, arranged):
            recording.closed(w, p, e, t)
            return
        episode.interview_due = True
        u = uniform(w, Decision.PREVENTION_DELAY, key, n)
        schedule(w, t + p.practice.prevention_delay_hours[grade] * luck.exponential(u), Event.PREVENTION_DUE, e, 1)
        return
    if w.children[episode.child].missing:
        recording.closed(w, p, e, t)
        return
    grade = max(episode.grade, 0)
    in_person = uniform(w, Decision.PREVENTION_IN_PERSON, key, n) < p.practice.prevention_in_person_share[grade]
    pool = Pool.RESPONSE if in_person else Pool.DESK
    hours = p.practice.prevention_in_person_hours if in_person else p.practice.prevention_phone_hours
    task = work.new_task(w, t, Work.PREVENTION_INTERVIEW, pool, Line.LAST, e, 0, episode.grade, hours)
    w.tasks[task].in_person = in_person
    work.ask(w, p, t, task)


@rule
def prevention_done(w: World, p: Parameters, e: int, task: int, t: float) -> None:
    """The child has been spoken to (unless it is missing again by now): exploitation or harm may be disclosed, the reason for leaving learned,
    intelligence gathered."""
    episode = w.episodes[e]
    c = episode.child
    child = w.children[c]
    if child.missing:
        recording.closed(w, p, e, t)
        return
    in_person = w.tasks[task].in_person
    episode.prevention = t
    episode.prevention_in_person = in_person
    note(w, t, Event.PREVENTION_DONE, e, w.tasks[task].pool)
    share = 1.0 if in_person else p.world.phone_against_in_person
    u = uniform(w, Decision.HARM_TOLD_PREVENTION, child.key, episode.occurrence)
    if episode.harmed != NEVER and u < p.world.prevention_tells_harm * share:
        episode.harm_recorded = t
    if in_person:
        episode.intelligence += 1
        if recording.is_recorded(w, p, e):
            episode.intelligence_used += 1
    u = uniform(w, Decision.PREVENTION_DISCLOSES, child.key, episode.occurrence)
    if child.gone == NEVER and child.state == State.EXPLOITED and u < p.world.prevention_discloses * share:
        exploitation.identify(w, p, c, e, t, Channel.PREVENTION_INTERVIEW)
    learns = p.world.prevention_learns_reason * p.practice.reason_asked_share * share
    if uniform(w, Decision.PREVENTION_REASON, child.key, episode.occurrence) < learns:
        recording.reason_learned(w, p, c, Decision.PREVENTION_ADDRESSED, episode.occurrence, t)
    recording.closed(w, p, e, t)
