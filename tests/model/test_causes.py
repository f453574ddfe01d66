"""Causes, not only shapes: take one thing away or force it, and what must follow follows, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.words import NOBODY, Channel, Grade, Home, Line, Located, Pool, Progress, Reason, Shortfall, State, Work
from tests.model.small import (
    ALWAYS_REPORTED,
    AS_THE_REFERENCE,
    MUCH_EXPLOITATION,
    NEVER_LEAVING,
    NO_EXPLOITATION,
    NO_INTERVIEWS,
    NO_REFERRALS,
    NO_SEARCH,
    NOW_OR_NEVER,
    QUIET,
    SEEN_AND_HELD,
    STANDARD_LEARNING,
    Overrides,
    Rows,
    after,
    column_bytes,
    parameters,
    together,
)

BUSY: Overrides = {
    "area.children": [60, 30, 40, 20],
    "world.leaving_per_year": [6.0, 8.0, 15.0, 8.0],
    "world.frailty_spread": [0.8] * 4,
    "world.recency_first_week": 2.0,
    "world.recency_first_month": 1.5,
}
"""Few children who go missing often: some 1,500 episodes a year."""
PLENTY: Overrides = {"resources.response_units": [60] * 3, "resources.desk_staff": [60] * 3}
"""So many on duty that nobody ever waits."""
NO_CONSEQUENCES: Overrides = {
    "practice.trigger_plan_share": 0.0,
    "practice.pattern_looked_share": 0.0,
    "practice.flag_true_share": 0.0,
    "practice.flag_false_share": 0.0,
}
GRADES_AS_JUDGED: Overrides = {
    "practice.under_graded_share": 0.0,
    "practice.over_graded_share": 0.0,
    "practice.flag_is_high": False,
    "practice.floor_age": 0.0,
    "practice.medium_after_hours": 100_000.0,
    "practice.review_corrects_share": 0.0,
    "practice.challenge_share": 0.0,
}
CUTS = {
    Grade.NO_APPARENT_RISK: [998.0, 999.0, 1000.0],
    Grade.LOW: [-1000.0, 999.0, 1000.0],
    Grade.MEDIUM: [-1000.0, -999.0, 1000.0],
    Grade.HIGH: [-1000.0, -999.0, -998.0],
}
"""Cuts at which every episode has the same grade."""


def forced(grade: Grade) -> Overrides:
    """Every episode is given this grade, and the references are the same."""
    return GRADES_AS_JUDGED | {"practice.grade_cuts": CUTS[grade], "world.reference_cuts": CUTS[grade]}


def reported(episodes: Rows) -> Rows:
    return episodes[np.isfinite(episodes["reported"])]


def ended(episodes: Rows) -> Rows:
    return episodes[np.isfinite(episodes["located"])]


def by_police(episodes: Rows) -> float:
    """Share of ended, reported episodes that police ended."""
    return float(np.mean(ended(reported(episodes))["located_by"] >= Located.POLICE_DESK))


# the search


def test_with_the_search_off_police_find_nobody_and_children_are_away_longer():
    """A find rate of 0: no episode is ended by police, each child's first episode lasts as long or longer, and in sum much longer."""
    searched = after(150.0, BUSY, ALWAYS_REPORTED, PLENTY, {"world.find_rate": 0.5})["episodes"]
    alone = after(150.0, BUSY, ALWAYS_REPORTED, PLENTY, NO_SEARCH)["episodes"]
    assert by_police(searched) > 0.2
    assert by_police(alone) == 0.0
    first, unaided = matched_firsts(searched, alone)
    longer = (unaided["closes"] - unaided["left"]) - (np.minimum(first["located"], first["closes"]) - first["left"])
    assert np.all(longer >= 0.0)
    assert np.sum(longer) > 0.1 * np.sum(first["located"] - first["left"])


def matched_firsts(a: Rows, b: Rows) -> tuple[Rows, Rows]:
    """First episodes that began at the same hour in both (the response cannot have changed them), ended in both, and reported."""
    rows = [reported(ended(table[table["occurrence"] == 1])) for table in (a, b)]
    names = [set(zip(table["child"], table["left"], strict=True)) for table in rows]
    both = sorted(names[0] & names[1])
    assert len(both) > 50
    picked = [{(c, t): k for k, (c, t) in enumerate(zip(table["child"], table["left"], strict=True))} for table in rows]
    return tuple(table[[place[one] for one in both]] for table, place in zip(rows, picked, strict=True))


