"""`explain`: what differs is put together by failing, every combination is simulated with the same luck, and the shares sum to the difference."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.experiment.archive import reopened
from sim.experiment.attribution import Explanation, explain
from sim.experiment.cause import FAILINGS, causes, of_parents
from sim.experiment.combinations import RUNS, combinations, lucks, orders_of
from sim.experiment.shapley import passed
from sim.outcomes.interval import mean_interval
from sim.scenario import ScenarioError, entries, load
from sim.scenario.difference import differences
from sim.scenario.practice import Practice
from tests.experiment.games import explained
from tests.experiment.tiny import tiny

DURHAM = ["no-overnight", "under-graded", "no-face-to-face", "not-recorded", "no-referral"]
SHORT = {"run__warm_up_days": 20.0, "run__window_days": 30.0, "run__run_on_days": 10.0}
HOW = {"engine": "compiled", "workers": 1}
THREE = {"practice__overnight_activity": 0.1, "practice__desk_based_share": 0.9, "practice__referral_share": 0.1}


def told(call) -> str:
    with pytest.raises(ScenarioError) as caught:
        call()
    return str(caught.value)


@pytest.fixture(scope="module")
def pair():
    """A tiny place as it is, and with three ways of working changed."""
    return tiny(**SHORT), tiny(called="worse", **SHORT, **THREE)


@pytest.fixture(scope="module")
def simulated(pair) -> Explanation:
    """All combinations of three causes in each of three replications."""
    return explain(*pair, measures=("T2", "W1", "C1", "P1"), replications=3, **HOW)


# what the causes are


def test_the_five_failings():
    """The finding of March 2020 names five failings; the nine values that encode it are five causes."""
    found = causes(load("baseline"), load("durham-2020-03"))
    assert [cause.id for cause in found] == DURHAM
    assert sum(len(cause.paths) for cause in found) == 9
    alone = causes(load("baseline"), load("durham-2020-03"), "value")
    assert [cause.paths for cause in alone] == [(found.path,) for found in differences(load("baseline"), load("durham-2020-03"))]


@pytest.mark.parametrize("entry", [entry for entry in entries() if entry.kind == "failing"], ids=lambda entry: entry.name)
def test_a_failing_of_the_library_is_one_cause(entry):
    """Each file that shows a failing alone changes one cause, of its name."""
    assert [cause.id for cause in causes(load("baseline"), load(entry.name))] == [entry.name]


def test_a_key_belongs_to_one_failing():
    """Every key that is named is a key of [practice], and none is named twice."""
    named = [key for _, keys in FAILINGS.values() for key in keys]
    assert set(named) <= set(Practice.model_fields)
    assert len(named) == len(set(named))


def test_every_key_that_the_library_sets_belongs_to_a_failing():
    """So that the causes of its scenarios are failings and not keys."""
    base = load("baseline")
    known = {f"practice.{key}" for _, keys in FAILINGS.values() for key in keys}
    for entry in entries():
        if entry.kind in ("finding", "failing", "practice", "era"):
            assert {found.path for found in differences(base, load(entry.name))} <= known, entry.name


def test_other_values_stand_by_themselves():
    """A value that is in no failing is a cause by its path, and is called by its key in words."""
    (staff, interview) = causes(tiny(), tiny(called="b", resources__mash_staff=5, practice__rhi_hours=9.0))[::-1]
    assert (staff.id, staff.title) == ("resources.mash_staff", "MASH staff")
    assert (interview.id, interview.title) == ("practice.rhi_hours", "return home interview hours")


def test_parents_of_a_file_say_what_belongs_together(tmp_path):
    """A file that extends a failing of one's own: what that sets is one cause, under its title; the file's own values are not."""
    about = '[about]\ntitle = "Slow to begin"\nsummary = ""\nkind = "failing"\n'
    (tmp_path / "slow.toml").write_text(f'extends = "baseline"\n{about}[practice]\ncall_grading_hours = 2.0\nendorse_hours = 5.0\n', encoding="utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text('extends = ["no-overnight", "./slow.toml"]\n[practice]\nrhi_hours = 5.0\n', encoding="utf-8")
    found = causes(load("baseline"), load(mine), also=of_parents(mine))
    assert {cause.title for cause in found} == {"activity overnight", "slow to begin", "return home interview hours"}
    assert next(cause for cause in found if cause.id == "slow").paths == ("practice.call_grading_hours", "practice.endorse_hours")


# what is refused


def test_nothing_to_explain():
    """The same scenario twice; other replications and another seed are no difference."""
    assert told(lambda: explain(tiny(), tiny(called="b", run__seed=9, run__replications=5))) == (
        "baseline and b are the same in effect; name two scenarios that differ"
    )


@pytest.mark.parametrize("change", [{"area__networks": 4}, {"world__find_rate": 0.1}])
def test_another_place_is_not_explained(change):
    """An area or a world is no way of working."""
    message = told(lambda: explain(tiny(), tiny(called="b", practice__rhi_hours=3.0, **change)))
    assert message.startswith(f"baseline and b differ in {next(iter(change)).replace('__', '.')}, which is no way of working; allowed: two ways")


def test_other_days_are_not_explained():
    """Both are measured over the same days."""
    assert "b differ in run.window_days" in told(lambda: explain(tiny(), tiny(called="b", run__window_days=50.0)))


def test_values_that_do_not_go_together():
    """A combination that the schema does not allow is told with its causes, and what to do."""
    high, low = tiny(practice__under_graded_share=0.1), tiny(called="b", practice__under_graded_share=0.9, practice__over_graded_share=0.05)
    assert isinstance(explained({"T2": lambda who, number: 1.0}, high, low), Explanation)
    low = tiny(called="b", practice__under_graded_share=0.9, practice__over_graded_share=0.0)
    high = tiny(practice__under_graded_share=0.1, practice__over_graded_share=0.5)
    message = told(lambda: explain(high, low))
    assert message.startswith("with only grades too low as in b, baseline is no scenario that can be simulated: practice.under_graded_share")
    assert "one parent of kind failing" in message


@pytest.mark.parametrize("wrong", [0, -1, 1_001, 2.0, True, "some"])
def test_orders_are_a_whole_number_or_all(wrong, pair):
    """Anything else is refused, with what is allowed."""
    assert told(lambda: explain(*pair, orders=wrong)) == f"--orders: {wrong!r} is not allowed; allowed: all, or a whole number from 1 to 1,000"


def test_all_combinations_of_many_are_refused():
    """More than ten causes are sampled, also if all are asked for."""
    assert "13 causes have 8,192 combinations" in told(lambda: explain("durham-2020-03", "good-practice", orders="all"))


def test_other_wrong_requests(pair):
    """Each is told with what is allowed."""
    assert told(lambda: explain(*pair, by="size")) == '--by: "size" is not known; allowed: failing, value'
    assert '"T99" is not a measure' in told(lambda: explain(*pair, measures=("T99",)))
    assert "names no scenario to be explained against" in told(lambda: explain("baseline"))


def test_the_counterfactual_is_the_second():
    """A finding alone is explained against what its file names."""
    found = explained({"T2": lambda who, number: float(number)}, "durham-2020-03", None, replications=2)
    assert (found.a.name, found.b.name) == ("durham-2020-03", "baseline")


# what is simulated


def test_nobody_and_everybody_are_the_two_scenarios(simulated, pair):
    """The first combination is the first scenario, the last is the second in effect, with its name and what it says of itself."""
    assert simulated.combinations == list(range(8))
    assert simulated.a == pair[0]
    assert simulated.b.name == "worse"
    assert differences(simulated.b, pair[1]) == []
    assert simulated.b.about == pair[1].about


def test_each_combination_changes_its_causes_and_nothing_else(simulated, pair):
    """Between any two neighbours what differs is one cause."""
    for place, combination in enumerate(simulated.combinations):
        changed = {found.path for found in differences(pair[0], simulated.plan.scenarios[place])}
        assert changed == {path for bit, cause in enumerate(simulated.causes) if combination >> bit & 1 for path in cause.paths}


def test_all_combinations_where_that_is_little():
    """Up to 1,600 runs; beyond, orders that together pass through every combination, for as many runs as that or as few as that takes."""
    assert orders_of(5, 50, 1, None) is None
    for replications in (51, 100, 200, 1_000):
        chosen = orders_of(5, replications, 1, None)
        assert chosen is not None
        assert len(combinations(5, chosen)) == 32
        runs = sum(map(len, lucks(5, chosen)))
        assert runs <= max(RUNS, 6 * replications)


@pytest.mark.parametrize("causes", [6, 8, 10])
def test_up_to_ten_causes_all_combinations_are_simulated(causes):
    """In some replication each, however few there are."""
    assert len(combinations(causes, orders_of(causes, 30, 1, None))) == 2**causes


def test_more_than_ten_are_sampled():
    """13 causes in 60 replications: two orders each, 26 runs or fewer in a replication."""
    chosen = orders_of(13, 60, 1, None)
    numbers = lucks(13, chosen)
    assert {len(those) for those in chosen} == {2}
    assert numbers[0] == numbers[-1] == tuple(range(60))
    assert sum(map(len, numbers)) <= 60 * 26


def test_a_combination_is_simulated_where_an_order_passes_it():
    """And nowhere else."""
    chosen = orders_of(4, 9, 1, 2)
    for combination, numbers in zip(combinations(4, chosen), lucks(4, chosen), strict=True):
        assert numbers == tuple(number for number, those in enumerate(chosen) if any(combination in passed(order) for order in those))


# what comes of it


def test_the_shares_of_a_replication_sum_to_its_difference(simulated):
    """To rounding, in every replication and measure."""
    for measure in simulated.measures:
        worth = simulated.worth(measure)
        np.testing.assert_allclose(simulated.by_replication(measure).sum(axis=0), worth[-1] - worth[0], rtol=1e-9, atol=1e-9)


def test_the_total_is_that_of_a_comparison(simulated, pair):
    """The same as `compare` finds, to the last digit."""
    compared = sim.compare(*pair, replications=3, **HOW).differences.set_index("measure")
    for row in simulated.totals.to_dict("records"):
        for column in ("estimate", "low", "high"):
            assert row[column] == compared.loc[row["measure"], column], row["measure"]


@pytest.mark.parametrize("replications", [4, 200])
def test_a_cause_without_effect_has_exactly_nothing(replications):
    """Where only one cause matters, it has the whole, and each of the others exactly 0: with all combinations, and with one order."""
    found = explained({"T2": lambda who, number: 3.0 * ("no-overnight" in who) + number % 7}, replications=replications)
    shares = found.shares.set_index("lever")
    assert (found.orders is None) == (replications == 4)
    assert shares.loc["no-overnight", ["estimate", "low", "high"]].tolist() == pytest.approx([3.0, 3.0, 3.0])
    for other in DURHAM[1:]:
        assert shares.loc[other, ["estimate", "low", "high"]].tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("orders", ["all", 1, 3])
def test_a_game_that_is_known(orders):
    """Two causes that only matter together share equally what they do, whatever the luck; every interval holds the share, all orders or few."""
    luck = np.random.default_rng(4).normal(size=400)

    def worth(who, number):
        return 5.0 + luck[number] + 2.0 * {"under-graded", "no-referral"}.issubset(who) - (1.0 + 0.1 * luck[number]) * ("not-recorded" in who)

    found = explained({"T2": worth}, replications=400, orders=orders)
    shares = found.shares.set_index("lever")
    for lever, known in (("under-graded", 1.0), ("no-referral", 1.0), ("not-recorded", -1.0), ("no-overnight", 0.0), ("no-face-to-face", 0.0)):
        row = shares.loc[lever]
        assert row["low"] - 1e-9 <= known <= row["high"] + 1e-9, lever
        assert row["n"] == 400
    assert shares["estimate"].sum() == pytest.approx(found.totals.loc[0, "estimate"], abs=1e-9)
    assert shares["of_total"].sum() == pytest.approx(100.0)


def test_what_is_not_defined_is_left_out_of_all():
    """A replication in which one combination had nothing to measure counts for no share and not for the total, and is told."""

    def worth(who, number):
        if number == 2 and who == {"no-overnight", "not-recorded"}:
            return float("nan")
        return number + 10.0 * ("no-overnight" in who) * (1 + number)

    found = explained({"T2": worth, "P1": lambda who, number: float("nan")}, replications=4)
    shares = found.shares[found.shares["measure"] == "T2"]
    assert set(shares["n"]) == {3}
    assert set(shares["left_out"]) == {1}
    total = found.totals.set_index("measure").loc["T2"]
    assert (total["n"], total["left_out"]) == (3, 1)
    assert total["estimate"] == pytest.approx(mean_interval([10.0, 20.0, 40.0]).estimate)
    assert found.totals.set_index("measure").loc["P1", "n"] == 0


def test_with_sampled_orders_too():
    """The causes whose turn is elsewhere have no share in that replication either: shares and total are of the same replications, and sum."""
    missing = frozenset({"no-overnight"})
    passing = {"no-overnight": 8.0, "under-graded": 1.0, "no-referral": 3.0}

    def worth(who, number):
        return float("nan") if who == missing else (1 + number) * sum(passing.get(id, 0.0) for id in who)

    found = explained({"T2": worth}, replications=40, orders=1)
    total = found.totals.loc[0]
    assert 0 < total["left_out"] < 40
    assert set(found.shares["n"]) == {total["n"]}
    assert found.shares["estimate"].sum() == pytest.approx(total["estimate"])


def test_a_stopped_run_is_told_by_what_was_finished():
    """The replications that are whole count, the others are left out."""
    found = explained({"T2": lambda who, number: float(number + len(who))}, replications=60, stopped=20)
    assert found.orders is not None
    assert set(found.shares["n"]) == {40}
    assert found.shares["estimate"].tolist() == pytest.approx([1.0] * 5)


# which comes first


def noisy(sizes: dict[str, float], spread: float = 0.1):
    """Each cause adds its own, give or take."""
    noise = {id: np.random.default_rng(place).normal(scale=spread, size=50) for place, id in enumerate(DURHAM)}
    return lambda who, number: float(sum(sizes.get(id, 0.0) + noise[id][number] for id in who))


def test_the_largest_is_marked():
    """The one whose share is clearly above every other's; of a fall, the one that falls furthest."""
    for side in (1.0, -1.0):
        sizes = {"no-referral": 2.0, "under-graded": 1.0, "not-recorded": -3.0, "no-overnight": 3.0}
        found = explained({"T2": noisy({id: side * size for id, size in sizes.items()})})
        assert found.leading("T2") == ("no-overnight",)
        assert found.shares.loc[found.shares["largest"], "lever"].tolist() == ["no-overnight"]


