"""The schema for editors says the same as the checks."""

from __future__ import annotations

import json
import tomllib

import pytest

from sim.scenario import json_schema
from sim.scenario.library import paths
from sim.scenario.limits import keys, node, words


def test_it_is_plain_json():
    """The schema survives a round trip through JSON, and names its dialect."""
    schema = json_schema()
    assert json.loads(json.dumps(schema, allow_nan=False)) == schema
    assert schema["$schema"].endswith("2020-12/schema")


def test_a_file_may_leave_out_every_number_and_may_extend():
    """No table and no number is required of a file; `extends` is allowed; the name is not, as it is the file's."""
    schema = json_schema()
    assert "required" not in schema
    assert [name for name, part in schema["$defs"].items() if "required" in part] == ["About"]
    assert "extends" in schema["properties"]
    assert "name" not in schema["properties"]


def test_unknown_keys_are_marked_in_every_table():
    """An editor marks a key that the check would refuse."""
    schema = json_schema()
    tables = [schema, *(part for part in schema["$defs"].values() if part.get("type") == "object")]
    assert all(table["additionalProperties"] is False for table in tables)


@pytest.mark.parametrize("name", paths())
def test_every_file_of_the_library_fits(name):
    """Each key that a library file sets is in the schema."""
    known = set(keys(json_schema()))
    content = tomllib.loads(paths()[name].read_text(encoding="utf-8"))
    for table, settings in content.items():
        assert table in known
        if isinstance(settings, dict):
            assert {f"{table}.{key}" for key in settings} <= known


def test_every_value_can_be_said_in_words():
    """For each key there are words for what it allows, so no error ends without them."""
    schema = json_schema()
    for key in keys(schema):
        said = words(node(schema, tuple(key.split("."))))
        assert said, key
        assert "values" not in said, key


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"type": "number", "minimum": 0.0, "maximum": 1.0}, "a number from 0 to 1"),
        ({"type": "number", "exclusiveMinimum": 0.0, "maximum": 1e6}, "a number above 0 and at most 1,000,000"),
        ({"type": "integer", "minimum": 1}, "a whole number of at least 1"),
        ({"type": "number", "maximum": 0.5}, "a number of at most 0.5"),
        ({"type": "number", "exclusiveMaximum": 2}, "a number below 2"),
        ({"type": "boolean"}, "true or false"),
        ({"enum": ["a", "b"]}, 'one of "a", "b"'),
        ({"const": "a"}, '"a"'),
        ({"anyOf": [{"type": "string"}, {"type": "boolean"}]}, "words in quotes or true or false"),
        ({"type": "array", "items": {"type": "string"}}, "a list of words in quotes"),
        (
            {"type": "array", "minItems": 3, "maxItems": 3, "prefixItems": [{"type": "integer", "minimum": 0, "maximum": 9}] * 3},
            "a list of 3 whole numbers, each from 0 to 9",
        ),
    ],
)
def test_limits_in_words(part, expected):
    """Each kind of limit has its phrase."""
    assert words(part) == expected
