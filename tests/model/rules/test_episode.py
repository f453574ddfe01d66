"""An episode: leaving, the clocks that end it, the report, harm, and what being located sets in motion."""

from __future__ import annotations

from math import exp, inf

import pytest

from sim.model import episode
from sim.model.events import Event
from sim.model.luck import Decision, normal
from sim.model.words import NEVER, NOBODY, Channel, Located, Plan, Progress, State, Work
from tests.model.rules.stage import DAY, MIDDLE, MONDAY_10, UNIT, Stage
from tests.model.small import YEAR, Overrides

T = MONDAY_10
PLAIN: Overrides = {
    "world.own_return_median": 20.0,
    "world.own_return_spread": 1.0,
    "world.own_return_rare_from": 22.0,
    "world.own_return_rare_until": 6.0,
    "world.own_return_rare_weight": 0.5,
    "world.third_party_rate": 0.5,
    "world.third_party_fade_hours": 3.0,
    "world.reported_share": [0.8, 0.6, 0.0, 0.0],
    "world.report_delay_median": [2.0, 5.0, 1.0, 1.0],
    "world.report_delay_spread": 0.8,
    "world.harm_per_hour": 0.01,
    "world.harm_severity_mix": [0.6, 0.3, 0.1],
    "world.night_exposure_weight": 3.0,
    "world.risk_vulnerability": 0.5,
    "world.risk_age": 0.1,
    "world.risk_groomed": 0.4,
    "world.risk_exploited": 0.7,
    "world.risk_tonight_known": 0.9,
    "world.risk_tonight_hidden": 0.6,
    "world.find_identifies_share": 0.3,
    "world.perpetrator_met_share": 0.2,
    "world.leaving_per_year": [8.76, 8.76, 8.76, 8.76],
    "world.recency_first_week": 1.0,
    "world.recency_first_month": 1.0,
    "practice.call_grading_hours": 0.4,
    "practice.flag_lasts_days": 100.0,
    "practice.trigger_plan_lasts_days": 50.0,
    "resources.late_starts": 14.0,
    "resources.night_starts": 22.0,
    "resources.night_ends": 6.0,
}


@pytest.fixture
def s() -> Stage:
    return Stage(PLAIN)


def away(s: Stage, **columns: object) -> int:
    """A child of 14 who left at T for its third episode, which is open."""
    c = s.child(missing=True, born=T - 14.0 * YEAR, episodes=3, state_updated=T)
    e = s.episode(c, left=T, closes=T + 500.0, closes_by=Located.OWN_RETURN, **columns)
    s.w.children[c].episode = e
    return e


# leaving


def test_a_child_who_leaves_has_a_new_episode_with_its_own_luck(s):
    """Its third: numbered, dated, with tonight's circumstances, thresholds and an end; the trace has a line."""
    c = s.child(episodes=2, left_recently=[-inf] * 8, leaving_version=5, leaving_updated=T, leaving_left=0.5)
    s.lucky(Decision.TONIGHT_KNOWN, 0.8)
    s.lucky(Decision.TONIGHT_HIDDEN, 0.3)
    s.lucky(Decision.OWN_RETURN, MIDDLE)
    s.lucky(Decision.HARM, UNIT)
    s.row("episodes")
    episode.left(s.w, s.p, c, 5, T)
    child, e = s.w.children[c], 1
    row = s.w.episodes[e]
    assert (s.w.now.episodes, child.episodes, child.episode, child.missing) == (2, 3, e, True)
    assert child.left_recently[2] == T
    assert child.left_recently.count(-inf) == 7
    assert (row.child, row.occurrence, row.left) == (c, 3, T)
    assert row.risk_informant == pytest.approx(0.9 * normal(0.8))
    assert row.risk_hidden == pytest.approx(0.6 * normal(0.3))
    assert (row.harm_left, row.harm_updated, row.harm_version) == (pytest.approx(1.0), T, 1)
    assert s.due(Event.CLOSED) == [(row.closes, e, 0)]
    assert s.noted() == [(T, Event.LEFT, e, NOBODY)]
    assert child.state_by_night, "time away counts by night from now on"