def test_equals_are_marked_together():
    """Where the paired difference of two shares may be none, both are marked, the larger estimate first."""
    found = explained({"T2": noisy({"no-referral": 2.0, "under-graded": 2.02, "not-recorded": 1.0}, spread=0.3)})
    assert set(found.leading("T2")) == {"no-referral", "under-graded"}


def test_of_no_clear_difference_none_is_largest():
    """Nor is there a share of it in percent."""
    found = explained({"T2": noisy({"no-referral": 2.0, "under-graded": -2.0})})
    assert not found.shares["largest"].any()
    assert found.shares["of_total"].isna().all()


# what is kept


def test_the_same_from_its_folder(pair, tmp_path):
    """Kept cell by cell, opened again with the same tables, and not simulated a second time; fewer orders are another experiment."""
    out = tmp_path / "kept"
    kept = explain(*pair, measures=("T2", "W1"), replications=2, orders=1, out=out, **HOW)
    again = reopened(out)
    assert isinstance(again, Explanation)
    for name, table in kept.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)
        if name != "levers":
            pd.testing.assert_frame_equal(pd.read_csv(out / f"{name}.csv"), table, check_dtype=False)
    assert pd.read_csv(out / "levers.csv", dtype=str)["path"].tolist() == kept.levers["path"].tolist()
    before = _cells(out)
    explain(*pair, measures=("T2", "W1"), replications=2, orders=1, out=out, **HOW)
    assert _cells(out) == before
    assert "holds another experiment" in told(lambda: explain(*pair, measures=("T2", "W1"), replications=2, orders=2, out=out, **HOW))


