"""As many replications as a precision needs: narrow enough, not by luck, and still with an interval that holds the truth 95 times in 100."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

import sim
from sim.experiment import book
from sim.experiment.archive import reopened
from sim.experiment.plan import Plan
from sim.experiment.precision import AHEAD, FIRST, Precision, ahead, fours, half_widths, looks, needed, reached
from sim.experiment.values import Values
from sim.outcomes.interval import mean_interval, paired_interval
from sim.outcomes.split import Part
from sim.scenario import ScenarioError
from tests.experiment.tiny import tiny


def test_half_widths_are_those_of_the_intervals():
    """After each replication, half of the t interval of what is there so far; what had nothing to measure is left out."""
    sample = np.random.default_rng(1).normal(1e6, 2.0, 40)
    sample[[3, 20]] = math.nan
    found = half_widths(sample)
    assert math.isnan(found[0])
    for n in (2, 3, 4, 10, 40):
        assert found[n - 1] == pytest.approx(mean_interval(sample[:n]).half_width, rel=1e-6)


def test_an_interval_must_stay_narrow():
    """Narrow at the tenth by luck and wide at the twelfth is not enough; narrow for five more is."""
    steady = np.tile([0.0, 1.0], 30)
    width = half_widths(steady)[29]
    assert needed(steady, width * 1.0001) == 30
    lucky = np.concatenate([np.zeros(11), [100.0], np.zeros(4)])
    assert half_widths(lucky)[FIRST - 1] == 0.0
    assert needed(lucky, 1.0) is None
    assert needed(np.zeros(FIRST + AHEAD - 1), 1.0) is None
    assert needed(np.zeros(FIRST + AHEAD), 1.0) == FIRST


def test_of_many_more_are_looked_ahead():
    """Five of up to a hundred, then five in each hundred."""
    assert [ahead(n) for n in (10, 100, 101, 200, 1000)] == [5, 5, 6, 10, 50]


@pytest.mark.parametrize("most", [1, 7, 20, 35, 1000, 5000])
def test_looks_end_at_the_most_that_is_allowed(most):
    """And rise: by whole cells in between."""
    found = looks(most)
    assert found[-1] == most
    assert all(before < after for before, after in pairwise(found))
    assert all(n % 10 == 0 for n in found[:-1])


def ended(sample: np.ndarray, half_width: float) -> int:
    """At how many replications the work stops."""
    return next((n for n in looks(len(sample)) if reached(sample[:n], half_width)), len(sample))


def test_the_fewest_replications():
    """However much is allowed: 20, and 60 where what is not known is drawn, as the pages say."""
    calm = np.ones(100)
    assert ended(calm, 1.0) == 20
    assert next(n for n in looks(100) if reached(fours(calm[:n]), 1.0)) == 60


@pytest.mark.parametrize("half_width", [0.2, 0.3, 0.6])
def test_intervals_cover_the_truth(half_width):
    """Where the truth is known (pairs of normal values, difference 1.5), the interval at which the work stops holds it in 93% to 97% of 2,000
    repetitions, and is as narrow as was asked for."""
    luck = np.random.default_rng(5)
    covered, narrow = 0, 0
    for _ in range(2000):
        shared = luck.normal(0.0, 3.0, 300)
        first, second = shared + luck.normal(0.0, 0.7, 300), shared + 1.5 + luck.normal(0.0, 0.7, 300)
        n = ended(second - first, half_width)
        found = paired_interval(first[:n], second[:n])
        covered += found.low <= 1.5 <= found.high
        narrow += found.half_width <= half_width
    assert 0.93 <= covered / 2000 <= 0.97
    assert narrow == 2000


@pytest.mark.parametrize("replications", [5, 20, 100])
def test_intervals_of_a_fixed_number_cover_the_truth(replications):
    """The same without stopping."""
    luck = np.random.default_rng(6)
    shared = luck.normal(0.0, 3.0, (2000, replications))
    first, second = shared + luck.exponential(1.0, shared.shape), shared + 1.0 + luck.exponential(1.0, shared.shape)
    found = [paired_interval(one, other) for one, other in zip(first, second, strict=True)]
    assert 0.93 <= sum(one.low <= 1.0 <= one.high for one in found) / 2000 <= 0.97


def compared(wanted, **how):
    return sim.compare(tiny(), tiny("good-practice"), precision=wanted, engine="compiled", workers=1, **how)


def test_a_comparison_stops_when_it_is_precise(tmp_path):
    """The interval of every measure that was asked for is narrow enough, the notice says so, and the folder holds the same when it is opened or the
    command is given again."""
    width = compared({}, replications=40).differences.set_index("measure").loc["T2"]
    wanted = {"T2": 0.6 * (width["high"] - width["low"])}
    found = compared(wanted, out=tmp_path)
    row = found.differences.set_index("measure").loc["T2"]
    assert (row["high"] - row["low"]) / 2 <= wanted["T2"]
    assert found.replications in looks(1000)
    assert found.notices[0].startswith(f"Precision reached, after {found.replications} replications. Half-widths of the 95% intervals: T2 ")
    for same in (compared(wanted, out=tmp_path), reopened(tmp_path)):
        assert same.replications == found.replications
        assert same.notices == found.notices
        assert same.splits.equals(found.splits)


def test_what_cannot_be_reached_is_said():
    """At the most that is allowed the work stops, and the notice says what was reached."""
    found = compared({"P1": 1e-6, "W1": 1e9}, replications=30)
    assert found.replications == 30
    assert found.notices[0].startswith("Precision not reached at the most that was allowed, 30, after 30 replications.")
    assert "P1" in found.notices[0]
    assert "(asked for: 1e-06)" in found.notices[0]


def of_values(*rows: list[float], measure: str = "P2") -> Values:
    """Values of a measure by scenario and replication."""
    scenarios = tuple(tiny(called=f"s{place}") for place in range(len(rows)))
    values = Values(Plan(scenarios, 1, len(rows[0]), "simpy"))
    for place, row in enumerate(rows):
        for number, value in enumerate(row):
            values.fill(place, number, [Part(measure, "", "", value, 1)])
    return values


def test_what_has_not_been_seen_is_not_known_precisely():
    """Twenty replications without a harmed child have an interval without width, and say little; one with a child ends that. A measure that is there
    and that a scenario does not change is known, and so is one that is always the same."""
    wanted, never = Precision({"P2": 0.5}), [0.0] * 20
    assert not wanted.is_reached(of_values(never))
    assert not wanted.is_reached(of_values(never, never))
    assert "Not seen in any replication, so that its interval says nothing: P2." in wanted.told(of_values(never), 20)
    assert not wanted.is_reached(of_values(never, [math.nan] * 20))
    some = [*[0.0] * 19, 0.1]
    assert wanted.is_reached(of_values(some))
    assert wanted.is_reached(of_values(some, some))
    assert not wanted.is_reached(of_values(never, some, never))
    assert wanted.is_reached(of_values([3.0] * 20))
    assert "Not seen" not in wanted.told(of_values(some), 20)


def test_a_key_press_ends_it(monkeypatch):
    """What is finished is kept, and nothing is said of a precision."""
    monkeypatch.setattr(book, "KEEP_EVERY", 0.0)

    def press(done: int, asked: int) -> None:
        if done >= 6:
            raise KeyboardInterrupt

    found = compared({"P1": 1e-6}, progress=press)
    assert found.replications == 3
    assert not found.complete
    assert all("Precision" not in notice for notice in found.notices)


def test_a_key_press_after_the_last_run_of_a_look_ends_it():
    """All of that look is done, but not what was asked for: nothing more is simulated."""
    first, *_ = looks(1000)
    heard: list[tuple[int, int]] = []

    def press(done: int, asked: int) -> None:
        heard.append((done, asked))
        if done == asked:
            raise KeyboardInterrupt

    found = compared({"P1": 1e-6}, progress=press)
    assert heard[-1][0] == heard[-1][1] == 2 * first
    assert found.notices == (f"The run was stopped after {first} of {first} replications: the results are of those.",)
    assert not found.complete


@pytest.mark.parametrize("wanted", [{"P1": 0.0}, {"P1": -1.0}, {"P1": math.nan}, {"P1": math.inf}, {"P1": "x"}])
def test_a_width_that_is_none(wanted):
    """It must be above 0."""
    with pytest.raises(ScenarioError, match=r"--precision: .* is not a precision; allowed: a half-width above 0"):
        compared(wanted)


def test_a_measure_that_is_none():
    """The nearest ones are named, or the headlines if none is near."""
    with pytest.raises(ScenarioError, match=r'--precision: "ZZ" is not a measure; .*; the headline measures are: P1, P2, T2'):
        compared({"ZZ": 1.0})
    with pytest.raises(ScenarioError, match=r'--precision: "T22" is not a measure; .*near it: T2'):
        compared({"T22": 1.0})


def test_one_scenario_is_measured_as_precisely():
    """Of a single scenario it is the interval of the mean."""
    found = sim.run(tiny(), precision={"T2": 1e6}, engine="compiled", workers=1)
    assert found.replications == 20
    assert isinstance(Precision.asked({"T2": 1}, None).at_most, int)
