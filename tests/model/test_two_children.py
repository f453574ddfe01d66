"""Two children of a small home, followed event by event: every hour in the trace is worked out again from the dealt uniforms, by this page alone.

Everybody is on duty, nobody is exploited, every hour of the week is alike for leaving. The uniforms come straight from NumPy's Philox, the normal
and the gamma from SciPy, the calendar from the standard library.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import exp, inf, log1p

import numpy as np
import pytest
from scipy.stats import gamma, norm

from sim.model.events import Event
from sim.model.luck import FAMILY, Decision
from sim.model.words import Located
from tests.model.small import ALWAYS_REPORTED, FLAT, NO_EXPLOITATION, QUIET, Overrides, area

HOME: Overrides = {
    "area.children": [0, 0, 2, 0],
    "world.leaving_per_year": [0.0, 0.0, 4.0, 0.0],
    "world.frailty_spread": [0.0] * 4,
    "world.recency_first_week": 1.0,
    "world.recency_first_month": 1.0,
    "world.protection_against_leaving": 0.0,
    "world.own_return_median": 40.0,
    "world.own_return_spread": 1.0,
    "world.own_return_rare_from": 1.0,
    "world.own_return_rare_until": 6.0,
    "world.own_return_rare_weight": 1.0,
    "world.third_party_rate": 0.1,
    "world.third_party_fade_hours": 3.0,
    "world.report_delay_median": [2.0] * 4,
    "world.report_delay_spread": 0.8,
    "world.find_rate": 0.6,
    "world.search_fade_hours": 2.0,
    "world.findability_shape": 2.0,
    "world.field_to_desk_ratio": 2.5,
    "world.night_search_factor": 0.5,
    "world.harm_per_hour": 0.0,
    "world.risk_vulnerability": 0.6,
    "world.risk_age": 0.05,
    "world.risk_tonight_known": 0.9,
    "world.vulnerability_held_share": [1.0] * 4,
    "world.vulnerability_learned_share": 0.0,
    "world.rhi_uptake": 1.0,
    "world.rhi_uptake_fall": 0.0,
    "world.assessment_days": 12.0,
    "world.assessment_spread": 0.6,
    "world.plan_days": 30.0,
    "world.plan_spread": 0.4,
}
PRACTICE: Overrides = {
    "practice.call_grading_hours": 0.4,
    "practice.endorse_hours": 0.9,
    "practice.grade_cuts": [-0.9, 0.0, 0.8],
    "practice.assessor_noise": 0.0,
    "practice.repeat_child_bias": 0.0,
    "practice.older_child_bias": 0.0,
    "practice.care_child_bias": 0.0,
    "practice.flag_is_high": False,
    "practice.floor_age": 0.0,
    "practice.under_graded_share": 0.0,
    "practice.over_graded_share": 0.0,
    "practice.checks_systems_share": 1.0,
    "practice.flag_visible_share": 1.0,
    "practice.informant_heard_share": 1.0,
    "practice.inspector_reassesses_share": 1.0,
    "practice.social_worker_asked_share": 1.0,
    "practice.flag_true_share": 0.0,
    "practice.flag_false_share": 0.0,
    "practice.desk_based_share": 0.0,
    "practice.desk_based_share_high": 0.0,
    "practice.overnight_activity": 1.0,
    "practice.overnight_activity_high": 1.0,
    "practice.desk_interval_hours": [24.0, 7.0, 4.0, 1.5],
    "practice.field_interval_hours": [24.0, 20.0, 8.0, 2.0],
    "practice.low_field_after_hours": 6.5,
    "practice.desk_enquiry_hours": 0.8,
    "practice.field_visit_hours": 1.4,
    "practice.task_hours_spread": 0.5,
    "practice.review_hours": [12.0, 11.0, 6.0, 2.0],
    "practice.plan_slows_hours": 60.0,
    "practice.review_done_share": 1.0,
    "practice.review_corrects_share": 0.0,
    "practice.challenge_share": 0.0,
    "practice.medium_after_hours": 100_000.0,
    "practice.lowest_grade_bypass": False,
    "practice.trigger_plan_share": 0.0,
    "practice.prevention_done_share": 1.0,
    "practice.prevention_in_person_share": [1.0] * 4,
    "practice.prevention_delay_hours": [18.0, 14.0, 8.0, 3.0],
    "practice.prevention_in_person_hours": 1.1,
    "practice.case_recorded_share": 1.0,
    "practice.record_delay_hours": 12.0,
    "practice.reason_addressed_share": 0.0,
    "practice.rhi_offered_share": 1.0,
    "practice.rhi_out_of_area_factor": 1.0,
    "practice.rhi_completed_share": 1.0,
    "practice.rhi_offer_hours": 20.0,
    "practice.rhi_arrange_hours": 30.0,
    "practice.rhi_hours": 2.5,
    "practice.rhi_expires_days": 1000.0,
    "practice.rhi_shared_share": 1.0,
    "practice.rhi_share_hours": 90.0,
    "practice.referral_share": 1.0,
    "practice.referral_delay_hours": 10.0,
    "practice.referral_after_hours": 0.0,
    "practice.no_further_action_share": 0.0,
    "practice.plan_share": 1.0,
    "resources.desk_staff": [9] * 3,
    "resources.response_units": [9] * 3,
    "resources.late_starts": 14.0,
    "resources.night_starts": 22.0,
    "resources.night_ends": 6.0,
    "resources.interviewers": 9,
    "resources.interviews_open": 9.0,
    "resources.interviews_close": 20.0,
    "resources.mash_staff": 9,
    "resources.mash_opens": 8.75,
    "resources.mash_closes": 17.0,
    "resources.mash_hours": 1.5,
}
KEY = 2 << 20
"""The first child of the third home group."""
MONDAY = datetime(2024, 1, 1)
NOTED = {
    Event.LEFT, Event.REPORTED, Event.GRADED, Event.ENDORSED, Event.REVIEWED, Event.TASK_STARTED, Event.FOUND, Event.CLOSED, Event.RECORDED,
    Event.PREVENTION_DONE, Event.RHI_OFFERED, Event.RHI_DONE, Event.RHI_SHARED, Event.REFERRED, Event.DECIDED, Event.ASSESSED, Event.PROTECTED,
    Event.PLAN_ENDED,
}  # fmt: skip


class Luck:
    """The uniforms of one child, straight from NumPy."""

    def __init__(self, seed: int, key: int) -> None:
        self.seed, self.key = seed, key

    def u(self, decision: Decision, occurrence: int) -> float:
        family, place = divmod(int(decision), FAMILY)
        bits = np.random.Philox(key=[self.seed, 0], counter=[family * 16, self.key, occurrence, 0])
        return float(np.random.Generator(bits).random(place + 1)[place])

    def waits(self, decision: Decision, occurrence: int) -> float:
        """Unit exponential."""
        return -log1p(-self.u(decision, occurrence))

    def about(self, decision: Decision, occurrence: int, median: float, spread: float) -> float:
        """Lognormal."""
        return median * exp(spread * norm.ppf(self.u(decision, occurrence)))


def night(t: float) -> bool:
    return t % 24.0 >= 22.0 or t % 24.0 < 6.0


def opening(t: float, opens: float, closes: float, weekends: bool) -> float:
    """When an office that keeps these hours is next open, by trying day after day."""
    while True:
        day = t - t % 24.0
        if weekends or (MONDAY + timedelta(hours=day + 12.0)).weekday() < 5:
            if t < day + closes:
                return max(t, day + opens)
        t = day + 24.0


def working_days(t: float, days: float) -> float:
    """Whole days one by one, passing over weekends; then the rest of a day."""

    def weekend(moment: float) -> bool:
        return (MONDAY + timedelta(hours=moment)).weekday() >= 5

    while weekend(t):
        t = t - t % 24.0 + 24.0
    while days >= 1.0:
        t += 24.0
        while weekend(t):
            t += 24.0
        days -= 1.0
    t += 24.0 * days
    while weekend(t):
        t += 24.0
    return t


def slowed(hours: float, since_report: float) -> float:
    """Intervals grow: after sixty hours they are twice as long."""
    return hours * (1.0 + since_report / 60.0)


def search(luck: Luck, report: float, plans: list[tuple[float, int]], closes: float, findability: float) -> tuple[float, list[float]]:
    """When police find the child (inf if it is back before), and when their tasks start. Each plan is in force from its hour on, with its grade."""
    desk_gap, field_gap = [24.0, 7.0, 4.0, 1.5], [24.0, 20.0, 8.0, 2.0]
    needed = 2.0 * (exp(luck.waits(Decision.SEARCH, 1) / (0.6 * findability)) - 1.0)
    due = {"desk": inf, "field": inf}
    running: dict[str, float] = {}
    raw, rate, now, grade, starts = 0.0, 0.0, 0.0, 0, []
    number = {"desk": 4096, "field": 4096 + 1024}
    plans = [*plans]
    while True:
        coming = [(t, "plan") for t, _ in plans[:1]]
        coming += [(t, f"{strand} ends") for strand, t in running.items()]
        coming += [(due["desk"], "desk"), (due["field"], "field")]
        t, what = min(coming, key=lambda one: one[0])
        if rate > 0.0 and now + (needed - raw) / rate <= min(t, closes):
            return now + (needed - raw) / rate, starts
        if t >= closes:
            return inf, starts
        raw += rate * (t - now)
        now = t
        if what == "plan":
            _, grade = plans.pop(0)
            for strand in due:
                if strand not in running:
                    due[strand] = inf if grade == 0 else (t + 6.5 if strand == "field" and grade == 1 else t)
            continue
        if what in due:
            hours = luck.about(Decision.TASK_HOURS, number[what], 0.8 if what == "desk" else 1.4, 0.5)
            number[what] += 1
            starts.append(t)
            running[what] = t + hours
            due[what] = inf
        else:
            strand = what.removesuffix(" ends")
            del running[strand]
            due[strand] = inf if grade == 0 else t + slowed((desk_gap if strand == "desk" else field_gap)[grade], t - report)
        rate = (1.0 * ("desk" in running) + 2.5 * ("field" in running)) * (0.5 if night(t) else 1.0)


def next_handover(t: float) -> float:
    """Half an hour into the next shift."""
    day = t - t % 24.0
    return min(start for start in (day + 6.0, day + 14.0, day + 22.0, day + 30.0) if start > t) + 0.5


def grade_of(risk: float) -> int:
    return sum(risk >= cut for cut in (-0.9, 0.0, 0.8))


def expected(seed: int, key: int, born: float) -> tuple[list[tuple[float, Event]], float]:
    """What happens to one child, in its order, until it leaves for the second time; and when that is."""
    luck = Luck(seed, key)
    a_year = 8760.0
    events: list[tuple[float, Event]] = []
    left = luck.waits(Decision.LEAVING, 1) * a_year / 4.0
    events.append((left, Event.LEFT))
    own = left + luck.about(Decision.OWN_RETURN, 1, 40.0, 1.0)
    third = left + 3.0 * (exp(luck.waits(Decision.THIRD_PARTY, 1) / 0.1) - 1.0)
    closes = min(own, third)
    report = left + luck.about(Decision.REPORT_DELAY, 1, 2.0, 0.8)
    if report >= closes:
        return [*events, (closes, Event.CLOSED)], closes + luck.waits(Decision.LEAVING, 2) * a_year / 4.0
    events.append((report, Event.REPORTED))
    vulnerability = norm.ppf(luck.u(Decision.VULNERABILITY, 0))
    tonight = 0.9 * norm.ppf(luck.u(Decision.TONIGHT_KNOWN, 1))
    called, stands = report + 0.4, report + 0.4 + 0.9
    call_grade = grade_of(0.05 * ((called - born) / a_year - 14.0) + tonight)
    grade = grade_of(0.05 * ((stands - born) / a_year - 14.0) + tonight + 0.6 * vulnerability)
    places = [step / 1000.0 for step in range(1000)] + [0.9999]
    findability = float(np.interp(luck.u(Decision.FINDABILITY, 0) * 1000.0, range(1001), gamma.ppf(places, 2.0, scale=0.5)))
    plans = [(called, 3)] if call_grade == 3 else []
    if grade != call_grade or not plans:
        plans.append((stands, grade))
    found, starts = search(luck, report, plans, closes, findability)
    end, by = (found, Event.FOUND) if found < closes else (closes, Event.CLOSED)
    hours = [12.0, 11.0, 6.0, 2.0][grade]
    steps = [(called, Event.GRADED), (stands, Event.ENDORSED), *((t, Event.TASK_STARTED) for t in starts)]
    review = stands + hours
    while review < end:
        steps.append((review, Event.REVIEWED))
        review += slowed(hours, review - report)
    steps.append((max(report + 24.0, stands), Event.REVIEWED))
    handover = next_handover(stands)
    while handover < end:
        steps.append((handover, Event.REVIEWED))
        handover = next_handover(handover)
    events += [(t, event) for t, event in steps if t < end]
    if end <= stands:
        grade = call_grade if called < end else 0
    events.append((end, by))
    events += after_return(luck, end, grade)
    return events, end + luck.waits(Decision.LEAVING, 2) * a_year / 4.0


def after_return(luck: Luck, back: float, grade: int) -> list[tuple[float, Event]]:
    """What police, the interviewer and social care do after the first return."""
    events = [(back + luck.about(Decision.RECORD_DELAY, 1, 12.0, 1.0), Event.RECORDED)]
    asked = back + [18.0, 14.0, 8.0, 3.0][max(grade, 0)] * luck.waits(Decision.PREVENTION_DELAY, 1)
    spoken = asked + 1.1
    events += [(asked, Event.TASK_STARTED), (spoken, Event.PREVENTION_DONE)]
    offer = back + luck.about(Decision.RHI_OFFER_DELAY, 1, 20.0, 0.7)
    meets = opening(offer + luck.about(Decision.RHI_ARRANGED, 1, 30.0, 0.7), 9.0, 20.0, True)
    held = meets + 2.5
    events += [(offer, Event.RHI_OFFERED), (meets, Event.TASK_STARTED), (held, Event.RHI_DONE)]
    events.append((held + luck.about(Decision.RHI_SHARE_DELAY, 1, 90.0, 1.0), Event.RHI_SHARED))
    referred = spoken + luck.about(Decision.REFERRAL_DELAY, 1, 10.0, 1.0)
    looked = opening(referred, 8.75, 17.0, False)
    decided = looked + luck.about(Decision.MASH_HOURS, 1, 1.5, 0.5)
    events += [(referred, Event.REFERRED), (looked, Event.TASK_STARTED), (decided, Event.DECIDED), (decided, Event.TASK_STARTED)]
    assessed = working_days(decided, luck.about(Decision.ASSESSMENT_DAYS, 1, 12.0, 0.6))
    over = assessed + 24.0 * luck.about(Decision.PLAN_DAYS, 1, 30.0, 0.4)
    return [*events, (assessed, Event.ASSESSED), (assessed, Event.PROTECTED), (over, Event.PLAN_ENDED)]


CHILD_OF = {
    Event.TASK_STARTED: "tasks",
    Event.RHI_OFFERED: "interviews",
    Event.RHI_DONE: "interviews",
    Event.RHI_SHARED: "interviews",
    Event.DECIDED: "cases",
    Event.ASSESSED: "cases",
    Event.PLAN_ENDED: "cases",
    Event.REFERRED: "children",
    Event.PROTECTED: "children",
}
"""The table that an event's row is of; the others are of episodes."""


