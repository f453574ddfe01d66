"""A factor of a sensitivity analysis in words: what it is called, its values, and what it rests on."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from .. import __version__
from ..experiment.factors import LUCK, Variants
from ..scenario.difference import Value
from ..scenario.ranges import ranges
from .lever_axis import NAMES
from .levers import RESTS_ON, shown
from .numbers import counted
from .terminal import WIDTH

ASSUMED = "assumption"
"""The mark of a parameter without a source."""
STAR = "*"
"""The same in a column that has no room for it."""
STARRED = f"{STAR} rests on an assumption without a source"
SHORT_LIST = 4
"""A longer list stands in the table only."""


def called(factor: str) -> str:
    """A factor in a sentence: desk-based share, luck."""
    words = f" {factor.rsplit('.', 1)[-1].replace('_', ' ')} "
    for key, name in NAMES.items():
        words = words.replace(f" {key} ", f" {name} ")
    return words.strip()


def headed(factor: str) -> str:
    """The same at the beginning of a line."""
    words = called(factor)
    return words[0].upper() + words[1:]


def marked(factor: str, assumed: bool) -> str:
    """The same, and whether it rests on no source."""
    return f"{headed(factor)} ({ASSUMED})" if assumed else headed(factor)


def described(found: Variants, factor: str) -> str:
    """What a factor is, as the schema says it."""
    if factor == LUCK:
        return "which luck the simulated children and services have, all else being equal"
    section, key = factor.split(".")
    return type(getattr(found.plan.baseline, section)).model_fields[key].description or key.replace("_", " ")


def valued(path: str, value: Value) -> str:
    """A value in words: 35%, 8 hours, yes; each of a list with what it is for."""
    return shown(path, value, ranges()[path].unit)


def briefly(path: str, value: Value) -> str:
    """The same for a line of a figure: a list as 12; 8; 4; 1, and empty where that is too long."""
    if not isinstance(value, tuple):
        return valued(path, value)
    return "; ".join(valued(path, one).split(" ")[0] for one in value) if len(value) <= SHORT_LIST else ""


def barely(path: str, value: Value) -> str:
    """The same without its unit, for a narrow column."""
    words = briefly(path, value)
    return words if isinstance(value, tuple) else words.split(" ")[0]


def rests_on(found: Variants, factor: str) -> str:
    """What a factor's range rests on."""
    if factor == LUCK:
        return "chance"
    over = ranges()[factor]
    if found.assumed[factor] and not over.assumed:
        return "assumption: the scenario states it as its own"
    words = RESTS_ON.get(over.reliability, over.reliability)
    return words if over.assumed else f"{words}: {', '.join(over.evidence)}"


def left_out(found: Variants) -> str:
    """How many parameters are choices, and so were not varied; empty if none."""
    if found.choices == 1:
        return "1 parameter is a choice, or goes with the area, and is left out"
    return f"{found.choices} parameters are choices, or go with the area, and are left out" if found.choices else ""


def over_runs(found: Variants) -> str:
    """Simulated data, version, scenario, seed, runs, interval, of findings that simulate each point once: one line."""
    runs = counted(int(found.values.finished.sum()), "run")
    told = f"missing-sim {__version__}, {runs} of variants of scenario {found.names[0]}, seed {found.plan.seed}, 95% bootstrap intervals"
    return f"Simulated data. {told}."


def paragraphs(*sentences: str) -> list[str]:
    """Sentences as lines of a terminal, without the empty ones."""
    return [line for sentence in sentences if sentence for line in wrap(sentence, WIDTH)]


def tidied(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a table with four digits of every number that is not counted."""
    return [{name: float(f"{value:.4g}") if isinstance(value, float) else value for name, value in row.items()} for row in rows]
