"""Tables in memory: rows at their defaults, copies, longer tables, and memory used again.

A table is the first rows of a reserve that is many times as long. Memory is there from the time that it is first written to, so a reserve costs
nothing until then, and a table gets longer where it lies. NumPy copies rows of records field by field; copied as bytes they take a fifth of the time
or less.
"""

from __future__ import annotations

import mmap
from functools import cache
from typing import Any

import numpy as np

from .layout import record_dtype
from .pages import Pages

Rows = np.ndarray[Any, Any]

SMALL = 65536
"""Bytes of a reserve that is not worth pages of its own."""
STEP = 16
PIECE = 262_144
"""A table gets longer by the sixteenth part, and by as many rows as these bytes hold, at least."""


@cache
def default(record: type) -> Rows:
    """One row with every field at its default. Read only."""
    one = np.zeros(1, record_dtype(record))
    instance = record()
    for name in one.dtype.names or ():
        one[name][0] = getattr(instance, name)
    return one


def fresh(record: type, count: int, reserve: int = 0, spare: Any = None, shared: bool = False) -> Any:
    """Rows with every field at its default, and a reserve for so many in all; in the memory of `spare`, if it is long enough (see `_rows`). Tables
    that are made by `used_again` can show those that are `shared` instead of having a copy; nobody may write to them from then on."""
    rows = _rows(record_dtype(record), count, reserve, spare, shared)
    if (there := pages(rows)) is not None:
        there.make_ready(rows.nbytes)
    _fill(rows, default(record))
    return rows.view(np.recarray)


def zeros(dtype: np.dtype[Any], count: int) -> Any:
    """Rows of zeros."""
    return _rows(dtype, count, 0, None).view(np.recarray)


def _rows(dtype: np.dtype[Any], count: int, reserve: int, spare: Any, shared: bool = False) -> Rows:
    """So many rows of zeros, and a reserve for so many in all. Or, in the memory of `spare`, rows of any numbers: as many as `spare` has, but no more
    than the reserve is to have, nor fewer than asked for. Its pages are there anyway, and a table that begins longer need not get longer so often."""
    if spare is not None and len(whole(spare)) >= count:
        return whole(spare)[: max(count, min(len(spare), reserve))]
    length = max(count, reserve)
    if length * dtype.itemsize < SMALL:
        return np.zeros(length, dtype)[:count]
    return np.frombuffer(Pages.of(length * dtype.itemsize, shared), dtype, length)[:count]


def whole(rows: Rows) -> Rows:
    """The reserve that these are the first rows of."""
    while isinstance(rows.base, np.ndarray):
        rows = rows.base
    return rows


def pages(rows: Rows) -> Pages | None:
    """Those of their reserve; None if it is so small that it has none to itself."""
    there = getattr(whole(rows).base, "obj", None)
    return there if isinstance(there, Pages) else None


def let_go(rows: Rows) -> None:
    """Give back to the system what comes after these rows in their reserve, as longer tables needed it before. The numbers in them may be lost."""
    if (there := pages(rows)) is not None:
        there.let_go(rows.nbytes)


def put_away(rows: Rows) -> None:
    """Of rows that are shared, let the process hold only what others show."""
    if (there := pages(rows)) is not None:
        there.put_away()


def as_bytes(rows: Rows) -> Rows:
    """The same memory as bytes: a line for each row."""
    return rows.view(np.ndarray).view(np.uint8).reshape(len(rows), rows.dtype.itemsize)


def _fill(rows: Rows, one: Rows) -> None:
    """Make each of the rows like `one`, as pieces of memory: NumPy is done with these in half the time that lines of bytes take."""
    piece = np.dtype((np.void, rows.dtype.itemsize))
    rows.view(piece)[:] = one.view(piece)


def copied(rows: Rows, used: int) -> Rows:
    """The first `used` rows."""
    copy: Rows = as_bytes(rows)[:used].copy().view(rows.dtype).reshape(used)
    return copy


def copied_record(record: Any) -> Any:
    """A record of its own."""
    rows = np.zeros(1, record.dtype)
    rows[0] = record
    return rows.view(np.recarray)[0]


def numbers(record: Any) -> dict[str, Any]:
    """What a record holds, by name; to ask it for one after the other takes many times as long."""
    return dict(zip(record.dtype.names, record.item(), strict=True))


def longer(rows: Any, needed: int, empty: Rows | None = None) -> Any:
    """The rows, and more if they are fewer than `needed`: by a good piece, each like `empty`, or of any numbers if nobody reads them before
    they are written to. They stay where they are as long as the reserve lasts; then they are copied into one of twice the length."""
    length = len(rows)
    if needed <= length:
        return rows
    wanted = max(length + max(length // STEP, PIECE // rows.dtype.itemsize), needed)
    there = pages(rows)
    more = _rows(rows.dtype, wanted, 2 * wanted, rows, there is not None and there.is_shared)
    if whole(more) is not whole(rows):
        as_bytes(more)[:length] = as_bytes(rows)
    if empty is not None:
        _fill(more[length:], empty)
    return more.view(np.recarray)


def used_again(rows: Any, used: int, spare: Any, empty: Rows | None = None) -> Any:
    """The first `used` rows, and the rest of them as `empty`, in the memory of `spare` (see `_rows`). If there is none, or it is too short, in memory
    of its own, with a reserve as long as that of `rows`."""
    copy, size = _rows(rows.dtype, len(rows), len(whole(rows)), spare), rows.dtype.itemsize
    shown = used * size // mmap.PAGESIZE * mmap.PAGESIZE
    of, on = pages(rows), pages(copy)
    if not shown or of is None or on is None or not on.show(of, shown):
        shown = 0
    as_bytes(copy).reshape(-1)[shown : used * size] = as_bytes(rows).reshape(-1)[shown : used * size]
    if empty is not None:
        _fill(copy[used:], empty)
    return copy.view(np.recarray)
