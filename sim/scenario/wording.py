"""The checks' findings in plain words: from an error of pydantic to a `Problem` with file, line, key, what was given and what is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import ValidationError

from . import limits
from .errors import Problem
from .layers import Layers, Place
from .limits import Loc, Schema
from .lines import Key

_BOUNDS: dict[str, tuple[str, str]] = {
    "greater_than_equal": ("is below", "ge"),
    "greater_than": ("is not above", "gt"),
    "less_than_equal": ("is above", "le"),
    "less_than": ("is not below", "lt"),
}
_RULES = ("value_error", "assertion_error")
_MOST_LISTED = 12
_FILL = 'a file with extends = "baseline" sets only what differs'


def problems(error: ValidationError, schema: Schema, layers: Layers, path: str) -> list[Problem]:
    """Everything `error` says, in the order of files and lines; `path` is the file to name where none set the key."""
    found: list[tuple[Place, Problem]] = []
    missing: dict[Key, list[str]] = {}
    for detail in error.errors(include_url=False):
        loc: Loc = detail["loc"]
        if detail["type"] == "missing" and not isinstance(loc[-1], int):
            missing.setdefault(_names(loc[:-1]), []).append(str(loc[-1]))
            continue
        if detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
            continue  # the list is long enough: it only lacks the items that have been refused
        key = _names(loc)
        broken_rule = detail["type"] in _RULES
        place = (_blamed(key, str(detail["msg"]), layers) if broken_rule else layers.place(key)) or Place(path, None, 0)
        dotted = _rule(detail["msg"], ".".join(key))[0] if broken_rule else ".".join(key)
        problem, allowed = _said(detail, loc, schema)
        found.append((place, Problem(place.path, place.line, dotted, problem, allowed)))
    for table, absent in missing.items():
        place = layers.place(table) or Place(path, None, 0)
        found += [(place, problem) for problem in _missing(table, absent, schema, place)]
    found.sort(key=lambda item: (-item[0].layer, item[0].line or 0))
    return [problem for _, problem in found]


def _said(detail: Any, loc: Loc, schema: Schema) -> tuple[str, str]:
    """What is wrong, and what is allowed."""
    kind, given = detail["type"], shown(detail["input"])
    item = f"item {loc[-1] + 1}: " if isinstance(loc[-1], int) else ""
    allowed = limits.words(limits.node(schema, _names(loc)))
    allowed = f"allowed: {allowed}" if allowed else ""
    if kind == "extra_forbidden":
        return "unknown key", nearest(loc, schema)
    if kind in _BOUNDS:
        verb, bound = _BOUNDS[kind]
        return f"{item}{given} {verb} {limits.figure(detail['ctx'][bound])}", allowed
    if kind in _RULES:
        broken = _rule(detail["msg"], ".".join(_names(loc)))[1]
        return (f"{given} is not allowed", broken) if broken.startswith("allowed") else (broken, "")
    if kind in ("literal_error", "enum") and isinstance(detail["input"], str):
        return f"{given} is not one of the words allowed", allowed
    if kind in ("too_short", "too_long", "missing"):
        return f"this is a list of {len(detail['input'])}" if isinstance(detail["input"], list | tuple) else "this is too short or too long", allowed
    if kind in ("int_from_float", "int_type") and isinstance(detail["input"], float):
        return f"{item}{given} is not written as a whole number", allowed
    if kind == "finite_number":
        return f"{item}{given} is not a usable number", allowed
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"{given} stands where a table belongs", f"allowed: a table [{'.'.join(_names(loc))}]"
    if isinstance(detail["input"], dict):
        return "a table stands where a value belongs", allowed
    if kind == "float_type" and type(detail["input"]) is int:
        return f"{item}{given} is beyond what a computer counts in", allowed
    return f"{item}{given} is {_what(detail['input'])}", allowed


def _missing(table: Key, absent: list[str], schema: Schema, place: Place) -> list[Problem]:
    """One problem for each missing key, or one for all of a table's when they are many."""
    if len(absent) > 3:
        listed = ", ".join(absent[:6]) + (", ..." if len(absent) > 6 else "")
        what = "tables" if not table else "keys"
        return [Problem(place.path, place.line, ".".join(table), f"{len(absent)} {what} are missing: {listed}", _FILL)]
    found = []
    for name in absent:
        allowed = limits.words(limits.node(schema, (*table, name)))
        found.append(Problem(place.path, place.line, ".".join((*table, name)), "missing", f"allowed: {allowed}; {_FILL}" if allowed else _FILL))
    return found