@pytest.mark.parametrize("columns", [{"leaving_version": 6}, {"missing": True}, {"gone": T - 1.0}])
def test_nobody_leaves_by_an_event_that_was_superseded(s, columns):
    """Another version, away already, or 18 by now: nothing happens."""
    c = s.child(**({"leaving_version": 5} | columns))
    episode.left(s.w, s.p, c, 5, T)
    assert s.w.now.episodes == 0
    assert s.agenda.lines == []


def test_leaving_uses_up_the_rest_of_the_threshold_and_a_place_in_the_year(s):
    """What was left of the threshold is spent; over the yearly limit the child stays and waits."""
    s = Stage(PLAIN, {"world.episodes_a_year_limit": 2})
    c = s.child(leaving_left=0.5, leaving_updated=T - 100.0, year_starts=T - 200.0, year_count=2)
    episode.left(s.w, s.p, c, 0, T)
    assert s.w.children[c].leaving_left == pytest.approx(0.4)
    assert s.w.now.episodes == 0
    assert s.due(Event.LEFT) == [(T - 200.0 + YEAR, c, 1)]


@pytest.mark.parametrize(("progress", "withdrawn"), [(Progress.WAITING, True), (Progress.RUNNING, False)])
def test_an_interview_that_waits_is_withdrawn_when_the_child_leaves_again(s, progress, withdrawn):
    """It waits for the next return; one that is being held goes on."""
    c = s.child()
    task = s.row("tasks", work=Work.RETURN_HOME_INTERVIEW, progress=progress)
    s.w.children[c].interview = s.row("interviews", child=c, task=task)
    episode.left(s.w, s.p, c, 0, T)
    assert s.w.tasks[task].progress == (Progress.DROPPED if withdrawn else Progress.RUNNING)
    assert s.w.interviews[0].task == (NOBODY if withdrawn else task)


def test_a_child_without_interview_or_with_one_not_yet_asked_for_leaves_as_it_is(s):
    """The last rows of the tables are nobody's."""
    c = s.child()
    s.w.tasks[-1].progress = s.w.tasks[0].progress = Progress.WAITING
    episode.withdraw_interview(s.w, T, c)
    s.w.children[c].interview = s.row("interviews", child=c)
    episode.withdraw_interview(s.w, T, c)
    assert s.noted() == []


# the end


def test_the_earlier_of_two_clocks_ends_the_episode(s):
    """Own return after 12 hours by day and 16 by night at half weight: 20 weighted hours from 10:00 end at 6:00 next morning
    and four hours later. A third party with a threshold of 1 comes after 3 (e^2 - 1) = 19.2 hours."""
    e = away(s)
    s.lucky(Decision.OWN_RETURN, MIDDLE)
    episode.set_end(s.w, s.p, e, T)
    assert (s.w.episodes[e].closes, s.w.episodes[e].closes_by) == (pytest.approx(T + 24.0), Located.OWN_RETURN)
    s.lucky(Decision.THIRD_PARTY, UNIT)
    episode.set_end(s.w, s.p, e, T)
    third = T + 3.0 * (exp(2.0) - 1.0)
    assert (s.w.episodes[e].closes, s.w.episodes[e].closes_by) == (pytest.approx(third), Located.THIRD_PARTY)
    assert s.due(Event.CLOSED) == [(pytest.approx(T + 24.0), e, 0), (pytest.approx(third), e, 0)]


def test_where_no_third_party_looks_the_child_comes_back_alone(s):
    """Rate 0: whatever luck says."""
    s = Stage(PLAIN, {"world.third_party_rate": 0.0})
    e = away(s)
    s.lucky(Decision.OWN_RETURN, 0.99)
    s.lucky(Decision.THIRD_PARTY, 0.0)
    episode.set_end(s.w, s.p, e, T)
    assert s.w.episodes[e].closes_by == Located.OWN_RETURN
    assert s.w.episodes[e].closes > T + 100.0


# the report


@pytest.mark.parametrize(("u", "reported"), [(0.7999, True), (0.8, False)])
def test_a_share_is_ever_reported_after_a_delay(s, u, reported):
    """The home's share and the home's median."""
    e = away(s)
    s.lucky(Decision.EVER_REPORTED, u)
    s.lucky(Decision.REPORT_DELAY, MIDDLE)
    episode.set_report(s.w, s.p, e, T)
    assert s.due(Event.REPORTED) == ([(pytest.approx(T + 2.0), e, 0)] if reported else [])


