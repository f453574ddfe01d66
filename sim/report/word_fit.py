"""How large the text of a board paper may be so that it takes two pages: what ends with the figure on the first, the rest on the second.

Word lays pages out itself, and nothing here can ask it. Lines are counted from letters, at the mean width of Arial's; a page is taken to be a little
lower than it is, so that a machine with another font still has room.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from . import strip_picture
from .paper import Grid, Paper

WIDE, HIGH = 17.0, 26.3
"""Centimetres of text on a page: between the margins of `word_style`."""
SLACK = 0.99
POINT = 2.54 / 72.0
LETTER, BOLD, TALL = 0.49, 0.53, 1.16
"""The mean width of a letter, of a bold one, and the height of a line, as parts of the size."""
LARGEST, SMALLEST, STEP = 10.5, 8.5, 0.5
"""Points of running text."""
MORE = {"Title": 7.5, "Subtitle": -0.5, "Heading 1": 2.0, "Normal": 0.0, "List Bullet": 0.0, "Intense Quote": 1.0, "Caption": -1.0, "Footer": -2.0}
OWN = {"Table Text": -1.0, "Figure": 0.0}
"""Points by which the text of a style is larger than running text."""
SPACE = {
    "Title": (0.0, 2.0),
    "Subtitle": (0.0, 4.0),
    "Heading 1": (7.0, 2.0),
    "Normal": (0.0, 3.0),
    "List Bullet": (0.0, 1.5),
    "Intense Quote": (0.0, 3.0),
    "Caption": (3.0, 2.0),
    "Footer": (0.0, 0.0),
}
"""Points before and after."""
LISTS = 0.7
"""Centimetres by which a list is set in."""
CELL = 0.22
"""Centimetres of a cell that its text cannot have."""


def size(told: Paper) -> tuple[float, bool]:
    """Points of running text, and whether the second page can begin after the figure."""
    steps = round((LARGEST - SMALLEST) / STEP)
    for step in range(steps + 1):
        points = LARGEST - step * STEP
        if max(first(told, points), second(told, points)) <= HIGH * SLACK:
            return points, True
    return SMALLEST, False


def first(told: Paper, points: float) -> float:
    """Centimetres from the title to the end of the figure."""
    part = told.part
    texts = [_text(part.title, "Title", points), _text(told.status, "Subtitle", points), 3 * _text("Heading", "Heading 1", points)]
    texts += [_text(part.question, "Normal", points), *(_text(answer, "Intense Quote", points) for answer in part.answers)]
    figure = strip_picture.height(part.strips) + 2 * POINT + _text(part.figure, "Caption", points)
    return sum(texts) + _text(part.grid.caption, "Caption", points) + _grid(part.grid, points + OWN["Table Text"]) + figure


def second(told: Paper, points: float) -> float:
    """Centimetres of what comes after the figure."""
    part = told.part
    found = 6 * _text("Heading", "Heading 1", points)
    found += sum(_text(text, "Normal", points) for text in (*part.cost, told.sure, told.provenance, part.explains[0], part.assumed[0]))
    items: Iterable[str] = (*part.explains[1], *part.assumed[1], *told.limits)
    return found + sum(_text(text, "List Bullet", points) for text in items)


def _text(words: str, style: str, points: float) -> float:
    bold = BOLD if style in ("Title", "Heading 1", "Caption") else LETTER
    own, space = points + MORE[style], SPACE[style]
    return _lines(words, own, WIDE - LISTS * (style == "List Bullet"), bold) * own * TALL * POINT + sum(space) * POINT


def _lines(words: str, points: float, wide: float, letter: float = LETTER) -> int:
    """Lines that words take; where they are broken, words leave gaps at the ends of lines."""
    length = len(words) * letter * points * POINT
    return 1 if length <= wide else max(ceil(length / (wide - min(0.6, 0.1 * wide))), 2)


def _grid(grid: Grid, points: float) -> float:
    """Centimetres of a table: its header and first column are bold."""
    found = 0.0
    for place, row in enumerate((grid.header, *grid.rows)):
        most = 1
        for column, text in enumerate(row):
            letter = BOLD if place == 0 or column == 0 else LETTER
            most = max(most, sum(_lines(line, points, grid.widths[column] - CELL, letter) for line in text.split("\n")))
        found += most * points * TALL * POINT + 0.07
    return found
