"""From a request to what it delivers: looked at before anything is computed, progress while it is, files and a table afterwards."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from .heap import keep_small
from .printing import complain, print_json

if TYPE_CHECKING:
    from ..experiment.findings import Findings
    from ..experiment.study import How

RESULTS = "MISSING_SIM_RESULTS"
"""The environment variable that names the folder in which experiments are kept; "off" for none."""


def home() -> Path | None:
    """The folder in which an experiment gets one of its own if --out names none; None if they are not to be kept."""
    named = os.environ.get(RESULTS, "results")
    return None if named == "off" else Path(named)


def somewhere_for_episodes(episodes: bool, out: Path | None) -> None:
    """Raises ScenarioError if episodes are to be kept and there is no place for them."""
    from ..scenario.errors import Problem, ScenarioError

    if episodes and out is None and home() is None:
        raise ScenarioError(Problem("", None, "--episodes", "there is nowhere to write them", "name a folder with --out"))


def parsed_overrides(overrides: list[str] | None) -> dict[str, Any]:
    """The values of --set. Raises ScenarioError."""
    from ..scenario.overrides import parsed

    return parsed(overrides or [])


def half_widths(asked: list[str] | None) -> dict[str, float]:
    """The half-widths of --precision by measure. Raises ScenarioError."""
    return by_measure("--precision", asked, "half the width of its 95% interval, such as T2=0.1")


def by_measure(option: str, asked: list[str] | None, what: str) -> dict[str, float]:
    """Numbers by measure, as an option gives them: T2=0.1. Raises ScenarioError."""
    from ..scenario.errors import Problem, ScenarioError

    found: dict[str, float] = {}
    for text in asked or []:
        measure, _, number = text.partition("=")
        try:
            found[measure.strip()] = float(number)
        except ValueError:
            raise ScenarioError(Problem("", None, option, f'"{text}" cannot be read', f"allowed: a measure and {what}")) from None
    return found


@contextlib.contextmanager
def working(
    shared: How, out: Path | None, replace: bool, overrides: list[str] | None = None, trace: Path | None = None
) -> Iterator[How]:
    """How the work is to be done: what commands share, the values of --set, and where it is kept. A folder to be written to is made first, and
    taken away again if nothing comes of it. A key press that leaves nothing to keep ends the command. Raises ScenarioError."""
    keep_small()
    values = parsed_overrides(overrides)
    with _as_set(), places(out, trace), progress_bar("Runs") as progress:
        kept: How = {"out": out, "home": home() if out is None and trace is None else None, "replace": replace}
        try:
            yield {**shared, "overrides": values, **kept, "command": " ".join(["missing-sim", *sys.argv[1:]]), "progress": progress}
        except KeyboardInterrupt:
            complain("Stopped before the first replication was finished: nothing was kept.")
            raise SystemExit(1) from None


@contextlib.contextmanager
def _as_set() -> Iterator[None]:
    """What is wrong with an override is told of --set, by which it was given."""
    from ..scenario.errors import ScenarioError
    from ..scenario.load import OVERRIDE

    try:
        yield
    except ScenarioError as error:
        raise ScenarioError([changed(one, path="--set") if one.path == OVERRIDE else one for one in error.problems]) from None


@contextlib.contextmanager
def places(out: Path | None, trace: Path | None = None) -> Iterator[None]:
    """Make the folders that will be written to before anything is computed; if nothing comes of it, leave none behind."""
    from ..scenario.errors import Problem, ScenarioError

    if trace is not None and trace.suffix not in (".parquet", ".csv"):
        raise ScenarioError(Problem("", None, "--trace", f'"{trace}" is no table', "allowed: a file name that ends in .parquet or .csv"))
    with contextlib.ExitStack() as stack:
        for option, folder in (("--out", out), ("--trace", trace.parent if trace else None)):
            if folder is not None:
                stack.enter_context(room(option, folder))
        yield


@contextlib.contextmanager
def room(option: str, folder: Path, allowed: str = "allowed: a folder that can be written to") -> Iterator[None]:
    """Make the folder that an option writes to; if nothing comes of it, leave none behind. Raises ScenarioError."""
    from ..experiment.keeping import prepared
    from ..scenario.errors import Problem, ScenarioError

    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(prepared(folder))
        except OSError as error:
            raise ScenarioError(Problem(str(folder), None, option, str(error.strerror or error).lower(), allowed)) from None
        yield


def speak() -> None:
    """What the engine has to say goes to standard error."""
    import logging

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("sim").setLevel(logging.INFO)


@contextlib.contextmanager
def progress_bar(what: str) -> Iterator[Any]:
    """A progress bar on a terminal, silence in a pipe. What the engine has to say (that it is being compiled) goes to standard error."""
    from ..experiment.where import silent

    speak()
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def progress(done: int, asked: int) -> None:
            bar.update(task, completed=done, total=asked)

        yield progress


def deliver(command: str, findings: Findings, as_json: bool, **content: Any) -> None:
    """Write the report if the findings are kept, print the table or the JSON, and end with 1 if the run was stopped or a cell failed."""
    from ..report import text, write

    folder, plan = findings.folder, findings.plan
    if folder is not None and findings.execution is not None and findings.execution.taken:
        complain(f"{findings.execution.taken:,} of {plan.runs:,} runs were in {folder} already.")
    if folder is not None:
        write(findings, folder / "report.html")
    if as_json:
        head = {"engine": plan.engine, "seed": plan.seed, "replications": findings.replications, "scenarios": findings.names}
        print_json(command, **head, **content, notices=list(findings.notices))
    else:
        typer.echo(text(findings))
        for notice in findings.notices:
            typer.echo(f"Note: {notice}")
        if folder is not None:
            typer.echo(f"Report: {folder / 'report.html'}")
    if not findings.complete:
        raise typer.Exit(1)