def test_an_episode_that_ends_before_its_report_is_never_reported(s):
    """Back after an hour, or at the very hour of the report."""
    e = away(s)
    s.lucky(Decision.EVER_REPORTED, 0.0)
    s.lucky(Decision.REPORT_DELAY, MIDDLE)
    for closes in (T + 1.0, T + 2.0):
        s.w.episodes[e].closes = closes
        episode.set_report(s.w, s.p, e, T)
    assert s.agenda.lines == []


def test_a_report_notes_what_is_true_and_what_is_in_force(s):
    """State, flag, identification, protection, risk and plan, as they are at the report; the call is graded next."""
    e = away(s, risk_informant=0.3, risk_hidden=0.2, raw_updated=0.0)
    child = s.w.children[0]
    s.put(child, {"state": State.EXPLOITED, "identified": T, "flag_police": T, "protected_until": T + 5.0, "plan_made": T, "vulnerability": 2.0})
    s.put(child, {"reports": 9})
    episode.reported(s.w, s.p, e, T + 2.0)
    row = s.w.episodes[e]
    assert (child.reports, child.reported_recently[1], child.reported_recently[0]) == (10, T + 2.0, -inf)
    assert (row.reported, row.raw_updated, row.state) == (T + 2.0, T + 2.0, State.EXPLOITED)
    assert (row.flagged, row.identified_before, row.protected_before, row.plan_current) == (True, True, True, True)
    assert row.risk == pytest.approx(0.5 * 2.0 + 0.7 + 0.3 + 0.2), "14 years old: age adds nothing"
    assert s.noted() == [(T + 2.0, Event.REPORTED, e, NOBODY)]
    assert s.due(Event.GRADED) == [(T + 2.4, e, 0)]


def test_what_is_out_of_date_is_not_in_force_at_the_report(s):
    """A flag of 101 days ago, protection that ends now, a plan of 51 days ago, nothing identified."""
    e = away(s)
    s.put(s.w.children[0], {"flag_police": T - 101.0 * DAY, "protected_until": T + 2.0, "plan_made": T - 51.0 * DAY})
    episode.reported(s.w, s.p, e, T + 2.0)
    row = s.w.episodes[e]
    assert (row.flagged, row.identified_before, row.protected_before, row.plan_current) == (False, False, False, False)


def test_nobody_reports_a_child_who_is_back(s):
    """Located already: no report."""
    e = away(s, located=T + 1.0)
    episode.reported(s.w, s.p, e, T + 2.0)
    assert s.w.episodes[e].reported == NEVER
    assert s.agenda.lines == []


# harm


def test_harm_comes_when_exposure_has_used_up_its_threshold(s):
    """At 0.01 an exposed hour: from 10:00, twelve hours by day and one third of the rest by night. The rate is e^risk times as high."""
    e = away(s, harm_left=0.21, harm_updated=T)
    episode.retime_harm(s.w, s.p, e, T)
    assert s.due(Event.HARMED) == [(pytest.approx(T + 12.0 + 3.0), e, 1)]
    s.w.children[0].state = State.GROOMED
    episode.retime_harm(s.w, s.p, e, T + 2.0)
    row = s.w.episodes[e]
    assert (row.harm_left, row.harm_updated, row.harm_version) == (pytest.approx(0.19), T + 2.0, 2)
    assert row.harm_rate == pytest.approx(0.01 * exp(0.4))


def test_harm_that_was_overspent_comes_now_and_none_comes_after_the_end(s):
    """Below 0 by rounding: now. Beyond the hour at which the child would be back, or at that hour: not at all."""
    e = away(s, harm_left=-0.1, harm_updated=T)
    episode.retime_harm(s.w, s.p, e, T)
    assert s.due(Event.HARMED) == [(T, e, 1)]
    row = s.w.episodes[e]
    for closes in (T + 4.0, T + 5.0):
        s.put(row, {"harm_left": 0.05, "harm_rate": 0.0, "closes": closes})
        episode.retime_harm(s.w, s.p, e, T)
    assert len(s.due(Event.HARMED)) == 1


