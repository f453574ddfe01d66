"""The promise that both engines keep: for the same scenario, seed and replication, identical bytes in every column of every record, and in the
trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .tables import Tables

if TYPE_CHECKING:
    from .compiled import CompiledArea
    from .interpreted import Area

Rows = np.ndarray[Any, Any]


class Difference(NamedTuple):
    """The first place at which two areas differ."""

    table: str
    column: str
    row: int
    first: Any
    second: Any

    def __str__(self) -> str:
        return f"{self.table}, row {self.row}, {self.column}: {self.first!r} and {self.second!r}"


def areas_differ(one: Area | CompiledArea, two: Area | CompiledArea) -> Difference | None:
    """Where two areas first differ: in a table, in the trace, or in the number of events; None if nowhere."""
    found = first_difference(one.tables(), two.tables()) or rows_differ("trace", one.traced(), two.traced())
    if found is None and one.events != two.events:
        return Difference("events", "(number)", 0, one.events, two.events)
    return found


def first_difference(first: Tables, second: Tables) -> Difference | None:
    """Where two sets of tables first differ, byte by byte and by table, row and column; None if nowhere. Both hold the same tables and columns."""
    assert list(first) == list(second)
    for table in first:
        found = rows_differ(table, first[table], second[table])
        if found:
            return found
    return None


def rows_differ(table: str, first: Rows, second: Rows) -> Difference | None:
    """Where two tables of the same layout first differ; a row that only one of them has is a difference in length. Padding does not count."""
    assert first.dtype == second.dtype
    both = min(len(first), len(second))
    found: list[tuple[int, int, str]] = []
    for place, column in enumerate(first.dtype.names or ()):
        unequal = np.flatnonzero(_bytes(first[column][:both]) != _bytes(second[column][:both]))
        if len(unequal):
            width = first.dtype[column].itemsize
            found.append((int(unequal[0]) // width, place, column))
    if found:
        row, _, column = min(found)
        return Difference(table, column, row, first[column][row].tolist(), second[column][row].tolist())
    if len(first) != len(second):
        return Difference(table, "(rows)", both, len(first), len(second))
    return None


def _bytes(column: Rows) -> Rows:
    return np.frombuffer(np.ascontiguousarray(column).tobytes(), dtype=np.uint8)