def test_four_times_the_find_rate_moves_ends_from_own_returns_to_police():
    """More children found by police, fewer who come back on their own, in each of three replications."""
    for replication in range(3):
        slow, fast = (
            ended(reported(after(100.0, BUSY, ALWAYS_REPORTED, {"world.find_rate": rate}, replication=replication)["episodes"]))
            for rate in (0.15, 0.6)
        )
        assert by_police(fast) > 1.5 * by_police(slow)
        assert np.mean(fast["located_by"] == Located.OWN_RETURN) < np.mean(slow["located_by"] == Located.OWN_RETURN)


def test_children_who_are_easier_to_find_are_found_more():
    """Findability orders the children: police end twice as many episodes of the easier half as of the harder half."""
    tables = after(200.0, BUSY, ALWAYS_REPORTED, {"world.findability_shape": 0.5})
    episodes = ended(reported(tables["episodes"]))
    easy = tables["children"]["findability"][episodes["child"]]
    harder = easy < np.median(easy)
    assert by_police(episodes[~harder]) > 2.0 * by_police(episodes[harder])


# the grade


@pytest.mark.parametrize("grade", list(Grade))
def test_a_forced_grade_is_the_grade_of_every_episode(grade):
    """The cuts of these tests do what they say: every call, every first and every later grade is the same."""
    episodes = after(100.0, BUSY, forced(grade))["episodes"]
    graded = episodes[episodes["first_grade"] >= 0]
    assert len(graded) > 100
    for column in ("call_grade", "first_grade", "grade", "truth_grade", "knowable_grade"):
        assert np.all(graded[column] == grade)


def test_the_grade_itself_does_nothing():
    """With search, interviews, referrals and what is written down off, four forced grades give the same leaving, location and harm, to the byte."""
    off = NO_SEARCH | NO_INTERVIEWS | NO_REFERRALS | NO_CONSEQUENCES
    worlds = {grade: after(200.0, BUSY, MUCH_EXPLOITATION, off, forced(grade), {"world.harm_per_hour": 0.01}) for grade in Grade}
    columns = ["child", "occurrence", "left", "reported", "located", "located_by", "harmed", "severity", "state", "risk"]
    alike = [column_bytes(tables["episodes"], columns) for tables in worlds.values()]
    assert all(one == alike[0] for one in alike)
    high = worlds[Grade.HIGH]
    assert np.sum(np.isfinite(high["episodes"]["harmed"])) > 20
    assert np.sum(high["tasks"]["work"] == Work.FIELD_VISIT) > 300
    assert np.sum(worlds[Grade.NO_APPARENT_RISK]["tasks"]["work"] <= Work.FIELD_VISIT) == 0


def test_the_grade_acts_through_what_people_do():
    """The same, with the search on: the higher the forced grade the more children police find and the fewer hours they are away."""
    found, hours = [], []
    for grade in Grade:
        episodes = after(120.0, BUSY, ALWAYS_REPORTED, PLENTY, NO_INTERVIEWS, {"world.find_rate": 0.5}, forced(grade))["episodes"]
        found.append(by_police(episodes))
        hours.append(np.mean(ended(reported(episodes))["located"] - ended(reported(episodes))["reported"]))
    assert found[0] == 0.0
    assert found == sorted(found)
    assert found[3] > found[1] + 0.1
    assert hours == sorted(hours, reverse=True)


KNOWN = (BUSY, MUCH_EXPLOITATION, ALWAYS_REPORTED, SEEN_AND_HELD, AS_THE_REFERENCE, STANDARD_LEARNING, QUIET)


@pytest.mark.parametrize("replication", range(4))
def test_where_nothing_fails_no_episode_is_under_graded(replication):
    """No noise, no bias, all visible, all recorded at once, no failing practice: the first grade is the knowable grade, in every episode."""
    flags = {"practice.flag_true_share": 0.3, "practice.flag_false_share": 0.05}
    episodes = after(250.0, *KNOWN, flags, replication=replication)["episodes"]
    graded = episodes[episodes["first_grade"] >= 0]
    assert len(graded) > 500
    assert len(np.unique(graded["first_grade"])) == 4
    assert np.array_equal(graded["first_grade"], graded["knowable_grade"])
    assert np.all(graded["shortfall"] == Shortfall.NONE)


