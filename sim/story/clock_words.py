"""Hours in words: "Tuesday, 21:40", "6.3 h", "3 days". A run begins on a Monday; no date is meant."""

from __future__ import annotations

from math import isfinite

from ..model import clock

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NEXT_WEEK = 6 * 24.0


def clock_text(t: float, reported: float) -> str:
    """The day of the week and the time; days after the report are counted where the day of the week would mislead."""
    minutes = round(t * 60.0)
    moment = minutes / 60.0
    text = f"{DAYS[clock.weekday(moment)]}, {time_of_day(t)}"
    if t - reported < NEXT_WEEK:
        return text
    return f"{text}, {int((clock.midnight(t) - clock.midnight(reported)) / 24.0)} days later"


def time_of_day(t: float) -> str:
    """21:40, rounded to the minute."""
    minutes = round(t * 60.0) % (24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def part_of_day(t: float) -> str:
    """Tuesday evening. What is still Monday night to many is the early hours of Tuesday here."""
    hour = clock.hour_of_day(t)
    if hour < 5:
        return f"early hours of {DAYS[clock.weekday(t)]}"
    part = "night" if hour >= 22 else "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    return f"{DAYS[clock.weekday(t)]} {part}"


def hours_text(hours: float) -> str:
    """6.3 h, or days where there are more than two of them."""
    if not isfinite(hours):
        return "not by the end of the run"
    if hours >= 48.0:
        return f"{hours / 24.0:.1f} days"
    return f"{hours:.1f} h" if hours >= 0.95 else f"{round(hours * 60.0)} min"


def times_text(count: int) -> str:
    """How often: once, twice, 3 times."""
    return ("not again", "once", "twice")[count] if count < 3 else f"{count} times"
