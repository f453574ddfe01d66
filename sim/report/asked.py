"""What was asked for, in words: what was varied and through which values, what was measured, and how it was to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..experiment.findings import Findings
from ..experiment.posts import in_words
from ..experiment.reading import Only
from ..model.words import Nation
from ..outcomes.catalogue import HEADLINES, MEASURES
from ..scenario.scenario import Scenario
from .levers import log, shown
from .numbers import counted
from .provenance import titles

LISTED_UP_TO = 24
"""A longer list is only counted."""
OVER = {"practice": "ways of working", "world": "how children and harm behave", "both": "ways of working, and how children and harm behave"}
MEASURED = "Measures"
POSTS = "posts"
"""The key under which a request holds posts: sets of them, or the numbers that each kind goes through."""


def asked(findings: Findings) -> list[tuple[str, str]]:
    """Pairs of what was asked about and what was asked for. What has no words (such as a design's table of steps) is left to the manifest."""
    scenario = findings.plan.baseline
    found = [("Scenario" if len(findings.names) == 1 else "Scenario it starts from", f"{titles(findings)[scenario.name]} ({scenario.name})")]
    for key, value in findings.request.items():
        found += [(what, how) for what, how in _pairs(key, value, scenario) if how]
    return [*found, ("Area", _area(scenario)), *_measures(findings)]


def _area(scenario: Scenario) -> str:
    """Where and how large: areas have no name of their own once they are laid over a scenario."""
    area = scenario.area
    where, children = Nation(area.nation).name.title(), f"{sum(area.children):,} children who may go missing"
    return f"{where}, {children}, about {area.reports_per_year:,.0f} reports expected a year"


def described(path: str, scenario: Scenario) -> str:
    """A value of a scenario by what it means, with its key."""
    section, _, key = path.partition(".")
    fields = type(getattr(scenario, section)).model_fields if section in type(scenario).model_fields else {}
    words = (fields[key].description if key in fields else None) or key.replace("_", " ")
    return f"{words[0].upper()}{words[1:]} ({path})"


def is_path(word: Any, scenario: Scenario) -> bool:
    """Is this the key of a value of a scenario?"""
    section, _, key = str(word).partition(".")
    return isinstance(word, str) and key != "" and section in type(scenario).model_fields and hasattr(getattr(scenario, section), key)


def _pairs(key: str, value: Any, scenario: Scenario) -> list[tuple[str, str]]:
    if key == POSTS and isinstance(value, Mapping):
        return [(_heading(key), "; ".join(f"{name.replace('-', ' ')} {', '.join(map(str, numbers))}" for name, numbers in value.items()))]
    if key == POSTS:
        return [(_heading(key), "; ".join(in_words(one["added"]) for one in value))]
    if isinstance(value, list | tuple) and value and all(isinstance(one, Mapping) and is_path(one.get("path"), scenario) for one in value):
        return [_setting(one["path"], one.get("values", one.get("value")), scenario) for one in value]
    if isinstance(value, Mapping) and value and all(is_path(path, scenario) for path in value):
        return [_setting(path, values, scenario) for path, values in value.items()]
    return [(_heading(key), _words(key, value, scenario))]


def _setting(path: str, values: Any, scenario: Scenario) -> tuple[str, str]:
    """One lever and the values that it was given."""
    unit = log().get(path, {}).get("unit", "")
    many = values if isinstance(values, list | tuple) else [values]
    texts = [shown(path, _frozen(one), unit) for one in many if one is not None]
    return described(path, scenario), ", ".join(texts) if len(texts) <= LISTED_UP_TO else f"{texts[0]} to {texts[-1]}, {len(texts)} values"


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _heading(key: str) -> str:
    words = key.replace("_", " ")
    return words[0].upper() + words[1:]


def _words(key: str, value: Any, scenario: Scenario) -> str:
    """A value in words; empty for one that has none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,.6g}"
    if isinstance(value, str):
        return OVER.get(value, value) if key == "over" else described(value, scenario) if is_path(value, scenario) else value
    if isinstance(value, Sequence) and all(isinstance(one, str | int | float) for one in value):
        texts = [_words(key, one, scenario) for one in value]
        return "; ".join(texts) if len(texts) <= LISTED_UP_TO else f"{len(texts):,}, each listed in manifest.json"
    return ""


def _measures(findings: Findings) -> list[tuple[str, str]]:
    """The measures that were read off, if some were chosen."""
    reading = findings.plan.reading
    if not isinstance(reading, Only):
        return []
    if reading.ids == HEADLINES:
        return [(MEASURED, "the ten headline measures")]
    many = len(reading.ids) > LISTED_UP_TO
    return [(MEASURED, counted(len(reading.ids), "measure") if many else "; ".join(f"{MEASURES[id].label} ({id})" for id in reading.ids))]
