"""What follows a return, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.records import Case, Child, Episode, Interview, Protection
from sim.model.words import NEVER, Nation, Rating, State
from sim.outcomes import MEASURES

DAY = 24.0


def back(located: float = 100.0, **more):
    return Episode(child=more.pop("child", 0), left=8, reported=more.pop("reported", 10), located=located, **more)


def values(c, *ids: str) -> list[float]:
    return [MEASURES[id].of(c) for id in ids]


def test_a_referral_counts_against_those_who_meet_the_criterion(cohort):
    """Three meet it, two are referred, one of them by the end of follow-up and in time; the one who does not meet it is in no denominator."""
    episodes = [back(meets_criterion=True, referred=110), back(meets_criterion=True, referred=10_001), back(meets_criterion=True), back()]
    c = cohort(episodes=episodes)
    assert values(c, "C1", "C2", "C2.hours") == pytest.approx([100 / 3, 100, 10])
    assert MEASURES["C1"].n(c) == 3


def test_decisions_are_held_against_the_target_of_their_rating(cohort):
    """Red in target, green late, amber never decided; a case not yet due is not counted, nor one of another family."""
    cases = [
        Case(child=0, rating=Rating.RED, referred=10, decision_due=14, decided=13),
        Case(child=0, rating=Rating.GREEN, referred=10, decision_due=82, decided=90),
        Case(child=0, rating=Rating.AMBER, referred=10, decision_due=40),
        Case(child=0, rating=Rating.AMBER, referred=10, decision_due=500),
        Case(referred=10, decision_due=12, decided=10),
    ]
    c = cohort(closes=100, ends=400, cases=cases)
    assert values(c, "C3", "C3.red", "C3.amber", "C3.green", "C3.hours") == pytest.approx([100 / 3, 100, 0, 0, 41.5])
    assert values(c, "N.open_cases") == [4]


def test_strategy_discussions_are_held_against_decided_concerns(cohort):
    """Of two concerns decided one has had its discussion, 20 h after; a case without concern calls for none."""
    cases = [Case(child=0, referred=10, decided=12, concern=True, strategy=32), Case(child=0, referred=10, decided=12, concern=True)]
    cases += [Case(child=0, referred=10, decided=12), Case(child=0, referred=10, concern=True)]
    assert values(cohort(cases=cases), "C9", "C9.hours") == [50.0, 20.0]


def test_prevention_interviews(cohort):
    """Of four located two were spoken to, one of them face to face, one of them within a day; the child still missing is not counted."""
    c = cohort(episodes=[back(prevention=120, prevention_in_person=True), back(prevention=130), back(), back(), back(NEVER)])
    assert values(c, "C4", "C4.face_to_face", "C4.24h") == [50.0, 50.0, 25.0]


def test_the_72_hours_run_from_the_first_return_and_the_denominator_is_everyone_eligible(cohort):
    """One interview covers two returns: late by the first, so late for both. One is in time, one offered only, one not offered."""
    interviews = [
        Interview(child=0, returned=100, offered=110, done=180, covered=2, shared=200),
        Interview(child=0, returned=100, offered=110, done=172, covered=1, shared=172 + 8 * DAY),
        Interview(child=0, returned=100, offered=110, covered=1),
        Interview(child=0, returned=100, covered=1),
    ]
    episodes = [back(100, rhi=0), back(150, rhi=0), back(rhi=1), back(rhi=2), back(rhi=3)]
    c = cohort(episodes=episodes, interviews=interviews)
    assert values(c, "C5", "C6", "C6.of_offered", "C6.of_done") == pytest.approx([80, 20, 25, 100 / 3])
    assert values(c, "C7", "C7.covering", "C8") == pytest.approx([75, 200 / 3, 200 / 3])


def test_a_return_less_than_72_hours_before_the_end_is_not_yet_late(cohort):
    """Follow-up of 71 hours says nothing about C6."""
    c = cohort(closes=20, ends=171, episodes=[back()])
    assert np.isnan(MEASURES["C6"].of(c))
    assert MEASURES["C5"].of(c) == 0.0


def test_bypassing_a_child_does_not_make_the_interviews_look_better(cohort):
    """England: an episode for which the interview was skipped stands in the denominator."""
    c = cohort(episodes=[back(bypassed=True), back(rhi=0, rhi_eligible=True)], interviews=[Interview(child=0, returned=100, offered=110, done=120)])
    assert values(c, "C5", "C6") == [50.0, 50.0]


def test_in_wales_the_third_report_in_a_year_is_the_first_that_counts(cohort, parameters):
    """Three reports of one child in a year, one of another: only after the third is an interview expected, even where it was skipped."""
    wales = parameters._replace(area=parameters.area.model_copy(update={"nation": Nation.WALES}))
    episodes = [back(reported=r, located=r + 5) for r in (10, 200)] + [back(reported=400, located=405, bypassed=True)]
    episodes.append(back(reported=500, located=505, child=1))
    c = cohort(p=wales, children=[Child(), Child()], episodes=episodes)
    assert c.episodes.eligible.tolist() == [False, False, True, False]
    assert MEASURES["C5"].n(c) == 1


def test_a_trigger_plan_is_expected_from_the_second_report_in_a_year_on(cohort):
    """Three reports of one child, the third more than a year later: only the second is a repeat; its plan was not read."""
    episodes = [back(reported=r, located=r + 5, plan_current=r == 900) for r in (10, 900, 900 + 8761)]
    c = cohort(closes=9900, episodes=episodes)
    assert c.episodes.repeat.tolist() == [False, True, False]
    assert cohort(opens=900, closes=9900, episodes=episodes).episodes.repeat.tolist() == [True, False], "the first report lies before the window"
    assert values(c, "C10", "C10.read") == [100.0, 0.0]


def test_protection_is_counted_once_for_each_child_from_the_first_unprotected_episode(cohort):
    """Protected 20 days after the first of two episodes, 60 days after, never, and before: of three children one within 28 days, two within 90."""
    exploited = {"state": State.EXPLOITED}
    episodes = [back(child=0, reported=10, **exploited), back(child=0, reported=600, located=700, **exploited)]
    episodes += [back(child=child, reported=10, **exploited) for child in (1, 2)]
    episodes += [back(child=3, protected_before=True, **exploited), back(child=4, state=State.GROOMED)]
    begun = [(0, 10 + 20 * DAY), (1, 5), (1, 10 + 60 * DAY), (3, 4)]
    protections = [Protection(child=child, started=started) for child, started in begun]
    c = cohort(children=[Child() for _ in range(5)], episodes=episodes, protections=protections)
    assert values(c, "C11.28d", "C11.90d", "C11") == pytest.approx([100 / 3, 200 / 3, 200 / 3])
    assert MEASURES["C11"].n(c) == 3


def test_known_to_social_care_is_a_share_of_what_is_recorded(cohort):
    """Of two recorded one is known; one that is known and not recorded does not count."""
    c = cohort(episodes=[back(recorded=120, known_to_social_care=True), back(recorded=130), back(known_to_social_care=True)])
    assert MEASURES["C12"].of(c) == 50.0


def test_what_is_still_open_is_counted(cohort):
    """One interview neither held nor given up, one closed."""
    c = cohort(episodes=[back(rhi=0), back(rhi=0), back(rhi=1), back()], interviews=[Interview(child=0), Interview(child=0, closed=True)])
    assert MEASURES["N.open_interviews"].of(c) == 1
