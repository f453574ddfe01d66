"""The line of a key is found in every way that TOML has of setting one."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.library import paths
from sim.scenario.lines import Key, lines

EVERY_WAY = '''# a remark = 1
title = "a # b = c"
"quoted key" = 'one'
dotted . inner = 2
[table]
plain = [
  1, # a remark with ] and "
  2,
]
inline = { a = 1, "b.c" = { d = [ { e = 1 } ] } }
text = """
not_a_key = 1
[not_a_table]
four quotes end it: """"
raw = \'\'\'
\\ also = not\'\'\'
when = 1979-05-27 07:32:00
[table.below]
last = true
[ spaced . "out" ]
empty = ""
escaped = "\\"x\\" = 1"
[[many]]
first = 1
[[many]]
second = 2
'''


def test_every_way_of_setting_a_key():
    """Tables, dotted keys, quoted keys and inline tables count; text and remarks that look like keys do not."""
    found = lines(EVERY_WAY)
    assert found == {
        ("title",): 2,
        ("quoted key",): 3,
        ("dotted",): 4,
        ("dotted", "inner"): 4,
        ("table",): 5,
        ("table", "plain"): 6,
        ("table", "inline"): 10,
        ("table", "inline", "a"): 10,
        ("table", "inline", "b.c"): 10,
        ("table", "inline", "b.c", "d"): 10,
        ("table", "text"): 11,
        ("table", "raw"): 15,
        ("table", "when"): 17,
        ("table", "below"): 18,
        ("table", "below", "last"): 19,
        ("spaced",): 20,
        ("spaced", "out"): 20,
        ("spaced", "out", "empty"): 21,
        ("spaced", "out", "escaped"): 22,
        ("many",): 23,
        ("many", "first"): 24,
        ("many", "second"): 26,
    }


NAMES = st.from_regex(r"[a-z_]{1,6}", fullmatch=True)
VALUES = st.sampled_from(["1", "-0.5", "true", '"a = 1"', "[1, 2]", "[\n  1,\n  2, # two\n]", '"""\nx = 1\n"""', "'# no'", "{ }"])


@given(st.dictionaries(NAMES, st.dictionaries(NAMES, VALUES, max_size=5), max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_each_key_is_found_on_the_line_that_sets_it(tables, newline):
    """For any file of tables and keys, with either ending of lines, every key is found on its own line."""
    text, expected = "# start\n", {}
    for table, settings in tables.items():
        expected[(table,)] = text.count("\n") + 1
        text += f"[{table}]\n"
        for name, value in settings.items():
            expected[(table, name)] = text.count("\n") + 1
            text += f"{name} = {value}\n"
    assert lines(text.replace("\n", newline)) == expected


@pytest.mark.parametrize("name", paths())
def test_every_key_of_the_library_has_a_line(name):
    """In each file of the library, the line found for a key holds the last part of that key."""
    text = paths()[name].read_text(encoding="utf-8")
    found, rows = lines(text), text.splitlines()
    for key in _keys((), tomllib.loads(text)):
        assert key[-1] in rows[found[key] - 1]


def _keys(table: Key, content: dict[str, Any]) -> list[Key]:
    keys = []
    for name, value in content.items():
        keys += [(*table, name), *(_keys((*table, name), value) if isinstance(value, dict) else [])]
    return keys