def test_local_rules_never_make_an_episode_under_graded():
    """The same with an automatic-high rule and a floor by age: some episodes are graded above the reference, none below."""
    episodes = after(250.0, *KNOWN, {"practice.flag_is_high": True, "practice.floor_age": 15.0})["episodes"]
    graded = episodes[episodes["first_grade"] >= 0]
    assert np.all(graded["first_grade"] >= graded["knowable_grade"])
    assert np.any(graded["first_grade"] > graded["knowable_grade"])


FAILINGS = {
    Shortfall.NOT_RECORDED: {"practice.case_recorded_share": 0.0},
    Shortfall.NOT_CHECKED: {"practice.informant_heard_share": 0.3},
    Shortfall.LINK_NOT_RECOGNISED: {"practice.recognises_link_share": 0.2},
    Shortfall.ASSESSOR: {"practice.assessor_noise": 1.0},
    Shortfall.PRACTICE: {"practice.under_graded_share": 0.3},
}


@pytest.mark.parametrize("cause", FAILINGS)
def test_one_failing_alone_is_the_cause_of_every_shortfall(cause):
    """Spoil one step of an otherwise perfect chain: episodes fall short, and every shortfall is put to that step."""
    episodes = after(200.0, *KNOWN, {"practice.flag_true_share": 0.5}, FAILINGS[cause])["episodes"]
    graded = episodes[episodes["first_grade"] >= 0]
    short = graded["first_grade"] < graded["knowable_grade"]
    assert np.mean(short) > 0.01
    assert set(graded["shortfall"][short]) == {cause}
    assert np.all(graded["shortfall"][~short] == Shortfall.NONE)


def test_what_is_knowable_does_not_depend_on_what_this_force_records():
    """A force that records nothing is measured against the same knowable grades as one that records everything: it does not score better."""
    off = NO_SEARCH | NO_INTERVIEWS | NO_REFERRALS | {"practice.trigger_plan_share": 0.0, "practice.pattern_looked_share": 0.0}
    learns = {
        "practice.flag_true_share": 0.5,
        "practice.flag_false_share": 0.1,
        "world.reference_flag_true_share": 0.5,
        "world.reference_flag_false_share": 0.1,
        "practice.record_delay_hours": NOW_OR_NEVER,
        "world.vulnerability_held_share": [0.0] * 4,
    }
    kept, lost = (
        after(200.0, BUSY, MUCH_EXPLOITATION, ALWAYS_REPORTED, SEEN_AND_HELD, off, learns, {"practice.case_recorded_share": share})["episodes"]
        for share in (1.0, 0.0)
    )
    assert column_bytes(kept, ["left", "reported", "located"]) == column_bytes(lost, ["left", "reported", "located"])
    assert np.array_equal(kept["knowable_grade"], lost["knowable_grade"])
    assert np.sum(lost["first_grade"] < lost["knowable_grade"]) > np.sum(kept["first_grade"] < kept["knowable_grade"])


def test_the_two_references_do_not_depend_on_how_grading_is_done():
    """Truth and knowable grades of a child's first episode are the same under noise, bias and failing practice as under none."""
    poor = {"practice.assessor_noise": 2.0, "practice.under_graded_share": 0.5, "practice.checks_systems_share": 0.1}
    good, bad = matched_firsts(after(200.0, BUSY, SEEN_AND_HELD)["episodes"], after(200.0, BUSY, poor)["episodes"])
    both = (good["first_grade"] >= 0) & (bad["first_grade"] >= 0)
    assert np.sum(both) > 30
    assert np.array_equal(good["truth_grade"][both], bad["truth_grade"][both])
    assert np.mean(good["first_grade"][both] > bad["first_grade"][both]) > 0.3


def test_under_grading_delays_the_first_visit_and_keeps_exploited_children_away_longer():
    """Every grade one step down: the first unit sets out later, and exploited children are missing for more hours, with people enough in both."""
    soon = {"practice.call_grading_hours": 0.3, "practice.endorse_hours": 0.7, "practice.desk_based_share": 0.35, "practice.overnight_activity": 0.5}
    base = (BUSY, MUCH_EXPLOITATION, ALWAYS_REPORTED, PLENTY, soon, {"world.find_rate": 0.6, "practice.over_graded_share": 0.0})
    waits, hours = [], []
    for share in (0.0, 1.0):
        episodes = ended(reported(together("episodes", range(2), 150.0, *base, {"practice.under_graded_share": share})))
        waits.append(np.mean(np.minimum(episodes["first_field"], episodes["located"]) - episodes["reported"]))
        exploited = episodes[episodes["state"] == State.EXPLOITED]
        assert len(exploited) > 150
        hours.append(np.mean(exploited["located"] - exploited["left"]))
    assert waits[1] > 1.5 * waits[0]
    assert hours[1] > 1.05 * hours[0]


