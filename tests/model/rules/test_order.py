"""Decisions that are set from outside: each is taken up at its own place, for its own episode, and nothing else changes."""

from __future__ import annotations

import pytest

from sim.model import grading, order, police, recording, return_interview
from sim.model.events import Event
from sim.model.luck import Decision
from sim.model.words import AS_IT_HAPPENS, NEVER, NOBODY, Grade, Pool, Work
from tests.model.rules.stage import MIDDLE, MONDAY_10, Stage

T = MONDAY_10
NIGHT = T + 13.0
LUCK = 0.5
"""In the middle: each share below is 0.4 or 0.6, so that the answer without an order is known."""


def stage(share: float) -> Stage:
    """Every decision has this share, and luck in the middle for one episode of one child."""
    shares = (
        "checks_systems_share", "informant_heard_share", "overnight_activity", "trigger_plan_read_share", "prevention_done_share",
        "rhi_offered_share", "case_recorded_share", "referral_share",
    )  # fmt: skip
    s = Stage(
        {f"practice.{name}": share for name in shares},
        {"practice.desk_based_share": 1.0 - share, "practice.flag_visible_share": 1.0, "practice.rhi_out_of_area_factor": 1.0,
         "practice.over_graded_share": 0.0, "practice.under_graded_share": 0.0, "practice.inspector_reassesses_share": 0.0},
        {"world.rhi_offer_clustering": 0.0, "world.find_rate": 0.0},
    )
    for decision in (
        Decision.CALL_CHECKS_SYSTEMS, Decision.INFORMANT, Decision.PLAN_READ, Decision.PREVENTION_DONE, Decision.RHI_OFFERED, Decision.RECORDED,
        Decision.REFERRED, Decision.REFERRAL_DELAY, Decision.RECORD_DELAY, Decision.PREVENTION_DELAY, Decision.RHI_OFFER_DELAY,
    ):  # fmt: skip
        s.lucky(decision, LUCK)
    for number in range(0, 4096, 1024):
        for decision in (Decision.OVERNIGHT, Decision.DESK_BASED, Decision.TASK_HOURS):
            s.lucky(decision, MIDDLE, occurrence=3 * 4096 + number)
    return s


def episode(s: Stage, **columns: object) -> int:
    return s.episode(s.child(), left=T - 4.0, reported=T - 3.0, grade=Grade.MEDIUM, **columns)


def checked(s: Stage, e: int) -> bool:
    seen = grading.checks_systems(s.w, s.p, e, Decision.CALL_CHECKS_SYSTEMS)
    assert grading.informant_heard(s.w, s.p, e) == seen
    return seen


def night(s: Stage, e: int) -> bool:
    police.due(s.w, s.p, e, Pool.DESK, 0, NIGHT)
    return bool(s.w.now.tasks)


def field(s: Stage, e: int) -> bool:
    police.due(s.w, s.p, e, Pool.RESPONSE, 0, T)
    return s.w.tasks[0].work == Work.FIELD_VISIT


def plan_read(s: Stage, e: int) -> bool:
    s.w.episodes[e].plan_current = True
    police.read_plan(s.w, s.p, e)
    return s.w.episodes[e].plan_read


def prevention(s: Stage, e: int) -> bool:
    s.w.episodes[e].located = T
    police.prevention_due(s.w, s.p, e, 0, T)
    return bool(s.due(Event.PREVENTION_DUE))


def offered(s: Stage, e: int) -> bool:
    return_interview.returned(s.w, s.p, e, T)
    return bool(s.due(Event.RHI_OFFERED))


def recorded(s: Stage, e: int) -> bool:
    recording.returned(s.w, s.p, e, T)
    assert recording.is_recorded(s.w, s.p, e) == bool(s.due(Event.RECORDED))
    return bool(s.due(Event.RECORDED))


def referred(s: Stage, e: int) -> bool:
    s.put(s.w.episodes[e], {"grade": Grade.HIGH, "located": T})
    recording.closed(s.w, s.p, e, T)
    return s.w.episodes[e].referred != NEVER


PLACES = {place.__name__: place for place in (checked, night, field, plan_read, prevention, offered, recorded, referred)}


@pytest.mark.parametrize("share", [0.4, 0.6])
@pytest.mark.parametrize("name", PLACES)
def test_a_decision_is_what_is_set_and_otherwise_what_happens(name, share):
    """Yes or no by order, whatever practice and luck would say; nothing set, set for another episode, or another decision set, is nothing set."""
    as_it_happens = share > LUCK
    for said in (0, 1):
        s = stage(share)
        e = episode(s)
        s.put(s.w.order, {"episode": e, name: said})
        assert PLACES[name](s, e) == bool(said)
    for left_alone in ({}, {"episode": 5, name: int(not as_it_happens)}, {"episode": 0}, {"episode": NOBODY, name: int(not as_it_happens)}):
        s = stage(share)
        e = episode(s)
        s.put(s.w.order, left_alone)
        assert PLACES[name](s, e) == as_it_happens


def test_every_decision_of_an_order_is_looked_at_here():
    """A field that is added to Order without a place is missed."""
    assert set(stage(0.5).w.order.__slots__) == {"episode", "grade", *PLACES}


@pytest.mark.parametrize("grade", [0, 1, 2, 3])
def test_a_grade_that_is_set_stands_after_practice(grade):
    """And the shortfall is judged by it; for another episode nothing is set."""
    s = stage(0.5)
    e = episode(s, call_grade=Grade.LOW)
    other = s.episode(0, left=T - 4.0, reported=T - 3.0, call_grade=Grade.LOW, occurrence=4)
    s.put(s.w.order, {"episode": e, "grade": grade})
    grading.endorse(s.w, s.p, e, T)
    grading.endorse(s.w, s.p, other, T)
    assert (s.w.episodes[e].first_grade, s.w.episodes[e].grade) == (grade, grade)
    assert s.w.episodes[other].first_grade == Grade.LOW
    assert order.graded(s.w, other, 2) == 2
    s.w.order.grade = AS_IT_HAPPENS
    assert order.graded(s.w, e, 2) == 2


def test_a_referral_that_is_set_is_made_without_a_criterion_and_once():
    """Police may refer whatever the criterion says; a second reason makes no second referral."""
    s = stage(0.4)
    e = s.episode(s.child(), left=T - 4.0, reported=T - 3.0, located=T, grade=Grade.LOW)
    s.put(s.w.order, {"episode": e, "referred": 1})
    recording.closed(s.w, s.p, e, T)
    assert not s.w.episodes[e].meets_criterion
    assert len(s.due(Event.REFERRED)) == 1
    recording.refer(s.w, s.p, 0, e, T + 1.0)
    assert len(s.due(Event.REFERRED)) == 1
