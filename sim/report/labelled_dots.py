"""Dots in a plane, the important ones labelled where they stand. A label that would lie on another or on a dot finds another side, or is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from math import hypot
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
FAR = 40.0
"""Pixels from which on a line joins a label to its dot."""
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
    """A label beside its dot: which one, and how many pixels its middle is away from it."""

    dot: Dot
    across: float
    up: float

    def box(self, x: float, y: float) -> Box:
        """What it covers, the dot standing at these pixels."""
        half = LETTER * len(self.dot.label) / 2
        return Box(x + self.across - half, x + self.across + half, y + self.up - LINE / 2, y + self.up + LINE / 2)


def sides(dot: Dot) -> list[tuple[float, float]]:
    """Where its label may stand, the best first: above, below, right, left, at the corners; that of the dot which stands apart also further off."""
    half, near = LETTER * len(dot.label) / 2, BIG / 2 + 3
    beside, above = half + near, LINE / 2 + near
    found = [(0, above), (0, -above), (beside, 0), (-beside, 0), *((x, y) for x in (beside, -beside) for y in (above, -above))]
    return found + _further_off() * dot.apart


@cache
def _further_off() -> list[tuple[float, float]]:
    """Places on a grid over all the plot, nearest first."""
    grid = [(float(x), float(y)) for x in range(-600, 601, 20) for y in range(-HEIGHT, HEIGHT + 1, 20)]
    return sorted((place for place in grid if hypot(*place) >= FAR), key=lambda place: (hypot(*place), place))


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
    for dot in dots:
        if dot.wanted and dot.low < dot.high:
            taken.append(Box(dot.low / wide * width, dot.high / wide * width, pixels(dot)[1] - 3, pixels(dot)[1] + 3))
    found = []
    for dot in sorted(dots, key=lambda dot: not dot.apart):
        for side in sides(dot) if dot.wanted else ():
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
    dot = label.dot
    text = f"<b>{escape(dot.label)}</b>" if dot.apart else escape(dot.label)
    place: dict[str, Any] = {"x": dot.x, "y": dot.y, "xanchor": "center", "yanchor": "middle", "font": {"size": 12, "color": INK}, "borderpad": 0}
    if dot.apart and hypot(label.across, label.up) >= FAR:
        line = {"ax": label.across, "ay": -label.up, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": INK, "standoff": BIG / 2}
        drawn.add_annotation(text=text, **place, showarrow=True, **line)
    else:
        drawn.add_annotation(text=text, **place, showarrow=False, xshift=label.across, yshift=label.up)


def _write(drawn: go.Figure, text: str, y: float, shift: float, anchor: str) -> None:
    place: dict[str, Any] = {"x": 0, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": anchor, "align": "left"}
    font = {"size": 13, "color": INK}
    drawn.add_annotation(text=escape(text), **place, xshift=12 - LEFT, yshift=shift, showarrow=False, font=font, borderpad=0)
