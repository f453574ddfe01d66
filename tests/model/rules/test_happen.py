"""Which rule answers which event: each event in turn is let happen to a row, and exactly its own rule is called, with its own arguments."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model import child, demand, episode, exploitation, happen, police, recording, return_interview, social_care, work
from sim.model.events import Event
from sim.model.words import Located, Pool, Work
from tests.model.rules.stage import MONDAY_10, Stage

T = MONDAY_10
WHO, VERSION = 5, 8
W: Any = object()
P: Any = object()
ANSWERS = {
    Event.ENTERED: [(child, "entered", (WHO, VERSION, T))],
    Event.AGED_OUT: [(child, "aged_out", (WHO, T))],
    Event.LEFT: [(episode, "left", (WHO, VERSION, T))],
    Event.STATE_CHANGED: [(episode, "state_changed", (WHO, VERSION, T))],
    Event.PARTNER_IDENTIFIED: [(social_care, "partner_identified", (WHO, VERSION, T))],
    Event.PROTECTION_ENDED: [(social_care, "protection_ended", (WHO, T))],
    Event.DISRUPTION_ENDED: [(exploitation, "disruption_ended", (WHO, VERSION, T))],
    Event.REPORTED: [(episode, "reported", (WHO, T))],
    Event.CLOSED: [(episode, "closed", (WHO, T))],
    Event.FOUND: [(police, "found", (WHO, VERSION)), (episode, "found", (WHO, Located.POLICE_DESK, T))],
    Event.HARMED: [(episode, "harmed", (WHO, VERSION, T))],
    Event.GRADED: [(police, "graded", (WHO, T))],
    Event.ENDORSED: [(police, "endorsed", (WHO, T))],
    Event.DESK_DUE: [(police, "due", (WHO, Pool.DESK, VERSION, T))],
    Event.FIELD_DUE: [(police, "due", (WHO, Pool.RESPONSE, VERSION, T))],
    Event.REVIEWED: [(police, "reviewed", (WHO, VERSION, T))],
    Event.PREVENTION_DUE: [(police, "prevention_due", (WHO, VERSION, T))],
    Event.RECORDED: [(recording, "recorded", (WHO, T))],
    Event.TASK_ENDED: [(happen, "task_ended", (WHO, T))],
    Event.ESCALATED: [(work, "escalated", (WHO, T))],
    Event.DUTY_CHANGED: [(demand, "duty_changed", (WHO, T))],
    Event.INCIDENT: [(demand, "incident", (WHO, T))],
    Event.RHI_OFFERED: [(return_interview, "offered", (WHO, T))],
    Event.RHI_ARRANGED: [(return_interview, "arranged", (WHO, T))],
    Event.RHI_SHARED: [(return_interview, "shared", (WHO, T))],
    Event.RHI_EXPIRED: [(return_interview, "expired", (WHO, T))],
    Event.REFERRED: [(social_care, "referred", (WHO, VERSION, T))],
    Event.STRATEGY_HELD: [(social_care, "strategy_held", (WHO, T))],
    Event.CONFERENCE: [(social_care, "conference", (WHO, T))],
    Event.ASSESSED: [(social_care, "assessed", (WHO, VERSION, T)), (social_care, "release", (WHO, T))],
    Event.PLAN_ENDED: [(social_care, "plan_ended", (WHO, T))],
    Event.OTHER_FAMILY: [(social_care, "other_family", (WHO, T))],
}
"""What is called, after the world and the parameters, for each event that can be scheduled."""
MODULES = (child, demand, episode, exploitation, police, recording, return_interview, social_care, work)


@pytest.fixture
def called(monkeypatch) -> list[tuple[object, str, tuple[object, ...]]]:
    """Every rule that `happen` may call only notes that it was called. Police find the child from the desk, and tasks do end."""
    calls: list[tuple[object, str, tuple[object, ...]]] = []
    gives = {(police, "found"): Located.POLICE_DESK, (work, "ended"): True}

    def put(module: object, name: str) -> None:
        def note(w: object, p: object, *arguments: object) -> object:
            assert p is P
            calls.append((module, name, arguments))
            return gives.get((module, name))

        monkeypatch.setattr(module, name, note)

    for module in MODULES:
        for name, value in list(vars(module).items()):
            if callable(value) and getattr(value, "__module__", "") == module.__name__:
                put(module, name)
    return calls


@pytest.mark.parametrize("event", list(Event))
def test_each_event_is_answered_by_its_own_rule(called, monkeypatch, event):
    """And by no other; events that are only noted have no answer."""
    monkeypatch.setattr(happen, "task_ended", lambda w, p, *arguments: called.append((happen, "task_ended", arguments)))
    happen.happen(W, P, event, WHO, VERSION, T)
    assert called == ANSWERS.get(event, [])


def test_a_find_that_was_superseded_finds_nobody(called, monkeypatch):
    """Police say that the child is still missing: the episode goes on."""
    monkeypatch.setattr(police, "found", lambda *arguments: Located.STILL_MISSING)
    happen.happen(W, P, Event.FOUND, WHO, VERSION, T)
    assert called == []


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (Work.DESK_ENQUIRY, (police, "search_ended", (3, 0, T))), (Work.FIELD_VISIT, (police, "search_ended", (3, 0, T))),
        (Work.PREVENTION_INTERVIEW, (police, "prevention_done", (3, 0, T))), (Work.RETURN_HOME_INTERVIEW, (return_interview, "done", (3, T))),
        (Work.MASH_DECISION, (social_care, "decided", (3, T))), (Work.OTHER_INCIDENT, None), (Work.CASE, None),
    ],
)  # fmt: skip
def test_when_a_task_ends_what_it_was_for_happens_and_the_pool_is_served(called, kind, answer):
    """First the task ends, then what it was for, then whoever did it takes the next."""
    s = Stage()
    s.row("tasks", work=kind, pool=Pool.MASH, episode=3)
    happen.task_ended(s.w, P, 0, T)
    assert called == [(work, "ended", (T, 0)), *([answer] if answer else []), (work, "serve", (T, Pool.MASH))]


def test_a_task_that_was_stood_down_does_not_end_again(called, monkeypatch):
    """Nothing happens that it was for, and nobody is free a second time."""
    s = Stage()
    s.row("tasks", work=Work.MASH_DECISION, pool=Pool.MASH)
    monkeypatch.setattr(work, "ended", lambda *arguments: False)
    happen.task_ended(s.w, P, 0, T)
    assert called == []
