"""A tornado in words, as a table for a terminal, and drawn: for each measure the parameters that move it furthest."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from ..experiment.tornado import Tornado
from ..outcomes.catalogue import MEASURES
from ..outcomes.interval import mean_interval
from .exhibit import Exhibit
from .factor import STAR, STARRED, barely, briefly, called, described, headed, left_out, marked, paragraphs, rests_on, tidied, valued
from .numbers import counted, listed, number, span, spelled
from .provenance import line, with_intervals
from .rows import Row, rows
from .sentence import EMPTY, ONE_RUN, SAME, UNCLEAR, amount, change, said, signed
from .terminal import columns
from .twin_bars import NARROW, WIDE, Bar, Twin, twin_bars
from .units import wording

if TYPE_CHECKING:
    import pandas as pd

DRAWN = 15
"""Parameters in a figure; the table holds all."""
PRINTED, PRINTED_OF_MANY = 15, 5
"""Parameters of a measure on a terminal, and where more than two measures are asked for."""
SAME_AS = "as it is"
SPREAD = "Spread: how far the mean moves over low end, as it is, and high end. Shares are of the variances over these three, which add up."

Pair = tuple[Row, Row]
"""The low and the high end of a parameter."""


def pairs(found: Tornado, measure: str) -> list[Pair]:
    """The parameters by their spread, widest first."""
    those = rows(found.bars[found.bars["measure"] == measure])
    return list(zip(those[::2], those[1::2], strict=True))


def is_told(pair: Pair) -> bool:
    """Does either end differ from the scenario as it is by more than luck explains?"""
    return any(said(row) not in (UNCLEAR, SAME, EMPTY, ONE_RUN) for row in pair)


def text(found: Tornado) -> str:
    """For each measure the parameters that move it furthest, and what rests on assumptions."""
    most = PRINTED if len(found.measures) <= 2 else PRINTED_OF_MANY
    blocks = [_block(found, measure, most) for measure in found.measures]
    out = left_out(found)
    return "\n\n".join([*blocks, "\n".join(paragraphs(f"{STARRED}. {SPREAD}", f"{out[0].upper()}{out[1:]}." if out else "", line(found)))])


def _block(found: Tornado, measure: str, most: int) -> str:
    these = pairs(found, measure)
    head = ("Parameter", "Low", "Less or more (95%)", "High", "Less or more (95%)")
    shown = [_printed(found, pair) for pair in these[:most]]
    table = columns(head, shown, (28, 10, 22, 10, 22), "<><><")
    more = f"{counted(len(these) - most, 'more parameter')} with smaller spreads." if len(these) > most else ""
    return "\n".join([*paragraphs(f"{_unit_head(measure)}. {standing(found, measure)}"), "", *table, *paragraphs(more, summary(found, measure))])


def _printed(found: Tornado, pair: Pair) -> tuple[str, ...]:
    name = headed(pair[0]["parameter"]) + (f" {STAR}" if pair[0]["assumed"] else "")
    values = [barely(row["parameter"], found.settings[row["parameter"], row["end"]]) or row["end"] for row in pair]
    cells = [(value, _moved(row) if row["simulated"] else SAME_AS) for value, row in zip(values, pair, strict=True)]
    return (name, *cells[0], *cells[1])


def _moved(row: Row) -> str:
    """A difference with its interval, or that it has none: a run that was stopped may have an end in one replication only."""
    return f"{signed(row)}, {ONE_RUN}" if said(row) == ONE_RUN else signed(row)


def _unit_head(measure: str) -> str:
    known = MEASURES[measure]
    return f"{known.label} ({wording(known).unit})"


def _of(measure: str) -> str:
    """What a difference is of: hours, percentage points, £."""
    words = wording(MEASURES[measure])
    return words.of or words.unit


def standing(found: Tornado, measure: str) -> str:
    """The measure in the scenario as it is."""
    here = mean_interval(found.values.of(measure)[0])
    row = {"measure": measure, "estimate": here.estimate, "low": here.low, "high": here.high, "n": here.n}
    return f"{SAME_AS.capitalize()}: {amount(row)}."


def exhibits(found: Tornado) -> list[Exhibit]:
    """A figure for each measure."""
    return [_exhibit(found, measure) for measure in found.measures]


def _exhibit(found: Tornado, measure: str) -> Exhibit:
    these = pairs(found, measure)
    twins = [_twin(found, pair) for pair in these[:DRAWN]]
    unit = _of(measure)
    axis = f"{unit[0].upper()}{unit[1:]}, difference from the scenario as it is"
    drawn = f"; {DRAWN} of {len(these)} parameters drawn" if len(these) > DRAWN else ""
    out = f"; {left_out(found)}" if found.choices else ""
    subtitle = f"Each parameter alone at either end of its range, less the scenario as it is, {with_intervals(found)}{drawn}{out}"
    told, table = summary(found, measure), _table(found, these, unit)
    wide, narrow = twin_bars(twins, axis, WIDE), twin_bars(twins, axis, NARROW)
    return Exhibit(f"tornado-{measure}", message(found, measure), told, wide, table, subtitle, narrow)


def _twin(found: Tornado, pair: Pair) -> Twin:
    low, high = pair
    path = low["parameter"]
    values = [_value(found, row) for row in pair]
    here = briefly(path, found.standing[path])
    told = f"low {values[0]} · high {values[1]} · now {here}" if all(values) else "a list, all of it low or all of it high"
    bars = [Bar(row["end"] if row["simulated"] else f"{row['end']}: {SAME_AS}", row["estimate"], row["low"], row["high"]) for row in (low, high)]
    return Twin(f"{marked(path, low['assumed'])}: {told}", (bars[0], bars[1]))


def _value(found: Tornado, row: Row) -> str:
    return briefly(row["parameter"], found.settings[row["parameter"], row["end"]])


def message(found: Tornado, measure: str) -> str:
    """Which parameter moves the measure furthest, and how far."""
    these, label = pairs(found, measure), MEASURES[measure].label
    if not these or isnan(these[0][0]["spread"]):
        return f"{label}: there was nothing to measure at an end of every range"
    if these[0][0]["spread"] == 0:
        return f"{label}: no parameter that was varied changes it"
    first = these[0]
    told = listed([f"{change(row)} {_at(found, row)}" for row in first if row["simulated"]])
    if not any(map(is_told, these)) and found.replications > 1:
        return f"{label}: no parameter moves it by more than luck explains; {called(first[0]['parameter'])} comes first"
    return f"{label}: moved furthest by {called(first[0]['parameter'])}, {told}"


def _at(found: Tornado, row: Row) -> str:
    value = found.settings[row["parameter"], row["end"]]
    return f"at the {row['end']} end" if isinstance(value, tuple) else f"at {valued(row['parameter'], value)}"


def summary(found: Tornado, measure: str) -> str:
    """How many parameters move the measure at all, which most; and how much of it rests on assumptions."""
    these = pairs(found, measure)
    moving = [pair for pair in these if is_told(pair)]
    names = listed([called(pair[0]["parameter"]) for pair in moving[:3]])
    count = counted(len(these), "parameter")
    if found.replications < 2:
        first = f"One replication of {count} gives no intervals, so that nothing can be told from luck."
    elif not moving:
        first = f"Of {count}, none moves it by more than luck explains at either end of its range."
    else:
        verb = "moves" if len(moving) == 1 else "move"
        most = f"furthest of all {names}" if len(moving) > 1 else f"which is {names}"
        ends = sum(row["simulated"] for pair in these for row in pair)
        chance = f"of {counted(ends, 'end')} up to {spelled(max(round(0.05 * ends), 1))} would seem to by luck alone"
        first = f"Of {count}, {spelled(len(moving))} {verb} it by more than luck explains, {most} ({chance})."
    return f"{first} {assumed_sentence(found, measure)}"


def assumed_sentence(found: Tornado, measure: str) -> str:
    """What share of what moves the measure rests on assumptions without a source, in words."""
    share = next(row for row in rows(found.shares) if row["measure"] == measure)
    if isnan(share["estimate"]):
        return "How much of what moves it rests on assumptions without a source cannot be told from luck."
    interval = "" if isnan(share["low"]) else f" ({span(100 * share['low'], 100 * share['high'], 0)}%)"
    count = f"{share['assumed']} of {share['parameters']}"
    return f"Assumptions without a source, {count}, account for {number(100 * share['estimate'], 0)}%{interval} of what moves it (by variance)."


def _table(found: Tornado, these: list[Pair], unit: str) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(tidied([_table_row(found, row, unit) for pair in these for row in pair]))


def _table_row(found: Tornado, row: Row, unit: str) -> dict[str, Any]:
    path = row["parameter"]
    return {
        "Rank": row["rank"],
        "Parameter": headed(path),
        "What it is": described(found, path),
        "Key": path,
        "End of range": row["end"],
        "Value": valued(path, found.settings[path, row["end"]]),
        "As it is": valued(path, found.standing[path]),
        f"Difference ({unit})": row["estimate"],
        "95% from": row["low"],
        "95% to": row["high"],
        "Verdict": said(row) if row["simulated"] else SAME_AS,
        f"Spread ({unit})": row["spread"],
        "Rests on": rests_on(found, path),
    }
