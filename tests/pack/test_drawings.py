"""What is drawn: a timeline as a strip, and a crowd as bars."""

from __future__ import annotations

import itertools
import math

import pytest

from sim.report.numbers import percent
from sim.report.pack.crowd import measures, shares
from sim.report.pack.strip import LANES, reach, strip
from sim.report.pack.words import events, first_small, levels
from tests.pack.content import exercise, timeline


def _share(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1]) / 100


def test_marks_stand_where_their_hours_are():
    """A place is the hour's share of the scale; what happens goes from left to right."""
    line = timeline("low", True, True)
    scale = reach([line])
    drawn = strip(line, scale)
    assert [lane["name"] for lane in drawn["lanes"]] == list(LANES.values())
    for row, mark in zip([row for row in line["rows"] if row["lane"] == "information"], drawn["lanes"][1]["marks"], strict=True):
        assert math.isclose(_share(mark["x"]), (row["at"] - scale[0]) / (scale[1] - scale[0]), abs_tol=1e-4)
    assert sum(_share(part["wide"]) for part in drawn["bar"]) == pytest.approx((line["ends"]["at"] + 1.5) / (scale[1] - scale[0]), abs=1e-3)


def test_two_timelines_on_one_scale_both_fit():
    """The longer one ends inside it, the shorter one before."""
    lines = [timeline("low", False, False), timeline("high", True, False)]
    scale = reach(lines)
    ends = [_share(strip(line, scale)["ends"]) for line in lines]
    assert ends[1] < ends[0] < 1


def test_what_lies_beyond_the_scale_is_counted_and_in_the_table():
    """A referral a day later does not squeeze the night, and is not lost."""
    line = timeline("high", True, True)
    drawn = strip(line, reach([line]))
    assert drawn["beyond"] == 2
    assert any("Referral" in row["text"] for row in events(line))


@pytest.mark.parametrize("ends", [0.05, 0.5, 3.0, 30.0, 300.0, 3000.0])
def test_ticks_are_few_and_start_at_the_report(ends):
    """For an episode of any length."""
    line = {**timeline("low", True, False), "ends": {"at": ends, "clock": "", "words": "Back"}}
    ticks = strip(line, reach([line]))["ticks"]
    assert ticks[0]["words"] == "Report"
    assert 1 <= len(ticks) <= 7


def test_the_end_stands_once_in_the_table():
    """In the child's lane where that says so already, else in a row of its own, in time order."""
    line = timeline("low", True, False)
    assert [row["text"] for row in events(line)].count("The child is found by police") == 0
    line = {**line, "rows": [row for row in line["rows"] if row["lane"] != "child"]}
    rows = events(line)
    assert [row["text"] for row in rows].count("The child is found by police") == 1
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)


def test_shares_fill_the_bar():
    """One after the other, to its end."""
    found = shares(exercise()["crowd"])
    assert [share["words"] for share in found] == ["79%", "16%", "5%"]
    for before, after in itertools.pairwise(found):
        assert _share(before["x"]) + _share(before["wide"]) == pytest.approx(_share(after["x"]), abs=1e-4)
    assert _share(found[-1]["x"]) + _share(found[-1]["wide"]) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0%"), (1, "100%"), (0.004, "0.4%"), (0.996, "99.6%"), (0.0001, "under 0.1%"), (0.99999, "over 99.9%")]
)
def test_a_rare_share_is_never_called_none_or_all(share, words):
    """Only what is none is 0%."""
    assert percent(share) == words


def test_the_spread_leaves_out_empty_ends_and_keeps_empty_middles():
    """A range without pairs between two with pairs is told."""
    one = {**exercise()["crowd"]["measures"][0]}
    one["bins"] = [{"low": n, "high": n + 1, "count": count} for n, count in enumerate([0, 3, 0, 7, 0])]
    [found] = measures({"measures": [one]})
    assert [(bin["label"], bin["count"]) for bin in found["bins"]] == [("+1 to +2", "3"), ("+2 to +3", "0"), ("+3 to +4", "7")]
    assert measures({"measures": [{**one, "bins": []}]})[0]["bins"] == []


def test_small_words():
    """A heading inside a sentence loses its capital, an abbreviation keeps its own."""
    assert (first_small("The first grade"), first_small("MASH decision"), first_small("")) == ("the first grade", "MASH decision", "")
    assert levels([{"level": 2, "words": "night"}, {"level": 1, "words": "day"}, {"level": 1, "words": "evening"}]) == [
        (1, "day and evening"),
        (2, "night"),
    ]
