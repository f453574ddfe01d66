"""The command that ranks failings, and sets findings against their own counterfactuals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import app
from .options import AreaName, AsJson, Dask, EngineName, Out, Overrides, Replace, Replications, Seed, Workers
from .printing import rows
from .request import deliver, working

if TYPE_CHECKING:
    from ..experiment.study import How

Named = Annotated[list[str] | None, typer.Argument(metavar="SCENARIO", help='Files of kind "failing" or "finding"; else all of the library.')]
MeasuresAsked = Annotated[list[str] | None, typer.Option("--measure", metavar="ID", help="A measure; may be repeated; else the ten headlines.")]
TornadoOf = Annotated[
    Path | None, typer.Option("--tornado", metavar="FOLDER", help="A kept tornado: says how much of each measure rests on assumptions.")
]


@app.command()
def failings(
    scenarios: Named = None,
    baseline: Annotated[str, typer.Option("--baseline", metavar="SCENARIO", help="The scenario into which each failing is put.")] = "baseline",
    measure: MeasuresAsked = None,
    tornado: TornadoOf = None,
    replications: Replications = None,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    dask: Dask = None,
    area: AreaName = None,
    overrides: Overrides = None,
    effect: Annotated[str, typer.Option(metavar="EFFECT", help="first-year (all switch after the baseline's warm-up) or steady.")] = "first-year",
    out: Out = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Rank failings by what each costs alone, and set each finding against its own counterfactual.

    Each failing is put into the baseline as its file states it and at both ends of its assumed range; the ranks are given over luck and over those
    ranges. Failings are ranked, never forces: a finding is only compared with the same area and people with its failings put right.

    \b
    Example:
      missing-sim failings --area small-force --replications 20
      missing-sim failings no-overnight desk-based under-graded --measure T2 --measure P1
    """
    from ..experiment.failings import failings as simulate

    shared: How = {"replications": replications, "seed": seed, "engine": engine, "workers": workers, "dask": dask, "area": area}
    with working(shared, out, replace, overrides) as how:
        found = simulate(*(scenarios or ()), baseline=baseline, measures=measure or (), tornado=tornado, effect=effect, **how)
    deliver("failings", found, as_json, **{name: rows(table) for name, table in found.tables.items()})
