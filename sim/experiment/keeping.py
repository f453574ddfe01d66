"""Findings as files beside their cells: each table as CSV, kept episodes as one Parquet file, and the manifest that names them."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .findings import Findings
from .writing import put

if TYPE_CHECKING:
    import pandas as pd


def keep(findings: Findings) -> list[Path]:
    """Write every table of findings into their folder, if they have one, and take away those of an earlier result that these have not."""
    store = findings.execution.store if findings.execution is not None else None
    if store is None:
        return []
    written = [put_table(store.folder / f"{name}.csv", frame) for name, frame in findings.tables.items()]
    if findings.plan.episodes:
        path = store.folder / "episodes.parquet"
        written.append(put(path, lambda aside: store.gather("episodes", aside)))
    names = [path.name for path in written]
    for name in set(store.tables) - set(names):
        (store.folder / Path(name).name).unlink(missing_ok=True)
    store.tables = names
    store.write_manifest(findings.complete, findings.replications, findings.notices)
    return written


def put_table(path: Path, frame: pd.DataFrame) -> Path:
    """A table as Parquet or, for any other ending, as CSV; whole, or not at all."""
    if path.suffix == ".parquet":
        return put(path, lambda aside: frame.to_parquet(aside, index=False))
    return put(path, lambda aside: frame.to_csv(aside, index=False))


def prepare(folder: Path) -> None:
    """Make the folder, and prove that it can be written to, before anything is computed. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f".{uuid.uuid4().hex}"
    probe.write_bytes(b"")
    probe.unlink()


@contextlib.contextmanager
def prepared(folder: Path) -> Iterator[None]:
    """The same for as long as something is computed: if that fails, the folders made for it are taken away again. Raises OSError."""
    new = [place for place in (folder, *folder.parents) if not place.exists()]
    prepare(folder)
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            for place in new:
                place.rmdir()
        raise
