"""The workbook, read back as a spreadsheet reads it: notes first, a marked-up table a sheet, real numbers, and text that stays text."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pandas as pd
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sim import __version__
from sim.experiment.comparison import Result
from sim.report import workbook
from sim.report.workbook import headings, named_sheets, readable
from sim.scenario import ScenarioError
from tests.report.conftest import HOSTILE
from tests.report.test_page import NEVER_WRITTEN

WHEN = date(2025, 6, 4)
NAN = float("nan")


def opened(result: Result) -> Workbook:
    """The workbook of a result, written and read back."""
    return openpyxl.load_workbook(io.BytesIO(workbook.workbook(result, WHEN)))


@pytest.fixture(scope="module")
def books(two, single, once, hostile) -> dict[str, Workbook]:
    """Of a comparison, of one scenario, of one replication, and of one with hostile names."""
    return {"two": opened(two), "single": opened(single), "once": opened(once), "hostile": opened(hostile)}


def every_sheet(books: dict[str, Workbook]) -> list[Worksheet]:
    """The sheets of all of them."""
    return [sheet for book in books.values() for sheet in book.worksheets]


def body(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The rows below the header."""
    return list(sheet.iter_rows(min_row=4, values_only=True))


def test_notes_come_first_and_have_a_row_for_each_sheet(books):
    """The sheet that opens is the notes; each other sheet is described there with its number of rows."""
    for book in books.values():
        notes, *others = book.worksheets
        assert (notes.title, book.active.title) == ("Notes", "Notes")
        told = dict(body(notes))
        assert len(others) >= 2
        for sheet in others:
            assert f"{len(body(sheet)):,} rows below the header in row 3" in told[f"Sheet {sheet.title}"]


def test_notes_say_what_must_be_said(books):
    """What it is, how it was made, what intervals show, where it comes from, and how far it reaches."""
    for kind, book in books.items():
        text = " ".join(str(cell) for row in body(book["Notes"]) for cell in row)
        for words in ("No record of a real child was used.", "Children cannot consent to their own abuse", "luck of the replications", "4 June 2025"):
            assert words in text
        assert f"missing-sim {__version__}" in text
        assert ("One replication shows one way" in text) == (kind == "once")
        for word in NEVER_WRITTEN:
            assert not re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE), word


def test_the_notes_hold_the_answer(two, books):
    """The same sentence as the report, and the notices."""
    from sim.report.answer import answer

    told = body(books["two"]["Notes"])
    assert ("What was found", answer(two, two.names[1])) in told
    assert [text for heading, text in body(books["hostile"]["Notes"]) if heading == "Notice"] == [f"{HOSTILE} differs."]


def test_one_marked_up_table_a_sheet(books):
    """A title, where it comes from, one header row of words that differ, a frozen header, nothing merged, nothing empty."""
    for sheet in every_sheet(books):
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes == "A4"
        (table,) = sheet.tables.values()
        width, length = sheet.max_column, sheet.max_row
        assert table.ref == f"A3:{sheet.cell(length, width).coordinate}"
        assert re.fullmatch(r"table_\w+", table.name)
        header = [cell.value for cell in sheet[3]]
        assert [column.name for column in table.tableColumns] == header
        assert len({str(words).lower() for words in header}) == len(header)
        assert sheet["A1"].value.lower().startswith(sheet.title.lower())
        assert sheet["A2"].value.startswith("Simulated data.")
        for row in sheet.iter_rows(min_row=3):
            assert all(cell.value not in (None, "") for cell in row)


def test_columns_can_be_read(books):
    """Wide enough for what they hold, with text that wraps, and on paper as wide as the page with the header on each."""
    for sheet in every_sheet(books):
        for place in range(1, sheet.max_column + 1):
            letter = openpyxl.utils.get_column_letter(place)
            assert 8 <= sheet.column_dimensions[letter].width <= 111
        assert sheet.cell(4, 1).alignment.wrap_text
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.print_title_rows == "$3:$3"


def test_numbers_are_the_numbers(two, books):
    """Every estimate and end as in the tables of the result, to the last digit, as a number with a format of its own grain."""
    for name, frame in two.tables.items():
        sheet = books["two"][name.replace("_", " ").capitalize()]
        header = [cell.value for cell in sheet[3]]
        for heading, column in (("Estimate", "estimate"), ("95% interval: low", "low"), ("95% interval: high", "high")):
            place = header.index(heading)
            held = [row[place] for row in body(sheet)]
            for value, expected in zip(held, frame[column], strict=True):
                assert value == "[x]" if expected != expected else value == pytest.approx(expected, rel=1e-15, abs=1e-300)
            assert any(isinstance(value, float) for value in held)
        formats = {cell.number_format for row in sheet.iter_rows(min_row=4) for cell in row if cell.data_type == "n"}
        assert formats <= {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000"}


def test_a_number_is_shown_to_the_grain_of_its_interval(single, books):
    """As many decimals as the interval supports, the same for the estimate and its ends."""
    sheet = books["single"]["Measures"]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[1].value == "T2")
    formats = {cell.number_format for cell in row[3:6]}
    assert len(formats) == 1
    hours = single.measures.set_index("measure").loc["T2"]
    half = 0.5 * (hours["high"] - hours["low"])
    (shown,) = formats
    assert 10.0 ** -len(shown.partition(".")[2]) <= half


