"""The same children and the same luck: what is equal gives exactly no difference, and scenarios part at the switch and not before."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from sim.engine.interpreted import Area
from sim.experiment.plan import Plan, parameters
from sim.experiment.replication import Replication, follow
from sim.experiment.task import Outcome, done
from tests.experiment.tiny import DAY, WARM_UP, all_alike, experiment, of, tiny, traced


def replicate(plan: Plan) -> list[Outcome]:
    """The first replication of every scenario."""
    return list(done(Replication(plan, 0)))


@pytest.mark.parametrize("effect", ["first-year", "steady"])
def test_a_scenario_does_not_differ_from_itself(effect):
    """Under another name, the same scenario differs by exactly nothing: estimate, low and high are 0, and the verdict says so."""
    result = experiment(tiny(), tiny(called="twin"), effect=effect)
    assert all_alike(of(result, "baseline"), of(result, "twin"))
    for frame in (result.differences, result.split_differences):
        known = frame[frame["estimate"].notna() & (frame["n"] > 1)]
        assert len(known) > 20
        assert (known[["estimate", "low", "high"]] == 0.0).all(axis=None)
    told = result.differences[result.differences["n"] > 1]
    assert set(told["verdict"]) == {"no difference"}


def test_something_does_differ(pair):
    """The check above could fail: good practice is not the baseline."""
    assert not all_alike(of(pair, "baseline"), of(pair, "good-practice"))
    assert "no difference" not in set(pair.differences.set_index("measure").loc[["P1", "T2", "W1"], "verdict"])


def test_the_baseline_of_a_comparison_is_the_baseline_alone(pair):
    """A warm-up that others branch off goes on as if nobody had: `compare` gives the baseline what `run` gives it."""
    alone = experiment(tiny(), replications=4)
    assert all_alike(of(pair, "baseline"), of(alone, "baseline"))
    columns = ["estimate", "low", "high", "n", "note"]
    assert_frame_equal(pair.measures.query("scenario == 'baseline'")[columns], alone.measures[columns])


def test_a_branch_is_an_area_that_was_switched(pair):
    """The other scenario's outcome is that of one area which ran under the baseline and was switched at the opening of the window."""
    base, own = parameters(tiny()), parameters(tiny("good-practice"))
    for replication, branched in enumerate(of(pair, "good-practice")[:2]):
        area = Area(base, pair.plan.seed, replication)
        area.run(WARM_UP * DAY)
        area.switch(own)
        cohort = follow(area, pair.plan, own)
        assert repr({part[:3]: float(part.value) for part in pair.plan.reading(cohort)}) == repr(branched)


def test_the_order_of_the_others_does_not_matter():
    """Each branch is a copy: a scenario's outcome is the same whoever is compared beside it."""
    base, good, desk = tiny(), tiny("good-practice"), tiny("desk-based")
    one, other = experiment(base, good, desk, replications=1), experiment(base, desk, good, replications=1)
    for name in one.names:
        assert all_alike(of(one, name), of(other, name))


def test_scenarios_part_at_the_switch():
    """Before the opening of the window the event logs are equal, line by line; afterwards they are not."""
    logs = [outcome.log.drop(columns="scenario") for outcome in replicate(traced(tiny(), tiny("good-practice")))]
    before = [log[log["time"] < WARM_UP * DAY].reset_index(drop=True) for log in logs]
    after = [log[log["time"] >= WARM_UP * DAY].reset_index(drop=True) for log in logs]
    assert len(before[0]) > 100
    assert_frame_equal(before[0], before[1])
    assert not after[0].equals(after[1])


def test_scenarios_part_at_the_start_under_a_steady_effect():
    """With effect "steady" each is warmed up under itself: the logs part in the warm-up, and the baseline's is what it always was."""
    first, steady = (replicate(traced(tiny(), tiny("good-practice"), effect=effect)) for effect in ("first-year", "steady"))
    warm_up = [outcome.log[outcome.log["time"] < WARM_UP * DAY].reset_index(drop=True) for outcome in steady]
    assert not warm_up[0].equals(warm_up[1])
    assert_frame_equal(first[0].log, steady[0].log)


def test_steady_is_each_alone():
    """With effect "steady" every scenario gives what `run` gives it."""
    result = experiment(tiny(), tiny("good-practice"), replications=2, effect="steady")
    for scenario in result.plan.scenarios:
        assert all_alike(of(result, scenario.name), of(experiment(scenario, replications=2), scenario.name))


@pytest.mark.parametrize(
    ("change", "words"),
    [({"world__find_rate": 0.02}, "different worlds"), ({"area__reports_per_year": 250.0}, "different areas")],
)
def test_another_world_or_place_is_said_and_warmed_up_by_itself(change, words):
    """Where children or places differ there is no shared warm-up: the other gives what `run` gives it, and a notice names what differs."""
    other = tiny(called="elsewhere", **change)
    result = experiment(tiny(), other, replications=1)
    (notice,) = result.notices
    assert words in notice
    assert next(iter(change)).replace("__", ".") in notice
    assert all_alike(of(result, "elsewhere"), of(experiment(other, replications=1), "elsewhere"))


def test_scenarios_of_one_world_need_no_notice(pair):
    """A fair comparison has nothing to add."""
    assert pair.notices == ()


def test_a_replication_is_what_its_number_says():
    """Replication k is the same however many are run; another seed gives another; and no two are alike."""
    few, many = experiment(tiny(), replications=2), experiment(tiny(), replications=3)
    assert all_alike(of(few, "baseline"), of(many, "baseline")[:2])
    again = experiment(tiny(), replications=2, seed=8)
    seen = [repr(values) for values in of(many, "baseline") + of(again, "baseline")]
    assert len(set(seen)) == len(seen)


def test_seed_and_replications_come_from_the_scenario():
    """Unless they are asked for: the tiny scenario says seed 7 and three replications."""
    told = experiment(tiny(), replications=None)
    assert (told.plan.seed, told.replications) == (7, 3)
    assert all_alike(of(told, "baseline"), of(experiment(tiny(), seed=7), "baseline"))


def test_what_is_traced_is_what_is_measured():
    """Keeping the event log changes no outcome."""
    silent = Plan((tiny(),), seed=7, replications=1, engine="simpy")
    (a,), (b,) = replicate(silent), replicate(traced(tiny()))
    assert a.log is None
    assert isinstance(b.log, pd.DataFrame)
    assert repr(a) == repr(replace(b, log=None))


def test_no_measure_is_infinite(pair):
    """A measure is a number, or nan where there is nothing to take it over."""
    assert not any(math.isinf(value) for values in of(pair, "baseline") for value in values.values())