def test_under_grading_moves_exactly_its_share_where_there_is_room():
    """With every episode judged medium, a share of 0.3 makes three in ten low (to four standard errors) and leaves the others."""
    judged = forced(Grade.MEDIUM) | {"practice.under_graded_share": 0.3, "practice.under_graded_steps": 1}
    episodes = after(200.0, BUSY, judged)["episodes"]
    given = episodes["first_grade"][episodes["first_grade"] >= 0]
    assert set(given) == {Grade.LOW, Grade.MEDIUM}
    assert np.mean(given == Grade.LOW) == pytest.approx(0.3, abs=4.0 * np.sqrt(0.21 / len(given)))


# the levers of the search


def test_wholly_desk_based_practice_sends_nobody_out_below_high():
    """With desk_based_share 1 no unit visits for a grade below high; with 0 none of the visits that fall due becomes a desk enquiry."""
    desk = after(150.0, BUSY, {"practice.desk_based_share": 1.0, "practice.desk_based_share_high": 0.0})["tasks"]
    visits = desk[desk["work"] == Work.FIELD_VISIT]
    assert np.all(visits["grade"] == Grade.HIGH)
    assert len(visits) > 20
    field = after(150.0, BUSY, {"practice.desk_based_share": 0.0, "practice.desk_based_share_high": 0.0})["tasks"]
    assert np.sum((field["work"] == Work.FIELD_VISIT) & (field["grade"] < Grade.HIGH)) > 100


def test_without_overnight_activity_nothing_below_high_is_asked_for_at_night():
    """With overnight_activity 0 every desk enquiry and visit below high is asked for by day; with 1 a fair share is asked for at night."""
    for share in (0.0, 1.0):
        it = (BUSY, ALWAYS_REPORTED, {"practice.overnight_activity": share, "practice.overnight_activity_high": 1.0})
        tasks = after(150.0, *it)["tasks"]
        r = parameters(*it).resources
        search = tasks[(tasks["work"] <= Work.FIELD_VISIT) & (tasks["grade"] < Grade.HIGH)]
        hour = search["requested"] % 24.0
        night = (hour >= r.night_starts) | (hour < r.night_ends)
        assert np.mean(night) > 0.15 if share == 1.0 else np.sum(night) == 0


LOADED: Overrides = QUIET | {
    "area.reports_per_year": 2000.0,
    "area.other_incidents_per_report": 6.0,
    "area.other_incident_desk_share": 0.0,
    "area.other_incident_hours": 1.3,
    "area.children": [60, 20, 15, 10],
    "practice.desk_based_share": 0.0,
    "practice.overnight_activity": 1.0,
    "practice.handover_lost_share": 0.0,
    "resources.overtime_limit": 0,
}


def test_in_a_loaded_area_units_move_the_first_visit_of_every_grade():
    """Half and twice the response units: low and medium episodes too are longer and less long without a visit, not only high ones."""
    waits = {}
    for units in (2, 4, 8):
        rows = together("episodes", range(2), 150.0, BUSY, ALWAYS_REPORTED, LOADED, {"resources.response_units": [units] * 3})
        rows = rows[np.isfinite(rows["reported"])]
        waited = np.minimum(np.minimum(rows["first_field"], rows["located"]), rows["reported"] + 24.0) - rows["reported"]
        waits[units] = {grade: np.mean(waited[rows["first_grade"] == grade]) for grade in (Grade.LOW, Grade.MEDIUM, Grade.HIGH)}
    for grade in (Grade.LOW, Grade.MEDIUM, Grade.HIGH):
        assert waits[2][grade] > 1.02 * waits[4][grade] > 1.02 * waits[8][grade], (grade, waits)


