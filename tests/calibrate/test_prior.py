"""The prior: every uncertain number has a dimension, every draw is a scenario, and a scenario has a place in it."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest

from sim.calibrate.prior import PROFILES, TIES, Prior
from sim.scenario import Scenario, ScenarioError, load, values
from sim.scenario.ranges import ranges

PRIOR = Prior.of()
D = len(PRIOR.names)
PROFILE_PATHS = ("world.leaving_by_hour", "world.leaving_by_day")


@pytest.fixture(scope="module")
def baseline() -> Scenario:
    return load("baseline")


def draws(n: int) -> np.ndarray:
    return np.random.Generator(np.random.Philox(key=5)).random((n, D))


def test_the_dimensions_are_the_uncertain_rows():
    """Each row of [world] and [practice] that is not fixed and not tied has one, or one for each element that has a range; nothing else has."""
    expected = []
    for path, row in ranges().items():
        if not path.startswith(("world.", "practice.")) or row.distribution == "fixed" or path in TIES:
            continue
        if not isinstance(row.low, tuple) or len(row.low) in PROFILES:
            expected.append(path)
        else:
            expected += [f"{path}[{n}]" for n, (low, high) in enumerate(zip(row.low, row.high, strict=True)) if low != high]
    assert list(PRIOR.names) == expected
    assert "world.leaving_per_year[0]" in PRIOR.names
    assert "world.find_rate" in PRIOR.names
    assert not any(name.startswith(("area.", "resources.", "run.", "world.reference_")) for name in PRIOR.names)
    assert {"practice.flag_is_high", "practice.wales_after_episodes", "practice.floor_age"}.isdisjoint(PRIOR.names)


def test_every_draw_is_a_scenario(baseline):
    """500 draws and both corners are accepted, keep their name and title, and lie within the ranges (shares that sum to one apart)."""
    table = ranges()
    for u in [*draws(500), np.zeros(D), np.ones(D)]:
        given = PRIOR.values(u)
        made = PRIOR.apply(baseline, given)
        assert (made.name, made.about.title) == (baseline.name, baseline.about.title)
        known = values(made)
        for path, value in given.items():
            assert np.allclose(known[path], value)
            if not path.endswith("_mix") and not path.endswith("_cuts"):
                low, high = np.array(table[path].low, float), np.array(table[path].high, float)
                assert ((np.array(value) >= low - 1e-12) & (np.array(value) <= high + 1e-12)).all(), path


def test_nothing_else_changes(baseline):
    """Area, resources, run, choices and rules stay those of the scenario."""
    before, after = values(baseline), values(PRIOR.apply(baseline, PRIOR.values(draws(1)[0]), "drawn"))
    drawn = {name.partition("[")[0] for name in PRIOR.names} | set(TIES)
    assert {path for path in before if before[path] != after[path]} <= drawn


def test_a_scenario_has_its_place(baseline):
    """Its numbers come back from its place, but for profiles, which come back near (their shape is not in the family)."""
    for scenario in (baseline, load("durham-2020-03"), load("good-practice"), load("safer-return-2019")):
        u = PRIOR.unit(scenario)
        assert u.shape == (D,)
        assert ((u >= 0.0) & (u <= 1.0)).all()
        known = values(scenario)
        for path, value in PRIOR.values(u).items():
            if path in TIES:
                continue
            assert np.allclose(value, known[path], rtol=0.2 if path in PROFILE_PATHS else 1e-9), path


def test_a_place_has_its_scenario(baseline):
    """Drawn numbers are found again where they were drawn, but for those that are rounded, rescaled or put in order."""
    u = draws(1)[0]
    found = PRIOR.unit(PRIOR.apply(baseline, PRIOR.values(u)))
    whole = {d.path for d in PRIOR.dimensions if d.whole}
    for name, drawn, back in zip(PRIOR.names, u, found, strict=True):
        path = name.partition("[")[0]
        if path not in whole and not path.endswith("_mix") and not path.endswith("_cuts"):
            assert back == pytest.approx(drawn, abs=1e-9), name


def test_outside_its_range_a_number_is_at_the_end(baseline):
    """Clipped."""
    outside = PRIOR.apply(baseline, {"world.find_rate": 900.0, "practice.assessor_noise": 0.0})
    found = dict(zip(PRIOR.names, PRIOR.unit(outside), strict=True))
    assert (found["world.find_rate"], found["practice.assessor_noise"]) == (1.0, 0.0)


def test_ranges_are_drawn_as_the_log_of_assumptions_says():
    """Half-way is the mean of a uniform range and the root of the product of a log-uniform one; whole numbers are equally likely."""
    half = PRIOR.values(np.full(D, 0.5))
    rows = ranges()
    for path, middle in (("world.protection_against_leaving", lambda a, b: (a + b) / 2), ("world.find_rate", lambda a, b: (a * b) ** 0.5)):
        assert half[path] == pytest.approx(middle(rows[path].low, rows[path].high))
    place = PRIOR.names.index("practice.trigger_plan_after")
    counts = []
    for u in np.linspace(0.0, 1.0, 401):
        given = np.full(D, 0.5)
        given[place] = u
        counts.append(PRIOR.values(given)["practice.trigger_plan_after"])
    assert set(counts) == {2.0, 3.0, 4.0, 5.0}
    assert min(counts.count(n) for n in set(counts)) >= 100


def test_the_yardstick_follows_practice(baseline):
    """The reference grades equal usual practice's values in every draw."""
    for u in draws(20):
        known = values(PRIOR.apply(baseline, PRIOR.values(u)))
        for reference, practice in TIES.items():
            assert known[reference] == known[practice]


