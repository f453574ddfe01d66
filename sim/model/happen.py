"""Which rule answers which event. The one place where rules of all agents meet."""

from __future__ import annotations

from . import child, demand, episode, exploitation, police, recording, return_interview, social_care, work
from .events import Event
from .rule import rule
from .words import Located, Pool, Work
from .world import Parameters, World


@rule
def happen(w: World, p: Parameters, event: int, who: int, version: int, t: float) -> None:
    """Let one event happen at hour `t`."""
    if event == Event.INCIDENT:
        demand.incident(w, p, who, t)
    elif event == Event.TASK_ENDED:
        task_ended(w, p, who, t)
    elif event == Event.DESK_DUE:
        police.due(w, p, who, Pool.DESK, version, t)
    elif event == Event.FIELD_DUE:
        police.due(w, p, who, Pool.RESPONSE, version, t)
    elif event == Event.REVIEWED:
        police.reviewed(w, p, who, version, t)
    elif event == Event.LEFT:
        episode.left(w, p, who, version, t)
    elif event == Event.CLOSED:
        episode.closed(w, p, who, t)
    elif event == Event.FOUND:
        by = police.found(w, p, who, version)
        if by != Located.STILL_MISSING:
            episode.found(w, p, who, by, t)
    elif event == Event.ESCALATED:
        work.escalated(w, p, who, t)
    elif event == Event.STATE_CHANGED:
        episode.state_changed(w, p, who, version, t)
    elif event == Event.REPORTED:
        episode.reported(w, p, who, t)
    elif event == Event.GRADED:
        police.graded(w, p, who, t)
    elif event == Event.ENDORSED:
        police.endorsed(w, p, who, t)
    elif event == Event.HARMED:
        episode.harmed(w, p, who, version, t)
    elif event == Event.PREVENTION_DUE:
        police.prevention_due(w, p, who, version, t)
    elif event == Event.RECORDED:
        recording.recorded(w, p, who, t)
    elif event == Event.DUTY_CHANGED:
        demand.duty_changed(w, p, who, t)
    elif event == Event.AGED_OUT:
        child.aged_out(w, p, who, t)
    elif event == Event.ENTERED:
        child.entered(w, p, who, version, t)
    elif event == Event.PARTNER_IDENTIFIED:
        social_care.partner_identified(w, p, who, version, t)
    elif event == Event.DISRUPTION_ENDED:
        exploitation.disruption_ended(w, p, who, version, t)
    else:
        happen_in_care(w, p, event, who, version, t)


@rule
def happen_in_care(w: World, p: Parameters, event: int, who: int, version: int, t: float) -> None:
    """Events of social care."""
    if event == Event.RHI_OFFERED:
        return_interview.offered(w, p, who, t)
    elif event == Event.RHI_ARRANGED:
        return_interview.arranged(w, p, who, t)
    elif event == Event.RHI_SHARED:
        return_interview.shared(w, p, who, t)
    elif event == Event.RHI_EXPIRED:
        return_interview.expired(w, p, who, t)
    elif event == Event.REFERRED:
        social_care.referred(w, p, who, version, t)
    elif event == Event.STRATEGY_HELD:
        social_care.strategy_held(w, p, who, t)
    elif event == Event.CONFERENCE:
        social_care.conference(w, p, who, t)
    elif event == Event.ASSESSED:
        social_care.assessed(w, p, who, version, t)
        social_care.release(w, p, who, t)
    elif event == Event.PLAN_ENDED:
        social_care.plan_ended(w, p, who, t)
    elif event == Event.PROTECTION_ENDED:
        social_care.protection_ended(w, p, who, t)
    elif event == Event.OTHER_FAMILY:
        social_care.other_family(w, p, who, t)


@rule
def task_ended(w: World, p: Parameters, task: int, t: float) -> None:
    """The hours of a task are up: what it was for happens, and whoever did it takes the next."""
    if not work.ended(w, p, t, task):
        return
    row = w.tasks[task]
    if row.work == Work.DESK_ENQUIRY or row.work == Work.FIELD_VISIT:
        police.search_ended(w, p, row.episode, task, t)
    elif row.work == Work.PREVENTION_INTERVIEW:
        police.prevention_done(w, p, row.episode, task, t)
    elif row.work == Work.RETURN_HOME_INTERVIEW:
        return_interview.done(w, p, row.episode, t)
    elif row.work == Work.MASH_DECISION:
        social_care.decided(w, p, row.episode, t)
    work.serve(w, p, t, row.pool)
