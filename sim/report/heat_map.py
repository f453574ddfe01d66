"""A heat map: the mean difference of one measure from the scenario as it is, at every pair of settings of two levers.

Blue and orange are told apart by nearly everyone, and light enough for dark text. Each cell holds its number with its sign; one whose interval spans
zero stands in brackets with a circle, so that nothing rests on colour. The scenario as it is has a frame, if it is one of the cells. On a phone the
cells of a map with many columns hold only the sign and the circle.
"""

from __future__ import annotations

from html import escape
from math import ceil, isnan, nan
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ..outcomes.measure import HIGHER, Direction
from .exhibit import house
from .figures import INK
from .lever_axis import LeverAxis
from .line_chart import MOST, NARROW, ROW, WIDE, meaning
from .numbers import number
from .sentence import EMPTY, MARKS, ONE_RUN, SAME, UNCLEAR
from .stops import HERE, Stop, change_places

if TYPE_CHECKING:
    import plotly.graph_objects as go

BETTER, NONE, WORSE = "#75B2E8", "#F7F7F7", "#F7945F"
"""Dark grey text has a contrast of 4.8 to 1 on the first and the last, more between. Where neither side is better: lower, none, higher."""
CELL = 40
"""Pixels: the height of a cell; more where a map has few rows, as Plotly puts a scale no further below it than FURTHEST of its heights."""
FURTHEST = 2
FEW = 5
"""Up to so many columns fit on a phone with their numbers."""
FULL = 12
"""Up to so many columns a cell's text stands on one line in full size."""
SCALE = 44
"""Pixels below all words for the scale of colours."""
BAR = 270
"""Pixels of the scale of colours on a phone, with the room beside it."""
LONG, SHORT = {"len": 0.6}, {"lenmode": "pixels", "len": BAR}
BRACKETS = "(...) "
"""What stands for a number with an interval that spans zero."""
MINUS = "\N{MINUS SIGN}"
NOTHING = "n/a"
"""A cell with nothing to measure; a dash would look like the sign for lower."""
SIGNS_ONLY = f"+ higher, {MINUS} lower; the table holds the numbers"


