"""The command `missing-sim`. A command loads what it needs when it is called, so that `--help` answers at once.

Exit codes: 0 done, 1 the work failed, 2 the request was wrong. An error that a user can put right is a message on standard error and
never a traceback; `exit_codes` sees to that for every command.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import __version__

if TYPE_CHECKING:
    from .scenario import Problem

app = typer.Typer(
    name="missing-sim",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, for machines.")]


def main() -> None:
    """Run the command with the arguments of this process, and leave it with an exit code."""
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