def whose(tables, event: Event, who: int) -> int:
    """The child that a line of the trace is about."""
    table = CHILD_OF.get(event, "episodes")
    if table == "children":
        return who
    if table == "tasks":
        task = tables["tasks"][who]
        table = {4: "interviews", 5: "cases", 6: "cases"}.get(int(task["work"]), "episodes")
        who = int(task["episode"])
    return int(tables[table]["child"][who])


SEEDS = range(1, 41)


@pytest.fixture(scope="module")
def lives():
    """For each seed and child: what was traced of it until it left a second time or turned 18, and what this page expects."""
    lives = []
    for seed in SEEDS:
        it = area(QUIET, FLAT, NO_EXPLOITATION, ALWAYS_REPORTED, HOME, PRACTICE, seed=seed, trace=True)
        it.run(240.0 * 24.0)
        tables = it.tables()
        for c in (0, 1):
            row = tables["children"][c]
            assert row["key"] == KEY + c
            events, again = expected(seed, KEY + c, float(row["born"]))
            until = min(again, it.now, float(row["born"]) + 18.0 * 8760.0) - 1e-6
            lines = [(t, Event(event), who) for t, event, who, _ in it.traced().tolist() if event in NOTED and t < until]
            traced = sorted((t, event) for t, event, who in lines if whose(tables, event, who) == c)
            first = tables["episodes"][tables["episodes"]["child"] == c][:1]
            lives.append((traced, sorted((t, event) for t, event in events if t < until), first))
    return lives


def test_every_event_of_a_childs_first_episode_comes_at_its_hour(lives):
    """In eighty lives, the trace up to the second leaving is what this page expects, line by line, to a ten-millionth of an hour."""
    for traced, events, _ in lives:
        assert [event for _, event in traced] == [event for _, event in events]
        assert np.allclose([t for t, _ in traced], [t for t, _ in events], rtol=0.0, atol=1e-7)


def test_the_lives_followed_are_of_all_kinds(lives):
    """All four grades, all four ways to be located, some never reported, many followed to the end of a plan: the check would mean little without."""
    first = np.concatenate([rows for _, _, rows in lives])
    assert set(first["first_grade"]) == {-1, 0, 1, 2, 3}
    assert set(first["located_by"]) >= {Located.OWN_RETURN, Located.THIRD_PARTY, Located.POLICE_FIELD, Located.POLICE_DESK}
    assert np.any(np.isinf(first["reported"]))
    assert sum((Event.PLAN_ENDED in [event for _, event in traced]) for traced, _, _ in lives) > 10
    assert sum(len(traced) for traced, _, _ in lives) > 800