def test_units_and_measures_are_in_words(books):
    """No unit that needs a key, and every measure with what it is called."""
    for sheet in every_sheet(books)[:10]:
        header = [cell.value for cell in sheet[3]]
        if "Unit" in header:
            assert "h" not in {row[header.index("Unit")] for row in body(sheet)}
            assert "Child-hours exposed" in {row[header.index("Measure")] for row in body(sheet)}


def test_what_is_missing_is_said(books):
    """One replication has no ends, and the key to the shorthand is in the notes."""
    sheet = books["once"]["Differences"]
    header = [cell.value for cell in sheet[3]]
    assert {row[header.index("95% interval: low")] for row in body(sheet)} == {"[x]"}
    assert any("[x] not available" in str(text) for _, text in body(books["once"]["Notes"]))


def test_text_is_never_a_formula_or_a_link(two):
    """Names that look like formulas, addresses or numbers are cells of text."""
    words = ["=1+1", "+1", "-1", "@SUM(A1)", "http://a.example", "mailto:a@b.example", "0012", "\x07bell", "x" * 40_000, "{=1}"]
    frame = pd.DataFrame({"=name": words, "estimate": range(len(words)), "low": NAN, "high": NAN})

    class Odd(Result):
        tables = {"=odd": frame, "a.b": frame, "a_b": frame}  # type: ignore[assignment]  # noqa: RUF012

    odd = Odd(two.plan, two.values, True, ("=2+2",))
    book = opened(odd)
    assert book.sheetnames == ["Notes", "=odd", "A.b", "A b"]
    assert len({table.lower() for sheet in book.worksheets for table in sheet.tables}) == 4
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    held = [row[0] for row in body(book["=odd"])]
    assert held[:7] == words[:7]
    assert len(str(held[8])) == 32_767
    assert book["=odd"]["A3"].value == "=name"
    assert ("Notice", "=2+2") in body(book["Notes"])


def test_sheets_have_names_that_a_workbook_allows():
    """Cut to 31 letters, without what is forbidden, told apart whatever their case, and never that of the notes; empty tables have none."""
    row = pd.DataFrame({"a": [1]})
    tables = {"notes": row, "History": row, "a/b:c?": row, "x" * 40: row, "x" * 35: row, "Measures": row, "measures": row, "empty": pd.DataFrame()}
    names = list(named_sheets(tables))
    assert names == ["Notes (2)", "History (2)", "A-b-c-", "X" + "x" * 30, "X" + "x" * 26 + " (2)", "Measures", "Measures (2)"]
    assert all(len(name) <= 31 for name in names)


def test_headings_differ_and_say_what_a_number_is():
    """The ends of an interval are called so; the ends of a published band are not."""
    assert headings(["scenario", "estimate", "low", "high"]) == ("Scenario", "Estimate", "95% interval: low", "95% interval: high")
    assert headings(["published", "low", "high", "simulated_low"]) == ("Published", "Band from", "Band to", "95% interval: low")
    assert headings(["practice.desk_based_share", "points_drawn"]) == ("practice.desk_based_share", "Points drawn")
    assert headings(["low", "Low"]) == ("Low", "Low (again)")


def test_a_table_is_made_readable_and_left_as_it_was():
    """Units in words, measures by name beside their ids; the frame that was given keeps what it had."""
    frame = pd.DataFrame({"measure": ["T2", "no measure"], "unit": ["h", "furlongs"]})
    assert readable(frame).to_dict("list") == {
        "measure": ["T2", "no measure"],
        "label": ["Time to first field action", "no measure"],
        "unit": ["hours", "furlongs"],
    }
    assert list(frame.columns) == ["measure", "unit"]


def test_a_table_that_no_sheet_can_hold_is_refused(single, monkeypatch):
    """With the table, its length and another way."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 10)
    with pytest.raises(ScenarioError, match=r"--excel: table \"measures\" has \d+ rows.*--tables FOLDER --format parquet"):
        workbook.workbook(single, WHEN)


def test_without_the_package_the_way_to_get_it_is_told(single, monkeypatch, tmp_path):
    """One clear error, and no file."""
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(ScenarioError, match=r"--excel: XlsxWriter is not installed; in the repository: pip install -e '\.\[report\]'"):
        workbook.write(single, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_same_findings_give_the_same_workbook(single):
    """Byte for byte, on the same day."""
    assert workbook.workbook(single, WHEN) == workbook.workbook(single, WHEN)
    assert workbook.workbook(single, WHEN) != workbook.workbook(single, date(2025, 6, 5))


def test_it_is_written_whole_or_not_at_all(single, tmp_path, monkeypatch):
    """A file that was there before survives a failure; a folder is refused; nothing is left beside it."""
    target = workbook.write(single, tmp_path / "a.xlsx", WHEN)
    before = target.read_bytes()
    assert openpyxl.load_workbook(target).properties.title == "England from 2017 on, usual practice"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        workbook.write(replace(single, notices=("new",)), target, WHEN)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
    with pytest.raises(OSError, match="is a folder"):
        workbook.write(single, tmp_path, WHEN)
