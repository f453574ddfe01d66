"""Children's social care: the referral, MASH, strategy discussion, assessment, conference, plan, and the slots that cases hold."""

from __future__ import annotations

import pytest

from sim.model import social_care
from sim.model.events import Event
from sim.model.luck import Decision
from sim.model.words import NEVER, NOBODY, Channel, Grade, Line, Pool, Progress, Rating, State, Work
from tests.model.rules.stage import DAY, KEY, MIDDLE, MONDAY_10, UNIT, Stage
from tests.model.small import YEAR, Overrides

T = MONDAY_10
SPELL = 1 << 20
PLAIN: Overrides = {
    "practice.flag_lasts_days": 50.0,
    "practice.no_further_action_share": 0.4,
    "practice.strategy_share": 0.8,
    "practice.strategy_days": 2.0,
    "practice.interim_action_share": 0.5,
    "practice.interim_days": 28.0,
    "practice.conference_share": 0.6,
    "practice.plan_share": 0.3,
    "practice.other_plan_share": 0.2,
    "practice.partner_referral_share": 0.7,
    "practice.notice_share": 0.0,
    "practice.suspect_share": 0.0,
    "world.assessment_days": 10.0,
    "world.assessment_spread": 0.5,
    "world.conference_days": 3.0,
    "world.conference_spread": 0.5,
    "world.plan_days": 100.0,
    "world.plan_spread": 0.5,
    "world.leaving_per_year": [8.76] * 4,
    "world.recency_first_week": 1.0,
    "world.recency_first_month": 1.0,
    "resources.mash_opens": 9.0,
    "resources.mash_closes": 17.0,
    "resources.mash_hours": 1.5,
    "resources.mash_hours_spread": 0.5,
    "resources.mash_target_red_hours": 4.0,
    "resources.mash_target_amber_hours": 8.0,
    "resources.mash_target_green_hours": 72.0,
}


@pytest.fixture
def s() -> Stage:
    s = Stage(PLAIN)
    s.row("cases")
    return s


def case(s: Stage, **columns: object) -> int:
    """An open case of a child, of its third episode, the second row of the table."""
    c = s.child()
    k = s.row("cases", **({"child": c, "key": KEY, "occurrence": 3, "referred": T - 9.0} | columns))
    s.w.children[c].case = k
    return k


# the referral


@pytest.mark.parametrize(
    ("known", "harm", "grade", "concern", "rating", "line", "due"),
    [
        (T - DAY, NEVER, Grade.LOW, True, Rating.RED, Line.URGENT, T + 4.0), (NEVER, T - 1.0, Grade.LOW, True, Rating.RED, Line.URGENT, T + 4.0),
        (NEVER, NEVER, Grade.HIGH, False, Rating.AMBER, Line.PRIORITY, T + DAY),
        (NEVER, NEVER, Grade.MEDIUM, False, Rating.GREEN, Line.ROUTINE, T + 72.0),
        (T - 50.1 * DAY, NEVER, Grade.MEDIUM, False, Rating.GREEN, Line.ROUTINE, T + 72.0),
    ],
)  # fmt: skip
def test_a_referral_is_rated_and_asks_mash(s, known, harm, grade, concern, rating, line, due):
    """Red for a concern, within 4 working hours; amber for a high grade, within 8; green for the rest, within 72 hours. The case is the child's."""
    s.staff(Pool.MASH, 0)
    c = s.child(known=known)
    e = s.episode(c, harm_recorded=harm, grade=grade)
    s.lucky(Decision.MASH_HOURS, MIDDLE)
    social_care.referred(s.w, s.p, c, e, T)
    row, task = s.w.cases[1], s.w.tasks[0]
    assert (s.w.now.cases, s.w.children[c].case, s.w.episodes[e].known_to_social_care) == (2, 1, True)
    assert (row.child, row.key, row.occurrence, row.concern, row.rating, row.referred, row.decision_due) == (c, KEY, 3, concern, rating, T, due)
    assert (task.work, task.pool, task.line, task.episode, task.number, task.grade) == (Work.MASH_DECISION, Pool.MASH, line, 1, 0, -1)
    assert task.hours == pytest.approx(1.5)
    assert s.noted() == [(T, Event.REFERRED, c, NOBODY), (T, Event.TASK_ASKED, 0, Pool.MASH)]


