"""Commands about scenario files: list them, check them, and their schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app
from .options import AsJson
from .printing import print_json, print_table

if TYPE_CHECKING:
    from ..scenario import Problem


@app.command()
def scenarios(as_json: AsJson = False) -> None:
    """List the scenarios of the library.

    \b
    Example:
      missing-sim scenarios
    """
    from ..scenario import entries

    found = entries()
    if as_json:
        rows = [{"name": entry.name, "kind": entry.kind, "title": entry.title, "summary": entry.summary} for entry in found]
        print_json("scenarios", scenarios=rows)
    else:
        print_table([(entry.name, entry.kind, entry.title) for entry in found], header=("Name", "Kind", "Title"))


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
    from ..scenario import ScenarioError, differences, load

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
        print_json("check", against=against, scenarios=good, differences=shown, problems=listed)
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
            print_table(own, header=("  Key", against, name))
        else:
            typer.echo(f"{name} is valid. In effect it is the same as {against}.")


@app.command()
def schema(out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to this file, not to the terminal.")] = None) -> None:
    """Print the JSON Schema of a scenario file, for editors.

    \b
    Example:
      missing-sim schema --out scenario.schema.json
    """
    from ..scenario import json_schema

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False)
    if out is None:
        typer.echo(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")
