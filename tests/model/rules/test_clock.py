"""The clock at its edges: what holds at the very hour, with numbers worked out by hand. Any moment is in tests/model/test_clock.py."""

from __future__ import annotations

import pytest

from sim.model import clock
from sim.model.words import NEVER, Shift

DAY, WEEK = 24.0, 168.0
MONDAY, FRIDAY, SATURDAY, SUNDAY = WEEK, WEEK + 4 * DAY, WEEK + 5 * DAY, WEEK + 6 * DAY


@pytest.mark.parametrize(("hour", "shift", "following"), [
    (0.0, Shift.NIGHT, 6.0), (5.9, Shift.NIGHT, 6.0), (6.0, Shift.EARLY, 14.0), (13.9, Shift.EARLY, 14.0), (14.0, Shift.LATE, 22.0),
    (21.9, Shift.LATE, 22.0), (22.0, Shift.NIGHT, 30.0), (23.9, Shift.NIGHT, 30.0),
])  # fmt: skip
def test_shifts_begin_at_their_very_hour(hour, shift, following):
    """Early from 6, late from 14, night from 22 to 6; the next change is later than now."""
    t = MONDAY + hour
    assert clock.shift_at(t, 14.0, 22.0, 6.0) == shift
    assert clock.is_night(t, 22.0, 6.0) == (shift == Shift.NIGHT)
    assert clock.next_shift(t, 14.0, 22.0, 6.0) == MONDAY + following
    assert clock.hour_of_day(t) == pytest.approx(hour)
    assert clock.midnight(t) == MONDAY


def test_a_night_is_over_this_morning_or_tomorrow():
    """Before 6 it is this morning; from 6 on the next."""
    assert [clock.night_over(MONDAY + hour, 6.0) for hour in (0.0, 5.9, 6.0, 23.0)] == [MONDAY + end for end in (6.0, 6.0, 30.0, 30.0)]


def test_monday_is_nought_and_sunday_six():
    """And so again each week."""
    assert [clock.weekday(WEEK * 3 + DAY * day + 0.5) for day in range(8)] == [0, 1, 2, 3, 4, 5, 6, 0]


@pytest.mark.parametrize(("t", "weekends", "is_open", "opening"), [
    (MONDAY + 8.9, False, False, MONDAY + 9.0), (MONDAY + 9.0, False, True, MONDAY + 9.0), (MONDAY + 16.9, False, True, MONDAY + 16.9),
    (MONDAY + 17.0, False, False, MONDAY + DAY + 9.0), (FRIDAY + 17.0, False, False, MONDAY + WEEK + 9.0),
    (FRIDAY + 17.0, True, False, SATURDAY + 9.0),
    (SATURDAY + 12.0, False, False, MONDAY + WEEK + 9.0), (SATURDAY + 12.0, True, True, SATURDAY + 12.0),
    (SUNDAY + 3.0, False, False, MONDAY + WEEK + 9.0), (SUNDAY + 3.0, True, False, SUNDAY + 9.0),
])  # fmt: skip
def test_an_office_opens_at_its_hour_and_is_shut_at_closing(t, weekends, is_open, opening):
    """From 9 to 17, at weekends only if it keeps them."""
    assert clock.in_office_hours(t, 9.0, 17.0, weekends) == is_open
    assert clock.next_opening(t, 9.0, 17.0, weekends) == opening


@pytest.mark.parametrize(("t", "hours", "end"), [
    (MONDAY + 10.0, 0.0, MONDAY + 10.0), (MONDAY + 10.0, 3.0, MONDAY + 13.0), (MONDAY + 10.0, 7.0, MONDAY + 17.0),
    (MONDAY + 10.0, 8.0, MONDAY + DAY + 10.0), (MONDAY + 10.0, 16.0, MONDAY + 2 * DAY + 10.0), (FRIDAY + 16.0, 2.0, MONDAY + WEEK + 10.0),
    (SATURDAY + 1.0, 1.0, MONDAY + WEEK + 10.0),
])  # fmt: skip
def test_working_hours_go_on_the_next_working_day(t, hours, end):
    """Eight a day, from 9 to 17; what ends at closing ends today."""
    assert clock.after_working_hours(t, hours, 9.0, 17.0) == pytest.approx(end)


