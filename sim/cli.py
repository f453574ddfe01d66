"""The command `missing-sim`. A command loads what it needs when it is called, so that `--help` answers at once.

Exit codes: 0 done, 1 the work failed, 2 the request was wrong. An error that a user can put right is a message on standard error and
never a traceback; `exit_codes` sees to that for every command.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import __version__

if TYPE_CHECKING:
    from .experiment.comparison import Result
    from .scenario import Problem

app = typer.Typer(
    name="missing-sim",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)

Replications = Annotated[int | None, typer.Option(min=1, max=1_000_000, metavar="N", help="Replications; else as the scenario says.")]
Seed = Annotated[int | None, typer.Option(min=0, metavar="N", help="Seed of the luck; else as the scenario says.")]
EngineName = Annotated[str, typer.Option(metavar="ENGINE", help="compiled, simpy, or auto: compiled from about 20 area-years on.")]
Workers = Annotated[int | None, typer.Option(min=1, max=1024, metavar="N", help="Threads or processes; else one a core.")]
AreaName = Annotated[str | None, typer.Option("--area", metavar="AREA", help="Lay this area (small-force, county, london, a file) over all.")]
Overrides = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Set a value in all scenarios; may be repeated.")]
Out = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write tables and report into this folder.")]
Episodes = Annotated[bool, typer.Option("--episodes", help="Keep every simulated episode as Parquet; needs --out.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, for machines.")]

KEY_PRESS = 130
"""The exit code that typer gives to a key press which no command has caught."""


class KeyPress(KeyboardInterrupt):
    """Ctrl-C. Python marks a process for death when a plain KeyboardInterrupt passes through `exec`, though it is answered afterwards; this one it
    does not."""


def _pressed(number: int, frame: FrameType | None) -> None:
    raise KeyPress


def main() -> None:
    """Run the command with the arguments of this process, and leave it with an exit code."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _pressed)
    with exit_codes():
        app(prog_name="missing-sim")


@contextlib.contextmanager
def exit_codes() -> Iterator[None]:
    """Turn an error into one message and an exit code: 2 if the request was wrong, 1 if the system refused. Any other exception is a
    fault of the program, and keeps its traceback. A reader that has had enough (`| head`) ends the process quietly."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        _complain("Stopped.")
        raise SystemExit(1) from None
    except SystemExit as end:
        if end.code != KEY_PRESS:
            raise
        _complain("Stopped.")
        raise SystemExit(1) from None
    except BrokenPipeError:
        _silence()
        raise SystemExit(1) from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _complain(f"{place}{error.strerror or error}")
        raise SystemExit(1) from None
    except Exception as error:
        from .scenario.errors import ScenarioError

        if not isinstance(error, ScenarioError):
            raise
        _complain(str(error))
        raise SystemExit(2) from None


def _silence() -> None:
    """Send what is left of standard output nowhere, so that closing it at exit cannot fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str) -> None:
    typer.echo(message, err=True)


def _print_json(command: str, **content: Any) -> None:
    typer.echo(json.dumps({"command": command, "version": __version__, **content}, indent=2, ensure_ascii=False, allow_nan=False))


def _print_table(rows: Sequence[Sequence[str]], header: Sequence[str]) -> None:
    """Print columns padded to their widest cell; the last is left as it is, and lines are never cut."""
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header) - 1)]
    for row in [header, *rows]:
        typer.echo("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip())


def _rows(frame: Any) -> list[dict[str, Any]]:
    """A table as JSON can hold it: what is not a number is null."""
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=15))
    return rows


def _request(out: Path | None, episodes: bool, overrides: list[str] | None, trace: Path | None = None) -> dict[str, Any]:
    """Look at what can be wrong with a request before anything is computed. Gives the overrides as values."""
    from .scenario.errors import Problem, ScenarioError
    from .scenario.overrides import parsed

    if episodes and out is None:
        raise ScenarioError(Problem("", None, "--episodes", "there is nowhere to write them", "name a folder with --out"))
    if trace is not None and trace.suffix not in (".parquet", ".csv"):
        raise ScenarioError(Problem("", None, "--trace", f'"{trace}" is no table', "allowed: a file name that ends in .parquet or .csv"))
    return parsed(overrides or [])


