"""Published bands, each drawn to the same width, with the published figure and the simulated mean: how the model is held against what is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from math import isnan
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .exhibit import house
from .figures import BLUE, INK, PLUM
from .numbers import decimals, with_interval
from .rows import Row

if TYPE_CHECKING:
    import plotly.graph_objects as go

INSIDE, NEAR, OUTSIDE, EMPTY = "inside the band", "outside, but its interval reaches in", "outside the band", "nothing to measure it on"
MARKS = {INSIDE: (BLUE, "circle"), NEAR: (INK, "circle-open"), OUTSIDE: (PLUM, "diamond")}
BEFORE, BEHIND = -1.0, 2.0
"""How far the drawing reaches, in widths of a band from its low end. What lies beyond is drawn as an arrow at its edge, and stands in words."""
BAND, EDGE = "#D3DEE9", "#6E8BA8"

HEAD, TEXT, STRIP, GAP_BELOW = 34, 17, 18, 16
"""Heights in pixels: a theme's name, a line of words, the drawn strip, the space after it."""


@dataclass(frozen=True)
class Held:
    """One published figure beside the simulated one, in words and in widths of its band."""

    quantity: str
    published: str
    simulated: str
    where: str
    low: float
    high: float
    mean: float
    mark: float

    @property
    def words(self) -> tuple[str, str, str]:
        """What stands above its drawing: the quantity, what is published, what was simulated."""
        return self.quantity, f"Published {self.published}", f"Simulated {self.simulated}: {self.where}"

    @property
    def distance(self) -> float:
        """How far the mean lies outside, in widths of the band."""
        return max(0.0, -self.mean, self.mean - 1.0)


def held(row: Row) -> Held:
    """A row of the table as it is told and drawn."""
    low, high, published, mean = row["low"], row["high"], row["published"], row["simulated"]
    places = places_of(row)
    unit = {"%": "%", "h": " hours"}.get(row["unit"], f" {row['unit']}")
    band = f"{_short(published, places)}{unit} (band {_short(low, places)} to {_short(high, places)})"
    reaches = row["simulated_low"] <= high and row["simulated_high"] >= low
    where = EMPTY if isnan(mean) else INSIDE if row["inside"] else NEAR if reaches else OUTSIDE
    ends = (row["simulated_low"], row["simulated_high"]) if not isnan(row["simulated_low"]) else (mean, mean)
    widths = [(value - low) / (high - low) for value in (*ends, mean, published)]
    quantity = str(row["quantity"])
    return Held(quantity[0].upper() + quantity[1:], band, simulated(row, unit), where, *widths)


def simulated(row: Row, unit: str = "") -> str:
    """The simulated mean with its interval, and its unit if that is to be said."""
    mean = row["simulated"]
    if isnan(mean):
        return "not measured"
    found = with_interval(mean, row["simulated_low"], row["simulated_high"], at_least=min(places_of(row), 1 if abs(mean) >= 10 else 2))
    value, bracket, interval = found.partition(" (")
    return f"{value}{unit}{bracket}{interval}"


def places_of(row: Row) -> int:
    """Decimals for the ends of a band: enough to tell a mean beside an end from one on it."""
    return max(decimals(0.05 * (row["high"] - row["low"])), 0)


def _short(value: float, places: int) -> str:
    return f"{round(value, places):,g}"


Groups = dict[str, list[Held]]


def halves(groups: Groups) -> list[Groups]:
    """Two columns of about the same length, with no theme cut in two."""
    names = list(groups)
    sizes = [len(groups[name]) for name in names]
    cut = min(range(len(names) + 1), key=lambda place: abs(sum(sizes[:place]) - sum(sizes[place:])))
    return [{name: groups[name] for name in part} for part in (names[:cut], names[cut:]) if part]


