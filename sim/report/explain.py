"""An explanation as people look at it: which cause makes how much of each measure, a waterfall for each, and the same for a terminal."""

from __future__ import annotations

from math import isnan
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ..experiment.attribution import Explanation
from ..experiment.cause import Cause
from ..outcomes.catalogue import MEASURES
from ..outcomes.measure import HIGHER, LOWER, NEITHER
from ..scenario.difference import values
from . import notes
from .cell_map import NARROW as NARROW_MAP
from .cell_map import Line, cell_map
from .exhibit import Exhibit, alone
from .explain_words import (
    clear_measures,
    how_split,
    less,
    message,
    overview_message,
    overview_summary,
    parts,
    shares_of,
    summary,
    together,
    total_of,
)
from .levers import log, shown
from .makeup import sure
from .numbers import MOST_DECIMALS, counted, number, places_for, spelled
from .phrases import capital, intervals, is_clear, unit_of
from .provenance import line, quoted
from .rows import Row
from .sentence import BETTER, EMPTY, SAME, WORSE, in_words, said, signed
from .share_map import LEGEND, MARK, SIGNS, Share
from .terminal import WIDTH, columns
from .waterfall import NARROW, WHOLE, WIDE, Step, waterfall

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

COLUMNS = 9
"""Columns of shares on a terminal; more go below."""
PRINTED = 6
"""Causes of a measure on a terminal, where more than two measures are asked for; the others are added up."""


def title(found: Explanation) -> str:
    """What was done, as the title of a report."""
    return f"What explains the difference: {found.a.about.title} and {found.b.about.title}"


def caveats(found: Explanation) -> list[str]:
    """What to know before the shares are used."""
    own = f"{how_split(found)} It is not what would be gained by changing that one alone: causes help and hinder one another."
    first, *rest = notes.caveats(found)
    return [first, own, *rest]


def exhibits(found: Explanation) -> list[Exhibit]:
    """The overview, if several measures were asked for, and a waterfall for each in their order."""
    each = [_exhibit(found, measure) for measure in found.measures]
    return [_overview(found), *each] if len(each) > 1 else each


def waterfall_of(found: Explanation, measure: str) -> go.Figure:
    """The waterfall of one measure, standing by itself."""
    return alone(_exhibit(found, measure), line(found))


def _exhibit(found: Explanation, measure: str) -> Exhibit:
    steps, axis = _steps(found, measure), _axis(found, measure)
    return Exhibit(
        name=f"explain-{measure}",
        message=message(found, measure),
        summary=summary(found, measure),
        figure=waterfall(steps, axis, WIDE),
        table=_table(found, measure),
        subtitle=f"{MEASURES[measure].label}: {less(found)}, in parts, {intervals(found)}",
        narrow=waterfall(steps, axis, NARROW),
    )


def _axis(found: Explanation, measure: str) -> str:
    known = MEASURES[measure]
    side = {HIGHER: "; higher is better", LOWER: "; lower is better"}.get(known.direction, "")
    return f"{capital(unit_of(measure))}, difference from {quoted(found)[found.a.name]}{side}"


def _steps(found: Explanation, measure: str) -> list[Step]:
    """The causes in the order of their shares, each from where the one before it ended, and the whole."""
    total, direction = total_of(found, measure), MEASURES[measure].direction
    if isnan(total["estimate"]):
        return []
    steps, stands = [], 0.0
    for row in shares_of(found, measure):
        better = (row["estimate"] > 0) == (direction == HIGHER)
        fill = "" if direction == NEITHER else BETTER if better else WORSE
        words = f"{capital(row['title'])}: {signed(row)}{_of_total(row)}"
        steps.append(Step(words, stands, row["estimate"], row["low"], row["high"], fill))
        stands += row["estimate"]
    whole = f"The whole difference: {signed(total)}{', ' + said(total) if is_clear(total) else ''}"
    return [*steps, Step(whole, 0.0, total["estimate"], total["low"], total["high"], WHOLE)]


def _of_total(row: Row) -> str:
    return "" if isnan(row["of_total"]) else f", {number(row['of_total'], 0)}% of the whole{', the largest part' if row['largest'] else ''}"


def _table(found: Explanation, measure: str) -> pd.DataFrame:
    """Every bar, a row each, with what it holds."""
    import pandas as pd

    held = {cause.id: holds(found, cause) for cause in found.causes}
    rows = [(row, capital(row["title"]), held[row["lever"]]) for row in shares_of(found, measure)]
    rows.append((total_of(found, measure), "The whole difference", "all of these"))
    return pd.DataFrame([_table_row(measure, *row) for row in rows])


def _table_row(measure: str, row: Row, name: str, what: str) -> dict[str, Any]:
    keep = MOST_DECIMALS if isnan(row["estimate"]) else max(places_for(row["estimate"], row["low"], row["high"]), 0)
    share = row.get("of_total", 100.0)
    return {
        "Cause": name,
        "What changes": what,
        f"Share ({unit_of(measure)})": round(row["estimate"], keep),
        "95% interval from": round(row["low"], keep),
        "95% interval to": round(row["high"], keep),
        "Of the whole": "no clear difference" if isnan(share) else f"{number(share, 0)}%",
        "Replications": int(row["n"]),
        "Left out": int(row["left_out"]),
    }


