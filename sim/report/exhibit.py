"""An exhibit: one figure with the message that it carries, a summary in words, and the table of what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .figures import FONT, INK

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

LINE, LETTERS = 22, 80
"""A line of a figure's own title: its height in pixels, and how many letters fit on it."""
SMALL, SMALLER = 20, 130
"""The same for the subtitle, and for where the figure comes from."""
FOOT = 36
"""Pixels below a figure for where it comes from."""


@dataclass(frozen=True)
class Exhibit:
    """What a reader of a report sees of one finding, and can take away as data."""

    name: str
    """A short name for files: `sweep-T2`."""
    message: str
    """The title: what the figure shows, computed from it."""
    summary: str
    """Two sentences, computed from the figure, that stand for it."""
    figure: go.Figure
    """Without a title and without provenance: the page prints both beside it, `alone` draws both into it. Its height is that of its layout."""
    table: pd.DataFrame
    """Every number in the figure, a row each, with readable column names."""
    subtitle: str = ""
    """What is drawn and with which intervals; empty for what the page says of the intervals of all its figures."""
    narrow: go.Figure | None = None
    """The same for the width of a phone (about 340 pixels). Without one, the figure can be moved sideways there."""


def house(height: int, **more: Any) -> dict[str, Any]:
    """The look that figures share, for `update_layout`: white, dark text in one font, nothing that reacts. `more` is added to it."""
    margin = {"l": 12, "r": 12, "t": 8, "b": 8}
    look = {"template": "none", "height": height, "margin": margin, "showlegend": False, "dragmode": False}
    return look | {"font": {"family": FONT, "size": 13, "color": INK}, "paper_bgcolor": "white", "plot_bgcolor": "white"} | more


def alone(exhibit: Exhibit, provenance: str) -> go.Figure:
    """The figure as one that stands by itself: its message and subtitle above it, and below it where it comes from."""
    import plotly.graph_objects as go

    drawn = go.Figure(exhibit.figure)
    title, under, source = wrap(exhibit.message, LETTERS), wrap(exhibit.subtitle, SMALLER), wrap(provenance, SMALLER)
    above, below = LINE * (len(title) + 1) + SMALL * len(under), FOOT + SMALL * len(source)
    room = drawn.layout.margin.to_plotly_json()
    grown = room | {"t": room.get("t", 80) + above, "b": room.get("b", 80) + below}
    words = "<br>".join(f"<b>{escape(part)}</b>" for part in title)
    words += "".join(f"<br><span style='font-size:13px'>{escape(part)}</span>" for part in under)
    heading = {"text": words, "x": 0, "xref": "paper", "y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 24}, "font": {"size": 18}}
    drawn.update_layout(title=heading, margin=grown, height=height(exhibit.figure) + above + below)
    drawn.add_annotation(
        text="<br>".join(map(escape, source)),
        **{"x": 0, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"},
        yshift=-room.get("b", 80) - 12,
        showarrow=False,
        font={"size": 11, "color": INK},
    )
    return drawn


def height(figure: go.Figure) -> int:
    """How high a figure is drawn, in pixels; Plotly's own height where it says nothing."""
    return int(figure.layout.height or 450)
