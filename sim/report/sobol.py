"""Indices of Sobol in words, as a table for a terminal, and drawn: what the variance of one year is made of, and how much of it is chance."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from ..experiment.factors import LUCK
from ..experiment.sobol import Sobol
from ..outcomes.catalogue import MEASURES
from .exhibit import Exhibit
from .factor import STAR, STARRED, called, described, headed, left_out, marked, over_runs, paragraphs, rests_on, tidied
from .numbers import counted, listed, number, span
from .rows import Row, rows
from .settling import Settling, settling
from .terminal import columns
from .twin_bars import NARROW, WIDE, Bar, Twin, twin_bars

if TYPE_CHECKING:
    import pandas as pd

DRAWN = 15
"""Factors in a figure; the table holds all."""
FOLLOWED = 3
"""Parameters whose convergence is drawn, beside that of luck."""
PRINTED, PRINTED_OF_MANY = 15, 6
"""Factors of a measure on a terminal, and where more than two measures are asked for."""
LEGEND = (
    "Alone (first index): the share of the variance of one simulated year that would go if this factor were known. In all (total index): the share "
    "that would be left if all others were known. All parameters vary evenly over their ranges, or evenly in ratios. An index below 0 is 0 but for "
    "the noise of the estimate."
)


def those(found: Sobol, measure: str) -> list[Row]:
    """The factors of a measure by their total index."""
    return rows(found.indices[found.indices["measure"] == measure])


def text(found: Sobol) -> str:
    """For each measure the factors that its variance is made of, chance among them."""
    most = PRINTED if len(found.measures) <= 2 else PRINTED_OF_MANY
    out = left_out(found)
    notes = paragraphs(LEGEND, f"{STARRED}.", f"{out[0].upper()}{out[1:]}." if out else "", over_runs(found))
    return "\n\n".join([*(_block(found, measure, most) for measure in found.measures), "\n".join(notes)])


def _block(found: Sobol, measure: str, most: int) -> str:
    these = those(found, measure)
    shown = [row for row in these if row["rank"] <= most or row["factor"] == LUCK]
    lines = [(str(row["rank"]), _name(row), _index(row, "first"), _index(row, "total")) for row in shown]
    table = columns(("Rank", "Factor", "Alone (95%)", "In all (95%)"), lines, (4, 40, 24, 24), "><>>")
    more = f"{counted(len(these) - len(shown), 'more factor')} with smaller totals." if len(these) > len(shown) else ""
    return "\n".join([MEASURES[measure].label, "", *table, *paragraphs(more, summary(found, measure))])


def _name(row: Row) -> str:
    return headed(row["factor"]) + (f" {STAR}" if row["assumed"] else "")


def _index(row: Row, which: str) -> str:
    """An index with its interval, in per cent."""
    if isnan(row[which]):
        return "not measured"
    return f"{number(100 * row[which], 0)}% ({span(100 * row[f'{which}_low'], 100 * row[f'{which}_high'], 0)}%)"


def exhibits(found: Sobol) -> list[Exhibit]:
    """For each measure the indices, and how they settled."""
    return [exhibit for measure in found.measures for exhibit in (_bars(found, measure), _settled(found, measure))]


def _bars(found: Sobol, measure: str) -> Exhibit:
    these = those(found, measure)
    twins = [Twin(marked(row["factor"], row["assumed"]), (_bar(row, "first", "alone"), _bar(row, "total", "in all"))) for row in these[:DRAWN]]
    drawn = f"; {DRAWN} of {len(these)} factors drawn" if len(these) > DRAWN else ""
    out = f"; {left_out(found)}" if found.choices else ""
    n = these[0]["n"]
    subtitle = (
        f"Share of the variance of one simulated year, every parameter varying over its range: first index (alone) and total index (in all), "
        f"with 95% bootstrap intervals over {counted(n, 'base sample')}{drawn}{out}"
    )
    axis = "Share of the variance of one year, %"
    told, table = summary(found, measure), _frame([_table_row(found, row) for row in these])
    return Exhibit(
        f"sobol-{measure}", message(found, measure), told, twin_bars(twins, axis, WIDE), table, subtitle, twin_bars(twins, axis, NARROW)
    )


def _bar(row: Row, which: str, word: str) -> Bar:
    return Bar(word, 100 * row[which], 100 * row[f"{which}_low"], 100 * row[f"{which}_high"])


def _luck(found: Sobol, measure: str) -> Row:
    return next(row for row in those(found, measure) if row["factor"] == LUCK)


def message(found: Sobol, measure: str) -> str:
    """How much of the variance is chance, and which parameter is behind most of the rest."""
    label, luck = MEASURES[measure].label, _luck(found, measure)
    if isnan(luck["total"]):
        return f"{label}: {_nothing(luck)}"
    chance = f"chance is {_index(luck, 'total')} of the variance of one year"
    first = next(row for row in those(found, measure) if row["factor"] != LUCK)
    if first["total"] == 0:
        return f"{label}: {chance}, and no parameter that was varied changes it"
    return f"{label}: {chance}; first among the parameters: {called(first['factor'])}"


def _nothing(row: Row) -> str:
    return "it did not vary" if row["n"] >= 2 else "there was too little to measure it on"


def summary(found: Sobol, measure: str) -> str:
    """The largest totals in numbers, what was left out, and how far the indices had settled."""
    these = those(found, measure)
    if isnan(these[0]["total"]):
        first = f"No index can be given: {_nothing(these[0])}."
    else:
        named = [row for row in these if row["total"] > 0][:4]
        first = f"Total indices: {listed([f'''{called(row['factor'])} {_index(row, 'total')}''' for row in named])}."
    missing = these[0]["left_out"]
    gaps = f" In {counted(missing, 'base sample')} of {found.finished} a run had nothing to measure; they are left out whole." if missing else ""
    return f"{first}{gaps} {settled_sentence(found, measure)}"


def settled_sentence(found: Sobol, measure: str) -> str:
    """By how much the total indices changed over the second half of the base samples."""
    looks = {one.name: one for one in followed(found, measure)}
    moved = {name: abs(one.values[-1] - one.values[-2]) for name, one in looks.items() if len(one.values) > 1}
    moved = {name: change for name, change in moved.items() if not isnan(change)}
    if not moved:
        return "There is nothing that could have settled."
    name = max(moved, key=lambda each: moved[each])
    one, told = looks[name], next(called(factor) for factor in found.factors if headed(factor) == name)
    words = f"Between {one.counts[-2]} and {one.counts[-1]} base samples no total index drawn changed by more than"
    return f"{words} {number(moved[name], 1)} percentage points ({told})."


def followed(found: Sobol, measure: str) -> list[Settling]:
    """How the total indices of the largest parameters and of luck settled, in %, the largest first."""
    names = [row["factor"] for row in those(found, measure) if row["total"] > 0]
    kept = [name for name in names if name == LUCK or name in [other for other in names if other != LUCK][:FOLLOWED]]
    frame = found.convergence[found.convergence["measure"] == measure]
    return [_settling(frame[frame["factor"] == name], name) for name in kept]


def _settling(frame: pd.DataFrame, name: str) -> Settling:
    columns = ([100 * float(value) for value in frame[column]] for column in ("total", "total_low", "total_high"))
    return Settling(headed(name), list(map(int, frame["samples"])), *columns)


def _settled(found: Sobol, measure: str) -> Exhibit:
    these = followed(found, measure)
    axis = "Up: total index, % of the variance of one year. Across: base samples"
    frame = found.convergence[found.convergence["measure"] == measure]
    return Exhibit(
        f"sobol-{measure}-convergence",
        f"{MEASURES[measure].label}: {settled_sentence(found, measure)[0].lower()}{settled_sentence(found, measure)[1:-1]}",
        f"{settled_sentence(found, measure)} A band that still narrows or moves at the right asks for more base samples.",
        settling(these, axis),
        _frame([_convergence_row(row) for row in rows(frame)]),
        "Total index at a quarter of the base samples, at half, and at all, with 95% bootstrap intervals as bands",
        settling(these, axis, narrow=True),
    )


def _convergence_row(row: Row) -> dict[str, Any]:
    return {"Factor": headed(row["factor"]), "Key": row["factor"], "Base samples": row["samples"], **_percent(row)}


def _frame(table: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(tidied(table))


def _table_row(found: Sobol, row: Row) -> dict[str, Any]:
    return {
        "Rank": row["rank"],
        "Factor": headed(row["factor"]),
        "What it is": described(found, row["factor"]),
        "Key": row["factor"],
        **_percent(row),
        "Base samples": row["n"],
        "Rests on": rests_on(found, row["factor"]),
    }


def _percent(row: Row) -> dict[str, float]:
    return {
        "Alone (%)": 100 * row["first"],
        "95% from (alone)": 100 * row["first_low"],
        "95% to (alone)": 100 * row["first_high"],
        "In all (%)": 100 * row["total"],
        "95% from (in all)": 100 * row["total_low"],
        "95% to (in all)": 100 * row["total_high"],
    }