def holds(found: Explanation, cause: Cause) -> str:
    """The values of a cause in either scenario, in words."""
    a, b = values(found.a), values(found.b)
    return "; ".join(_moves(path, a[path], b[path]) for path in cause.paths)


def _moves(path: str, before: Any, after: Any) -> str:
    unit = log().get(path, {}).get("unit", "")
    return f"{path}: {shown(path, before, unit)} to {shown(path, after, unit)}"


def _overview(found: Explanation) -> Exhibit:
    lines = [Line(_headed(found, measure), tuple(share.cell for share in _shares(found, measure))) for measure in found.measures]
    names = [capital(cause.title) for cause in found.causes]
    return Exhibit(
        name="explain",
        message=overview_message(found),
        summary=overview_summary(found),
        figure=cell_map(lines, names, LEGEND),
        table=_overview_table(found),
        subtitle=f"Parts of the difference, {less(found)}, in percent of the whole, {intervals(found)}",
        narrow=cell_map(lines, names, LEGEND, NARROW_MAP),
    )


def _shares(found: Explanation, measure: str) -> list[Share]:
    """The cells of a measure, in the order of the causes."""
    held = {row["lever"]: row for row in shares_of(found, measure)}
    return [Share(held[cause.id]["of_total"], is_clear(held[cause.id]), bool(held[cause.id]["largest"])) for cause in found.causes]


def _headed(found: Explanation, measure: str) -> str:
    total = total_of(found, measure)
    return f"{MEASURES[measure].label}: {in_words(total)}" if not isnan(total["estimate"]) else f"{MEASURES[measure].label}: not measured"


def _overview_table(found: Explanation) -> pd.DataFrame:
    """A row for each measure: the difference, and the percent of it that is due to each cause."""
    import pandas as pd

    rows = []
    for measure in found.measures:
        cells = {cause: share.text for cause, share in zip(found.causes, _shares(found, measure), strict=True)}
        row = {"Measure": MEASURES[measure].label, "Difference": _headed(found, measure).split(": ", 1)[1]}
        rows.append(row | {capital(cause.title): "no clear difference" if text == "-" else text for cause, text in cells.items()})
    return pd.DataFrame(rows)


def text(found: Explanation) -> str:
    """What a terminal shows: what differs, the overview, and the parts of each measure."""
    lead = [f"A: {found.a.about.title} ({found.a.name})", f"B: {found.b.about.title} ({found.b.name})"]
    named = [f"{place} {capital(cause.title)}: {holds(found, cause)}" for place, cause in enumerate(found.causes, start=1)]
    blocks = [_wrapped(lead), "Causes, A to B\n" + _wrapped(named, "  ")]
    if len(found.measures) > 1:
        blocks.append(_overview_block(found))
    blocks += [_block(found, measure) for measure in found.measures]
    foot = [how_split(found), line(found), sure(found)]
    return "\n\n".join([*blocks, _wrapped(foot)])


def _wrapped(sentences: list[str], indent: str = "") -> str:
    return "\n".join(part for sentence in sentences for part in wrap(sentence, WIDTH, subsequent_indent=indent))


def _overview_block(found: Explanation) -> str:
    """Percent of each difference that is due to each cause, by the number of the cause."""
    lines = wrap(f"{overview_message(found)}.", WIDTH)
    lines += wrap(f"In percent of the whole. {SIGNS}", WIDTH)
    for start in range(0, len(found.causes), COLUMNS):
        numbers = range(start, min(start + COLUMNS, len(found.causes)))
        rows = [(MEASURES[measure].label, *(_shares(found, measure)[place].text for place in numbers)) for measure in found.measures]
        widths = (37, *(max(len(row[at + 1]) for row in rows) for at in range(len(numbers))))
        lines += ["", *columns(("Measure", *(str(place + 1) for place in numbers)), rows, widths, "<" + ">" * len(numbers))]
    return "\n".join(lines)


def _block(found: Explanation, measure: str) -> str:
    """The parts of one measure."""
    total, shares = total_of(found, measure), shares_of(found, measure)
    if said(total) in (EMPTY, SAME):
        return _wrapped([_headed(found, measure) + "."])
    most = PRINTED if len(found.measures) > 2 and len(shares) > PRINTED + 1 else len(shares)
    rows = [_printed(found, row) for row in shares[:most]]
    if most < len(shares):
        rows.append((f"The other {spelled(len(shares) - most)} together", signed(together(found, measure, shares[most:])), ""))
    rows.append(("The whole difference", signed(total), "100%" if is_clear(total) else ""))
    unit = unit_of(measure)
    table = columns(("Due to", f"{capital(unit)} (95% interval)", "Of the whole"), rows, (46, 36, 14), "<><")
    left = [f"Left out: {counted(total['left_out'], 'replication')} in which a combination had nothing to measure."] if total["left_out"] else []
    told = [_headed(found, measure) + ".", *([parts(found, measure)] if measure in clear_measures(found) else []), *left]
    return "\n".join([_wrapped(told), "", *table])


def _printed(found: Explanation, row: Row) -> tuple[str, str, str]:
    number_of = {cause.id: place for place, cause in enumerate(found.causes, start=1)}
    of = "" if isnan(row["of_total"]) else f"{number(row['of_total'], 0)}%{' ' + MARK if row['largest'] else ''}"
    return f"{number_of[row['lever']]} {capital(row['title'])}", signed(row), of
