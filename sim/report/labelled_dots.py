"""Dots in a plane, the important ones labelled where they stand. A label that would lie on another or on a dot finds another side, or is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from .exhibit import house
from .figures import BLUE, GRID, INK, ORANGE

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT, HEAD, FOOT = 420, 26, 58
"""Pixels: the plot, the words above it, ticks and words below."""
LEFT, RIGHT = 56, 16
"""Pixels beside the plot."""
WIDTHS = {False: 640, True: 316}
"""Pixels that the plot is across, at least: wide, and narrow. Labels are placed for these; where there is more room they only move apart."""
LETTER, LINE = 6.6, 15
"""Pixels of a letter and of a line of a label, rather more than less."""
BIG, SMALL = 11, 7
"""Pixels of a dot with a label, and of one without."""


@dataclass(frozen=True)
class Dot:
    """A factor: where it stands, its interval across, its label, and whether it is the one that all others are held against."""

    x: float
    y: float
    low: float
    high: float
    label: str
    wanted: bool
    """Should it be labelled, if there is room?"""
    apart: bool = False


class Box(NamedTuple):
    """What a label or a dot covers, in pixels."""

    left: float
    right: float
    low: float
    high: float

    def meets(self, other: Box) -> bool:
        """Do they overlap?"""
        return self.left < other.right and other.left < self.right and self.low < other.high and other.low < self.high


class Label(NamedTuple):
    """A label beside its dot: which one, and on which side."""

    dot: Dot
    across: int
    up: int

    def box(self, x: float, y: float) -> Box:
        """What it covers, the dot standing at these pixels."""
        width, away = LETTER * len(self.dot.label), BIG / 2 + 3
        left = x + away if self.across > 0 else x - away - width if self.across < 0 else x - width / 2
        low = y - LINE / 2 + self.up * (LINE / 2 + away)
        return Box(left, left + width, low, low + LINE)


SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
"""Where a label may stand, the best first: right, left, above, below, at the corners."""


def labelled_dots(dots: list[Dot], across: str, up: str, narrow: bool = False) -> go.Figure:
    """The figure, the two axes named in words."""
    import plotly.graph_objects as go

    drawn = go.Figure()
    drawn.update_layout(**house(HEAD + HEIGHT + FOOT, margin={"l": LEFT, "r": RIGHT, "t": HEAD, "b": FOOT}))
    wide, high = _reach(dot.high if dot.high == dot.high else dot.x for dot in dots), _reach(dot.y for dot in dots)
    look = {"gridcolor": GRID, "zeroline": False, "showline": True, "linecolor": INK, "fixedrange": True, "tickformat": ",", "tickangle": 0}
    drawn.update_xaxes(range=[-0.02 * wide, wide], nticks=5 if narrow else 8, **look)
    drawn.update_yaxes(range=[-0.02 * high, high], nticks=7, **look)
    for trace in _traces(dots):
        drawn.add_trace(go.Scatter(hoverinfo="skip", **trace))
    for label in labels(dots, wide, high, WIDTHS[narrow] - LEFT - RIGHT):
        _put(drawn, label)
    _write(drawn, up, 1, HEAD, "top")
    _write(drawn, across, 0, -FOOT, "bottom")
    return drawn


def labels(dots: list[Dot], wide: float, high: float, width: float) -> list[Label]:
    """The labels for which there is room, those of the first dots first, on a plot that is so many pixels across."""

    def pixels(dot: Dot) -> tuple[float, float]:
        return dot.x / wide * width, dot.y / high * HEIGHT

    taken = [Box(x - BIG / 2, x + BIG / 2, y - BIG / 2, y + BIG / 2) for x, y in map(pixels, dots)]
    found = []
    for dot in sorted(dots, key=lambda dot: not dot.apart):
        for side in SIDES if dot.wanted else ():
            label = Label(dot, *side)
            box = label.box(*pixels(dot))
            inside = box.left >= 0 and box.right <= width and box.low >= 0 and box.high <= HEIGHT
            if inside and not any(box.meets(other) for other in taken):
                found.append(label)
                taken.append(box)
                break
    return found


def _reach(ends: Iterable[float]) -> float:
    """How far an axis goes, from 0."""
    return 1.1 * max((end for end in ends if end == end), default=0.0) or 1.0


def _traces(dots: list[Dot]) -> list[dict[str, Any]]:
    """Dots without labels first, so that the others stand on top."""
    plain = {"color": "white", "symbol": "circle", "size": SMALL, "line": {"color": BLUE, "width": 1.5}}
    named = {"color": BLUE, "symbol": "circle", "size": BIG, "line": {"color": BLUE, "width": 1}}
    apart = {"color": ORANGE, "symbol": "diamond", "size": BIG + 3, "line": {"color": INK, "width": 1.5}}
    groups = (
        ([dot for dot in dots if not dot.wanted and not dot.apart], plain, False),
        ([dot for dot in dots if dot.wanted and not dot.apart], named, True),
        ([dot for dot in dots if dot.apart], apart, True),
    )
    return [_trace(group, marker, whiskers) for group, marker, whiskers in groups if group]


def _trace(group: list[Dot], marker: dict[str, Any], whiskers: bool) -> dict[str, Any]:
    trace: dict[str, Any] = {"x": [dot.x for dot in group], "y": [dot.y for dot in group], "mode": "markers", "marker": marker}
    if whiskers:
        more = [dot.high - dot.x if dot.high == dot.high else 0.0 for dot in group]
        less = [dot.x - dot.low if dot.low == dot.low else 0.0 for dot in group]
        trace["error_x"] = {"type": "data", "symmetric": False, "array": more, "arrayminus": less, "color": INK, "thickness": 1, "width": 3}
    return trace


def _put(drawn: go.Figure, label: Label) -> None:
    dot, away = label.dot, BIG / 2 + 3
    anchor = {1: "left", 0: "center", -1: "right"}[label.across]
    shift = {"xshift": label.across * away, "yshift": label.up * (LINE / 2 + away)}
    text = f"<b>{escape(dot.label)}</b>" if dot.apart else escape(dot.label)
    place: dict[str, Any] = {"x": dot.x, "y": dot.y, "xanchor": anchor, "yanchor": "middle", **shift}
    drawn.add_annotation(text=text, **place, showarrow=False, font={"size": 12, "color": INK}, borderpad=0)


def _write(drawn: go.Figure, text: str, y: float, shift: float, anchor: str) -> None:
    place: dict[str, Any] = {"x": 0, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": anchor, "align": "left"}
    font = {"size": 13, "color": INK}
    drawn.add_annotation(text=escape(text), **place, xshift=12 - LEFT, yshift=shift, showarrow=False, font=font, borderpad=0)
