"""Which cause makes how much of each measure: a row of cells for each measure, a cell for each cause with its share of the total.

Blue makes the difference larger, orange smaller; each cell holds its number with its sign, so that nothing rests on colour. A share whose interval
spans 0 stands in brackets, and a dot marks the largest part.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import isnan
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .exhibit import house
from .figures import INK
from .heat_map import BETTER, NONE, WORSE
from .numbers import number

if TYPE_CHECKING:
    import plotly.graph_objects as go

ALONG, AGAINST = BETTER, WORSE
"""Light enough for dark text."""
TEXT, CELL, GAP = 17, 26, 8
"""Heights in pixels: a line of words, a cell, the space after it."""
LETTER = 6.4
"""Pixels of one letter, rather more than less."""
WIDE, NARROW = 640, 316
"""Pixels that such a figure has across, at least."""
MARK = "●"


@dataclass(frozen=True)
class Share:
    """One cell: percent of the total (nan where there is no clear total), whether its interval excludes 0, whether it is the largest part."""

    percent: float
    clear: bool
    largest: bool

    @property
    def text(self) -> str:
        """63% ●; (1%); -."""
        if isnan(self.percent):
            return "-"
        words = f"{number(self.percent, 0)}%"
        return f"{words} {MARK}" if self.largest else words if self.clear else f"({words})"

    @property
    def colour(self) -> str:
        """The deeper, the larger the share; 100% and more are as deep as it gets."""
        if isnan(self.percent):
            return "white"
        return _between(NONE, ALONG if self.percent > 0 else AGAINST, min(abs(self.percent) / 100, 1.0))


@dataclass(frozen=True)
class Line:
    """One measure: the words above its cells, and a cell for each cause."""

    words: str
    cells: tuple[Share, ...]


def share_map(lines: list[Line], causes: list[str], width: int = WIDE) -> go.Figure:
    """The figure; causes across, by name where there is room for it, else by number with a key below."""
    import plotly.graph_objects as go

    heads, key = _heads(causes, width)
    legend = [f"{MARK} the largest part; where several have it, they cannot be told apart. (...) the 95% interval spans 0. - no clear difference."]
    legend += ["Blue: a part of the difference. Orange: it works the other way, so the other parts sum to more than 100%."]
    foot = [part for text in (*key, *legend) for part in wrap(text, int(width / LETTER))]
    words = [wrap(line.words, int(width / LETTER)) for line in lines]
    head = TEXT * max(text.count("<br>") + 1 for text in heads) + GAP
    room = head + sum(TEXT * len(parts) + CELL + GAP for parts in words) + TEXT * len(foot)
    texts, boxes, top = [], [], float(room)
    for place, text in enumerate(heads):
        texts.append(_words(text, place + 0.5, top - head / 2, "center", "middle"))
    top -= head
    for line, parts in zip(lines, words, strict=True):
        texts.append(_words("<br>".join(map(escape, parts)), 0, top, "left", "top"))
        top -= TEXT * len(parts)
        for place, cell in enumerate(line.cells):
            boxes.append(_box(cell, place, top))
            texts.append(_words(cell.text, place + 0.5, top - CELL / 2, "center", "middle"))
        top -= CELL + GAP
    texts.append(_words("<br>".join(map(escape, foot)), 0, top, "left", "top", 12))
    drawn = go.Figure(go.Scatter(x=[0], y=[0], mode="none", hoverinfo="skip"))
    drawn.update_layout(**house(room + 16), annotations=texts, shapes=boxes)
    drawn.update_xaxes(range=[0, len(causes)], visible=False, fixedrange=True)
    drawn.update_yaxes(range=[0, room], visible=False, fixedrange=True)
    return drawn


def _heads(causes: list[str], width: int) -> tuple[list[str], list[str]]:
    """What stands above each column, and the key if those are numbers."""
    letters = int(width / len(causes) / LETTER) - 1
    if letters >= max(len(word) for cause in causes for word in cause.split()):
        return ["<br>".join(map(escape, wrap(cause, letters))) for cause in causes], []
    numbered = "; ".join(f"{place} {cause}" for place, cause in enumerate(causes, start=1))
    return [str(place) for place in range(1, len(causes) + 1)], [f"{numbered}."]


def _between(one: str, other: str, share: float) -> str:
    """The colour at a share of the way from one to another."""
    mixed = [round(int(one[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share) for at in (1, 3, 5)]
    return "#" + "".join(f"{part:02X}" for part in mixed)


def _box(cell: Share, place: int, top: float) -> dict[str, Any]:
    """The rectangle of a cell."""
    corners = {"x0": place + 0.02, "x1": place + 0.98, "y0": top - CELL, "y1": top}
    return {"type": "rect", **corners, "fillcolor": cell.colour, "line": {"color": "#BFBFBF", "width": 1}}


def _words(text: str, x: float, y: float, across: str, up: str, size: int = 13) -> dict[str, Any]:
    place: dict[str, Any] = {"x": x, "y": y, "xanchor": across, "yanchor": up, "align": across}
    return {"text": text, **place, "showarrow": False, "font": {"size": size, "color": INK}, "borderpad": 0}
