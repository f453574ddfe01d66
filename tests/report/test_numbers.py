"""Numbers are shown to the digits that their interval supports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.report.numbers import MINUS, counted, listed, number, places_for, span, with_interval

NAN = float("nan")


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((17.5, 15.1, 19.9), "18 (15 to 20)"),
        ((9752.7, 8663.7, 10841.7), "9,800 (8,700 to 10,800)"),
        ((0.885, 0.875, 0.895), "0.885 (0.875 to 0.895)"),
        ((-3.23, -3.32, -3.15), f"{MINUS}3.23 ({MINUS}3.32 to {MINUS}3.15)"),
        ((5.0, 5.0, 5.0), "5.00"),
        ((0.0, 0.0, 0.0), "0"),
        ((1234.5, NAN, NAN), "1,234"),
        ((NAN, NAN, NAN), "not measured"),
    ],
)
def test_an_estimate_with_its_interval(numbers, text):
    """Thousands have commas, ranges say "to", and there are no more digits than mean something."""
    assert with_interval(*numbers) == text


def test_a_sign_stands_only_where_it_is_asked_for_and_never_at_zero():
    """A plus for what rises, a true minus for what falls, nothing for 0."""
    assert [number(value, 1, sign=True) for value in (1.25, -1.25, 0.04, -0.04)] == ["+1.2", f"{MINUS}1.2", "0.0", "0.0"]
    assert number(1.0, 1) == "1.0"


def test_ranges_carry_the_sign_of_their_unit():
    """Pounds stand at both ends."""
    assert span(1500, 2500, -2, unit_sign="£") == "£1,500 to £2,500"


def test_counts_and_lists_read_as_sentences():
    """One replication, two replications; a, b and c."""
    assert counted(1, "replication") == "1 replication"
    assert counted(2000, "replication") == "2,000 replications"
    assert [listed(list(letters)) for letters in ("a", "ab", "abc")] == ["a", "a and b", "a, b and c"]


@given(st.floats(-1e7, 1e7), st.floats(1e-3, 1e6))
def test_rounding_moves_no_end_by_more_than_a_part_of_the_half_width(middle, half):
    """What is shown is what was found, to a quarter of the half-width or better (or to the last decimal that is ever shown)."""
    low, high = middle - half, middle + half
    places = places_for(middle, low, high)
    for value in (low, middle, high):
        shown = float(number(value, places).replace(",", "").replace(MINUS, "-"))
        assert abs(shown - value) <= max(0.26 * half, 0.51e-4)
