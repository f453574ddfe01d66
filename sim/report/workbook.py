"""An Excel workbook of findings: notes first, then a sheet for each table, as official statistics are released in spreadsheets.

One table a sheet, marked up as a table, with one header row, no merged cell, no empty row and no empty cell. Numbers are numbers; text is never taken
for a formula or a link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib import import_module
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..experiment.findings import Findings
from ..experiment.writing import put
from ..outcomes.catalogue import MEASURES
from ..scenario.errors import Problem, ScenarioError
from . import kinds
from .cover import CONTENTS, MISSING, NONE, cover
from .numbers import MOST_DECIMALS, decimals, places_for
from .provenance import line
from .rows import Row
from .rows import rows as rows_in
from .units import WORDINGS

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 1_048_576 - 3
LONGEST_NAME, LONGEST_TEXT = 31, 32_767
"""What a sheet, its name and a cell can hold."""
WIDTHS = (9, 46)
"""Letters in the narrowest and in the widest column."""
NOTES = "Notes"
HEADER = 2
"""The row of the header, counted from 0: the title and where the table comes from stand above it."""
INTERVAL = ("estimate", "low", "high")

HEADINGS = {
    "measure": "Measure id",
    "label": "Measure",
    "low": "95% interval: low",
    "high": "95% interval: high",
    "luck": "Half-width for luck alone",
    "unknown": "Half-width for unknown values alone",
    "n": "Replications",
    "observed": "Number, all runs",
}
"""Columns of estimates by what a reader calls them; other columns keep their names in words."""
BANDS = {
    "id": "Evidence",
    "quantity": "Figure",
    "low": "Band from",
    "high": "Band to",
    "simulated_low": "95% interval: low",
    "simulated_high": "95% interval: high",
}
"""The same for published figures."""


def write(findings: Findings, path: str | Path, written: date | None = None) -> Path:
    """Write the workbook to `path`, and return it. Raises OSError, and ScenarioError if the package for it is not installed or a table is too long;
    a file that was there before is then as it was."""
    path, content = Path(path), workbook(findings, written or date.today())
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder; name a file", str(path))
    return put(path, lambda aside: aside.write_bytes(content))


def workbook(findings: Findings, written: date) -> bytes:
    """The whole workbook. Raises ScenarioError."""
    sheets = named_sheets(findings.tables)
    xlsxwriter, content = library(), BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, plain) as book:
        about = {"title": kinds.title(findings), "subject": "Simulated data", "author": "missing-sim", "comments": line(findings)}
        book.set_properties(about | {"created": datetime(written.year, written.month, written.day)})
        page = _Book(book, line(findings))
        page.sheet(NOTES, "Notes", ("About", "Text"), [dict(zip(("About", "Text"), pair, strict=True)) for pair in cover(findings, sheets, written)])
        for name, frame in sheets.items():
            title = f"{name}: {CONTENTS[name]}" if name in CONTENTS else name
            page.sheet(name, title, headings(list(map(str, frame.columns))), rows_in(frame))
    return content.getvalue()


def library() -> Any:
    """The package that writes workbooks. Raises ScenarioError if it is not installed."""
    try:
        return import_module("xlsxwriter")
    except ImportError:
        raise ScenarioError(Problem("", None, "--excel", "XlsxWriter is not installed", "in the repository: pip install -e '.[report]'")) from None


def named_sheets(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables that have rows, by names that a sheet may have, each once. Raises ScenarioError if one is longer than a sheet."""
    found: dict[str, pd.DataFrame] = {}
    taken = {NOTES.lower(), "history"}
    for name, frame in tables.items():
        if len(frame) > MOST_ROWS:
            what = f'table "{name}" has {len(frame):,} rows, more than a sheet can hold ({MOST_ROWS:,})'
            raise ScenarioError(Problem("", None, "--excel", what, "write the tables as files: --tables FOLDER --format parquet"))
        if len(frame):
            words = re.sub(r"[\[\]:*?/\\']", "-", name).replace("_", " ")
            found[_once(words[:1].upper() + words[1:], taken)] = readable(frame)
    return found


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with its units in words, and with what its measures are called."""
    found = frame.copy()
    if "unit" in found:
        found["unit"] = [WORDINGS[unit].unit if unit in WORDINGS else unit for unit in found["unit"]]
    if "measure" in found and "label" not in found:
        found.insert(list(found.columns).index("measure") + 1, "label", [MEASURES[id].label if id in MEASURES else id for id in found["measure"]])
    return found


def _once(name: str, taken: set[str]) -> str:
    """The name, cut to the length of a sheet's, with a number if it is taken already; upper and lower case are one."""
    cut, number = name[:LONGEST_NAME], 2
    while cut.lower() in taken:
        cut, number = f"{name[: LONGEST_NAME - 4]} ({number})", number + 1
    taken.add(cut.lower())
    return cut


