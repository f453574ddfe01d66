"""The police response: graded, endorsed, searched by plan, reviewed, handed over, and closed with a prevention interview."""

from __future__ import annotations

import pytest

from sim.model import luck, police
from sim.model.events import Event
from sim.model.luck import Decision
from sim.model.words import NEVER, NOBODY, Channel, Grade, Line, Located, Plan, Pool, Progress, Reason, State, Work
from tests.model.rules.stage import DAY, MIDDLE, MONDAY_10, UNIT, Stage
from tests.model.small import SEEN_AND_HELD, YEAR, Overrides

T = MONDAY_10
NIGHT = T + 13.0
"""23:00 on the same Monday."""
MORNING = T + 20.0
LOW, MEDIUM, HIGH = Grade.LOW, Grade.MEDIUM, Grade.HIGH
NONE = Grade.NO_APPARENT_RISK
PLAIN: Overrides = SEEN_AND_HELD | {
    "practice.inspector_reassesses_share": 0.5,
    "world.risk_age": 0.0,
    "world.reference_cuts": [-1.0, 0.0, 1.0],
    "world.prevention_tells_harm": 0.5,
    "world.prevention_discloses": 0.4,
    "world.prevention_learns_reason": 0.8,
    "world.phone_against_in_person": 0.5,
    "world.find_rate": 0.0,
    "practice.grade_cuts": [-1.0, 0.0, 1.0],
    "practice.flag_is_high": False,
    "practice.floor_age": 0.0,
    "practice.endorse_hours": 1.5,
    "practice.review_hours": [8.0, 7.0, 6.0, 2.0],
    "practice.review_done_share": 0.7,
    "practice.review_corrects_share": 0.0,
    "practice.challenge_share": 0.0,
    "practice.medium_after_hours": 30.0,
    "practice.lowest_grade_bypass": False,
    "practice.low_field_after_hours": 5.0,
    "practice.plan_slows_hours": 60.0,
    "practice.desk_interval_hours": [9.0, 7.0, 4.0, 1.0],
    "practice.field_interval_hours": [19.0, 17.0, 14.0, 11.0],
    "practice.overnight_activity": 0.3,
    "practice.overnight_activity_high": 0.9,
    "practice.desk_based_share": 0.6,
    "practice.desk_based_share_high": 0.1,
    "practice.field_visit_hours": 1.5,
    "practice.desk_enquiry_hours": 0.75,
    "practice.task_hours_spread": 0.5,
    "practice.trigger_plan_read_share": 0.5,
    "practice.handover_lost_share": 0.2,
    "practice.prevention_done_share": 0.6,
    "practice.prevention_in_person_share": [0.1, 0.2, 0.3, 0.4],
    "practice.prevention_delay_hours": [40.0, 30.0, 20.0, 10.0],
    "practice.prevention_in_person_hours": 1.25,
    "practice.prevention_phone_hours": 0.25,
    "practice.case_recorded_share": 0.9,
    "practice.reason_asked_share": 0.5,
    "practice.reason_addressed_share": 1.0,
    "practice.referral_share": 0.0,
    "resources.late_starts": 14.0,
    "resources.night_starts": 22.0,
    "resources.night_ends": 6.0,
    "resources.escalate_after_hours": [1.0, 2.0, 3.0, 4.0],
}


@pytest.fixture
def s() -> Stage:
    return Stage(PLAIN)


def episode(s: Stage, grade: int = MEDIUM, **columns: object) -> int:
    """A third episode, reported an hour ago, of a child who is away."""
    c = s.child(missing=True)
    e = s.episode(c, **({"left": T - 2.0, "reported": T - 1.0, "raw_updated": T - 1.0, "grade": grade, "call_grade": grade} | columns))
    s.w.children[c].episode = e
    return e


def on(s: Stage, desk: int = 9, response: int = 9) -> None:
    s.staff(Pool.DESK, desk)
    s.staff(Pool.RESPONSE, response)


# grading


def test_the_more_serious_the_grade_the_more_urgent_the_line():
    """High urgent, medium priority, the others routine."""
    assert [police.line_for(grade) for grade in Grade] == [Line.ROUTINE, Line.ROUTINE, Line.PRIORITY, Line.URGENT]


