"""The return home interview: expected, offered, arranged, held, shared, or expired."""

from __future__ import annotations

import pytest

from sim.model import return_interview as rhi
from sim.model.events import Event
from sim.model.luck import Decision
from sim.model.words import NEVER, NOBODY, Channel, Line, Pool, Progress, State, Work
from tests.model.rules.stage import DAY, MIDDLE, MONDAY_10, Stage
from tests.model.small import Overrides

T = MONDAY_10
PLAIN: Overrides = {
    "area.nation": "england",
    "practice.wales_after_episodes": 3,
    "practice.rhi_offered_share": 0.8,
    "practice.rhi_out_of_area_factor": 0.5,
    "practice.rhi_offer_hours": 20.0,
    "practice.rhi_delay_spread": 0.7,
    "practice.rhi_expires_days": 21.0,
    "practice.rhi_completed_share": 0.9,
    "practice.rhi_arrange_hours": 30.0,
    "practice.rhi_hours": 2.5,
    "practice.rhi_shared_share": 0.5,
    "practice.rhi_share_hours": 48.0,
    "practice.delay_spread": 1.0,
    "practice.rhi_referral_share": 0.6,
    "practice.rhi_referral_hours": 12.0,
    "practice.reason_asked_share": 0.5,
    "practice.reason_addressed_share": 1.0,
    "world.rhi_offer_clustering": 0.4,
    "world.rhi_uptake": 0.7,
    "world.rhi_uptake_fall": 0.02,
    "world.rhi_uptake_exploited": 0.5,
    "world.red_flag_true": 0.6,
    "world.red_flag_false": 0.1,
    "world.rhi_discloses": 0.3,
    "world.vulnerability_learned_share": 0.4,
    "world.rhi_tells_harm": 0.5,
    "world.rhi_learns_reason": 0.8,
}


@pytest.fixture
def s() -> Stage:
    return Stage(PLAIN)


# expected and offered


def test_a_return_is_followed_by_an_offer(s):
    """A new interview for the third episode, open on the child, with the offer and its end on the agenda."""
    e = s.episode(s.child(), occurrence=3)
    s.row("interviews")
    s.lucky(Decision.RHI_OFFERED, 0.7999)
    s.lucky(Decision.RHI_OFFER_DELAY, MIDDLE)
    rhi.returned(s.w, s.p, e, T)
    row = s.w.interviews[1]
    assert (s.w.now.interviews, s.w.children[0].interview, s.w.episodes[e].rhi, s.w.episodes[e].rhi_eligible) == (2, 1, 1, True)
    assert (row.child, row.occurrence, row.returned, row.eligible, row.covered, row.latest, row.closed) == (0, 3, T, True, 1, e, False)
    assert s.agenda.lines == [(pytest.approx(T + 20.0), Event.RHI_OFFERED, 1, 0), (T + 21.0 * DAY, Event.RHI_EXPIRED, 1, 0)]


def test_an_interview_that_is_not_offered_is_closed_at_once(s):
    """It counts as expected, covers its episode, and nothing is to come."""
    e = s.episode(s.child())
    rhi.returned(s.w, s.p, e, T)
    assert (s.w.interviews[0].closed, s.w.children[0].interview, s.w.episodes[e].rhi_eligible) == (True, NOBODY, True)
    assert s.agenda.lines == []


def test_an_open_interview_covers_the_next_episode_too(s):
    """No second interview; the latest episode is this one, as eligible as the first was."""
    c = s.child()
    first, second = s.episode(c), s.episode(c, occurrence=4)
    s.w.children[c].interview = s.row("interviews", child=c, covered=1, latest=first, eligible=True)
    rhi.returned(s.w, s.p, second, T)
    row = s.w.interviews[0]
    assert (s.w.now.interviews, row.covered, row.latest, s.w.episodes[second].rhi, s.w.episodes[second].rhi_eligible) == (1, 2, second, 0, True)


def test_an_episode_that_was_bypassed_has_no_interview(s):
    """Neither a new one nor a share in an open one."""
    c = s.child()
    e = s.episode(c, bypassed=True)
    rhi.returned(s.w, s.p, e, T)
    s.w.children[c].interview = s.row("interviews", child=c, covered=1)
    rhi.returned(s.w, s.p, e, T)
    assert (s.w.episodes[e].rhi, s.w.episodes[e].rhi_eligible) == (NOBODY, False)
    assert (s.w.now.interviews, s.w.interviews[0].covered) == (1, 1)


@pytest.mark.parametrize(("days", "expected"), [([1.0, 300.0, 364.0], True), ([1.0, 300.0, 366.0], False)])
def test_in_wales_the_third_report_in_a_rolling_year_counts(days, expected):
    """Three within 365 days."""
    s = Stage(PLAIN, {"area.nation": "wales"})
    c = s.child()
    s.w.children[c].reported_recently[:3] = [T - day * DAY for day in days]
    e = s.episode(c)
    rhi.returned(s.w, s.p, e, T)
    assert s.w.episodes[e].rhi_eligible == expected
    assert s.w.now.interviews == expected


