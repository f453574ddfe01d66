"""How many replications, and how many CPU seconds, until the 95% interval of a difference is narrow enough.

How wide is narrow enough is stated beforehand (`half_width`), the same for both sides. The number of replications is the smallest whose t interval
has that half-width, given the standard deviation that was measured; at least two.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev, variance

from sim.outcomes.interval import t_quantile

POINTS = 0.5
"""Half of the interval for shares, in percentage points, and for rates, per 1,000."""
PART = 0.01
"""Half of the interval for amounts, as a part of the baseline's value."""


@dataclass(frozen=True)
class Answer:
    """What one difference costs on either side."""

    measure: str
    label: str
    baseline: float
    difference: float
    half_width: float
    paired_sd: float
    independent_sd: float
    ours_replications: int
    ours_seconds: float
    plain_replications: int
    plain_seconds: float

    @property
    def times_sooner(self) -> float:
        """How many times sooner ours is there."""
        return self.plain_seconds / self.ours_seconds


def half_width(unit: str, baseline: float) -> float:
    """How narrow the interval must be, each side: POINTS for percentages and rates per 1,000, PART of the baseline for amounts."""
    return POINTS if unit == "%" or unit.startswith("per 1,000") else PART * abs(baseline)


def replications_needed(sd: float, width: float) -> int:
    """The smallest number, at least two, whose 95% t interval reaches no further than `width` to each side. Raises ValueError for no width."""
    if width <= 0.0:
        raise ValueError(f"an interval needs a width above 0, not {width}")
    number = max(2, int((1.9599 * sd / width) ** 2))
    while t_quantile(number - 1, 0.95) * sd / sqrt(number) > width:
        number += 1
    return number


def answered(id: str, label: str, unit: str, ours: tuple[list[float], list[float]], spread: float, costs: tuple[float, float]) -> Answer:
    """From paired values of baseline and other, the standard deviation of a difference with independent seeds, and what a pair costs: ours, plain."""
    first, second = ours
    differences = [b - a for a, b in zip(first, second, strict=True)]
    baseline, paired = fmean(first), stdev(differences)
    width = half_width(unit, baseline)
    numbers = replications_needed(paired, width), replications_needed(spread, width)
    seconds = (numbers[0] * costs[0], numbers[1] * costs[1])
    return Answer(id, label, baseline, fmean(differences), width, paired, spread, numbers[0], seconds[0], numbers[1], seconds[1])


def independent_sd(first: list[float], second: list[float]) -> float:
    """Standard deviation of a difference between values that share no luck."""
    return sqrt(variance(first) + variance(second))
