"""Commands that simulate: run one scenario, compare several, hold one against published figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .app import app
from .options import AreaName, AsJson, EngineName, Episodes, Out, Overrides, Replications, Seed, Workers
from .printing import print_json, rows
from .request import computing, deliver, places, request


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
    from ..experiment.study import run as simulate
    from ..report import single_table

    values = request(out, episodes, overrides, trace)
    with places(out, trace), computing() as progress:
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
        from ..experiment.folder import put_table

        put_table(trace, result.log)
    deliver("run", result, out, as_json, single_table)


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
    from ..experiment.study import compare as simulate
    from ..report import headline_table

    values = request(out, episodes, overrides)
    with places(out), computing() as progress:
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
    deliver("compare", result, out, as_json, headline_table)


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
    from ..calibrate.validation import validate as hold
    from ..experiment.folder import put_table

    with places(out), computing() as progress:
        found = hold(scenario, replications=replications, seed=seed, engine=engine, workers=workers, area=area, progress=progress)
    if out is not None:
        put_table(out / "validation.csv", found.table)
    if as_json:
        plan = found.plan
        head = {"engine": plan.engine, "seed": plan.seed, "replications": found.replications, "scenarios": [plan.baseline.name]}
        print_json("validate", **head, validation=rows(found.table), misses=found.misses, notices=list(found.notices))
    else:
        typer.echo(found.text)
        for notice in found.notices:
            typer.echo(f"Note: {notice}")
    if not found.complete:
        raise typer.Exit(1)
