"""Luck and branching: what is equal stays equal to the byte, and what differs differs only from the hour and for the children that it must."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from sim.engine.interpreted import Area
from sim.model.events import Event
from sim.model.words import Home, Pool
from tests.model.small import (
    ALWAYS_REPORTED,
    MUCH_EXPLOITATION,
    NO_EXPLOITATION,
    SMALL,
    Overrides,
    area,
    column_bytes,
    parameters,
    same,
)

CROWDED: Overrides = {
    "area.children": [120, 25, 20, 15],
    "world.leaving_per_year": [3.0, 8.0, 15.0, 8.0],
    "resources.response_units": [3, 3, 2],
    "resources.desk_staff": [2, 2, 1],
}
BUSY = (ALWAYS_REPORTED, MUCH_EXPLOITATION, CROWDED)
WORSE: Overrides = {
    "practice.desk_based_share": 0.9,
    "practice.overnight_activity": 0.0,
    "practice.under_graded_share": 0.6,
    "practice.case_recorded_share": 0.2,
    "practice.referral_share": 0.1,
}
DAYS = 24.0


def ran(until: float, *parts: Overrides, seed: int = 1, replication: int = 0) -> Area:
    it = area(*BUSY, *parts, seed=seed, replication=replication, trace=True)
    it.run(until)
    return it


@pytest.fixture(scope="module")
def whole() -> Area:
    """Forty-five days under one scenario, without a break. Read only."""
    return ran(45 * DAYS)


def alike(a: Area, b: Area) -> bool:
    """Equal in every table and in the trace, byte for byte, and with the same things to come."""
    return same(a.tables(), b.tables()) and a.traced().tobytes() == b.traced().tobytes() and a.env.pending() == b.env.pending()


# equal is equal


def test_the_same_scenario_seed_and_replication_give_the_same_bytes(whole):
    """Run twice, everything is the same; with another seed or replication it is not."""
    assert alike(whole, ran(45 * DAYS))
    assert not same(whole.tables(), ran(45 * DAYS, seed=2).tables())
    assert not same(whole.tables(), ran(45 * DAYS, replication=1).tables())


def test_what_no_rule_reads_changes_nothing(whole):
    """Prices and targets that are only reported leave every byte as it was."""
    others = {"resources.response_cost": 999.0, "resources.price_year": 2001, "practice.response_target_hours": [1.0] * 4}
    assert alike(whole, ran(45 * DAYS, others))


def test_a_trace_does_not_change_what_it_traces(whole):
    """With and without a trace the tables are the same."""
    silent = area(*BUSY)
    silent.run(45 * DAYS)
    assert same(silent.tables(), whole.tables())
    assert len(silent.traced()) == 0


def test_a_run_in_legs_is_a_run(whole):
    """Stopping at odd hours, and going on, changes nothing; nor does asking for an hour that has passed."""
    legs = ran(13.7)
    for until in (13.7, 14.0, 1.0, 400.25, 30 * DAYS, 45 * DAYS):
        legs.run(until)
        legs.tables()
    assert alike(legs, whole)


@pytest.mark.parametrize(("first", "then"), [(0.2, 0.9), (0.1, 1001.3), (13.7, 45 * DAYS)])
def test_a_run_ends_at_the_very_hour_it_was_given(first, then):
    """To the last digit, from wherever it starts: 0.2 + (0.9 - 0.2) is not 0.9."""
    it = area(*BUSY)
    it.run(first)
    assert it.now == first
    it.run(then)
    assert it.now == then


def test_a_run_in_single_steps_is_a_run():
    """Letting one event happen at a time comes to the same, and each step tells the hour, the event and the row that it will note or not."""
    steps = area(*BUSY, trace=True)
    last = 0.0
    while steps.env.peek() < 10 * DAYS:
        due = steps.env.pending()[0]
        t, event, who = steps.step()
        assert (t, int(event), who) == due[:3]
        assert t >= last
        assert steps.now == t
        last = t
    plain = ran(10 * DAYS)
    assert same(steps.tables(), plain.tables())
    assert steps.traced().tobytes() == plain.traced().tobytes()
    assert steps.events == plain.events


def test_steps_go_on_from_where_a_run_stopped():
    """Run, then step, then run: the step is the event that was due next."""
    it = ran(3 * DAYS)
    due = it.env.pending()[0]
    assert it.step() == (due[0], Event(due[1]), due[2])
    it.run(10 * DAYS)
    assert alike(it, ran(10 * DAYS))


# from hour T on


@pytest.mark.parametrize("hour", [0.5, 20 * DAYS + 7.3, 20 * DAYS])
def test_scenarios_that_part_at_an_hour_have_the_same_trace_until_then(hour):
    """Two areas under one scenario, one of which switches: not a line of the trace differs before the switch, and lines differ after it."""
    usual, worse = ran(hour), ran(hour)
    worse.switch(parameters(*BUSY, WORSE))
    usual.run(45 * DAYS)
    worse.run(45 * DAYS)
    a, b = usual.traced(), worse.traced()
    before = np.sum(a["time"] < hour)
    assert a[:before].tobytes() == b[:before].tobytes()
    assert np.all(b["time"][before:] >= hour)
    assert a.tobytes() != b.tobytes()


def test_a_switch_to_the_same_scenario_changes_nothing(whole):
    """Zero effect is zero difference, to the byte in trace and tables; only a pool's hours, now added up in parts, differ in the last digit."""
    switched = ran(20 * DAYS + 7.3)
    switched.switch(parameters(*BUSY))
    switched.run(45 * DAYS)
    a, b = whole.tables(), switched.tables()
    assert whole.traced().tobytes() == switched.traced().tobytes()
    hours = ["busy_hours", "duty_hours", "overtime_hours"]
    for name in a:
        columns = [column for column in a[name].dtype.names if column not in hours]
        assert column_bytes(a[name], columns) == column_bytes(b[name], columns)
    police = [Pool.DESK, Pool.RESPONSE]
    for column in hours:
        assert np.allclose(a["pools"][column][police], b["pools"][column][police], rtol=1e-12)
        assert np.allclose(np.sum(a["pools"][column]), np.sum(b["pools"][column]), rtol=1e-12)


