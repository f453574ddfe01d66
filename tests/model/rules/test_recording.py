"""What is written down after a return, and the referral."""

from __future__ import annotations

import pytest

from sim.model import recording
from sim.model.events import Event
from sim.model.luck import Decision
from sim.model.words import NEVER, NOBODY, Channel, Grade, Reason, State
from tests.model.rules.stage import DAY, MIDDLE, MONDAY_10, Stage
from tests.model.small import Overrides

T = MONDAY_10
PLAIN: Overrides = {
    "practice.case_recorded_share": 0.9,
    "practice.record_delay_hours": 12.0,
    "practice.delay_spread": 1.0,
    "practice.flag_true_share": 0.5,
    "practice.flag_false_share": 0.1,
    "practice.flag_lasts_days": 50.0,
    "practice.trigger_plan_after": 3,
    "practice.trigger_plan_share": 0.6,
    "practice.trigger_plan_lasts_days": 30.0,
    "practice.pattern_after": 2,
    "practice.pattern_looked_share": 0.5,
    "practice.recognises_link_share": 0.8,
    "practice.reason_addressed_share": 0.3,
    "practice.referral_share": 0.7,
    "practice.referral_delay_hours": 10.0,
    "practice.referral_after": 3,
    "practice.referral_after_hours": 100.0,
    "world.vulnerability_learned_share": 0.4,
    "world.prevention_discloses": 0.2,
    "world.reference_flag_true_share": 0.6,
    "world.reference_flag_false_share": 0.15,
    "world.pattern_sensitivity": 0.5,
    "world.reason_addressed_days": 90.0,
    "world.leaving_per_year": [8.76] * 4,
    "world.recency_first_week": 1.0,
    "world.recency_first_month": 1.0,
}


@pytest.fixture
def s() -> Stage:
    return Stage(PLAIN)


def episode(s: Stage, recorded: int = 0, **child: object) -> int:
    """A third episode, reported three hours ago, of a child with so many on record in 90 days."""
    c = s.child(**({"network": 1} | child))
    s.put(s.w.children[c], {"recorded": recorded, "recorded_recently": [T - DAY] * recorded + [-NEVER] * (8 - recorded)})
    return s.episode(c, left=T - 4.0, reported=T - 3.0, located=T)


@pytest.mark.parametrize(("age", "current"), [(30.0, True), (30.01, False)])
def test_a_trigger_plan_goes_out_of_date(s, age, current):
    """After thirty days."""
    c = s.child(plan_made=T - age * DAY)
    assert recording.has_current_plan(s.w, s.p, c, T) == current


@pytest.mark.parametrize(("u", "comes"), [(0.8999, True), (0.9, False)])
def test_a_share_of_cases_reaches_the_records_system(s, u, comes):
    """A median of twelve hours later."""
    e = episode(s)
    s.lucky(Decision.RECORDED, u)
    s.lucky(Decision.RECORD_DELAY, MIDDLE)
    recording.returned(s.w, s.p, e, T)
    assert s.agenda.lines == ([(pytest.approx(T + 12.0), Event.RECORDED, e, 0)] if comes else [])


@pytest.mark.parametrize(
    ("state", "decision", "u", "flagged"),
    [
        (State.EXPLOITED, Decision.FLAG_RAISED, 0.5999, True), (State.EXPLOITED, Decision.FLAG_RAISED, 0.6, False),
        (State.GROOMED, Decision.FLAG_RAISED, 0.1499, True), (State.NONE, Decision.FLAG_RAISED, 0.15, False),
        (State.EXPLOITED, Decision.PREVENTION_DISCLOSES, 0.1999, True), (State.EXPLOITED, Decision.PREVENTION_DISCLOSES, 0.2, False),
        (State.GROOMED, Decision.PREVENTION_DISCLOSES, 0.0, False),
    ],
)  # fmt: skip
def test_standard_practice_would_have_put_up_a_flag(s, state, decision, u, flagged):
    """By its own shares, whatever this force does: from recording, or from an interview in person with an exploited child."""
    e = episode(s, state=state)
    s.lucky(decision, u)
    recording.returned(s.w, s.p, e, T)
    child = s.w.children[0]
    assert (child.flag_standard, child.flag_police, child.flag_social) == (T if flagged else NEVER, NEVER, NEVER)


