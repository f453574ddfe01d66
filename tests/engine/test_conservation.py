"""Nothing is lost and nothing appears: children, episodes, tasks, hours, slots and networks all add up, in busy areas of several kinds."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.interpreted import Area
from sim.model.words import NOBODY, Located, Plan, Pool, Progress, State, Work
from tests.model.small import ALWAYS_REPORTED, MUCH_EXPLOITATION, Overrides, area
from tests.order import out_of_order

BUSY: Overrides = {
    "world.leaving_per_year": [4.0, 8.0, 20.0, 10.0],
    "area.reports_per_year": 1500.0,
    "area.other_families_per_year": 60.0,
    "resources.response_units": [2, 2, 1],
    "resources.desk_staff": [1, 1, 1],
    "resources.overtime_limit": 1,
    "resources.social_workers": 2,
    "practice.handover_lost_share": 0.3,
}
SHORT_PLANS: Overrides = {"world.plan_days": 3.0, "world.plan_spread": 1.5, "practice.conference_share": 1.0, "practice.referral_share": 1.0}
"""Plans that end before the assessment that they began in does."""
ODD_HOURS: Overrides = {
    "resources.night_ends": 6.1,
    "resources.late_starts": 14.3,
    "resources.night_starts": 22.7,
    "resources.mash_opens": 8.4,
    "resources.mash_closes": 17.1,
    "practice.overnight_activity": 0.0,
    "practice.overnight_activity_high": 0.0,
}

AREAS = {
    "busy": (BUSY, MUCH_EXPLOITATION, ALWAYS_REPORTED),
    "short plans": (BUSY, MUCH_EXPLOITATION, ALWAYS_REPORTED, SHORT_PLANS, {"resources.social_workers": 10}),
    "odd hours": (BUSY, MUCH_EXPLOITATION, ODD_HOURS),
    "nobody on duty": (BUSY, {"resources.response_units": [0] * 3, "resources.desk_staff": [0] * 3, "resources.overtime_limit": 0}),
    "absent era": (BUSY, ALWAYS_REPORTED, {"practice.lowest_grade_bypass": True, "practice.under_graded_share": 0.5, "area.nation": "wales"}),
}


@pytest.fixture(scope="module", params=AREAS)
def it(request) -> Area:
    """An area after 150 days and an odd quarter of an hour."""
    it = area(*AREAS[request.param], seed=11)
    it.run(150.0 * 24.0 + 9.27)
    return it


@pytest.fixture(scope="module")
def tables(it):
    return it.tables()


def test_rows_lie_in_the_order_in_which_they_came(tables):
    """Measures rely on it."""
    assert out_of_order(tables) == []


def test_every_child_is_here_or_gone(it, tables):
    """Those at the start and those who entered since are those who are here and those who left at 18; each key is one child."""
    rows = tables["children"]
    assert len(rows) == sum(it.parameters.area.children) + tables["now"]["entrants"][0]
    assert len(np.unique(rows["key"])) == len(rows)
    gone = np.isfinite(rows["gone"])
    assert np.allclose(rows["gone"][gone], rows["born"][gone] + 18.0 * 8760.0)
    assert np.all(it.now - rows["born"][~gone] <= 18.0 * 8760.0 + 1e-9)
    assert np.all(rows["entered"] <= it.now)


def test_every_episode_ended_or_is_still_open(it, tables):
    """Who left is located, or is missing now and this is the episode; one at a time, numbered without gaps, none overlapping the next."""
    episodes, children = tables["episodes"], tables["children"]
    still = np.isinf(episodes["located"])
    assert np.array_equal(still, episodes["located_by"] == Located.STILL_MISSING)
    away = np.flatnonzero(children["missing"])
    assert sorted(episodes["child"][still]) == sorted(away)
    assert sorted(children["episode"][away]) == sorted(np.flatnonzero(still))
    assert np.all(children["episode"][~children["missing"]] == NOBODY)
    assert np.array_equal(np.bincount(episodes["child"], minlength=len(children)), children["episodes"])
    for c in np.flatnonzero(children["episodes"] > 1):
        own = episodes[episodes["child"] == c]
        assert list(own["occurrence"]) == list(range(1, len(own) + 1))
        assert np.all(own["located"][:-1] <= own["left"][1:])


def test_the_steps_of_an_episode_come_in_their_order(it, tables):
    """Left, reported, graded, acted on; located after leaving and no later than luck had it; what did not happen is NEVER and not zero."""
    rows = tables["episodes"]
    assert np.all(rows["left"] <= it.now)
    assert np.all(rows["located"][np.isfinite(rows["located"])] >= rows["left"][np.isfinite(rows["located"])])
    assert np.all(rows["located"][np.isfinite(rows["located"])] <= rows["closes"][np.isfinite(rows["located"])])
    for earlier, later in [
        ("left", "reported"), ("reported", "first_graded"), ("first_graded", "first_action"), ("first_action", "first_field"),
        ("located", "prevention"), ("located", "recorded"), ("left", "harmed"), ("harmed", "harm_recorded"),
    ]:  # fmt: skip
        happened = np.isfinite(rows[later])
        assert np.all(rows[earlier][happened] <= rows[later][happened]), (earlier, later)
    assert np.all((rows["call_grade"] >= 0) == np.isfinite(rows["first_graded"]))
    assert np.all(rows["call_grade"][rows["first_grade"] >= 0] >= 0)
    unreported = rows[np.isinf(rows["reported"])]
    assert np.all(unreported["desk_actions"] + unreported["field_actions"] == 0)
    assert np.all(unreported["rhi"] == NOBODY)


def test_harm_is_within_the_time_away_and_never_prevented_harm_is_the_same_harm(tables):
    """Harm falls between leaving and being located; what would have come without a search comes at the same hour if police were not first."""
    rows = tables["episodes"]
    harmed = np.isfinite(rows["harmed"])
    assert np.all(rows["harmed"][harmed] <= rows["located"][harmed])
    assert np.array_equal(rows["harm_without_search"][harmed], rows["harmed"][harmed])
    assert np.array_equal(harmed, rows["severity"] > 0)


def test_reports_and_records_of_a_child_are_those_of_its_episodes(tables):
    """Reports counted on the child are its reported episodes; recorded ones are among them."""
    episodes, children = tables["episodes"], tables["children"]
    reported, recorded = np.isfinite(episodes["reported"]), np.isfinite(episodes["recorded"])
    assert np.array_equal(np.bincount(episodes["child"][reported], minlength=len(children)), children["reports"])
    assert np.array_equal(np.bincount(episodes["child"][recorded], minlength=len(children)), children["recorded"])
    assert np.all(reported[recorded])


def test_every_task_is_waiting_running_or_over(it, tables):
    """Each task is in one state and its hours say the same: done if it ended, running if it started; waiting, dropped or lost if it did not."""
    rows = tables["tasks"]
    started, ended = np.isfinite(rows["started"]), np.isfinite(rows["ended"])
    progress = rows["progress"]
    assert np.array_equal(progress == Progress.DONE, ended)
    assert np.array_equal(progress == Progress.RUNNING, started & ~ended)
    assert np.all(np.isin(progress[~started], [Progress.WAITING, Progress.DROPPED, Progress.LOST, Progress.REPLACED]))
    assert np.all(rows["started"][started] >= rows["requested"][started])
    assert np.all(rows["ended"][ended] <= rows["started"][ended] + np.where(rows["work"][ended] == Work.CASE, np.inf, rows["hours"][ended] + 1e-9))
    counts = [np.sum(progress == state) for state in Progress]
    assert sum(counts) == len(rows) == tables["now"]["tasks"][0]
    assert counts[Progress.LOST] == tables["now"]["lost_at_handover"][0]


def test_who_waits_stands_in_exactly_one_line(it, tables):
    """Walking every line of every pool meets each waiting task once, in its own pool and line."""
    met = []
    for pool, roster in enumerate(it.world.pools):
        for line, first in enumerate(roster.first):
            task = first
            while task != NOBODY:
                row = it.world.tasks[task]
                assert (row.pool, row.line) == (pool, line)
                if row.progress == Progress.WAITING:
                    met.append(task)
                last, task = task, row.next_in_line
            assert (roster.last[line] == last) if first != NOBODY else True
    assert sorted(met) == list(np.flatnonzero(tables["tasks"]["progress"] == Progress.WAITING))


def test_those_busy_are_those_at_work_on_a_task(it, tables):
    """Those busy, with missing work or at all, and on overtime are the running tasks of that kind; nobody waits while someone is free."""
    rows = tables["tasks"]
    running = rows[rows["progress"] == Progress.RUNNING]
    waiting = rows[rows["progress"] == Progress.WAITING]
    for pool, roster in enumerate(it.world.pools):
        own = running[running["pool"] == pool]
        assert roster.busy == len(own)
        assert roster.busy_missing == np.sum(own["work"] != Work.OTHER_INCIDENT)
        assert roster.overtime == np.sum(own["overtime"]) <= it.parameters.resources.overtime_limit
        if np.any(waiting["pool"] == pool):
            assert roster.busy - roster.overtime >= roster.on_duty


def test_hours_of_a_pool_are_the_hours_of_its_tasks(it, tables):
    """Busy hours of every shift together equal hours between start and end of the pool's tasks, running ones up to when the pool was last counted."""
    rows = tables["tasks"][np.isfinite(tables["tasks"]["started"])]
    for pool, roster in enumerate(it.world.pools):
        own = rows[rows["pool"] == pool]
        worked = np.minimum(own["ended"], roster.updated) - own["started"]
        assert np.all(worked >= 0.0)
        assert sum(roster.busy_hours) == pytest.approx(np.sum(worked), rel=1e-9, abs=1e-6)
        assert roster.overtime_hours == pytest.approx(np.sum(worked[own["overtime"]]), rel=1e-9, abs=1e-6)


