"""A sweep as people look at it: a line or a heat map for each measure with its message, summary and table, and the same for a terminal."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from ..experiment.sweep import Sweep, cell
from ..outcomes.catalogue import MEASURES
from ..outcomes.measure import HIGHER, LOWER
from .exhibit import Exhibit
from .heat_map import heat_map, said
from .line_chart import line_chart
from .makeup import sure
from .provenance import line, with_intervals
from .rows import Row
from .sentence import plain, signed
from .stops import HERE, Stop, change_places, in_order, places, standing, stops
from .sweep_words import axes, message, summary
from .terminal import WIDTH, columns
from .units import POINTS, wording

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

SAME: Row = {"estimate": 0.0, "low": 0.0, "high": 0.0}
"""The scenario as it is less itself."""
MANY = 20
"""From so many points on, a reader is told that some of them stand out by chance."""
COLUMNS = 9
"""Columns of a map on a terminal; more go below."""


def exhibits(sweep: Sweep) -> list[Exhibit]:
    """One for each measure."""
    return [_exhibit(sweep, measure) for measure in sweep.measures]


def _exhibit(sweep: Sweep, measure: str) -> Exhibit:
    found, here = stops(sweep, measure), standing(sweep, measure)
    return Exhibit(
        name=f"sweep-{measure}",
        message=message(sweep, measure),
        summary=summary(sweep, measure),
        figure=_figure(sweep, measure, found, here),
        table=_table(sweep, measure, found, here),
        subtitle=_subtitle(sweep, measure),
        narrow=_figure(sweep, measure, found, here, narrow=True),
    )


def _subtitle(sweep: Sweep, measure: str) -> str:
    what = "estimates" if len(sweep.levers) == 1 else "differences from the scenario as it is"
    chance = ". Of many points, about one in 20 stands out by chance alone" if len(sweep.places) >= MANY and sweep.replications > 1 else ""
    return f"{MEASURES[measure].label}, {what}, {with_intervals(sweep)}{chance}"


def _figure(sweep: Sweep, measure: str, found: list[Stop], here: Stop, narrow: bool = False) -> go.Figure:
    known, moved = MEASURES[measure], axes(sweep)
    if len(moved) == 2:
        return heat_map(found, here, (moved[0], moved[1]), _difference_unit(measure), known.direction, narrow)
    side = {HIGHER: ", higher is better", LOWER: ", lower is better"}.get(known.direction, "")
    unit = f"{wording(known).unit}{side}"
    return line_chart(found, here, moved[0], unit[0].upper() + unit[1:], narrow)


def _difference_unit(measure: str) -> str:
    unit = wording(MEASURES[measure]).unit
    return POINTS if unit == "%" else unit


def _table(sweep: Sweep, measure: str, found: list[Stop], here: Stop) -> pd.DataFrame:
    """Every point and the scenario as it is: settings, estimate and difference with their intervals, verdict, replications."""
    import pandas as pd

    moved = axes(sweep)
    shown = in_order(found, here, moved[0]) if len(moved) == 1 else found if here in found else [here, *found]
    own, theirs = max(places(shown), 0), max(change_places(shown) + 1, 0)
    unit = wording(MEASURES[measure]).unit
    rows = []
    for stop in shown:
        row: dict[str, object] = {}
        for axis, value in zip(moved, stop.setting, strict=True):
            row[axis.name[0].upper() + axis.name[1:]] = cell(value) if isinstance(value, tuple) else axis.text(value)
        row |= _ends(f"{MEASURES[measure].label} ({unit})", "95% interval", stop.estimate, own)
        row |= _ends(f"Difference from as it is ({_difference_unit(measure)})", "95% interval of the difference", stop.difference or SAME, theirs)
        rows.append(row | {"Verdict": stop.verdict, "Replications": int(stop.estimate["n"])})
    return pd.DataFrame(rows)


def _ends(name: str, interval: str, row: Row, decimals: int) -> dict[str, object]:
    """Three cells of a table: the number, and the ends of its interval."""
    names = {"estimate": name, "low": f"{interval}: low", "high": f"{interval}: high"}
    return {words: round(float(row[key]), decimals) for key, words in names.items()}


def text(sweep: Sweep) -> str:
    """What a terminal shows: a block for each measure."""
    block = _lines if len(sweep.levers) == 1 else _map
    blocks = ["\n".join([*wrap(message(sweep, measure), WIDTH), "", *block(sweep, measure)]) for measure in sweep.measures]
    foot = [*wrap(line(sweep), WIDTH), *wrap(sure(sweep), WIDTH)]
    return "\n\n".join([*blocks, "\n".join(foot)])


def _lines(sweep: Sweep, measure: str) -> list[str]:
    """The settings of one lever below one another."""
    (axis,) = axes(sweep)
    shown = in_order(stops(sweep, measure), standing(sweep, measure), axis)
    at_least, unit = places(shown), wording(MEASURES[measure]).unit
    head = (axis.name[0].upper() + axis.name[1:], f"{unit[0].upper()}{unit[1:]} (95% interval)", "Difference from as it is (95% interval)", "Verdict")
    rows = []
    for stop in shown:
        change = HERE if stop.difference is None else signed(stop.difference)
        rows.append((axis.text(stop.setting[0]), plain(stop.estimate, at_least), change, "" if stop.verdict == HERE else stop.verdict))
    return columns(head, rows, (24, 27, 27, 14), "<>><")


def _map(sweep: Sweep, measure: str) -> list[str]:
    """Mean differences, the first lever going across and the second down."""
    across, down = axes(sweep)
    found = {stop.setting: stop for stop in stops(sweep, measure)}
    shared = change_places(list(found.values()))
    lines = [f"Difference from as it is, {_difference_unit(measure)}; in brackets: the 95% interval spans zero."]
    lines += [f"Across: {across.name}. Down: {down.name}."]
    for start in range(0, len(across.settings), COLUMNS):
        part = across.settings[start : start + COLUMNS]
        rows = [(down.text(y), *(said(found[x, y], shared) for x in part)) for y in down.settings]
        cells = [(down.name, *map(across.text, part)), *rows]
        widths = [min(max(len(row[at]) for row in cells[at == 0 :]), 16) for at in range(len(part) + 1)]
        lines += ["", *columns(("", *map(across.text, part)), rows, widths, "<" + ">" * len(part))]
    return [*lines, "", *wrap(summary(sweep, measure), WIDTH)]