@pytest.mark.parametrize(("out", "u", "offered"), [(False, 0.7999, True), (False, 0.8, False), (True, 0.3999, True), (True, 0.4, False)])
def test_a_share_of_interviews_is_offered_and_fewer_outside_the_area(s, out, u, offered):
    """0.8, and half of that for a child placed outside."""
    c = s.child(out_of_area=out)
    s.lucky(Decision.RHI_OFFERED, u)
    assert rhi.is_offered(s.w, s.p, c, 3) == offered


@pytest.mark.parametrize(("u", "by_child"), [(0.3999, True), (0.4, False)])
def test_some_offers_are_settled_by_child(s, u, by_child):
    """Then luck is the child's own, the same each time; otherwise the episode's."""
    c = s.child()
    s.lucky(Decision.RHI_OFFERED_CHILD, u, occurrence=0)
    s.lucky(Decision.RHI_OFFERED, 0.0, occurrence=0)
    assert rhi.is_offered(s.w, s.p, c, 3) == by_child


# the offer


def offer(s: Stage, accepted: float, completed: float = 0.0, **child: object) -> int:
    """An offer is made for the third episode, with this luck."""
    c = s.child(**({"reports": 3} | child))
    i = s.row("interviews", child=c, occurrence=3)
    s.w.children[c].interview = i
    s.lucky(Decision.RHI_ACCEPTED, accepted)
    s.lucky(Decision.RHI_COMPLETED, completed)
    s.lucky(Decision.RHI_ARRANGED, MIDDLE)
    rhi.offered(s.w, s.p, i, T)
    return i


def test_an_offer_that_is_accepted_is_arranged(s):
    """Offered now, arranged for 30 hours later; the trace has a line."""
    i = offer(s, 0.6599)
    row = s.w.interviews[i]
    assert (row.offered, row.accepted, row.appointed, row.closed) == (T, True, pytest.approx(T + 30.0), False)
    assert s.agenda.lines == [(row.appointed, Event.RHI_ARRANGED, i, 0)]
    assert s.noted() == [(T, Event.RHI_OFFERED, i, NOBODY)]


@pytest.mark.parametrize(
    ("reports", "state", "uptake"),
    [(1, State.NONE, 0.7), (3, State.GROOMED, 0.66), (3, State.EXPLOITED, 0.33), (11, State.NONE, 0.5), (30, State.NONE, 0.5)],
)
def test_uptake_falls_with_repeats_up_to_ten_and_with_exploitation(s, reports, state, uptake):
    """0.7 less 0.02 for each earlier report, half of that for an exploited child."""
    assert s.w.interviews[offer(s, uptake - 1e-6, reports=reports, state=state)].accepted
    s.w.now.children = 0
    refused = s.w.interviews[offer(s, uptake + 1e-6, reports=reports, state=state)]
    assert not refused.accepted
    assert refused.closed
    assert s.w.children[0].interview == NOBODY


def test_an_accepted_offer_that_the_service_cannot_arrange_is_closed(s):
    """Luck of 0.9 is not below 0.9."""
    row = s.w.interviews[offer(s, 0.0, completed=0.9)]
    assert (row.accepted, row.closed, row.appointed) == (True, True, NEVER)
    assert s.agenda.lines == []


def test_no_offer_is_made_for_an_interview_that_is_closed(s):
    """It has expired meanwhile."""
    c = s.child()
    i = s.row("interviews", child=c, closed=True)
    rhi.offered(s.w, s.p, i, T)
    assert s.w.interviews[i].offered == NEVER
    assert s.noted() == []


# the appointment


def test_at_the_arranged_time_an_interviewer_is_asked_for(s):
    """One task, in the routine line of interviewers, of the hours that an interview takes."""
    s.staff(Pool.INTERVIEWER, 0)
    i = s.row("interviews", child=s.child())
    rhi.arranged(s.w, s.p, i, T)
    rhi.arranged(s.w, s.p, i, T)
    assert (s.w.now.tasks, s.w.interviews[i].task) == (1, 0)
    task = s.w.tasks[0]
    assert (task.work, task.pool, task.line) == (Work.RETURN_HOME_INTERVIEW, Pool.INTERVIEWER, Line.ROUTINE)
    assert (task.episode, task.number, task.grade, task.hours) == (i, 0, -1, 2.5)
    assert s.noted() == [(T, Event.TASK_ASKED, 0, Pool.INTERVIEWER)]