def test_hours_on_duty_are_those_of_the_roster(it):
    """Police duty hours of each shift are people times the hours of that shift since the start."""
    r = it.parameters.resources
    for pool, people in ((Pool.DESK, r.desk_staff), (Pool.RESPONSE, r.response_units)):
        roster = it.world.pools[pool]
        t = np.arange(0.005, roster.updated, 0.01) % 24.0
        night = (t < r.night_ends) | (t >= r.night_starts)
        late = ~night & (t >= r.late_starts)
        for shift, hours in enumerate((np.sum(~night & ~late), np.sum(late), np.sum(night))):
            assert roster.duty_hours[shift] == pytest.approx(people[shift] * hours * 0.01, rel=1e-3)


def test_a_case_holds_one_slot_from_its_start_to_its_end_and_slots_are_never_overfilled(it, tables):
    """Open cases that have started are the slots taken; no more than there are; each child has one open case at most, and it knows which."""
    cases, children = tables["cases"], tables["children"]
    held = np.isfinite(cases["started"]) & np.isinf(cases["closed"])
    roster = it.world.pools[Pool.SOCIAL_WORKER]
    assert roster.busy == np.sum(held) <= roster.on_duty == it.parameters.resources.social_workers * it.parameters.resources.cases_per_worker
    opened = np.flatnonzero((cases["child"] != NOBODY) & np.isinf(cases["closed"]))
    assert len(np.unique(cases["child"][opened])) == len(opened)
    assert np.array_equal(children["case"][cases["child"][opened]], opened)
    assert np.sum(children["case"] != NOBODY) == len(opened)
    for earlier, later in [("referred", "decided"), ("decided", "started"), ("started", "assessed"), ("started", "conference")]:
        happened = np.isfinite(cases[later])
        assert np.all(cases[earlier][happened] <= cases[later][happened]), (earlier, later)


