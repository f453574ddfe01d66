"""What it is worth to know each of several things: a bar from 0 with its standard error, and a mark for what chance alone reaches.

A bar that does not go beyond its mark is hollow and says so: nothing rests on colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .exhibit import house
from .figures import BLUE, GRID, INK

if TYPE_CHECKING:
    import plotly.graph_objects as go

TEXT, STRIP, GAP, AXIS = 17, 16, 8, 44
"""Heights in pixels: a line of words, a bar with its surroundings, the space after it, the axis with its ticks and its words."""
THICK = 10
"""Pixels of a bar."""
WIDE, NARROW = 100, 46
"""Letters on a line of words, and where the figure is narrow."""
LEGEND = "Bar: worth knowing; whisker: one standard error to each side. Upright mark: what chance alone reaches. Hollow: not told from chance"


@dataclass(frozen=True)
class Bar:
    """The words above a bar, what it shows, its standard error, what chance alone reaches, and whether it stands out from that."""

    words: str
    value: float
    error: float
    noise: float
    told: bool


def worth_bars(bars: list[Bar], axis: str, letters: int = WIDE) -> go.Figure:
    """The figure, in the order given, `axis` saying what is drawn and in which unit."""
    import plotly.graph_objects as go

    lines = [wrap(bar.words, letters) for bar in bars]
    below = [*wrap(axis, letters), *wrap(LEGEND, letters)]
    room = sum(TEXT * len(words) + STRIP + GAP for words in lines)
    height = room + AXIS + TEXT * (len(below) - 1)
    drawn, texts, heights, top = go.Figure(), [], [], float(room)
    for words in lines:
        texts.append(_words("<br>".join(map(escape, words)), {"y": top, "yanchor": "top"}, 13))
        heights.append(top - TEXT * len(words) - STRIP / 2)
        top -= TEXT * len(words) + STRIP + GAP
    texts.append(_words("<br>".join(map(escape, below)), {"y": 0, "yref": "paper", "yanchor": "bottom"}, 12))
    for told in (True, False):
        drawn.add_traces(_traces([(bar, y) for bar, y in zip(bars, heights, strict=True) if bar.told == told], told))
    drawn.update_layout(**house(height + 16), bargap=0, barmode="overlay", annotations=texts)
    most = max((end for bar in bars for end in (bar.value + bar.error, bar.noise)), default=0.0) or 1.0
    look = {"gridcolor": GRID, "zeroline": True, "zerolinecolor": INK, "zerolinewidth": 1, "ticks": "", "showline": False, "fixedrange": True}
    ticks = {"nticks": 8 if letters == WIDE else 5, "tickformat": ",", "tickangle": 0, "tickfont": {"size": 12}}
    drawn.update_xaxes(**look, **ticks, range=[-0.02 * most, 1.05 * most], anchor="y")
    drawn.update_yaxes(domain=[1 - room / height, 1], range=[0, room], visible=False, fixedrange=True)
    return drawn


def _traces(placed: list[tuple[Bar, float]], told: bool) -> list[Any]:
    """Bars with whiskers, and their marks."""
    import plotly.graph_objects as go

    if not placed:
        return []
    bars, up = [bar for bar, _ in placed], [y for _, y in placed]
    across = [bar.value for bar in bars]
    fill = {"color": BLUE if told else "white", "line": {"color": BLUE if told else INK, "width": 1}}
    found = [go.Bar(x=across, y=up, width=THICK, orientation="h", marker=fill, hoverinfo="skip")]
    edges: tuple[dict[str, Any], ...] = ({"color": "white", "thickness": 4, "width": 4}, {"color": INK, "thickness": 1.5, "width": 3})
    seen = [(bar, y) for bar, y in placed if bar.value > 0]
    for edge in edges:
        ends = {"array": [bar.error for bar, _ in seen], "arrayminus": [min(bar.error, bar.value) for bar, _ in seen]}
        whisker = {"type": "data", "symmetric": False, **ends, **edge}
        spots = {"x": [bar.value for bar, _ in seen], "y": [y for _, y in seen], "marker": {"size": 0.1, "color": INK}}
        found.append(go.Scatter(**spots, mode="markers", error_x=whisker, hoverinfo="skip"))
    for colour, width in (("white", 5), (INK, 2)):
        mark = {"symbol": "line-ns", "size": THICK + 6, "color": colour, "line": {"color": colour, "width": width}}
        found.append(go.Scatter(x=[bar.noise for bar in bars], y=up, mode="markers", marker=mark, hoverinfo="skip"))
    return found


def _words(text: str, up: dict[str, Any], size: int) -> dict[str, Any]:
    place: dict[str, Any] = {"x": 0, "xref": "paper", "xanchor": "left", "align": "left", **up}
    return {"text": text, **place, "showarrow": False, "font": {"size": size, "color": INK}, "bgcolor": "white", "borderpad": 0}
