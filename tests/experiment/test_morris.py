"""The screening of Morris: elementary effects, luck among the factors, gaps, and what the sample looks like."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from SALib.analyze import morris as salib_morris
from SALib.sample import morris as salib_sample

import sim
from sim.experiment.archive import reopened
from sim.experiment.factors import Factors, problem
from sim.experiment.morris import Morris, design, elementary_effects, indices, looks, steps
from sim.scenario.difference import differences, values
from tests.experiment.tiny import tiny

PATHS = ("practice.desk_based_share", "practice.referral_share", "resources.desk_cost")
LEVELS = 4
STEP = LEVELS / (2 * (LEVELS - 1))


@pytest.fixture(scope="module")
def grid() -> np.ndarray:
    """Thirty trajectories of four factors: trajectories x points x factors."""
    return salib_sample.sample(problem(4), 30, num_levels=LEVELS, seed=np.random.default_rng(1)).reshape(30, 5, 4)


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> Morris:
    """Three parameters and luck in a tiny place."""
    how = {"engine": "compiled", "workers": 1, "out": tmp_path_factory.mktemp("morris")}
    return sim.sensitivity(tiny(), "morris", parameters=PATHS, measures=["T2", "P1"], trajectories=5, **how)


def test_a_linear_function_has_its_slopes_as_effects(grid):
    """Each over the whole range, the same everywhere; that of the last factor, luck, is the plain difference."""
    slopes = np.array([3.0, -2.0, 0.0, 1.5])
    effects = elementary_effects(grid @ slopes, steps(grid), LEVELS)
    np.testing.assert_allclose(effects[:, :3], np.broadcast_to(slopes[:3], (30, 3)), atol=1e-12)
    np.testing.assert_allclose(np.abs(effects[:, 3]), 1.5 * STEP, rtol=1e-12)


def test_indices_are_those_of_salib(grid):
    """For a function with a bend and an interaction: mean effect, mean absolute effect, standard deviation."""
    y = np.sin(3 * grid[..., 0]) + grid[..., 1] * grid[..., 2] - 2 * grid[..., 3] ** 2
    ours = indices(elementary_effects(y, steps(grid), LEVELS), seed=1)
    theirs = salib_morris.analyze(problem(4), grid.reshape(-1, 4), y.ravel(), num_levels=LEVELS)
    for name in ("mu", "mu_star", "sigma"):
        np.testing.assert_allclose(getattr(ours, name)[:3], np.asarray(theirs[name])[:3], rtol=1e-10)


def test_intervals_enclose_their_indices_and_narrow(grid):
    """With four times the trajectories they are about half as wide."""
    effects = np.random.default_rng(2).normal(1.0, 1.0, (400, 4))
    few, many = indices(effects[:100], seed=1), indices(effects, seed=1)
    for one in (few, many):
        assert (one.mu_star_interval[0] < one.mu_star).all()
        assert (one.mu_star < one.mu_star_interval[1]).all()
        assert (one.sigma_interval[0] < one.sigma_interval[1]).all()
    widths = [np.ptp(one.mu_star_interval, axis=0).mean() for one in (few, many)]
    assert 1.6 < widths[0] / widths[1] < 2.5


def test_the_bootstrap_repeats_itself():
    """The same seed gives the same intervals, 0 as well as any other."""
    effects = np.random.default_rng(2).normal(1.0, 1.0, (20, 3))
    for seed in (0, 7):
        np.testing.assert_array_equal(indices(effects, seed).mu_star_interval, indices(effects, seed).mu_star_interval)
    assert (indices(effects, 0).mu_star_interval != indices(effects, 7).mu_star_interval).any()


def test_a_gap_leaves_out_the_steps_beside_it_and_no_others(grid):
    """A run with nothing to measure is part of two steps; each factor says of how many trajectories its indices are."""
    y = grid @ np.array([3.0, -2.0, 0.0, 1.5])
    y[0, 2] = np.nan
    effects = elementary_effects(y, steps(grid), LEVELS)
    assert np.isnan(effects).sum() == 2
    assert set(np.flatnonzero(np.isnan(effects[0]))) == set(np.abs(steps(grid)[0, 1:3]) - 1)
    assert sorted(indices(effects, 1).n) == [29, 29, 30, 30]


def test_a_factor_that_was_never_measured_has_no_index():
    """Nothing is put in the place of what is missing."""
    effects = np.array([[1.0, np.nan], [3.0, np.nan]])
    ours = indices(effects, 1)
    assert ours.mu_star[0] == 2.0
    assert np.isnan([ours.mu_star[1], ours.sigma[1], *ours.mu_star_interval[:, 1]]).all()
    assert list(ours.n) == [2, 0]


def test_one_factor_moves_at_a_time_and_luck_is_one_of_them():
    """From each point to the next either one value changes or the luck; every trajectory has two lucks of its own."""
    base = tiny()
    sample = design(base, Factors(PATHS, 0), trajectories=6, levels=LEVELS, seed=3)
    points = len(PATHS) + 2
    assert len(sample.scenarios) == len(sample.lucks) == 6 * points
    for trajectory in range(6):
        part = slice(trajectory * points, (trajectory + 1) * points)
        scenarios, lucks = sample.scenarios[part], sample.lucks[part]
        assert set(lucks) == {2 * trajectory, 2 * trajectory + 1}
        for step, moved in enumerate(sample.steps[trajectory]):
            changed = differences(scenarios[step], scenarios[step + 1])
            if abs(moved) == len(PATHS) + 1:
                assert (changed, lucks[step]) == ([], 2 * trajectory)
                assert lucks[step + 1] == 2 * trajectory + 1
            else:
                assert [change.path for change in changed] == [PATHS[abs(moved) - 1]]
                assert (changed[0].b > changed[0].a) == (moved > 0)
                assert lucks[step] == lucks[step + 1]


def test_the_sample_follows_from_the_seed():
    """The same again, and another for another seed; also for 0."""
    def sampled(seed):
        return [values(scenario) for scenario in design(tiny(), Factors(PATHS, 0), 3, LEVELS, seed).scenarios]

    assert sampled(0) == sampled(0)
    assert sampled(0) != sampled(1)


def test_simulated_effects(found):
    """What people cost does nothing, exactly; luck does something to the hours away; a larger desk-based share makes the first action later."""
    rows = found.indices.set_index(["measure", "factor"])
    assert rows.loc[("T2", "resources.desk_cost"), "mu_star"] == 0.0
    assert rows.loc[("P1", "resources.desk_cost"), "sigma"] == 0.0
    assert rows.loc[("P1", "luck"), "mu_star"] > 0.0
    assert rows.loc[("T2", "practice.desk_based_share"), "mu"] == rows.loc[("T2", "practice.desk_based_share"), "mu_star"] > 0.5
    assert list(found.indices[found.indices["measure"] == "P1"]["rank"]) == [1, 2, 3, 4]


def test_convergence_ends_in_the_index(found):
    """After all trajectories it is the index itself."""
    last = found.convergence[found.convergence["trajectories"] == 5].set_index(["measure", "factor"])["mu_star"]
    pd.testing.assert_series_equal(last.sort_index(), found.indices.set_index(["measure", "factor"])["mu_star"].sort_index())
    assert sorted(set(found.convergence["trajectories"])) == [2, 3, 4, 5]


def test_the_folder_is_opened_again_without_the_sample(found, monkeypatch):
    """What moved at which step is kept, so that no other version of SALib can change it."""
    monkeypatch.setattr("sim.experiment.factors.import_module", None)
    again = reopened(found.folder)
    assert type(again) is Morris
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)


def test_looks_reach_from_two_to_all():
    """At most so many, and never fewer than two trajectories."""
    assert list(looks(2)) == [2]
    assert list(looks(20)) == [2, 5, 8, 10, 12, 15, 18, 20]
