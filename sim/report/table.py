"""A table as a reader sees it, and the same as a file: formatted cells for the page, plain numbers for the download."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

Row = Mapping[str, Any]

FORMULA = re.compile(r"[\s\0\ufeff]*(?:[=+\-@\uff1d\uff0b\uff0d\uff20|]|%.)|[\t\r\n]", re.DOTALL)
"""How a cell begins that a spreadsheet may take for a formula; the pages of a training pack guard against the same
(pack/assets/files.js). The unit % alone is none."""


@dataclass(frozen=True)
class Cell:
    """Text, with a smaller second line if there is one."""

    text: str
    below: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Table:
    """One header row, no merged and no empty cells. The first column heads the rows; `numeric` columns are aligned to the right."""

    id: str
    caption: str
    header: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    numeric: frozenset[int] = frozenset()
    file: str = ""
    data: list[dict[str, Any]] = field(default_factory=list)

    @property
    def link(self) -> str:
        """The download as a data address, which needs neither network nor script; empty if there is nothing to download."""
        return "data:text/csv;charset=utf-8," + quote(as_csv(self.data), safe="") if self.data else ""


def cells(*texts: str | Cell) -> tuple[Cell, ...]:
    """A row. An empty text becomes "not given", as a table has no blank cells."""
    return tuple(text if isinstance(text, Cell) else Cell(text or "not given") for text in texts)


def tidy(rows: Iterable[Row], extra: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows for a file, each with the columns that say where it comes from."""
    return [{**row, **extra} for row in rows]


def as_csv(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV: numbers in full, empty where there is none, and no text that a spreadsheet would take for a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _safe(value) for key, value in row.items()} for row in rows)
    return text.getvalue()


def _safe(value: Any) -> Any:
    if isinstance(value, float) and math.isnan(value):
        return ""
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return value
