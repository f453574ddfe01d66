"""How the differences of one measure are spread over the pairs of a crowd: mean with its interval, shares, and bins for a drawing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import isnan, sqrt
from typing import Any

import numpy as np

from ..outcomes.interval import t_quantile
from .pair import Compared

EDGES = (-72.0, -24.0, -12.0, -6.0, -3.0, -1.0, -0.25, 0.25, 1.0, 3.0, 6.0, 12.0, 24.0, 72.0)
"""Hours; what lies beyond is counted in the outermost bins."""
YES_NO_EDGES = (-1.5, -0.5, 0.5, 1.5)


def limit(n: int) -> float:
    """The upper 95% limit, about, of the share of what was seen in none of n: 3/n."""
    return min(1.0, 3.0 / n)


@dataclass(frozen=True)
class Bin:
    """So many pairs differ by `low` to `high`."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Spread:
    """One measure over all pairs that have it. Shares add up to 1; `mean` is the mean difference, twin less as it happened."""

    measure: str
    label: str
    unit: str
    as_happened: float
    twin: float
    mean: float
    low: float
    high: float
    no_difference: float
    better: float
    worse: float
    n: int
    bins: tuple[Bin, ...]
    words: str

    def as_dict(self) -> dict[str, Any]:
        """As JSON can hold it: what is not known is null."""
        plain = asdict(self)
        return {name: None if isinstance(value, float) and isnan(value) else value for name, value in plain.items()}


def spread(measure: Compared, values: np.ndarray[Any, Any], areas: tuple[int, ...]) -> Spread:
    """The spread of one measure; `values` has shape (pairs, 2), nan where there is nothing to compare. Pairs of one area share its people on duty, so
    the interval is over areas: a ratio of sums by area, with a t quantile. A yes or no that differs in no pair has the `limit` on both sides."""
    known = ~np.isnan(values).any(axis=1)
    pairs, where = values[known], np.asarray(areas)[known]
    difference = pairs[:, 1] - pairs[:, 0]
    n = len(difference)
    edges = EDGES if measure.unit == "hours" else YES_NO_EDGES
    counts, _ = np.histogram(np.clip(difference, edges[0] + 1e-9, edges[-1] - 1e-9), edges)
    bins = tuple(Bin(low, high, int(count)) for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True))
    if n == 0:
        nan = float("nan")
        return Spread(measure.id, measure.label, measure.unit, nan, nan, nan, nan, nan, 1.0, 0.0, 0.0, 0, bins, "No pair has it.")
    mean, half = float(np.mean(difference)), _half_width(difference, where)
    notable = np.abs(difference) >= measure.notable
    if measure.unit != "hours" and half == 0.0 and not np.any(notable):
        half = limit(n)
    falls, rises = notable & (difference < 0), notable & (difference > 0)
    better, worse = (falls, rises) if measure.less_is_better else (rises, falls)
    shares = float(np.mean(~notable)), float(np.mean(better)), float(np.mean(worse))
    one, two = float(np.mean(pairs[:, 0])), float(np.mean(pairs[:, 1]))
    pairs_told = int(np.sum(~notable)), int(np.sum(better)), int(np.sum(worse))
    words = _words(measure, mean, half, one, two, pairs_told, n)
    same, up, down = shares
    return Spread(measure.id, measure.label, measure.unit, one, two, mean, mean - half, mean + half, same, up, down, n, bins, words)


def _half_width(difference: np.ndarray[Any, Any], areas: np.ndarray[Any, Any]) -> float:
    names, place = np.unique(areas, return_inverse=True)
    if len(names) < 2:
        return float("nan")
    residuals = np.bincount(place, difference - np.mean(difference))
    error = sqrt(len(names) / (len(names) - 1) * float(np.sum(residuals * residuals))) / len(difference)
    return t_quantile(len(names) - 1, 0.95) * error


def _words(measure: Compared, mean: float, half: float, one: float, two: float, counts: tuple[int, int, int], n: int) -> str:
    same, better, worse = counts
    told = f"No difference in {same:,} of {n:,} pairs, better in {better:,}, worse in {worse:,}."
    if measure.unit != "hours":
        none = f" Where there is none in {n:,}, the upper 95% limit is about {100.0 * limit(n):.2g}%." if n in counts or 0.0 in (one, two) else ""
        return f"{told} Yes in {_share(two)} of the twins and in {_share(one)} as it happened.{none}"
    if mean == 0.0 and not half > 0.0:
        return told
    scale, unit = (1.0, "hours") if abs(mean) >= 1.0 else (60.0, "minutes")
    less = "fewer" if mean < 0 else "more"
    between = "no interval" if isnan(half) else f"95% interval of the difference {_sided(scale * (mean - half))} to {_sided(scale * (mean + half))}"
    return f"{told} On average {_plain(scale * abs(mean))} {unit} {less} ({between})."


def _share(value: float) -> str:
    return f"{100.0 * value:.1f}%" if value > 0.0 else "none"


def _plain(value: float) -> str:
    return f"{value:.1f}" if value < 9.95 else f"{value:.0f}"


def _sided(value: float) -> str:
    text = _plain(abs(value))
    return f"\N{MINUS SIGN}{text}" if value < 0 and float(text) > 0 else text
