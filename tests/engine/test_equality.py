"""Both engines give the same bytes: in every column of every record, in the trace, after a branch and a switch, and from the smallest room."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from sim import model
from sim.engine.choice import that_pauses
from sim.engine.compiled import MARGIN, CompiledArea
from sim.engine.equality import Difference, areas_differ, first_difference, rows_differ
from sim.engine.hands import Hands
from sim.engine.interpreted import Area
from sim.engine.tables import Tables
from sim.model.clock import FAR
from sim.model.luck import Decision
from sim.model.words import NOBODY, Progress, State
from tests.engine.equality import Case, cases, differ, parameters, refusing
from tests.engine.scenarios import KEYS, LIVELY, overrides, value
from tests.model.small import ALWAYS_REPORTED, MUCH_EXPLOITATION, SMALL, Overrides

BUSY: Overrides = SMALL | ALWAYS_REPORTED | MUCH_EXPLOITATION | {"world.leaving_per_year": [6.0, 9.0, 20.0, 10.0], "area.networks": 1}
WORSE: Overrides = {"practice.desk_based_share": 0.9, "resources.response_units": [1, 1, 0], "practice.rhi_offered_share": 0.1}

EXTREMES: dict[str, Overrides] = {
    "one child": {"area.children": [0, 0, 1, 0]},
    "nobody on duty": {
        "resources.desk_staff": [0] * 3,
        "resources.response_units": [0] * 3,
        "resources.interviewers": 0,
        "resources.mash_staff": 0,
        "resources.social_workers": 0,
        "resources.overtime_limit": 0,
    },
    "everyone on duty": {
        "resources.desk_staff": [1_000_000] * 3,
        "resources.response_units": [1_000_000] * 3,
        "resources.social_workers": 1_000_000,
        "resources.cases_per_worker": 1_000_000,
    },
    "nobody ever leaves": {"world.leaving_per_year": [0.0] * 4},
    "always leaving": {"world.leaving_per_year": [1000.0] * 4, "world.recency_first_week": 1000.0, "world.own_return_median": 5e-324},
    "never back": {"world.own_return_median": 100_000.0, "world.third_party_rate": 0.0, "world.find_rate": 0.0, "world.own_return_spread": 5.0},
    "no delays": {
        "practice.call_grading_hours": 0.0,
        "practice.endorse_hours": 0.0,
        "practice.desk_interval_hours": [0.1] * 4,
        "practice.field_interval_hours": [0.1] * 4,
        "practice.review_hours": [0.1] * 4,
        "practice.desk_enquiry_hours": 5e-324,
        "practice.field_visit_hours": 5e-324,
        "resources.escalate_after_hours": [5e-324] * 4,
    },
    "risk beyond measure": {
        "world.risk_vulnerability": 10.0,
        "world.risk_age": -10.0,
        "world.risk_groomed": 10.0,
        "world.risk_exploited": 10.0,
        "world.risk_tonight_known": 5.0,
        "world.risk_tonight_hidden": 5.0,
        "world.harm_per_hour": 1000.0,
    },
    "in and out of exploitation": {
        "world.groomed_per_year_at_home": 1000.0,
        "world.groomed_per_hour_away": 1000.0,
        "world.vulnerability_pull": 10.0,
        "world.exploited_months": 0.1,
        "world.groomed_months": 0.1,
        "world.protection_way_out": 100.0,
        "area.networks": 1,
    },
    "spreads": {
        "world.frailty_spread": [5.0] * 4,
        "world.report_delay_spread": 5.0,
        "world.assessment_spread": 5.0,
        "world.assessment_days": 10_000.0,
        "world.plan_spread": 5.0,
        "practice.task_hours_spread": 5.0,
    },
    "an hour a week": {
        "world.leaving_by_hour": [0.0] * 23 + [0.001],
        "world.leaving_by_day": [0.0] * 6 + [0.001],
        "resources.mash_opens": 23.0,
        "resources.mash_closes": 24.0,
        "resources.interviews_open": 0.0,
        "resources.interviews_close": 5e-324,
        "resources.night_ends": 5e-324,
        "resources.late_starts": 1e-300,
        "resources.night_starts": 23.999999999999996,
        "resources.mash_target_red_hours": 1000.0,
    },
    "rates next to nothing": {
        "world.leaving_per_year": [5e-324] * 4,
        "world.groomed_per_year_at_home": 5e-324,
        "world.harm_per_hour": 5e-324,
        "area.other_incidents_per_report": 5e-324,
        "area.other_families_per_year": 5e-324,
    },
}


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(cases(longest=30))
def test_any_scenario_is_the_same_on_both_engines(case):
    """Twenty-five of them; `python -m tests.engine.equality` looks at as many as wanted, and makes small what it finds."""
    assert not differ(case)


@pytest.mark.parametrize("name", EXTREMES)
def test_extremes_are_the_same_on_both_engines(name):
    """What the schema allows at its limits neither fails nor stands still, and is the same."""
    assert not differ(Case(LIVELY | EXTREMES[name], {}, 5, 1, 30, 64))


@pytest.fixture(scope="module")
def busy() -> tuple[Area, CompiledArea]:
    """Ninety days of a busy area with one network, traced, on both engines; the compiled one from the smallest room. Read only."""
    p = parameters(BUSY)
    one, two = Area(p, 3, 2, trace=True), CompiledArea(p, 3, 2, trace=True, room=0)
    for area in (one, two):
        area.run(90 * 24.0)
    return one, two


def test_a_busy_area_is_the_same_to_the_byte(busy):
    """Tables, trace, and number of events; enough happens that every table is in use."""
    one, two = busy
    assert first_difference(one.tables(), two.tables()) is None
    assert rows_differ("trace", one.traced(), two.traced()) is None
    assert one.events == two.events > 10_000
    assert all(len(rows) for rows in one.tables().values())
    assert np.sum(one.tables()["children"]["state"] == State.EXPLOITED) > MARGIN


def test_a_run_in_many_steps_is_the_run_in_one(busy):
    """Stopping at odd hours, and after few events, changes nothing."""
    stepped = CompiledArea(busy[1].parameters, 3, 2, trace=True, room=5000)
    stepped.STEP = 97
    for hour in np.arange(0.0, 90 * 24.0, 37.3):
        stepped.run(float(hour))
    stepped.run(90 * 24.0)
    assert first_difference(busy[1].tables(), stepped.tables()) is None
    assert rows_differ("trace", busy[1].traced(), stepped.traced()) is None


def test_a_trace_changes_nothing(busy):
    """The tables are those of a run without a trace."""
    plain = CompiledArea(busy[1].parameters, 3, 2)
    plain.run(90 * 24.0)
    assert first_difference(busy[1].tables(), plain.tables()) is None
    assert len(plain.traced()) == 0


def test_branches_switched_to_another_practice_are_the_same(busy):
    """A copy under a worse practice for a month, on both engines; what it was copied from has not changed."""
    before = busy[1].tables()
    other = parameters(BUSY, WORSE)
    branches = [area.branch() for area in busy]
    for branch in branches:
        branch.switch(other)
        branch.run(120 * 24.0)
    assert first_difference(branches[0].tables(), branches[1].tables()) is None
    assert rows_differ("trace", branches[0].traced(), branches[1].traced()) is None
    assert first_difference(before, busy[1].tables()) is None


def test_a_compiled_area_handed_over_to_simpy_goes_on_as_it_would_have(busy):
    """In the middle of a busy night: the same records, trace, number of events and things to come at once and a month later; the one that was handed
    over has not changed, and its memory is not shared."""
    one, two = busy
    before = two.tables()
    handed = that_pauses(two)
    assert isinstance(handed, Area)
    assert that_pauses(handed) is handed
    for until in (90 * 24.0, 120 * 24.0):
        on = one.branch()
        for area in (handed, on):
            area.run(until)
        assert areas_differ(handed, on) is None
        assert handed.env.pending() == on.env.pending()
    assert first_difference(before, two.tables()) is None
    assert two.pending() == [due for due in one.env.pending() if due[0] <= FAR]


@pytest.mark.parametrize("waiting", [1, 500])
def test_one_change_of_duty_may_begin_whatever_waits(waiting):
    """A night with nobody on duty, then everyone: far more tasks begin in one event than any table has rows free."""
    night = {
        "resources.desk_staff": [100_000, 100_000, 0],
        "resources.response_units": [100_000, 100_000, 0],
        "resources.overtime_limit": 0,
        "area.reports_per_year": 8760.0,
        "area.other_incidents_per_report": waiting / 8.0,
        "world.leaving_by_hour": [1.0] * 24,
    }
    p = parameters(BUSY, night)
    one, two = Area(p, 1, 1, trace=True), CompiledArea(p, 1, 1, trace=True, room=0)
    for area in (one, two):
        area.run(30.5)
    assert first_difference(one.tables(), two.tables()) is None
    assert rows_differ("trace", one.traced(), two.traced()) is None
    tasks = one.tables()["tasks"]
    assert np.sum(tasks["started"] == 30.0) >= waiting / 2
    everyone = parameters(BUSY, night, {"resources.response_units": [100_000] * 3, "resources.desk_staff": [100_000] * 3})
    for area in (one, two):
        area.run(53.9)
        area.switch(everyone)
    assert first_difference(one.tables(), two.tables()) is None
    assert not np.any(one.tables()["tasks"]["progress"][np.isin(one.tables()["tasks"]["pool"], (0, 1))] == Progress.WAITING)


def test_luck_is_the_same_on_both_engines():
    """Each draw, by its key, from the largest keys to the smallest."""
    from sim.engine import philox

    for seed in (0, 1, 2**63 - 1):
        for replication in (0, 10_000):
            hands = Hands(seed, replication)
            for entity, occurrence in ((0, 0), (1, 4096), (2**40, 2**33), (4_194_303, 17)):
                for decision in Decision:
                    dealt = philox.four(np.uint64(seed), np.uint64(replication), decision // 4, entity, occurrence)
                    assert dealt[decision % 4] == hands.uniform(decision, entity, occurrence)


def test_a_difference_is_named():
    """Table, row, column and both values, the first row first; and a row too many."""
    one = {"tasks": np.zeros(5, [("a", float), ("b", int, (3,))]), "now": np.zeros(1, [("count", int)])}
    assert first_difference(one, one) is None

    def changed(row: int, column: str, content: object) -> Tables:
        rows = one["tasks"].copy()
        rows[column][row] = content
        return {"tasks": rows, "now": one["now"]}

    assert first_difference(one, changed(3, "a", 1e-300)) == Difference("tasks", "a", 3, 0.0, 1e-300)
    assert first_difference(one, changed(3, "b", [0, 0, 2])) == Difference("tasks", "b", 3, [0, 0, 0], [0, 0, 2])
    assert first_difference(one, changed(4, "a", -0.0)) == Difference("tasks", "a", 4, 0.0, -0.0)
    assert first_difference(one, {"tasks": one["tasks"][:4], "now": one["now"]}) == Difference("tasks", "(rows)", 4, 5, 4)


def test_negative_row_numbers_are_never_read():
    """-1 reads the last row, which differs by engine: a list that refuses it sees none in a busy area, nor in any random scenario above."""
    p = parameters(BUSY)
    area = refusing(Area(p, 7, 0))
    area.run(60 * 24.0)
    plain = Area(p, 7, 0)
    plain.run(60 * 24.0)
    assert first_difference(area.tables(), plain.tables()) is None
    for one in (area, area.branch()):
        with pytest.raises(AssertionError):
            one.world.tasks[NOBODY]


def test_no_rule_takes_a_power():
    """`x ** y` is worked out in another way when compiled, and differs in the last bit now and then: `x * x` and `sqrt` do not."""
    for source in Path(model.__file__).parent.glob("*.py"):
        powers = [node.lineno for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)]
        assert not powers, f"{source.name}: {powers}"


def test_every_key_that_rules_read_can_be_drawn():
    """A strategy for each of them; and with all at once."""
    assert len(KEYS) > 180
    for key in KEYS:
        value(key).validate()
    overrides().validate()
