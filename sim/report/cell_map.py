"""Rows of cells with words above each row: a cell holds a short text on a colour that says the same, so that nothing rests on colour."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .exhibit import house
from .figures import INK

if TYPE_CHECKING:
    import plotly.graph_objects as go

TEXT, CELL, GAP = 17, 26, 8
"""Heights in pixels: a line of words, a cell, the space after it."""
LETTER = 6.4
"""Pixels of one letter, rather more than less."""
BESIDE = 4
"""Pixels beside the text of a cell."""
WIDE, NARROW = 640, 316
"""Pixels that such a figure has across, at least."""
EDGE = "#BFBFBF"


@dataclass(frozen=True)
class Cell:
    """A text, and the light colour behind it."""

    text: str
    colour: str


@dataclass(frozen=True)
class Line:
    """The words above a row, and its cells."""

    words: str
    cells: tuple[Cell, ...]


def cell_map(lines: list[Line], columns: list[str], legend: list[str], width: int = WIDE) -> go.Figure:
    """The figure; columns have their names above them where there is room, else numbers with a key below, before the legend. Columns for which there
    is no room beside the others go on below, under the same rows."""
    import plotly.graph_objects as go

    parts_of = _blocks(lines, len(columns), width)
    across = len(parts_of[0])
    heads, key = _heads(columns, width, across)
    foot = [part for text in (*key, *legend) for part in wrap(text, int(width / LETTER))]
    words = [wrap(line.words, int(width / LETTER)) for line in lines]
    head = TEXT * max(text.count("<br>") + 1 for text in heads) + GAP
    room = len(parts_of) * (head + sum(TEXT * len(parts) + CELL + GAP for parts in words)) + TEXT * len(foot)
    texts, boxes, top = [], [], float(room)
    for block in parts_of:
        for place, column in enumerate(block):
            texts.append(_words(heads[column], place + 0.5, top - head / 2, "center", "middle"))
        top -= head
        for line, parts in zip(lines, words, strict=True):
            texts.append(_words("<br>".join(map(escape, parts)), 0, top, "left", "top"))
            top -= TEXT * len(parts)
            for place, column in enumerate(block):
                boxes.append(_box(line.cells[column], place, top))
                texts.append(_words(escape(line.cells[column].text), place + 0.5, top - CELL / 2, "center", "middle"))
            top -= CELL + GAP
    texts.append(_words("<br>".join(map(escape, foot)), 0, top, "left", "top", 12))
    drawn = go.Figure(go.Scatter(x=[0], y=[0], mode="none", hoverinfo="skip"))
    drawn.update_layout(**house(room + 16), annotations=texts, shapes=boxes)
    drawn.update_xaxes(range=[0, across], visible=False, fixedrange=True)
    drawn.update_yaxes(range=[0, room], visible=False, fixedrange=True)
    return drawn


def between(one: str, other: str, share: float) -> str:
    """The colour at a share of the way from one to another."""
    mixed = [round(int(one[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share) for at in (1, 3, 5)]
    return "#" + "".join(f"{part:02X}" for part in mixed)


def _blocks(lines: list[Line], columns: int, width: int) -> list[range]:
    """The columns that stand beside one another, block by block: as many as have room for the longest text of a cell, shared out evenly."""
    longest = max((len(cell.text) for line in lines for cell in line.cells), default=1)
    fit = max(1, int(width / (LETTER * longest + BESIDE)))
    across = ceil(columns / ceil(columns / fit))
    return [range(start, min(start + across, columns)) for start in range(0, columns, across)]


def _heads(columns: list[str], width: int, across: int) -> tuple[list[str], list[str]]:
    """What stands above each column, and the key if those are numbers; so many columns stand beside one another."""
    letters = int(width / across / LETTER) - 1
    if letters >= max(len(word) for name in columns for word in name.split()):
        return ["<br>".join(map(escape, wrap(name, letters))) for name in columns], []
    numbered = "; ".join(f"{place} {name}" for place, name in enumerate(columns, start=1))
    return [str(place) for place in range(1, len(columns) + 1)], [f"{numbered}."]


def _box(cell: Cell, place: int, top: float) -> dict[str, Any]:
    """The rectangle of a cell."""
    corners = {"x0": place + 0.02, "x1": place + 0.98, "y0": top - CELL, "y1": top}
    return {"type": "rect", **corners, "fillcolor": cell.colour, "line": {"color": EDGE, "width": 1}}


def _words(text: str, x: float, y: float, across: str, up: str, size: int = 13) -> dict[str, Any]:
    place: dict[str, Any] = {"x": x, "y": y, "xanchor": across, "yanchor": up, "align": across}
    return {"text": text, **place, "showarrow": False, "font": {"size": size, "color": INK}, "borderpad": 0}
