"""Grading: what is visible to whom, the two references, the inspector, and the review."""

from __future__ import annotations

import pytest

from sim.model import grading, luck
from sim.model.luck import Decision, normal
from sim.model.words import NEVER, Grade, Home, Shortfall, State
from tests.model.rules.stage import DAY, MIDDLE, MONDAY_10, NO, Stage
from tests.model.small import YEAR, Overrides

T = MONDAY_10
LOW, MEDIUM, HIGH, NONE = Grade.LOW, Grade.MEDIUM, Grade.HIGH, Grade.NO_APPARENT_RISK
PLAIN: Overrides = {
    "world.risk_vulnerability": 0.5,
    "world.risk_age": 0.1,
    "world.risk_groomed": 0.4,
    "world.risk_exploited": 0.7,
    "world.reference_cuts": [1.0, 2.0, 3.0],
    "world.reference_flag_weight": 1.5,
    "world.reference_history_weight": 0.25,
    "world.reference_flag_days": 100.0,
    "practice.grade_cuts": [1.0, 2.0, 3.0],
    "practice.flag_weight": 1.25,
    "practice.history_weight": 0.125,
    "practice.flag_lasts_days": 50.0,
    "practice.flag_is_high": False,
    "practice.floor_age": 0.0,
    "practice.assessor_noise": 0.5,
    "practice.repeat_child_bias": 0.25,
    "practice.care_child_bias": 0.5,
    "practice.older_child_bias": 1.0,
    "practice.checks_systems_share": 0.8,
    "practice.flag_visible_share": 0.5,
    "practice.informant_heard_share": 0.6,
    "practice.recognises_link_share": 0.7,
    "practice.inspector_reassesses_share": 0.5,
    "practice.social_worker_asked_share": 0.3,
    "practice.under_graded_share": 0.1,
    "practice.under_graded_steps": 1,
    "practice.over_graded_share": 0.05,
    "practice.review_corrects_share": 0.5,
    "practice.challenge_share": 0.4,
    "practice.medium_after_hours": 48.0,
}


@pytest.fixture
def s() -> Stage:
    """A boy of 14 with a family, two standard deviations vulnerable, in his third episode, reported an hour ago. Judgement is without noise."""
    s = Stage(PLAIN)
    c = s.child(born=T - 14.0 * YEAR, vulnerability=2.0)
    s.episode(c, left=T - 2.0, reported=T - 1.0, risk_informant=0.75, risk_hidden=0.125)
    s.lucky(Decision.CALL_NOISE, MIDDLE)
    s.lucky(Decision.INSPECTOR_NOISE, MIDDLE)
    return s


# parts of a judgement


def test_age_is_in_years_and_counts_from_14(s):
    """16 in two years: 0.2 more; a year younger: 0.1 less."""
    assert grading.age_of(s.w, T + 2.0 * YEAR, 0) == pytest.approx(16.0)
    assert grading.age_risk(s.w, s.p, T + 2.0 * YEAR, 0) == pytest.approx(0.2)
    assert grading.age_risk(s.w, s.p, T - YEAR, 0) == pytest.approx(-0.1)


def test_episodes_count_for_so_many_days_and_five_at_the_most(s):
    """The last day counts; six weigh as much as five."""
    times = [-NEVER, T - 90.0 * DAY, T - 90.0 * DAY - 0.1, T - 1.0, T]
    assert grading.recent(times, T, 90.0) == 3
    assert [grading.history_risk(0.25, episodes) for episodes in (0, 2, 5, 6)] == [0.0, 0.5, 1.25, 1.25]


def test_the_latest_times_are_remembered_in_a_ring(s):
    """The tenth of eight takes the place of the second."""
    times = [float(number) for number in range(8)]
    grading.remember(times, 99.0, 9)
    assert times == [0.0, 99.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]


@pytest.mark.parametrize(("flagged", "current"), [(T, True), (T - 50.0 * DAY, True), (T - 50.0 * DAY - 0.1, False), (NEVER, False), (T + 0.1, False)])
def test_a_flag_stands_from_the_hour_it_is_put_up_until_it_is_out_of_date(flagged, current):
    """Fifty days here; a flag that comes later is not there yet."""
    assert grading.is_current(flagged, T, 50.0) == current