def test_no_slot_is_ever_given_twice():
    """Step by step over the life of short plans, slots taken are never more than there are, nor fewer than none."""
    it = area(BUSY, MUCH_EXPLOITATION, ALWAYS_REPORTED, SHORT_PLANS, seed=3)
    slots = it.parameters.resources.social_workers * it.parameters.resources.cases_per_worker
    roster = it.world.pools[Pool.SOCIAL_WORKER]
    taken = 0
    while it.now < 200.0 * 24.0:
        it.step()
        assert 0 <= roster.busy <= slots
        taken = max(taken, roster.busy)
    running = [task for task in it.world.tasks[: it.world.now.tasks] if task.work == Work.CASE and task.progress == Progress.RUNNING]
    assert roster.busy == len(running)
    assert taken > 5


def test_networks_list_exactly_their_children(it, tables):
    """Walking a network meets each of its children once, forwards and back; those exploited and still here are those in a network."""
    children, networks = tables["children"], tables["networks"]
    met = []
    for n, network in enumerate(networks):
        c, before, count = int(network["first_member"]), NOBODY, 0
        while c != NOBODY:
            assert children["network"][c] == n
            assert children["previous_member"][c] == before
            met.append(c)
            c, before, count = int(children["next_member"][c]), c, count + 1
        assert count == network["members"]
    exploited = (children["state"] == State.EXPLOITED) & np.isinf(children["gone"])
    assert sorted(met) == list(np.flatnonzero(children["network"] != NOBODY)) == list(np.flatnonzero(exploited))
    assert np.array_equal(np.isfinite(children["exploited_since"]), children["state"] == State.EXPLOITED)


