"""Plotly figures: intervals as dots with bars, one panel for each measure in its own unit, every one labelled in words where it stands.

Colours are those of the Analysis Function palette; shapes say the same as colours do. Text is dark grey only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from math import ceil, floor, isnan, log10
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ..experiment.comparison import Result
from .numbers import number
from .panels import Line, Panel, headline_panels
from .provenance import line as provenance_line
from .sentence import BETTER, HIGHER, LOWER, WORSE

if TYPE_CHECKING:
    import plotly.graph_objects as go

BLUE, TEAL, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
INK, GRID = "#3D3D3D", "#E3E3E3"
FONT = "Arial, Helvetica, sans-serif"

STYLES = {
    "": (BLUE, "circle"),
    BETTER: (BLUE, "circle"),
    WORSE: (PLUM, "diamond"),
    HIGHER: (INK, "triangle-up"),
    LOWER: (INK, "triangle-down"),
}
PLAIN = (INK, "circle-open")

HEAD, LABEL, STRIP, TICKS, GAP = 42, 18, 18, 20, 22
"""Heights in pixels: a panel's head, a row of a line's words, the line itself, the tick labels, the space between panels."""
LETTERS = {1: 44, 2: 56}
"""Letters in a row of a line's words, by the number of columns: one has to fit on a phone of 360 pixels."""


def figure(result: Result) -> go.Figure:
    """The ten headlines of a result as one figure that stands by itself."""
    drawn = draw(headline_panels(result))
    if len(result.names) > 1:
        title = f"{result.names[0]} and {', '.join(result.names[1:])}: differences in the ten headline measures"
    else:
        title = f"{result.names[0]}: the ten headline measures"
    drawn.update_layout(
        title={"text": escape(title), "x": 0, "xref": "paper", "font": {"size": 18}},
        margin={"t": 60, "b": 50},
        height=drawn.layout.height + 100,
    )
    drawn.add_annotation(
        text=escape(provenance_line(result)), x=0, y=0, yshift=-30, xref="paper", yref="paper", showarrow=False, xanchor="left", yanchor="top"
    )
    return drawn


def draw(panels: list[Panel], columns: int = 1) -> go.Figure:
    """Panels below one another, in one or two columns that are filled from the top left."""
    import plotly.graph_objects as go

    deep = ceil(len(panels) / columns)
    stacks = [panels[place * deep : (place + 1) * deep] for place in range(columns)]
    height = max(sum(_height(panel, LETTERS[columns]) for panel in stack) for stack in stacks)
    drawn = _Parts(LETTERS[columns])
    width = (1 - 0.06 * (columns - 1)) / columns
    axis = 0
    for place, stack in enumerate(stacks):
        left = place * (width + 0.06)
        top = float(height)
        for panel in stack:
            axis += 1
            _draw_panel(drawn, panel, axis, (left, left + width), top, height)
            top -= _height(panel, drawn.letters)
    layout = {
        "template": "none",
        "height": height,
        "margin": {"l": 12, "r": 12, "t": 4, "b": 4},
        "showlegend": False,
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "dragmode": False,
        "annotations": drawn.words,
        **drawn.axes,
    }
    return go.Figure(drawn.traces, layout)


@dataclass
class _Parts:
    """What a figure will be made of. It is put together once: Plotly looks at all of it again each time something is added."""

    letters: int
    axes: dict[str, Any] = field(default_factory=dict)
    traces: list[dict[str, Any]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)


def _height(panel: Panel, letters: int) -> int:
    return HEAD + _room(panel, letters) + TICKS + GAP


def _room(panel: Panel, letters: int) -> int:
    return sum(LABEL * len(_said(line, letters)) + STRIP for line in panel.lines)


def _said(line: Line, letters: int) -> list[str]:
    return wrap(line.words, letters) or [""]


def _draw_panel(drawn: _Parts, panel: Panel, axis: int, domain: tuple[float, float], top: float, height: int) -> None:
    """One panel between its head and its ticks: the y axis counts pixels from below."""
    room = _room(panel, drawn.letters)
    base = top - HEAD - room
    key = "" if axis == 1 else str(axis)
    ticks = nice_ticks(panel)
    low, high = reach(panel)
    drawn.axes.update(
        {
            f"xaxis{key}": {
                "domain": list(domain),
                "anchor": f"y{key}",
                "range": [low, high],
                "tickvals": ticks,
                "ticktext": [_tick(tick, ticks) for tick in ticks],
                "gridcolor": GRID,
                "zeroline": True,
                "zerolinecolor": INK,
                "zerolinewidth": 1,
                "ticks": "",
                "fixedrange": True,
                "showline": False,
                "tickfont": {"size": 12},
                "tickangle": 0,
            },
            f"yaxis{key}": {
                "domain": [base / height, (top - HEAD) / height],
                "anchor": f"x{key}",
                "range": [0, room],
                "visible": False,
                "fixedrange": True,
            },
        }
    )
    head = f"<b>{escape(panel.title)}</b><br><span style='font-size:12px'>{escape(panel.unit)}</span>"
    _write(drawn, head, domain[0], top / height)
    left = room
    for line in panel.lines:
        rows = _said(line, drawn.letters)
        _write(drawn, "<br>".join(map(escape, rows)), domain[0], (base + left) / height, size=13)
        left -= LABEL * len(rows) + STRIP
        if isnan(line.estimate):
            continue
        y = left + 0.5 * STRIP
        for trace in _interval(line, y):
            drawn.traces.append({"type": "scatter", "xaxis": f"x{key}", "yaxis": f"y{key}", "hoverinfo": "skip", **trace})


def _interval(line: Line, y: float) -> list[dict[str, Any]]:
    colour, shape = STYLES.get(line.verdict, PLAIN)
    bar = {"x": list(line.ends), "y": [y, y], "mode": "lines", "line": {"color": colour, "width": 3}}
    marker = {"color": colour, "symbol": shape, "size": 10, "line": {"color": colour, "width": 2}}
    return [bar, {"x": [line.estimate], "y": [y], "mode": "markers", "marker": marker}]


def _write(drawn: _Parts, text: str, x: float, y: float, size: int = 14) -> None:
    font = {"size": size, "color": INK}
    place: dict[str, Any] = {"x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"}
    drawn.words.append({"text": text, "showarrow": False, "font": font, "borderpad": 0, "bgcolor": "white", **place})


def reach(panel: Panel) -> tuple[float, float]:
    """From where to where the axis of a panel goes: over every interval and 0, with a little room."""
    ends = [end for line in panel.lines if not isnan(line.estimate) for end in line.ends]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    if low == high:
        return -1.0, 1.0
    room = 0.06 * (high - low)
    return low - room, high + room


def nice_ticks(panel: Panel) -> list[float]:
    """Three to six round values on the axis, 0 among them."""
    low, high = reach(panel)
    if (low, high) == (-1.0, 1.0):
        return [0.0]
    rough = (high - low) / 4
    scale = 10.0 ** floor(log10(rough))
    step = next(nice * scale for nice in (1, 2, 2.5, 5, 10) if nice * scale >= rough)
    return [place * step for place in range(ceil(low / step), floor(high / step) + 1)]


def _tick(value: float, ticks: list[float]) -> str:
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    places = next((places for places in range(5) if abs(round(step, places) - step) < 1e-9 * step), 5)
    return number(value, places) if round(value, places) else "0"
