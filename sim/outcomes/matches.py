"""Rows matched across tables: the value of the row that is named, the rows of one child in order, the next row of the same child."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..model.words import NEVER, NOBODY

Column = npt.NDArray[Any]


def taken(column: Column, rows: Column) -> Column:
    """`column[rows]`, NEVER for NOBODY."""
    if len(column) == 0:
        return np.full(len(rows), NEVER)
    return np.where(rows == NOBODY, NEVER, column[rows])


def by_child(child: Column) -> Column:
    """The order by child (none is NOBODY), and then as the rows of a table lie: in that of time. NumPy sorts short numbers many times as quickly."""
    return np.argsort(child.astype(np.min_scalar_type(int(np.max(child, initial=0)))), kind="stable")


def next_of(child: Column, time: Column, of: Column, after: Column) -> Column:
    """For each pair (`of`, `after`): the place, among rows sorted by child and then time, of the first of that child later than that; or NOBODY."""
    if len(child) == 0:
        return np.full(len(of), NOBODY)
    scale = 4.0 * max(1.0, float(np.max(time)), float(np.max(after, initial=0.0)))
    place = np.searchsorted(child * scale + time, of * scale + after, side="right")
    inside = np.minimum(place, len(child) - 1)
    return np.where((place < len(child)) & (child[inside] == of), inside, NOBODY)