@pytest.mark.parametrize(("missing", "closed"), [(True, False), (False, True)])
def test_nobody_is_asked_for_a_child_who_is_away_or_an_interview_that_is_closed(s, missing, closed):
    """It waits for the return, or has lost its point."""
    i = s.row("interviews", child=s.child(missing=missing), closed=closed)
    rhi.arranged(s.w, s.p, i, T)
    assert s.w.now.tasks == 0


@pytest.mark.parametrize(("appointed", "task", "again"), [(T, NOBODY, True), (T + 1.0, NOBODY, False), (T, 0, False)])
def test_back_again_an_interview_whose_time_has_passed_is_arranged_now(s, appointed, task, again):
    """Not one whose time is still to come, nor one already asked for."""
    c = s.child()
    s.w.children[c].interview = s.row("interviews", child=c, appointed=appointed, task=task)
    rhi.back_again(s.w, c, T)
    assert s.agenda.lines == ([(T, Event.RHI_ARRANGED, 0, 0)] if again else [])


def test_a_child_without_an_interview_has_none_to_hold(s):
    """The last row of the table is nobody's."""
    s.w.interviews[-1].appointed = 0.0
    rhi.back_again(s.w, s.child(), T)
    assert s.agenda.lines == []


# held


def hold(s: Stage, **child: object) -> int:
    """An interview of the third episode is held now; luck is what the test named before."""
    c = s.child(**child)
    e = s.episode(c, harmed=T - 5.0)
    i = s.row("interviews", child=c, occurrence=3, latest=e, task=0)
    s.w.children[c].interview = i
    rhi.done(s.w, s.p, i, T)
    return i


def test_an_interview_held_is_closed_and_adds_to_what_is_known(s):
    """Dated, closed, a piece of intelligence on the latest episode, a line in the trace; with luck against everything, no more."""
    i = hold(s)
    row, episode, child = s.w.interviews[i], s.w.episodes[0], s.w.children[0]
    assert (row.done, row.closed, child.interview, episode.intelligence) == (T, True, NOBODY, 1)
    assert (row.red_flags, row.disclosed, child.vulnerability_social, child.vulnerability_standard, episode.harm_recorded) == (False,) * 4 + (NEVER,)
    assert s.noted() == [(T, Event.RHI_DONE, i, Pool.INTERVIEWER)]
    assert s.agenda.lines == []


def test_a_child_gone_missing_meanwhile_is_met_at_the_next_return(s):
    """The interview stays open and asks afresh then; a closed one does nothing."""
    i = hold(s, missing=True)
    row = s.w.interviews[i]
    assert (row.done, row.closed, row.task) == (NEVER, False, NOBODY)
    row.closed, s.w.children[0].missing = True, False
    rhi.done(s.w, s.p, i, T + 1.0)
    assert row.done == NEVER


@pytest.mark.parametrize(
    ("state", "u", "flag"), [(State.NONE, 0.0999, True), (State.NONE, 0.1, False), (State.GROOMED, 0.5999, True), (State.EXPLOITED, 0.6, False)]
)
def test_red_flags_are_likelier_where_there_is_something(s, state, u, flag):
    """0.6 of groomed or exploited children, 0.1 of others."""
    s.lucky(Decision.RHI_RED_FLAG, u)
    assert s.w.interviews[hold(s, state=state)].red_flags == flag


@pytest.mark.parametrize(("state", "u", "disclosed"), [(State.EXPLOITED, 0.2999, True), (State.EXPLOITED, 0.3, False), (State.GROOMED, 0.0, False)])
def test_an_exploited_child_may_disclose(s, state, u, disclosed):
    """Then it is identified by the interview, social care and standard practice have it on record, and it is disclosed to be shared."""
    s.lucky(Decision.RHI_DISCLOSES, u)
    i = hold(s, state=state, network=1)
    child = s.w.children[0]
    assert s.w.interviews[i].disclosed == disclosed
    assert (child.flag_standard, child.flag_social) == ((T, T) if disclosed else (NEVER, NEVER))
    assert s.w.identifications[0].channel == (Channel.RETURN_HOME_INTERVIEW if disclosed else Channel.NONE)
    assert s.agenda.lines == []


@pytest.mark.parametrize(("u", "identified", "referred"), [(0.5999, NEVER, True), (0.6, NEVER, False), (0.0, T - 9.0, False)])
def test_the_interviewer_refers_a_share_of_what_is_new(s, u, identified, referred):
    """Twelve hours later, with no episode named; exploitation that was known already is not referred again."""
    s.lucky(Decision.RHI_DISCLOSES, 0.0)
    s.lucky(Decision.RHI_REFERS, u)
    hold(s, state=State.EXPLOITED, network=1, identified=identified)
    assert s.due(Event.REFERRED) == ([(T + 12.0, 0, NOBODY)] if referred else [])


