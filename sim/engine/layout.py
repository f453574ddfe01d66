"""How records and parameters lie in memory as rows of numbers: derived from the dataclasses and the schema, never written by hand.

Also the gate for parameters: what is not a number, a switch or a fixed tuple of numbers raises TypeError, for no rule may read it.
"""

from __future__ import annotations

import dataclasses
from enum import IntEnum
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import numpy as np
from annotated_types import Len
from pydantic import BaseModel

from ..model.records import Now, Roster

FEW = (Now, Roster)
"""Records of which an area has a handful; people on duty may be as many as a scenario says."""
Column = tuple[str, Any] | tuple[str, Any, tuple[int, ...]]


def _kept(kind: Any) -> Any:
    """How a plain field of a record is kept: one of a few words in a byte, any other whole number in four. What does not fit is an error, by either
    engine. For memory's sake: half of an area's time goes by waiting for it. `Annotated` names the words that a number stands for."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[1]
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return np.int8
    return np.int32 if kind is int else _plain(kind)


def _plain(kind: Any) -> Any:
    if kind is bool:
        return np.bool_
    if isinstance(kind, type) and issubclass(kind, int):
        return np.int64
    if kind is float:
        return np.float64
    return None


@cache
def record_dtype(record: type) -> np.dtype[Any]:
    """The row layout of a dataclass of numbers; a list field has the length of its default. Names stand in the order of the dataclass; in memory
    long numbers come first, so that there are no gaps. Numba knows a layout at once that it has seen before."""
    hints = get_type_hints(record, include_extras=True)
    formats: dict[str, np.dtype[Any]] = {}
    for field in dataclasses.fields(record):
        kind = hints[field.name]
        if get_origin(kind) is list:
            assert field.default_factory is not dataclasses.MISSING, f"{record.__name__}.{field.name} needs a default"
            formats[field.name] = np.dtype((_plain(get_args(kind)[0]), (len(field.default_factory()),)))
        else:
            plain = _plain(kind) if record in FEW else _kept(kind)
            if plain is None:
                raise TypeError(f"{record.__name__}.{field.name}: {kind} is not a number, so no rule may read it")
            formats[field.name] = np.dtype(plain)
    offsets: dict[str, int] = {}
    end = 0
    for name in sorted(formats, key=lambda name: -formats[name].alignment):
        offsets[name] = end
        end += formats[name].itemsize
    whole = -(-end // 8) * 8
    places = [offsets[name] for name in formats]
    return np.dtype({"names": list(formats), "formats": list(formats.values()), "offsets": places, "itemsize": whole}, align=True)


def rows(records: list[Any], record: type) -> np.ndarray[Any, Any]:
    """An array of rows from dataclass objects, each column with its declared type. Raises OverflowError for a number that does not fit."""
    dtype = record_dtype(record)
    table = np.zeros(len(records), dtype)
    for name in dtype.names or ():
        if records:
            table[name] = np.array([getattr(row, name) for row in records], dtype[name].base)
    return table


@cache
def section_dtype(section: type[BaseModel], where: str = "") -> np.dtype[Any]:
    """The row layout of one section of a scenario, nested tuples as fixed arrays."""
    columns: list[Column] = []
    for name, field in section.model_fields.items():
        kind = field.annotation
        path = f"{where}{section.__name__.lower()}.{name}"
        if get_origin(kind) is tuple:
            lengths = [m.min_length for m in field.metadata if isinstance(m, Len)]
            inner = get_args(kind)[0]
            while get_origin(inner) is not None:
                inner = get_args(inner)[0]
            if not lengths or _plain(inner) is None:
                raise TypeError(f"{path}: {kind} has no fixed length, so no rule may read it")
            columns.append((name, _plain(inner), (lengths[0],)))
        elif _plain(kind) is not None and (kind is not None):
            columns.append((name, _plain(kind)))
        else:
            raise TypeError(f"{path}: {kind} is not a number, so no rule may read it")
    return np.dtype(columns, align=True)


def section_row(section: BaseModel) -> Any:
    """One section as a record."""
    row = np.zeros(1, section_dtype(type(section)))
    row[0] = tuple(getattr(section, name) for name in type(section).model_fields)
    return row.view(np.recarray)[0]
