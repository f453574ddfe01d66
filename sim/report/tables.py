"""The tables of the report, made from the frames of a result."""

from __future__ import annotations

from collections.abc import Iterable

from ..experiment.comparison import Result, headlines
from ..outcomes.catalogue import GROUPS, MEASURES
from .answer import group_rows
from .gloss import AT_RISK, GLOSS, direction, seen
from .levers import Lever
from .loss import WHO
from .numbers import LEAST
from .panels import group_name
from .provenance import columns, titles, with_intervals
from .rows import Row
from .rows import rows as rows_in
from .sentence import MARKS, ONE_RUN, change, digits, plain, said, signed
from .table import Cell, Table, cells, tidy
from .units import POINTS, wording

FIXED_SPLITS = ("care", "report")
GRADE_SPLIT = ("grade given",)


def verdict_cell(row: Row) -> Cell:
    """The verdict with its shape."""
    verdict = said(row)
    return Cell("no interval" if verdict == ONE_RUN else verdict, mark=MARKS[verdict])


def unit_cell(measure: str) -> Cell:
    """The unit, with the side that is better."""
    known = MEASURES[measure]
    return Cell(wording(known).unit, below=direction(known))


def estimate_cell(row: Row, at_least: int = LEAST) -> Cell:
    """An estimate with its interval; where a rare outcome was not seen, that and the limit."""
    return Cell("none seen", below=row["note"][0].upper() + row["note"][1:]) if row.get("note") else Cell(plain(row, at_least))


def measure_cell(measure: str) -> Cell:
    """The label, with what it means and whether anyone could observe it."""
    known = MEASURES[measure]
    gloss = GLOSS.get(measure, known.formula)
    return Cell(known.label, below=f"{gloss} {seen(known)[0].upper()}{seen(known)[1:]}." if measure in GLOSS else f"{gloss} ({seen(known)})")


def comparison_table(result: Result, scenario: str, measures: Iterable[str], id: str, caption: str) -> Table:
    """Measures of the baseline and of one other scenario, with the difference and the verdict."""
    chosen = list(measures)
    baseline, named = result.names[0], titles(result)
    held = {(row["scenario"], row["measure"]): row for row in rows_in(result.measures) if row["measure"] in chosen}
    found = {row["measure"]: row for row in rows_in(result.differences) if row["scenario"] == scenario and row["measure"] in chosen}
    rows = [
        cells(
            measure_cell(measure),
            unit_cell(measure),
            estimate_cell(held[baseline, measure], digits(found[measure])),
            estimate_cell(held[scenario, measure], digits(found[measure])),
            signed(found[measure]),
            verdict_cell(found[measure]),
        )
        for measure in chosen
    ]
    header = ("Measure", "Unit", f"{named[baseline]} (baseline)", named[scenario], "Difference", "Verdict")
    data = tidy((found[measure] for measure in chosen), columns(result))
    return Table(id, caption, header, rows, frozenset({2, 3, 4}), f"{id}.csv", data)


def single_table(result: Result, measures: Iterable[str], id: str, caption: str) -> Table:
    """Measures of a scenario that stands alone."""
    chosen = list(measures)
    held = {row["measure"]: row for row in rows_in(result.measures) if row["measure"] in chosen}
    rows = [cells(measure_cell(measure), unit_cell(measure), estimate_cell(held[measure])) for measure in chosen]
    data = tidy((held[measure] for measure in chosen), columns(result))
    return Table(id, caption, ("Measure", "Unit", titles(result)[result.names[0]]), rows, frozenset({2}), f"{id}.csv", data)


def headline_tables(result: Result) -> list[Table]:
    """The ten headlines: a table for each scenario that is compared, or one."""
    ten = list(dict.fromkeys(headlines(result.measures)["measure"]))
    if len(result.names) == 1:
        return [single_table(result, ten, "headlines", f"The ten headline measures, {with_intervals(result)}")]
    named = titles(result)
    return [
        comparison_table(result, name, ten, f"headlines-{place}", f"The ten headline measures, {with_intervals(result)}: {named[name]}")
        for place, name in enumerate(result.names[1:], start=1)
    ]


def at_risk_tables(result: Result) -> list[Table]:
    """The three headlines that are given per 1,000 children at risk as well."""
    if len(result.names) == 1:
        return [single_table(result, AT_RISK, "at-risk", "For 1,000 children at risk a year")]
    named = titles(result)
    return [
        comparison_table(result, name, AT_RISK, f"at-risk-{place}", f"For 1,000 children at risk a year: {named[name]}")
        for place, name in enumerate(result.names[1:], start=1)
    ]