@pytest.mark.parametrize(("state", "adds"), [(State.NONE, 0.0), (State.GROOMED, 0.4), (State.EXPLOITED, 0.7)])
def test_true_risk_is_the_sum_of_all_there_is(s, state, adds):
    """Vulnerability 1, tonight 0.75 and 0.125, the true state, and 0.1 for a year of age."""
    s.w.children[0].state = state
    assert grading.true_risk(s.w, s.p, 0, T + YEAR) == pytest.approx(1.0 + 0.875 + 0.1 + adds)


# the two references


def test_the_truth_grade_reads_the_true_state_and_all_of_tonight(s):
    """1.875 is low; two episodes before this one make it medium, and exploitation high."""
    assert grading.truth_grade(s.w, s.p, 0, T) == LOW
    s.w.children[0].left_recently[:1] = [T - 2.0]
    assert grading.truth_grade(s.w, s.p, 0, T) == LOW, "this one is left out"
    s.w.children[0].left_recently[:3] = [T - 2.0, T - DAY, T - 2.0 * DAY]
    assert grading.truth_grade(s.w, s.p, 0, T) == MEDIUM
    s.w.children[0].state = State.GROOMED
    assert grading.truth_grade(s.w, s.p, 0, T) == MEDIUM
    s.w.children[0].state = State.EXPLOITED
    assert grading.truth_grade(s.w, s.p, 0, T) == HIGH


@pytest.mark.parametrize("holder", ["police", "social", "standard"])
def test_what_any_agency_held_is_knowable(s, holder):
    """0.75 is nothing much; with vulnerability held by one, 1.75 is low; with a flag of one, 3.25 is high; out of date it is low again."""
    s.put(s.w.children[0], {"reported_recently": [T] + [-NEVER] * 7})
    assert grading.knowable_grade(s.w, s.p, 0, T) == NONE
    s.put(s.w.children[0], {f"vulnerability_{holder}": True})
    assert grading.knowable_grade(s.w, s.p, 0, T) == LOW
    s.put(s.w.children[0], {f"flag_{holder}": T - 100.0 * DAY})
    assert grading.knowable_grade(s.w, s.p, 0, T) == HIGH
    s.put(s.w.children[0], {f"flag_{holder}": T - 100.0 * DAY - 0.1})
    assert grading.knowable_grade(s.w, s.p, 0, T) == LOW


def test_earlier_reports_of_ninety_days_are_knowable(s):
    """Two before this one add 0.5: 0.75 becomes low."""
    s.put(s.w.children[0], {"reported_recently": [T, T - DAY, T - 90.0 * DAY] + [-NEVER] * 5})
    assert grading.knowable_grade(s.w, s.p, 0, T) == LOW
    s.w.children[0].reported_recently[2] -= 0.1
    assert grading.knowable_grade(s.w, s.p, 0, T) == LOW
    s.w.children[0].reported_recently[1] = -NEVER
    assert grading.knowable_grade(s.w, s.p, 0, T) == NONE


@pytest.mark.parametrize(
    ("looked", "police", "social", "grade"),
    [
        ((True, False, True, True), True, False, HIGH), ((True, False, True, True), False, True, NONE),
        ((False, True, True, True), False, True, HIGH), ((False, True, True, True), True, False, NONE),
        ((True, True, True, False), True, True, LOW), ((True, True, False, True), True, True, MEDIUM),
        ((False, False, True, True), True, True, NONE),
    ],
)  # fmt: skip
def test_what_was_held_counts_where_somebody_looked(s, looked, police, social, grade):
    """Vulnerability 1 and a flag 1.5 of each holder, tonight 0.75 if heard; a flag counts only where the link is understood."""
    child = s.w.children[0]
    s.put(child, {"vulnerability_police": police, "vulnerability_social": social})
    s.put(child, {"flag_police": T if police else NEVER, "flag_social": T if social else NEVER})
    assert grading.held_grade(s.w, s.p, 0, T, *looked) == grade


