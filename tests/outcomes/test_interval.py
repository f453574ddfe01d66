"""Intervals over replications, and what is said of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.outcomes import Estimate, mean_interval, none_in, paired_interval, verdict, zero_count_limit

VALUES = st.lists(st.integers(-(10**6), 10**6).map(lambda number: number / 64), min_size=2, max_size=40)


@given(VALUES, st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_is_students(values, level):
    """As scipy has it."""
    found = mean_interval(values, level)
    if len(set(values)) > 1:
        low, high = stats.t.interval(level, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))
        assert found[:3] == pytest.approx((np.mean(values), low, high), rel=1e-6, abs=1e-6 * max(map(abs, values)))
    assert found.n == len(values)


@given(st.lists(st.floats(-1e6, 1e6), max_size=40))
def test_equal_inputs_give_exactly_zero(values):
    """Not nearly."""
    found = paired_interval(values, values)
    if values:
        assert found.estimate == 0.0
    if len(values) > 1:
        assert (found.low, found.high, found.half_width) == (0.0, 0.0, 0.0)
        assert verdict(found, "lower is better") == "no difference"


@given(st.floats(-1e6, 1e6), st.integers(2, 30))
def test_values_that_are_all_equal_have_no_width(value, n):
    """The mean of equal values is that value, whatever summing would make of it."""
    assert mean_interval([value] * n) == Estimate(value, value, value, n)


def test_the_order_of_replications_does_not_matter():
    """To the last bit."""
    values = np.random.default_rng(1).normal(size=200) * 10.0 ** np.arange(200) % 1e9
    assert mean_interval(values) == mean_interval(values[::-1])


def test_a_pair_with_nothing_to_measure_is_left_out_and_counted():
    """Nan on either side."""
    nan = float("nan")
    assert paired_interval([1, nan, 3, 4], [2, 2, nan, 5]) == Estimate(1.0, 1.0, 1.0, 2, 2)
    found = mean_interval([nan, nan])
    assert (found.n, found.left_out) == (0, 2)
    assert np.isnan(found.estimate)


def test_one_replication_has_no_interval():
    """And nothing is claimed from it."""
    found = paired_interval([1.0], [3.0])
    assert found.estimate == 2.0
    assert np.isnan(found.low)
    assert verdict(found, "higher is better") == "unclear"


def test_pairs_must_be_pairs():
    """Replications missing on one side are a mistake, not a smaller sample."""
    with pytest.raises(ValueError, match="3 and 2"):
        paired_interval([1, 2, 3], [1, 2])


@pytest.mark.parametrize(
    ("low", "high", "direction", "said"),
    [
        (1, 2, "higher is better", "likely better"),
        (1, 2, "lower is better", "likely worse"),
        (-2, -1, "higher is better", "likely worse"),
        (-2, -1, "lower is better", "likely better"),
        (1, 2, "neither", "likely higher"),
        (-2, -1, "neither", "likely lower"),
        (-1, 1, "lower is better", "unclear"),
        (0, 1, "lower is better", "unclear"),
        (0, 0, "lower is better", "no difference"),
    ],
)
def test_the_verdict_follows_interval_and_direction(low, high, direction, said):
    """Only an interval that leaves out 0 says better or worse."""
    assert verdict(Estimate((low + high) / 2, low, high, 20), direction) == said


def test_the_paired_interval_covers_a_known_difference():
    """Of 1,000 experiments with 8 pairs that share most of their luck, the 95% interval covers the true difference in about 950."""
    rng = np.random.default_rng(7)
    shared = rng.normal(0, 5, (1000, 8))
    baseline, scenario = shared + rng.normal(0, 1, (1000, 8)), shared + 0.4 + rng.normal(0, 1, (1000, 8))
    covered = sum(found.low <= 0.4 <= found.high for found in map(paired_interval, baseline, scenario))
    assert 930 <= covered <= 970


def test_none_is_never_printed_as_zero():
    """None in n, with a limit of about 3/n; the limit is the exact one to within a twentieth."""
    assert none_in(4012) == "none in 4,012 simulated episodes, upper 95% limit about 3 in 4,012"
    assert none_in(0) == "no simulated episodes to measure"
    assert zero_count_limit(100) == pytest.approx(1 - 0.05 ** (1 / 100), rel=0.05)
    assert zero_count_limit(2) == 1.0
    with pytest.raises(ValueError, match="nothing was observed"):
        zero_count_limit(0)


def _drawn(generator: np.random.Generator, draws: int, unknown: float, luck: float) -> tuple[list[float], list[int]]:
    """Values of draws that are simulated with two lucks each."""
    which = [draw for draw in range(draws) for _ in range(2)]
    centres = generator.normal(3.0, unknown, draws)
    return [float(centres[draw] + generator.normal(0.0, luck)) for draw in which], which


@pytest.mark.parametrize("draws", [3, 6, 12, 25, 100])
@pytest.mark.parametrize("unknown", [0.0, 0.3, 0.5, 1.0, 5.0])
def test_an_interval_over_draws_holds_the_value_of_one_draw_more(draws: int, unknown: float) -> None:
    """In 95% of cases, or more where draws hardly differ, however many there are; `unknown` is the spread of draws in spreads of luck."""
    generator = np.random.Generator(np.random.Philox(key=[7, 100 * draws + int(10 * unknown)]))
    times, held = 1000, 0
    for _ in range(times):
        drawn, which = _drawn(generator, draws, unknown, 1.0)
        found = mean_interval(drawn, draws=which)
        held += found.low <= generator.normal(3.0, unknown) <= found.high
    assert held / times >= 0.93
    if unknown == 5.0:
        assert held / times <= 0.97


def test_nothing_is_called_unknown_where_there_is_only_luck() -> None:
    """In 95 of 100 experiments without anything unknown, nothing is said of it; in nearly all with as much of it as luck, it is."""
    generator = np.random.Generator(np.random.Philox(key=[8, 8]))

    def told(unknown: float) -> float:
        found = [mean_interval(values, draws=which) for values, which in (_drawn(generator, 25, unknown, 1.0) for _ in range(600))]
        return float(np.mean([not np.isnan(one.unknown) for one in found]))

    assert 0.03 <= told(0.0) <= 0.07
    assert told(1.5) > 0.97


def test_the_parts_of_an_interval_over_draws_by_hand() -> None:
    """Draws with means 1, 5 and 9, each with two lucks 1 above and below: within 2, between 32, so 15 of variance is unknown."""
    found = mean_interval([0.0, 2.0, 4.0, 6.0, 8.0, 10.0], draws=[0, 0, 1, 1, 2, 2])
    t = stats.t.ppf(0.975, 2)
    assert found.estimate == 5.0
    assert found.luck == pytest.approx(t * np.sqrt(2 / 6))
    assert found.unknown == pytest.approx(t * np.sqrt(15 * 4 / 3))
    assert found.half_width == pytest.approx(t * np.sqrt(2 / 6 + 15 * 4 / 3))


def test_draws_of_other_sizes_by_hand() -> None:
    """Sizes 2, 2 and 1: as many values to a draw as Searle and others have it, and Satterthwaite's degrees of freedom, at most two."""
    found = mean_interval([0.0, 2.0, 10.0, 12.0, 20.0], draws=[0, 0, 1, 1, 2])
    mean, within = 44 / 5, (1 + 1 + 1 + 1) / 2
    between = (2 * (1 - mean) ** 2 + 2 * (11 - mean) ** 2 + (20 - mean) ** 2) / 2
    size = (5 - 9 / 5) / 2
    assert found.unknown == pytest.approx(stats.t.ppf(0.975, 2) * np.sqrt((between - within) / size * (1 + 9 / 25)))


