"""Experiments that were kept: listed, and opened again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .app import app
from .options import AsJson
from .printing import print_json, print_table


@app.command()
def results(
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="A folder of experiments, or one experiment; else results.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the experiments that were kept, or open one and show its table again. Nothing is simulated.

    \b
    Example:
      missing-sim results
    """
    from ..experiment.archive import entries, reopened
    from ..experiment.store import CELLS
    from ..scenario.errors import Problem, ScenarioError
    from .request import home

    place = folder or home() or Path("results")
    if folder is not None and not folder.is_dir():
        raise ScenarioError(Problem(str(folder), None, "", "there is no such folder", "allowed: a folder of experiments, or one experiment"))
    found = entries(place)
    if any(entry.folder == place for entry in found) and not as_json:
        from ..report import text

        opened = reopened(place)
        typer.echo(text(opened))
        for notice in opened.notices:
            typer.echo(f"Note: {notice}")
        return
    if as_json:
        print_json("results", experiments=[{**entry._asdict(), "folder": str(entry.folder)} for entry in found])
    elif not found:
        if folder is not None and (folder / CELLS).is_dir():
            reopened(folder)  # tells what is wrong with it
        typer.echo(f"There is no experiment in '{place}'.")
    else:
        rows = [
            (
                str(entry.folder),
                entry.kind,
                f"{entry.replications:,}",
                "complete" if entry.complete else "unfinished",
                entry.written.replace("T", " ").removesuffix("+00:00"),
                ", ".join(entry.scenarios[:3]) + (f" and {len(entry.scenarios) - 3:,} more" if len(entry.scenarios) > 3 else ""),
            )
            for entry in found
        ]
        print_table(rows, header=("Folder", "Kind", "Replications", "State", "Written (UTC)", "Scenarios"))