@pytest.mark.parametrize(("risk", "grade"), [(-1.5, NONE), (-0.5, LOW), (0.5, MEDIUM), (1.5, HIGH)])
def test_the_call_taker_grades_and_acts_only_on_high(s, risk, grade):
    """Graded now, endorsed an hour and a half later; a plan starts at once for high alone."""
    e = episode(s, grade=-1, risk_informant=risk)
    police.graded(s.w, s.p, e, T)
    row = s.w.episodes[e]
    assert (row.first_graded, row.call_grade, row.grade) == (T, grade, grade)
    assert s.noted() == [(T, Event.GRADED, e, NOBODY)]
    assert s.due(Event.ENDORSED) == [(T + 1.5, e, 0)]
    assert [event for _, event, _, _ in s.agenda.lines[1:]] == ([Event.DESK_DUE, Event.FIELD_DUE] if grade == HIGH else [])


def test_nobody_grades_or_endorses_an_episode_that_has_ended(s):
    """The child is back."""
    e = episode(s, located=T)
    police.graded(s.w, s.p, e, T)
    police.endorsed(s.w, s.p, e, T)
    assert s.w.episodes[e].first_graded == NEVER
    assert s.agenda.lines == s.noted() == []


def test_the_inspectors_grade_starts_the_plan_and_three_kinds_of_review(s):
    """By the interval of the grade, at 24 hours after the report, and half an hour into the next shift."""
    e = episode(s, grade=LOW, risk_informant=0.5)
    police.endorsed(s.w, s.p, e, T)
    assert (s.w.episodes[e].grade, s.w.episodes[e].first_grade, s.w.episodes[e].plan_version) == (LOW, LOW, 1)
    assert s.due(Event.REVIEWED) == [(T + 7.0, e, 0), (T + 23.0, e, 1), (T + 4.5, e, 2)]
    assert s.noted() == [(T, Event.ENDORSED, e, NOBODY)]


@pytest.mark.parametrize(("call", "version", "plans"), [(MEDIUM, 1, 1), (MEDIUM, 0, 1), (HIGH, 1, 2)])
def test_a_plan_is_started_if_there_is_none_or_the_grade_is_another(s, call, version, plans):
    """An endorsed grade whose plan has started changes nothing; the inspector who reassesses may amend."""
    s.lucky(Decision.INSPECTOR_REASSESSES, 0.0)
    e = episode(s, grade=call, risk_informant=0.5, plan_version=version)
    police.endorsed(s.w, s.p, e, T)
    assert s.w.episodes[e].grade == MEDIUM
    assert s.w.episodes[e].plan_version == plans


def test_a_late_endorsement_is_reviewed_at_once_if_24_hours_have_passed(s):
    """Not in the past."""
    e = episode(s, reported=T - 30.0)
    police.endorsed(s.w, s.p, e, T)
    assert s.due(Event.REVIEWED)[1] == (T, e, 1)


@pytest.mark.parametrize(("bypass", "grade", "bypassed"), [(True, NONE, True), (True, LOW, False), (False, NONE, False)])
def test_only_the_lowest_grade_is_bypassed_and_only_where_practice_says_so(bypass, grade, bypassed):
    """The absent era."""
    s = Stage(PLAIN, {"practice.lowest_grade_bypass": bypass})
    e = episode(s, grade=grade)
    police.endorsed(s.w, s.p, e, T)
    assert s.w.episodes[e].bypassed == bypassed


# the plan


@pytest.mark.parametrize(("grade", "field_after"), [(LOW, 5.0), (MEDIUM, 0.0), (HIGH, 0.0)])
def test_a_plan_has_a_desk_strand_and_a_field_strand(s, grade, field_after):
    """Both due at once, but for low, whose first visit has time."""
    e = episode(s, grade=grade, plan_version=2)
    police.start_plan(s.w, s.p, e, T)
    assert s.agenda.lines == [(T, Event.DESK_DUE, e, 3), (T + field_after, Event.FIELD_DUE, e, 3)]
    assert (s.w.episodes[e].desk, s.w.episodes[e].field) == (Plan.DUE, Plan.DUE)