def test_each_interview_covers_whole_episodes_of_one_child(tables):
    """The episodes that name an interview are as many as it says it covers, all of its child; one interview is open per child at most."""
    interviews, episodes, children = tables["interviews"], tables["episodes"], tables["children"]
    named = episodes[episodes["rhi"] != NOBODY]
    assert np.array_equal(np.bincount(named["rhi"], minlength=len(interviews)), interviews["covered"])
    assert np.array_equal(interviews["child"][named["rhi"]], named["child"])
    opened = np.flatnonzero(~interviews["closed"])
    assert np.array_equal(children["interview"][interviews["child"][opened]], opened)
    done = np.isfinite(interviews["done"])
    assert np.all(interviews["closed"][done])
    assert np.all(interviews["accepted"][done])
    assert np.all(interviews["offered"][done] <= interviews["done"][done])


def test_searches_that_were_never_done_are_the_tasks_dropped(tables):
    """What an episode counts as never done are its desk enquiries and field visits that nobody had started when the child was located."""
    episodes, tasks = tables["episodes"], tables["tasks"]
    search = tasks[tasks["work"] <= Work.FIELD_VISIT]
    dropped = np.bincount(search["episode"][search["progress"] == Progress.DROPPED], minlength=len(episodes))
    assert np.array_equal(dropped, episodes["never_done"])


def test_nobody_searches_for_a_child_who_is_back(it, tables):
    """No search task runs or waits for a child who is located, and open episodes hold the tasks that they asked for."""
    episodes, tasks = tables["episodes"], tables["tasks"]
    active = np.flatnonzero((tasks["work"] <= Work.FIELD_VISIT) & (tasks["progress"] <= Progress.RUNNING))
    assert np.all(np.isinf(episodes["located"][tasks["episode"][active]]))
    asked = []
    for strand in ("desk", "field"):
        has = episodes[f"{strand}_task"] != NOBODY
        assert np.array_equal(has, episodes[strand] == Plan.ASKED)
        asked += list(episodes[f"{strand}_task"][has])
    assert sorted(asked) == list(active)
    search = tasks[(tasks["work"] <= Work.FIELD_VISIT) & np.isfinite(tasks["ended"])]
    assert np.all(search["ended"] <= episodes["located"][search["episode"]])


def test_protection_and_identification_belong_to_someone(tables):
    """Each spell of protection names a child and ends after it starts; each identification follows its beginning, by a known channel."""
    spells, found = tables["protections"], tables["identifications"]
    children = len(tables["children"])
    assert np.all((spells["child"] >= 0) & (spells["child"] < children))
    assert np.all(spells["until"] >= spells["started"])
    assert np.all((found["child"] >= 0) & (found["child"] < children))
    assert np.all(found["time"] >= found["began"])
    assert np.all(found["channel"] > 0)