def _cells(out: Path) -> list[tuple[str, int]]:
    return sorted((path.name, path.stat().st_mtime_ns) for path in (out / "cells").glob("*.parquet"))


def test_neither_workers_nor_engine_matter(pair, simulated):
    """The same shares from SimPy, in two processes."""
    other = explain(*pair, measures=tuple(simulated.measures), replications=3, engine="simpy", workers=2)
    pd.testing.assert_frame_equal(other.shares, simulated.shares)


def test_a_scenario_by_name_takes_area_and_values():
    """`area` and `overrides` are laid over both."""
    found = explained({"T2": lambda who, number: 0.0}, area="small-force", overrides={"practice.rhi_hours": 4.0}, replications=2)
    assert found.a.area.reports_per_year == found.b.area.reports_per_year == 1500.0
    assert {scenario.practice.rhi_hours for scenario in found.plan.scenarios} == {4.0}


def test_steady_is_each_under_its_own():
    """The effect is that of the plan."""
    assert explained({"T2": lambda who, number: 0.0}, effect="steady", replications=2).plan.effect == "steady"


def test_causes_are_in_the_order_of_the_schema():
    """However the files name them."""
    fields = [f"practice.{key}" for key in Practice.model_fields]
    firsts = [fields.index(cause.paths[0]) for cause in causes(load("durham-2020-03"), load("good-practice"))]
    assert all(one < other for one, other in pairwise(firsts))
