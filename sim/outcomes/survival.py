"""Time until something happens when for some it had not yet happened at the end of follow-up: Kaplan and Meier's estimate."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]

_SAME = 1e-9
"""Shares closer than this are equal: far less than one episode in any cohort, far more than rounding."""


def kaplan_meier(hours: Column, ended: Column) -> tuple[Column, Column]:
    """The times at which something ended, and the share for whom it had not ended just after each.

    `hours` is follow-up, `ended` whether it ended there; the others are censored at that time.
    """
    times, where = np.unique(hours, return_inverse=True)
    endings = np.bincount(where, weights=ended, minlength=len(times))
    leaving = np.bincount(where, minlength=len(times))
    at_risk = len(hours) - np.concatenate(([0], np.cumsum(leaving)[:-1]))
    left = np.cumprod(1.0 - endings / at_risk)
    some = endings > 0
    return times[some], left[some]


def quantile(times: Column, left: Column, share: float) -> float:
    """The time by which `share` have ended, of what `kaplan_meier` gives; the middle of the two times between which that is so. Nan if follow-up does
    not reach it."""
    reached = np.flatnonzero(left <= 1.0 - share + _SAME)
    if len(reached) == 0:
        return float("nan")
    first = int(reached[0])
    if abs(left[first] - (1.0 - share)) <= _SAME and first + 1 < len(times):
        return float(0.5 * (times[first] + times[first + 1]))
    return float(times[first])