@pytest.mark.parametrize(("u", "learned"), [(0.3999, True), (0.4, False)])
def test_the_worker_may_learn_of_vulnerability(s, u, learned):
    """Then social care holds it, and so does standard practice; police do not, until it is shared."""
    s.lucky(Decision.RHI_VULNERABILITY, u)
    hold(s)
    child = s.w.children[0]
    assert (child.vulnerability_social, child.vulnerability_standard, child.vulnerability_police) == (learned, learned, False)


@pytest.mark.parametrize(
    ("u", "harmed", "recorded", "after"), [(0.4999, T, NEVER, T), (0.5, T, NEVER, NEVER), (0.0, NEVER, NEVER, NEVER), (0.0, T, T - 1.0, T - 1.0)]
)
def test_harm_that_police_did_not_learn_of_may_be_told(s, u, harmed, recorded, after):
    """Of the latest episode; harm on record keeps its date."""
    s.lucky(Decision.RHI_HARM_TOLD, u)
    c = s.child()
    e = s.episode(c, harmed=harmed, harm_recorded=recorded)
    rhi.done(s.w, s.p, s.row("interviews", child=c, occurrence=3, latest=e), T)
    assert s.w.episodes[e].harm_recorded == after


@pytest.mark.parametrize(("u", "learned"), [(0.3999, True), (0.4, False)])
def test_the_reason_is_learned_where_it_is_asked_for(s, u, learned):
    """0.8 of the half in which it is asked for; a reason that is addressed lowers the rate from now on."""
    s.lucky(Decision.RHI_REASON, u)
    hold(s)
    assert (s.w.children[0].addressed_until > T) == learned


@pytest.mark.parametrize(("u", "shared"), [(0.4999, True), (0.5, False)])
def test_a_share_is_shared_with_police_after_a_delay(s, u, shared):
    """A median of 48 hours."""
    s.lucky(Decision.RHI_SHARED, u)
    s.lucky(Decision.RHI_SHARE_DELAY, MIDDLE)
    i = hold(s)
    assert s.due(Event.RHI_SHARED) == ([(pytest.approx(T + 48.0), i, 0)] if shared else [])


def test_a_young_person_who_has_turned_18_is_interviewed_and_that_is_all(s):
    """Dated and closed; nothing is learned for a population that it has left."""
    for decision in (Decision.RHI_SHARED, Decision.RHI_VULNERABILITY, Decision.RHI_RED_FLAG, Decision.RHI_REASON):
        s.lucky(decision, 0.0)
    i = hold(s, gone=T - 1.0)
    assert (s.w.interviews[i].done, s.w.interviews[i].closed, s.w.interviews[i].red_flags) == (T, True, False)
    assert s.w.episodes[0].intelligence == 0
    assert s.agenda.lines == []


# shared, or expired


@pytest.mark.parametrize(("disclosed", "known"), [(True, False), (False, True)])
def test_what_is_shared_reaches_police_systems(s, disclosed, known):
    """A disclosure as a flag, a vulnerability as one, and the intelligence is used; the trace has a line."""
    c = s.child(vulnerability_social=known)
    i = s.row("interviews", child=c, disclosed=disclosed, latest=s.episode(c))
    rhi.shared(s.w, s.p, i, T)
    child = s.w.children[c]
    assert (child.flag_police, child.vulnerability_police) == (T if disclosed else NEVER, known)
    assert (s.w.interviews[i].shared, s.w.episodes[0].intelligence_used) == (T, 1)
    assert s.noted() == [(T, Event.RHI_SHARED, i, NOBODY)]


@pytest.mark.parametrize(
    ("progress", "closed", "dropped"),
    [(Progress.WAITING, True, True), (Progress.RUNNING, False, False), (None, True, False)],
)
def test_an_interview_that_was_never_held_expires(s, progress, closed, dropped):
    """A waiting task is dropped; one that is being held right now goes on; one never asked for is just closed."""
    c = s.child()
    task = NOBODY if progress is None else s.row("tasks", progress=progress)
    i = s.row("interviews", child=c, task=task)
    s.w.children[c].interview = i
    rhi.expired(s.w, s.p, i, T)
    assert (s.w.interviews[i].closed, s.w.children[c].interview) == (closed, NOBODY if closed else i)
    assert [event for _, event, _, _ in s.noted()] == [Event.TASK_DROPPED] * dropped


def test_an_interview_that_is_over_does_not_expire(s):
    """Its task stays as it is, and the child's next interview is not closed in its stead."""
    c = s.child()
    i, j = s.row("interviews", child=c, closed=True, task=s.row("tasks")), s.row("interviews", child=c)
    s.w.children[c].interview = j
    rhi.expired(s.w, s.p, i, T)
    rhi.close(s.w, i)
    assert s.noted() == []
    assert (s.w.children[c].interview, s.w.interviews[j].closed) == (j, False)
