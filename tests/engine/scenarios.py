"""Any valid scenario, small: values for every key that rules may read, drawn from what the schema allows, extremes included.

The limits come from the JSON Schema, so that a new key is drawn without a change here. Only what one key says about another is written down
below, and what keeps an area tiny: few children, a few other incidents an hour.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from sim import scenario
from sim.scenario.json_schema import json_schema
from sim.scenario.limits import keys, node

Overrides = dict[str, Any]
SECTIONS = ("area", "world", "practice", "resources")
SCHEMA = json_schema()
KEYS = tuple(key for section in SECTIONS for key in keys(SCHEMA, (section,)))
BASELINE = scenario.load("baseline")

TINY: dict[str, tuple[float, float]] = {
    "area.children": (0, 8),
    "area.networks": (1, 50),
    "area.other_incidents_per_report": (0.0, 10.0),
    "area.reports_per_year": (0.0, 4_000.0),
    "area.other_families_per_year": (0.0, 3_000.0),
    "world.episodes_a_year_limit": (1, 60),
}
"""Narrower limits for what makes a run long."""

LIVELY: Overrides = {
    "area.children": [4, 3, 6, 2],
    "area.networks": 3,
    "area.reports_per_year": 300.0,
    "area.other_families_per_year": 60.0,
    "world.leaving_per_year": [60.0, 60.0, 90.0, 60.0],
    "world.exploited_at_start": [0.2] * 4,
    "world.reported_share": [0.95] * 4,
    "resources.desk_staff": [1, 2, 1],
    "resources.response_units": [2, 2, 1],
    "resources.social_workers": 1,
}
"""Where nothing else is drawn: a few children who are often away."""

SHIFTS = ("resources.night_ends", "resources.late_starts", "resources.night_starts")
INTERVIEWS = ("resources.interviews_open", "resources.interviews_close")
MASH = ("resources.mash_opens", "resources.mash_closes")
GRADES = ("practice.under_graded_share", "practice.over_graded_share")
TOGETHER = (SHIFTS, INTERVIEWS, MASH, GRADES)


@st.composite
def overrides(draw: DrawFn, sections: tuple[str, ...] = SECTIONS) -> Overrides:
    """Values for some keys or for all, to lay over the baseline: together a valid scenario of a tiny area."""
    mine = [key for key in KEYS if key.split(".")[0] in sections]
    chosen = draw(st.one_of(st.lists(st.sampled_from(mine), unique=True, max_size=60), st.just(mine)), label="keys")
    values = {key: value for key, value in LIVELY.items() if key.split(".")[0] in sections}
    for group in TOGETHER:
        if set(group) & set(chosen):
            values.update(draw(together(group)))
    for key in chosen:
        if not any(key in group for group in TOGETHER):
            values[key] = draw(value(key), label=key)
    return values


def together(group: tuple[str, ...]) -> SearchStrategy[Overrides]:
    """Keys that limit each other."""
    if group == GRADES:
        return st.tuples(share, share).map(lambda two: {GRADES[0]: two[0], GRADES[1]: min(two[1], 1.0 - two[0])})
    if group == MASH:
        return st.tuples(hour_up_to(23.0), share).map(lambda two: {MASH[0]: two[0], MASH[1]: min(two[0] + 1.0 + two[1] * (23.0 - two[0]), 24.0)})
    inside = group == SHIFTS
    hour = st.floats(0.0, 24.0, exclude_min=inside, exclude_max=inside)
    return st.lists(hour, min_size=len(group), max_size=len(group), unique=True).map(lambda hours: dict(zip(group, sorted(hours), strict=True)))


def hour_up_to(last: float) -> SearchStrategy[float]:
    """An hour of the day, often a full one."""
    return st.one_of(st.integers(0, int(last)).map(float), st.floats(0.0, last))


share: SearchStrategy[float] = st.one_of(st.floats(0.0, 1.0), st.sampled_from([0.0, 1.0]))


@cache
def value(key: str) -> SearchStrategy[Any]:
    """What the schema allows for one key."""
    part = node(SCHEMA, tuple(key.split(".")))
    if "enum" in part:
        return st.sampled_from(part["enum"])
    if part["type"] == "boolean":
        return st.booleans()
    section, name = key.split(".")
    usual = getattr(getattr(BASELINE, section), name)
    if part["type"] != "array":
        return number(key, part, usual)
    items = [number(key, node(SCHEMA, (section, name, place)), like) for place, like in enumerate(usual)]
    alike = number(key, node(SCHEMA, (section, name, 0)), usual[0]).map(lambda one: [one] * len(usual))
    return shaped(key, st.one_of(st.tuples(*items).map(list), alike))


def shaped(key: str, lists: SearchStrategy[list[Any]]) -> SearchStrategy[list[Any]]:
    """Lists that are valid as a whole."""
    if key.endswith("_mix"):
        return st.tuples(share, share).map(lambda two: [two[0], (1.0 - two[0]) * two[1], (1.0 - two[0]) * (1.0 - two[1])])
    if key.endswith("_cuts"):
        return st.lists(st.floats(-1_000.0, 1_000.0) | st.floats(-4.0, 4.0), min_size=3, max_size=3, unique=True).map(sorted)
    if "leaving_by_" in key:
        return lists.map(lambda weights: [max(weights[0], 0.001), *weights[1:]])
    if key == "area.children":
        return lists.map(lambda children: children if sum(children) else [0, 0, 1, 0])
    return lists


def number(key: str, part: dict[str, Any], usual: float) -> SearchStrategy[Any]:
    """A number within its limits: any, one near the usual, or one of the extremes."""
    low, high = part.get("minimum", part.get("exclusiveMinimum")), part["maximum"]
    if key in TINY:
        low, high = max(low, TINY[key][0]), min(high, TINY[key][1])
    usual = min(max(usual, low), high)
    if part["type"] == "integer":
        near = st.integers(max(low, int(usual / 3)), min(high, int(usual * 3)))
        return st.one_of(near, st.integers(low, high), st.sampled_from([low, high]))
    open_low = low == part.get("exclusiveMinimum")
    ends = st.sampled_from([5e-324 if open_low else float(low), float(high)])
    near = st.floats(0.3, 3.0).map(lambda factor: min(max(usual * factor, 5e-324 if open_low else float(low)), float(high)))
    return st.one_of(near, near, st.floats(low, high, exclude_min=open_low), ends)
