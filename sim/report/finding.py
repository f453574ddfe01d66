"""A finding against its own counterfactual: a figure of its measures, and nothing that ranks it."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from ..experiment.failings import Failings
from ..outcomes.catalogue import MEASURES
from ..outcomes.measure import HIGHER, LOWER
from .exhibit import Exhibit
from .failings_words import standing
from .figures import draw
from .numbers import MOST_DECIMALS, places_for
from .panels import Line, Panel
from .phrases import capital, intervals, quote, unit_of
from .rows import Row
from .rows import rows as rows_in
from .sentence import in_words, said

if TYPE_CHECKING:
    import pandas as pd

OWN = (
    "What was found is published, its size is an assumption. Set against the same area and the same people on duty with the ways of working of its "
    "counterfactual"
)


def digits(row: Row) -> int:
    """The decimals that a difference is shown to."""
    return MOST_DECIMALS if isnan(row["estimate"]) else max(places_for(row["estimate"], row["low"], row["high"]), 0)


def rows_of(found: Failings, name: str) -> list[Row]:
    """The differences of one finding from its counterfactual."""
    return [row for row in rows_in(found.against) if row["finding"] == name]


def finding(found: Failings, name: str) -> Exhibit:
    """One finding: how it stands against its own counterfactual."""
    rows = rows_of(found, name)
    panels = [_panel(row) for row in rows]
    first = f"{quote(found.titles[name])} less its own counterfactual: {standing(rows)}."
    return Exhibit(
        name=f"finding-{name}",
        message=f"{quote(found.titles[name])} against its own counterfactual: {standing(rows)}",
        summary=f"{first} {MEASURES[rows[0]['measure']].label}: {in_words(rows[0])}.",
        figure=draw(panels, columns=2),
        table=_table(rows),
        subtitle=f"{OWN}, {intervals(found)}",
        narrow=draw(panels),
    )


def _panel(row: Row) -> Panel:
    """One measure of a finding."""
    side = {HIGHER: ", higher is better", LOWER: ", lower is better"}.get(MEASURES[row["measure"]].direction, "")
    words = capital(in_words(row).replace(" percentage points", ""))
    only = Line(words, row["estimate"], row["low"], row["high"], said(row))
    return Panel(MEASURES[row["measure"]].label, capital(f"{unit_of(row['measure'])}{side}"), (only,))


def _table(rows: list[Row]) -> pd.DataFrame:
    import pandas as pd

    told: list[dict[str, Any]] = []
    for row in rows:
        keep = digits(row)
        told.append(
            {
                "Measure": row["label"],
                "Unit": unit_of(row["measure"]),
                "Less its counterfactual": round(row["estimate"], keep),
                "95% interval from": round(row["low"], keep),
                "95% interval to": round(row["high"], keep),
                "Verdict": said(row),
            }
        )
    return pd.DataFrame(told)
