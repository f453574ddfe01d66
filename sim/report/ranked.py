"""Failings below one another for one measure: what each changes as stated, with its interval, and how far that goes over its assumed range."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import chain
from math import isnan
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .exhibit import house
from .figures import GRID, INK, PLAIN, STYLES

if TYPE_CHECKING:
    import plotly.graph_objects as go

TEXT, STRIP, GAP, AXIS = 17, 16, 8, 44
"""Heights in pixels: a line of words, the strip of a dot, the space after it, the axis with its ticks and its words."""
WIDE, NARROW = 100, 46
"""Letters on a line of words, and where the figure is narrow."""
LEGEND = "Dot and thick bar: as stated, with its 95% interval. Thin line: from the mild to the severe end of its assumed range"


@dataclass(frozen=True)
class Ranked:
    """One failing: the words above it, its change as stated with its interval (nan for none), and its mean change at either end of its range."""

    words: str
    estimate: float
    low: float
    high: float
    mild: float
    severe: float
    verdict: str

    @property
    def ends(self) -> list[float]:
        """All that is drawn of it."""
        return [end for end in (self.estimate, self.low, self.high, self.mild, self.severe) if not isnan(end)]


def ranked(failings: list[Ranked], axis: str, letters: int = WIDE) -> go.Figure:
    """The figure, from above to below, `axis` saying what is drawn and in which unit."""
    import plotly.graph_objects as go

    lines = [wrap(one.words, letters) for one in failings]
    room = sum(_height(words) for words in lines)
    below = [*wrap(axis, letters), *wrap(LEGEND, letters)]
    height = room + AXIS + TEXT * (len(below) - 1)
    texts, traces, top = [], [], float(room)
    for one, words in zip(failings, lines, strict=True):
        texts.append(_words("<br>".join(map(escape, words)), {"y": top, "yanchor": "top"}, 13))
        traces += _drawn(one, top - TEXT * len(words) - STRIP / 2)
        top -= _height(words)
    texts.append(_words("<br>".join(map(escape, below)), {"y": 0, "yref": "paper", "yanchor": "bottom"}, 12))
    drawn = go.Figure([go.Scatter(hoverinfo="skip", **trace) for trace in traces])
    drawn.update_layout(**house(height + 16), annotations=texts)
    drawn.update_xaxes(**_across(failings, letters), anchor="y")
    drawn.update_yaxes(domain=[1 - room / height, 1], range=[0, room], visible=False, fixedrange=True)
    return drawn


def _height(words: list[str]) -> int:
    return TEXT * len(words) + STRIP + GAP


def _drawn(one: Ranked, y: float) -> list[dict[str, Any]]:
    """Thin line with its ends, thick bar, dot."""
    if isnan(one.estimate):
        return []
    colour, shape = STYLES.get(one.verdict, PLAIN)
    ends = {"color": INK, "symbol": "line-ns", "size": 9, "line": {"color": INK, "width": 1.5}}
    thin = {"x": [one.mild, one.severe], "y": [y, y], "mode": "lines+markers", "line": {"color": INK, "width": 1}, "marker": ends}
    thick = {"x": [one.low, one.high], "y": [y, y], "mode": "lines", "line": {"color": colour, "width": 4}}
    marker = {"color": colour, "symbol": shape, "size": 10, "line": {"color": colour, "width": 2}}
    return [thin, thick, {"x": [one.estimate], "y": [y], "mode": "markers", "marker": marker}]


def _across(failings: list[Ranked], letters: int) -> dict[str, Any]:
    """The axis: over all that is drawn and 0, with a little room."""
    ends = [0.0, *chain.from_iterable(one.ends for one in failings)]
    low, high = min(ends), max(ends)
    low, high = (low, high) if low < high else (-1.0, 1.0)
    room = 0.04 * (high - low)
    look = {"gridcolor": GRID, "zeroline": True, "zerolinecolor": INK, "zerolinewidth": 1, "ticks": "", "showline": False, "fixedrange": True}
    ticks = {"nticks": 8 if letters == WIDE else 5, "tickformat": ",", "tickangle": 0, "tickfont": {"size": 12}}
    return look | ticks | {"range": [low - room, high + room]}


def _words(text: str, up: dict[str, Any], size: int) -> dict[str, Any]:
    place: dict[str, Any] = {"x": 0, "xref": "paper", "xanchor": "left", "align": "left", **up}
    return {"text": text, **place, "showarrow": False, "font": {"size": size, "color": INK}, "bgcolor": "white", "borderpad": 0}