def test_over_grading_makes_others_wait():
    """All grades one step up: other incidents of the routine line wait longer, with the same people on duty."""
    waits = []
    few = {"resources.response_units": [3] * 3, "practice.under_graded_share": 0.0}
    for share in (0.0, 1.0):
        tasks = together("tasks", range(2), 150.0, BUSY, ALWAYS_REPORTED, LOADED, few, {"practice.over_graded_share": share})
        others = tasks[(tasks["work"] == Work.OTHER_INCIDENT) & np.isfinite(tasks["started"])]
        waits.append(np.mean((others["started"] - others["requested"])[others["line"] == Line.ROUTINE]))
    assert waits[1] > 1.1 * waits[0]


def test_a_handover_loses_only_what_waits_and_a_review_brings_it_back():
    """Lost tasks come only with a share above 0; with reviews done, an episode whose visit was lost is visited later all the same."""
    few = {"resources.response_units": [1, 1, 1], "practice.review_done_share": 1.0, "practice.review_hours": [1.0] * 4}
    none = after(100.0, BUSY, ALWAYS_REPORTED, LOADED, few)["tasks"]
    assert np.sum(none["progress"] == Progress.LOST) == 0
    tables = after(100.0, BUSY, ALWAYS_REPORTED, LOADED, few, {"practice.handover_lost_share": 0.5})
    lost = tables["tasks"][tables["tasks"]["progress"] == Progress.LOST]
    assert len(lost) > 10
    assert np.all(lost["work"] <= Work.FIELD_VISIT)
    search = tables["tasks"][tables["tasks"]["work"] <= Work.FIELD_VISIT]
    again = np.array([np.any((search["episode"] == row["episode"]) & (search["requested"] > row["requested"])) for row in lost])
    away = tables["episodes"]["located"][lost["episode"]] - lost["requested"]
    assert np.sum(away > 12.0) > 3
    assert np.all(again[away > 12.0])


def test_the_lowest_grade_has_no_search_and_under_the_bypass_nothing_at_all():
    """At no apparent risk nobody searches; where the bypass is on there is no interview, no referral and no trace but the record either."""
    lowest = forced(Grade.NO_APPARENT_RISK)
    usual = after(150.0, BUSY, ALWAYS_REPORTED, lowest)
    assert np.sum(usual["tasks"]["work"] <= Work.FIELD_VISIT) == 0
    assert np.sum(usual["tasks"]["work"] == Work.PREVENTION_INTERVIEW) > 50
    assert np.sum(usual["tasks"]["work"] == Work.RETURN_HOME_INTERVIEW) > 50
    at_once = {"practice.endorse_hours": 0.0, "practice.call_grading_hours": 0.0, "practice.pattern_looked_share": 0.0}
    absent = after(150.0, BUSY, ALWAYS_REPORTED, lowest, at_once, {"practice.lowest_grade_bypass": True})
    episodes = reported(absent["episodes"])
    assert np.all(episodes["bypassed"])
    assert np.all(np.isinf(episodes["referred"]))
    assert not np.isin(absent["tasks"]["work"], [Work.PREVENTION_INTERVIEW, Work.RETURN_HOME_INTERVIEW]).any()


# what follows a return


def test_without_interviews_nothing_is_learned_from_them_and_fewer_children_are_protected():
    """Prevention and return home interviews off: no identification by either, and fewer spells of protection."""
    telling = {
        "world.prevention_discloses": 0.5,
        "world.rhi_discloses": 0.7,
        "world.partner_identifies_months": 60.0,
        "world.pattern_sensitivity": 0.1,
        "resources.social_workers": 60,
        "practice.rhi_offered_share": 1.0,
        "practice.prevention_done_share": 1.0,
        "practice.referral_after": 8,
        "practice.referral_after_hours": 100_000.0,
    }
    asked = after(200.0, BUSY, MUCH_EXPLOITATION, ALWAYS_REPORTED, telling)
    never = after(200.0, BUSY, MUCH_EXPLOITATION, ALWAYS_REPORTED, telling, NO_INTERVIEWS)
    by = [np.bincount(tables["identifications"]["channel"], minlength=len(Channel)) for tables in (asked, never)]
    assert by[0][Channel.PREVENTION_INTERVIEW] > 5
    assert by[0][Channel.RETURN_HOME_INTERVIEW] > 5
    assert by[1][Channel.PREVENTION_INTERVIEW] == by[1][Channel.RETURN_HOME_INTERVIEW] == 0
    assert np.sum(never["tasks"]["work"] == Work.RETURN_HOME_INTERVIEW) == 0
    assert np.sum(never["tasks"]["work"] == Work.PREVENTION_INTERVIEW) == 0
    assert len(asked["identifications"]) > 1.3 * len(never["identifications"])
    assert len(asked["protections"]) > 1.3 * len(never["protections"])


