"""Pools and lines against queueing theory: M/M/c with priorities, Little's law, utilisation, and the same queue worked out by other means.

A child who never leaves lives in the area; all that happens are other incidents, at a constant rate, with exponential hours.
"""

from __future__ import annotations

from heapq import heappop, heappush
from math import factorial

import numpy as np
import pytest

from sim.engine.compiled import CompiledArea
from sim.engine.interpreted import Area
from sim.model.luck import Decision
from sim.model.words import NOBODY, Line, Pool, Progress, Work
from tests.model.small import FLAT, NEVER_LEAVING, QUIET, YEAR, Overrides, area, parameters

AN_HOUR = 20.0
"""Incidents an hour."""
UNITS = 3
MIX = (0.3, 0.4, 0.3)


def queue(load: float, units: int = UNITS) -> Overrides:
    """An area that is an M/M/c queue with three priorities, whose units are busy for `load` of the time."""
    return NEVER_LEAVING | FLAT | QUIET | {
        "area.children": [1, 0, 0, 0],
        "area.reports_per_year": AN_HOUR * YEAR / 100.0,
        "area.other_incidents_per_report": 100.0,
        "area.other_incident_mix": list(MIX),
        "area.other_incident_desk_share": 0.0,
        "area.other_incident_hours": load * units / AN_HOUR,
        "resources.response_units": [units] * 3,
        "resources.overtime_limit": 0,
    }  # fmt: skip


def mean_waits(load: float, units: int) -> list[float]:
    """Mean wait in each line, non-preemptive: Cobham 1954, with Erlang's C."""
    offered = load * units
    last = offered**units / factorial(units) / (1.0 - load)
    delayed = last / (sum(offered**k / factorial(k) for k in range(units)) + last)
    service = load * units / AN_HOUR
    above = np.concatenate([[0.0], np.cumsum(MIX)]) * load
    return [delayed * service / units / ((1.0 - above[line]) * (1.0 - above[line + 1])) for line in range(3)]


def waits_by_line(it: Area | CompiledArea) -> list[float]:
    tasks = it.tables()["tasks"]
    started = tasks[np.isfinite(tasks["started"])]
    return [float(np.mean((started["started"] - started["requested"])[started["line"] == line])) for line in range(3)]


def in_line(it: Area, pool: int) -> int:
    """How many wait before a pool, seen by walking its lines."""
    roster = it.world.pools[pool]
    count = 0
    for line in range(len(Line)):
        task = roster.first[line]
        while task != NOBODY:
            count += it.world.tasks[task].progress == Progress.WAITING
            task = it.world.tasks[task].next_in_line
    return count


def test_waits_by_line_are_those_of_an_m_m_c_queue_with_priorities():
    """At 70% load the mean wait of each line, over 160,000 incidents, is within 3% of the closed form; the lines differ by far more."""
    it = CompiledArea(parameters(queue(0.7)), 1, 0)
    it.run(8_000.0)
    expected = mean_waits(0.7, UNITS)
    assert waits_by_line(it) == pytest.approx(expected, rel=0.03)
    assert expected[1] > 1.3 * expected[0]
    assert expected[2] > 1.3 * expected[1]
    roster = it.world.pools[Pool.RESPONSE]
    assert sum(roster.busy_hours) / sum(roster.duty_hours) == pytest.approx(0.7, rel=0.01)
    assert sum(roster.duty_hours) == pytest.approx(UNITS * roster.updated)
    assert roster.overtime_starts == 0


def test_mean_number_in_line_is_rate_times_mean_wait():
    """Little's law: what is seen by looking at the lines at every step is the rate of incidents times what their rows say they waited, to 0.1%."""
    it = area(queue(0.8))
    seen = 0.0
    while it.now < 500.0:
        before, waiting = it.now, in_line(it, Pool.RESPONSE)
        it.step()
        seen += waiting * (it.now - before)
    tasks = it.tables()["tasks"]
    waits = np.minimum(tasks["started"], it.now) - tasks["requested"]
    rate = len(tasks) / it.now
    assert seen / it.now == pytest.approx(rate * np.mean(waits), rel=1e-3)
    assert seen / it.now > 1.0


def other_means(it: Area, incidents: int) -> list[float]:
    """When each incident is taken up, from the luck alone and without the model: a heap of the moments at which units come free, and three lists."""
    p = it.parameters
    rate = p.area.reports_per_year * p.area.other_incidents_per_report / YEAR
    draw = it.luck.uniform
    comes = np.cumsum([-np.log1p(-draw(Decision.INCIDENT_GAP, k, 0)) / rate for k in range(incidents)])
    line = np.searchsorted(np.cumsum(MIX)[:2], [draw(Decision.INCIDENT_LINE, k, 0) for k in range(incidents)], side="right")
    hours = [-np.log1p(-draw(Decision.INCIDENT_HOURS, k, 0)) * p.area.other_incident_hours for k in range(incidents)]
    free = [0.0] * p.resources.response_units[0]
    waiting: list[tuple[int, int]] = []
    started = [np.nan] * incidents
    k = 0
    while k < incidents or waiting:
        if k < incidents and (not waiting or comes[k] <= free[0]):
            heappush(waiting, (int(line[k]), k))
            k += 1
            if comes[k - 1] < free[0]:
                continue
        begin = max(heappop(free), comes[waiting[0][1]])
        _, one = heappop(waiting)
        started[one] = begin
        heappush(free, begin + hours[one])
    return started


