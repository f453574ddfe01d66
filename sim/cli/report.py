"""What an experiment that was kept looks like: its report again, a workbook, its tables as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import app
from .options import AsJson
from .printing import print_json
from .request import room

if TYPE_CHECKING:
    from ..scenario import Problem

ENDINGS = {"--out": (".html", ".htm"), "--excel": (".xlsx",), "--word": (".docx",)}
PLACE = "allowed: a place that can be written to"


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of an experiment.")],
    out: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Write the report here; with no option it goes into FOLDER.")] = None,
    excel: Annotated[Path | None, typer.Option(metavar="FILE.xlsx", help="Write an Excel workbook: notes, then a sheet a table.")] = None,
    word: Annotated[Path | None, typer.Option(metavar="FILE.docx", help="Write a board paper of two pages.")] = None,
    explained: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Let the board paper say what explains it: an experiment of `explain`.")
    ] = None,
    tables: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write every table here, with its provenance.")] = None,
    format: Annotated[str | None, typer.Option(metavar="FORMAT", help="Of the tables: csv (the default) or parquet.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write the report of a kept experiment again, or a board paper, an Excel workbook, or its tables. Nothing is simulated.

    Of an experiment that is not finished, what there is is shown, and the report says so. A board paper can be had of run, compare, explain, frontier
    and a sweep of one lever.

    \b
    Example:
      missing-sim report results/demo --excel demo.xlsx --tables demo-tables --format parquet
      missing-sim report results/demo --word board.docx --explained results/demo-explained
    """
    from ..experiment.archive import reopened
    from ..report import export, workbook, write
    from ..report import word as board
    from ..scenario.errors import ScenarioError

    problems = [*_files({"--out": out, "--excel": excel, "--word": word}), *_explained(word, explained), *_tables(folder, tables, format)]
    if problems:
        raise ScenarioError(problems)
    if excel is not None:
        workbook.library()
    if word is not None:
        board.library()
    findings = reopened(folder)
    cause = None if explained is None else reopened(explained)
    written: list[tuple[str, list[Path]]] = []
    if out is not None:
        with room("--out", out.parent, PLACE):
            written.append(("Report", [write(findings, out)]))
    elif excel is None and word is None and tables is None:
        with room("", folder, "name another place for the report with --out"):
            written.append(("Report", [write(findings, folder / "report.html")]))
    if excel is not None:
        with room("--excel", excel.parent, PLACE):
            written.append(("Workbook", [workbook.write(findings, excel)]))
    if word is not None:
        with room("--word", word.parent, PLACE):
            written.append(("Board paper", [board.write(findings, word, cause)]))
    if tables is not None:
        with room("--tables", tables, PLACE):
            written.append(("Tables", export.write(findings, tables, format or export.FORMATS[0])))
    if as_json:
        files = [str(path) for _, paths in written for path in paths]
        print_json("report", folder=str(folder), kind=findings.kind, complete=findings.complete, files=files, notices=list(findings.notices))
        return
    for what, paths in written:
        typer.echo(f"{what}: {', '.join(map(str, paths))}")
    for notice in findings.notices:
        typer.echo(f"Note: {notice}")


def _files(asked: dict[str, Path | None]) -> Iterator[Problem]:
    """Files that cannot be written as they are named."""
    from ..scenario import Problem

    for option, path in asked.items():
        allowed = f"allowed: the name of a file that ends in {' or '.join(ENDINGS[option])}"
        if path is not None and path.is_dir():
            yield Problem(str(path), None, option, "is a folder", allowed)
        elif path is not None and path.suffix.lower() not in ENDINGS[option]:
            yield Problem("", None, option, f'"{path}" has another ending', allowed)


def _explained(word: Path | None, explained: Path | None) -> Iterator[Problem]:
    """An explanation without a paper that could hold it."""
    from ..scenario import Problem

    if explained is not None and word is None:
        yield Problem("", None, "--explained", "belongs to a board paper, and none is asked for", "name a file with --word")


def _tables(folder: Path, tables: Path | None, format: str | None) -> Iterator[Problem]:
    """Tables that cannot be written as they are asked for. Those in the folder of the experiment are its record, and stay."""
    from ..report.export import FORMATS
    from ..scenario import Problem

    if format is not None and format not in FORMATS:
        yield Problem("", None, "--format", f'"{format}" is not known', f"allowed: {' or '.join(FORMATS)}")
    if format is not None and tables is None:
        yield Problem("", None, "--format", "is the format of tables, and none are asked for", "name a folder with --tables")
    if tables is not None and tables.exists() and not tables.is_dir():
        yield Problem(str(tables), None, "--tables", "is a file", "allowed: a folder")
    if tables is not None and tables.resolve() == folder.resolve():
        yield Problem(str(tables), None, "--tables", "is the folder of the experiment, whose own tables stay as they are", "allowed: another folder")