@pytest.mark.parametrize(("u", "learned"), [(0.3999, True), (0.4, False)])
def test_vulnerability_is_learned_by_standard_practice_at_the_return_and_by_police_when_recorded(s, u, learned):
    """The same luck for both."""
    e = episode(s)
    s.lucky(Decision.VULNERABILITY_LEARNED, u)
    recording.returned(s.w, s.p, e, T)
    child = s.w.children[0]
    assert (child.vulnerability_standard, child.vulnerability_police) == (learned, False)
    recording.recorded(s.w, s.p, e, T)
    assert child.vulnerability_police == learned


def test_a_record_is_history_by_the_hour_of_the_report(s):
    """Dated, counted, remembered in the next place of the ring; the trace has a line; nothing else with luck against it."""
    e = episode(s, recorded=1)
    recording.recorded(s.w, s.p, e, T + 12.0)
    child = s.w.children[0]
    assert (s.w.episodes[e].recorded, child.recorded, child.recorded_recently[:3]) == (T + 12.0, 2, [T - DAY, T - 3.0, -NEVER])
    assert s.noted() == [(T + 12.0, Event.RECORDED, e, NOBODY)]
    assert (child.flag_police, child.plan_made, child.vulnerability_police) == (NEVER, -NEVER, False)
    assert s.agenda.lines == []


@pytest.mark.parametrize(
    ("state", "u", "flagged"),
    [(State.EXPLOITED, 0.4999, True), (State.EXPLOITED, 0.5, False), (State.GROOMED, 0.0999, True), (State.NONE, 0.1, False)],
)
def test_a_record_may_put_a_flag_on_police_systems(s, state, u, flagged):
    """Half of exploited children, a tenth of others."""
    e = episode(s, state=state)
    s.lucky(Decision.FLAG_RAISED, u)
    recording.recorded(s.w, s.p, e, T)
    assert s.w.children[0].flag_police == (T if flagged else NEVER)


@pytest.mark.parametrize(("before", "u", "written"), [(2, 0.5999, True), (2, 0.6, False), (1, 0.0, False)])
def test_a_trigger_plan_is_written_from_the_third_record_in_ninety_days(s, before, u, written):
    """By a share."""
    e = episode(s, recorded=before)
    s.lucky(Decision.PLAN_WRITTEN, u)
    recording.recorded(s.w, s.p, e, T)
    assert s.w.children[0].plan_made == (T if written else -NEVER)


def test_records_of_more_than_ninety_days_ago_make_no_plan(s):
    """Two of them and today's are one."""
    e = episode(s, recorded=2)
    s.w.children[0].recorded_recently[:2] = [T - 91.0 * DAY] * 2
    s.lucky(Decision.PLAN_WRITTEN, 0.0)
    recording.recorded(s.w, s.p, e, T)
    assert s.w.children[0].plan_made == -NEVER


@pytest.mark.parametrize(
    ("before", "state", "gone", "u", "seen"),
    [
        (1, State.EXPLOITED, NEVER, 0.1999, True), (1, State.EXPLOITED, NEVER, 0.2, False), (0, State.EXPLOITED, NEVER, 0.0, False),
        (1, State.GROOMED, NEVER, 0.0, False), (1, State.EXPLOITED, T, 0.0, False),
    ],
)  # fmt: skip
def test_a_pattern_is_seen_from_the_second_record_and_referred(s, before, state, gone, u, seen):
    """Somebody looks (0.5), understands the link (0.8), and it shows (0.5): 0.2 of exploited children."""
    e = episode(s, recorded=before, state=state, gone=gone)
    s.lucky(Decision.PATTERN_SEEN, u)
    s.lucky(Decision.REFERRED, 0.0)
    recording.recorded(s.w, s.p, e, T)
    assert s.w.now.identifications == seen
    assert s.w.identifications[0].channel == (Channel.PATTERN if seen else Channel.NONE)
    assert len(s.due(Event.REFERRED)) == seen


def test_a_pattern_in_what_is_known_already_is_not_referred(s):
    """Exploitation identified before."""
    e = episode(s, recorded=1, state=State.EXPLOITED, identified=T - 9.0)
    s.lucky(Decision.PATTERN_SEEN, 0.0)
    s.lucky(Decision.REFERRED, 0.0)
    recording.recorded(s.w, s.p, e, T)
    assert s.agenda.lines == []


