"""The board paper of a sweep of one lever: what a measure does as it moves."""

from __future__ import annotations

from math import isnan

from ..experiment.sweep import Sweep
from ..outcomes.catalogue import MEASURES
from ..scenario.errors import Problem, ScenarioError
from .levers import RESTS_ON, log
from .panels import Line
from .paper import OPTION, SENTENCE, Grid, Part, what
from .paper_explained import NO_COST
from .phrases import capital, unit_of
from .provenance import quoted, with_intervals
from .sentence import plain, signed
from .short import cut
from .stops import HERE, Stop, in_order, places, standing, stops
from .strips import Strips, differences
from .sweep_words import axes, message, summary
from .units import wording

MOST = 9
"""Settings that are shown; of more, every second, third, ..."""


def part(found: Sweep, explained: None) -> Part:
    """What the paper says. Raises ScenarioError for a sweep of two levers."""
    if len(found.levers) > 1:
        allowed = "allowed: the folder of a sweep of one lever; the report shows two"
        raise ScenarioError(Problem("", None, OPTION, "this sweep moves two levers against each other", allowed))
    (axis,), first = axes(found), found.measures[0]
    row = log().get(axis.path, {})
    source = RESTS_ON.get(row.get("reliability", "assumption"), "assumption")
    span = f"{axis.text(axis.settings[0])} to {axis.text(axis.settings[-1])}"
    more, here = found.measures[1:], axis.text(axis.standing)
    cost = f"{message(found, 'W8')}." if "W8" in found.measures else NO_COST
    return Part(
        title=f"What changes as {axis.name} moves: {quoted(found)[found.names[0]]}",
        question=f"What would change under {quoted(found)[found.names[0]]} if {axis.name} were anything from {span}? It is {here}.",
        answers=tuple(cut(f"{message(found, id)}.", SENTENCE) for id in found.measures[:3]),
        grid=_grid(found, first),
        strips=_strips(found, first),
        figure=f"{MEASURES[first].label}: difference from the scenario as it is",
        explains=(
            f"One value moves, {what(axis.path, found.plan.baseline).lower()} ({axis.path}); all else is the same, with the same children and luck."
            + (f" The report shows {len(more)} more {'measure' if len(more) == 1 else 'measures'}." if more else ""),
            (),
        ),
        cost=(cut(cost, SENTENCE),),
        assumed=(f"Where the value stands today rests on: {source}. Which settings could be reached in practice is a judgement.", ()),
    )


def _shown(found: Sweep, measure: str) -> list[Stop]:
    (axis,) = axes(found)
    every = in_order(stops(found, measure), standing(found, measure), axis)
    step = -(-len(every) // MOST)
    return [stop for place, stop in enumerate(every) if place % step == 0 or place == len(every) - 1 or stop.verdict == HERE]


def _grid(found: Sweep, measure: str) -> Grid:
    (axis,) = axes(found)
    shown, unit = _shown(found, measure), wording(MEASURES[measure]).unit
    at_least = places(shown)
    rows = []
    for stop in shown:
        change = HERE if stop.difference is None else signed(stop.difference)
        rows.append((cut(axis.text(stop.setting[0]), 60), plain(stop.estimate, at_least), change, _told(stop)))
    header = (cut(capital(axis.name), 50), f"{MEASURES[measure].label} ({unit})", f"Difference from as it is ({unit_of(measure)})", "Verdict")
    return Grid(f"{MEASURES[measure].label}, {with_intervals(found)}", header, rows, (4.4, 4.8, 4.8, 3.0), frozenset({1, 2}))


def _told(stop: Stop) -> str:
    return "no difference" if stop.verdict == HERE else stop.verdict


def _strips(found: Sweep, measure: str) -> Strips:
    (axis,) = axes(found)
    lines = []
    for stop in _shown(found, measure):
        gap = stop.difference or {"estimate": 0.0, "low": 0.0, "high": 0.0}
        given = [] if isnan(gap["estimate"]) else [Line("", gap["estimate"], gap["low"], gap["high"], stop.verdict)]
        lines.append((cut(axis.text(stop.setting[0]), 40), given))
    return differences(lines, f"{capital(unit_of(measure))}, difference from as it is, with 95% intervals", summary(found, measure))