def test_recorded_history_is_seen_on_the_systems_alone(s):
    """Five recorded episodes add 1.25 to tonight's 0.75 where systems were checked: medium instead of none."""
    s.w.children[0].recorded_recently = [T] * 5 + [-NEVER] * 3
    assert grading.held_grade(s.w, s.p, 0, T, True, False, True, True) == MEDIUM
    assert grading.held_grade(s.w, s.p, 0, T, False, True, True, True) == NONE


# what one assessor sees


@pytest.mark.parametrize(
    ("systems", "social", "informant", "link", "risk"),
    [
        (False, False, False, False, 0.0), (True, False, False, False, 1.25), (False, True, False, False, 0.0), (True, True, True, True, 3.25),
        (False, False, True, False, 0.75), (True, False, False, True, 2.5), (False, True, False, True, 0.0),
    ],
)  # fmt: skip
def test_only_what_is_visible_weighs(s, systems, social, informant, link, risk):
    """Police hold vulnerability (1), a flag (1.25, where the link is understood) and two episodes (0.25); tonight is 0.75 if heard."""
    s.put(s.w.children[0], {"vulnerability_police": True, "flag_police": T, "recorded_recently": [T, T] + [-NEVER] * 6})
    assert grading.visible_risk(s.w, s.p, 0, T, systems, social, informant, link) == pytest.approx(risk)


def test_what_social_care_holds_is_seen_by_asking(s):
    """Vulnerability and a flag of theirs, 2.25 in all; nothing of it on police systems."""
    s.put(s.w.children[0], {"vulnerability_social": True, "flag_social": T})
    assert grading.visible_risk(s.w, s.p, 0, T, False, True, False, True) == pytest.approx(2.25)
    assert grading.visible_risk(s.w, s.p, 0, T, True, False, False, True) == 0.0


@pytest.mark.parametrize("decision", [Decision.CALL_CHECKS_SYSTEMS, Decision.REVIEW_CHECKS])
def test_systems_are_checked_and_laid_out_so_that_it_is_seen(s, decision):
    """0.8 of gradings, half of them visibly: 0.4."""
    s.lucky(decision, 0.3999)
    assert grading.checks_systems(s.w, s.p, 0, decision)
    s.lucky(decision, 0.4)
    assert not grading.checks_systems(s.w, s.p, 0, decision)


@pytest.mark.parametrize(
    ("rule", "decision", "share"), [(grading.informant_heard, Decision.INFORMANT, 0.6), (grading.link_recognised, Decision.RECOGNISES_LINK, 0.7)]
)
def test_the_informant_is_heard_and_the_link_understood_by_a_share(s, rule, decision, share):
    """Luck below the share."""
    s.lucky(decision, share - 1e-6)
    assert rule(s.w, s.p, 0)
    s.lucky(decision, share)
    assert not rule(s.w, s.p, 0)


@pytest.mark.parametrize(
    ("columns", "takes_off"),
    [
        ({}, 0.0), ({"recorded_recently": [T - 2.0] * 2 + [-NEVER] * 6}, 0.0), ({"recorded_recently": [T - 2.0] * 3 + [-NEVER] * 5}, 0.25),
        ({"home": Home.CHILDRENS_HOME}, 0.5), ({"born": T - 1.0 - 16.0 * YEAR}, 1.0), ({"born": T - 16.0 * YEAR}, 0.0),
        ({"home": Home.FOSTER_CARE, "born": T - 17.0 * YEAR, "recorded_recently": [T - 2.0] * 8}, 1.75),
    ],
)  # fmt: skip
def test_prejudice_takes_off_for_repeats_care_and_age(s, columns, takes_off):
    """Three on record in 90 days, not with the family, 16 at the report: each has its own; the noise of a judgement is less by all of them."""
    s.put(s.w.children[0], columns)
    assert grading.bias(s.w, s.p, 0) == takes_off
    s.lucky(Decision.CALL_NOISE, 0.9)
    assert grading.noise(s.w, s.p, 0, Decision.CALL_NOISE) == pytest.approx(0.5 * normal(0.9) - takes_off)


