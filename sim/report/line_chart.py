"""A line with its band: one measure as one lever moves, with the scenario as it is marked where it stands.

Settings that are no amounts (a switch, a word, a list) are dots with bars and no line, as there is nothing between them. Each dot's shape says how
it compares with the scenario as it is, and its number stands above it.
"""

from __future__ import annotations

from math import isnan, log10
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .exhibit import house
from .figures import BLUE, GRID, INK, PLAIN, STYLES
from .lever_axis import LeverAxis
from .numbers import number
from .sentence import MARKS
from .stops import HERE, Stop, places

if TYPE_CHECKING:
    import plotly.graph_objects as go

PLOT, HEAD, ROW = 300, 44, 18
"""Pixels: the plot, the words above it, a line of words below it."""
WIDE, NARROW = 110, 44
"""Letters on a line of words, and where the figure is narrow."""
SQUARE = (INK, "square-open")
BAND = "rgba(18, 67, 109, 0.16)"


def line_chart(stops: list[Stop], here: Stop, axis: LeverAxis, unit: str, narrow: bool = False) -> go.Figure:
    """The figure, `unit` saying what goes up and which side is better."""
    import plotly.graph_objects as go

    below = [*wrap(axis.title, NARROW if narrow else WIDE), *key([*stops, here], axis.measured, narrow)]
    foot = 28 + ROW * len(below)
    drawn = go.Figure()
    drawn.update_layout(**house(HEAD + PLOT + foot, margin={"l": 12, "r": 24, "t": HEAD, "b": foot}))
    known = [stop for stop in stops if stop.known]
    if axis.measured:
        for trace in _band(known, axis):
            drawn.add_trace(go.Scatter(hoverinfo="skip", **trace))
    for stop in {stop.place: stop for stop in (*known, *([here] if here.known else []))}.values():
        for trace in _dot(stop, axis, bars=not axis.measured or stop not in known):
            drawn.add_trace(go.Scatter(hoverinfo="skip", **trace))
    drawn.update_xaxes(**_across(axis, narrow))
    drawn.update_yaxes(**_up([*known, here]))
    _mark_standing(drawn, here, axis)
    _number(drawn, stops, here, axis, narrow)
    _write(drawn, unit, 1, 12 + ROW, 14)
    for place, text in enumerate(below):
        _write(drawn, text, 0, -28 - ROW * place)
    return drawn


def key(shown: list[Stop], line: bool, narrow: bool) -> list[str]:
    """What the shapes stand for, in words: lines with as many of them as fit."""
    verdicts = dict.fromkeys(stop.verdict for stop in shown)
    said = ["line: mean; band: its 95% interval" if line else "bars: 95% intervals"]
    said += [f"<span style='color:{_style(verdict)[0]}'>{MARKS[verdict]}</span> {meaning(verdict)}" for verdict in verdicts if verdict in MARKS]
    said += ["□ the scenario as it is"]
    return ["".join(said[at]) for at in range(len(said))] if narrow else [";  ".join(said[:1] + said[-1:]), ";  ".join(said[1:-1])]


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


def _dot(stop: Stop, axis: LeverAxis, bars: bool) -> list[dict[str, Any]]:
    colour, shape = _style(stop.verdict)
    spot = axis.spot(stop.setting[0])
    marker = {"color": colour, "symbol": shape, "size": 12 if stop.verdict == HERE else 10, "line": {"color": colour, "width": 2}}
    dot = {"x": [spot], "y": [stop.estimate["estimate"]], "mode": "markers", "marker": marker}
    bar = {"x": [spot, spot], "y": list(_ends(stop)), "mode": "lines", "line": {"color": colour, "width": 3}}
    return [bar, dot] if bars else [dot]


def _across(axis: LeverAxis, narrow: bool) -> dict[str, Any]:
    """Ticks at the settings; of many, at every second, third, ..."""
    order = axis.order if not axis.measured else axis.settings
    most = 5 if narrow else 11
    step = -(-len(order) // most)
    ticks = order[::step]
    spots = [axis.spot(value) for value in order] + ([axis.spot(axis.standing)] if axis.measured else [])
    texts = [text.replace("; ", "<br>") if narrow else text for text in map(axis.text, ticks)]
    look = {"tickvals": [axis.spot(value) for value in ticks], "ticktext": texts, "tickangle": 0, "showgrid": False, "zeroline": False}
    low, high = min(spots), max(spots)
    if axis.even_ratios:
        low, high = log10(low), log10(high)
        look["type"] = "log"
    room = 0.06 * (high - low) if axis.measured else 0.5
    return look | {"range": [low - room, high + room], "showline": True, "linecolor": INK, "fixedrange": True}


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


def _mark_standing(drawn: go.Figure, here: Stop, axis: LeverAxis) -> None:
    """A dotted line where the lever stands, with words at its head."""
    spot = axis.spot(axis.standing)
    at = log10(spot) if axis.even_ratios else spot
    drawn.add_shape(type="line", x0=spot, x1=spot, y0=0, y1=1, yref="paper", line={"color": INK, "width": 1, "dash": "dot"}, layer="below")
    font = {"size": 12, "color": INK}
    drawn.add_annotation(text=f"as it is: {axis.text(axis.standing)}", x=at, y=1, yref="paper", yanchor="bottom", showarrow=False, font=font)


def _number(drawn: go.Figure, stops: list[Stop], here: Stop, axis: LeverAxis, narrow: bool) -> None:
    """Each dot's number above it; of many, those of the ends and of the scenario as it is."""
    shared = places([*stops, here])
    chosen = stops if len(stops) <= (5 if narrow else 11) else [stops[0], stops[-1]]
    if here.place not in {stop.place for stop in stops}:
        chosen = [*chosen, here]
    for stop in chosen:
        if stop.known:
            spot = axis.spot(stop.setting[0])
            at = {"x": log10(spot) if axis.even_ratios else spot, "y": stop.estimate["estimate"]}
            text = number(stop.estimate["estimate"], shared)
            drawn.add_annotation(text=text, **at, yshift=9, yanchor="bottom", showarrow=False, font={"size": 12, "color": INK})


def _write(drawn: go.Figure, text: str, y: float, shift: float, size: int = 12) -> None:
    place: dict[str, Any] = {"x": 0, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"}
    drawn.add_annotation(text=text, **place, yshift=shift, showarrow=False, font={"size": size, "color": INK})