def figure_table(result: Result) -> Table:
    """What the headline figure shows, as it shows it."""
    if len(result.names) == 1:
        rows = rows_in(headlines(result.measures))
        body = [cells(row["label"], wording(MEASURES[row["measure"]]).unit, plain(row)) for row in rows]
        header: tuple[str, ...] = ("Measure", "Unit", "Estimate")
    else:
        rows = rows_in(headlines(result.differences))
        body = [cells(row["label"], row["scenario"], _difference_unit(row), signed(row), verdict_cell(row)) for row in rows]
        header = ("Measure", "Scenario", "Unit", "Difference", "Verdict")
    numeric = frozenset({header.index("Estimate" if "Estimate" in header else "Difference")})
    return Table("figure-headlines", "The figure as a table", header, body, numeric, "headline-figure.csv", tidy(rows, columns(result)))


def group_table(result: Result, scenario: str, splits: tuple[str, ...], id: str, caption: str) -> Table:
    """All ten headlines by group."""
    rows = group_rows(result, scenario, splits)
    data = tidy(rows, columns(result))
    if len(result.names) == 1:
        body = [cells(MEASURES[row["measure"]].label, group_name(row), _unit(row), plain(row), f"{row['observed']:,}") for row in rows]
        return Table(id, caption, ("Measure", "Group", "Unit", "Estimate", "Number, all runs"), body, frozenset({3, 4}), f"{id}.csv", data)
    body = [
        cells(MEASURES[row["measure"]].label, group_name(row), _difference_unit(row), signed(row), verdict_cell(row), f"{row['observed']:,}")
        for row in rows
    ]
    return Table(id, caption, ("Measure", "Group", "Unit", "Difference", "Verdict", "Number, all runs"), body, frozenset({3, 5}), f"{id}.csv", data)


def _difference_unit(row: Row) -> str:
    """The unit of a difference: that of a share is percentage points."""
    return POINTS if MEASURES[row["measure"]].unit == "%" else _unit(row)


def _unit(row: Row) -> str:
    return wording(MEASURES[row["measure"]]).unit


def loss_table(result: Result, found: list[Row], id: str, caption: str) -> Table:
    """Everything that is likely worse: who it touches, from what to what, and the change in words."""
    by_group = bool(found) and "split" in found[0]
    held = {_key(row): row for row in rows_in(result.splits if by_group else result.measures)}
    body = []
    for row in found:
        who = group_name(row) if by_group else _capital(WHO.get(MEASURES[row["measure"]].group, "children, by group"))
        ends = (held[_key({**row, "scenario": scenario})] for scenario in (result.names[0], row["scenario"]))
        before, after = (wording(MEASURES[row["measure"]]).amount(plain({**end, "note": ""}, digits(row)).split(" (")[0]) for end in ends)
        body.append(cells(MEASURES[row["measure"]].label, who, before, after, change(row)))
    return Table(id, caption, ("Measure", "Who or what", "From", "To", "Change"), body, frozenset(), f"{id}.csv", tidy(found, columns(result)))


def _key(row: Row) -> tuple[str, ...]:
    return (row["scenario"], row["measure"], row.get("split", ""), row.get("group", ""))


def lever_table(result: Result, found: list[Lever], before: str, after: str, id: str, caption: str) -> Table:
    """The values that differ."""
    body = [cells(Cell(one.words, below=one.path), one.before, one.after, one.span, Cell(_capital(one.rests_on))) for one in found]
    header = ("What differs", before, after, "Range thought possible", "Rests on")
    data = tidy(({"path": one.path, "what": one.words, before: one.before, after: one.after, "range": one.span} for one in found), columns(result))
    return Table(id, caption, header, body, frozenset(), f"{id}.csv", data)


def every_table(result: Result) -> list[Table]:
    """All measures, a table for each group: every scenario, and every difference with its verdict."""
    held = {(row["scenario"], row["measure"]): row for row in rows_in(result.measures)}
    found = {(row["scenario"], row["measure"]): row for row in rows_in(result.differences)} if len(result.names) > 1 else {}
    named = titles(result)
    header = ("Measure", "Unit", *(named[name] for name in result.names), *(f"Difference: {named[name]}" for name in result.names[1:]))
    tables = []
    for place, group in enumerate(GROUPS):
        body = []
        for measure in group.measures:
            finest = max((digits(found[name, measure.id]) for name in result.names[1:]), default=LEAST)
            each = [estimate_cell(held[name, measure.id], finest) for name in result.names]
            differences = []
            for name in result.names[1:]:
                row = found[name, measure.id]
                cell = verdict_cell(row)
                differences.append(Cell(signed(row), below=f"{cell.mark} {cell.text}"))
            body.append(cells(measure_cell(measure.id), unit_cell(measure.id), *each, *differences))
        tables.append(Table(f"all-{place}", group.name, header, body, frozenset(range(2, len(header)))))
    return tables


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
