"""A line with its band: one measure as one lever moves, with the scenario as it is marked where it stands.

Settings that are no amounts (a switch, a word, a list) are dots with bars and no line, as there is nothing between them. Each dot's shape says how
it compares with the scenario as it is, and its number stands above it.
"""

from __future__ import annotations

from html import escape
from math import isnan, log10
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .exhibit import house
from .figures import BLUE, GRID, INK, PLAIN, STYLES
from .lever_axis import LeverAxis
from .numbers import number
from .sentence import MARKS
from .stops import HERE, Stop, in_order, places

if TYPE_CHECKING:
    import plotly.graph_objects as go

PLOT, HEAD, ROW = 300, 54, 18
"""Pixels: the plot, the words above it, a line of words below it."""
WIDE, NARROW = 110, 44
"""Letters on a line of words, and where the figure is narrow."""
MOST = {True: 4, False: 11}
"""Ticks, and dots that carry their number, by whether the figure is narrow."""
SQUARE = (INK, "square-open")
BAND = "rgba(18, 67, 109, 0.16)"
SHARED = "Points share their luck, so a difference can be clear where intervals overlap."


def line_chart(stops: list[Stop], here: Stop, axis: LeverAxis, unit: str, narrow: bool = False) -> go.Figure:
    """The figure, `unit` saying what goes up and which side is better."""
    import plotly.graph_objects as go

    known = [stop for stop in in_order(stops, here, axis) if stop.known]
    across = _across(axis, narrow)
    ticks = 12 + 16 * max(text.count("<br>") + 1 for text in across["ticktext"])
    below = [*wrap(escape(axis.title), NARROW if narrow else WIDE), *key(known, axis.measured, narrow)]
    foot = ticks + ROW * len(below)
    drawn = go.Figure()
    drawn.update_layout(**house(HEAD + PLOT + foot, margin={"l": 12, "r": 24, "t": HEAD, "b": foot}))
    traces = _band(known, axis) if axis.measured else [_bar(stop, axis) for stop in known]
    for trace in [*traces, *(_dot(stop, axis) for stop in known)]:
        drawn.add_trace(go.Scatter(hoverinfo="skip", **trace))
    drawn.update_xaxes(**across)
    drawn.update_yaxes(**_up(known))
    _mark_standing(drawn, axis)
    _number(drawn, known, axis, narrow)
    _write(drawn, unit, 1, HEAD - 4, 14)
    for place, text in enumerate(below):
        _write(drawn, text, 0, -ticks - ROW * place)
    return drawn


def key(shown: list[Stop], line: bool, narrow: bool) -> list[str]:
    """What line, band and shapes stand for, in lines of words."""
    verdicts = dict.fromkeys(stop.verdict for stop in shown)
    drawn = f"{'Line: mean. Band: its 95% interval.' if line else 'Bars: 95% intervals of the means.'} {SHARED}"
    signs = [(_style(verdict)[0], MARKS[verdict], meaning(verdict)) for verdict in verdicts if verdict in MARKS]
    if HERE in verdicts:
        signs.append((INK, "□", "the scenario as it is"))
    if not narrow:
        return [drawn, ";  ".join(f"<span style='color:{colour}'>{mark}</span> {words}" for colour, mark, words in signs)]
    lines = wrap(drawn, NARROW)
    for colour, mark, words in signs:
        first, *more = wrap(words, NARROW - 2)
        lines += [f"<span style='color:{colour}'>{mark}</span> {first}", *more]
    return lines


def meaning(verdict: str) -> str:
    """A verdict on a difference from the scenario as it is, in full."""
    if verdict == "unclear":
        return "unclear: the 95% interval of the difference spans zero"
    return f"{verdict} than as it is" if verdict.startswith("likely") else verdict


def _style(verdict: str) -> tuple[str, str]:
    return SQUARE if verdict == HERE else STYLES.get(verdict, PLAIN)


def _ends(stop: Stop) -> tuple[float, float]:
    row = stop.estimate
    return (row["estimate"], row["estimate"]) if isnan(row["low"]) else (row["low"], row["high"])


def _band(known: list[Stop], axis: LeverAxis) -> list[dict[str, Any]]:
    spots = [axis.spot(stop.setting[0]) for stop in known]
    lows, highs = [_ends(stop)[0] for stop in known], [_ends(stop)[1] for stop in known]
    band = {"x": [*spots, *spots[::-1]], "y": [*highs, *lows[::-1]], "mode": "lines", "line": {"width": 0}, "fill": "toself", "fillcolor": BAND}
    line = {"x": spots, "y": [stop.estimate["estimate"] for stop in known], "mode": "lines", "line": {"color": BLUE, "width": 2}}
    return [band, line]