def test_those_whom_a_switch_puts_on_duty_are_there_at_once():
    """More units from an hour in the middle of a shift on: what waited then is taken up then."""
    few = ran(10 * DAYS + 11.3, {"resources.response_units": [0, 0, 0], "resources.overtime_limit": 0})
    waiting = np.flatnonzero(few.tables()["tasks"]["progress"] == 0)
    assert len(waiting) > 20
    few.switch(parameters(*BUSY, {"resources.response_units": [500] * 3, "resources.desk_staff": [500] * 3}))
    tasks = few.tables()["tasks"][waiting]
    assert np.all(tasks["started"][tasks["pool"] <= 1] == few.now)


# branches


@pytest.mark.parametrize("hour", [0.0, 17.25, 25 * DAYS + 3.9])
def test_a_branch_goes_on_as_the_trunk_would_have(whole, hour):
    """Branch at any hour: trunk and branch both come to what an area that was never branched comes to, in tables, trace and things to come."""
    trunk = ran(hour)
    branch = trunk.branch()
    assert branch.now == trunk.now
    assert alike(trunk, branch)
    branch.run(45 * DAYS)
    trunk.run(45 * DAYS)
    assert alike(branch, whole)
    assert alike(trunk, whole)
    assert branch.events == trunk.events == whole.events


def test_branches_share_nothing():
    """What a branch lives through leaves the trunk as it was, and branches of a branch too."""
    trunk = ran(15 * DAYS)
    before = trunk.tables()
    branch = trunk.branch()
    twig = branch.branch()
    branch.switch(parameters(*BUSY, WORSE))
    branch.run(30 * DAYS)
    assert same(trunk.tables(), before)
    assert same(twig.tables(), before)
    twig.switch(parameters(*BUSY, WORSE))
    twig.run(30 * DAYS)
    assert alike(twig, branch)


def test_a_branch_under_another_scenario_is_a_switch_at_that_hour():
    """A comparison may share its warm-up: branching and switching equals running alone and switching at the same hour."""
    warm = ran(20 * DAYS)
    branch = warm.branch()
    branch.switch(parameters(*BUSY, WORSE))
    branch.run(40 * DAYS)
    alone = ran(20 * DAYS)
    alone.switch(parameters(*BUSY, WORSE))
    alone.run(40 * DAYS)
    assert alike(branch, alone)


# stepping and pausing


def test_run_to_pauses_just_before_the_event_it_names(whole):
    """The event is the next one due and has not happened; the next step is that event; before it all went as in a plain run."""
    it = area(*BUSY, trace=True)
    assert it.run_to(Event.ENDORSED)
    t, event, who, _ = it.env.pending()[0]
    assert event == Event.ENDORSED
    assert it.world.episodes[who].first_grade == -1
    assert it.now <= t
    assert it.step() == (t, Event.ENDORSED, who)
    plain = ran(t)
    assert it.traced()[: len(plain.traced())].tobytes() == plain.traced().tobytes()
    it.run(45 * DAYS)
    assert alike(it, whole)


def test_run_to_can_wait_for_one_row():
    """Given a row, it passes over the same event of others."""
    it = area(*BUSY)
    assert it.run_to(Event.REPORTED, who=12)
    assert it.env.pending()[0][1:3] == (Event.REPORTED, 12)
    assert np.isinf(it.world.episodes[12].reported)


def test_run_to_gives_up_at_its_hour():
    """If the event is not due before the hour given, nothing due from that hour on has happened, and the answer is no."""
    it = area(*BUSY, trace=True)
    assert not it.run_to(Event.LEFT, who=10**9, until=5 * DAYS)
    assert it.now < 5 * DAYS <= it.env.peek()
    it.run(5 * DAYS)
    assert alike(it, ran(5 * DAYS))


def test_what_is_due_at_the_very_hour_waits():
    """Running to the hour of an event stops before it; running on lets it happen."""
    it = area(*BUSY, trace=True)
    it.run_to(Event.REPORTED)
    t, _, who, _ = it.env.pending()[0]
    it.run(t)
    assert it.now == t
    assert it.world.episodes[who].reported == inf
    it.run(t + 1e-9)
    assert it.world.episodes[who].reported == t


