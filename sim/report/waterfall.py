"""A waterfall: the parts of a difference one after the other, each from where the one before it ended, and the whole below.

Each part ends in a whisker, its 95% interval. Words above each bar say what it is and how much, so that neither colour nor pattern is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import isnan
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .exhibit import house
from .figures import BLUE, GRID, INK, PLUM
from .sentence import BETTER, WORSE

if TYPE_CHECKING:
    import plotly.graph_objects as go

TEXT, STRIP, GAP, AXIS = 17, 18, 9, 44
"""Heights in pixels: a line of words, a bar with its surroundings, the space after it, the axis with its ticks and its words."""
THICK = 13
"""Pixels of a bar."""
WIDE, NARROW = 100, 46
"""Letters on a line of words, and where the figure is narrow."""
WHOLE = "the whole"
FILLS: dict[str, dict[str, Any]] = {
    BETTER: {"color": BLUE, "line": {"color": BLUE, "width": 1}},
    WORSE: {"color": PLUM, "line": {"color": PLUM, "width": 1}, "pattern": {"shape": "/", "bgcolor": "white", "fgcolor": PLUM, "size": 6}},
    WHOLE: {"color": "white", "line": {"color": INK, "width": 2}},
    "": {"color": INK, "line": {"color": INK, "width": 1}, "pattern": {"shape": ".", "bgcolor": "white", "fgcolor": INK, "size": 6}},
}
"""Better, worse, the whole difference; and parts of what has no better side."""


@dataclass(frozen=True)
class Step:
    """One bar: the words above it, where it starts and how far it goes, its interval (nan for none), and how it is filled."""

    words: str
    start: float
    size: float
    low: float
    high: float
    fill: str

    @property
    def ends(self) -> tuple[float, float]:
        """From where to where bar and whisker reach."""
        reached = [self.start, self.start + self.size, *(self.start + end for end in (self.low, self.high) if not isnan(end))]
        return min(reached), max(reached)


def waterfall(steps: list[Step], axis: str, letters: int = WIDE) -> go.Figure:
    """The figure, from above to below, `axis` saying what is drawn and in which unit."""
    import plotly.graph_objects as go

    lines = [wrap(step.words, letters) for step in steps]
    room = sum(_height(words) for words in lines)
    below = wrap(axis, letters)
    height = room + AXIS + TEXT * (len(below) - 1)
    drawn = go.Figure()
    drawn.update_layout(**house(height + 16), bargap=0, barmode="overlay")
    drawn.update_xaxes(**_across(steps, letters), anchor="y")
    drawn.update_yaxes(domain=[1 - room / height, 1], range=[0, room], visible=False, fixedrange=True)
    top, heights, texts = float(room), [], []
    for words in lines:
        texts.append(_words("<br>".join(map(escape, words)), {"y": top, "yanchor": "top"}))
        heights.append(top - TEXT * len(words) - STRIP / 2)
        top -= _height(words)
    texts.append(_words("<br>".join(map(escape, below)), {"y": 0, "yref": "paper", "yanchor": "bottom"}, 12))
    joints = [_joint(step.start + step.size, *pair) for step, pair in zip(steps, pairwise(heights), strict=False)]
    drawn.update_layout(annotations=texts, shapes=joints)
    for kind, fill in FILLS.items():
        chosen = [(step, height) for step, height in zip(steps, heights, strict=True) if step.fill == kind]
        if chosen:
            drawn.add_trace(_bars(chosen, fill))
    return drawn


def _height(words: list[str]) -> int:
    return TEXT * len(words) + STRIP + GAP


def _bars(chosen: list[tuple[Step, float]], fill: dict[str, Any]) -> go.Bar:
    import plotly.graph_objects as go

    more = [0.0 if isnan(step.high) else step.high - step.size for step, _ in chosen]
    less = [0.0 if isnan(step.low) else step.size - step.low for step, _ in chosen]
    whisker = {"type": "data", "symmetric": False, "array": more, "arrayminus": less, "color": INK, "thickness": 1.5, "width": 3}
    return go.Bar(
        x=[step.size for step, _ in chosen],
        base=[step.start for step, _ in chosen],
        y=[height for _, height in chosen],
        width=THICK,
        orientation="h",
        marker=fill,
        error_x=whisker,
        hoverinfo="skip",
    )


def _joint(x: float, upper: float, lower: float) -> dict[str, Any]:
    """A thin line from the end of a bar to the beginning of the next."""
    return {"type": "line", "x0": x, "x1": x, "y0": upper, "y1": lower, "line": {"color": INK, "width": 1, "dash": "dot"}, "layer": "below"}


def _across(steps: list[Step], letters: int) -> dict[str, Any]:
    """The axis: over every bar and whisker and 0, with a little room."""
    ends = [0.0, *(end for step in steps for end in step.ends)]
    low, high = min(ends), max(ends)
    low, high = (low, high) if low < high else (-1.0, 1.0)
    room = 0.03 * (high - low)
    look = {"gridcolor": GRID, "zeroline": True, "zerolinecolor": INK, "zerolinewidth": 1, "ticks": "", "showline": False, "fixedrange": True}
    ticks = {"nticks": 8 if letters == WIDE else 5, "tickformat": ",", "tickangle": 0, "tickfont": {"size": 12}}
    return look | ticks | {"range": [low - room, high + room]}


def _words(text: str, up: dict[str, Any], size: int = 13) -> dict[str, Any]:
    place: dict[str, Any] = {"x": 0, "xref": "paper", "xanchor": "left", "align": "left", **up}
    return {"text": text, **place, "showarrow": False, "font": {"size": size, "color": INK}, "bgcolor": "white", "borderpad": 0}
