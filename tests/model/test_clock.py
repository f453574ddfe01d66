"""The clock, checked by brute force: against the standard library's calendar, against counting minute by minute, and there and back."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import floor

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sim.engine.profiles import week
from sim.model import clock
from sim.model.words import Shift

MONDAY = datetime(2024, 1, 1)
TEN_YEARS = 87_600.0

moments = st.floats(0.0, TEN_YEARS)
weights = st.floats(0.01, 100.0)
hours_of_day = st.floats(0.0, 24.0)
tenths = st.integers(1, 239).map(lambda tenth: tenth / 10.0)
"""Hours as people write them: 8.1 is no exact number in binary, and adding days to it and taking them off again need not give it back."""
days = st.integers(0, 3650)


@st.composite
def shifts(draw: st.DrawFn) -> tuple[float, float, float]:
    """When the late shift and the night start, and when the night ends."""
    ends, late, night = sorted(draw(st.lists(tenths, min_size=3, max_size=3, unique=True)))
    return late, night, ends


@st.composite
def offices(draw: st.DrawFn) -> tuple[float, float]:
    """When an office opens and closes."""
    opens, closes = sorted(draw(st.lists(tenths, min_size=2, max_size=2, unique=True)))
    return opens, closes


def calendar(t: float) -> datetime:
    return MONDAY + timedelta(hours=t)


@given(st.integers(0, int(TEN_YEARS) * 60))
def test_hour_and_weekday_are_those_of_a_calendar_that_starts_on_a_monday(minute):
    """Minute by minute over ten years they agree with the standard library's calendar."""
    t = minute / 60.0
    there = MONDAY + timedelta(minutes=minute)
    assert clock.weekday(t + 1e-9) == there.weekday()
    assert clock.hour_of_day(t + 1e-9) == pytest.approx(there.hour + there.minute / 60.0, abs=1e-6)


@given(moments)
def test_midnight_is_the_start_of_the_day(t):
    """A whole number of days, at or before the moment and less than a day before it."""
    start = clock.midnight(t)
    assert start % 24.0 == 0.0
    assert start - 1e-9 <= t < start + 24.0
    assert 0.0 <= clock.hour_of_day(t) < 24.0


@given(shifts(), days, st.floats(0.0, 24.0, exclude_max=True))
def test_every_moment_has_the_shift_its_hour_says(times, day, hour):
    """Early from the end of the night, late from its hour, night from its hour until next morning; night and shift never disagree."""
    late, night, ends = times
    assume(all(abs(hour - edge) > 1e-6 for edge in times))
    t = day * 24.0 + hour
    expected = Shift.NIGHT if hour < ends or hour > night else (Shift.LATE if hour > late else Shift.EARLY)
    assert clock.shift_at(t, late, night, ends) == expected
    assert clock.is_night(t, night, ends) == (expected == Shift.NIGHT)


@given(shifts(), days, hours_of_day)
@example((14.0, 22.0, 6.1), 41, 0.0)
def test_at_a_change_of_shift_the_new_shift_is_on(times, day, hour):
    """The three shifts come in turn, each from its first moment on: whoever asks at the change itself meets those who come on."""
    t = day * 24.0 + hour
    shift = clock.shift_at(t, *times)
    for _ in range(7):
        after = clock.next_shift(t, *times)
        assert t < after <= t + 24.0
        assert clock.shift_at(after, *times) == (shift + 1) % 3
        assert clock.shift_at((t + after) / 2.0, *times) == shift
        t, shift = after, (shift + 1) % 3


@given(shifts(), days, hours_of_day)
@example((14.0, 22.0, 6.1), 41, 5.0)
def test_what_waits_for_the_end_of_the_night_meets_the_day(times, day, hour):
    """The night that a moment lies in ends after it, within a day, and is over then: nothing can wait for it twice."""
    _, night, ends = times
    t = day * 24.0 + hour
    assume(clock.is_night(t, night, ends))
    over = clock.night_over(t, ends)
    assert t < over <= t + 24.0
    assert not clock.is_night(over, night, ends)
    assert clock.is_night((t + over) / 2.0, night, ends)


@given(offices(), days, hours_of_day, st.booleans())
@example((8.4, 17.0), 41, 3.0, False)
def test_the_next_opening_is_the_first_open_moment(times, day, hour, weekends):
    """The office is open then, was shut all the way until then, and at a moment when it is open there is no waiting."""
    opens, closes = times
    t = day * 24.0 + hour
    at = clock.next_opening(t, opens, closes, weekends)
    assert at >= t
    assert clock.in_office_hours(at, opens, closes, weekends)
    assert weekends or clock.weekday(at) < 5
    if clock.in_office_hours(t, opens, closes, weekends):
        assert at == t
    else:
        assert not any(clock.in_office_hours(t + (at - t) * part / 50.0, opens, closes, weekends) for part in range(50))


@given(offices(), days, hours_of_day, st.booleans())
@example((8.4, 17.1), 41, 9.0, False)
def test_an_office_is_shut_from_its_closing_hour_on(times, day, hour, weekends):
    """At the closing hour itself nobody is there any more, so the next change of duty is the next opening, later than now."""
    opens, closes = times
    at = clock.midnight(day * 24.0 + hour) + closes
    assert not clock.in_office_hours(at, opens, closes, weekends)
    assert clock.next_opening(at, opens, closes, weekends) > at