@pytest.mark.parametrize("load", [0.5, 0.95])
def test_each_incident_is_taken_up_when_a_queue_worked_out_by_other_means_says(load):
    """Not only on average: the moment at which each of 5,000 incidents is taken up agrees to a millionth of an hour."""
    it = area(queue(load))
    it.run(5_500.0 / AN_HOUR)
    tasks = it.tables()["tasks"][:5_000]
    assert np.all(tasks["work"] == Work.OTHER_INCIDENT)
    expected = np.array(other_means(it, 5_400)[:5_000])
    taken = np.isfinite(tasks["started"])
    assert np.mean(taken) > 0.97
    assert np.max(np.abs(tasks["started"][taken] - expected[taken])) < 1e-6


def test_more_units_shorten_the_wait_of_every_line():
    """Under the same incidents, three, four and five units: each line waits less."""
    waits = []
    for units in (3, 4, 5):
        it = area(queue(0.9, 3), {"resources.response_units": [units] * 3})
        it.run(500.0)
        waits.append(waits_by_line(it))
    for line in range(3):
        assert waits[0][line] > waits[1][line] > waits[2][line]


def test_nobody_is_taken_up_before_someone_more_urgent_or_earlier():
    """First come, first served within a line, and no line is served while a more urgent one waits."""
    it = area(queue(0.9))
    it.run(200.0)
    tasks = it.tables()["tasks"]
    tasks = tasks[np.isfinite(tasks["started"])]
    for line in range(3):
        assert np.all(np.diff(tasks["started"][tasks["line"] == line]) >= 0.0)
    late = tasks[tasks["started"] > tasks["requested"]]
    for row in late[::7]:
        urgent = tasks[(tasks["line"] < row["line"]) & (tasks["requested"] < row["started"])]
        assert np.all(urgent["started"] <= row["started"])


def test_overtime_starts_only_what_has_waited_its_time_and_never_more_than_the_limit():
    """In an overloaded area each task on overtime had waited at least the hours set for its line, and never are more on overtime than allowed."""
    hours = [0.2, 0.5, 1.0, 2.0]
    it = area(queue(1.3), {"resources.overtime_limit": 2, "resources.escalate_after_hours": hours})
    most = 0
    while it.now < 60.0:
        it.step()
        most = max(most, it.world.pools[Pool.RESPONSE].overtime)
    tasks = it.tables()["tasks"]
    extra = tasks[tasks["overtime"]]
    assert most == 2
    assert len(extra) == it.world.pools[Pool.RESPONSE].overtime_starts > 20
    late = extra["started"] - extra["requested"] - np.array(hours)[extra["line"]]
    assert np.all(late > -1e-9)
    assert np.any(late < 1e-9)


def test_an_empty_shift_starts_nothing_and_the_next_one_takes_up_what_waits():
    """With nobody on at night incidents wait until the early shift; nobody who was busy at ten is taken off."""
    it = area(queue(0.4), {"resources.response_units": [9, 9, 0], "resources.night_starts": 22.0, "resources.night_ends": 6.0})
    it.run(24.0 * 5.0)
    tasks = it.tables()["tasks"]
    hour = tasks["started"][np.isfinite(tasks["started"])] % 24.0
    assert np.all((hour >= 6.0) & (hour < 22.0))
    assert np.sum(hour == 6.0) >= 9 * 4
    done = tasks[tasks["progress"] == Progress.DONE]
    over = done[(done["started"] % 24.0 < 22.0) & (done["ended"] % 24.0 > 22.0)]
    assert len(over) > 0
    assert np.allclose(over["ended"] - over["started"], over["hours"])


def test_at_any_hour_the_people_on_duty_are_those_of_the_shift():
    """Also where shifts change at hours that are no exact numbers in binary."""
    staff = {"resources.response_units": [5, 7, 2], "resources.desk_staff": [3, 4, 1]}
    changes = {"resources.night_ends": 6.1, "resources.late_starts": 14.3, "resources.night_starts": 22.7}
    office = {"resources.mash_opens": 8.4, "resources.mash_closes": 17.1, "resources.interviews_open": 9.3, "resources.interviews_close": 20.7}
    it = area(NEVER_LEAVING, QUIET, staff, changes, office)
    r = it.parameters.resources
    for quarter in range(4 * 24 * 45):
        t = quarter / 4.0
        it.run(t)
        hour = t % 24.0
        shift = 2 if hour < 6.1 or hour >= 22.7 else (1 if hour >= 14.3 else 0)
        weekday = int(t / 24.0) % 7 < 5
        on_duty = [pool.on_duty for pool in it.world.pools]
        assert on_duty == [
            r.desk_staff[shift],
            r.response_units[shift],
            r.interviewers if 9.3 <= hour < 20.7 else 0,
            r.mash_staff if 8.4 <= hour < 17.1 and weekday else 0,
            r.social_workers * r.cases_per_worker,
        ]
