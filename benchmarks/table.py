"""Tables for a terminal: a heading, columns as wide as they must be, numbers to the right, three or four digits."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

Cell = str | float | int | None


def table(title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]], notes: Sequence[str] = ()) -> str:
    """One table. The first column is words, to the left; a cell that is None is left empty. Raises ValueError for a row of another length."""
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"{title}: {len(header)} columns, and a row of {len(row)}: {row}")
    shown = [[shorten(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in [list(header), *shown]) for column in range(len(header))]
    lines = [title, _line(header, widths), "-" * (sum(widths) + 2 * (len(widths) - 1)), *(_line(row, widths) for row in shown), *notes]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join([first.strip().ljust(widths[0]), *others]).rstrip()


def shorten(cell: Cell) -> str:
    """A number as people read it: 12,345, 123, 12.3, 0.0123; words as they are."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isnan(cell):
        return "none"
    if isinstance(cell, int) or abs(cell) >= 100.0:
        return f"{cell:,.0f}"
    return f"{cell:.3g}"