def test_ties_hold_in_the_baseline(baseline):
    """What is tied is equal there to begin with."""
    known = values(baseline)
    assert all(known[reference] == known[practice] for reference, practice in TIES.items())


def test_shares_sum_to_one_and_cuts_rise():
    """In every draw, also where all are drawn alike."""
    for u in [*draws(50), np.zeros(D), np.ones(D)]:
        given = PRIOR.values(u)
        for path, value in given.items():
            if path.endswith("_mix"):
                assert sum(value) == pytest.approx(1.0)
        assert all(low < high for low, high in pairwise(given["practice.grade_cuts"]))


def test_elements_move_by_themselves():
    """One home's rate moves, the others stay; a profile moves as a whole."""
    u = np.full(D, 0.3)
    before = PRIOR.values(u)
    u[PRIOR.names.index("world.leaving_per_year[2]")] = 0.9
    u[PRIOR.names.index("world.leaving_by_hour")] = 0.9
    after = PRIOR.values(u)
    moved = [b != a for b, a in zip(before["world.leaving_per_year"], after["world.leaving_per_year"], strict=True)]
    assert moved == [False, False, True, False]
    assert all(b < a for b, a in zip(before["world.leaving_by_hour"], after["world.leaving_by_hour"], strict=True))
    assert {path for path in before if before[path] != after[path]} == {"world.leaving_per_year", "world.leaving_by_hour"}


@pytest.mark.parametrize("u", [np.zeros(D - 1), np.full(D, 1.5), np.full(D, -0.1), np.full(D, np.nan)], ids=["short", "above", "below", "nan"])
def test_a_wrong_place_is_refused(u):
    """One clear error."""
    with pytest.raises(ScenarioError, match=f"{D} numbers from 0 to 1"):
        PRIOR.values(u)


def test_a_draw_costs_a_few_milliseconds(baseline):
    """Of CPU time, so that a fit of thousands of draws does not notice; about one in practice."""
    points = draws(50)
    PRIOR.apply(baseline, PRIOR.values(points[0]))
    started = time.process_time()
    for u in points:
        PRIOR.apply(baseline, PRIOR.values(u))
    assert (time.process_time() - started) / len(points) < 0.01