@given(offices(), moments, st.floats(0.0, 200.0))
def test_working_hours_are_the_hours_the_office_was_open(times, t, hours):
    """Counted minute by minute, the office was open for that long between the two moments, and it is never a weekend at the end."""
    opens, closes = times
    hours = min(hours, 15.0 * (closes - opens))
    at = clock.after_working_hours(t, hours, opens, closes)
    assert at >= t
    assert clock.weekday(at - 1e-9) < 5
    whole = 0.0
    day = clock.midnight(t)
    while day <= at:
        if calendar(day + 1.0).weekday() < 5:
            whole += max(min(day + closes, at) - max(day + opens, t), 0.0)
        day += 24.0
    assert whole == pytest.approx(hours, abs=1e-6)


@given(moments, st.floats(0.0, 80.0))
def test_working_days_pass_over_weekends(t, days):
    """The end is never on a weekend, and between the two moments there are that many days of Monday to Friday (weekends left out)."""
    at = clock.after_working_days(t, days)
    assert at >= t
    assert clock.weekday(at) < 5
    assert weekday_hours(t, at) == pytest.approx(24.0 * days, abs=1e-6)


def weekday_hours(start: float, end: float) -> float:
    """Hours of Monday to Friday between two moments."""
    return weekday_hours_to(end) - weekday_hours_to(start)


def weekday_hours_to(t: float) -> float:
    weeks = floor(t / 168.0)
    return weeks * 120.0 + min(t - weeks * 168.0, 120.0)


@given(moments, st.floats(0.0, 60.0), st.floats(0.0, 20.0))
def test_more_working_days_never_end_sooner(t, days, more):
    """The end moves later with the days, and later with the start."""
    assert clock.after_working_days(t, days + more) >= clock.after_working_days(t, days)
    assert clock.after_working_days(t + more, days) >= clock.after_working_days(t, days) - 1e-9


@given(st.floats(0.0, 2000.0), hours_of_day, hours_of_day, weights)
def test_weighted_time_is_what_counting_gives(t, start, end, weight):
    """Adding up small steps, each with the weight of its hour, gives the same to the length of a step; no hours count when start is end."""
    step = 0.05
    total = 0.0
    at = 0.0
    while at < t:
        length = min(step, t - at)
        hour = (at + length / 2.0) % 24.0
        inside = start <= hour < end if start <= end else hour >= start or hour < end
        total += length * (weight if inside else 1.0)
        at += length
    assert clock.weighted(t, start, end, weight) == pytest.approx(total, abs=step * max(weight, 1.0) * (2.0 * t / 24.0 + 2.0))


@given(moments, hours_of_day, hours_of_day, weights)
def test_weighted_time_and_its_inverse_are_a_round_trip(t, start, end, weight):
    """From a moment to its weighted hours and back, to a ten-thousandth of a second; the other way likewise."""
    amount = clock.weighted(t, start, end, weight)
    close = 3e-8 * max(1.0, weight, 1.0 / weight)
    assert clock.weighted_inverse(amount, start, end, weight) == pytest.approx(t, abs=close)
    assert clock.weighted(clock.weighted_inverse(t, start, end, weight), start, end, weight) == pytest.approx(t, abs=close)


@given(moments, st.floats(0.0, 1000.0), hours_of_day, hours_of_day, weights)
def test_weighted_time_never_runs_back(t, more, start, end, weight):
    """Later is never less exposure."""
    assert clock.weighted(t + more, start, end, weight) >= clock.weighted(t, start, end, weight) - 1e-9 * max(weight, 1.0) * (1.0 + t)


profiles = st.tuples(
    st.lists(st.floats(0.0, 10.0) | st.just(0.0), min_size=24, max_size=24).filter(lambda hours: sum(hours) > 0.1),
    st.lists(st.floats(0.0, 10.0) | st.just(0.0), min_size=7, max_size=7).filter(lambda week: sum(week) > 0.1),
).map(lambda both: (both, week(tuple(both[0]), tuple(both[1]))))


@given(profiles, moments)
def test_a_weekly_profile_counts_each_hour_by_its_weight(made, t):
    """A whole week counts 168, and any moment the sum of the hours before it, each weighted by its hour of day and its weekday."""
    (hours, weekdays), table = made
    scale = 168.0 / (sum(hours) * sum(weekdays))
    weeks, rest = divmod(t, 168.0)
    whole = int(rest)
    counted = sum(scale * weekdays[hour // 24] * hours[hour % 24] for hour in range(whole))
    counted += (rest - whole) * scale * weekdays[whole // 24] * hours[whole % 24]
    assert clock.profile(table, t) == pytest.approx(weeks * 168.0 + counted, rel=1e-9, abs=1e-7)
    assert clock.profile(table, 168.0) == 168.0


@given(profiles, moments)
def test_a_weekly_profile_and_its_inverse_are_a_round_trip(made, amount):
    """The moment at which the profile reaches an amount is where the profile has that amount, and more is reached no sooner."""
    _, table = made
    t = clock.profile_inverse(table, amount)
    assert clock.profile(table, t) == pytest.approx(amount, rel=1e-9, abs=1e-7)
    assert clock.profile_inverse(table, amount + 1.0) >= t - 1e-6