def test_each_channel_of_identification_has_a_switch_of_its_own():
    """Turn one channel off, and identifications by it are none, while those by another remain."""
    switches = {
        Channel.SEARCH: {"world.find_identifies_share": 0.0},
        Channel.PREVENTION_INTERVIEW: {"world.prevention_discloses": 0.0},
        Channel.RETURN_HOME_INTERVIEW: {"world.rhi_discloses": 0.0},
        Channel.PARTNER: {"world.partner_identifies_months": 1000.0},
        Channel.PATTERN: {"practice.recognises_link_share": 0.0},
    }
    alike = {"world.pattern_sensitivity": 0.5, "practice.pattern_looked_share": 1.0, "world.find_identifies_share": 0.3, "world.find_rate": 0.5}
    for channel, switch in switches.items():
        found = after(150.0, BUSY, MUCH_EXPLOITATION, ALWAYS_REPORTED, alike, switch)["identifications"]["channel"]
        assert np.sum(found == channel) <= (1 if channel == Channel.PARTNER else 0)
        assert len(np.unique(found)) >= 3


def test_one_social_worker_fewer_in_a_full_team_starts_every_case_later():
    """Four workers' slots just suffice for other families' cases; with three, cases decided in the second year wait weeks longer for a slot."""
    waits = []
    for workers in (4, 3):
        families = {"area.other_families_per_year": 200.0, "resources.social_workers": workers, "resources.cases_per_worker": 18}
        cases = together("cases", range(4), 730.0, NEVER_LEAVING, QUIET, families)
        second = cases[(cases["decided"] > 8760.0) & np.isfinite(cases["decided"])]
        waits.append(np.mean(np.minimum(second["started"], 730.0 * 24.0) - second["decided"]))
    assert waits[1] > waits[0] + 14.0 * 24.0


def test_no_child_leaves_while_protection_forbids_it():
    """Protection that takes away the whole rate of leaving: no child goes missing within a spell of protection; when it ends they do again."""
    sure = {
        "world.protection_against_leaving": 1.0,
        "world.plan_days": 20.0,
        "world.assessment_days": 5.0,
        "practice.referral_share": 1.0,
        "practice.referral_after": 1,
        "practice.plan_share": 1.0,
        "resources.social_workers": 30,
    }
    tables = after(365.0, BUSY, MUCH_EXPLOITATION, ALWAYS_REPORTED, sure)
    episodes, spells = tables["episodes"], tables["protections"]
    assert len(spells) > 100
    later = 0
    for spell in spells:
        left = episodes["left"][episodes["child"] == spell["child"]]
        assert not np.any((left > spell["started"]) & (left < spell["until"]))
        later += np.any(left > spell["until"])
    assert later > 20


def test_a_reason_that_is_addressed_keeps_the_child_at_home():
    """Reasons always learned and addressed, and then decisive: children who leave because of something at home or elsewhere hardly leave twice."""
    addressed = {
        "world.prevention_learns_reason": 1.0,
        "world.reason_addressed_effect": 1.0,
        "world.reason_addressed_days": 365.0,
        "world.reason_mix": [0.4, 0.3, 0.3],
        "practice.reason_asked_share": 1.0,
        "practice.reason_addressed_share": 1.0,
    }
    tables = after(300.0, BUSY, ALWAYS_REPORTED, STANDARD_LEARNING, QUIET, addressed)
    count = tables["children"]["episodes"]
    other = tables["children"]["reason"] == Reason.EXPLOITATION
    assert np.max(count[~other & (tables["children"]["reports"] == count)]) <= 1
    assert np.max(count[other]) > 5


def test_recorded_cases_alone_make_history_plans_and_patterns():
    """Where no case reaches the records system there is no recorded history, no trigger plan, no flag from it and no pattern."""
    tables = after(250.0, BUSY, MUCH_EXPLOITATION, ALWAYS_REPORTED, {"practice.case_recorded_share": 0.0, "practice.trigger_plan_share": 1.0})
    assert np.all(np.isinf(tables["episodes"]["recorded"]))
    assert np.all(tables["children"]["recorded"] == 0)
    assert np.all(tables["children"]["plan_made"] == -np.inf)
    assert not np.any(tables["episodes"]["plan_read"])
    assert Channel.PATTERN not in tables["identifications"]["channel"]