def test_repeats_count_in_the_ninety_days_before_the_report(s):
    """Not before."""
    s.w.children[0].recorded_recently = [T - 1.0 - 90.0 * DAY] * 3 + [-NEVER] * 5
    assert grading.bias(s.w, s.p, 0) == 0.25
    s.w.children[0].recorded_recently = [T - 1.1 - 90.0 * DAY] * 3 + [-NEVER] * 5
    assert grading.bias(s.w, s.p, 0) == 0.0


@pytest.mark.parametrize(("added", "grade"), [(0.0, NONE), (0.25, LOW), (1.25, MEDIUM), (2.25, HIGH)])
def test_a_judgement_is_what_is_visible_with_noise_cut_at_the_thresholds(s, added, grade):
    """Tonight's 0.75 and so much on top."""
    assert grading.judged(s.w, s.p, 0, T, False, False, True, True, added) == grade


@pytest.mark.parametrize(("link", "systems", "grade"), [(True, True, HIGH), (False, True, LOW), (True, False, LOW)])
def test_a_flag_that_is_seen_may_mean_high(link, systems, grade):
    """Where practice says so; and a child under the floor is not at the lowest grade."""
    s = Stage(PLAIN, {"practice.flag_is_high": True, "practice.floor_age": 15.0, "practice.flag_weight": 0.0})
    s.episode(s.child(born=T - 14.0 * YEAR, flag_police=T))
    assert grading.judged(s.w, s.p, 0, T, systems, False, True, link, 0.0) == grade
    s.w.children[0].born = T - 15.0 * YEAR
    assert grading.judged(s.w, s.p, 0, T, False, False, True, True, 0.0) == NONE


def test_the_call_taker_does_not_ask_social_care(s):
    """What social care holds is invisible at the call; systems, informant and link are each a matter of luck."""
    s.put(s.w.children[0], {"vulnerability_social": True, "flag_social": T, "vulnerability_police": True})
    for decision in (Decision.INFORMANT, Decision.RECOGNISES_LINK):
        s.lucky(decision, 0.0)
    s.w.children[0].vulnerability_police = False
    s.lucky(Decision.CALL_CHECKS_SYSTEMS, 0.0)
    assert grading.call_grade(s.w, s.p, 0, T) == NONE
    s.w.children[0].vulnerability_police = True
    assert grading.call_grade(s.w, s.p, 0, T) == LOW
    s.w.children[0].flag_police = T
    assert grading.call_grade(s.w, s.p, 0, T) == HIGH
    s.lucky(Decision.RECOGNISES_LINK, NO)
    assert grading.call_grade(s.w, s.p, 0, T) == LOW
    s.lucky(Decision.CALL_NOISE, 0.9)
    assert grading.call_grade(s.w, s.p, 0, T) == MEDIUM


# the inspector


def endorse(s: Stage, *sure: Decision, u: float = MIDDLE, call: int = LOW) -> tuple[int, Shortfall]:
    """The inspector endorses, with luck in what is named, and this luck of practice."""
    for decision in sure:
        s.lucky(decision, 0.0)
    s.lucky(Decision.PRACTICE_GRADE, u)
    episode = s.w.episodes[0]
    episode.call_grade = call
    grading.endorse(s.w, s.p, 0, T)
    assert episode.grade == episode.first_grade
    return episode.grade, Shortfall(episode.shortfall)


def test_without_a_reassessment_the_call_grade_stands(s):
    """Whatever is held."""
    s.put(s.w.children[0], {"vulnerability_police": True, "flag_police": T})
    assert endorse(s, Decision.INSPECTOR_CHECKS_SYSTEMS, Decision.SOCIAL_WORKER_ASKED, Decision.INFORMANT)[0] == LOW


@pytest.mark.parametrize("checker", [Decision.CALL_CHECKS_SYSTEMS, Decision.INSPECTOR_CHECKS_SYSTEMS])
def test_the_inspector_sees_what_either_check_brought_up(s, checker):
    """Vulnerability and tonight 1.75: low; with the link a flag too: 3, high."""
    s.put(s.w.children[0], {"vulnerability_police": True, "flag_police": T})
    heard = (Decision.INSPECTOR_REASSESSES, Decision.INFORMANT, checker)
    assert endorse(s, *heard, call=NONE)[0] == LOW
    assert endorse(s, *heard, Decision.RECOGNISES_LINK, call=NONE)[0] == HIGH


