"""What a key may hold, in plain words. The words come from the JSON Schema of the models, so that they cannot fall behind the checks."""

from __future__ import annotations

from typing import Any

Loc = tuple[str | int, ...]
Schema = dict[str, Any]

_PLURALS = {"number": "numbers", "integer": "whole numbers", "boolean": "switches", "string": "words in quotes"}
_NOUNS = {"number": "a number", "integer": "a whole number", "boolean": "true or false", "string": "words in quotes", "object": "a table"}


def node(schema: Schema, loc: Loc) -> Schema:
    """The part of `schema` that speaks of `loc` (names of tables and keys, places in a list); empty if there is none."""
    here = _resolved(schema, schema)
    for step in loc:
        if isinstance(step, str):
            here = here.get("properties", {}).get(step, {})
        else:
            first = here.get("prefixItems", [])
            here = first[step] if step < len(first) else here.get("items") or {}
        here = _resolved(schema, here)
    return here


def keys(schema: Schema, table: Loc = ()) -> list[str]:
    """Every key below `table`, dotted, tables and values alike."""
    found = []
    for name in node(schema, table).get("properties", {}):
        key = (*table, name)
        found += [".".join(map(str, key)), *keys(schema, key)]
    return found


def words(part: Schema) -> str:
    """What `part` allows: "a number from 0 to 1", "a list of 24 numbers, each from 0 to 1,000". Empty if it says nothing."""
    if "const" in part:
        return f'"{part["const"]}"'
    if "enum" in part:
        return "one of " + ", ".join(f'"{value}"' for value in part["enum"])
    if "anyOf" in part:
        return " or ".join(filter(None, map(words, part["anyOf"])))
    kind = part.get("type", "")
    if kind == "array":
        return _list(part)
    return " ".join(filter(None, (_NOUNS.get(kind, ""), _bounds(part))))


def _list(part: Schema) -> str:
    least, most = part.get("minItems", 0), part.get("maxItems")
    items: Schema = part.get("items") or next(iter(part.get("prefixItems", [])), {})
    plural = _PLURALS.get(items.get("type", ""), "values")
    how_many = f"{least} " if least == most else ""
    each = _bounds(items)
    return f"a list of {how_many}{plural}" + (f", each {each}" if each else "")


def _bounds(part: Schema) -> str:
    low, above = part.get("minimum"), part.get("exclusiveMinimum")
    high, below = part.get("maximum"), part.get("exclusiveMaximum")
    if low is not None and high is not None:
        return f"from {figure(low)} to {figure(high)}"
    said = []
    if low is not None:
        said.append(f"of at least {figure(low)}")
    if above is not None:
        said.append(f"above {figure(above)}")
    if high is not None:
        said.append(f"{'and' if said else 'of'} at most {figure(high)}")
    if below is not None:
        said.append(f"{'and ' if said else ''}below {figure(below)}")
    return " ".join(said)


def figure(number: float) -> str:
    """A limit as a reader writes it: 1, 0.5, 1,000,000."""
    return f"{number:,.10g}"


def _resolved(schema: Schema, part: Schema) -> Schema:
    """`part`, or what it refers to."""
    while "$ref" in part:
        part = schema["$defs"][part["$ref"].rsplit("/", 1)[-1]]
    if len(part.get("allOf", [])) == 1:
        return _resolved(schema, part["allOf"][0])
    return part
