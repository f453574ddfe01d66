"""Decisions at their edges: luck of exactly a share is outside it, a risk of exactly a cut has reached it."""

from __future__ import annotations

import pytest

from sim.model import decisions
from sim.model.words import Grade, Nation, Rating, Shortfall

NONE, LOW, MEDIUM, HIGH = Grade


def test_risk_is_the_sum_of_five_items():
    """Each counts once."""
    assert decisions.risk_seen(1.0, 2.0, 4.0, 8.0, 16.0) == 31.0


@pytest.mark.parametrize(("risk", "grade"), [(-0.1, NONE), (0.0, LOW), (0.9, LOW), (1.0, MEDIUM), (1.9, MEDIUM), (2.0, HIGH)])
def test_a_cut_that_is_reached_counts(risk, grade):
    """Cuts at 0, 1 and 2."""
    assert decisions.grade_of(risk, (0.0, 1.0, 2.0)) == grade


@pytest.mark.parametrize(
    ("grade", "seen", "is_high", "age", "after"),
    [
        (LOW, True, True, 15.0, HIGH), (LOW, True, False, 15.0, LOW), (LOW, False, True, 15.0, LOW), (NONE, False, False, 11.9, LOW),
        (NONE, False, False, 12.0, NONE), (MEDIUM, False, False, 11.0, MEDIUM),
    ],
)  # fmt: skip
def test_local_rules(grade, seen, is_high, age, after):
    """A flag that is seen may mean high; under 12 nobody is at the lowest grade, at 12 one may be."""
    assert decisions.with_rules(grade, seen, is_high, age, 12.0) == after


@pytest.mark.parametrize(
    ("grade", "u", "steps", "after"),
    [
        (HIGH, 0.19, 2, LOW), (HIGH, 0.2, 2, HIGH), (LOW, 0.0, 2, NONE), (LOW, 0.89, 1, LOW), (LOW, 0.9, 1, MEDIUM), (HIGH, 0.95, 1, HIGH),
        (MEDIUM, 0.95, 1, HIGH), (MEDIUM, 0.1, 1, LOW),
    ],
)  # fmt: skip
def test_practice_moves_a_grade_by_its_shares(grade, u, steps, after):
    """A fifth down by some steps, a tenth up by one, where there is room."""
    assert decisions.under_practice(grade, u, 0.2, steps, 0.1) == after


@pytest.mark.parametrize(
    ("steps", "given", "cause"),
    [
        ((2, 2, 2, 2), 2, Shortfall.NONE), ((1, 1, 1, 1), 3, Shortfall.NONE), ((1, 2, 2, 2), 1, Shortfall.NOT_RECORDED),
        ((2, 1, 2, 2), 1, Shortfall.NOT_CHECKED), ((2, 2, 1, 2), 1, Shortfall.LINK_NOT_RECOGNISED), ((2, 2, 2, 1), 1, Shortfall.ASSESSOR),
        ((3, 2, 3, 2), 1, Shortfall.PRACTICE),
    ],
)  # fmt: skip
def test_a_shortfall_is_put_to_the_first_step_below_the_knowable_grade(steps, given, cause):
    """Medium was knowable; reaching it is enough."""
    assert decisions.shortfall(2, *steps, given) == cause


@pytest.mark.parametrize(("grade", "u", "holds"), [(HIGH, 0.19, True), (HIGH, 0.2, False), (MEDIUM, 0.59, True), (MEDIUM, 0.6, False)])
@pytest.mark.parametrize("decision", [decisions.desk_instead, decisions.starts_at_night])
def test_high_has_a_share_of_its_own(decision, grade, u, holds):
    """0.2 for high, 0.6 below."""
    assert decision(grade, u, 0.6, 0.2) == holds


def test_a_share_of_nought_is_never_and_of_one_always():
    """Whatever luck says."""
    for decision in (decisions.desk_instead, decisions.starts_at_night):
        assert not decision(LOW, 0.0, 0.0, 0.0)
        assert decision(LOW, 1.0 - 2.0**-53, 1.0, 1.0)


@pytest.mark.parametrize(("nation", "reports", "expected"), [(Nation.ENGLAND, 1, True), (Nation.WALES, 2, False), (Nation.WALES, 3, True)])
def test_an_interview_is_expected(nation, reports, expected):
    """England: after each report. Wales: from the third."""
    assert decisions.interview_expected(nation, reports, 3) == expected


@pytest.mark.parametrize(
    ("concern", "grade", "recent", "hours", "meets"),
    [
        (False, MEDIUM, 2, 23.9, False), (True, NONE, 0, 0.0, True), (False, HIGH, 0, 0.0, True), (False, NONE, 3, 0.0, True),
        (False, NONE, 0, 24.0, True),
    ],
)  # fmt: skip
def test_any_one_reason_meets_the_criterion(concern, grade, recent, hours, meets):
    """A concern, a high grade, the third report, a day away."""
    assert decisions.meets_criterion(concern, grade, recent, 3, hours, 24.0) == meets


@pytest.mark.parametrize(
    ("concern", "grade", "rating"), [(True, LOW, Rating.RED), (True, HIGH, Rating.RED), (False, HIGH, Rating.AMBER), (False, MEDIUM, Rating.GREEN)]
)
def test_the_rating_of_a_referral(concern, grade, rating):
    """Red for a concern, amber for high, green for the rest."""
    assert decisions.rating(concern, grade) == rating
