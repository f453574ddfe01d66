"""The board paper of an explanation: which cause makes how much of a difference."""

from __future__ import annotations

from math import isnan

from ..experiment.attribution import Explanation
from ..outcomes.catalogue import MEASURES
from . import explain as room
from .explain_words import less, message, overview_message, parts, shares_of, summary, total_of
from .levers import Lever, levers
from .numbers import counted, number
from .panels import Line
from .paper import ITEM, LEVERS, SENTENCE, Grid, Part, assumptions
from .phrases import capital, intervals, low_first, unit_of
from .provenance import quoted
from .rows import Row
from .rows import rows as rows_in
from .sentence import in_words, said, signed
from .short import cut
from .strips import Strips, differences
from .terminal import labelled

ROWS, CAUSES = 10, 12
"""So many measures stand in the table, and so many causes in the figure."""


def part(found: Explanation, explained: None) -> Part:
    """What the paper says."""
    a, b = quoted(found)[found.a.name], quoted(found)[found.b.name]
    first = found.measures[0]
    lead = f"{overview_message(found)}." if len(found.measures) > 1 else f"{message(found, first)}."
    differ = levers(found.a, found.b)
    cost = total_of(found, "W8") if "W8" in found.measures else None
    counts = f"Of the {counted(len(differ), 'value')} that differ{'' if len(differ) != 1 else 's'},"
    largest = shares_of(found, first)[:LEVERS]
    causes = tuple(cut(f"{capital(str(row['title']))}: {_holds(found, str(row['lever']), differ)}", ITEM) for row in largest)
    rest = f"; those that make the largest parts of {low_first(MEASURES[first].label)} are" if len(found.causes) > len(causes) else ""
    return Part(
        title=room.title(found),
        question=f"What makes the difference between {a} and {b}, and how much of it is due to what?",
        answers=(cut(lead, SENTENCE), *(cut(parts(found, id), SENTENCE) for id in found.measures[:1])),
        grid=_grid(found),
        strips=_strips(found, first),
        figure=f"{MEASURES[first].label}: parts of the difference, {less(found)}",
        explains=(f"{counted(len(found.causes), 'cause')} {'differs' if len(found.causes) == 1 else 'differ'}{rest}:", causes),
        cost=(f"{MEASURES['W8'].label}: {in_words(cost)}." if cost is not None else NO_COST,),
        assumed=assumptions(differ, counts),
    )


def _holds(found: Explanation, id: str, differ: list[Lever]) -> str:
    """What a cause changes, in words."""
    paths = next(cause.paths for cause in found.causes if cause.id == id)
    return "; ".join(f"{low_first(one.words)}, {one.before}, then {one.after}" for one in differ if one.path in paths)


NO_COST = "Cost was not among the measures of this experiment (add --measure W8)."


def _grid(found: Explanation) -> Grid:
    """A row for each measure: the difference, and the largest cause."""
    rows = []
    for total in rows_in(found.totals)[:ROWS]:
        id = str(total["measure"])
        rows.append((labelled(id), signed(total), said(total), _largest(found, id)))
    more = len(found.measures) - len(rows)
    caption = f"The difference, {less(found)}, and its largest cause, {intervals(found)}"
    caption += f"; {counted(more, 'further measure')} in the report" if more else ""
    header = ("Measure", "Difference (95% interval)", "Verdict", "Largest cause")
    return Grid(cut(caption, SENTENCE), header, rows, (5.0, 4.2, 2.6, 5.2), frozenset({1}))


def _largest(found: Explanation, measure: str) -> str:
    first = found.leading(measure)
    rows = [row for row in shares_of(found, measure) if row["lever"] in first]
    if not rows:
        return "none stands out"
    if len(rows) > 1:
        return f"{counted(len(rows), 'cause')} that cannot be told apart"
    row = rows[0]
    share = "" if isnan(row["of_total"]) else f", {number(row['of_total'], 0)}%"
    return cut(f"{capital(row['title'])}{share}", 60)


def _strips(found: Explanation, measure: str) -> Strips:
    """The shares of one measure and the whole."""
    rows = shares_of(found, measure)
    lines = [(cut(capital(str(row["title"])), 40), [_line(found, measure, row)]) for row in rows[:CAUSES]]
    lines.append(("The whole difference", [_line(found, measure, total_of(found, measure))]))
    return differences(lines, f"{capital(unit_of(measure))}, with 95% intervals", summary(found, measure))


def _line(found: Explanation, measure: str, row: Row) -> Line:
    return Line("", row["estimate"], row["low"], row["high"], said({**row, "measure": measure, "verdict": ""}))
