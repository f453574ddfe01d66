"""The indices of Sobol against functions whose indices are known, and luck as a factor: alone, not at all, and among others."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from SALib.sample import sobol as salib_sample

import sim
from sim.experiment.archive import reopened
from sim.experiment.factors import Factors, problem
from sim.experiment.plan import Plan
from sim.experiment.reading import Only
from sim.experiment.sobol import Sobol, design, indices
from sim.experiment.values import Values
from sim.outcomes.split import Part
from sim.scenario.difference import values
from sim.scenario.ranges import ranges
from tests.experiment.tiny import tiny

PATHS = ("practice.desk_based_share", "practice.overnight_activity")


def sampled(factors: int, samples: int) -> np.ndarray:
    """Saltelli's sample: base samples x rows x factors."""
    drawn = salib_sample.sample(problem(factors), samples, calc_second_order=False, seed=np.random.default_rng(5))
    return drawn.reshape(samples, factors + 2, factors)


def shares(scenario) -> list[float]:
    """How far through their ranges the two parameters stand."""
    held = values(scenario)
    return [(held[path] - ranges()[path].low) / (ranges()[path].high - ranges()[path].low) for path in PATHS]


def by_hand(outcome, samples: int = 512, gap: int | None = None) -> Sobol:
    """Findings whose values are `outcome(shares, luck)` at each point; the run of `gap` had nothing to measure."""
    base = tiny()
    sample = design(base, Factors(PATHS, 0), samples, seed=2)
    lucks = ((), *((number,) for number in sample.lucks))
    plan = Plan((base, *sample.scenarios), 2, 1, "simpy", reading=Only(("P1",)), lucks=lucks)
    found = Values(plan)
    for place, (scenario, luck) in enumerate(zip(sample.scenarios, sample.lucks, strict=True), start=1):
        value = np.nan if place == gap else outcome(shares(scenario), luck)
        found.fill(place, luck, [Part("P1", "", "", value, 1)])
    return Sobol(plan, found, True, (), {"over": None, "parameters": list(PATHS), "choices": 0, "samples": samples})


def of(found: Sobol, column: str) -> list[float]:
    """An index of the two parameters and of luck."""
    rows = found.indices.set_index("factor")
    return [float(rows.loc[name, column]) for name in (*PATHS, "luck")]


def test_the_function_of_ishigami():
    """Known first and total indices, and exactly 0 for a fourth factor that does nothing."""
    x = np.pi * (2 * sampled(4, 2048) - 1)
    found = indices(np.sin(x[..., 0]) + 7 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0]), seed=1)
    np.testing.assert_allclose(found.first, [0.3139, 0.4424, 0.0, 0.0], atol=0.03)
    np.testing.assert_allclose(found.total, [0.5576, 0.4424, 0.2437, 0.0], atol=0.03)
    assert (found.first[3], found.total[3]) == (0.0, 0.0)
    assert (found.first_interval[0, :3] <= [0.3139, 0.4424, 0.0]).all()
    assert (found.first_interval[1, :3] >= [0.3139, 0.4424, 0.0]).all()


def test_luck_alone_is_all_of_the_variance():
    """Where no parameter matters, its indices are 1, and theirs exactly 0."""
    luck = np.random.default_rng(1).normal(size=2000)
    found = by_hand(lambda share, number: luck[number])
    assert of(found, "total") == pytest.approx([0.0, 0.0, 1.0], abs=0.1)
    assert of(found, "total")[:2] == of(found, "first")[:2] == [0.0, 0.0]
    assert of(found, "first")[2] == pytest.approx(1.0, abs=0.1)


def test_no_luck_has_no_index():
    """Where everything follows from the parameters, chance is exactly 0 of the variance."""
    found = by_hand(lambda share, number: 3 * share[0] + share[1])
    assert of(found, "total")[2] == 0.0
    assert of(found, "total")[:2] == pytest.approx([0.9, 0.1], abs=0.05)


def test_chance_and_parameters_are_told_apart():
    """A sum of two parameters and luck: variances 9/12, 1/12 and 0.5, and no interactions."""
    luck = np.random.default_rng(1).normal(0.0, np.sqrt(0.5), 2000)
    found = by_hand(lambda share, number: 3 * share[0] + share[1] + luck[number])
    whole = 9 / 12 + 1 / 12 + 0.5
    expected = [9 / 12 / whole, 1 / 12 / whole, 0.5 / whole]
    assert of(found, "total") == pytest.approx(expected, abs=0.06)
    assert of(found, "first") == pytest.approx(expected, abs=0.12)
    lows, highs = of(found, "total_low"), of(found, "total_high")
    assert all(low <= value <= high for low, value, high in zip(lows, expected, highs, strict=True))