def test_the_lowest_grade_has_no_plan_and_what_was_due_is_void(s):
    """What has been asked for stays asked for."""
    e = episode(s, grade=NONE, desk=Plan.DUE, field=Plan.LOST)
    police.start_plan(s.w, s.p, e, T)
    row = s.w.episodes[e]
    assert (row.desk, row.field, row.plan_version) == (Plan.NONE, Plan.NONE, 1)
    row.desk = row.field = Plan.ASKED
    police.start_plan(s.w, s.p, e, T)
    assert (row.desk, row.field) == (Plan.ASKED, Plan.ASKED)
    assert s.agenda.lines == []


def strand_tasks(s: Stage, line: Line, progress: Progress) -> dict[str, object]:
    """Both strands have asked for someone in this line."""
    desk, field = (s.row("tasks", line=line, progress=progress, started=T - 1.0, hours=2.0) for _ in range(2))
    return {"desk": Plan.ASKED, "field": Plan.ASKED, "desk_task": desk, "field_task": field}


@pytest.mark.parametrize(
    ("grade", "line", "progress", "afresh"),
    [
        (HIGH, Line.PRIORITY, Progress.WAITING, True), (HIGH, Line.URGENT, Progress.WAITING, False),
        (HIGH, Line.PRIORITY, Progress.RUNNING, False), (MEDIUM, Line.URGENT, Progress.WAITING, False),
    ],
)  # fmt: skip
def test_a_task_that_waits_in_too_low_a_line_is_asked_for_afresh(s, grade, line, progress, afresh):
    """When the grade has risen; one that runs, or waits in the right line or a better one, stays asked for."""
    e = episode(s, grade=grade)
    s.put(s.w.episodes[e], strand_tasks(s, line, progress))
    police.start_plan(s.w, s.p, e, T)
    row = s.w.episodes[e]
    assert [s.w.tasks[task].progress for task in (0, 1)] == [Progress.REPLACED if afresh else progress] * 2
    assert (row.desk, row.field) == ((Plan.DUE, Plan.DUE) if afresh else (Plan.ASKED, Plan.ASKED))
    assert len(s.agenda.lines) == (2 if afresh else 0)


def test_no_task_waits_too_low(s):
    """NOBODY is no task, not the last row of the table."""
    s.put(s.w.tasks[-1], {"line": Line.LAST, "progress": Progress.WAITING})
    assert not police.waits_too_low(s.w, NOBODY, HIGH)


# a step falls due