def test_a_child_comes_to_harm_once_at_the_most(s):
    """After harm the clock stands still; where the rate is 0 it never starts."""
    e = away(s, harm_left=0.01, harm_updated=T, harmed=T)
    episode.retime_harm(s.w, s.p, e, T)
    safe = Stage(PLAIN, {"world.harm_per_hour": 0.0})
    episode.retime_harm(safe.w, safe.p, away(safe, harm_left=0.01, harm_updated=T), T)
    assert s.agenda.lines == safe.agenda.lines == []
    assert s.w.episodes[e].harm_version == 0


@pytest.mark.parametrize(("u", "severity"), [(0.5999, 1), (0.6, 2), (0.8999, 2), (0.6 + 0.3, 3)])
def test_harm_has_a_severity_by_its_shares(s, u, severity):
    """0.6 less serious, 0.3 serious, the rest very serious; the trace has a line."""
    e = away(s, harm_version=4)
    s.lucky(Decision.HARM_SEVERITY, u)
    episode.harmed(s.w, s.p, e, 4, T + 1.0)
    row = s.w.episodes[e]
    assert (row.harmed, row.harm_without_search, row.severity) == (T + 1.0, T + 1.0, severity)
    assert s.noted() == [(T + 1.0, Event.HARMED, e, NOBODY)]


def test_harm_that_police_prevented_is_noted_apart(s):
    """Located before: what would have come is dated, nothing came. A superseded event dates nothing."""
    e = away(s, harm_version=4, located=T)
    episode.harmed(s.w, s.p, e, 3, T + 1.0)
    assert s.w.episodes[e].harm_without_search == NEVER
    episode.harmed(s.w, s.p, e, 4, T + 1.0)
    row = s.w.episodes[e]
    assert (row.harmed, row.harm_without_search, row.severity) == (NEVER, T + 1.0, 0)


@pytest.mark.parametrize(("missing", "version", "moved"), [(True, 3, 1), (False, 3, 0), (True, 9, 0)])
def test_when_the_state_moves_while_the_child_is_away_so_does_harm(s, missing, version, moved):
    """At home there is no harm to time; a superseded move times nothing."""
    e = away(s, harm_left=1.0, harm_updated=T)
    s.put(s.w.children[0], {"missing": missing, "state_version": 3})
    episode.state_changed(s.w, s.p, 0, version, T + 1.0)
    assert s.w.episodes[e].harm_version == moved


# being located


def test_the_episode_closes_as_luck_had_it_unless_police_came_first(s):
    """Located now, by what the clock said; a second end changes nothing."""
    e = away(s)
    episode.closed(s.w, s.p, e, T + 9.0)
    row = s.w.episodes[e]
    assert (row.located, row.located_by) == (T + 9.0, Located.OWN_RETURN)
    row.closes_by = Located.THIRD_PARTY
    episode.closed(s.w, s.p, e, T + 10.0)
    assert (row.located, row.located_by) == (T + 9.0, Located.OWN_RETURN)


@pytest.mark.parametrize(
    ("by", "event", "brought_back"),
    [
        (Located.OWN_RETURN, Event.CLOSED, False), (Located.THIRD_PARTY, Event.CLOSED, False),
        (Located.POLICE_DESK, Event.FOUND, True), (Located.POLICE_FIELD, Event.FOUND, True),
    ],
)  # fmt: skip
def test_the_childs_clocks_start_afresh_on_return(s, by, event, brought_back):
    """No longer missing, a new threshold for the fourth leaving, a version for each clock; what follows depends on whether it was reported."""
    e = away(s)
    s.lucky(Decision.LEAVING, UNIT, occurrence=4)
    episode.locate(s.w, s.p, e, T + 9.0, by)
    child = s.w.children[0]
    assert (child.missing, child.episode, child.returned, child.brought_back) == (False, NOBODY, T + 9.0, brought_back)
    assert (child.leaving_left, child.leaving_updated, child.leaving_version, child.state_version) == (pytest.approx(1.0), T + 9.0, 1, 1)
    assert s.due(Event.LEFT) == [(pytest.approx(T + 9.0 + 1000.0), 0, 1)]
    assert s.noted() == [(T + 9.0, event, e, NOBODY)]
    assert s.due(Event.PREVENTION_DUE) == []
    assert s.w.children[0].vulnerability_standard is False