def heat_map(stops: list[Stop], here: Stop, axes: tuple[LeverAxis, LeverAxis], unit: str, direction: Direction, narrow: bool = False) -> go.Figure:
    """The figure; the first lever goes across and the second up. `unit` is that of a difference."""
    import plotly.graph_objects as go

    across, up = axes
    rows, columns = len(up.settings), len(across.settings)
    letters, signs = (NARROW, columns > FEW) if narrow else (WIDE, False)
    keyed = [SIGNS_ONLY, *(text.removeprefix(BRACKETS) for text in key(stops, here, axes))] if signs else key(stops, here, axes)
    said_below = [f"Across: {_low_first(across.title)}", *keyed, f"Colour: mean difference from the scenario as it is ({unit})"]
    below = [text for words in said_below for text in wrap(escape(words), letters)]
    above = wrap(escape(f"Up: {_low_first(up.title)}"), letters)
    head, words = 12 + ROW * len(above), 40 + ROW * len(below)
    foot, plot = words + SCALE, max(CELL * rows, ceil(words / FURTHEST))
    drawn = go.Figure()
    drawn.update_layout(**house(head + plot + foot, margin={"l": 12, "r": 12, "t": head, "b": foot}))
    side = -1.0 if direction == HIGHER else 1.0
    found = {stop.setting: stop for stop in stops}
    grid = [[found[x, y] for x in across.settings] for y in up.settings]
    shared, largest = change_places(stops), max([abs(stop.change) for stop in stops if not isnan(stop.change)], default=0.0) or 1.0
    drawn.add_trace(
        go.Heatmap(
            z=[[None if isnan(stop.change) else side * stop.change for stop in row] for row in grid],
            text=[[sign(stop) if signs else said(stop, shared, columns > FULL or narrow) for stop in row] for row in grid],
            texttemplate="%{text}",
            textfont={"color": INK, "size": 13 if columns <= 9 or signs else 11 if columns <= FULL else 8},
            colorscale=[[0, BETTER], [0.5, NONE], [1, WORSE]],
            zmin=-largest,
            zmax=largest,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
            colorbar=_bar(largest, shared, direction) | {"y": -words / plot} | (SHORT if narrow else LONG),
        )
    )
    for axis, lever, step in ((drawn.update_xaxes, across, -(-columns // MOST[True]) if signs else 1), (drawn.update_yaxes, up, 1)):
        texts = {place: lever.text(value) for place, value in enumerate(lever.settings) if place % step == 0}
        look = {"tickangle": 0, "showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True}
        axis(tickvals=list(texts), ticktext=list(texts.values()), **look)
    if here.place in {stop.place for stop in stops}:
        _frame(drawn, across.settings.index(here.setting[0]), up.settings.index(here.setting[1]))
    elif (spot := between_cells(across, up)) is not None:
        square = {"symbol": "square", "size": 11, "color": "white", "line": {"color": INK, "width": 2}}
        drawn.add_trace(go.Scatter(x=[spot[0]], y=[spot[1]], mode="markers", marker=square, hoverinfo="skip"))
    for place, text in enumerate(above):
        _write(drawn, text, 1, head - 4 - ROW * place)
    for place, text in enumerate(below):
        _write(drawn, text, 0, -34 - ROW * place)
    return drawn


def between_cells(across: LeverAxis, up: LeverAxis) -> tuple[float, float] | None:
    """Where the scenario as it is stands among the cells, in columns and rows; None if it lies outside, or between what is no amount."""
    spots = []
    for axis in (across, up):
        settings = [axis.spot(value) for value in axis.settings] if axis.measured else list(map(float, range(len(axis.settings))))
        standing = axis.spot(axis.standing) if axis.measured else float(axis.settings.index(axis.standing)) if axis.standing in axis.settings else nan
        if not settings[0] <= standing <= settings[-1]:
            return None
        after = next(place for place, spot in enumerate(settings) if standing <= spot)
        step = settings[after] - settings[after - 1] if after else 1.0
        spots.append(after - (settings[after] - standing) / step)
    return spots[0], spots[1]


def said(stop: Stop, shared: int, small: bool = False) -> str:
    """A cell's text: +4.1; (+0.1) ○ where the interval spans zero."""
    verdict = stop.verdict
    if verdict in (EMPTY, HERE):
        return "as it is" if verdict == HERE else NOTHING
    if verdict == SAME:
        return f"0 {MARKS[SAME]}"
    text = number(stop.change, shared, sign=True)
    return f"({text}){'<br>' if small else ' '}{MARKS[verdict]}" if verdict in (UNCLEAR, ONE_RUN) else text


def sign(stop: Stop) -> str:
    """A cell's text where there is no room for a number: plus or minus, with a circle below where the interval spans zero."""
    if stop.verdict in (EMPTY, HERE, SAME):
        return {EMPTY: NOTHING, HERE: "", SAME: f"0<br>{MARKS[SAME]}"}[stop.verdict]
    mark = f"<br>{MARKS[stop.verdict]}" if stop.verdict in (UNCLEAR, ONE_RUN) else ""
    return f"{'+' if stop.change > 0 else MINUS}{mark}"


def key(stops: list[Stop], here: Stop, axes: tuple[LeverAxis, LeverAxis]) -> list[str]:
    """What the signs in the cells stand for: a line for each that there is."""
    verdicts = {stop.verdict for stop in stops}
    lines = [f"{BRACKETS}{MARKS[UNCLEAR]} {meaning(UNCLEAR)}"] if UNCLEAR in verdicts else []
    lines += [f"{BRACKETS}{MARKS[ONE_RUN]} no interval: one replication"] if ONE_RUN in verdicts else []
    lines += [f"0 {MARKS[SAME]} no difference in any replication"] if SAME in verdicts else []
    lines += [f"{NOTHING} nothing to measure"] if EMPTY in verdicts else []
    if HERE in verdicts:
        return [*lines, "Framed: the scenario as it is"]
    standing = f"({axes[0].at(here.setting[0])}, {axes[1].at(here.setting[1])})"
    if between_cells(*axes) is None:
        return [*lines, f"The scenario as it is {standing} is outside the map"]
    return [*lines, f"□ the scenario as it is {standing}, between the cells"]


def _bar(largest: float, shared: int, direction: Direction) -> dict[str, Any]:
    """The scale of colours below, with words at its ends."""
    sides = ("lower", "higher") if direction == "neither" else ("better", "worse")
    ends = (largest, -largest) if direction == HIGHER else (-largest, largest)
    texts = [f"{number(end, shared, sign=True)}, {side}" for end, side in zip(ends, sides, strict=True)]
    ticks = {"tickvals": [-largest, 0, largest], "ticktext": [texts[0], "0", texts[1]], "tickfont": {"size": 12, "color": INK}}
    place = {"orientation": "h", "x": 0, "xanchor": "left", "xpad": 50, "yanchor": "top", "ypad": 0}
    return ticks | place | {"thickness": 14, "outlinewidth": 1, "outlinecolor": INK}


def _frame(drawn: go.Figure, x: int, y: int) -> None:
    drawn.add_shape(type="rect", x0=x - 0.48, x1=x + 0.48, y0=y - 0.47, y1=y + 0.47, line={"color": INK, "width": 3}, fillcolor="rgba(0,0,0,0)")


def _write(drawn: go.Figure, text: str, y: float, shift: float) -> None:
    place: dict[str, Any] = {"x": 0, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"}
    drawn.add_annotation(text=text, **place, yshift=shift, showarrow=False, font={"size": 12, "color": INK})


def _low_first(text: str) -> str:
    return text if text[:2].isupper() else text[0].lower() + text[1:]
