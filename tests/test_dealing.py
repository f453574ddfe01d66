"""The order in which files of tests are dealt to workers."""

from __future__ import annotations

from pathlib import Path

from tests.dealing import LONGEST, in_order

HERE = Path(__file__).parent


def test_what_is_said_to_take_longest_is_there():
    """A file that was renamed would be dealt late, and nobody would see why the last worker is waited for."""
    assert [file for file in LONGEST if not (HERE / file).exists()] == []
    assert len(set(LONGEST)) == len(LONGEST)


def test_the_longest_come_first_then_those_with_most_tests():
    """Whatever folder the tests are in."""
    few, many, long = "/x/tests/model/test_a.py", "/x/tests/model/test_b.py", f"/x/tests/{LONGEST[1]}"
    assert in_order([few, many, many, long]) == [long, many, few]