def _dot(stop: Stop, axis: LeverAxis) -> dict[str, Any]:
    colour, shape = _style(stop.verdict)
    marker = {"color": colour, "symbol": shape, "size": 12 if stop.verdict == HERE else 10, "line": {"color": colour, "width": 2}}
    return {"x": [axis.spot(stop.setting[0])], "y": [stop.estimate["estimate"]], "mode": "markers", "marker": marker}


def _bar(stop: Stop, axis: LeverAxis) -> dict[str, Any]:
    spot = axis.spot(stop.setting[0])
    return {"x": [spot, spot], "y": list(_ends(stop)), "mode": "lines", "line": {"color": _style(stop.verdict)[0], "width": 3}}


def _across(axis: LeverAxis, narrow: bool) -> dict[str, Any]:
    """Ticks at the settings; of many, at every second, third, ..."""
    order = axis.settings if axis.measured else axis.order
    ticks = order[:: -(-len(order) // MOST[narrow])]
    texts = [axis.text(value).replace("; ", "<br>") for value in ticks]
    spots = [axis.spot(value) for value in (*order, axis.standing)]
    low, high = min(spots), max(spots)
    if axis.even_ratios:
        low, high = log10(low), log10(high)
    room = 0.06 * (high - low) if axis.measured else 0.5
    look = {"tickvals": [axis.spot(value) for value in ticks], "ticktext": texts, "tickangle": 0, "showgrid": False, "zeroline": False}
    line = {"type": "log" if axis.even_ratios else "linear", "range": [low - room, high + room], "showline": True, "linecolor": INK}
    return look | line | {"fixedrange": True}


def _up(known: list[Stop]) -> dict[str, Any]:
    """From 0, unless that would leave the line less than a third of the height."""
    ends = [end for stop in known if stop.known for end in _ends(stop)] or [0.0, 1.0]
    low, high = min(ends), max(ends)
    if 0 < low < high and high - low > high / 3:
        low = 0.0
    if low == high:
        low, high = low - 1.0, high + 1.0
    room = 0.12 * (high - low)
    span = [0.0 if low == 0 else low - 0.4 * room, high + room]
    return {"range": span, "gridcolor": GRID, "zeroline": False, "nticks": 7, "tickformat": ",", "automargin": True, "fixedrange": True}


def _mark_standing(drawn: go.Figure, axis: LeverAxis) -> None:
    """A dotted line where the lever stands, with words at its head."""
    spot = axis.spot(axis.standing)
    line = {"color": INK, "width": 1, "dash": "dot"}
    drawn.add_shape(type="line", x0=spot, x1=spot, y0=0, y1=1, yref="paper", line=line, layer="below")
    text = f"as it is: {axis.text(axis.standing)}" if axis.measured else "as it is"
    drawn.add_annotation(text=text, x=_at(axis, spot), y=1, yref="paper", yanchor="bottom", showarrow=False, font={"size": 12, "color": INK})


def _number(drawn: go.Figure, known: list[Stop], axis: LeverAxis, narrow: bool) -> None:
    """Each dot's number above it, or beside its bar; of many dots, the numbers of the ends and of the scenario as it is, which stands below."""
    shared = places(known)
    chosen = known if len(known) <= MOST[narrow] else [known[0], *(stop for stop in known[1:-1] if stop.verdict == HERE), known[-1]]
    above, beside, under = {"yanchor": "bottom", "yshift": 9}, {"xanchor": "left", "xshift": 10}, {"yanchor": "top", "yshift": -9}
    for stop in chosen:
        estimate, spot = stop.estimate["estimate"], axis.spot(stop.setting[0])
        side = beside if not axis.measured else under if stop.verdict == HERE else above
        place = {"x": _at(axis, spot), "y": estimate, "showarrow": False, "font": {"size": 12, "color": INK}}
        drawn.add_annotation(text=number(estimate, shared), **place, **side)


def _at(axis: LeverAxis, spot: float) -> float:
    """Where words stand on an axis: Plotly takes the logarithm for them, though not for lines and dots."""
    return log10(spot) if axis.even_ratios else spot


def _write(drawn: go.Figure, text: str, y: float, shift: float, size: int = 12) -> None:
    place: dict[str, Any] = {"x": 0, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"}
    drawn.add_annotation(text=text, **place, yshift=shift, showarrow=False, font={"size": size, "color": INK})
