"""The files of cells of one sort (values, episodes or events) in one folder: found, checked, added to, by several processes at once if need be.

A cell has one file, but for moments in which a fuller one takes its place. Where there are two, the one with more replications counts.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .cell import Cell, Damaged, checked, checksum, decoded, encoded, numbers_column
from .writing import put

if TYPE_CHECKING:
    import pyarrow as pa

TRIES = 100
"""How often a file that another process has just replaced is looked for again."""
NUMBERS = ("replication", "run_number")
"""The column of a table that tells the replication."""


class Kept(NamedTuple):
    """A cell as it lies on the disk: its rows, its replications, and what else was written down of each replication."""

    path: Path
    table: pa.Table
    numbers: list[int]
    notes: dict[str, Any]


class CellFiles:
    """A folder of cells of one experiment. `damaged` lists the files that were not what was written; they are taken away if `tidy`."""

    def __init__(self, folder: Path, identity: str) -> None:
        self.folder = folder
        self.identity = identity
        self.tidy = False
        self.damaged: list[Path] = []

    def cells(self) -> list[Cell]:
        """Every cell that has a file, in order."""
        found = {Cell.named(path) for path in self.folder.glob("*.parquet")}
        return sorted(cell for cell in found if cell is not None)

    def others(self) -> list[Path]:
        """Whole files of another experiment."""
        found = []
        for path in sorted(self.folder.glob("*.parquet")):
            with contextlib.suppress(Damaged, FileNotFoundError):
                if Cell.named(path) is not None and decoded(checked(path))[1]["identity"] != self.identity:
                    found.append(path)
        return found

    def read(self, cell: Cell) -> Kept | None:
        """The fullest whole file of a cell; None if there is none."""
        for _ in range(TRIES):
            try:
                found = [kept for path in self._paths(cell) if (kept := self._opened(path)) is not None]
            except FileNotFoundError:
                continue  # a fuller one has just taken its place
            fullest = max(found, key=lambda kept: len(kept.numbers), default=None)
            if self.tidy and fullest is not None and len(found) > 1:
                self._clear(cell, fullest.path, set(fullest.numbers))
            return fullest
        raise FileNotFoundError(2, "changes faster than it can be read", str(self.folder / cell.stem))

    def _paths(self, cell: Cell) -> list[Path]:
        return sorted(self.folder.glob(f"{cell.stem}-*.parquet"))

    def _opened(self, path: Path) -> Kept | None:
        try:
            table, about = decoded(checked(path))
            if about["identity"] != self.identity:
                raise Damaged(path.name)
        except Damaged:
            self.damaged.append(path)
            if self.tidy:
                with contextlib.suppress(OSError):
                    path.unlink()
            return None
        return Kept(path, table, about["numbers"], about["notes"])

    def add(self, cell: Cell, table: pa.Table, numbers: Sequence[int], notes: dict[str, Any]) -> Path:
        """Keep the rows of new replications of a cell, together with those that are there; what is there already stays as it is."""
        before = self.read(cell)
        if before is not None:
            table, notes = _joined(before, table, numbers), {**notes, **before.notes}
            numbers = [*before.numbers, *(number for number in numbers if number not in before.numbers)]
        whole = table.sort_by(_column(table)) if table.num_rows else table
        content = encoded(whole, {"identity": self.identity, "numbers": sorted(numbers), "notes": dict(sorted(notes.items()))})
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{cell.stem}-{checksum(content)}.parquet"
        put(path, lambda aside: aside.write_bytes(content))
        self._clear(cell, path, set(numbers))
        return path

    def _clear(self, cell: Cell, kept: Path, numbers: set[int]) -> None:
        """Take away files of the cell that hold no more than this one."""
        for path in self._paths(cell):
            with contextlib.suppress(FileNotFoundError):
                if path != kept and (other := self._opened(path)) is not None and set(other.numbers) <= numbers:
                    path.unlink()


def _column(table: pa.Table) -> str:
    return next(name for name in NUMBERS if name in table.column_names)


def only(table: pa.Table, numbers: Sequence[int]) -> pa.Table:
    """The rows of some replications."""
    from pyarrow import compute

    if not table.num_rows:
        return table
    column = table[_column(table)]
    return table.filter(compute.is_in(column, numbers_column(numbers, column.type)))


def _joined(before: Kept, table: pa.Table, numbers: Sequence[int]) -> pa.Table:
    """The rows that are there, and those of replications that are not."""
    import pyarrow as pa

    new = [number for number in numbers if number not in before.numbers]
    if not table.num_rows or not before.table.num_rows:
        return before.table if before.table.num_rows or not new else table
    rows = only(table, new)
    return pa.concat_tables([before.table.replace_schema_metadata(None), rows.replace_schema_metadata(None)], promote_options="permissive")
