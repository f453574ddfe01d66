"""Estimates over replications: a mean, or a mean of paired differences, with a t interval; and what to say of it.

The interval shows the luck of the replications only, never what is unknown about the parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import fsum, sqrt
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .measure import HIGHER, LOWER, NAN, Direction

Values = Sequence[float] | npt.NDArray[Any]


class Estimate(NamedTuple):
    """A mean over `n` replications and its interval (nan for fewer than two); `left_out` replications had nothing to measure."""

    estimate: float
    low: float
    high: float
    n: int
    left_out: int = 0

    @property
    def half_width(self) -> float:
        """Half of the interval."""
        return 0.5 * (self.high - self.low)


@cache
def t_quantile(degrees: int, level: float) -> float:
    """How many standard errors a two-sided interval of this level reaches to each side."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + level / 2.0))


def mean_interval(values: Values, level: float = 0.95) -> Estimate:
    """The mean of the values and its t interval; nan among them are left out and counted. Values that are all equal give that value and no width."""
    given = [float(value) for value in values]
    known = [value for value in given if not np.isnan(value)]
    n, left_out = len(known), len(given) - len(known)
    if n == 0:
        return Estimate(NAN, NAN, NAN, 0, left_out)
    same = all(value == known[0] for value in known)
    mean = known[0] if same else fsum(known) / n
    if n == 1:
        return Estimate(mean, NAN, NAN, 1, left_out)
    error = 0.0 if same else sqrt(fsum((value - mean) ** 2 for value in known) / (n - 1) / n)
    reach = t_quantile(n - 1, level) * error
    return Estimate(mean, mean - reach, mean + reach, n, left_out)


def paired_interval(baseline: Values, scenario: Values, level: float = 0.95) -> Estimate:
    """Scenario less baseline, replication by replication. A pair of which either is nan is left out and counted. Equal inputs give exactly 0."""
    if len(baseline) != len(scenario):
        raise ValueError(f"pairs need as many values on either side: {len(baseline)} and {len(scenario)}")
    return mean_interval([float(b) - float(a) for a, b in zip(baseline, scenario, strict=True)], level)


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