@contextlib.contextmanager
def _places(out: Path | None, trace: Path | None = None) -> Iterator[None]:
    """Make the folders that will be written to before anything is computed; if nothing comes of it, leave none behind."""
    from .experiment.folder import prepared
    from .scenario.errors import Problem, ScenarioError

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
def _computing() -> Iterator[Any]:
    """Gives what is to be told of progress. A key press that leaves nothing to keep ends the command."""
    try:
        with _progress() as progress:
            yield progress
    except KeyboardInterrupt:
        _complain("Stopped before the first replication was finished: nothing was kept.")
        raise SystemExit(1) from None


@contextlib.contextmanager
def _progress() -> Iterator[Any]:
    """A progress bar on a terminal, silence in a pipe. What the engine has to say (that it is being compiled) goes to standard error."""
    import logging

    from .experiment.where import silent

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


def _deliver(command: str, result: Result, out: Path | None, as_json: bool, table: Callable[[Result], str]) -> None:
    """Write what was asked for, print the table or the JSON, and end with 1 if the run was stopped."""
    if out is not None:
        from .experiment.folder import save
        from .report import write

        save(result, out, " ".join(["missing-sim", *sys.argv[1:]]))
        write(result, out / "report.html")
    plan = result.plan
    if as_json:
        frames = {"measures": _rows(result.measures)} | ({"differences": _rows(result.differences)} if len(result.names) > 1 else {})
        head = {"engine": plan.engine, "seed": plan.seed, "replications": result.replications, "scenarios": result.names}
        _print_json(command, **head, **frames, notices=list(result.notices))
    else:
        typer.echo(table(result))
        for notice in result.notices:
            typer.echo(f"Note: {notice}")
        if out is not None:
            typer.echo(f"Report: {out / 'report.html'}")
    if not result.complete:
        raise typer.Exit(1)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"missing-sim {__version__}")
        raise typer.Exit


@app.callback()
def command(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")] = False,
) -> None:
    """Simulate the police and social-care response to children going missing, and compare ways of working.

    Every child and episode is simulated. Results compare policies; they do not predict any child's risk.
    """


@app.command()
def scenarios(as_json: AsJson = False) -> None:
    """List the scenarios of the library.

    \b
    Example:
      missing-sim scenarios
    """
    from .scenario import entries

    found = entries()
    if as_json:
        rows = [{"name": entry.name, "kind": entry.kind, "title": entry.title, "summary": entry.summary} for entry in found]
        _print_json("scenarios", scenarios=rows)
    else:
        _print_table([(entry.name, entry.kind, entry.title) for entry in found], header=("Name", "Kind", "Title"))


@app.command()
def check(
    names: Annotated[list[str], typer.Argument(metavar="SCENARIO", help="Scenarios, by library name or by path.")],
    against: Annotated[str, typer.Option(metavar="SCENARIO", help="The scenario to show differences from.")] = "baseline",
    as_json: AsJson = False,
) -> None:
    """Check scenarios, and show every value in which each differs from the baseline.

    \b
    Example:
      missing-sim check durham-2020-03 ./my-practice.toml
    """
    from .scenario import ScenarioError, differences, load

    baseline = load(against)
    rows: list[tuple[str, str, Any, Any]] = []
    problems: list[Problem] = []
    good: list[str] = []
    for name in dict.fromkeys(names):
        try:
            scenario = load(name)
        except ScenarioError as error:
            problems += error.problems
        else:
            good.append(name)
            rows += [(name, *difference) for difference in differences(baseline, scenario)]
    if as_json:
        fields = ("scenario", "key", "baseline", "value")
        listed = [{"file": p.path, "line": p.line, "key": p.key, "problem": p.problem, "allowed": p.allowed} for p in problems]
        shown = [dict(zip(fields, row, strict=True)) for row in rows]
        _print_json("check", against=against, scenarios=good, differences=shown, problems=listed)
    else:
        _print_differences(good, against, rows)
    if problems:
        raise ScenarioError(problems)


