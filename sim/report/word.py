"""A board paper as a Word file: A4, real styles and headings, a table with a marked header row, a figure with alternative text, British English.

Text goes in as text: what a title says is never taken for a formula, a field or markup. There are no empty paragraphs; space belongs to styles.
"""

from __future__ import annotations

from datetime import date, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from ..experiment.findings import Findings
from ..experiment.writing import put
from ..scenario.errors import Problem, ScenarioError
from . import strip_picture
from .figures import BLUE
from .paper import OPTION, Grid, Paper, paper
from .short import clean
from .word_fit import size
from .word_style import british, named_properties, page_numbers, settle, shade_header, table_look

HEADS = {
    "question": "The question",
    "answer": "The answer",
    "table": "What changes",
    "explains": "What explains it",
    "cost": "Cost",
    "sure": "How sure this is",
    "assumed": "Assumptions that matter",
    "limits": "Limits of use",
    "provenance": "Where it comes from",
}
"""The headings in their order, by what stands under them."""
LONGEST_ALT = 1_500
"""Letters of an alternative text."""


def write(findings: Findings, path: str | Path, explained: Findings | None = None, written: date | None = None) -> Path:
    """Write the paper to `path`, and return it. Raises OSError, and ScenarioError for a kind that has no paper, for an explanation of something else,
    and if a package that it needs is not installed; a file that was there before is then as it was."""
    path = Path(path)
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder; name a file", str(path))
    when = written or date.today()
    library()
    content = document(paper(findings, when, explained), when)
    return put(path, lambda aside: aside.write_bytes(content))


def library() -> Any:
    """The package that writes Word files. Raises ScenarioError if it, or the one that draws, is not installed."""
    strip_picture.library(OPTION)
    try:
        return import_module("docx")
    except ImportError:
        raise ScenarioError(Problem("", None, OPTION, "python-docx is not installed", "in the repository: pip install -e '.[report]'")) from None


def document(told: Paper, written: date) -> bytes:
    """The whole file."""
    part, sheet = told.part, _Sheet(library().Document())
    points, apart = size(told)
    settle(sheet.document, points)
    british(sheet.document)
    named_properties(sheet.document, clean(part.title), told.provenance, datetime(written.year, written.month, written.day))
    page_numbers(sheet.document, clean(told.status))
    sheet.text(part.title, "Title")
    sheet.text(told.status, "Subtitle")
    sheet.head("question")
    sheet.text(part.question)
    sheet.head("answer")
    for answer in part.answers:
        sheet.text(answer, "Intense Quote")
    sheet.head("table")
    sheet.table(part.grid)
    sheet.figure(part.figure, strip_picture.picture(part.strips), part.strips.summary)
    sheet.head("explains").paragraph_format.page_break_before = apart
    sheet.listed(*part.explains)
    sheet.head("cost")
    for sentence in part.cost:
        sheet.text(sentence)
    sheet.head("sure")
    sheet.text(told.sure)
    sheet.head("assumed")
    sheet.listed(*part.assumed)
    sheet.head("limits")
    sheet.listed("", told.limits)
    sheet.head("provenance")
    sheet.text(told.provenance)
    content = BytesIO()
    sheet.document.save(content)
    return content.getvalue()


class _Sheet:
    """Puts paragraphs, the table and the figure into a document."""

    def __init__(self, document: Any) -> None:
        self.document = document

    def head(self, key: str) -> Any:
        """A heading."""
        return self.document.add_heading(HEADS[key], level=1)

    def text(self, words: str, style: str = "Normal") -> Any:
        """A paragraph."""
        return self.document.add_paragraph(clean(words), style=style)

    def listed(self, lead: str, items: tuple[str, ...]) -> None:
        """Words that lead to a list, and the list."""
        if lead:
            self.text(lead).paragraph_format.keep_with_next = bool(items)
        for item in items:
            self.text(item, "List Bullet")

    def table(self, grid: Grid) -> None:
        """The caption, then the table."""
        shared = import_module("docx.shared")
        self.text(grid.caption, "Caption").paragraph_format.keep_with_next = True
        table = self.document.add_table(rows=1 + len(grid.rows), cols=len(grid.header))
        table_look(table, grid.caption, [shared.Cm(width) for width in grid.widths])
        for row, texts in zip(table.rows, (grid.header, *grid.rows), strict=True):
            for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                self._cell(cell, text, column in grid.numeric)
        shade_header(table, BLUE.lstrip("#"))

    def _cell(self, cell: Any, text: str, right: bool) -> None:
        """The text of a cell, its lines below one another, numbers to the right."""
        enum = import_module("docx.enum.text")
        paragraph = cell.paragraphs[0]
        paragraph.style = self.document.styles["Table Text"]
        for number, line in enumerate(text.split("\n")):
            run = paragraph.add_run(clean(line) or "not given")
            if number == 0 and "\n" in text:
                run.add_break()
        if right:
            paragraph.alignment = enum.WD_ALIGN_PARAGRAPH.RIGHT

    def figure(self, title: str, content: bytes, alternative: str) -> None:
        """The figure's title, and the picture with the words that stand for it."""
        shared = import_module("docx.shared")
        self.text(title, "Caption").paragraph_format.keep_with_next = True
        paragraph = self.document.add_paragraph(style="Figure")
        shape = paragraph.add_run().add_picture(BytesIO(content), width=shared.Cm(strip_picture.WIDTH))
        properties = shape._inline.docPr
        properties.set("name", "Figure 1")
        properties.set("title", clean(title)[:LONGEST_ALT])
        properties.set("descr", clean(alternative)[:LONGEST_ALT])
