"""A live session pauses at each decision, and comes to what the exercise's path says."""

from __future__ import annotations

import random

import pytest

from sim.scenario import ScenarioError
from sim.story.case_type import TYPES
from sim.story.live import Session, live
from sim.story.twin import chosen
from tests.story.conftest import short

KINDS = ("under-graded-with-exploitation", "nothing-overnight", "not-recorded", "trigger-plan-not-read", "over-graded")


@pytest.mark.parametrize("id", KINDS)
def test_a_session_comes_to_the_path_of_its_choices(brief, exercises, id):
    """On SimPy, decision by decision, to the last row of the compiled path: as it happened, and for other choices."""
    case, one = chosen(brief, TYPES[id]), exercises[id]
    luck = random.Random(id)
    for taken in (None, "any"):
        session = Session(brief, case)
        while session.point is not None:
            point = session.point
            session.decide(point.as_happened if taken is None else luck.choice(point.options).id)
        path = session.path
        assert path.timeline == one.path(path.choices).timeline
        if taken is None:
            assert path.timeline == one.as_happened.timeline


def test_a_session_pauses_before_the_decision_is_taken(brief):
    """At the hour of the point, with nothing of it done; time goes on only when something is decided."""
    case = brief.case(TYPES["under-graded-with-exploitation"], 0)
    session = Session(brief, case)
    assert session.point.id == "grade"
    assert session.now == pytest.approx(session.point.at, abs=1e-3)
    assert not any(row.lane == "grade" and row.text.startswith("Inspector") for row in session.timeline.rows)
    session.decide("high")
    assert session.point.id == "deploy"
    assert session.now <= session.point.at + 1e-6
    assert session.taken == {"grade": "high"}
    while not session.finished:
        session.decide(session.point.as_happened)
    assert session.point is None
    assert any("changed to high" in row.text or "high stands" in row.text for row in session.timeline.rows)


def test_a_wrong_option_is_an_error_and_changes_nothing(brief):
    """It says what is allowed; when all is decided there is nothing to decide."""
    session = Session(brief, brief.case(TYPES["over-graded"], 0))
    with pytest.raises(ScenarioError, match="\"enormous\" is no option; allowed: no-apparent-risk, low, medium, high"):
        session.decide("enormous")
    assert session.taken == {}
    while not session.finished:
        session.decide(session.point.as_happened)
    with pytest.raises(ScenarioError, match="everything is decided"):
        session.decide("high")


def test_live_finds_the_case_of_the_exercise():
    """By the same request."""
    session = live("over-graded", short(), number=1)
    assert session.case.number == 1
    assert session.point.id == "grade"
