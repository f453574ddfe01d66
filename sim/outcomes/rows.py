"""Some rows of a table, as columns: a column is taken out of the table when it is asked for, once. Copying whole rows costs many times as much."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeVar

import numpy as np
import numpy.typing as npt

from ..model.words import NOBODY

Column = npt.NDArray[Any]
T = TypeVar("T")


def long(column: Column) -> Column:
    """Whole numbers in 64 bits, so that nothing that is worked out of them runs over; tables keep them in fewer."""
    return column.astype(np.int64) if column.dtype.kind == "i" else column


def among(rows: Column, numbers: Column, length: int) -> Column:
    """Of each number of a row of a table of this length, is it one of `rows`? NOBODY is none."""
    found = np.zeros(length + 1, dtype=bool)  # what NOBODY reads and writes is the last
    found[rows] = True
    found[NOBODY] = False
    return found[numbers]


def one_of(column: Column, few: Iterable[int]) -> Column:
    """Where the column is one of a few values. NumPy's own `isin` is made for many, and takes several times as long."""
    found = np.zeros(len(column), dtype=bool)
    for value in few:
        found |= column == value
    return found


class WorkedOut(cached_property[T]):
    """What is worked out of some rows, once. Part of the rows takes its part of what the whole has worked out, if it has."""

    if not TYPE_CHECKING:

        def __get__(self, rows: Any, owner: Any = None) -> Any:
            if rows is None:
                return self
            name, whole = self.attrname, rows.whole
            if whole is None or name not in whole.__dict__:
                found = self.func(rows)
            else:
                value = whole.__dict__[name]
                found = value[rows.places] if isinstance(value, np.ndarray) else value
            rows.__dict__[name] = found
            return found


class Rows:
    """Rows of `table`; `rows` are their numbers in it. `rows["started"]` is a column, which nobody may write to. If they are part of others, `whole`
    are those, and `places` where they stand among them."""

    whole: Self | None = None
    places: Column

    def __init__(self, table: Column, rows: Column) -> None:
        self.table = table
        self.rows = rows
        self._columns: dict[str, Column] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> Column:
        return self.column(name, lambda: long(self.table[name][self.rows]))

    def column(self, name: str, work: Callable[[], Column]) -> Column:
        """The column of this name, worked out once, by `work`. Part of the rows takes its part of what the whole has, if it has."""
        found = self._columns.get(name)
        if found is None:
            known = None if self.whole is None else self.whole._columns.get(name)
            found = self._columns[name] = work() if known is None else known[self.places]
        return found

    def only(self, keep: Column) -> Self:
        """Those for which `keep` is true. What has been worked out is handed on when it is asked for: most never is."""
        if keep.all():
            return self
        part = object.__new__(type(self))
        part.__dict__.update({name: value for name, value in self.__dict__.items() if not isinstance(value, np.ndarray)})
        part.whole, part.places, part._columns = self, np.flatnonzero(keep), {}
        part.table, part.rows = self.table, self.rows[part.places]
        return part