def headings(names: Sequence[str]) -> tuple[str, ...]:
    """What columns are called on a sheet, each once."""
    known = BANDS if "published" in names else HEADINGS if "estimate" in names else {}
    found: list[str] = []
    for name in names:
        words = name if re.search(r"[A-Z.]", name) else name.replace("_", " ").capitalize()
        given = known.get(name, words) or "Column"
        while given.lower() in (one.lower() for one in found):
            given += " (again)"
        found.append(given)
    return tuple(found)


class _Book:
    """Writes sheets that look alike."""

    def __init__(self, book: Any, source: str) -> None:
        self.book = book
        self.source = source
        self.tables: set[str] = set()
        text = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        self.heading = book.add_format({**text, "bold": True, "font_size": 14})
        self.small = book.add_format(text)
        self.text = book.add_format({**text, "text_wrap": True})
        self.right = book.add_format({**text, "align": "right"})
        self.head = book.add_format({**text, "bold": True, "text_wrap": True, "bottom": 1})
        self.digits = [book.add_format({**text, "num_format": f"#,##0{'.' * (places > 0)}{'0' * places}"}) for places in range(MOST_DECIMALS + 1)]

    def sheet(self, name: str, title: str, header: Sequence[str], rows: Sequence[Row]) -> None:
        """A title, where the table comes from, the header, and the rows."""
        page = self.book.add_worksheet(name)
        page.write_string(0, 0, title, self.heading)
        page.write_string(1, 0, self.source, self.small)
        columns = [{"header": words, "header_format": self.head} for words in header]
        table = {"name": self._table_name(name), "columns": columns, "style": None, "banded_rows": False}
        page.add_table(HEADER, 0, HEADER + len(rows), len(header) - 1, table)
        for place, row in enumerate(rows, HEADER + 1):
            for column, (key, value) in enumerate(row.items()):
                self._cell(page, place, column, value, _places(row, key))
        for column, words in enumerate(header):
            page.set_column(column, column, 110 if words == "Text" else _width(words, [list(row.values())[column] for row in rows]))
        page.freeze_panes(HEADER + 1, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEADER)

    def _table_name(self, sheet: str) -> str:
        """A name that says what the table holds and that no other has, whatever its case."""
        name = f"table_{re.sub(r'[^A-Za-z0-9_]', '_', sheet)}"
        while name.lower() in self.tables:
            name += "_"
        self.tables.add(name.lower())
        return name

    def _cell(self, page: Any, row: int, column: int, value: Any, places: int) -> None:
        if isinstance(value, bool):
            page.write_string(row, column, "yes" if value else "no", self.text)
        elif isinstance(value, int | float):
            if isfinite(value):
                page.write_number(row, column, value, self.digits[places])
            else:
                page.write_string(row, column, MISSING, self.right)
        else:
            page.write_string(row, column, (NONE if value is None or value == "" else str(value))[:LONGEST_TEXT], self.text)


def _places(row: Row, key: str) -> int:
    """The decimals with which a number of a row is shown."""
    value = row[key]
    if not isinstance(value, float) or not isfinite(value):
        return 0
    if key in INTERVAL and all(isinstance(row.get(end), float) and isfinite(row[end]) for end in INTERVAL):
        return max(places_for(row["estimate"], row["low"], row["high"]), 0)
    rounded = next((places for places in range(MOST_DECIMALS + 1) if round(value, places) == value), None)
    return decimals(0.0, value) if rounded is None else rounded


def _width(words: str, values: Sequence[Any]) -> float:
    """Letters that a column needs: its longest text, or half of its header, which may stand on several lines."""
    longest = max((len(value) if isinstance(value, str) else 10 for value in values), default=0)
    return float(min(max(longest + 1, max(map(len, words.split())) + 3, len(words) / 2, WIDTHS[0]), WIDTHS[1]))
