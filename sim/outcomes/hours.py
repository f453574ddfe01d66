"""The clock of the model for whole columns of times: night, hours of night, the next change of shift.

Each function says for an array what its namesake in `sim.model.clock` or `sim.model.search` says for one moment; a test holds them together.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..model.clock import DAY
from ..scenario.resources import Resources

Column = npt.NDArray[Any]


def midnight(t: Column) -> Column:
    """The last midnight at or before each moment."""
    return DAY * np.floor(t / DAY)


def is_night(t: Column, r: Resources) -> Column:
    """Which moments lie in the police night?"""
    start = midnight(t)
    return (t >= start + r.night_starts) | (t < start + r.night_ends)


def night_hours(start: Column, end: Column, r: Resources) -> Column:
    """Hours of police night between pairs of finite moments."""
    return _nights_until(end, r) - _nights_until(start, r)


def _nights_until(t: Column, r: Resources) -> Column:
    days = np.floor(t / DAY)
    hour = t - DAY * days
    tonight: Column = np.minimum(hour, r.night_ends) + np.maximum(hour - r.night_starts, 0.0)
    return days * (DAY - r.night_starts + r.night_ends) + tonight


def next_shift(t: Column, r: Resources) -> Column:
    """The first change of shift after each moment."""
    start = midnight(t)
    after = start + DAY + r.night_ends
    for hour in (r.night_starts, r.late_starts, r.night_ends):
        after = np.where(t < start + hour, start + hour, after)
    return after