NUMBER = {Pool.DESK: 3 * luck.ACTIONS + 2, Pool.RESPONSE: 3 * luck.ACTIONS + luck.ACTIONS // 4 + 3}


def fall_due(s: Stage, strand: Pool, t: float = T, **columns: object) -> tuple[int, int]:
    """A step of this strand falls due at `t`, its third at the desk or its fourth in the field: the episode, and the number luck goes by."""
    e = episode(s, **({"plan_version": 1, "desk_actions": 2, "field_actions": 3} | columns))
    s.lucky(Decision.TASK_HOURS, MIDDLE, occurrence=NUMBER[strand])
    police.due(s.w, s.p, e, strand, 1, t)
    return e, NUMBER[strand]


def test_a_desk_step_asks_desk_staff(s):
    """A desk enquiry of median hours in the line of the grade, numbered third of its strand."""
    on(s)
    e, number = fall_due(s, Pool.DESK)
    task, row = s.w.tasks[0], s.w.episodes[e]
    assert (task.work, task.pool, task.line, task.episode, task.number) == (Work.DESK_ENQUIRY, Pool.DESK, Line.PRIORITY, e, number)
    assert (task.grade, task.hours, task.started) == (MEDIUM, pytest.approx(0.75), T)
    assert (row.desk, row.desk_task, row.field_task, row.desk_actions, row.field_actions) == (Plan.ASKED, 0, NOBODY, 3, 3)
    assert s.due(Event.TASK_ENDED) == [(pytest.approx(T + 0.75), 0, 0)]


def test_a_field_step_asks_a_unit(s):
    """A visit of median hours, numbered fourth of its strand."""
    on(s)
    e, number = fall_due(s, Pool.RESPONSE)
    task, row = s.w.tasks[0], s.w.episodes[e]
    assert (task.work, task.pool, task.number, task.hours) == (Work.FIELD_VISIT, Pool.RESPONSE, number, pytest.approx(1.5))
    assert (row.field, row.field_task, row.desk_task, row.desk_actions, row.field_actions) == (Plan.ASKED, 0, NOBODY, 2, 4)


@pytest.mark.parametrize(("grade", "u", "work"), [(MEDIUM, 0.5999, 0), (MEDIUM, 0.6, 1), (HIGH, 0.0999, 0), (HIGH, 0.1, 1)])
def test_a_share_of_visits_becomes_a_desk_enquiry(s, grade, u, work):
    """0.6 below high, 0.1 for high. It stays the field strand's step, but asks desk staff, for the hours of an enquiry."""
    s.lucky(Decision.DESK_BASED, u, occurrence=NUMBER[Pool.RESPONSE])
    e, _ = fall_due(s, Pool.RESPONSE, grade=grade)
    task = s.w.tasks[0]
    assert (task.work, task.pool) == [(Work.DESK_ENQUIRY, Pool.DESK), (Work.FIELD_VISIT, Pool.RESPONSE)][work]
    assert task.hours == pytest.approx([0.75, 1.5][work])
    assert s.w.episodes[e].field_task == 0


@pytest.mark.parametrize(("grade", "u", "starts"), [(MEDIUM, 0.2999, True), (MEDIUM, 0.3, False), (HIGH, 0.8999, True), (HIGH, 0.9, False)])
@pytest.mark.parametrize("strand", [Pool.DESK, Pool.RESPONSE])
def test_at_night_only_a_share_starts_and_the_rest_waits_for_the_morning(s, strand, grade, u, starts):
    """Put off to 6:00 under the same version, with nothing counted as an action."""
    s.lucky(Decision.OVERNIGHT, u, occurrence=NUMBER[strand])
    e, _ = fall_due(s, strand, t=NIGHT, grade=grade)
    event = Event.DESK_DUE if strand == Pool.DESK else Event.FIELD_DUE
    assert s.due(event) == ([] if starts else [(MORNING, e, 1)])
    assert s.w.now.tasks == starts
    assert s.w.episodes[e].desk_actions + s.w.episodes[e].field_actions == 5 + starts


@pytest.mark.parametrize("columns", [{"plan_version": 2}, {"located": T}])
def test_a_step_of_an_old_plan_or_of_an_episode_that_has_ended_is_void(s, columns):
    """Nobody is asked."""
    fall_due(s, Pool.DESK, **columns)
    assert s.w.now.tasks == 0
    assert s.agenda.lines == []


def test_the_numbered_luck_of_a_strand_ends_at_its_last_number(s):
    """Beyond 1,023 actions each has the luck of the last: no strand runs into the other's."""
    e = episode(s, plan_version=1, desk_actions=5_000, field_actions=5_000)
    police.due(s.w, s.p, e, Pool.DESK, 1, T)
    police.due(s.w, s.p, e, Pool.RESPONSE, 1, T)
    assert [s.w.tasks[task].number for task in (0, 1)] == [3 * luck.ACTIONS + 1023, 3 * luck.ACTIONS + 2047]


@pytest.mark.parametrize(
    ("u", "current", "first_action", "read"),
    [(0.4999, True, NEVER, True), (0.5, True, NEVER, False), (0.0, False, NEVER, False), (0.0, True, T, False)],
)
def test_a_current_plan_is_read_before_the_first_action_or_not(s, u, current, first_action, read):
    """By a share; later nobody looks any more; what has been read stays read."""
    s.lucky(Decision.PLAN_READ, u)
    e, _ = fall_due(s, Pool.DESK, plan_current=current, first_action=first_action)
    assert s.w.episodes[e].plan_read == read
    s.w.episodes[e].plan_read = True
    s.lucky(Decision.PLAN_READ, 0.9)
    police.read_plan(s.w, s.p, e)
    assert s.w.episodes[e].plan_read


def test_intervals_grow_with_the_hours_since_the_report(s):
    """Twice as long after 60 hours, three times after 120."""
    assert [police.slowed(s.p, since, 4.0) for since in (0.0, 60.0, 120.0)] == [4.0, 8.0, 12.0]


@pytest.mark.parametrize(("strand", "interval"), [("desk", 4.0), ("field", 14.0)])
def test_a_search_that_ended_is_followed_by_the_next_step_of_its_strand(s, strand, interval):
    """After the interval of the grade, half as long again 30 hours after the report; the other strand goes on."""
    tasks = strand_tasks(s, Line.PRIORITY, Progress.RUNNING)
    e = episode(s, reported=T - 30.0, raw_updated=T, plan_version=4, **tasks)
    task = tasks[f"{strand}_task"]
    s.w.tasks[task].progress = Progress.DONE
    police.search_ended(s.w, s.p, e, task, T)
    row = s.w.episodes[e]
    event, other = (Event.DESK_DUE, "field") if strand == "desk" else (Event.FIELD_DUE, "desk")
    assert s.agenda.lines == [(T + 1.5 * interval, event, e, 4)]
    assert (getattr(row, strand), getattr(row, f"{strand}_task")) == (Plan.DUE, NOBODY)
    assert (getattr(row, other), getattr(row, f"{other}_task")) == (Plan.ASKED, tasks[f"{other}_task"])
    assert (row.find_version, row.raw_rate) == (1, 1.0), "the effort of the other strand goes on"


@pytest.mark.parametrize("strand", ["desk", "field"])
def test_at_the_lowest_grade_no_step_follows(s, strand):
    """The strand is at rest."""
    tasks = strand_tasks(s, Line.PRIORITY, Progress.DONE)
    e = episode(s, grade=NONE, **tasks)
    police.search_ended(s.w, s.p, e, tasks[f"{strand}_task"], T)
    assert getattr(s.w.episodes[e], strand) == Plan.NONE
    assert s.agenda.lines == []


@pytest.mark.parametrize(
    ("work", "version", "located", "by"),
    [
        (Work.FIELD_VISIT, 3, NEVER, Located.POLICE_FIELD), (Work.DESK_ENQUIRY, 3, NEVER, Located.POLICE_DESK),
        (Work.FIELD_VISIT, 2, NEVER, Located.STILL_MISSING), (Work.FIELD_VISIT, 3, T, Located.STILL_MISSING),
    ],
)  # fmt: skip
def test_the_child_is_found_by_those_who_are_at_it(s, work, version, located, by):
    """In the field if a visit runs, else from the desk; not by a find that was superseded."""
    e = episode(s, find_version=3, located=located, field_task=s.row("tasks", work=work, progress=Progress.RUNNING))
    assert police.found(s.w, s.p, e, version) == by


# reviews


def review(s: Stage, kind: int = 0, u: float = 0.6999, **columns: object) -> int:
    """The third review of an episode falls due, with this luck in being done."""
    e = episode(s, **({"reviews": 2, "reported": T - 30.0} | columns))
    s.lucky(Decision.REVIEW_DONE, u, occurrence=3 * luck.ACTIONS + luck.ACTIONS // 2 + 2)
    police.reviewed(s.w, s.p, e, kind, T)
    return e


@pytest.mark.parametrize(("u", "done"), [(0.6999, 1), (0.7, 0)])
def test_a_share_of_reviews_is_done(s, u, done):
    """All count as due, those done have a line in the trace."""
    e = review(s, u=u)
    assert (s.w.episodes[e].reviews, s.w.episodes[e].reviews_done) == (3, done)
    assert s.noted() == [(T, Event.REVIEWED, e, NOBODY)] * done


@pytest.mark.parametrize(("kind", "due"), [(0, T + 1.5 * 6.0), (1, None), (2, T + 4.5)])
def test_each_kind_of_review_comes_again_in_its_way(s, kind, due):
    """By the interval of the grade, which grows; at 24 hours only once; after each change of shift."""
    e = review(s, kind=kind)
    assert s.due(Event.REVIEWED) == ([(due, e, kind)] if due else [])


def test_there_are_no_reviews_of_an_ended_episode(s):
    """The child is back."""
    e = review(s, located=T)
    assert s.w.episodes[e].reviews == 2
    assert s.agenda.lines == []


@pytest.mark.parametrize(("strand", "event"), [("desk", Event.DESK_DUE), ("field", Event.FIELD_DUE)])
def test_a_review_that_is_done_finds_what_a_handover_lost(s, strand, event):
    """It is due again now; the other strand is left alone; a review that is not done finds nothing."""
    e = review(s, **{strand: Plan.LOST, "plan_version": 2})
    assert s.due(event) == [(T, e, 2)]
    assert getattr(s.w.episodes[e], strand) == Plan.DUE
    assert len(s.agenda.lines) == 2
    not_done = Stage(PLAIN)
    e = review(not_done, u=0.7, **{strand: Plan.LOST})
    assert getattr(not_done.w.episodes[e], strand) == Plan.LOST


@pytest.mark.parametrize(("first", "knowable", "regraded"), [(LOW, MEDIUM, T), (LOW, LOW, NEVER), (LOW, HIGH, NEVER), (MEDIUM, MEDIUM, NEVER)])
def test_a_grade_that_rises_to_what_was_knowable_is_dated(s, first, knowable, regraded):
    """Low becomes medium after 30 hours: a new plan, a line in the trace; it mends an under-grading only if there was one and it reaches."""
    e = review(s, grade=LOW, first_grade=first, knowable_grade=knowable, plan_version=1)
    row = s.w.episodes[e]
    assert (row.grade, row.regraded, row.plan_version) == (MEDIUM, regraded, 2)
    assert (T, Event.REGRADED, e, NOBODY) in s.noted()
    assert s.due(Event.REVIEWED) == [(T + 1.5 * 6.0, e, 0)], "by the new grade"


def test_only_the_first_mending_is_dated(s):
    """A date that is there stays."""
    e = review(s, grade=LOW, first_grade=LOW, knowable_grade=MEDIUM, regraded=T - 5.0)
    assert s.w.episodes[e].regraded == T - 5.0


@pytest.mark.parametrize(("since", "bypassed"), [(30.0, False), (29.0, True)])
def test_an_episode_that_is_graded_up_is_no_longer_bypassed(s, since, bypassed):
    """None becomes medium after 30 hours; before that nothing changes, no plan starts."""
    e = review(s, grade=NONE, bypassed=True, reported=T - since)
    assert s.w.episodes[e].bypassed == bypassed
    assert s.w.episodes[e].plan_version == (0 if bypassed else 1)


def test_a_challenge_that_lifts_the_lowest_grade_ends_the_bypass(s):
    """From none to low is enough: the search starts."""
    s = Stage(PLAIN, {"practice.challenge_share": 1.0})
    e = review(s, grade=NONE, bypassed=True, reported=T - 1.0)
    assert (s.w.episodes[e].grade, s.w.episodes[e].bypassed, s.w.episodes[e].plan_version) == (LOW, False, 1)


def test_the_numbered_luck_of_reviews_ends_at_the_last_number(s):
    """Beyond 2,047 reviews each has the luck of the last."""
    s.lucky(Decision.REVIEW_DONE, 0.0, occurrence=3 * luck.ACTIONS + luck.ACTIONS - 1)
    e = episode(s, reviews=9_999)
    police.reviewed(s.w, s.p, e, 1, T)
    assert s.w.episodes[e].reviews_done == 1


# handover


@pytest.mark.parametrize("strand", ["desk", "field"])
@pytest.mark.parametrize(("u", "lost"), [(0.1999, True), (0.2, False)])
def test_a_handover_loses_a_share_of_the_search_tasks_that_wait(s, strand, u, lost):
    """Lost for its strand, until a review notices, and counted for the area."""
    task = s.row("tasks", work=Work.FIELD_VISIT, episode=0, number=8)
    e = episode(s, **{strand: Plan.ASKED, f"{strand}_task": task})
    s.w.pools[Pool.RESPONSE].first[Line.PRIORITY] = task
    s.lucky(Decision.LOST_AT_HANDOVER, u, occurrence=8)
    police.handed_over(s.w, s.p, Pool.RESPONSE, T)
    row = s.w.episodes[e]
    assert (s.w.tasks[task].progress, s.w.now.lost_at_handover) == ((Progress.LOST, 1) if lost else (Progress.WAITING, 0))
    assert (getattr(row, strand), getattr(row, f"{strand}_task")) == ((Plan.LOST, NOBODY) if lost else (Plan.ASKED, task))
    other = "field" if strand == "desk" else "desk"
    assert (getattr(row, other), getattr(row, f"{other}_task")) == (Plan.NONE, NOBODY)


def test_a_handover_looks_at_every_line_and_every_task_and_loses_no_other_work(s):
    """Three in line: an incident, a task that runs already, a desk enquiry; and one more in the last line. Both enquiries are lost."""
    e = episode(s)
    kinds = [(Work.OTHER_INCIDENT, Progress.WAITING), (Work.FIELD_VISIT, Progress.RUNNING), (Work.DESK_ENQUIRY, Progress.WAITING)]
    tasks = [s.row("tasks", work=work, progress=progress, episode=e, number=8) for work, progress in [*kinds, kinds[-1]]]
    s.w.tasks[0].next_in_line, s.w.tasks[1].next_in_line = 1, 2
    s.w.pools[Pool.DESK].first[Line.URGENT], s.w.pools[Pool.DESK].first[Line.LAST] = 0, 3
    s.lucky(Decision.LOST_AT_HANDOVER, 0.0, occurrence=8)
    police.handed_over(s.w, s.p, Pool.DESK, T)
    assert [s.w.tasks[task].progress for task in tasks] == [Progress.WAITING, Progress.RUNNING, Progress.LOST, Progress.LOST]
    assert s.w.now.lost_at_handover == 2


# the prevention interview


@pytest.mark.parametrize(("grade", "delay"), [(-1, 40.0), (NONE, 40.0), (LOW, 30.0), (HIGH, 10.0)])
def test_a_prevention_interview_is_asked_for_after_a_delay_by_grade(s, grade, delay):
    """A unit exponential times the mean of the grade; ungraded counts as the lowest. Until then the case is open."""
    e = episode(s, grade=grade, located=T)
    s.lucky(Decision.PREVENTION_DONE, 0.5999)
    s.lucky(Decision.PREVENTION_DELAY, UNIT)
    police.prevention_due(s.w, s.p, e, 0, T)
    assert s.agenda.lines == [(pytest.approx(T + delay), Event.PREVENTION_DUE, e, 1)]
    assert (s.w.episodes[e].interview_due, s.w.episodes[e].closed) == (True, NEVER)


@pytest.mark.parametrize(("u", "bypassed"), [(0.6, False), (0.0, True)])
def test_without_an_interview_the_case_is_closed_at_once(s, u, bypassed):
    """By the share, or since the episode was bypassed."""
    e = episode(s, located=T, bypassed=bypassed)
    s.lucky(Decision.PREVENTION_DONE, u)
    police.prevention_due(s.w, s.p, e, 0, T)
    assert (s.w.episodes[e].interview_due, s.w.episodes[e].closed) == (False, T)
    assert s.agenda.lines == []


def test_a_child_who_is_missing_again_is_not_reached(s):
    """When its time has come, or when someone came to speak to it: the case is closed without an interview."""
    first, second = episode(s), s.episode(0)
    police.prevention_due(s.w, s.p, first, 1, T)
    police.prevention_done(s.w, s.p, second, s.row("tasks"), T)
    assert [s.w.episodes[e].closed for e in (first, second)] == [T, T]
    assert [s.w.episodes[e].prevention for e in (first, second)] == [NEVER, NEVER]
    assert s.w.now.tasks == 1


@pytest.mark.parametrize(
    ("grade", "u", "in_person"), [(MEDIUM, 0.2999, True), (MEDIUM, 0.3, False), (HIGH, 0.3999, True), (-1, 0.0999, True), (-1, 0.1, False)]
)
def test_a_share_by_grade_is_in_person_by_a_unit_and_the_others_by_phone(s, grade, u, in_person):
    """In the last line of the pool, of the hours that it takes."""
    e = episode(s, grade=grade)
    s.w.children[0].missing = False
    s.lucky(Decision.PREVENTION_IN_PERSON, u)
    police.prevention_due(s.w, s.p, e, 1, T)
    task = s.w.tasks[0]
    assert (task.work, task.line, task.episode, task.number, task.grade) == (Work.PREVENTION_INTERVIEW, Line.LAST, e, 0, grade)
    assert (task.pool, task.hours, task.in_person) == ((Pool.RESPONSE, 1.25, True) if in_person else (Pool.DESK, 0.25, False))
    assert s.noted() == [(T, Event.TASK_ASKED, 0, task.pool)]


def speak(s: Stage, in_person: bool = True, **child: object) -> int:
    """The child of an episode is spoken to; luck is what the test named before."""
    e = episode(s, harmed=T - 3.0, located=T - 2.0)
    s.put(s.w.children[0], {"missing": False, "network": 1} | child)
    police.prevention_done(s.w, s.p, e, s.row("tasks", in_person=in_person, pool=Pool.RESPONSE), T)
    assert s.w.episodes[e].closed == T
    return e


@pytest.mark.parametrize(("in_person", "recorded", "used"), [(True, 0.8999, 1), (True, 0.9, 0), (False, 0.0, 0)])
def test_intelligence_is_gathered_in_person_and_used_if_the_case_is_recorded(s, in_person, recorded, used):
    """Dated, in person or not, with a line in the trace."""
    s.lucky(Decision.RECORDED, recorded)
    row = s.w.episodes[speak(s, in_person)]
    assert (row.prevention, row.prevention_in_person, row.intelligence, row.intelligence_used) == (T, in_person, in_person, used)
    assert s.noted() == [(T, Event.PREVENTION_DONE, 0, Pool.RESPONSE)]


@pytest.mark.parametrize(("in_person", "u", "told"), [(True, 0.4999, True), (True, 0.5, False), (False, 0.2499, True), (False, 0.25, False)])
def test_harm_is_told_more_often_in_person(s, in_person, u, told):
    """0.5, and half of that by phone; where there was no harm there is none to tell."""
    s.lucky(Decision.HARM_TOLD_PREVENTION, u)
    assert s.w.episodes[speak(s, in_person)].harm_recorded == (T if told else NEVER)
    unharmed = Stage(PLAIN)
    unharmed.lucky(Decision.HARM_TOLD_PREVENTION, 0.0)
    e = episode(unharmed)
    unharmed.w.children[0].missing = False
    police.prevention_done(unharmed.w, unharmed.p, e, unharmed.row("tasks", in_person=True), T)
    assert unharmed.w.episodes[e].harm_recorded == NEVER


@pytest.mark.parametrize(
    ("state", "gone", "in_person", "u", "new"),
    [
        (State.EXPLOITED, NEVER, True, 0.3999, True), (State.EXPLOITED, NEVER, True, 0.4, False), (State.EXPLOITED, NEVER, False, 0.1999, True),
        (State.EXPLOITED, NEVER, False, 0.2, False), (State.GROOMED, NEVER, True, 0.0, False), (State.EXPLOITED, T, True, 0.0, False),
    ],
)  # fmt: skip
def test_an_exploited_child_may_disclose(s, state, gone, in_person, u, new):
    """By a share, half as often by phone; then it is identified by this channel."""
    s.lucky(Decision.PREVENTION_DISCLOSES, u)
    speak(s, in_person, state=state, gone=gone)
    assert s.w.now.identifications == new
    assert s.w.identifications[0].channel == (Channel.PREVENTION_INTERVIEW if new else Channel.NONE)


@pytest.mark.parametrize(("in_person", "u", "learned"), [(True, 0.3999, True), (True, 0.4, False), (False, 0.1999, True), (False, 0.2, False)])
def test_the_reason_is_learned_where_it_is_asked_for(s, in_person, u, learned):
    """0.8 of the half in which it is asked for, half of that by phone; luck of its own says whether it is addressed."""
    s.lucky(Decision.PREVENTION_REASON, u)
    s.lucky(Decision.PREVENTION_ADDRESSED, 0.0)
    speak(s, in_person, reason=Reason.PULL)
    assert (s.w.children[0].addressed_until > T + DAY) == learned
    assert s.w.children[0].born < T - 14.0 * YEAR
