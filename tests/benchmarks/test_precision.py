"""Time to a trustworthy answer: the arithmetic, in closed form."""

from __future__ import annotations

from math import isclose, sqrt
from statistics import NormalDist

import pytest
from scipy import stats

from benchmarks.precision import PART, POINTS, answered, half_width, independent_sd, replications_needed


@pytest.mark.parametrize("sd", [0.3, 1.0, 7.5])
@pytest.mark.parametrize("width", [0.02, 0.4, 1.0, 3.0])
def test_the_smallest_number_whose_t_interval_is_narrow_enough(sd: float, width: float) -> None:
    def reach(number: int) -> float:
        return float(stats.t.ppf(0.975, number - 1)) * sd / sqrt(number)

    number = replications_needed(sd, width)
    assert reach(number) <= width
    assert number == 2 or reach(number - 1) > width


def test_many_replications_follow_the_normal_formula() -> None:
    z = NormalDist().inv_cdf(0.975)
    assert isclose(replications_needed(100.0, 1.0), (z * 100.0) ** 2, rel_tol=1e-3)


def test_what_does_not_vary_takes_two() -> None:
    assert replications_needed(0.0, 0.1) == 2


def test_no_interval_is_narrower_than_nothing() -> None:
    with pytest.raises(ValueError, match="above 0"):
        replications_needed(1.0, 0.0)


def test_the_width_is_points_for_shares_and_rates_and_a_part_of_the_baseline_for_amounts() -> None:
    assert half_width("%", 24.0) == half_width("per 1,000", 90.0) == POINTS
    assert half_width("h", -5.0) == half_width("child-hours", 5.0) == PART * 5.0


def test_variances_of_independent_sides_add_up() -> None:
    assert isclose(independent_sd([1.0, 3.0], [10.0, 14.0]), sqrt(2.0 + 8.0))


def test_sooner_is_the_ratio_of_variances_times_the_ratio_of_costs() -> None:
    first = [100.0, 150.0, 50.0, 120.0]
    second = [110.0, 163.0, 57.0, 128.0]  # less the first: 10, 13, 7, 8
    paired = sqrt(7.0)
    answer = answered("M", "A measure", "%", (first, second), 10.0 * paired, (0.5, 20.0))
    assert isclose(answer.paired_sd, paired)
    assert isclose(answer.difference, 9.5)
    assert answer.ours_seconds == 0.5 * answer.ours_replications
    assert isclose(answer.times_sooner, (10.0**2) * (20.0 / 0.5), rel_tol=0.03)
