"""The command that makes a training pack, and the same command that says later whether its files are whole."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from .app import app
from .options import AsJson, Seed, Workers
from .printing import print_json

OutFolder = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Write the pack here.", show_default=False)]
CheckFolder = Annotated[
    Path | None, typer.Option("--check", metavar="FOLDER", help="Say which files of this pack are damaged or missing.", show_default=False)
]
Cases = Annotated[
    list[str] | None,
    typer.Option(metavar="A,B,...", help="Types of case, may be repeated; `missing-sim story` lists them. Else all of them.", show_default=False),
]
Pairs = Annotated[int, typer.Option(metavar="N", help="Pairs in the crowd of each case.")]
PackScenario = Annotated[str, typer.Option("--scenario", metavar="SCENARIO", help="Where the cases come from, by library name or by path.")]
PackArea = Annotated[str, typer.Option("--area", metavar="AREA", help="The area (small-force, county, london, a file).")]
ReplacePack = Annotated[bool, typer.Option("--replace", help="Give up the pack that is in the folder; files that are not of a pack stay.")]


@app.command()
def pack(
    out: OutFolder = None,
    check: CheckFolder = None,
    scenario: PackScenario = "baseline",
    area: PackArea = "small-force",
    seed: Seed = None,
    cases: Cases = None,
    pairs: Pairs = 1000,
    workers: Workers = None,
    replace: ReplacePack = False,
    as_json: AsJson = False,
) -> None:
    """Make a training pack: a folder of exercise pages that open from a disk or a USB stick, with no network and nothing to install.

    It holds a page for each case, a facilitator's page, notes and cards to print. Open index.html. Nobody's data is in it.

    \b
    Example:
      missing-sim pack --out training
      missing-sim pack --out other-cases --cases under-graded-with-exploitation,nothing-overnight --seed 7
      missing-sim pack --check training
    """
    from ..scenario.errors import Problem, ScenarioError

    if (out is None) == (check is None):
        what = "there is nothing to do" if out is None else "a pack is either made or checked"
        raise ScenarioError(Problem("", None, "--out", what, "name a folder with --out or with --check"))
    if check is not None:
        _check(check, as_json)
    elif out is not None:
        named = None if cases is None else [name.strip() for some in cases for name in some.split(",") if name.strip()]
        with _telling() as tell:
            _make(out, replace, as_json, tell, {"scenario": scenario, "area": area, "seed": seed, "cases": named, "pairs": pairs, "workers": workers})


def _make(out: Path, replace: bool, as_json: bool, tell: Callable[[str], None], request: dict[str, Any]) -> None:
    from ..report.pack import Pages, allowed, write
    from ..report.pack.making import make
    from .request import places

    allowed(out, replace)
    with places(out):
        made = make(**request, tell=tell)
        pages = Pages(made.exercises, made.provenance)
        tell("Writing the pages")
        written = write(out, pages.files(), made.about)
    size = sum(path.stat().st_size for path in written)
    if as_json:
        held = [{"type": one.exercise["id"], "file": one.file, "title": one.title, "code": one.code} for one in pages.cases]
        files = [path.relative_to(out).as_posix() for path in written]
        print_json("pack", folder=str(out), **{**made.about, "cases": held}, files=files, bytes=size, notices=list(made.notices))
        return
    for one in pages.cases:
        typer.echo(f"{one.title}: {one.exercise['id']}. Code {one.code}")
    for notice in made.notices:
        typer.echo(f"Note: {notice}")
    typer.echo(f"Pack: {out / 'index.html'} ({size / 1e6:.1f} MB)")


def _check(folder: Path, as_json: bool) -> None:
    from ..report.pack import check

    found = check(folder)
    if as_json:
        state = {"whole": found.whole, "damaged": list(found.damaged), "missing": list(found.missing), "other": list(found.other)}
        print_json("pack", folder=str(folder), **state)
    else:
        for words, paths in (("Damaged", found.damaged), ("Missing", found.missing), ("Not of the pack", found.other)):
            for path in paths:
                typer.echo(f"{words}: {path}")
        count = len(found.manifest["files"])
        typer.echo(f"The pack is whole: {count} files." if found.whole else "Copy the whole folder again, or make the pack again.")
    if not found.whole:
        raise typer.Exit(1)


@contextlib.contextmanager
def _telling() -> Iterator[Callable[[str], None]]:
    """On a terminal, what is being done and for how long; in a pipe, silence."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None)
        yield lambda words: bar.update(task, description=words)