def _print_differences(names: Sequence[str], against: str, rows: Sequence[tuple[str, str, Any, Any]]) -> None:
    """Print one paragraph for each valid scenario."""
    for name in names:
        own = [(f"  {key}", json.dumps(before), json.dumps(after)) for scenario, key, before, after in rows if scenario == name]
        if own:
            typer.echo(f"{name} is valid. It differs from {against} in {len(own)} {'value' if len(own) == 1 else 'values'}:")
            _print_table(own, header=("  Key", against, name))
        else:
            typer.echo(f"{name} is valid. In effect it is the same as {against}.")


@app.command()
def schema(out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to this file, not to the terminal.")] = None) -> None:
    """Print the JSON Schema of a scenario file, for editors.

    \b
    Example:
      missing-sim schema --out scenario.schema.json
    """
    from .scenario import json_schema

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False)
    if out is None:
        typer.echo(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")


@app.command()
def run(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario, by library name or by path.")],
    replications: Replications = None,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    area: AreaName = None,
    overrides: Overrides = None,
    out: Out = None,
    episodes: Episodes = False,
    trace: Annotated[Path | None, typer.Option(metavar="FILE", help="Write every event of the run to this .parquet or .csv file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Simulate one scenario and show its headline measures.

    \b
    Example:
      missing-sim run baseline --area small-force --replications 5
    """
    from .experiment.study import run as simulate
    from .report import single_table

    values = _request(out, episodes, overrides, trace)
    with _places(out, trace), _computing() as progress:
        result = simulate(
            scenario,
            replications=replications,
            seed=seed,
            engine=engine,
            workers=workers,
            area=area,
            overrides=values,
            episodes=episodes,
            trace=trace is not None,
            progress=progress,
        )
    if trace is not None:
        from .experiment.folder import put_table

        put_table(trace, result.log)
    _deliver("run", result, out, as_json, single_table)


@app.command()
def compare(
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help="The scenario that the others are measured against.")],
    others: Annotated[list[str], typer.Argument(metavar="SCENARIO", help="The others, by library name or by path.")],
    replications: Replications = None,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    area: AreaName = None,
    overrides: Overrides = None,
    effect: Annotated[str, typer.Option(metavar="EFFECT", help="first-year (all switch after the baseline's warm-up) or steady.")] = "first-year",
    out: Out = None,
    episodes: Episodes = False,
    as_json: AsJson = False,
) -> None:
    """Compare scenarios with the same simulated children and the same luck, and write a report.

    \b
    Example:
      missing-sim compare durham-2020-03 good-practice --out results/demo
    """
    from .experiment.study import compare as simulate
    from .report import headline_table

    values = _request(out, episodes, overrides)
    with _places(out), _computing() as progress:
        result = simulate(
            baseline,
            *others,
            replications=replications,
            seed=seed,
            engine=engine,
            workers=workers,
            area=area,
            overrides=values,
            effect=effect,
            episodes=episodes,
            progress=progress,
        )
    _deliver("compare", result, out, as_json, headline_table)


@app.command()
def validate(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="The scenario that stands for usual practice.")] = "baseline",
    replications: Replications = None,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    area: AreaName = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Hold simulated figures against published ones.

    A row is "input" where a parameter was set to that figure, "emergent" where the figure comes out of the mechanism; only emergent rows count.

    \b
    Example:
      missing-sim validate baseline --replications 50
    """
    from .calibrate.validation import validate as hold
    from .experiment.folder import put_table

    with _places(out), _computing() as progress:
        found = hold(scenario, replications=replications, seed=seed, engine=engine, workers=workers, area=area, progress=progress)
    if out is not None:
        put_table(out / "validation.csv", found.table)
    if as_json:
        plan = found.plan
        head = {"engine": plan.engine, "seed": plan.seed, "replications": found.replications, "scenarios": [plan.baseline.name]}
        _print_json("validate", **head, validation=_rows(found.table), misses=found.misses, notices=list(found.notices))
    else:
        typer.echo(found.text)
        for notice in found.notices:
            typer.echo(f"Note: {notice}")
    if not found.complete:
        raise typer.Exit(1)
