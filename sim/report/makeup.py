"""What an interval is made of: the luck of the replications, and what is not known about the values.

The squares of the two half-widths sum to that of the whole, so each has a share of it.
"""

from __future__ import annotations

from math import isnan

from ..experiment.comparison import Result, headlines
from ..experiment.findings import Findings
from ..outcomes.catalogue import MEASURES
from .numbers import listed, number, places_for, spelled
from .phrases import low_first
from .provenance import columns, titles
from .rows import Row
from .rows import rows as rows_in
from .table import Table, cells, tidy
from .units import wording

LUCK = "Intervals (95%) show the luck of the replications, not what is unknown about the model's values."
BOTH = "Intervals (95%) hold the luck of the replications and what is not known about the model's values."
MOST = 0.5
"""From this share of its interval on, what is not known makes up most of it."""


def sure(found: Findings) -> str:
    """What the intervals of findings hold."""
    return "One replication gives no interval." if found.replications < 2 else LUCK if found.drawn is None else BOTH


def unknown_share(row: Row) -> float:
    """The share of an interval that is due to what is not known; nan where it cannot be told."""
    whole = row.get("luck", float("nan")) ** 2 + row.get("unknown", float("nan")) ** 2
    return float("nan") if isnan(whole) or whole == 0 else row["unknown"] ** 2 / whole


def rows_of(result: Result) -> list[Row]:
    """The headline rows whose intervals are spoken of: differences, or the estimates of a single scenario."""
    return rows_in(headlines(result.measures if len(result.names) == 1 else result.differences))


def makeup(result: Result) -> str:
    """Two sentences on the intervals of a result in which what is not known is drawn, or three."""
    shares = [(low_first(MEASURES[row["measure"]].label), unknown_share(row)) for row in rows_of(result)]
    mostly = list(dict.fromkeys(label for label, share in shares if share >= MOST))
    if not mostly:
        return f"{BOTH} In none of them can what is not known be told from luck yet: more replications would narrow them."
    if len(mostly) == len({label for label, _ in shares}):
        return f"{BOTH} What is not known makes up most of each of them: more replications would hardly narrow them."
    named = listed(mostly) if len(mostly) <= 4 else f"{spelled(len(mostly))} of the measures"
    return f"{BOTH} What is not known makes up most of that of {named}: more replications would hardly narrow it. They would narrow the others."


def table(result: Result) -> Table:
    """For each headline the half-width of its interval, what it would be for either part alone, and the share of what is not known. The
    parts are not told apart where draws differ no more than luck would make them differ."""
    several = len(result.names) > 2
    found = rows_of(result)
    body = []
    for row in found:
        places = places_for(row["estimate"], row["low"], row["high"])
        widths = [_amount(width, places) for width in (0.5 * (row["high"] - row["low"]), row["luck"], row["unknown"])]
        share = unknown_share(row)
        who = (titles(result)[row["scenario"]],) if several else ()
        last = "not told apart" if isnan(share) else f"{100 * share:.0f}%"
        measure = MEASURES[row["measure"]]
        body.append(cells(measure.label, *who, wording(measure).unit, *widths, last))
    numbers = ("Half of the interval", "Luck alone", "Unknown values alone", "Due to unknown values")
    header = ("Measure", *(("Scenario",) if several else ()), "Unit", *numbers)
    first = 3 if several else 2
    data = tidy(found, columns(result))
    return Table("makeup", "What each interval is made of", header, body, frozenset(range(first, first + 4)), "intervals.csv", data)


def _amount(width: float, places: int) -> str:
    return "not told apart" if isnan(width) else number(width, places)