def test_a_referral_that_names_no_episode_goes_by_the_spell(s):
    """Green without a concern: no episode makes it high, not even the last row of the table."""
    c = s.child(state_changes=2)
    s.put(s.w.episodes[-1], {"grade": Grade.HIGH, "harm_recorded": T})
    social_care.referred(s.w, s.p, c, NOBODY, T)
    assert (s.w.cases[1].occurrence, s.w.cases[1].rating) == (SPELL + 2, Rating.GREEN)
    assert not s.w.episodes[-1].known_to_social_care


def test_nobody_is_referred_after_the_18th_birthday(s):
    """No case, no line in the trace."""
    social_care.referred(s.w, s.p, s.child(gone=T), NOBODY, T)
    assert s.w.now.cases == 1
    assert s.noted() == []


@pytest.mark.parametrize(("known", "concern"), [(T, True), (NEVER, False)])
def test_a_second_referral_joins_the_open_case(s, known, concern):
    """No new case; a concern becomes the case's."""
    k = case(s)
    s.w.children[0].known = known
    social_care.referred(s.w, s.p, 0, NOBODY, T)
    assert (s.w.now.cases, s.w.now.tasks, s.w.cases[k].concern) == (2, 0, concern)


# MASH decides


@pytest.mark.parametrize(("concern", "u", "accepted"), [(False, 0.3999, False), (False, 0.4, True), (True, 0.0, True)])
def test_no_further_action_is_for_cases_without_a_concern(s, concern, u, accepted):
    """By a share: the case is closed and the child free for another; otherwise a slot is asked for, sooner with a concern."""
    k = case(s, concern=concern)
    s.lucky(Decision.NO_FURTHER_ACTION, u)
    social_care.decided(s.w, s.p, k, T)
    row = s.w.cases[k]
    assert (row.decided, row.accepted, row.closed, s.w.children[0].case) == (T, accepted, NEVER if accepted else T, k if accepted else NOBODY)
    assert s.noted()[0] == (T, Event.DECIDED, k, Pool.MASH)
    assert s.w.now.tasks == accepted
    if accepted:
        task = s.w.tasks[row.task]
        assert (task.work, task.pool, task.line) == (Work.CASE, Pool.SOCIAL_WORKER, Line.PRIORITY if concern else Line.ROUTINE)
        assert (task.episode, task.number, task.grade, task.hours) == (k, 0, -1, 0.0)


@pytest.mark.parametrize(("concern", "u", "held"), [(True, 0.7999, True), (True, 0.8, False), (False, 0.0, False)])
def test_a_strategy_discussion_is_called_where_there_is_a_concern(s, concern, u, held):
    """By a share, two working days later on average (a unit exponential)."""
    k = case(s, concern=concern)
    s.lucky(Decision.STRATEGY_HELD, u)
    s.lucky(Decision.STRATEGY_DELAY, UNIT)
    social_care.decided(s.w, s.p, k, T)
    assert s.due(Event.STRATEGY_HELD) == ([(pytest.approx(T + 2.0 * DAY), k, 0)] if held else [])


@pytest.mark.parametrize(
    ("columns", "strategy", "conference"),
    [
        ({}, 0, 0), ({"decided": T - 1.0}, 1, 0), ({"decided": T - 1.0, "started": T - 1.0}, 1, 1),
        ({"decided": T - 2.0, "started": T - 2.0, "assessed": T - 1.0}, 1, 0), ({"decided": T - 1.0, "started": T - 1.0, "concern": True}, 0, 0),
    ],
)  # fmt: skip
def test_a_concern_raised_later_is_acted_on_as_far_as_the_case_has_come(s, columns, strategy, conference):
    """Undecided: MASH will see it. Decided: a strategy discussion. Being assessed: a conference too. A case that has a concern has it already."""
    k = case(s, **columns)
    for decision in (Decision.STRATEGY_HELD, Decision.CONFERENCE_HELD):
        s.lucky(decision, 0.0)
    social_care.concern_raised(s.w, s.p, k, T)
    assert s.w.cases[k].concern
    assert (len(s.due(Event.STRATEGY_HELD)), len(s.due(Event.CONFERENCE))) == (strategy, conference)