@pytest.mark.parametrize(("t", "days", "end"), [
    (MONDAY + 10.0, 0.0, MONDAY + 10.0), (MONDAY + 10.0, 1.0, MONDAY + DAY + 10.0), (MONDAY + 10.0, 4.5, FRIDAY + 22.0),
    (MONDAY + 10.0, 5.0, MONDAY + WEEK + 10.0), (MONDAY + 10.0, 10.0, MONDAY + 2 * WEEK + 10.0), (FRIDAY + 10.0, 1.0, MONDAY + WEEK + 10.0),
    (FRIDAY + 10.0, 0.75, MONDAY + WEEK + 4.0), (SATURDAY + 10.0, 0.0, MONDAY + WEEK), (SUNDAY + 10.0, 2.0, MONDAY + WEEK + 2 * DAY),
    (FRIDAY + 10.0, 6.0, MONDAY + 2 * WEEK + 10.0), (FRIDAY + 10.0, 11.0, MONDAY + 3 * WEEK + 10.0),
])  # fmt: skip
def test_working_days_pass_over_the_weekend(t, days, end):
    """What would end on a Saturday goes on for two days more; a weekend counts from its end."""
    assert clock.after_working_days(t, days) == pytest.approx(end)


@pytest.mark.parametrize(("hour", "amount"), [(0.0, 0.0), (6.0, 3.0), (10.0, 7.0), (22.0, 19.0), (23.0, 19.5), (24.0, 20.0), (54.0, 43.0)])
def test_hours_of_half_weight_over_midnight(hour, amount):
    """From 22 to 6 an hour counts half: 20 a day. And back."""
    assert clock.weighted(hour, 22.0, 6.0, 0.5) == pytest.approx(amount)
    assert clock.weighted_inverse(amount, 22.0, 6.0, 0.5) == pytest.approx(hour)


@pytest.mark.parametrize(("hour", "amount"), [(0.0, 0.0), (6.0, 6.0), (10.0, 14.0), (22.0, 38.0), (23.0, 39.0), (24.0, 40.0), (34.0, 54.0)])
def test_hours_of_double_weight_by_day(hour, amount):
    """From 6 to 22 an hour counts twice: 40 a day. And back."""
    assert clock.weighted(hour, 6.0, 22.0, 2.0) == pytest.approx(amount)
    assert clock.weighted_inverse(amount, 6.0, 22.0, 2.0) == pytest.approx(hour)


def test_where_start_is_end_every_hour_counts_one():
    """No hours have the weight."""
    assert clock.weighted(30.0, 7.0, 7.0, 5.0) == 30.0
    assert clock.weighted_inverse(30.0, 7.0, 7.0, 5.0) == 30.0


def test_what_no_run_reaches_never_comes():
    """Beyond a billion hours and more no clock is exact; up to there it still counts."""
    flat = [float(hour) for hour in range(169)]
    assert clock.weighted_inverse(1.1 * clock.FAR, 22.0, 6.0, 1.0) == NEVER
    assert clock.profile_inverse(flat, 1.1 * clock.FAR) == NEVER
    assert clock.weighted_inverse(clock.FAR, 22.0, 6.0, 1.0) == pytest.approx(clock.FAR)
    assert clock.profile_inverse(flat, clock.FAR) == pytest.approx(clock.FAR)


STEEP = [0.0] * 24 + [7.0 * (hour - 23) / 6.0 for hour in range(24, 168)] + [168.0]
"""A week in which nothing counts until 23:00 on Monday, nor in the last hour; in between it is 7/6 an hour."""


@pytest.mark.parametrize(("t", "amount"), [(24.0, 7.0 / 6.0), (36.5, 15.75), (167.5, 168.0), (WEEK, WEEK), (WEEK + 36.5, WEEK + 15.75)])
def test_a_profile_is_read_in_straight_lines_week_after_week(t, amount):
    """Half way through an hour half of it has counted; a whole week counts 168."""
    assert clock.profile(STEEP, t) == pytest.approx(amount)


@pytest.mark.parametrize(("amount", "t"), [(7.0 / 12.0, 23.5), (15.75, 36.5), (WEEK + 15.75, WEEK + 36.5)])
def test_an_amount_is_reached_where_the_profile_has_it(amount, t):
    """Half way between two hours, half an hour on."""
    assert clock.profile_inverse(STEEP, amount) == pytest.approx(t)


def test_an_amount_of_nought_is_reached_when_something_is_about_to_count():
    """At 23:00, the last moment at which the profile has it."""
    assert clock.profile_inverse(STEEP, 0.0) == pytest.approx(23.0)