def test_a_trigger_plan_that_is_read_finds_children_sooner():
    """Plans written for all and always read, at five times the effort: police find more children; with none read they are as good as not written."""
    plans = {"practice.trigger_plan_share": 1.0, "practice.trigger_plan_after": 1, "world.trigger_plan_factor": 5.0}
    base = (BUSY, ALWAYS_REPORTED, PLENTY, NO_INTERVIEWS, plans)
    read, unread = (after(150.0, *base, {"practice.trigger_plan_read_share": share}) for share in (1.0, 0.0))
    without = after(150.0, *base, {"practice.trigger_plan_share": 0.0})
    assert by_police(read["episodes"]) > by_police(unread["episodes"]) + 0.05
    columns = ["left", "reported", "located", "located_by", "grade"]
    assert column_bytes(unread["episodes"], columns) == column_bytes(without["episodes"], columns)


def test_in_wales_the_interview_is_expected_from_the_third_report_in_a_year():
    """No interview for a child's first two reports in a year; in England every report is eligible."""
    wales = after(200.0, BUSY, ALWAYS_REPORTED, {"area.nation": "wales", "practice.wales_after_episodes": 3})["episodes"]
    assert not np.any(reported(wales)["rhi_eligible"][reported(wales)["occurrence"] <= 2])
    assert np.any(wales["rhi_eligible"])
    england = ended(reported(after(200.0, BUSY, ALWAYS_REPORTED, {"area.nation": "england"})["episodes"]))
    assert np.all(england["rhi_eligible"])


def test_an_interview_that_the_service_cannot_arrange_is_not_held():
    """With rhi_completed_share 0 offers are made and accepted and no interview is ever held, however often the child goes missing meanwhile."""
    tables = after(200.0, BUSY, ALWAYS_REPORTED, {"practice.rhi_completed_share": 0.0, "world.rhi_uptake": 1.0, "practice.rhi_offered_share": 1.0})
    assert np.sum(tables["interviews"]["accepted"]) > 100
    assert np.max(tables["interviews"]["covered"]) > 1
    assert not np.any(np.isfinite(tables["interviews"]["done"]))


# exploitation


def test_disruption_shortens_exploitation_for_every_child_of_the_network():
    """Strong disruption on each identification: fewer child-days of exploitation than with none, also for children never identified."""
    strong = {
        "area.networks": 1,
        "practice.suspect_share": 0.0,
        "world.disruption_by_notice": 30.0,
        "world.disruption_limit": 30.0,
        "world.disruption_days": 2000.0,
    }
    still = []
    for share in (0.0, 1.0):
        children = together("children", range(2), 200.0, BUSY, MUCH_EXPLOITATION, NO_REFERRALS, strong, {"practice.notice_share": share})
        still.append(np.sum((children["state"] == State.EXPLOITED) & np.isinf(children["gone"]) & np.isinf(children["identified"])))
    assert still[1] < 0.5 * still[0]


def test_time_away_moves_exploitation_forward():
    """With grooming begun only by time away, children who go missing often are groomed or exploited more than those who never do."""
    away = NO_EXPLOITATION | {"world.groomed_per_hour_away": 0.002, "world.leaving_per_year": [0.0, 8.0, 15.0, 8.0]}
    children = after(365.0, BUSY, away)["children"]
    changed = children["state_changes"] > 0
    assert not np.any(changed[children["home"] == Home.FAMILY])
    assert np.mean(changed[children["episodes"] > 5]) > 0.2
    assert NOBODY not in children["network"][(children["state"] == State.EXPLOITED) & np.isinf(children["gone"])]


def test_the_hours_of_a_pool_do_not_depend_on_who_else_is_on_duty():
    """More desk staff leave response units as they are, where each pool has its own work: other incidents' waits are the same to the byte."""
    quiet = (LOADED, {"world.leaving_per_year": [0.0] * 4, "resources.response_units": [3] * 3})
    few, many = (after(60.0, *quiet, {"resources.desk_staff": [staff] * 3})["tasks"] for staff in (1, 9))
    assert np.all(few["pool"][few["work"] == Work.OTHER_INCIDENT] == Pool.RESPONSE)
    others = [tasks[tasks["work"] == Work.OTHER_INCIDENT] for tasks in (few, many)]
    assert column_bytes(others[0], ["requested", "started", "ended"]) == column_bytes(others[1], ["requested", "started", "ended"])