@pytest.mark.parametrize(("u", "protected"), [(0.4999, True), (0.5, False)])
def test_a_strategy_discussion_may_protect_the_child_at_once(s, u, protected):
    """For 28 days, as an interim measure; dated, with a line in the trace."""
    k = case(s)
    s.lucky(Decision.INTERIM_ACTION, u)
    social_care.strategy_held(s.w, s.p, k, T)
    assert s.w.cases[k].strategy == T
    assert s.noted()[0] == (T, Event.STRATEGY_HELD, k, NOBODY)
    assert s.w.now.protections == protected
    assert (s.w.protections[0].until, s.w.protections[0].interim) == ((T + 28.0 * DAY, True) if protected else (NEVER, False))


# the assessment


@pytest.mark.parametrize(("concern", "u", "conference"), [(True, 0.5999, True), (True, 0.6, False), (False, 0.0, False)])
def test_an_assessment_takes_working_days_and_a_concern_may_bring_a_conference(s, concern, u, conference):
    """Ten working days from a Monday are two weeks; the conference, by a share, comes after three."""
    k = case(s, concern=concern)
    s.lucky(Decision.ASSESSMENT_DAYS, MIDDLE)
    s.lucky(Decision.CONFERENCE_HELD, u)
    s.lucky(Decision.CONFERENCE_DAYS, MIDDLE)
    social_care.assessed(s.w, s.p, k, 0, T)
    assert (s.w.cases[k].started, s.w.cases[k].assessed) == (T, NEVER)
    assert s.due(Event.ASSESSED) == [(pytest.approx(T + 14.0 * DAY), k, 1)]
    assert s.due(Event.CONFERENCE) == ([(pytest.approx(T + 3.0 * DAY), k, 0)] if conference else [])


@pytest.mark.parametrize(("child", "u", "plan"), [(True, 0.2999, True), (True, 0.3, False), (False, 0.1999, True), (False, 0.2, False)])
def test_an_assessment_ends_with_a_plan_or_closes_the_case(s, child, u, plan):
    """0.3 of children's, 0.2 of other families'."""
    k = case(s) if child else s.row("cases", key=KEY, occurrence=3)
    s.lucky(Decision.PROTECTION_GIVEN, u)
    s.lucky(Decision.PLAN_DAYS, MIDDLE)
    social_care.assessed(s.w, s.p, k, 1, T)
    assert (s.w.cases[k].assessed, s.w.cases[k].closed) == (T, NEVER if plan else T)
    assert (T, Event.ASSESSED, k, Pool.SOCIAL_WORKER) in s.noted()
    assert s.due(Event.PLAN_ENDED) == ([(pytest.approx(T + 100.0 * DAY), k, 0)] if plan else [])
    assert s.w.now.protections == (plan and child)
    assert not s.w.protections[0].interim


def test_after_a_conference_the_assessment_decides_nothing_more(s):
    """The plan is there already."""
    k = case(s, conference=T - 1.0)
    s.lucky(Decision.PROTECTION_GIVEN, 0.0)
    social_care.assessed(s.w, s.p, k, 1, T)
    assert (s.w.cases[k].assessed, s.w.cases[k].closed, s.agenda.lines) == (T, NEVER, [])