def draw(halves: list[Groups], letters: int) -> go.Figure:
    """Columns of figures under the names of their themes, with lines of so many letters."""
    import plotly.graph_objects as go

    stacks = [_Stack(groups, letters) for groups in halves]
    height = max(stack.height for stack in stacks)
    drawing = _Drawing(house(height, margin={"l": 2, "r": 2, "t": 2, "b": 2}))
    width = (1 - 0.06 * (len(stacks) - 1)) / len(stacks)
    for place, stack in enumerate(stacks):
        left = place * (width + 0.06)
        stack.draw(drawing, "" if place == 0 else str(place + 1), (left, left + width), height)
    return go.Figure(drawing.traces, drawing.layout | {"annotations": drawing.words, "shapes": drawing.shapes})


@dataclass
class _Drawing:
    """What a figure is made of, gathered before it is made: adding to a figure piece by piece takes ten times as long."""

    layout: dict[str, Any]
    words: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    traces: list[dict[str, Any]] = field(default_factory=list)

    def write(self, words: str, x: float, y: float, size: int) -> None:
        """Words from a place to the right and down."""
        place = {"x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"}
        self.words.append({"text": words, "showarrow": False, "font": {"size": size, "color": INK}, "borderpad": 0, **place})


class _Stack:
    """One column, laid out from the top in pixels."""

    def __init__(self, groups: Groups, letters: int) -> None:
        self.heads: list[tuple[str, int]] = []
        self.rows: list[tuple[Held, str, int]] = []
        top = 0
        for name, members in groups.items():
            self.heads.append((name, top))
            top += HEAD
            for one in members:
                first, *others = one.words
                lines = [f"<b>{escape(part)}</b>" for part in wrap(first, letters)]
                lines += [escape(part) for words in others for part in wrap(words, letters)]
                self.rows.append((one, "<br>".join(lines), top))
                top += TEXT * len(lines) + STRIP + GAP_BELOW
        self.height = top

    def draw(self, drawing: _Drawing, key: str, domain: tuple[float, float], height: int) -> None:
        """Add the column to a drawing of this height."""
        axis = {"visible": False, "fixedrange": True}
        drawing.layout[f"xaxis{key}"] = {**axis, "domain": list(domain), "range": [BEFORE - 0.08, BEHIND + 0.08], "anchor": f"y{key}"}
        drawing.layout[f"yaxis{key}"] = {**axis, "domain": [0, 1], "range": [height, 0], "anchor": f"x{key}"}
        for name, top in self.heads:
            drawing.write(f"<b>{escape(name)}</b>", domain[0], 1 - (top + 6) / height, 15)
        for one, words, top in self.rows:
            drawing.write(words, domain[0], 1 - top / height, 13)
            y = top + TEXT * (words.count("<br>") + 1) + STRIP / 2 + 5
            look = {"fillcolor": BAND, "line": {"color": EDGE, "width": 1}, "layer": "below", "xref": f"x{key}", "yref": f"y{key}"}
            for kind, x0, x1, half in (("rect", 0.0, 1.0, STRIP / 2), ("line", BEFORE, BEHIND, 0.0)):
                drawing.shapes.append({"type": kind, "x0": x0, "x1": x1, "y0": y - half, "y1": y + half, **look})
            where = {"type": "scatter", "xaxis": f"x{key}", "yaxis": f"y{key}", "hoverinfo": "skip", "cliponaxis": False}
            drawing.traces += [where | trace for trace in _marks(one, y)]


def _marks(one: Held, y: float) -> list[dict[str, Any]]:
    """The published figure, and the simulated mean with its interval; what lies beyond the drawing is an arrow at its edge."""
    published = {"x": [one.mark], "y": [y], "mode": "markers", "marker": {"symbol": "line-ns", "size": STRIP - 4, "line": {"color": INK, "width": 3}}}
    if one.where == EMPTY:
        return [published]
    colour, shape = MARKS[one.where]
    low, mean, high = (min(max(value, BEFORE), BEHIND) for value in (one.low, one.mean, one.high))
    if mean != one.mean:
        shape = "triangle-left" if mean == BEFORE else "triangle-right"
    bar = {"x": [low, high], "y": [y, y], "mode": "lines", "line": {"color": colour, "width": 3}}
    marker = {"color": colour, "symbol": shape, "size": 11, "line": {"color": colour, "width": 2}}
    return [published, bar, {"x": [mean], "y": [y], "mode": "markers", "marker": marker}]
