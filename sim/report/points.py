"""A wave of simulated points, or the check of a fit: how far simulated years lie from what was published, figure by figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..calibrate.bank import Bank, errors
from ..calibrate.check import percentiles
from ..calibrate.sizing import SIZE
from ..calibrate.target import Target
from ..calibrate.targets import targets
from .exhibit import Exhibit, house
from .figures import BLUE, INK
from .provenance import line
from .terminal import columns

if TYPE_CHECKING:
    import plotly.graph_objects as go

ROW = 22
"""Pixels of a figure's row."""
FAR = 10.0
"""Tolerances beyond which nothing is drawn."""


class Spread(NamedTuple):
    """The middle 90% of one figure over all points, in its own unit and in tolerances from what was published."""

    target: Target
    values: tuple[float, float, float]
    errors: tuple[float, float, float]


def spreads(found: Bank) -> list[Spread]:
    """A spread for each figure that the points hold."""
    known = {target.id: target for target in (*targets(), SIZE)}
    figures = [known[id] for id, _, _ in found.values.quantities if id in known]
    values = found.figures([target.id for target in figures])
    off = errors(figures, values)
    return [Spread(target, percentiles(values[:, k]), percentiles(off[:, k])) for k, target in enumerate(figures)]


def text(found: Bank) -> str:
    """The middle of each figure and its 90% interval over the points, beside what was published."""
    rows = []
    for one in spreads(found):
        low, middle, high = one.values
        rows.append((one.target.quantity, f"{one.target.published:.3g}", f"{middle:.3g} ({low:.3g} to {high:.3g})"))
    return "\n".join([*columns(("Figure", "Published", "Points (90%)"), rows, (62, 10, 26), "<<<"), "", f"{message(found)}.", line(found)])


def message(found: Bank) -> str:
    """How many published figures lie among the simulated years."""
    shown = spreads(found)
    inside = sum(one.values[0] <= one.target.published <= one.values[2] for one in shown)
    return f"{inside} of {len(shown)} published figures lie among the middle 90% of {found.replications:,} simulated years"


def exhibits(found: Bank) -> list[Exhibit]:
    """All figures on one scale: tolerances from what was published."""
    import pandas as pd

    shown = spreads(found)
    source = found.plan.draws.source if found.plan.draws is not None else "the scenario as it is"
    wide = float(np.nanmedian([one.errors[2] - one.errors[0] for one in shown]))
    table = pd.DataFrame(
        {
            "Figure": [one.target.quantity for one in shown],
            "Unit": [one.target.unit for one in shown],
            "Published": [one.target.published for one in shown],
            "Low (5%)": [one.values[0] for one in shown],
            "Middle": [one.values[1] for one in shown],
            "High (95%)": [one.values[2] for one in shown],
            "Middle, tolerances off": [one.errors[1] for one in shown],
        }
    )
    summary = f"{message(found)}. Every year was simulated under a draw from {source}; half of the intervals are narrower than {wide:.1f} tolerances."
    under = "Lines hold the middle 90% of simulated years. A tolerance is one standard deviation of the published figure."
    return [Exhibit("points", message(found), summary, _drawn(shown), table, under)]


def _drawn(shown: list[Spread]) -> go.Figure:
    import plotly.graph_objects as go

    drawn = go.Figure()
    names = [one.target.quantity for one in shown]
    low, middle, high = (np.clip([one.errors[k] for one in shown], -FAR, FAR) for k in range(3))
    for name, start, end in zip(names, low, high, strict=True):
        drawn.add_scatter(x=[start, end], y=[name, name], mode="lines", line={"color": BLUE, "width": 3})
    drawn.add_scatter(x=middle, y=names, mode="markers", marker={"color": BLUE, "size": 7})
    drawn.add_vline(x=0.0, line={"color": INK, "width": 1})
    drawn.update_layout(**house(ROW * len(names) + 60))
    drawn.update_xaxes(title="tolerances from the published figure", range=[-FAR, FAR], zeroline=False)
    drawn.update_yaxes(autorange="reversed", automargin=True)
    return drawn