@pytest.mark.parametrize(("assessed", "held"), [(NEVER, True), (T - 1.0, False)])
def test_a_conference_makes_a_plan_unless_the_assessment_is_over(s, assessed, held):
    """Dated, with a line in the trace."""
    k = case(s, assessed=assessed)
    s.lucky(Decision.PLAN_DAYS, MIDDLE)
    social_care.conference(s.w, s.p, k, T)
    assert s.w.cases[k].conference == (T if held else NEVER)
    assert [line for line in s.noted() if line[1] == Event.CONFERENCE] == [(T, Event.CONFERENCE, k, NOBODY)] * held
    assert len(s.due(Event.PLAN_ENDED)) == s.w.now.protections == held


# protection


def test_protection_is_in_force_from_now_on(s):
    """A row of its own, the end on the agenda, the child's clocks settled at the old rates and timed anew; the case keeps its first date."""
    k = case(s, protected=NEVER)
    child = s.w.children[0]
    s.put(child, {"leaving_left": 1.0, "leaving_updated": T - 100.0, "protected_until": T + 5.0})
    s.row("protections")
    social_care.protect(s.w, s.p, k, T, T + 50.0, True)
    row = s.w.protections[1]
    assert (s.w.now.protections, row.child, row.started, row.until, row.interim) == (2, 0, T, T + 50.0, True)
    assert (child.protected_until, child.leaving_version, child.state_version) == (T + 50.0, 1, 1)
    assert child.leaving_left < 1.0
    assert s.due(Event.PROTECTION_ENDED) == [(T + 50.0, 0, 0)]
    assert s.noted() == [(T, Event.PROTECTED, 0, NOBODY)]
    social_care.protect(s.w, s.p, k, T + 1.0, T + 20.0, False)
    assert (s.w.cases[k].protected, child.protected_until) == (T, T + 50.0), "a shorter measure takes nothing away"
    assert s.due(Event.PROTECTION_ENDED)[1] == (T + 50.0, 0, 0)


def test_who_has_turned_18_is_not_protected(s):
    """No row."""
    k = case(s)
    s.w.children[0].gone = T - 1.0
    social_care.protect(s.w, s.p, k, T, T + 50.0, True)
    assert (s.w.now.protections, s.w.cases[k].protected) == (0, NEVER)


@pytest.mark.parametrize(("until", "gone", "retimed"), [(T, NEVER, 1), (T + 1.0, NEVER, 0), (T, T, 0)])
def test_the_end_of_protection_changes_the_way_into_exploitation(s, until, gone, retimed):
    """Unless more has come since, or the child has left."""
    c = s.child(protected_until=until, gone=gone)
    social_care.protection_ended(s.w, s.p, c, T)
    assert s.w.children[c].state_version == retimed


# slots


def test_a_closed_case_is_no_longer_the_childs(s):
    """Its own case; not another that has come since, and other families' cases are nobody's."""
    k = case(s)
    other = s.row("cases", child=0)
    family = s.row("cases")
    s.w.children[-1].case = family
    for number in (other, family):
        social_care.close(s.w, number, T)
    assert (s.w.cases[other].closed, s.w.children[0].case, s.w.children[-1].case) == (T, k, family)
    social_care.close(s.w, k, T)
    assert s.w.children[0].case == NOBODY


def slots(s: Stage, **columns: object) -> tuple[int, int]:
    """A case that holds the only slot, and a task that waits for it."""
    s.staff(Pool.SOCIAL_WORKER, 1).busy = 1
    task = s.row("tasks", work=Work.CASE, pool=Pool.SOCIAL_WORKER, progress=Progress.RUNNING, started=T - 5.0)
    k = case(s, task=task, started=T - 5.0, **columns)
    waits = s.row("tasks", work=Work.CASE, pool=Pool.SOCIAL_WORKER, line=Line.ROUTINE, episode=s.row("cases"))
    s.w.pools[Pool.SOCIAL_WORKER].first[Line.ROUTINE] = s.w.pools[Pool.SOCIAL_WORKER].last[Line.ROUTINE] = waits
    return k, waits