def test_draws_that_differ_no_more_than_luck_may_differ_yet() -> None:
    """Within 2, between 0: the variance is half of its standard error, which two mean squares have; its parts are not told apart."""
    found = mean_interval([1.0, 3.0, 3.0, 1.0, 1.0, 3.0, 3.0, 1.0], draws=[0, 0, 1, 1, 2, 2, 3, 3])
    share = (1 + 1 / 4) / 2
    error = np.sqrt(2 * ((1 / 8 - share) * 2) ** 2 / 4)
    assert found.half_width == pytest.approx(stats.t.ppf(0.975, 3) * np.sqrt(error / 2))
    assert np.isnan(found.luck)
    assert np.isnan(found.unknown)


def test_one_luck_for_each_draw_cannot_be_told_apart() -> None:
    """There is an interval, and no parts; and of a single draw there is neither."""
    found = mean_interval([1.0, 2.0, 4.0], draws=[0, 1, 2])
    assert found.low < found.estimate < found.high
    assert np.isnan(found.luck)
    assert np.isnan(found.unknown)
    assert np.isnan(mean_interval([1.0, 2.0], draws=[0, 0]).low)


def test_equal_values_give_no_width_over_draws_either() -> None:
    """What does not differ in any draw does not differ."""
    assert mean_interval([2.0] * 4, draws=[0, 1, 0, 1])[:3] == (2.0, 2.0, 2.0)
