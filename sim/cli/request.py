"""From a request to what it delivers: looked at before anything is computed, progress while it is, files and a table afterwards."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from .printing import complain, print_json, rows

if TYPE_CHECKING:
    from ..experiment.comparison import Result


def request(out: Path | None, episodes: bool, overrides: list[str] | None, trace: Path | None = None) -> dict[str, Any]:
    """Look at what can be wrong with a request before anything is computed. Gives the overrides as values."""
    from ..scenario.errors import Problem, ScenarioError
    from ..scenario.overrides import parsed

    if episodes and out is None:
        raise ScenarioError(Problem("", None, "--episodes", "there is nowhere to write them", "name a folder with --out"))
    if trace is not None and trace.suffix not in (".parquet", ".csv"):
        raise ScenarioError(Problem("", None, "--trace", f'"{trace}" is no table', "allowed: a file name that ends in .parquet or .csv"))
    return parsed(overrides or [])


@contextlib.contextmanager
def places(out: Path | None, trace: Path | None = None) -> Iterator[None]:
    """Make the folders that will be written to before anything is computed; if nothing comes of it, leave none behind."""
    from ..experiment.folder import prepared
    from ..scenario.errors import Problem, ScenarioError

    with contextlib.ExitStack() as stack:
        for option, folder in (("--out", out), ("--trace", trace.parent if trace else None)):
            if folder is not None:
                try:
                    stack.enter_context(prepared(folder))
                except OSError as error:
                    allowed = "allowed: a folder that can be written to"
                    raise ScenarioError(Problem(str(folder), None, option, str(error.strerror or error).lower(), allowed)) from None
        yield


@contextlib.contextmanager
def computing() -> Iterator[Any]:
    """Gives what is to be told of progress. A key press that leaves nothing to keep ends the command."""
    try:
        with _progress() as progress:
            yield progress
    except KeyboardInterrupt:
        complain("Stopped before the first replication was finished: nothing was kept.")
        raise SystemExit(1) from None


@contextlib.contextmanager
def _progress() -> Iterator[Any]:
    """A progress bar on a terminal, silence in a pipe. What the engine has to say (that it is being compiled) goes to standard error."""
    import logging

    from ..experiment.where import silent

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("sim").setLevel(logging.INFO)
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Replications", total=None)

        def progress(done: int, asked: int) -> None:
            bar.update(task, completed=done, total=asked)

        yield progress


def deliver(command: str, result: Result, out: Path | None, as_json: bool, table: Callable[[Result], str]) -> None:
    """Write what was asked for, print the table or the JSON, and end with 1 if the run was stopped."""
    if out is not None:
        from ..experiment.folder import save
        from ..report import write

        save(result, out, " ".join(["missing-sim", *sys.argv[1:]]))
        write(result, out / "report.html")
    plan = result.plan
    if as_json:
        frames = {"measures": rows(result.measures)} | ({"differences": rows(result.differences)} if len(result.names) > 1 else {})
        head = {"engine": plan.engine, "seed": plan.seed, "replications": result.replications, "scenarios": result.names}
        print_json(command, **head, **frames, notices=list(result.notices))
    else:
        typer.echo(table(result))
        for notice in result.notices:
            typer.echo(f"Note: {notice}")
        if out is not None:
            typer.echo(f"Report: {out / 'report.html'}")
    if not result.complete:
        raise typer.Exit(1)
