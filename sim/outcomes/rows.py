"""Some rows of a table, as columns: a column is taken out of the table when it is asked for, once. Copying whole rows costs many times as much."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]


class Rows:
    """Rows of `table`; `rows` are their numbers in it. `rows["started"]` is a column, which nobody may write to."""

    def __init__(self, table: Column, rows: Column) -> None:
        self.table = table
        self.rows = rows
        self._columns: dict[str, Column] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> Column:
        if name not in self._columns:
            self._columns[name] = self.table[name][self.rows]
        return self._columns[name]

    def only(self, keep: Column) -> Self:
        """Those for which `keep` is true. What has been worked out is handed on."""
        places = np.flatnonzero(keep)
        part = object.__new__(type(self))
        for name, value in self.__dict__.items():
            part.__dict__[name] = value[places] if isinstance(value, np.ndarray) and name != "table" else value
        part._columns = {name: column[places] for name, column in self._columns.items()}
        return part
