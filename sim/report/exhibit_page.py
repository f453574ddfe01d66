"""The report of any findings but a comparison: their exhibits on one HTML page that opens from a disk with no network."""

from __future__ import annotations

import re
from datetime import date
from math import isfinite, isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..experiment.findings import Findings
from ..scenario.ranges import ranges
from ..scenario.scenario import Scenario
from . import kinds
from .asked import asked
from .charts import Chart, embedded
from .exhibit import Exhibit, height
from .numbers import counted, decimals, number
from .page import about, frame, rendered, whole
from .provenance import columns, with_intervals
from .rows import rows as rows_in
from .table import Table, cells, tidy

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

ANSWERS = 2
"""So many messages stand at the head of the page; the others are in its contents."""
OPEN_UP_TO = 12
"""A table with more rows than this starts folded."""
LARGE = 5_000
"""A table with more rows than this is not carried inside the page."""
DIFFERENT_UP_TO = 6
"""So many scenarios that say different things of themselves are described."""


def write(findings: Findings, path: str | Path, written: date | None = None) -> Path:
    """Write the page to `path`, and return it. Raises OSError; a file that was there before is then as it was."""
    return whole(Path(path), page(findings, written or date.today()))


def page(findings: Findings, written: date) -> str:
    """The whole page as text."""
    exhibits = kinds.exhibits(findings)
    own = {
        "title": kinds.title(findings),
        "caveats": kinds.caveats(findings),
        "answers": [f"{one.message.rstrip('.')}." for one in exhibits[:ANSWERS]],
        "charts": [chart(findings, one) for one in exhibits],
        "asked": asked(findings),
        "about": about(findings, different(findings.plan.scenarios)),
        "values": len(ranges()),
        "assumed": sum(one.assumed for one in ranges().values()),
        "downloads": downloads(findings),
        "large": [name for name, table in findings.tables.items() if len(table) > LARGE],
        "folder": findings.folder is not None,
    }
    return rendered("exhibits.html.j2", **(frame(findings, written) | own))


def different(scenarios: tuple[Scenario, ...]) -> list[Scenario]:
    """The first of all scenarios that say the same of themselves; no more than a reader will read."""
    said: dict[str, Scenario] = {}
    for scenario in scenarios:
        said.setdefault(scenario.about.model_copy(update={"title": ""}).model_dump_json(), scenario)
    return list(said.values())[:DIFFERENT_UP_TO]


def chart(findings: Findings, exhibit: Exhibit) -> Chart:
    """An exhibit as a figure of the page: the drawing without what the page says beside it, and the table below."""
    id = re.sub(r"[^A-Za-z0-9-]+", "-", f"chart-{exhibit.name}")
    drawings = {"wide": bare(exhibit.figure)} | ({"narrow": bare(exhibit.narrow)} if exhibit.narrow is not None else {})
    subtitle, shown = exhibit.subtitle or with_intervals(findings).capitalize(), as_table(exhibit, id, columns(findings))
    opens, scrolls = len(shown.rows) <= OPEN_UP_TO, exhibit.narrow is None
    return Chart(id, exhibit.message, subtitle, exhibit.summary, shown, embedded(**drawings), height(exhibit.figure), opens, scrolls)


def bare(figure: go.Figure) -> go.Figure:
    """The figure without a title of its own: the page prints the message above it."""
    import plotly.graph_objects as go

    return go.Figure(figure).update_layout(title=None)


def as_table(exhibit: Exhibit, id: str, provenance: dict[str, str | int]) -> Table:
    """The table of an exhibit as the page shows it, and as a file."""
    frame, data = exhibit.table, rows_in(exhibit.table)
    numeric = frozenset(place for place, name in enumerate(frame.columns) if place and frame[name].dtype.kind in "iuf")
    places = {str(name): None if "Unit" in frame else _places_of_all(frame[name]) for name in frame}
    body = [cells(*(shown(value, name, places[name]) for name, value in row.items())) for row in data]
    caption = f"The figure as a table: {exhibit.message[0].lower()}{exhibit.message[1:]}"
    return Table(f"{id}-table", caption, tuple(map(str, frame.columns)), body, numeric, f"{exhibit.name}.csv", tidy(data, provenance))


def shown(value: Any, column: str, places: int | None = None) -> str:
    """A value of a table in words: a number to its own places, or to those of its column if it does not vanish in them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}".replace("-", "\N{MINUS SIGN}")
    if not isinstance(value, float):
        return "" if value is None else str(value)
    if isnan(value):
        return "no interval" if "interval" in column else "not measured"
    fits = places is not None and (value == 0 or round(value, places) != 0)
    return number(value, places if places is not None and fits else _places(value))


def _places(value: float) -> int:
    """The decimals that a number was rounded to, but no more than give three digits."""
    most = decimals(0.0, value)
    return next((places for places in range(most) if round(value, places) == value), most)


def _places_of_all(column: pd.Series[Any]) -> int | None:
    """The decimals for a column whose numbers have the same unit: those of its finest, and at most one more than its largest would have."""
    values = [value for value in column if isinstance(value, float) and isfinite(value)]
    if not values:
        return None
    return min(max(map(_places, values)), decimals(0.0, max(map(abs, values))) + 1)


def downloads(findings: Findings) -> list[Table]:
    """Every table of the findings as a file: only their links are shown."""
    extra = columns(findings)
    return [_download(name, frame, extra) for name, frame in findings.tables.items() if len(frame) <= LARGE]


def _download(name: str, frame: pd.DataFrame, extra: dict[str, str | int]) -> Table:
    words = name.replace("_", " ")
    caption = f"{words[0].upper()}{words[1:]}, {counted(len(frame), 'row')}"
    return Table(f"file-{name}", caption, (), (), file=f"{name}.csv", data=tidy(rows_in(frame), extra))
