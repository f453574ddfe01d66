"""The one clock: hour of day, weekday, night, shift, working days, and weighted time. Nobody else does date arithmetic.

Time is hours (float) from 00:00 on a Monday. Bank holidays and clock changes are not modelled (assumption). Weighted time answers "how much
exposure between
two moments when some hours of the day count more" and its inverse, so that rates that vary with the hour are inverted and never thinned.

An hour of the day is compared as the moment `midnight + hour`, the same sum that schedules it: 24 x 41 + 8.4 less its midnight is not 8.4 again.
"""

from __future__ import annotations

from .rule import rule
from .words import NEVER, Shift

DAY = 24.0
WEEK = 168.0
YEAR = 8760.0
FAR = 1e12
"""Hours that no run reaches. What would come later never comes: a count of its days might not be a whole number any more."""


@rule
def midnight(t: float) -> float:
    """The last midnight at or before `t`."""
    return DAY * int(t / DAY)


@rule
def hour_of_day(t: float) -> float:
    """0 up to 24."""
    return max(t - DAY * int(t / DAY), 0.0)


@rule
def weekday(t: float) -> int:
    """0 is Monday."""
    return int(t / DAY) % 7


@rule
def is_night(t: float, night_starts: float, night_ends: float) -> bool:
    """Is `t` between the start of the night shift and its end next morning?"""
    start = midnight(t)
    return t >= start + night_starts or t < start + night_ends


@rule
def night_over(t: float, night_ends: float) -> float:
    """When the night that `t` lies in ends."""
    start = midnight(t)
    return start + night_ends if t < start + night_ends else start + DAY + night_ends


@rule
def shift_at(t: float, late_starts: float, night_starts: float, night_ends: float) -> Shift:
    """The police shift on duty at `t`."""
    start = midnight(t)
    if t >= start + night_starts or t < start + night_ends:
        return Shift.NIGHT
    if t >= start + late_starts:
        return Shift.LATE
    return Shift.EARLY


@rule
def next_shift(t: float, late_starts: float, night_starts: float, night_ends: float) -> float:
    """The first change of shift after `t`."""
    start = midnight(t)
    if t < start + night_ends:
        return start + night_ends
    if t < start + late_starts:
        return start + late_starts
    if t < start + night_starts:
        return start + night_starts
    return start + DAY + night_ends


@rule
def in_office_hours(t: float, opens: float, closes: float, weekends: bool) -> bool:
    """Is an office that keeps these hours open at `t`?"""
    start = midnight(t)
    return start + opens <= t < start + closes and (weekends or weekday(t) < 5)


@rule
def next_opening(t: float, opens: float, closes: float, weekends: bool) -> float:
    """The first moment at or after `t` at which the office is open."""
    if in_office_hours(t, opens, closes, weekends):
        return t
    start = midnight(t)
    if t >= start + opens:
        start += DAY
    while not weekends and weekday(start + 1.0) >= 5:
        start += DAY
    return start + opens


@rule
def after_working_hours(t: float, hours: float, opens: float, closes: float) -> float:
    """The moment when `hours` of office time (Monday to Friday) have passed since `t`."""
    t = next_opening(t, opens, closes, False)
    left = hours
    room = midnight(t) + closes - t
    while left > room:
        left -= room
        t = next_opening(midnight(t) + closes, opens, closes, False)
        room = closes - opens
    return t + left


@rule
def after_working_days(t: float, days: float) -> float:
    """The moment `days` working days after `t`; weekends do not count, and part of a day counts as its share of 24 hours."""
    while weekday(t) >= 5:
        t = midnight(t) + DAY
    whole = int(days)
    weeks = int(whole / 5)
    t += WEEK * weeks
    for _ in range(whole - 5 * weeks):
        t += DAY
        while weekday(t) >= 5:
            t += DAY
    t += DAY * (days - whole)
    while weekday(t) >= 5:
        t += DAY
    return t


@rule
def weighted(t: float, start: float, end: float, weight: float) -> float:
    """Weighted hours from 0 to `t` when the hours of the day from `start` to `end` (past midnight if `end` is less) count `weight` and others 1."""
    first = min(start, end)
    second = max(start, end)
    inner = weight if start <= end else 1.0
    outer = 1.0 if start <= end else weight
    days = int(t / DAY)
    hour = max(t - DAY * days, 0.0)
    whole = inner * (second - first) + outer * (DAY - second + first)
    return days * whole + outer * min(hour, first) + inner * max(min(hour, second) - first, 0.0) + outer * max(hour - second, 0.0)


@rule
def weighted_inverse(amount: float, start: float, end: float, weight: float) -> float:
    """The moment at which `weighted` reaches `amount`. The weight must be above 0."""
    if amount > FAR:
        return NEVER
    first = min(start, end)
    second = max(start, end)
    inner = weight if start <= end else 1.0
    outer = 1.0 if start <= end else weight
    whole = inner * (second - first) + outer * (DAY - second + first)
    days = int(amount / whole)
    left = amount - days * whole
    t = DAY * days
    if left <= outer * first:
        return t + left / outer
    left -= outer * first
    if left <= inner * (second - first):
        return t + first + left / inner
    left -= inner * (second - first)
    return t + second + left / outer


@rule
def profile(week: list[float], t: float) -> float:
    """Cumulative weight from 0 to `t` under a weekly profile of 169 values from 0 to 168 (so that the mean weight is 1)."""
    weeks = int(t / WEEK)
    rest = max(t - WEEK * weeks, 0.0)
    hour = min(int(rest), 167)
    return WEEK * weeks + week[hour] + (rest - hour) * (week[hour + 1] - week[hour])


@rule
def profile_inverse(week: list[float], amount: float) -> float:
    """The moment at which `profile` reaches `amount`."""
    if amount > FAR:
        return NEVER
    weeks = int(amount / WEEK)
    rest = max(amount - WEEK * weeks, 0.0)
    low = 0
    high = 168
    while high - low > 1:
        middle = (low + high) // 2
        if week[middle] <= rest:
            low = middle
        else:
            high = middle
    step = week[high] - week[low]
    part = (rest - week[low]) / step if step > 0.0 else 0.0
    return WEEK * weeks + low + part
