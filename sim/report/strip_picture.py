"""Draws the figure of a board paper as a PNG, with Pillow: 300 dots an inch, so that it prints sharply, and nothing that needs a browser.

Word shows no SVG without a PNG beside it, and Plotly makes pictures only with a browser. Text is drawn in a font of the machine that is as wide as
Arial, or else in the one that comes with Pillow, which lacks some characters: these are then written in another way.
"""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import Any

from ..scenario.errors import Problem, ScenarioError
from .figures import GRID, INK, PLAIN, STYLES
from .strips import Mark, Strip, Strips

DOTS = 300
WIDTH = 17.0
"""Centimetres."""
ROW, LINE, CLOSE, HEAD, FOOT = 0.28, 0.33, 0.24, 0.15, 1.15
"""Centimetres: around the marks of a row, for a mark, for each of several, above all rows, and below them for ticks and words."""
LABELS = 0.36
"""The part of the width that labels take."""
FONTS = ("Arial.ttf", "arial.ttf", "LiberationSans-Regular.ttf", "DejaVuSans.ttf")
PLAINER = {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "£": "GBP ", "\N{HORIZONTAL ELLIPSIS}": "..."}
"""How the font of last resort writes what it lacks."""
TEXT = 8.5
"""Points."""


def library(option: str = "--word") -> Any:
    """The package that draws. Raises ScenarioError if it is not installed."""
    try:
        return import_module("PIL.Image")
    except ImportError:
        raise ScenarioError(Problem("", None, option, "Pillow is not installed", "in the repository: pip install -e '.[report]'")) from None


def dots(centimetres: float) -> int:
    """Pixels of a length."""
    return round(centimetres / 2.54 * DOTS)


def height(strips: Strips) -> float:
    """Centimetres."""
    return HEAD + sum(map(deep, strips.rows)) + FOOT


def deep(strip: Strip) -> float:
    """Centimetres of a row."""
    return ROW + LINE if len(strip.marks) < 2 else ROW / 2 + CLOSE * len(strip.marks)


def picture(strips: Strips) -> bytes:
    """The figure as a PNG file."""
    image_of = library()
    draw_on = import_module("PIL.ImageDraw")
    image = image_of.new("RGB", (dots(WIDTH), dots(height(strips))), "white")
    _Sheet(draw_on.Draw(image), strips).draw()
    content = BytesIO()
    image.save(content, "PNG", dpi=(DOTS, DOTS), optimize=True)
    return content.getvalue()


class _Sheet:
    """Draws from the top down."""

    def __init__(self, draw: Any, strips: Strips) -> None:
        self.draw_on = draw
        self.strips = strips
        self.font, self.whole = _font(dots(TEXT * 2.54 / 72))
        self.left, self.right = dots(WIDTH * LABELS), dots(WIDTH - 0.45)
        self.base = dots(height(strips) - FOOT)

    def draw(self) -> None:
        """Grid, rows, axis."""
        top = dots(HEAD)
        for place, _ in self.strips.ticks:
            self.draw_on.line([(self.x(place), top), (self.x(place), self.base)], fill=GRID, width=3)
        self.draw_on.line([(self.x(self.strips.zero), top), (self.x(self.strips.zero), self.base)], fill=INK, width=5)
        y = float(HEAD)
        for strip in self.strips.rows:
            room = deep(strip)
            self.text(strip.label, 0, dots(y + room / 2), "lm", self.left - dots(0.3))
            if not strip.marks:
                self.text("not shown: nothing to set it against", self.left + dots(0.1), dots(y + room / 2), "lm")
            for number, mark in enumerate(strip.marks):
                self.mark(mark, dots(y + room / 2 + CLOSE * (number - (len(strip.marks) - 1) / 2)))
            y += room
            self.draw_on.line([(0, dots(y)), (self.right, dots(y))], fill=GRID, width=2)
        for place, words in self.strips.ticks:
            self.text(words, self.x(place), self.base + dots(0.28), "mm")
        self.text(self.strips.axis, self.right, self.base + dots(0.78), "rm", self.right)

    def x(self, place: float) -> int:
        """Pixels from the left."""
        return round(self.left + place * (self.right - self.left))

    def mark(self, mark: Mark, y: int) -> None:
        """A bar with its dot, whose shape says the same as its colour, and its letter."""
        colour, shape = STYLES.get(mark.verdict, PLAIN)
        self.draw_on.line([(self.x(mark.low), y), (self.x(mark.high), y)], fill=colour, width=9)
        x, r = self.x(mark.at), dots(0.11)
        if shape == "diamond":
            self.draw_on.polygon([(x, y - r * 1.35), (x + r * 1.35, y), (x, y + r * 1.35), (x - r * 1.35, y)], fill=colour)
        elif shape == "triangle-up":
            self.draw_on.polygon([(x, y - r * 1.2), (x + r * 1.2, y + r), (x - r * 1.2, y + r)], fill=colour)
        elif shape == "triangle-down":
            self.draw_on.polygon([(x, y + r * 1.2), (x + r * 1.2, y - r), (x - r * 1.2, y - r)], fill=colour)
        else:
            self.draw_on.ellipse([x - r, y - r, x + r, y + r], fill="white" if shape == "circle-open" else colour, outline=colour, width=7)
        if mark.who:
            beside = self.x(max(mark.high, mark.at)) + r + dots(0.1)
            if beside + dots(0.3) > self.right:
                self.text(mark.who, self.x(min(mark.low, mark.at)) - r - dots(0.1), y, "rm")
            else:
                self.text(mark.who, beside, y, "lm")

    def text(self, words: str, x: int, y: int, anchor: str, room: int = 0) -> None:
        """Words, cut where they would be wider than `room`."""
        shown = words if self.whole else "".join(PLAINER.get(letter, letter if letter.isascii() else "?") for letter in words)
        while room and len(shown) > 4 and self.font.getlength(shown) > room:
            shown = shown[:-4].rstrip() + "..."
        self.draw_on.text((x, y), shown, fill=INK, font=self.font, anchor=anchor)


def _font(pixels: int) -> tuple[Any, bool]:
    """A font, and whether it has all characters that are likely."""
    fonts = import_module("PIL.ImageFont")
    for name in FONTS:
        try:
            return fonts.truetype(name, pixels), True
        except OSError:
            continue
    return fonts.load_default(pixels), False