def test_the_inspector_may_ask_the_social_worker(s):
    """0.3 of the reassessments."""
    s.put(s.w.children[0], {"vulnerability_social": True, "flag_social": T})
    heard = (Decision.INSPECTOR_REASSESSES, Decision.INFORMANT, Decision.RECOGNISES_LINK)
    assert endorse(s, *heard, call=NONE)[0] == NONE
    assert endorse(s, *heard, Decision.SOCIAL_WORKER_ASKED, call=NONE)[0] == HIGH
    s.lucky(Decision.SOCIAL_WORKER_ASKED, 0.3)
    assert endorse(s, *heard, call=NONE)[0] == NONE


@pytest.mark.parametrize(("u", "reassesses"), [(0.4999, True), (0.5, False)])
def test_a_share_of_calls_is_assessed_afresh(s, u, reassesses):
    """The inspector's own noise goes into it."""
    s.lucky(Decision.INSPECTOR_REASSESSES, u)
    s.lucky(Decision.INSPECTOR_NOISE, 0.999)
    assert endorse(s, Decision.INFORMANT, call=NONE)[0] == (MEDIUM if reassesses else NONE)


@pytest.mark.parametrize(("u", "grade"), [(0.0999, LOW), (0.1, MEDIUM), (0.9499, MEDIUM), (0.95, HIGH)])
def test_practice_moves_the_grade_after_the_inspector(s, u, grade):
    """A tenth down, a twentieth up."""
    assert endorse(s, u=u, call=MEDIUM)[0] == grade


def test_the_references_are_written_beside_the_grade(s):
    """Truth with exploitation: high. Knowable with vulnerability held: low."""
    s.put(s.w.children[0], {"vulnerability_social": True, "state": State.EXPLOITED})
    endorse(s)
    assert (s.w.episodes[0].truth_grade, s.w.episodes[0].knowable_grade) == (HIGH, LOW)


ALL = (Decision.INSPECTOR_REASSESSES, Decision.INSPECTOR_CHECKS_SYSTEMS, Decision.SOCIAL_WORKER_ASKED, Decision.INFORMANT, Decision.RECOGNISES_LINK)


@pytest.mark.parametrize(
    ("held_by", "missing", "u", "cause"),
    [
        ("police", None, MIDDLE, Shortfall.NONE), ("standard", None, MIDDLE, Shortfall.NOT_RECORDED),
        ("police", Decision.INSPECTOR_CHECKS_SYSTEMS, MIDDLE, Shortfall.NOT_CHECKED),
        ("social", Decision.SOCIAL_WORKER_ASKED, MIDDLE, Shortfall.NOT_CHECKED),
        ("police", Decision.INFORMANT, MIDDLE, Shortfall.NOT_CHECKED), ("police", Decision.RECOGNISES_LINK, MIDDLE, Shortfall.LINK_NOT_RECOGNISED),
        ("police", Decision.INSPECTOR_REASSESSES, MIDDLE, Shortfall.NOT_CHECKED), ("police", None, 0.0, Shortfall.PRACTICE),
    ],
)  # fmt: skip
def test_a_shortfall_is_put_to_the_first_step_that_failed(s, held_by, missing, u, cause):
    """One holder knows of vulnerability and a flag, which makes the episode high; one step of the chain goes wrong."""
    s.put(s.w.children[0], {f"vulnerability_{held_by}": True, f"flag_{held_by}": T})
    assert endorse(s, *(decision for decision in ALL if decision != missing), u=u)[1] == cause
    assert s.w.episodes[0].knowable_grade == HIGH


