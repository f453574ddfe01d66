"""An exhibit: one figure with the message that it carries, a summary in words, and the table of what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go


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
    table: pd.DataFrame
    """Every number in the figure, a row each, with readable column names."""