def test_other_processes_can_run_beside_the_rules():
    """A plain SimPy process in the same environment sees the hours pass and changes nothing that it does not touch; steps pass over it."""
    it = area(*BUSY, trace=True)
    seen = []

    def watch():
        while True:
            seen.append((it.env.now, it.world.now.episodes))
            yield it.env.timeout(24.0)

    it.env.process(watch())
    first = it.step()
    assert isinstance(first[1], Event)
    it.run(10 * DAYS)
    assert [hour for hour, _ in seen] == [24.0 * day for day in range(10)]
    assert seen[-1][1] > 0
    plain = ran(10 * DAYS)
    assert same(it.tables(), plain.tables())
    assert it.traced().tobytes() == plain.traced().tobytes()


# one more child


def test_one_more_child_who_needs_no_one_changes_no_other_life():
    """A child is added to a home group that nobody leaves: every other child, matched by key, has the same row, and so have episodes and tasks."""
    still = (ALWAYS_REPORTED, NO_EXPLOITATION, {"world.leaving_per_year": [3.0, 8.0, 0.0, 8.0]})
    children = list(SMALL["area.children"])
    children[Home.CHILDRENS_HOME] = 3
    more = [*children]
    more[Home.CHILDRENS_HOME] += 1
    a, b = (area(*still, {"area.children": count}, seed=4) for count in (children, more))
    for it in (a, b):
        it.run(120 * DAYS)
    before, after = a.tables(), b.tables()
    keys = [tables["children"]["key"] for tables in (before, after)]
    newcomers = set(keys[1]) - set(keys[0])
    assert len(newcomers) == 1
    assert all(key // (1 << 20) == Home.CHILDRENS_HOME for key in newcomers)
    order = [np.argsort(key) for key in keys]
    rows = [before["children"][order[0]], after["children"][order[1]]]
    rows[1] = rows[1][~np.isin(rows[1]["key"], list(newcomers))]
    assert column_bytes(rows[0]) == column_bytes(rows[1])
    for name in ("episodes", "interviews", "cases", "protections", "identifications"):
        assert len(before[name]) == len(after[name])
        columns = [column for column in before[name].dtype.names if column != "child"]
        assert column_bytes(before[name], columns) == column_bytes(after[name], columns)
        whose = [tables[name]["child"] for tables in (before, after)]
        assert np.array_equal(whose[0] >= 0, whose[1] >= 0)
        assert np.array_equal(keys[0][whose[0]][whose[0] >= 0], keys[1][whose[1]][whose[1] >= 0])
    assert len(before["episodes"]) > 100
    for name in ("tasks", "pools", "networks"):
        assert column_bytes(before[name]) == column_bytes(after[name])


def test_one_more_child_who_does_leave_keeps_its_luck_and_that_of_the_others():
    """Where nobody meets (no search, interview or exploitation), a child more in the same home group leaves the times of every other as they were."""
    apart = {"world.find_rate": 0.0, "practice.prevention_done_share": 0.0, "practice.rhi_offered_share": 0.0, "practice.referral_share": 0.0}
    counts = ([50, 5, 5, 5], [51, 5, 5, 5])
    times = []
    for count in counts:
        it = area(*BUSY, NO_EXPLOITATION, apart, {"area.children": count})
        it.run(100 * DAYS)
        tables = it.tables()
        at_start = tables["children"]["entered"] == 0.0
        keys = tables["children"]["key"]
        own = [row for row in tables["episodes"] if at_start[row["child"]]]
        times.append({(int(keys[row["child"]]), int(row["occurrence"])): (row["left"], row["located"]) for row in own})
    assert len(times[0]) > 30
    assert times[0] == {key: value for key, value in times[1].items() if key[0] != 50}


def test_a_child_keeps_its_luck_under_another_practice(whole):
    """Traits, and the first leaving of each child who is not touched before, are the same under worse practice."""
    usual, worse = whole.tables(), ran(45 * DAYS, WORSE).tables()
    at_start = usual["children"]["entered"] == 0.0
    traits = ["key", "home", "out_of_area", "born", "vulnerability", "reason", "frailty", "findability"]
    n = int(np.sum(at_start))
    assert column_bytes(usual["children"][:n], traits) == column_bytes(worse["children"][:n], traits)
    firsts = [tables["episodes"][(tables["episodes"]["occurrence"] == 1) & (tables["episodes"]["child"] < n)] for tables in (usual, worse)]
    both = set(firsts[0]["child"]) & set(firsts[1]["child"])
    moved = [c for c in both if firsts[0]["left"][firsts[0]["child"] == c][0] != firsts[1]["left"][firsts[1]["child"] == c][0]]
    assert len(both) > 50
    assert len(moved) < 0.1 * len(both)
    for c in both - set(moved):
        a, b = (first[first["child"] == c][0] for first in firsts)
        assert (a["closes"], a["risk_informant"], a["risk_hidden"]) == (b["closes"], b["risk_informant"], b["risk_hidden"])
