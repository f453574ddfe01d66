"""A crowd of pairs on the terminal and as a figure: for each measure in how many pairs better, worse, or no difference."""

from __future__ import annotations

from html import escape
from math import isnan
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ..story.spread import limit
from ..story.statements import SYNTHETIC
from .exhibit import Exhibit, alone, house
from .figures import BLUE, INK, PLUM
from .numbers import counted, number, percent
from .terminal import WIDTH, columns

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from ..story.crowd import Crowd
    from ..story.spread import Spread

SAME = "no difference"
FILLS: dict[str, dict[str, Any]] = {
    "better": {"color": BLUE, "line": {"color": BLUE, "width": 1}},
    SAME: {"color": "#F3F3F3", "line": {"color": INK, "width": 1}},
    "worse": {"color": PLUM, "line": {"color": PLUM, "width": 1}, "pattern": {"shape": "/", "bgcolor": "white", "fgcolor": PLUM, "size": 6}},
}
LINE, HEAD, AXIS = 46, 20, 56
"""Pixels: a measure with its words, the space above the first, the axis."""
ROOM = 0.09
"""A share from which there is room for a word within its bar."""


def crowd_text(crowd: Crowd) -> str:
    """The sentences, then a table of the measures."""
    lines = [line for text in crowd.words for line in wrap(text, WIDTH, initial_indent="- ", subsequent_indent="  ")]
    rows = [(one.label, f"{one.n:,}", *map(percent, (one.no_difference, one.better, one.worse)), _mean(one)) for one in crowd.spreads]
    table = columns(("Measure", "Pairs", "No difference", "Better", "Worse", "Mean difference (95% interval)"), rows, (33, 6, 13, 6, 6, 26), "<>>>>>")
    head = f"{counted(len(crowd.pairs), 'pair')} of {crowd.type.id}: {crowd.type.words}"
    return "\n".join([*wrap(head, WIDTH), "", *lines, "", *table, "", *wrap(SYNTHETIC, WIDTH), *wrap(source(crowd), WIDTH)])


def source(crowd: Crowd) -> str:
    """Where a crowd comes from."""
    from .. import __version__

    a, areas = crowd.asked, len(set(crowd.areas))
    which = "replication 0" if areas == 1 else f"replications 0 to {max(crowd.areas)}"
    intervals = "no intervals" if areas == 1 else "95% t intervals over areas"
    where = f"scenario {a.scenario.name}, area {a.area}, seed {a.seed}, {which} ({counted(areas, 'area')})"
    return f"Simulated data. missing-sim {__version__}, {where}, {intervals}."


def _mean(one: Spread) -> str:
    if one.n == 0:
        return number(float("nan"), 0)
    if one.unit != "hours" and one.no_difference == 1.0:
        return f"none in {one.n:,}, upper 95% limit about {100.0 * limit(one.n):.2g}%"
    scale, unit, places = (1.0, "h", 1) if one.unit == "hours" else (100.0, "pp", 1)
    mean, low, high = (scale * value for value in (one.mean, one.low, one.high))
    told = f"{number(mean, places, True)} {unit}"
    if low == high:
        return told
    return f"{told} (no interval)" if isnan(low) else f"{told} ({number(low, places, True)} to {number(high, places, True)})"


def crowd_exhibit(crowd: Crowd) -> Exhibit:
    """The figure with its message, its summary in two sentences, and its table."""
    table = crowd.measures.drop(columns=["measure"]).rename(
        columns={"label": "Measure", "unit": "Unit", "as_happened": "As it happened", "twin": "Twin", "mean": "Mean difference", "low": "Low (95%)",
                 "high": "High (95%)", "no_difference": "Share without difference", "better": "Share better", "worse": "Share worse", "n": "Pairs"}
    )  # fmt: skip
    subtitle = f"{counted(len(crowd.pairs), 'pair')} of one type of case, each with the same luck. Share of pairs, %"
    return Exhibit(f"crowd-{crowd.type.id}", crowd.words[0], " ".join(crowd.words[:2]), _drawn(crowd), table, subtitle)


def crowd_figure(crowd: Crowd) -> go.Figure:
    """The figure as one that stands by itself."""
    return alone(crowd_exhibit(crowd), source(crowd))


def _drawn(crowd: Crowd) -> go.Figure:
    import plotly.graph_objects as go

    drawn = go.Figure()
    spreads = crowd.spreads
    heights = [-float(place) for place in range(len(spreads))]
    look: dict[str, Any] = {"showarrow": False, "xanchor": "left", "yanchor": "bottom", "font": {"size": 13, "color": INK}}
    words = [{"text": escape(one.label), "x": 0, "y": height + 0.22, **look} for one, height in zip(spreads, heights, strict=True)]
    for name in FILLS:
        shares = [{"better": one.better, SAME: one.no_difference, "worse": one.worse}[name] for one in spreads]
        texts = [f"{name} {percent(share)}" if share >= ROOM + 0.05 * (name == SAME) else "" for share in shares]
        if name == "worse":
            words += [_at_the_end(text, height) for text, height in zip(texts, heights, strict=True) if text]
            texts = [""] * len(texts)
        font = {"color": "white" if name == "better" else INK, "size": 12}
        inside = {"text": texts, "textposition": "inside", "insidetextanchor": "middle", "textfont": font, "textangle": 0}
        drawn.add_trace(go.Bar(x=[100 * share for share in shares], y=heights, orientation="h", marker=FILLS[name], width=0.42, **inside))
    drawn.update_layout(**house(HEAD + LINE * len(spreads) + AXIS), barmode="stack", annotations=words)
    drawn.update_layout(margin={"b": AXIS})
    drawn.update_xaxes(range=[0, 100], title={"text": "Share of pairs, %: better, no difference, worse", "font": {"size": 13}}, fixedrange=True)
    drawn.update_yaxes(range=[heights[-1] - 0.4, 0.7], visible=False, fixedrange=True)
    return drawn


def _at_the_end(text: str, height: float) -> dict[str, Any]:
    """A word in the last bar, on white: the bar is hatched."""
    look = {"showarrow": False, "font": {"size": 12, "color": INK}, "bgcolor": "white", "borderpad": 1}
    return {"text": text, "x": 100, "xanchor": "right", "xshift": -4, "y": height, "yanchor": "middle", **look}
