"""Published figures and what the model gives: the table for a terminal, and the exhibit with every band."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from ..calibrate.validation import Validation
from . import study
from .bands import EMPTY, INSIDE, NEAR, OUTSIDE, Groups, Held, draw, halves, held, places_of, simulated
from .exhibit import Exhibit
from .numbers import listed, with_interval
from .provenance import line
from .rows import Row
from .rows import rows as rows_in
from .terminal import WIDTH, columns

if TYPE_CHECKING:
    import pandas as pd

THEMES = {
    "How often, and who": ("EP", "CR", "RP"),
    "How long": ("DU",),
    "How it ended": ("FO",),
    "Grades, harm and exploitation": ("RK", "HM", "CS"),
    "After the return, and workload": ("RH", "SC", "PO"),
}
"""Where a figure belongs, by the letters that its evidence id begins with."""

SHORT = {INSIDE: "yes", NEAR: "near", OUTSIDE: "no", EMPTY: "empty"}
TOLD = {
    INSIDE: "lie within their bands",
    NEAR: "lie outside but with an interval that reaches the band",
    OUTSIDE: "lie outside with the whole of their interval",
    EMPTY: "had nothing to be measured on",
}
NAMED_UP_TO = 3


def text(found: Validation) -> str:
    """The table, with what it comes to."""
    rows = []
    for row in rows_in(found.table):
        one = held(row)
        band = with_interval(row["published"], row["low"], row["high"], at_least=places_of(row))
        rows.append((f"{one.quantity}, {row['unit']}", band, simulated(row), "set" if _set(row) else SHORT[one.where]))
    table = columns(("Figure", "Published (band)", "Simulated (95%)", "In band"), rows, (47, 20, 20, 7), "<<<<")
    outside = [held(row).quantity for row in rows_in(found.table) if row["id"] in found.misses]
    said = [
        f"{message(found)}.",
        kept_back(found),
        *([f"Outside: {'; '.join(outside)}."] if outside else []),
        "near: the mean lies outside, but its 95% interval reaches the band. set: a value of the model was set to this figure, so it proves nothing.",
        f"Check: {found.identity}.",
        line(found),
    ]
    told = [part for sentence in said for part in wrap(sentence, WIDTH)]
    read = [part for sentence in study.sentences(found) for part in wrap(sentence, WIDTH)]
    return "\n".join([*table, "", *study.block(found), "", *read, *told])


def _set(row: Row) -> bool:
    return bool(row["kind"] == "input")


def message(found: Validation) -> str:
    """How many of the figures that were not set lie within their bands."""
    those = [row for row in rows_in(found.table) if not _set(row)]
    inside = sum(bool(row["inside"]) for row in those)
    many = f"all {len(those)}" if inside == len(those) else f"{inside} of {len(those)}" if inside else f"none of {len(those)}"
    return f"The model lies within the published band on {many} figures that it was not set to"


def kept_back(found: Validation) -> str:
    """How many of the figures that no fit may use lie within their bands: the only ones that check it."""
    those = [row for row in rows_in(found.table) if row["use"] == "validate" and not _set(row)]
    return f"Of the {len(those)} that are kept back from every fit, {sum(bool(row['inside']) for row in those)} lie within their bands."


def summary(found: Validation) -> str:
    """What the figures are, and which lie furthest outside."""
    those = [held(row) for row in rows_in(found.table) if not _set(row)]
    counts = [sum(one.where == where for one in those) for where in TOLD]
    parts = listed([f"{'all' if n == len(those) else n} {words}" for n, words in zip(counts, TOLD.values(), strict=True) if n])
    first = f"Of {len(those)} published figures that come out of the model, {parts}."
    missed = sorted((one for one in those if one.where in (NEAR, OUTSIDE)), key=lambda one: -one.distance)[:NAMED_UP_TO]
    if not missed:
        nearest = max((one for one in those if one.where == INSIDE), key=lambda one: abs(one.mean - 0.5), default=None)
        return first if nearest is None else f"{first} Nearest to an end of its band: {_told(nearest)}."
    return f"{first} Furthest outside, in widths of the band: {'; '.join(map(_told, missed))}."


def _told(one: Held) -> str:
    return f"{one.quantity[0].lower()}{one.quantity[1:]}, published {one.published}, simulated {one.simulated}"


def exhibits(found: Validation) -> list[Exhibit]:
    """Each published figure that the model was not set to, with its band, and the simulated mean with its interval."""
    groups = themes(found.table)
    ends = "" if found.replications < 2 else f", the bar its 95% interval over {found.replications:,} replications"
    subtitle = f"Every band is drawn to the same width. The short upright line is the published figure, the mark the simulated mean{ends}"
    wide, narrow = draw(halves(groups), 56), draw([groups], 48)
    return [Exhibit("validation", message(found), summary(found), wide, shown(found.table), subtitle, narrow)]


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """The table under names that a reader understands; the figures to which a value was set are in it too, and marked."""
    import pandas as pd

    rows = []
    for row in rows_in(table):
        rows.append(
            {
                "Figure": held(row).quantity,
                "Unit": "hours" if row["unit"] == "h" else row["unit"],
                "Published": row["published"],
                "Band from": row["low"],
                "Band to": row["high"],
                "Simulated": row["simulated"],
                "95% interval from": row["simulated_low"],
                "95% interval to": row["simulated_high"],
                "Where it lies": held(row).where,
                "Why": "a value was set to it" if _set(row) else "comes out of the model",
                "Evidence": row["id"],
            }
        )
    return pd.DataFrame(rows)


def themes(table: pd.DataFrame) -> Groups:
    """The figures that the model was not set to, by theme."""
    found: Groups = {}
    for row in rows_in(table):
        theme = next((name for name, letters in THEMES.items() if row["id"][:2] in letters), "Other figures")
        if not _set(row):
            found.setdefault(theme, []).append(held(row))
    return found
