"""A cell: one scenario in a block of replications, kept as one Parquet file whose name ends in the checksum of its bytes.

A file that does not match its name is damaged, and two processes that write the same cell write the same file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..outcomes.split import Part
from .plan import Plan
from .task import Outcome

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

BLOCK = 10
"""Replications in a cell."""
DIGEST = 16
"""Hexadecimal digits of a checksum in a file's name."""
ABOUT = b"missing-sim"


class Damaged(Exception):
    """The file is not what was written."""


class Cell(NamedTuple):
    """One scenario, by its place in the plan, and a block of replications."""

    place: int
    block: int

    @property
    def stem(self) -> str:
        """What its files' names begin with."""
        return f"{self.place:05}-{self.block:06}"

    @staticmethod
    def of(place: int, number: int) -> Cell:
        """The cell of a scenario and a replication."""
        return Cell(place, number // BLOCK)

    @staticmethod
    def named(path: Path) -> Cell | None:
        """The cell that a file's name tells of; None if it is not a name of ours."""
        parts = path.name.split(".")[0].split("-")
        return Cell(int(parts[0]), int(parts[1])) if len(parts) == 3 and parts[0].isdigit() and parts[1].isdigit() else None


def cells(plan: Plan) -> dict[Cell, list[int]]:
    """Every cell of a plan with its replications."""
    found: dict[Cell, list[int]] = {}
    for place in range(len(plan.scenarios)):
        for number in plan.numbers(place):
            found.setdefault(Cell.of(place, number), []).append(number)
    return found


def values_table(outcomes: Sequence[Outcome], scenario: str) -> tuple[pa.Table, dict[str, Any]]:
    """What was read off, a row for each replication and quantity (scenario, replication, measure, split, group, value, n); and the number of events
    of each replication."""
    import pyarrow as pa

    rows = [(outcome.number, *part) for outcome in outcomes for part in outcome.parts]
    replication, measure, split, group, value, n = zip(*rows, strict=True) if rows else ((),) * 6
    columns = {
        "scenario": _words([scenario] * len(rows)),
        "replication": numbers_column(replication, pa.int32()),
        "measure": _words(measure),
        "split": _words(split),
        "group": _words(group),
        "value": numbers_column(value, pa.float64()),
        "n": numbers_column(n, pa.int64()),
    }
    table = pa.Table.from_arrays(list(columns.values()), list(columns))
    return table, {str(outcome.number): outcome.events for outcome in outcomes}


def numbers_column(numbers: Sequence[float], kind: pa.DataType) -> pa.Array:
    """A column of numbers, without nan. (Arrow's own way to make a column loads pandas, and with it a third of the memory of a comparison.)"""
    import pyarrow as pa

    column = np.array(numbers, kind.to_pandas_dtype())
    there = ~np.isnan(column)
    some = None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))
    return pa.Array.from_buffers(kind, len(column), [some, pa.py_buffer(column)])


def _words(words: Sequence[str]) -> pa.Array:
    """A column of words."""
    import pyarrow as pa

    coded = [word.encode() for word in words]
    ends = np.zeros(len(coded) + 1, np.int32)
    np.cumsum([len(word) for word in coded], out=ends[1:])
    return pa.Array.from_buffers(pa.string(), len(coded), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(coded))])


def outcomes(table: pa.Table, events: Mapping[str, int], place: int) -> list[Outcome]:
    """The same, read back."""
    parts: dict[int, list[Part]] = {int(number): [] for number in events}
    columns = [table.column(name).to_pylist() for name in ("replication", "measure", "split", "group", "value", "n")]
    for number, measure, split, group, value, n in zip(*columns, strict=True):
        parts[number].append(Part(measure, split, group, float("nan") if value is None else value, n))
    return [Outcome(place, number, found, events[str(number)]) for number, found in parts.items()]


def frames_table(frames: Sequence[pd.DataFrame]) -> pa.Table:
    """Episodes or events of several replications as one table."""
    import pandas as pd
    import pyarrow as pa

    return pa.Table.from_pandas(pd.concat(frames, ignore_index=True), preserve_index=False)


def encoded(table: pa.Table, about: Mapping[str, Any]) -> bytes:
    """A table as the bytes of a Parquet file that says what it belongs to. The same table gives the same bytes."""
    import pyarrow as pa
    from pyarrow import parquet

    told = {**(table.schema.metadata or {}), ABOUT: json.dumps(dict(about), sort_keys=True).encode()}
    sink = pa.BufferOutputStream()
    parquet.write_table(table.combine_chunks().replace_schema_metadata(told), sink, compression="zstd")
    return bytes(sink.getvalue())


def checksum(content: bytes) -> str:
    """What a file's name ends in."""
    return hashlib.sha256(content).hexdigest()[:DIGEST]


def checked(path: Path) -> bytes:
    """The bytes of a file. Raises Damaged if they are not those it was named for, OSError if it cannot be read."""
    content = path.read_bytes()
    if path.name.split(".")[0].split("-")[-1] != checksum(content):
        raise Damaged(path.name)
    return content


def decoded(content: bytes) -> tuple[pa.Table, dict[str, Any]]:
    """The table in the bytes of a file, and what it belongs to."""
    import pyarrow as pa
    from pyarrow import parquet

    table = parquet.ParquetFile(pa.BufferReader(content)).read(use_threads=False)  # `read_table` would load pandas
    return table, json.loads(table.schema.metadata[ABOUT])
