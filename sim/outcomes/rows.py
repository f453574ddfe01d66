"""Some rows of a table, as columns: a column is taken out of the table when it is asked for, once. Copying whole rows costs many times as much."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeVar

import numpy as np
import numpy.typing as npt

from ..model.words import NOBODY

Column = npt.NDArray[Any]
T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)


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
        found |= column == int(value)
    return found


class WorkedOut(cached_property[T]):
    """What is worked out of some rows, a value for each, once. Part of the rows takes its part of what the whole has worked out, if it has."""

    if not TYPE_CHECKING:

        def __get__(self, rows: Any, owner: Any = None) -> Any:
            if rows is None:
                return self
            known = None if rows.whole is None else rows.whole.__dict__.get(self.attrname)
            found = rows.__dict__[self.attrname] = self.func(rows) if known is None else known[rows.places]
            return found


class Rows:
    """Rows of `table`, which may be part of a longer one; `rows` are their numbers in it, None for all of them. `rows["started"]` is a column, which
    nobody may write to. If they are part of others, `whole` are those, and `places` where they stand among them."""

    whole: Self | None = None
    places: Column

    def __init__(self, table: Column, rows: Column | None) -> None:
        self.table = table
        self.all = rows is None
        if rows is not None:
            self.rows = rows
        self._columns: dict[Hashable, Column] = {}

    @WorkedOut
    def rows(self) -> Column:
        """Their numbers in the table; for part of others, cut from those of the whole."""
        if self.whole is None:
            return np.arange(len(self.table))
        return self.places if self.whole.all else self.whole.rows[self.places]

    def __len__(self) -> int:
        if self.whole is None:
            return len(self.table if self.all else self.rows)
        return len(self.places)

    def __getitem__(self, name: str) -> Column:
        return self.column(name, self.taken)

    def column(self, key: Key, work: Callable[[Key], Column]) -> Column:
        """What `work` gives for this key, a value for each row, once. Part of the rows takes its part of what the whole has, if it has."""
        if key not in self._columns:
            known = None if self.whole is None else self.whole._columns.get(key)
            self._columns[key] = work(key) if known is None else known[self.places]
        return self._columns[key]

    def taken(self, name: str) -> Column:
        """A column as the table has it."""
        return long(self.cut(name))

    def cut(self, name: str) -> Column:
        """A column with whole numbers as short as the table keeps them; of all rows, not copied."""
        column: Column = self.table[name]
        return column if self.all else column[self.rows]

    def only(self, keep: Column) -> Self:
        """Those for which `keep` is true. What has been worked out is handed on when it is asked for: most never is."""
        if keep.all():
            return self
        part = object.__new__(type(self))
        part.__dict__.update({name: value for name, value in self.__dict__.items() if not isinstance(value, np.ndarray)})
        part.table, part.all, part.whole, part.places, part._columns = self.table, False, self, keep.nonzero()[0], {}
        return part
