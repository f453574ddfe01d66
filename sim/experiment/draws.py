"""What is not known, as draws: in each replication the values that stand for a range are those of one draw, the same in every scenario.

Two kinds of values stand for a range. Those that a scenario leaves as the baseline of the library has them, and of which the posterior says that they
are drawn, are unknown values of the world and of usual practice: their draws are joint ones, from the posterior. Those that a published finding
states with a range in its `[about] assumed` are drawn from that range. What else a scenario says, and what is set from outside, is decided.

Four replications share two draws, so that each draw is simulated with two lucks: only then can luck be told from what is unknown.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..scenario.difference import Value, values
from ..scenario.ranges import Range, ranges
from ..scenario.scenario import Scenario
from ..scenario.variant import variant
from .stated import stated

Floats = npt.NDArray[np.float64]
ELEMENT = re.compile(r"(?P<path>[^\[]+)\[(?P<place>\d+)\]")
"""world.leaving_per_year[0]: an element of a list."""
Stated = tuple[str, Value, Value, Value]
"""A path, the value as a finding states it, and the low and the high end of its range."""


def draw_of(replication: int) -> int:
    """The draw that a replication is simulated under: 0 1 0 1, 2 3 2 3, and so on."""
    return 2 * (replication // 4) + replication % 2


def turn_of(replication: int) -> tuple[int, int]:
    """By what replications that are simulated one after another are sorted: those under the first luck of each draw, then those under the second. So
    threads are seldom at the same draw at once: under one in which children go missing often, an area takes twice the memory of others."""
    return replication >> 1 & 1, replication


@dataclass(frozen=True, eq=False)
class Draws:
    """Draws of unknown values: a row for each draw, a column for each name (a path, or a path with the place of an element)."""

    names: tuple[str, ...]
    rows: Floats
    source: str
    """What they are drawn from, in words."""
    once: bool = False
    """Is each draw simulated once, in the replication of its own number? So it is with a sample that is to be fitted to."""
    usual: Mapping[str, Value] = field(default_factory=dict)
    """The values that stand for what is not known, by path; anything else in a scenario is decided. Empty if every value is drawn."""
    ranges: tuple[Stated, ...] = ()
    held: frozenset[str] = frozenset()
    """Paths that are set from outside and stay."""

    def __post_init__(self) -> None:
        if self.rows.ndim != 2 or self.rows.shape[1] != len(self.names) or not len(self.rows):
            raise ValueError(f"draws need a row each and a column for each of {len(self.names)} names: {self.rows.shape}")

    def among(self, scenarios: Iterable[Scenario], held: Iterable[str] = ()) -> Draws:
        """The same for an experiment: with the ranges that its scenarios state, and what is set in it.

        Of several that state the same, the first is the finding, and the others are variants of it, whose values may be another scenario's.
        """
        findings: dict[str, Scenario] = {}
        for scenario in scenarios:
            if scenario.about.kind == "finding":
                findings.setdefault(scenario.about.assumed, scenario)
        found = dict.fromkeys(
            (path, values(scenario)[path], low, high) for scenario in findings.values() for path, (low, high) in stated(scenario).items()
        )
        return replace(self, ranges=tuple(found), held=frozenset(held))

    def number(self, replication: int) -> int:
        """The draw of a replication, counted on without end; rows are used again from the first."""
        return replication if self.once else draw_of(replication)

    def applied(self, scenario: Scenario, replication: int) -> Scenario:
        """The scenario as it is in one replication. Raises ScenarioError if a draw does not fit it."""
        number = self.number(replication)
        own = values(scenario)
        changes: dict[str, Value] = {}
        for path, value in own.items():
            if path in self.held:
                continue
            if (path, value) in self._stated:
                changes[path] = self._stated[path, value].at(spot(path, number))
            elif path in self._columns and self.draws_for(path, value):
                changes[path] = self._drawn(path, value, number % len(self.rows))
        return variant(scenario, changes, scenario.name, scenario.about.title) if changes else scenario

    def draws_for(self, path: str, value: Value) -> bool:
        """Does a value of a scenario stand for what is not known, so that draws take its place? Else it is decided."""
        return not self.usual or (path in self.usual and value == self.usual[path])

    def of(self, replication: int) -> Draws:
        """The same with no more than one replication needs."""
        row = self.number(replication) % len(self.rows)
        return replace(self, rows=self.rows[row : row + 1])

    def _drawn(self, path: str, value: Value, row: int) -> Value:
        columns = self._columns[path]
        if isinstance(value, tuple):
            found = list(value)
            for place, column in columns:
                found[place] = float(self.rows[row, column])
            return tuple(found)
        return float(self.rows[row, columns[0][1]])

    @cached_property
    def _columns(self) -> dict[str, list[tuple[int, int]]]:
        """For each path the places in its list (0 for a number) and the columns that hold them."""
        found: dict[str, list[tuple[int, int]]] = {}
        for column, name in enumerate(self.names):
            element = ELEMENT.fullmatch(name)
            path, place = (element["path"], int(element["place"])) if element else (name, 0)
            found.setdefault(path, []).append((place, column))
        return found

    @cached_property
    def _stated(self) -> dict[tuple[str, Value], Range]:
        logged = ranges()
        return {(path, value): replace(logged[path], low=_end(low), high=_end(high)) for path, value, low, high in self.ranges}

    @cached_property
    def digest(self) -> str:
        """A hash of all that numbers depend on."""
        told = (self.names, self.once, sorted(self.usual.items()), self.ranges, sorted(self.held))
        found = hashlib.sha256(repr(told).encode())
        found.update(np.ascontiguousarray(self.rows).tobytes())
        return found.hexdigest()[:16]


def _end(value: Value) -> Value:
    """An end of a range, its whole numbers as numbers between which others lie."""
    if isinstance(value, tuple):
        return tuple(map(_end, value))
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@lru_cache
def spot(path: str, number: int) -> float:
    """Where in its range a stated value lies in a draw: keyed by path and draw, so that it is the same wherever the value stands."""
    key = int.from_bytes(hashlib.sha256(path.encode()).digest()[:8], "little")
    return float(np.random.Generator(np.random.Philox(key=[key, number])).random())


def keep(draws: Draws, path: Path) -> None:
    """Keep the rows as a Parquet file, a column for each name. Raises OSError."""
    import pyarrow as pa
    from pyarrow import parquet

    columns = (pa.py_buffer(np.ascontiguousarray(column, float)) for column in draws.rows.T)  # as they lie: Arrow's own way from NumPy loads pandas
    table = pa.table([pa.Array.from_buffers(pa.float64(), len(draws.rows), [None, column]) for column in columns], list(draws.names))
    parquet.write_table(table, path)


def kept(path: Path, source: str) -> Draws:
    """The same, read back. Raises OSError if there is no such file, ValueError if it holds no draws."""
    from pyarrow import parquet

    file = parquet.ParquetFile(path)
    names = tuple(file.schema_arrow.names)
    rows = np.empty((file.metadata.num_rows, len(names)))
    for place, name in enumerate(names):  # one by one, and as they lie: Arrow's own way to NumPy loads pandas, and with it twice the memory
        column = file.read([name], use_threads=False).column(0).combine_chunks()
        if str(column.type) != "double" or column.null_count:
            raise ValueError(f"{path}: column {name} does not hold floating-point numbers without gaps")
        rows[:, place] = np.frombuffer(column.buffers()[1], float, len(rows))
    return Draws(names, rows, source)


def told(draws: Draws) -> dict[str, Any]:
    """What a manifest says of draws beside their rows."""
    return {
        "source": draws.source,
        "digest": draws.digest,
        "once": draws.once,
        "usual": dict(draws.usual),
        "ranges": [list(one) for one in draws.ranges],
        "held": sorted(draws.held),
    }


def again(told: Mapping[str, Any], rows: Draws) -> Draws:
    """Draws as a manifest tells of them, with rows that were kept beside it. Raises KeyError, TypeError."""
    usual = {path: frozen(value) for path, value in told["usual"].items()}
    ranges = tuple((path, frozen(value), frozen(low), frozen(high)) for path, value, low, high in told["ranges"])
    return replace(rows, source=told["source"], once=told["once"], usual=usual, ranges=ranges, held=frozenset(told["held"]))


def frozen(value: Any) -> Value:
    """A value as JSON gives it, its lists as they stand in a scenario."""
    found: Value = tuple(value) if isinstance(value, list) else value
    return found
