"""Decisions: with equal inputs and luck, worse practice never gives a better decision."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sim.model import decisions
from sim.model.words import Grade, Nation, Rating, Shortfall

shares = st.floats(0.0, 1.0)
uniforms = st.floats(0.0, 1.0, exclude_max=True)
grades = st.sampled_from(list(Grade))
graded_or_not = st.integers(-1, 3)
risks = st.floats(-20.0, 20.0)
cuts = st.lists(st.floats(-5.0, 5.0), min_size=3, max_size=3, unique=True).map(lambda three: tuple(sorted(three)))


def ordered(values: st.SearchStrategy) -> st.SearchStrategy:
    """Two values, the lesser first."""
    return st.tuples(values, values).map(lambda two: (min(two), max(two)))


@given(risks, st.floats(0.0, 10.0), cuts)
def test_more_visible_risk_never_lowers_a_grade(risk, more, three):
    """The grade is the number of cuts that the risk has reached."""
    grade = decisions.grade_of(risk, three)
    assert grade == sum(risk >= cut for cut in three)
    assert decisions.grade_of(risk + more, three) >= grade


@given(risks, cuts, st.floats(0.0, 5.0))
def test_higher_cuts_never_raise_a_grade(risk, three, by):
    """A force that wants more before it grades high grades no higher."""
    assert decisions.grade_of(risk, tuple(cut + by for cut in three)) <= decisions.grade_of(risk, three)


@given(st.lists(st.floats(0.0, 3.0), min_size=5, max_size=5), st.integers(0, 4))
def test_what_is_not_visible_counts_nothing(items, hidden):
    """Hiding one item of risk takes away that item and never adds."""
    seen = [0.0 if place == hidden else item for place, item in enumerate(items)]
    assert decisions.risk_seen(*seen) <= decisions.risk_seen(*items)


@given(grades, uniforms, ordered(shares), st.integers(1, 3), shares)
def test_more_under_grading_never_raises_a_grade(grade, u, under, steps, over):
    """Same luck, same judgement, a greater share under-graded: the grade is the same or lower."""
    over = min(over, 1.0 - under[1])
    better = decisions.under_practice(grade, u, under[0], steps, over)
    worse = decisions.under_practice(grade, u, under[1], steps, over)
    assert worse <= better


@given(grades, uniforms, shares, ordered(st.integers(1, 3)), shares)
def test_more_steps_down_never_raise_a_grade(grade, u, under, steps, over):
    """An error of two steps is never milder than one of one."""
    over = min(over, 1.0 - under)
    assert decisions.under_practice(grade, u, under, steps[1], over) <= decisions.under_practice(grade, u, under, steps[0], over)


@given(grades, uniforms, shares, st.integers(1, 3), ordered(shares))
def test_more_over_grading_never_lowers_a_grade(grade, u, under, steps, over):
    """Same luck, a greater share over-graded: the grade is the same or higher."""
    under = min(under, 1.0 - over[1])
    assert decisions.under_practice(grade, u, under, steps, over[1]) >= decisions.under_practice(grade, u, under, steps, over[0])


@given(grades, uniforms, st.integers(1, 3))
def test_practice_moves_a_grade_within_the_scale_and_not_at_all_at_share_zero(grade, u, steps):
    """Shares of 0 leave every grade; a share of 1 moves every grade that has room."""
    assert decisions.under_practice(grade, u, 0.0, steps, 0.0) == grade
    assert decisions.under_practice(grade, u, 1.0, steps, 0.0) == max(grade - steps, Grade.NO_APPARENT_RISK)
    assert decisions.under_practice(grade, u, 0.0, steps, 1.0) == min(grade + 1, Grade.HIGH)


@given(grades, st.booleans(), st.booleans(), st.floats(10.0, 18.0), ordered(st.floats(0.0, 18.0)))
def test_local_rules_only_ever_raise_a_grade(grade, seen, flag_is_high, age, floor):
    """An automatic-high rule, a floor by age, or a greater floor: never a lower grade; and a flag matters to the rule only if it is seen."""
    ruled = decisions.with_rules(grade, seen, flag_is_high, age, floor[0])
    assert ruled >= grade
    assert decisions.with_rules(grade, seen, flag_is_high, age, floor[1]) >= ruled
    assert decisions.with_rules(grade, seen, True, age, floor[0]) >= decisions.with_rules(grade, seen, False, age, floor[0])
    assert decisions.with_rules(grade, True, flag_is_high, age, floor[0]) >= decisions.with_rules(grade, False, flag_is_high, age, floor[0])
    assert decisions.with_rules(grade, False, flag_is_high, age, 0.0) == grade


@given(ordered(grades), st.booleans(), st.booleans(), st.floats(10.0, 18.0), st.floats(0.0, 18.0))
def test_local_rules_keep_the_order_of_judgements(two, seen, flag_is_high, age, floor):
    """Who judged lower is not above who judged higher once the rules have spoken."""
    low, high = (decisions.with_rules(grade, seen, flag_is_high, age, floor) for grade in two)
    assert low <= high


@given(graded_or_not, graded_or_not, graded_or_not, graded_or_not, graded_or_not, ordered(graded_or_not))
def test_a_lower_grade_never_mends_a_shortfall(knowable, recorded, checked, linked, assessed, given_grades):
    """There is a shortfall exactly if the grade given is below the knowable grade; a lower grade given keeps it, put to the same step."""
    lower = decisions.shortfall(knowable, recorded, checked, linked, assessed, given_grades[0])
    higher = decisions.shortfall(knowable, recorded, checked, linked, assessed, given_grades[1])
    assert (lower == Shortfall.NONE) == (given_grades[0] >= knowable)
    assert higher in (Shortfall.NONE, lower)


@given(graded_or_not, st.lists(graded_or_not, min_size=5, max_size=5))
def test_a_shortfall_is_put_to_the_first_step_that_failed(knowable, steps):
    """In the order recorded, checked, link, assessor, practice; each step before it had reached the knowable grade."""
    cause = decisions.shortfall(knowable, *steps)
    if cause != Shortfall.NONE:
        place = cause - Shortfall.NOT_RECORDED
        assert steps[place] < knowable
        assert all(step >= knowable for step in steps[:place])


@given(grades, uniforms, ordered(shares), ordered(shares))
def test_more_desk_based_practice_never_sends_anyone_out(grade, u, share, share_high):
    """A visit that becomes a desk enquiry at the lower share does so at the greater; each grade listens to its own lever."""
    better = decisions.desk_instead(grade, u, share[0], share_high[0])
    worse = decisions.desk_instead(grade, u, share[1], share_high[1])
    assert worse >= better
    own = (share_high if grade == Grade.HIGH else share)[0]
    assert better == (u < own)


@given(grades, uniforms, ordered(shares), ordered(shares))
def test_less_overnight_activity_never_starts_a_task_at_night(grade, u, share, share_high):
    """What starts at night at the lower share starts at the greater; at 0 nothing does, at 1 everything."""
    assert decisions.starts_at_night(grade, u, share[0], share_high[0]) <= decisions.starts_at_night(grade, u, share[1], share_high[1])
    assert not decisions.starts_at_night(grade, u, 0.0, 0.0)
    assert decisions.starts_at_night(grade, u, 1.0, 1.0)


@given(st.integers(1, 200), ordered(st.integers(1, 200)))
def test_a_return_home_interview_is_expected_after_each_report_in_england_and_from_the_third_in_wales(reports, after):
    """England: always. Wales: from the set report in the year on, and a later start of the duty never makes one expected."""
    assert decisions.interview_expected(Nation.ENGLAND, reports, after[0])
    assert decisions.interview_expected(Nation.WALES, reports, after[0]) == (reports >= after[0])
    assert decisions.interview_expected(Nation.WALES, reports, after[1]) <= decisions.interview_expected(Nation.WALES, reports, after[0])


@given(st.booleans(), ordered(grades), ordered(st.integers(0, 8)), ordered(st.integers(1, 8)), ordered(st.floats(0.0, 100.0)), st.floats(0.0, 100.0))
def test_a_graver_episode_meets_the_criterion_if_a_milder_one_does(concern, grade, recent, needed, hours, hours_needed):
    """More concern, a higher grade, more episodes, more hours or a lower bar never take the referral away."""
    milder = decisions.meets_criterion(concern, grade[0], recent[0], needed[1], hours[0], hours_needed)
    graver = decisions.meets_criterion(concern, grade[1], recent[1], needed[0], hours[1], hours_needed)
    assert graver >= milder
    assert decisions.meets_criterion(True, grade[0], recent[0], needed[1], hours[0], hours_needed)


@given(ordered(grades))
def test_a_concern_is_rated_red_and_a_high_grade_at_least_amber(grade):
    """Ratings follow concern first and the grade then; a higher grade is never rated less urgent."""
    assert decisions.rating(True, grade[0]) == Rating.RED
    assert decisions.rating(False, Grade.HIGH) == Rating.AMBER
    assert decisions.rating(False, grade[1]) <= decisions.rating(False, grade[0])
