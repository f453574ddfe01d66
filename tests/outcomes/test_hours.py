"""The clock for columns says what the clock of the model says."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.model import clock
from sim.outcomes import hours
from sim.scenario import load

R = load("baseline").resources.model_copy(update={"night_ends": 6.1, "late_starts": 14.3, "night_starts": 22.7})
CHANGES = st.builds(lambda day, hour: day * 24.0 + hour, st.integers(0, 2000), st.sampled_from([0.0, 6.1, 14.3, 22.7]))
MOMENTS = st.one_of(st.floats(0, 50_000), CHANGES)


@given(st.lists(MOMENTS, min_size=1))
def test_night_and_the_next_shift_are_those_of_the_model(moments):
    """Also at the very moments of change."""
    t = np.array(moments)
    assert hours.is_night(t, R).tolist() == [clock.is_night(m, R.night_starts, R.night_ends) for m in moments]
    assert hours.next_shift(t, R).tolist() == [clock.next_shift(m, R.late_starts, R.night_starts, R.night_ends) for m in moments]


@given(MOMENTS, st.floats(0, 500))
def test_hours_of_night_are_weighted_hours_of_weight_two_less_plain_hours(start, length):
    """As the search counts them."""
    end = start + length
    weighted = clock.weighted(end, R.night_starts, R.night_ends, 2.0) - clock.weighted(start, R.night_starts, R.night_ends, 2.0)
    assert np.isclose(hours.night_hours(np.array([start]), np.array([end]), R)[0], weighted - length, atol=1e-6)


def test_a_whole_day_has_one_night():
    """7.4 hours from 22.7 to 6.1."""
    assert np.isclose(hours.night_hours(np.array([12.0]), np.array([36.0]), R)[0], 7.4)