@pytest.mark.parametrize(
    ("held_by", "not_asked"),
    [("police", None), ("police", Decision.SOCIAL_WORKER_ASKED), ("social", Decision.INSPECTOR_CHECKS_SYSTEMS)],
)
def test_a_judgement_that_is_too_low_is_the_assessors_shortfall(s, held_by, not_asked):
    """All that is held was seen, 3 in sum, and noise of -1.16 took it down to low; who holds nothing need not be asked."""
    s.put(s.w.children[0], {f"vulnerability_{held_by}": True, f"flag_{held_by}": T})
    s.lucky(Decision.INSPECTOR_NOISE, 0.01)
    assert endorse(s, *(decision for decision in ALL if decision != not_asked)) == (LOW, Shortfall.ASSESSOR)


# the review

NUMBER = luck.ACTIONS // 2 + 2


def review(s: Stage, t: float = T, grade: int = NONE, **named: float) -> int:
    """A review of the third episode, whose number in it is NUMBER."""
    for name, u in named.items():
        s.lucky(Decision[name], u, occurrence=3 * luck.ACTIONS + NUMBER)
    s.w.episodes[0].grade = grade
    return grading.review(s.w, s.p, 0, t, NUMBER)


@pytest.mark.parametrize(("u", "grade"), [(0.4999, NONE), (0.5, MEDIUM)])
def test_a_share_of_reviews_judges_afresh(s, u, grade):
    """Tonight's 0.75 alone is the lowest grade; a review that does not judge leaves the grade."""
    assert review(s, grade=MEDIUM, REVIEW_CORRECTS=u, REVIEW_NOISE=MIDDLE) == grade


@pytest.mark.parametrize(
    ("named", "grade"),
    [
        ({}, NONE), ({"REVIEW_CHECKS": 0.3999}, LOW), ({"REVIEW_CHECKS": 0.4}, NONE), ({"REVIEW_CHECKS": 0.0, "REVIEW_LINK": 0.6999}, HIGH),
        ({"REVIEW_CHECKS": 0.0, "REVIEW_LINK": 0.7}, LOW),
    ],
)  # fmt: skip
def test_a_review_looks_by_shares_of_its_own(s, named, grade):
    """Police hold vulnerability and a flag; each look has its own luck."""
    s.put(s.w.children[0], {"vulnerability_police": True, "flag_police": T})
    assert review(s, REVIEW_CORRECTS=0.0, REVIEW_NOISE=MIDDLE, **named) == grade


@pytest.mark.parametrize(("u", "grade"), [(0.2999, LOW), (0.3, NONE)])
def test_a_review_may_ask_the_social_worker(s, u, grade):
    """And sees what social care holds."""
    s.w.children[0].vulnerability_social = True
    assert review(s, REVIEW_CORRECTS=0.0, REVIEW_NOISE=MIDDLE, REVIEW_SOCIAL=u) == grade


@pytest.mark.parametrize(
    ("home", "u", "grade"), [(Home.FAMILY, 0.85, LOW), (Home.FAMILY, 0.83, NONE), (Home.FOSTER_CARE, 0.85, NONE), (Home.FAMILY, 0.999, LOW)]
)
def test_a_review_has_half_the_noise_and_the_bias(s, home, u, grade):
    """0.25 of a normal must make up 0.25: luck of 0.8413 and more; 0.999 adds 0.77, not the double; prejudice takes off as ever."""
    s.w.children[0].home = home
    assert review(s, REVIEW_CORRECTS=0.0, REVIEW_NOISE=u) == grade


@pytest.mark.parametrize(("u", "held", "grade"), [(0.3999, True, LOW), (0.4, True, NONE), (0.0, False, NONE)])
def test_a_grade_below_what_carers_hold_may_be_challenged(s, u, held, grade):
    """One step up; only where social care holds something that makes it higher."""
    s.w.children[0].vulnerability_social = held
    assert review(s, REVIEW_CHALLENGE=u) == grade
    assert review(s, grade=LOW, REVIEW_CHALLENGE=0.0) == LOW, "it is not below"


@pytest.mark.parametrize(("hours", "grade", "after"), [(48.0, LOW, MEDIUM), (47.9, LOW, LOW), (48.0, HIGH, HIGH), (48.0, NONE, MEDIUM)])
def test_hours_away_weigh_on_their_own(s, hours, grade, after):
    """48 hours after the report a lower grade becomes medium."""
    assert review(s, t=T - 1.0 + hours, grade=grade) == after
