"""The store: one folder for an experiment, with a manifest and a Parquet file for each finished cell.

    manifest.json               what was asked for, with what, and the state of every cell
    cells/00001-000000-HASH.parquet     values of one scenario in a block of replications
    episodes/..., log/...               the same cell's episodes and events, if they are kept
    failed/00001-000000.json            a cell that could not be simulated, and why

Every file is written aside, flushed, and renamed. Whatever stops the work, what is finished stays, and the same request does only what is missing.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..scenario.errors import Problem, ScenarioError
from . import identity
from .cell import Cell, Damaged, cells, checked, checksum, decoded, encoded, outcomes, values_table
from .plan import Plan
from .task import Failure, Outcome
from .values import Values

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FORMAT = 1
MANIFEST = "manifest.json"
CELLS = "cells"
FAILED = "failed"
ASIDE = ".part"
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
        self.notices: list[str] = []
        self.failures: dict[Cell, str] = {}
        self.tables: list[str] = []
        """Names of the files that a result has left beside the cells."""
        self._files: dict[Cell, dict[str, Path]] = {}
        self._finished: dict[Cell, list[int]] = {}
        self._started = _now()
        self._ours = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """The folders in which each cell has a file."""
        kept = (("episodes", self.plan.episodes), ("log", self.plan.trace))
        return (CELLS, *(name for name, wanted in kept if wanted))

    def claim(self, replace: bool = False) -> None:
        """Make the folder ours, if it holds nothing else; clear away what a process left half-written.

        Raises ScenarioError if it holds another experiment (which `replace` gives up), OSError if it cannot be written.
        """
        for kind in self.kinds:
            (self.folder / kind).mkdir(parents=True, exist_ok=True)
        told = read_manifest(self.folder)
        if told is not None and told.get("identity") != self.identity:
            if not replace:
                what = f"holds another experiment ({told.get('command') or told.get('kind') or 'unknown'})"
                allowed = "allowed: another folder, or --replace to give this one up" if told.get("command") else "allowed: an empty folder"
                raise ScenarioError(Problem(str(self.folder), None, "--out", what, allowed))
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
        self._ours = True
        self.write_manifest(complete=False)

    def abandon(self) -> None:
        """Leave no trace of work that came to nothing; whatever else is in the folder stays."""
        if any(any((self.folder / place).glob("*")) for place in (*self.kinds, FAILED)):
            return
        (self.folder / MANIFEST).unlink(missing_ok=True)
        for place in (*(self.folder / kind for kind in self.kinds), self.folder / FAILED, self.folder):
            with contextlib.suppress(OSError):
                place.rmdir()

    def load(self, values: Values) -> None:
        """Take in every finished cell of the folder. A damaged file is told of and removed: its cell is simulated again."""
        wanted = cells(self.plan)
        for path in sorted((self.folder / CELLS).glob("*.parquet")):
            cell = Cell.named(path)
            if cell not in wanted or all(values.has(cell.place, number) for number in wanted[cell]):
                continue
            with self._removing_what_is_damaged(path):
                table, about = decoded(checked(path))
                if about["identity"] != self.identity:
                    raise Damaged(path.name)
                companions = {kind: self._companion(kind, cell, about["numbers"]) for kind in self.kinds[1:]}
                found = outcomes(table, cell.place)
                if len(found) <= len(self._finished.get(cell, [])):
                    continue
                self._files[cell] = {CELLS: path, **companions}
                self._finished[cell] = about["numbers"]
                for outcome in found:
                    if outcome.number in wanted[cell]:
                        values.fill(cell.place, outcome.number, outcome.parts)
                        values.events += outcome.events

    def _companion(self, kind: str, cell: Cell, numbers: list[int]) -> Path:
        """The whole file of the same cell in another folder. Raises Damaged."""
        for path in (self.folder / kind).glob(f"{cell.stem}-*.parquet"):
            with self._removing_what_is_damaged(path):
                _, about = decoded(checked(path))
                if about == {"identity": self.identity, "numbers": numbers}:
                    return path
        raise Damaged(f"{kind}/{cell.stem}")

    @contextlib.contextmanager
    def _removing_what_is_damaged(self, path: Path) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            pass  # another process has put a fuller one in its place
        except Damaged:
            self.notices.append(f"{path} was damaged or incomplete{'; it is simulated again' if self._ours else ' and is left out'}.")
            if self._ours:
                with contextlib.suppress(OSError):
                    path.unlink()

    def put(self, cell: Cell, found: Sequence[Outcome]) -> None:
        """Keep what a cell gave, with what was kept of it before."""
        before = self._files.get(cell, {})
        name = self.plan.scenarios[cell.place].name
        numbers = sorted({*self._finished.get(cell, []), *(outcome.number for outcome in found)})
        ordered = sorted(found, key=lambda outcome: outcome.number)
        earlier = outcomes(decoded(checked(before[CELLS]))[0], cell.place) if before else []
        tables = {CELLS: values_table(sorted([*earlier, *ordered], key=lambda outcome: outcome.number), name)}
        for kind in self.kinds[1:]:
            tables[kind] = _merged(before.get(kind), [getattr(outcome, kind) for outcome in ordered])
        written = {kind: self._put(kind, cell, tables[kind], numbers) for kind in reversed(self.kinds)}
        self._files[cell], self._finished[cell] = written, numbers
        self.failures.pop(cell, None)
        for kind, path in before.items():
            if path != written[kind]:
                path.unlink(missing_ok=True)
        (self.folder / FAILED / f"{cell.stem}.json").unlink(missing_ok=True)

    def _put(self, kind: str, cell: Cell, table: pa.Table, numbers: list[int]) -> Path:
        content = encoded(table, {"identity": self.identity, "numbers": numbers})
        (self.folder / kind).mkdir(parents=True, exist_ok=True)
        path = self.folder / kind / f"{cell.stem}-{checksum(content)}.parquet"
        put(path, lambda aside: aside.write_bytes(content))
        return path

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

        tables = [decoded(checked(self._files[cell][kind]))[0] for cell in sorted(self._files)]
        return pa.concat_tables(tables, promote_options="default").to_pandas() if tables else pd.DataFrame()

    def gather(self, kind: str, path: Path) -> None:
        """The same as one Parquet file, written cell by cell."""
        from pyarrow import parquet

        writer: Any = None
        try:
            for cell in sorted(self._files):
                table = decoded(checked(self._files[cell][kind]))[0].replace_schema_metadata(None)
                writer = writer or parquet.ParquetWriter(path, table.schema)
                writer.write_table(table.cast(writer.schema))
        finally:
            if writer is not None:
                writer.close()

    def write_manifest(self, complete: bool, replications: int = 0, notices: Sequence[str] = ()) -> None:
        """Write down what was asked for, with what it was made, how many replications were finished, and the state of each cell."""
        put_text(self.folder / MANIFEST, json.dumps(self._manifest(complete, replications, notices), indent=1, ensure_ascii=False))

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
            "interval": "95% t interval over replications",
            "notices": list(notices),
            "tables": self.tables,
            "scenarios": identity.described(plan.scenarios),
            "cells": self._cells() if self._files or self.failures else [],
        }

    def _cells(self) -> list[dict[str, Any]]:
        rows = []
        for cell, asked in cells(self.plan).items():
            row: dict[str, Any] = {"scenario": self.plan.scenarios[cell.place].name, "first": asked[0], "last": asked[-1]}
            if cell in self.failures:
                row |= {"status": "failed", "error": self.failures[cell]}
            elif set(asked) <= set(self._finished.get(cell, [])):
                row |= {"status": "done", "file": f"{CELLS}/{self._files[cell][CELLS].name}"}
            else:
                row |= {"status": "missing"}
            rows.append(row)
        return rows


def _merged(path: Path | None, frames: Sequence[pd.DataFrame]) -> pa.Table:
    """The rows of an earlier file of the cell and of new replications, in the order of the replications."""
    import pandas as pd
    import pyarrow as pa

    before = [decoded(checked(path))[0].to_pandas()] if path else []
    whole = pd.concat([*before, *frames], ignore_index=True)
    number = "replication" if "replication" in whole else "run_number"
    return pa.Table.from_pandas(whole.sort_values(number, kind="stable", ignore_index=True), preserve_index=False)


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
    for name in (*told.get("tables", ()), MANIFEST):
        (folder / Path(name).name).unlink(missing_ok=True)


def put(path: Path, write: Callable[[Path], Any]) -> Path:
    """Let `write` fill a file beside `path`; when it is whole and on the disk, give it its name."""
    aside = path.with_name(f".{path.stem}-{uuid.uuid4().hex}{ASIDE}")
    try:
        write(aside)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    return path


def put_text(path: Path, text: str) -> Path:
    """A text, in the same way."""
    return put(path, lambda aside: aside.write_text(text + "\n", encoding="utf-8"))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
