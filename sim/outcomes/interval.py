"""Estimates over replications: a mean, or a mean of paired differences, with a t interval; and what to say of it.

Where all replications have the same values, the interval shows their luck only. Where they have draws of what is not known, some of them with two
lucks, it holds both, and says how far it would reach for each alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import fsum, sqrt
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .measure import HIGHER, LOWER, NAN, Direction

Values = Sequence[float] | npt.NDArray[Any]


class Estimate(NamedTuple):
    """A mean over `n` replications and its interval (nan for fewer than two); `left_out` replications had nothing to measure.

    `luck` and `unknown` are half-widths: how far the interval would reach if there were only the luck of the replications, and only what is not known
    about the values. The squares of the two sum to that of the whole. They are nan where the two cannot be told apart: draws differ no more than luck
    would make them differ.
    """

    estimate: float
    low: float
    high: float
    n: int
    left_out: int = 0
    luck: float = NAN
    unknown: float = NAN

    @property
    def half_width(self) -> float:
        """Half of the interval."""
        return 0.5 * (self.high - self.low)


@lru_cache(maxsize=4096)
def t_quantile(degrees: float, level: float) -> float:
    """How many standard errors a two-sided interval of this level reaches to each side."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + level / 2.0))


@lru_cache(maxsize=4096)
def f_quantile(above: int, below: int, level: float = 0.95) -> float:
    """What the ratio of two mean squares of so many degrees of freedom stays under in this share of cases, if both have the same mean."""
    from scipy.special import fdtri

    return float(fdtri(above, below, level))


def mean_interval(values: Values, level: float = 0.95, draws: Sequence[int] | None = None) -> Estimate:
    """The mean of the values and its t interval; nan among them are left out and counted. Values that are all equal give that value and no width.

    `draws` says which draw of what is not known each value comes from. The interval is then that of the mean of one draw more: it would hold the
    value that much luck would give if all were known, whichever draw is the truth.
    """
    given = [float(value) for value in values]
    there = [not np.isnan(value) for value in given]
    known = [value for value, seen in zip(given, there, strict=True) if seen]
    n, left_out = len(known), len(given) - len(known)
    if draws is not None and n > 1 and any(value != known[0] for value in known):
        return _nested(known, [draw for draw, seen in zip(draws, there, strict=True) if seen], left_out, level)
    if n == 0:
        return Estimate(NAN, NAN, NAN, 0, left_out)
    same = all(value == known[0] for value in known)
    mean = known[0] if same else fsum(known) / n
    if n == 1:
        return Estimate(mean, NAN, NAN, 1, left_out)
    error = 0.0 if same else sqrt(fsum((value - mean) ** 2 for value in known) / (n - 1) / n)
    reach = t_quantile(n - 1, level) * error
    return Estimate(mean, mean - reach, mean + reach, n, left_out)


def _nested(known: list[float], draws: list[int], left_out: int, level: float) -> Estimate:
    """A one-way analysis of variance with draws as groups, which need not be of one size (Searle, Casella and McCulloch 1992, chapter 3).

    The variance is a sum of two mean squares, so its degrees of freedom are Satterthwaite's (1946). A variance that comes out near 0 would claim to
    know that draws do not differ, so it is at least half of its own standard error. The interval then covers in 94% of cases or more, whichever part
    is larger, from three draws on (tests/outcomes/test_interval.py); where draws hardly differ it is wider than it need be.

    The parts are given only where draws differ by more than luck would make them differ, by an F test at 5%: the floor says nothing of either.
    """
    groups: dict[int, list[float]] = {}
    for draw, value in zip(draws, known, strict=True):
        groups.setdefault(draw, []).append(value)
    n, k = len(known), len(groups)
    mean = fsum(known) / n
    if k == 1:
        return Estimate(mean, NAN, NAN, n, left_out)
    means = {draw: fsum(those) / len(those) for draw, those in groups.items()}
    squares = fsum(len(those) ** 2 for those in groups.values())
    between = fsum(len(those) * (means[draw] - mean) ** 2 for draw, those in groups.items()) / (k - 1)
    if n == k:
        reach = t_quantile(k - 1, level) * sqrt(between * (1.0 + 1.0 / k))
        return Estimate(mean, mean - reach, mean + reach, n, left_out)
    within = fsum((value - means[draw]) ** 2 for draw, those in groups.items() for value in those) / (n - k)
    share = (1.0 + squares / n**2) / ((n - squares / n) / (k - 1))
    luck, unknown = within / n, max(between - within, 0.0) * share
    error = sqrt(2.0 * (share * between) ** 2 / (k - 1) + 2.0 * ((1.0 / n - share) * within) ** 2 / (n - k))
    whole = max(unknown + luck, error / 2.0)
    t = t_quantile(min(max(2.0 * (whole / error) ** 2, 3.0), k - 1.0), level)
    told = between > within * f_quantile(k - 1, n - k)
    reach = t * sqrt(whole)
    parts = (t * sqrt(luck), t * sqrt(unknown)) if told else (NAN, NAN)
    return Estimate(mean, mean - reach, mean + reach, n, left_out, *parts)


def paired_interval(baseline: Values, scenario: Values, level: float = 0.95, draws: Sequence[int] | None = None) -> Estimate:
    """Scenario less baseline, replication by replication. A pair of which either is nan is left out and counted. Equal inputs give exactly 0."""
    if len(baseline) != len(scenario):
        raise ValueError(f"pairs need as many values on either side: {len(baseline)} and {len(scenario)}")
    return mean_interval([float(b) - float(a) for a, b in zip(baseline, scenario, strict=True)], level, draws)


def verdict(difference: Estimate, direction: Direction) -> str:
    """What to say of a paired difference: likely better, likely worse, unclear, no difference; likely higher or lower where neither is better."""
    if difference.low == difference.high == 0.0:
        return "no difference"
    if np.isnan(difference.low) or difference.low <= 0.0 <= difference.high:
        return "unclear"
    rises = difference.low > 0.0
    if direction == HIGHER:
        return "likely better" if rises else "likely worse"
    if direction == LOWER:
        return "likely worse" if rises else "likely better"
    return "likely higher" if rises else "likely lower"


def zero_count_limit(n: int) -> float:
    """The upper 95% limit of a share when none of `n` had the outcome: about 3/n (rule of three)."""
    if n < 1:
        raise ValueError("there is no limit where nothing was observed")
    return min(3.0 / n, 1.0)


def none_in(n: int, what: str = "simulated episodes") -> str:
    """What to print where a rare outcome did not occur; never a bare 0."""
    if n < 1:
        return f"no {what} to measure"
    return f"none in {n:,} {what}, upper 95% limit about 3 in {n:,}" if n > 3 else f"none in {n} {what}, too few for a limit"
