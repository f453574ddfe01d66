"""A result on disk: tidy CSV tables, a manifest, and episodes or a trace as Parquet if they were kept. Each file is written aside, then renamed."""

from __future__ import annotations

import contextlib
import json
import os
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from .comparison import Result

TABLES = frozenset({"measures.csv", "splits.csv", "differences.csv", "split_differences.csv", "episodes.parquet"})
"""Every table that a result may leave."""


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


def put(path: Path, write: Callable[[Path], Any]) -> Path:
    """Let `write` fill a file beside `path` and give it its name when it is whole."""
    aside = path.with_name(f".{uuid.uuid4().hex}{path.suffix}")
    try:
        write(aside)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    return path


def put_table(path: Path, frame: pd.DataFrame) -> Path:
    """A table as Parquet or, for any other ending, as CSV."""
    if path.suffix == ".parquet":
        return put(path, lambda aside: frame.to_parquet(aside, index=False))
    return put(path, lambda aside: frame.to_csv(aside, index=False))


def save(result: Result, folder: Path, command: str) -> list[Path]:
    """Every table of a result and its manifest. The folder must exist; tables of an earlier result that this one has not are taken away."""
    tables = {"measures.csv": result.measures, "splits.csv": result.splits}
    if len(result.names) > 1:
        tables |= {"differences.csv": result.differences, "split_differences.csv": result.split_differences}
    if result.plan.episodes:
        tables["episodes.parquet"] = result.episodes
    for name in TABLES - tables.keys():
        (folder / name).unlink(missing_ok=True)
    written = [put_table(folder / name, frame) for name, frame in tables.items()]
    text = json.dumps(manifest(result, command), indent=2, ensure_ascii=False)
    return [*written, put(folder / "manifest.json", lambda aside: aside.write_text(text + "\n", encoding="utf-8"))]


def manifest(result: Result, command: str) -> dict[str, Any]:
    """What was computed, and with what: enough to do it again."""
    plan = result.plan
    return {
        "command": command,
        "version": __version__,
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "engine": plan.engine,
        "seed": plan.seed,
        "replications": result.replications,
        "complete": result.complete,
        "effect": plan.effect,
        "interval": "95% t interval over replications",
        "notices": list(result.notices),
        "scenarios": [described(scenario) for scenario in plan.scenarios],
    }


def described(scenario: Scenario) -> dict[str, Any]:
    """A scenario with every value that was in effect."""
    return scenario.model_dump(mode="json")