def nearest(loc: Loc, schema: Schema) -> str:
    """The valid key that was probably meant: beside it, or of the same name elsewhere, or like it or longer by some words
    elsewhere; else all that are allowed."""
    *table, name = _names(loc)
    beside = list(limits.node(schema, tuple(table)).get("properties", {}))
    everywhere = limits.keys(schema)
    tries: list[Callable[[], list[str]]] = [
        lambda: [".".join([*table, near]) for near in difflib.get_close_matches(name, beside, n=1, cutoff=0.7)],
        lambda: [key for key in everywhere if key.rsplit(".", 1)[-1] == name],
        lambda: [key for key in everywhere if difflib.get_close_matches(name, [key.rsplit(".", 1)[-1]], cutoff=0.75)],
        lambda: _longer(name, [".".join([*table, key]) for key in beside] if table else []),
        lambda: _longer(name, everywhere),
    ]
    for attempt in tries:
        if near := attempt():
            return f"did you mean {' or '.join(near[:3])}?"
    where = f"in [{'.'.join(table)}]" if table else "at the top of a file"
    more = ", ... (`missing-sim schema` lists all)" if len(beside) > _MOST_LISTED else ""
    return f"allowed {where}: {', '.join(beside[:_MOST_LISTED])}{more}" if beside else ""


def _longer(name: str, keys: Iterable[str]) -> list[str]:
    """The keys that hold `name` as words among others: overnight_activity for overnight."""
    return [key for key in keys if name and f"_{name}_" in f"_{key.rsplit('.', 1)[-1]}_"]


def _rule(message: str, key: str) -> tuple[str, str]:
    """The key, or keys, that the message of a broken rule begins with, and the rest; or else `key` and the whole message."""
    message = re.sub(r"^(Value error|Assertion failed), ", "", message)
    table = re.escape(key.split(".")[0])
    led = re.match(rf"({table}(?:\.\w+)?(?:(?:, | and ){table}\.\w+)*):? (.*)", message, re.DOTALL)
    return (led.group(1), led.group(2)) if led else (key, message)


def _blamed(table: Key, message: str, layers: Layers) -> Place | None:
    """The place of a rule that was broken: that of the key, among those the message names, that was set last."""
    places = [layers.place((*table, word)) for word in dict.fromkeys(re.findall(r"[a-z][a-z0-9_]*", message))]
    fallback = layers.place(table)
    return max((place for place in places if place is not None and place != fallback), key=lambda place: place.layer, default=fallback)


def _names(loc: Loc) -> Key:
    """The tables and the key of `loc`, without places in a list."""
    return tuple(step for step in loc if isinstance(step, str))


def shown(value: Any) -> str:
    """A value as it would stand in the file, cut to a readable length."""
    if isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, str):
        text = f'"{value}"'
    elif isinstance(value, list | tuple):
        text = f"[{', '.join(map(shown, value[:5]))}{', ...' if len(value) > 5 else ''}]"
    elif isinstance(value, int) and abs(value) >= 10**30:
        text = "a number of more than 30 digits"
    else:
        text = "a table" if isinstance(value, dict) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _what(value: Any) -> str:
    """The kind of a value that is of the wrong kind."""
    kinds = {bool: "a switch", int: "a number", float: "a number", str: "text", list: "a list", tuple: "a list"}
    return kinds.get(type(value), "not a number or a word")