def test_a_gap_leaves_out_its_base_sample_and_says_so():
    """The indices are those of the other base samples; nothing is put in its place."""
    luck = np.random.default_rng(1).normal(size=2000)

    def outcome(share, number):
        return share[0] + luck[number]

    gap = by_hand(outcome, samples=16, gap=12)
    assert (set(gap.indices["n"]), set(gap.indices["left_out"])) == ({15}, {1})
    whole = by_hand(outcome, samples=16)
    assert (set(whole.indices["n"]), set(whole.indices["left_out"])) == ({16}, {0})
    without = indices(np.delete(whole.outcomes("P1"), 11 // 5, axis=0), seed=2)
    assert of(gap, "total") == pytest.approx(list(without.total))


def test_a_run_that_is_missing_is_not_a_gap_in_the_measure():
    """A base sample that was not finished is left out as well, but is not said to have had nothing to measure."""
    whole = by_hand(lambda share, number: share[0] + number % 7, samples=16)
    cut = Values(whole.plan)
    for place in range(1, 1 + 10 * whole.rows + 3):
        (number,) = whole.plan.numbers(place)
        cut.fill(place, number, [Part("P1", "", "", float(whole.values.of("P1")[place, 0]), 1)])
    stopped = Sobol(whole.plan, cut, False, (), whole.request)
    assert (set(stopped.indices["n"]), set(stopped.indices["left_out"])) == ({10}, {0})
    assert of(stopped, "total") == pytest.approx(list(indices(whole.outcomes("P1")[:10], seed=2).total))


def test_what_does_not_vary_has_no_indices():
    """Not 0 and not 1."""
    found = indices(np.full((16, 5), 3.0), seed=1)
    assert np.isnan(found.first).all()
    assert np.isnan(found.total_interval).all()


def test_the_row_of_luck_has_the_values_of_a_and_the_luck_of_b():
    """And that of a parameter has the luck of A, so that each row differs from A in one factor."""
    sample = design(tiny(), Factors(PATHS, 0), 8, seed=3)
    for at in range(8):
        first, *moved, luck, last = [values(scenario) for scenario in sample.scenarios[5 * at : 5 * at + 5]]
        assert luck == first
        assert sample.lucks[5 * at : 5 * at + 5] == [2 * at, 2 * at, 2 * at, 2 * at + 1, 2 * at + 1]
        for path, row in zip(PATHS, moved, strict=True):
            assert [key for key in row if row[key] != first[key]] == [path]
            assert row[path] == last[path]


def test_the_sample_follows_from_the_seed():
    """The same again, and another for another seed; also for 0."""

    def drawn(seed):
        return [values(scenario) for scenario in design(tiny(), Factors(PATHS, 0), 8, seed).scenarios]

    assert drawn(0) == drawn(0)
    assert drawn(0) != drawn(1)


def test_simulated_indices(tmp_path):
    """Of what people cost and of luck, in the hours away, all is luck; the warm-up is lent and not measured; the folder opens again."""
    how = {"engine": "compiled", "workers": 1, "out": tmp_path}
    found = sim.sensitivity(tiny(), "sobol", parameters=["resources.desk_cost"], measures=["P1"], samples=16, **how)
    rows = found.indices.set_index("factor")
    assert (rows.loc["resources.desk_cost", "first"], rows.loc["resources.desk_cost", "total"]) == (0.0, 0.0)
    assert rows.loc["luck", "total_low"] <= 1.0 <= rows.loc["luck", "total_high"]
    assert rows.loc["luck", "total"] > 0.5
    assert not found.values.finished[0].any()
    assert sorted(set(found.convergence["samples"])) == [4, 8, 16]
    again = reopened(tmp_path)
    assert type(again) is Sobol
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)


def test_points_are_simulated_as_any_scenario_is(tmp_path):
    """A value of the sample is what a run of that scenario with that luck gives after the warm-up of the scenario as it is."""
    found = sim.sensitivity(tiny(), "sobol", parameters=PATHS, measures=["T2"], samples=8, engine="compiled", workers=1)
    place, base = 4, found.plan.baseline
    compared = sim.compare(base, found.plan.scenarios[place], replications=2, engine="compiled", workers=1)
    (number,) = found.plan.numbers(place)
    assert number == 1
    assert found.values.of("T2")[place, 0] == compared.values.of("T2")[1, number]
