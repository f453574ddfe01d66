"""How indices settled: for each of a few factors a small line against the number of trajectories or samples, each with its interval as a band."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .exhibit import house
from .figures import BLUE, GRID, INK

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEAD, PLOT, TICKS, GAP, FOOT = 24, 96, 22, 16, 40
"""Heights in pixels: a panel's name, its drawing, its ticks, the space below, the words under all."""
BAND = "rgba(18, 67, 109, 0.16)"
BETWEEN = 0.1
"""Space between two columns, as a share of the width; the ticks of the right one stand in it."""
LEFT = 44
"""Pixels for the ticks of the left column."""
WIDE, NARROW = 100, 46
"""Letters on a line of words."""


@dataclass(frozen=True)
class Settling:
    """One factor: its index after so many trajectories or samples, from where to where the interval went."""

    name: str
    counts: list[int]
    values: list[float]
    lows: list[float]
    highs: list[float]


def settling(those: list[Settling], words: str, narrow: bool = False) -> go.Figure:
    """Small lines with axes of the same length, in two columns, or one where the figure is narrow; `words` say what goes up and across."""
    import plotly.graph_objects as go

    columns = 1 if narrow else 2
    below = wrap(words, NARROW if narrow else WIDE)
    deep = -(-len(those) // columns)
    each = HEAD + PLOT + TICKS + GAP
    height = deep * each + FOOT + 17 * (len(below) - 1)
    drawn = go.Figure()
    drawn.update_layout(**house(height + 16, margin={"l": LEFT, "r": 16, "t": 8, "b": 8}))
    width = (1 - BETWEEN * (columns - 1)) / columns
    reach = _reach(those)
    for place, one in enumerate(those):
        left, top = (place % columns) * (width + BETWEEN), height - (place // columns) * each
        key = "" if place == 0 else str(place + 1)
        axes = {f"xaxis{key}": _across(one, key, (left, left + width)), f"yaxis{key}": _up(key, top, height, reach)}
        drawn.update_layout(axes)
        for trace in _line(one):
            drawn.add_trace(go.Scatter(xaxis=f"x{key}", yaxis=f"y{key}", hoverinfo="skip", **trace))
        _write(drawn, f"<b>{escape(one.name)}</b>", left, top / height, "top")
    _write(drawn, "<br>".join(map(escape, below)), 0, 0, "bottom", -LEFT + 12)
    return drawn


def _reach(those: list[Settling]) -> tuple[float, float]:
    """From where to where every panel goes, so that they can be compared: over all that was known from the second look on."""
    ends = [end for one in those for side in (one.values, one.lows[1:], one.highs[1:]) for end in side if end == end]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    return (low, high + 0.08 * (high - low)) if low < high else (-1.0, 1.0)


def _across(one: Settling, key: str, domain: tuple[float, float]) -> dict[str, Any]:
    first, last = min(one.counts), max(one.counts)
    room = 0.04 * max(last - first, 1)
    ticks = one.counts if len(one.counts) <= 4 else [one.counts[0], one.counts[len(one.counts) // 2 - 1], one.counts[-1]]
    look = {"domain": list(domain), "anchor": f"y{key}", "range": [first - room, last + room], "tickvals": ticks, "tickformat": ","}
    return look | {"showgrid": False, "zeroline": False, "showline": True, "linecolor": INK, "fixedrange": True, "tickfont": {"size": 12}}


def _up(key: str, top: float, height: float, reach: tuple[float, float]) -> dict[str, Any]:
    domain = [(top - HEAD - PLOT) / height, (top - HEAD) / height]
    look = {"domain": domain, "anchor": f"x{key}", "range": list(reach), "nticks": 4, "tickformat": ",", "gridcolor": GRID}
    return look | {"zeroline": True, "zerolinecolor": INK, "zerolinewidth": 1, "fixedrange": True, "tickfont": {"size": 12}}


def _line(one: Settling) -> list[dict[str, Any]]:
    known = [place for place, (low, high) in enumerate(zip(one.lows, one.highs, strict=True)) if low == low and high == high]
    across = [one.counts[place] for place in known]
    ends = [one.highs[place] for place in known] + [one.lows[place] for place in reversed(known)]
    band = {"x": [*across, *reversed(across)], "y": ends, "mode": "lines", "line": {"width": 0}, "fill": "toself", "fillcolor": BAND}
    line = {"x": one.counts, "y": one.values, "mode": "lines+markers", "line": {"color": BLUE, "width": 2}, "marker": {"size": 6}}
    return [band, line]


def _write(drawn: go.Figure, text: str, x: float, y: float, anchor: str, shift: float = 0) -> None:
    place: dict[str, Any] = {"x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": anchor, "align": "left"}
    drawn.add_annotation(text=text, **place, xshift=shift, showarrow=False, font={"size": 13 if anchor == "top" else 12, "color": INK}, borderpad=0)
