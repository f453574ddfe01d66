"""Tables line up, and numbers are told in three or four digits."""

from __future__ import annotations

import pytest

from benchmarks.table import shorten, table


def test_columns_line_up() -> None:
    lines = table("Title", ("what", "how many"), [("one", 1), ("a longer name", 12_345)], ("A note.",)).splitlines()
    assert lines[0] == "Title"
    assert lines[-1] == "A note."
    assert lines[1:-1] == ["what           how many", "-----------------------", "one                   1", "a longer name    12,345"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [(12345.6, "12,346"), (123.4, "123"), (12.34, "12.3"), (0.01234, "0.0123"), (7, "7"), (None, ""), (float("nan"), "none"), ("-", "-")],
)
def test_numbers_as_people_read_them(cell: float | str | None, words: str) -> None:
    assert shorten(cell) == words


def test_a_row_of_another_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="2 columns, and a row of 1"):
        table("Title", ("what", "how many"), [("one",)])
