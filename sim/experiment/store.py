"""The store: one folder for an experiment, with a manifest and a Parquet file for each finished cell.

    manifest.json               what was asked for, with what, and the state of every cell
    draws.parquet               draws of what is not known, if replications differ in it
    cells/00001-000000-HASH.parquet     values of one scenario in a block of replications
    episodes/..., log/...               the same cell's episodes and events, if they are kept
    failed/00001-000000.json            a cell that could not be simulated, and why

Every file is written aside, flushed, and renamed. Whatever stops the work, what is finished stays, and the same request does only what is missing.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..scenario.errors import Problem, ScenarioError
from . import draws, identity
from .cell import Cell, cells, frames_table, outcomes, values_table
from .cell_files import CellFiles, Kept, only
from .plan import Plan
from .task import Failure, Outcome
from .values import Values
from .writing import ASIDE, put, put_json, put_text

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FORMAT = 1
MANIFEST = "manifest.json"
DRAWS = "draws.parquet"
CELLS = "cells"
FAILED = "failed"
STALE = 3600.0
"""Seconds after which a file that was being written is taken to be left by a process that was ended."""


class Store:
    """The folder of one experiment. `claim` it before anything is put into it; to read it only, `load` is enough."""

    def __init__(self, folder: Path, plan: Plan, kind: str, request: dict[str, Any], command: str) -> None:
        self.folder = folder
        self.plan = plan
        self.kind = kind
        self.request = request
        self.command = command
        self.identity = identity.of(plan)
        self.failures: dict[Cell, str] = {}
        self.tables: list[str] = []
        """Names of the files that a result has left beside the cells."""
        self._files = {kind: CellFiles(folder / kind, self.identity) for kind in self.kinds}
        self._finished: dict[Cell, set[int]] = {}
        self._started = _now()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The folders in which each cell has a file."""
        kept = (("episodes", self.plan.episodes), ("log", self.plan.trace))
        return (CELLS, *(name for name, wanted in kept if wanted))

    def claim(self, replace: bool = False) -> None:
        """Make the folder ours, if it holds nothing else; clear away what a process left half-written.

        Raises ScenarioError if it holds another experiment (which `replace` gives up), OSError if it cannot be written.
        """
        told = read_manifest(self.folder)
        if told is not None and told.get("identity") != self.identity:
            if not replace:
                what = f"holds another experiment ({told.get('command') or told.get('kind') or 'unknown'})"
                allowed = "allowed: another folder, or --replace to give this one up" if told.get("command") else "allowed: an empty folder"
                raise ScenarioError(Problem(str(self.folder), None, "--out", what, allowed))
            clear(self.folder)
        elif told is None and self._files[CELLS].others():
            if not replace:
                what = "has lost its manifest, and holds finished cells of another experiment"
                raise ScenarioError(Problem(str(self.folder), None, "--out", what, "allowed: another folder, or --replace to give those up"))
            clear(self.folder)
        for kind in self.kinds:
            (self.folder / kind).mkdir(parents=True, exist_ok=True)
        if told is not None and told.get("identity") == self.identity:
            self._started = told.get("started", self._started)
            self.tables = list(told.get("tables", ()))
        for path in self.folder.glob(f"**/*{ASIDE}"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > STALE:
                    path.unlink()
        for files in self._files.values():
            files.tidy = True
        if self.plan.draws is not None:
            put(self.folder / DRAWS, partial(draws.keep, self.plan.draws))
        self.write_manifest(complete=False)

    def abandon(self) -> None:
        """Leave no trace of work that came to nothing; whatever else is in the folder stays."""
        if any(any((self.folder / place).glob("*")) for place in (*self.kinds, FAILED)):
            return
        (self.folder / MANIFEST).unlink(missing_ok=True)
        (self.folder / DRAWS).unlink(missing_ok=True)
        for place in (*(self.folder / kind for kind in self.kinds), self.folder / FAILED, self.folder):
            with contextlib.suppress(OSError):
                place.rmdir()

    @property
    def notices(self) -> list[str]:
        """What to say of files that were not what had been written."""
        return [
            f"{path} was damaged or incomplete{'; it is simulated again' if files.tidy else ' and is left out'}."
            for files in self._files.values()
            for path in files.damaged
        ]

    def load(self, values: Values) -> None:
        """Take in every finished cell of the folder. What is damaged is taken away, and its cell simulated again."""
        wanted = cells(self.plan)
        for cell in self._files[CELLS].cells():
            if cell in wanted and not all(values.has(cell.place, number) for number in wanted[cell]):
                kept = self._files[CELLS].read(cell)
                if kept is not None and self._is_whole(cell, kept):
                    self._finished[cell] = set(kept.numbers)
                    for outcome in outcomes(kept.table, kept.notes, cell.place):
                        if outcome.number in wanted[cell] and not values.has(cell.place, outcome.number):
                            values.fill(cell.place, outcome.number, outcome.parts)
                            values.events += outcome.events

    def _is_whole(self, cell: Cell, kept: Kept) -> bool:
        """Has the cell its episodes and events too, if they are kept?"""
        others = [files.read(cell) for kind, files in self._files.items() if kind != CELLS]
        return all(other is not None and set(kept.numbers) <= set(other.numbers) for other in others)

    def put(self, cell: Cell, found: Sequence[Outcome]) -> None:
        """Keep what a cell gave, with what was kept of it before. Its values come last: a cell that has them has everything."""
        numbers = [outcome.number for outcome in found]
        for kind in self.kinds[1:]:
            self._files[kind].add(cell, frames_table([getattr(outcome, kind) for outcome in found]), numbers, {})
        table, notes = values_table(found, self.plan.scenarios[cell.place].name)
        self._files[CELLS].add(cell, table, numbers, notes)
        self._finished.setdefault(cell, set()).update(numbers)
        self.failures.pop(cell, None)
        (self.folder / FAILED / f"{cell.stem}.json").unlink(missing_ok=True)

    def fail(self, cell: Cell, failure: Failure) -> None:
        """Keep why a cell could not be simulated."""
        self.failures[cell] = failure.error
        (self.folder / FAILED).mkdir(exist_ok=True)
        told = {"scenario": self.plan.scenarios[cell.place].name, "replication": failure.number, "error": failure.error}
        put_text(self.folder / FAILED / f"{cell.stem}.json", json.dumps(told, indent=2, ensure_ascii=False))

    def frame(self, kind: str) -> pd.DataFrame:
        """The episodes or the log of every cell, in the order of the plan."""
        import pandas as pd
        import pyarrow as pa

        tables = list(self._tables(kind))
        return pa.concat_tables(tables, promote_options="default").to_pandas() if tables else pd.DataFrame()

    def gather(self, kind: str, path: Path) -> None:
        """The same as one Parquet file, written cell by cell."""
        from pyarrow import parquet

        writer: Any = None
        try:
            for table in self._tables(kind):
                bare = table.replace_schema_metadata(None)
                writer = writer or parquet.ParquetWriter(path, bare.schema)
                writer.write_table(bare.cast(writer.schema))
        finally:
            if writer is not None:
                writer.close()

    def _tables(self, kind: str) -> Iterator[pa.Table]:
        """What the finished cells hold of the replications that the plan asks for; a cell may hold more, from when more were asked for."""
        wanted = cells(self.plan)
        for cell in sorted(self._finished):
            kept = self._files[kind].read(cell)
            if kept is not None:
                yield only(kept.table, wanted[cell])

    def write_manifest(self, complete: bool, replications: int = 0, notices: Sequence[str] = ()) -> None:
        """Write down what was asked for, with what it was made, how many replications were finished, and the state of each cell."""
        lists = {"scenarios": identity.described(self.plan.scenarios), "cells": self._cells() if self._finished or self.failures else ()}
        put_json(self.folder / MANIFEST, self._manifest(complete, replications, notices), lists)

    def _manifest(self, complete: bool, replications: int, notices: Sequence[str]) -> dict[str, Any]:
        plan = self.plan
        return {
            "format": FORMAT,
            "command": self.command,
            "kind": self.kind,
            "request": self.request,
            "identity": self.identity,
            **identity.made_with(),
            "started": self._started,
            "written": _now(),
            "engine": plan.engine,
            "seed": plan.seed,
            "replications": replications,
            "asked_for": plan.replications,
            "complete": complete,
            "effect": plan.effect,
            "episodes": plan.episodes,
            "trace": plan.trace,
            "measures": getattr(plan.reading, "ids", None),
            "lucks": plan.lucks,
            "draws": None if plan.draws is None else draws.told(plan.draws),
            "interval": "95% bootstrap interval" if identity.samples_luck(plan) else "95% t interval over replications",
            "notices": list(notices),
            "tables": self.tables,
        }

    def _cells(self) -> Iterator[dict[str, Any]]:
        for cell, asked in cells(self.plan).items():
            row: dict[str, Any] = {"scenario": self.plan.scenarios[cell.place].name, "first": asked[0], "last": asked[-1]}
            if cell in self.failures:
                yield row | {"status": "failed", "error": self.failures[cell]}
            else:
                yield row | {"status": "done" if set(asked) <= self._finished.get(cell, set()) else "missing"}


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a folder; None if it has none that can be read."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def clear(folder: Path) -> None:
    """Take away what an experiment left in a folder; what is not ours stays."""
    for place in (CELLS, "episodes", "log", FAILED):
        for path in (folder / place).glob("*"):
            if path.suffix in (".parquet", ".json", ASIDE):
                path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            (folder / place).rmdir()
    told = read_manifest(folder) or {}
    for name in (*told.get("tables", ()), DRAWS, MANIFEST):
        (folder / Path(name).name).unlink(missing_ok=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
