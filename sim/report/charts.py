"""The figures of the report with all that belongs to them: message, subtitle, summary, table, and the drawing as data for the page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..experiment.comparison import Result
from . import answer, tables
from .figures import draw
from .panels import Panel, group_panels, headline_panels
from .provenance import quoted, titles, with_intervals
from .table import Table

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True)
class Chart:
    """A figure of the page: its message, its statistical subtitle, two sentences that say what it shows, its table, its drawing."""

    id: str
    message: str
    subtitle: str
    summary: str
    table: Table
    drawing: str
    height: int
    opens: bool = False
    """Is the table unfolded from the start?"""
    scrolls: bool = False
    """Is it to be moved sideways where the page is narrow, because it is drawn for wide ones only?"""


def headline_chart(result: Result) -> Chart:
    """The ten headlines, drawn."""
    if len(result.names) == 1:
        subtitle = f"Estimates, {with_intervals(result)}; every axis starts at 0"
    else:
        base = quoted(result)[result.names[0]]
        subtitle = f"Difference from {base}, {with_intervals(result)}. Each measure in its own unit; 0 is no difference"
    table, message = tables.figure_table(result), answer.headline_message(result)
    return _chart("chart-headlines", message, subtitle, answer.headline_summary(result), table, headline_panels(result))


def group_charts(result: Result, name: str, key: str) -> list[Chart]:
    """By care and time of report, which are set before any decision; then by the grade given, which is one."""
    alone = len(result.names) == 1
    what = "Estimates" if alone else f"Difference from {quoted(result)[result.names[0]]}"
    found = []
    for id, splits, words in (("groups", tables.FIXED_SPLITS, "care and time of report"), ("grades", tables.GRADE_SPLIT, "grade given")):
        rows = answer.group_rows(result, name, splits)
        subtitle = f"{what} by {words}, {with_intervals(result)}. Five of the ten measures are drawn; the table holds all ten"
        table = tables.group_table(result, name, splits, f"{id}-{key}", f"The ten headline measures by {words}: {titles(result)[name]}")
        message = answer.group_message(result, rows)
        if id == "grades" and (alone or result.replications < 2):
            message = f"By grade: {message[0].lower()}{message[1:]}"
        panels = group_panels(result, name, splits)
        found.append(_chart(f"chart-{id}-{key}", message, subtitle, answer.group_summary(result, rows), table, panels))
    return found


def _chart(id: str, message: str, subtitle: str, summary: str, table: Table, panels: list[Panel]) -> Chart:
    """A chart drawn twice, for narrow pages and for wide ones, as text that is safe inside a page."""
    narrow, wide = draw(panels), draw(panels, columns=2)
    return Chart(id, message, subtitle, summary, table, embedded(narrow=narrow, wide=wide), int(wide.layout.height))


def embedded(**drawings: go.Figure) -> str:
    """Figures by name as JSON that is safe inside a page."""
    text = json.dumps({name: json.loads(drawn.to_json()) for name, drawn in drawings.items()}, separators=(",", ":"))
    for mark, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(mark, code)
    return text
