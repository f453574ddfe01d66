"""Combinations of posts in a plane: what they cost across, a measure upwards, those that nothing beats joined by a line, and the budget.

The bars are the intervals of the differences from no posts, drawn about the measure with no posts: combinations share their luck, so that what
differs between them is surer than where they all stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .exhibit import house
from .figures import BLUE, GRID, INK, PLUM
from .labelled_dots import HEIGHT, WIDTHS, Dot, labels

if TYPE_CHECKING:
    import plotly.graph_objects as go

LEFT, RIGHT, HEAD, ROW, TICKS = 70, 16, 44, 18, 26
LETTERS = {False: 104, True: 44}
"""Letters on a line of words below, wide and narrow."""
LOOKS: dict[str, dict[str, Any]] = {
    "on the frontier": {"color": BLUE, "symbol": "circle", "size": 11, "line": {"color": BLUE, "width": 2}},
    "not told apart": {"color": INK, "symbol": "circle-open", "size": 9, "line": {"color": INK, "width": 2}},
    "beaten": {"color": PLUM, "symbol": "x-thin", "size": 9, "line": {"color": PLUM, "width": 2}},
}
MARKS = {"on the frontier": "●", "not told apart": "○", "beaten": "\N{MULTIPLICATION SIGN}"}
MEANINGS = {
    "on the frontier": "beaten by none at equal or lower cost",
    "not told apart": "a cheaper one has a better mean, but that may be luck, or what is not known",
    "beaten": "a combination at equal or lower cost is clearly better, or no worse for less",
}


@dataclass(frozen=True)
class Mix:
    """A combination: pounds a year, the measure, the ends of its bar, its short label, and where it stands."""

    cost: float
    value: float
    low: float
    high: float
    label: str
    standing: str


def frontier_chart(mixes: list[Mix], unit: str, parts: str, budget: float | None, narrow: bool = False) -> go.Figure:
    """The figure. `unit` says what goes up and which side is better, `parts` what the numbers of a label count."""
    import plotly.graph_objects as go

    standings = [name for name in LOOKS if any(mix.standing == name for mix in mixes)]
    below = ["Pounds a year for the posts", *wrap(f"Labels: {parts}. Bars: 95% intervals of the difference from no posts.", LETTERS[narrow])]
    keyed = [line for name in standings for line in wrap(f"{MARKS[name]} {MEANINGS[name]}", LETTERS[narrow])]
    foot = TICKS + ROW * (len(below) + len(keyed)) + 8
    drawn = go.Figure()
    drawn.update_layout(**house(HEAD + HEIGHT + foot, margin={"l": LEFT, "r": RIGHT, "t": HEAD, "b": foot}))
    (left, right), (low, high) = _across(mixes, budget), _up(mixes)
    look = {"gridcolor": GRID, "zeroline": False, "showline": True, "linecolor": INK, "fixedrange": True, "tickformat": ",", "tickangle": 0}
    drawn.update_xaxes(range=[left, right], nticks=4 if narrow else 8, tickprefix="£", **look)
    drawn.update_yaxes(range=[low, high], nticks=7, **look)
    for trace in [_line(mixes), *(_dots([mix for mix in mixes if mix.standing == name], LOOKS[name]) for name in standings)]:
        drawn.add_trace(go.Scatter(hoverinfo="skip", **trace))
    first = sorted(mixes, key=lambda mix: list(LOOKS).index(mix.standing))
    dots = [Dot(mix.cost - left, mix.value - low, mix.cost - left, mix.cost - left, mix.label, True) for mix in first]
    for label in labels(dots, right - left, high - low, WIDTHS[narrow] - LEFT - RIGHT):
        place: dict[str, Any] = {"x": label.dot.x + left, "y": label.dot.y + low, "xanchor": "center", "yanchor": "middle"}
        words = {"text": escape(label.dot.label), "font": {"size": 12, "color": INK}, "bgcolor": "rgba(255, 255, 255, 0.7)", "borderpad": 0}
        drawn.add_annotation(**place, **words, showarrow=False, xshift=label.across, yshift=label.up)
    if budget is not None:
        _budget(drawn, budget)
    _write(drawn, unit, 1, HEAD - 2, 14)
    for number, text in enumerate([*below, *keyed]):
        _write(drawn, text, 0, -TICKS - ROW * number)
    return drawn


def _across(mixes: list[Mix], budget: float | None) -> tuple[float, float]:
    most = max([*(mix.cost for mix in mixes), budget or 0.0]) or 1.0
    return -0.05 * most, 1.08 * most


def _up(mixes: list[Mix]) -> tuple[float, float]:
    ends = [end for mix in mixes for end in (mix.value, mix.low, mix.high) if end == end] or [0.0]
    low, high = min(ends), max(ends)
    room = 0.1 * (high - low) or 1.0
    return low - room, high + room


def _line(mixes: list[Mix]) -> dict[str, Any]:
    on = [mix for mix in mixes if mix.standing == "on the frontier"]
    return {"x": [mix.cost for mix in on], "y": [mix.value for mix in on], "mode": "lines", "line": {"color": BLUE, "width": 2}}


def _dots(mixes: list[Mix], marker: dict[str, Any]) -> dict[str, Any]:
    more = [mix.high - mix.value if mix.high == mix.high else 0.0 for mix in mixes]
    less = [mix.value - mix.low if mix.low == mix.low else 0.0 for mix in mixes]
    bars = {"type": "data", "symmetric": False, "array": more, "arrayminus": less, "color": marker["color"], "thickness": 1, "width": 3}
    return {"x": [mix.cost for mix in mixes], "y": [mix.value for mix in mixes], "mode": "markers", "marker": marker, "error_y": bars}


def _budget(drawn: go.Figure, budget: float) -> None:
    line = {"color": INK, "width": 1, "dash": "dot"}
    drawn.add_shape(type="line", x0=budget, x1=budget, y0=0, y1=1, yref="paper", line=line, layer="below")
    text = f"budget £{budget:,.0f}"
    drawn.add_annotation(text=text, x=budget, y=1, yref="paper", yanchor="bottom", showarrow=False, font={"size": 12, "color": INK})


def _write(drawn: go.Figure, text: str, y: float, shift: float, size: int = 12) -> None:
    place: dict[str, Any] = {"x": 0, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"}
    drawn.add_annotation(text=escape(text), **place, xshift=12 - LEFT, yshift=shift, showarrow=False, font={"size": size, "color": INK}, borderpad=0)