def test_the_slot_of_a_closed_case_goes_to_the_next_in_line_once(s):
    """An open case keeps it; when it is closed the next starts; a second release frees nobody."""
    k, waits = slots(s)
    social_care.release(s.w, s.p, k, T)
    assert s.w.tasks[waits].started == NEVER
    social_care.plan_ended(s.w, s.p, k, T)
    assert (s.w.cases[k].closed, s.w.tasks[waits].started, s.w.tasks[s.w.cases[k].task].progress) == (T, T, Progress.DONE)
    assert (T, Event.PLAN_ENDED, k, Pool.SOCIAL_WORKER) in s.noted()
    social_care.release(s.w, s.p, k, T + 1.0)
    assert s.w.pools[Pool.SOCIAL_WORKER].busy == 1


def test_a_case_that_never_started_frees_no_slot(s):
    """Closed by MASH: it has no task of its own, and the last row of the table is not its."""
    k = case(s, closed=T)
    s.put(s.w.tasks[-1], {"progress": Progress.RUNNING, "pool": Pool.SOCIAL_WORKER})
    social_care.release(s.w, s.p, k, T)
    assert s.w.tasks[-1].progress == Progress.RUNNING


# partners and other families


@pytest.mark.parametrize(
    ("columns", "version", "u", "identified", "referred"),
    [
        ({}, 4, 0.6999, True, True), ({}, 4, 0.7, True, False), ({}, 3, 0.0, False, False), ({"gone": T}, 4, 0.0, False, False),
        ({"identified": T - 1.0}, 4, 0.0, False, False),
    ],
)  # fmt: skip
def test_a_partner_identifies_exploitation_and_refers(s, columns, version, u, identified, referred):
    """In the spell it is about; what was known already is not referred again."""
    c = s.child(state=State.EXPLOITED, state_changes=4, network=1, **columns)
    s.lucky(Decision.FAMILY_REFERS, u, occurrence=SPELL + 4)
    social_care.partner_identified(s.w, s.p, c, version, T)
    assert s.w.identifications[0].channel == (Channel.PARTNER if identified else Channel.NONE)
    assert s.agenda.lines == ([(T, Event.REFERRED, c, NOBODY)] if referred else [])


def test_another_familys_case_asks_for_a_slot_and_the_next_follows(s):
    """At a rate of 87.6 a year the next comes after 100 hours; the case has a name for luck away from the children's keys."""
    s = Stage(PLAIN, {"area.other_families_per_year": 87.6})
    s.lucky(Decision.FAMILY_GAP, UNIT, entity=(1 << 24) + 8, occurrence=0)
    s.staff(Pool.SOCIAL_WORKER, 0)
    social_care.other_family(s.w, s.p, 7, T)
    row, task = s.w.cases[0], s.w.tasks[0]
    assert (row.key, row.child, row.referred, row.decided, row.accepted, row.task) == ((1 << 24) + 7, NOBODY, T, T, True, 0)
    assert (s.w.now.cases, s.w.now.families, s.w.now.tasks) == (1, 1, 1)
    assert (task.work, task.pool, task.line) == (Work.CASE, Pool.SOCIAL_WORKER, Line.ROUTINE)
    assert (task.episode, task.number, task.grade, task.hours) == (0, 0, -1, 0.0)
    assert s.noted() == [(T, Event.TASK_ASKED, 0, Pool.SOCIAL_WORKER)]
    assert s.agenda.lines == [(pytest.approx(T + YEAR / 87.6), Event.OTHER_FAMILY, 8, 0)]


@pytest.mark.parametrize(("per_year", "comes"), [(0.5, [(pytest.approx(T + 2.0 * YEAR), 7, 0)]), (0.0, [])])
def test_other_families_come_at_their_rate_or_not_at_all(per_year, comes):
    """One in two years, on average; none at a rate of 0."""
    s = Stage(PLAIN, {"area.other_families_per_year": per_year})
    s.lucky(Decision.FAMILY_GAP, UNIT, entity=(1 << 24) + 7, occurrence=0)
    social_care.next_family(s.w, s.p, T, 7)
    assert s.due(Event.OTHER_FAMILY) == comes