def test_a_return_from_a_reported_episode_stands_down_the_search_and_starts_the_follow_up(s):
    """The plan is void; the prevention interview falls due at once; an open return home interview covers this episode too."""
    e = away(s, reported=T + 1.0, desk=Plan.DUE, plan_version=2)
    i = s.row("interviews", child=0, covered=1, eligible=True)
    s.w.children[0].interview = i
    s.lucky(Decision.VULNERABILITY_LEARNED, 0.0)
    episode.locate(s.w, s.p, e, T + 9.0, Located.OWN_RETURN)
    row = s.w.episodes[e]
    assert (row.desk, row.plan_version) == (Plan.NONE, 3)
    assert s.due(Event.PREVENTION_DUE) == [(T + 9.0, e, 0)]
    assert (row.rhi, s.w.interviews[i].covered) == (i, 2)
    assert s.w.children[0].vulnerability_standard


def test_an_interview_whose_time_passed_while_the_child_was_away_is_held_after_any_return(s):
    """Also when the episode was never reported."""
    e = away(s)
    i = s.row("interviews", child=0, appointed=T + 1.0)
    s.w.children[0].interview = i
    episode.locate(s.w, s.p, e, T + 9.0, Located.OWN_RETURN)
    assert s.due(Event.RHI_ARRANGED) == [(T + 9.0, i, 0)]


def test_a_return_after_the_18th_birthday_starts_no_clock(s):
    """The episode runs to its end; the person is no longer in the population."""
    e = away(s)
    s.w.children[0].gone = T + 1.0
    episode.locate(s.w, s.p, e, T + 9.0, Located.OWN_RETURN)
    assert (s.w.children[0].leaving_version, s.w.children[0].state_version) == (0, 0)
    assert s.agenda.lines == []


@pytest.mark.parametrize(
    ("by", "state", "gone", "sees"),
    [
        (Located.POLICE_FIELD, State.EXPLOITED, NEVER, True), (Located.POLICE_DESK, State.EXPLOITED, NEVER, False),
        (Located.POLICE_FIELD, State.GROOMED, NEVER, False), (Located.POLICE_FIELD, State.EXPLOITED, T, False),
    ],
)  # fmt: skip
def test_only_a_find_in_the_field_of_an_exploited_child_shows_exploitation(s, by, state, gone, sees):
    """Then a share sees that it is exploitation, and a share meets a suspected perpetrator."""
    e = away(s)
    s.put(s.w.children[0], {"state": state, "gone": gone, "network": 1})
    s.lucky(Decision.FIND_IDENTIFIES, 0.2999)
    s.lucky(Decision.PERPETRATOR_MET, 0.1999)
    episode.found(s.w, s.p, e, by, T + 9.0)
    assert (s.w.episodes[e].located, s.w.episodes[e].located_by) == (T + 9.0, by)
    assert s.w.now.identifications == sees
    assert s.w.identifications[0].channel == (Channel.SEARCH if sees else Channel.NONE)
    assert s.w.networks[1].suspects == sees


@pytest.mark.parametrize(("identifies", "met"), [(0.3, 0.1999), (0.2999, 0.2)])
def test_seeing_exploitation_and_meeting_a_perpetrator_are_two_things(s, identifies, met):
    """Each has a share and luck of its own."""
    e = away(s)
    s.put(s.w.children[0], {"state": State.EXPLOITED, "network": 1})
    s.lucky(Decision.FIND_IDENTIFIES, identifies)
    s.lucky(Decision.PERPETRATOR_MET, met)
    s.lucky(Decision.PERPETRATOR_ARREST, 0.0)
    episode.found(s.w, s.p, e, Located.POLICE_FIELD, T + 9.0)
    assert s.w.now.identifications == (identifies < 0.3)
    assert (s.w.networks[1].suspects, s.w.networks[1].arrests) == ((1, 1) if met < 0.2 else (0, 0))
