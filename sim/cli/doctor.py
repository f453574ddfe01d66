"""The command that looks at the machine: is everything there, and does it give the right answers?"""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from .app import app
from .options import AsJson
from .printing import complain, print_json, print_table

if TYPE_CHECKING:
    from ..engine.checkup import Checkup
    from ..engine.shelf import State


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Look at this machine: versions, which engine runs, its cache, and whether both engines agree.

    Compiles the engine if that has not been done. Ends with 0 if all is well, with 1 if engines differ, rules do not compile or a package is missing.
    Says by when the inputs of the model must be reviewed, and warns after that day.

    \b
    Example:
      missing-sim doctor
    """
    from ..calibrate.sunset import SUNSET, in_words, overdue
    from ..engine.checkup import checkup
    from ..experiment.where import workers_by_default

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("sim").setLevel(logging.INFO)
    found = checkup()
    workers = workers_by_default()
    if as_json:
        print_json("doctor", **_as_json(found, workers))
    else:
        print_table(_lines(found, workers), header=("What", "Found"))
        typer.echo("\nAll is well." if not found.problems else "\nSomething is wrong:")
        for problem in found.problems:
            typer.echo(f"  {problem}")
        if overdue(date.today()):
            complain(f"Warning: the inputs of the model were to be reviewed by {in_words(SUNSET)}. Rest no decision on results until that is done.")
    if found.problems:
        raise typer.Exit(1)


def _as_json(found: Checkup, workers: int) -> dict[str, Any]:
    from dataclasses import asdict

    from ..calibrate.sunset import REVIEWED, SUNSET, overdue
    from ..engine.choice import LARGE

    shelf, trial = found.shelf, found.trial
    return {
        "versions": found.versions,
        "engine": {"large_runs": "simpy" if found.obstacle else "compiled", "large_from_area_years": LARGE, "obstacle": found.obstacle},
        "workers": workers,
        "cache": None if shelf is None else {**shelf._asdict(), "folder": None if shelf.folder is None else str(shelf.folder)},
        "trial": None if trial is None else asdict(trial),
        "inputs": {"reviewed": REVIEWED.isoformat(), "review_by": SUNSET.isoformat(), "overdue": overdue(date.today())},
        "problems": found.problems,
        "well": not found.problems,
    }


def _lines(found: Checkup, workers: int) -> list[tuple[str, str]]:
    """What was found, a line each."""
    from ..calibrate.sunset import REVIEWED, SUNSET, in_words
    from ..engine.checkup import AREA, MORE_WEEKS, SCENARIO, SWITCHED_TO, WEEKS
    from ..engine.choice import LARGE, SMALL

    lines = list(found.versions.items())
    if found.obstacle:
        lines.append(("engine", f"SimPy for every run: {found.obstacle}; the results are the same, large runs take longer"))
    else:
        more = f"compiled for runs of {LARGE:.0f} area-years and more, once it is compiled from {SMALL:.0f} on; SimPy for smaller ones"
        lines.append(("engine", more))
    threads = "" if found.obstacle else "threads for the compiled engine, "
    lines.append(("workers", f"{workers}: {threads}processes for SimPy"))
    if found.shelf:
        lines.append(("cache", _shelf(found.shelf)))
    if found.trial:
        trial = found.trial
        how = "read from the cache" if trial.was_kept else "compiled"
        lines.append(("start", f"{how} in {trial.seconds:.1f} s"))
        verdict = "differ" if trial.differences else "equal to the byte"
        over = f"{SCENARIO} in {AREA}, {WEEKS} weeks, and {MORE_WEEKS} more switched to {SWITCHED_TO}"
        lines.append(("engines", f"{verdict}: {over} ({trial.events:,} events, {trial.rows:,} rows)"))
    lines.append(("inputs", f"reviewed on {in_words(REVIEWED)}; to be reviewed again by {in_words(SUNSET)}"))
    return lines


def _shelf(shelf: State) -> str:
    if shelf.folder is None:
        return f"none, so the engine is compiled in every run that needs it: {shelf.trouble}"
    code = f"{shelf.bytes / 1e6:.1f} MB of compiled code" if shelf.filled else "no compiled code yet"
    beside = f"; {shelf.others} of other versions, {shelf.other_bytes / 1e6:.1f} MB" if shelf.others else ""
    return f"{shelf.folder}, {code}{beside}"
