"""A sweep as people look at it: a line or a heat map for each measure with its message, summary and table, and the same for a terminal."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from ..experiment.sweep import Sweep, cell
from ..outcomes.catalogue import MEASURES
from ..outcomes.measure import HIGHER, LOWER
from .exhibit import Exhibit
from .heat_map import FEW, heat_map, said
from .line_chart import line_chart
from .numbers import MOST_DECIMALS, places_for
from .provenance import line, with_intervals
from .sentence import plain, signed
from .stops import HERE, Stop, change_places, in_order, places, standing, stops
from .sweep_words import axes, message, summary
from .terminal import LUCK, WIDTH, columns
from .units import POINTS, wording

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

MANY = 20
"""From so many points on, a reader is told that some of them stand out by chance."""
COLUMNS = 9
"""Columns of a map on a terminal; more go below."""


def exhibits(sweep: Sweep) -> list[Exhibit]:
    """One for each measure."""
    return [_exhibit(sweep, measure) for measure in sweep.measures]


def _exhibit(sweep: Sweep, measure: str) -> Exhibit:
    found, here = stops(sweep, measure), standing(sweep, measure)
    one = len(sweep.levers) == 1
    return Exhibit(
        name=f"sweep-{measure}",
        message=message(sweep, measure),
        summary=summary(sweep, measure),
        figure=_figure(sweep, measure, found, here),
        table=_table(sweep, measure, found, here),
        subtitle=_subtitle(sweep, measure),
        narrow=_figure(sweep, measure, found, here, narrow=True) if one or len(sweep.levers[0].values) <= FEW else None,
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
    """Every point, and the scenario as it is: settings, estimate and difference with their intervals, verdict, replications."""
    import pandas as pd

    moved = axes(sweep)
    shown = in_order(found, here, moved[0]) if len(moved) == 1 else found if here in found else [here, *found]
    return pd.DataFrame([_row(sweep, measure, stop) for stop in shown])


def _row(sweep: Sweep, measure: str, stop: Stop) -> dict[str, object]:
    unit, estimate = wording(MEASURES[measure]).unit, stop.estimate
    told: dict[str, object] = {}
    for axis, value in zip(axes(sweep), stop.setting, strict=True):
        told[axis.title] = axis.text(value) if not isinstance(value, tuple) else cell(value)
    difference = stop.difference or {"estimate": 0.0, "low": 0.0, "high": 0.0}
    for name, row, of in ((MEASURES[measure].label, estimate, unit), ("Difference from as it is", difference, _difference_unit(measure))):
        held = MOST_DECIMALS if row["estimate"] != row["estimate"] else max(places_for(row["estimate"], row["low"], row["high"]), 0)
        told[f"{name} ({of})"] = round(row["estimate"], held)
        told[f"{name}: low end of 95% interval"] = round(row["low"], held)
        told[f"{name}: high end of 95% interval"] = round(row["high"], held)
    return told | {"Verdict": stop.verdict, "Replications": int(estimate["n"])}


def text(sweep: Sweep) -> str:
    """What a terminal shows: a block for each measure."""
    block = _lines if len(sweep.levers) == 1 else _map
    blocks = ["\n".join([*wrap(message(sweep, measure), WIDTH), "", *block(sweep, measure)]) for measure in sweep.measures]
    foot = [*wrap(line(sweep), WIDTH), *wrap(LUCK if sweep.replications > 1 else "One replication gives no interval.", WIDTH)]
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
