"""An experiment repeated from its folder, and held against what the folder has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from .request import deliver, working

if TYPE_CHECKING:
    from ..experiment.findings import Findings
    from ..experiment.study import How


def repeat_it(folder: Path, given: list[str], shared: How, out: Path | None, replace: bool, as_json: bool) -> None:
    """Simulate the experiment of a folder again, and say whether every table came out the same. Raises ScenarioError."""
    from ..experiment.archive import repeat
    from ..scenario.errors import Problem, ScenarioError

    if given:
        what = f"repeats an experiment as it was, and {', '.join(given)} would change it"
        raise ScenarioError(Problem("", None, "--from", what, "allowed beside it: --out, --engine, --workers, --dask, --json"))
    if out is not None and out.resolve() == folder.resolve():
        raise ScenarioError(Problem(str(out), None, "--out", "is the folder to be repeated", "allowed: another folder"))
    with working(shared, out, replace) as how:
        found = repeat(folder, {**how, "home": None})
    tables = {name: json.loads(frame.to_json(orient="split", double_precision=15)) for name, frame in found.tables.items()}
    deliver("run", found, as_json, tables=tables, repeats=str(folder))
    if not as_json:
        typer.echo(compared(folder, found))


def compared(folder: Path, found: Findings) -> str:
    """Whether the tables of a repetition are those of the folder, byte for byte."""
    kept = {name: folder / f"{name}.csv" for name in found.tables}
    differing = [name for name, frame in found.tables.items() if kept[name].exists() and kept[name].read_text("utf-8") != frame.to_csv(index=False)]
    missing = [name for name, path in kept.items() if not path.exists()]
    if differing or missing:
        return f"Not the same as in {folder}: {', '.join(differing + missing)}."
    return f"Every table is the same as in {folder}, byte for byte: {', '.join(kept)}."