@pytest.mark.parametrize(
    ("reason", "gone", "u", "addressed"),
    [(Reason.PUSH, NEVER, 0.2999, True), (Reason.PULL, NEVER, 0.3, False), (Reason.EXPLOITATION, NEVER, 0.0, False), (Reason.PUSH, T, 0.0, False)],
)
def test_a_push_or_pull_reason_that_is_learned_may_be_addressed(s, reason, gone, u, addressed):
    """For ninety days; the threshold is settled at the old rate first, and the child's next leaving is timed anew."""
    c = s.child(reason=reason, gone=gone, leaving_left=1.0, leaving_updated=T - 100.0)
    s.lucky(Decision.RHI_ADDRESSED, u, occurrence=5)
    recording.reason_learned(s.w, s.p, c, Decision.RHI_ADDRESSED, 5, T)
    child = s.w.children[c]
    assert child.addressed_until == (T + 90.0 * DAY if addressed else -NEVER)
    assert (child.leaving_left, child.leaving_version) == ((pytest.approx(0.9), 1) if addressed else (1.0, 0))


def test_a_reason_learned_while_the_child_is_away_again_times_no_leaving(s):
    """It counts from the next return."""
    c = s.child(missing=True)
    s.lucky(Decision.RHI_ADDRESSED, 0.0, occurrence=5)
    recording.reason_learned(s.w, s.p, c, Decision.RHI_ADDRESSED, 5, T)
    assert (s.w.children[c].addressed_until, s.w.children[c].leaving_version) == (T + 90.0 * DAY, 0)


@pytest.mark.parametrize(
    ("child", "columns", "meets"),
    [
        ({}, {}, False), ({"known": T - 50.0 * DAY}, {}, True), ({"known": T - 50.1 * DAY}, {}, False), ({}, {"harm_recorded": T}, True),
        ({}, {"grade": Grade.HIGH}, True), ({"reported_recently": [T, T - 89.0 * DAY, T - 90.0 * DAY] + [-NEVER] * 5}, {}, True),
        ({"reported_recently": [T, T - 89.0 * DAY, T - 90.1 * DAY] + [-NEVER] * 5}, {}, False),
        ({}, {"left": T - 100.0}, True), ({}, {"left": T - 99.9, "reported": T - 99.0}, False),
    ],
)  # fmt: skip
def test_a_closed_case_that_meets_the_criterion_is_referred(s, child, columns, meets):
    """A concern that is current, harm on record, a high grade, three reports in 90 days, or 100 hours away."""
    e = episode(s, **child)
    s.put(s.w.episodes[e], {"grade": Grade.MEDIUM} | columns)
    s.lucky(Decision.REFERRED, 0.0)
    recording.closed(s.w, s.p, e, T)
    assert (s.w.episodes[e].closed, s.w.episodes[e].meets_criterion, len(s.due(Event.REFERRED))) == (T, meets, meets)


def test_a_bypassed_episode_is_not_referred(s):
    """Whatever criterion it meets."""
    e = episode(s)
    s.put(s.w.episodes[e], {"grade": Grade.HIGH, "bypassed": True})
    s.lucky(Decision.REFERRED, 0.0)
    recording.closed(s.w, s.p, e, T)
    assert (s.w.episodes[e].meets_criterion, s.agenda.lines) == (True, [])


@pytest.mark.parametrize(("u", "referred"), [(0.6999, True), (0.7, False)])
def test_a_share_is_referred_after_a_delay_and_once(s, u, referred):
    """A median of ten hours; the referral names the child and the episode."""
    e = episode(s)
    s.lucky(Decision.REFERRED, u)
    s.lucky(Decision.REFERRAL_DELAY, MIDDLE)
    for t in (T, T + 1.0):
        recording.refer(s.w, s.p, 0, e, t)
    assert s.agenda.lines == ([(pytest.approx(T + 10.0), Event.REFERRED, 0, e)] if referred else [])
    assert s.w.episodes[e].referred == (pytest.approx(T + 10.0) if referred else NEVER)
