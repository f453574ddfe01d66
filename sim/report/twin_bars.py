"""Two bars for each factor, one below the other: the low and the high end of a range, or a first and a total index.

Each bar ends in a whisker, its 95% interval, and in a word that says which it is, so that colour and pattern are not needed to tell them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import isnan
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .exhibit import house
from .figures import BLUE, GRID, INK, ORANGE

if TYPE_CHECKING:
    import plotly.graph_objects as go

TEXT, STRIP, GAP, AXIS = 17, 13, 9, 44
"""Heights in pixels: a line of words, a bar with its surroundings, the space after a pair, the axis with its ticks and its words."""
THICK = 9
"""Pixels of a bar."""
WIDE, NARROW = 100, 46
"""Letters on a line of words, and where the figure is narrow."""
LETTER = 6.6
"""Pixels of one letter beside a bar, rather more than less."""
ACROSS = {WIDE: 640, NARROW: 316}
"""Pixels that such a figure has across, at least."""
FILLS: tuple[dict[str, Any], ...] = (
    {"color": BLUE, "line": {"color": BLUE, "width": 1}},
    {"color": ORANGE, "line": {"color": ORANGE, "width": 1}, "pattern": {"shape": "/", "bgcolor": "white", "fgcolor": ORANGE, "size": 6}},
)
WHISKERS: tuple[dict[str, Any], ...] = ({"color": "white", "thickness": 4, "width": 4}, {"color": INK, "thickness": 1.5, "width": 3})
"""A whisker has a white edge, so that it is seen on a dark bar."""


@dataclass(frozen=True)
class Bar:
    """One bar from 0: how far, its interval (nan for none), and the word at its end."""

    word: str
    estimate: float
    low: float
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        """From where to where bar and whisker reach."""
        if isnan(self.estimate):
            return 0.0, 0.0
        reached = [0.0, self.estimate, *(end for end in (self.low, self.high) if not isnan(end))]
        return min(reached), max(reached)


@dataclass(frozen=True)
class Twin:
    """The two bars of a factor, and the words that stand above them."""

    words: str
    bars: tuple[Bar, Bar]


def twin_bars(twins: list[Twin], axis: str, letters: int = WIDE) -> go.Figure:
    """The figure, in the order given, `axis` saying what is drawn and in which unit."""
    import plotly.graph_objects as go

    lines = [wrap(twin.words, letters) for twin in twins]
    room = sum(_height(words) for words in lines)
    below = wrap(axis, letters)
    height = room + AXIS + TEXT * (len(below) - 1)
    drawn = go.Figure()
    drawn.update_layout(**house(height + 16), bargap=0, barmode="overlay")
    drawn.update_xaxes(**_across(twins, letters), anchor="y")
    drawn.update_yaxes(domain=[1 - room / height, 1], range=[0, room], visible=False, fixedrange=True)
    tops, top = [], float(room)
    for words, twin in zip(lines, twins, strict=True):
        _write(drawn, "<br>".join(map(escape, words)), top)
        tops.append(top - TEXT * len(words))
        for place, bar in enumerate(twin.bars):
            _end_in_words(drawn, bar, tops[-1] - STRIP * (place + 0.5), _reach(twins))
        top -= _height(words)
    for place, fill in enumerate(FILLS):
        bars, heights = [twin.bars[place] for twin in twins], [top - STRIP * (place + 0.5) for top in tops]
        drawn.add_trace(go.Bar(x=[bar.estimate for bar in bars], y=heights, width=THICK, orientation="h", marker=fill, hoverinfo="skip"))
        for whisker in WHISKERS:
            drawn.add_trace(_whiskers(bars, heights, whisker))
    font = {"size": 12, "color": INK}
    drawn.add_annotation(
        text="<br>".join(map(escape, below)), x=0, y=0, xref="paper", yref="paper", xanchor="left", yanchor="bottom", align="left",
        showarrow=False, font=font,
    )
    return drawn


def _height(words: list[str]) -> int:
    return TEXT * len(words) + 2 * STRIP + GAP


def _whiskers(bars: list[Bar], heights: list[float], look: dict[str, Any]) -> go.Scatter:
    """The intervals, where there are any."""
    import plotly.graph_objects as go

    known = [(bar, height) for bar, height in zip(bars, heights, strict=True) if not isnan(bar.low) and bar.low < bar.high]
    more, less = [bar.high - bar.estimate for bar, _ in known], [bar.estimate - bar.low for bar, _ in known]
    ends = {"type": "data", "symmetric": False, "array": more, "arrayminus": less, **look}
    across, up = [bar.estimate for bar, _ in known], [height for _, height in known]
    return go.Scatter(x=across, y=up, mode="markers", marker={"size": 0.1, "color": INK}, error_x=ends, hoverinfo="skip")


def _reach(twins: list[Twin]) -> tuple[float, float]:
    """From where to where all bars and whiskers go."""
    ends = [end for twin in twins for bar in twin.bars for end in bar.ends]
    low, high = min(ends, default=0.0), max(ends, default=0.0)
    return (low, high) if low < high else (-1.0, 1.0)


def _across(twins: list[Twin], letters: int) -> dict[str, Any]:
    """The axis, with room on either side for the words at the bars' ends."""
    low, high = _reach(twins)
    longest = max(len(bar.word) for twin in twins for bar in twin.bars)
    room = min((longest * LETTER + 10) / ACROSS[letters], 0.3)
    scale = (high - low) / (1 - (2 if low < 0 else 1) * room)
    span = [low - (room * scale if low < 0 else 0.0), high + room * scale]
    look = {"gridcolor": GRID, "zeroline": True, "zerolinecolor": INK, "zerolinewidth": 1, "ticks": "", "showline": False, "fixedrange": True}
    return look | {"range": span, "nticks": 8 if letters == WIDE else 5, "tickformat": ",", "tickangle": 0, "tickfont": {"size": 12}}


def _end_in_words(drawn: go.Figure, bar: Bar, height: float, reach: tuple[float, float]) -> None:
    """The word beyond the end of a bar, on the side to which it goes."""
    low, high = bar.ends
    left = bar.estimate < 0 or (bar.estimate == 0 and high == 0 and abs(reach[0]) > reach[1])
    place: dict[str, Any] = {"x": low if left else high, "xanchor": "right" if left else "left", "xshift": -5 if left else 5}
    font = {"size": 12, "color": INK}
    drawn.add_annotation(text=escape(bar.word), y=height, yanchor="middle", **place, showarrow=False, font=font, borderpad=0)


def _write(drawn: go.Figure, text: str, top: float) -> None:
    place: dict[str, Any] = {"x": 0, "xref": "paper", "xanchor": "left", "y": top, "yanchor": "top", "align": "left"}
    drawn.add_annotation(text=text, **place, showarrow=False, font={"size": 13, "color": INK}, bgcolor="white", borderpad=0)
