"""The command that moves one or two levers of a scenario through their settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .app import app
from .options import AreaName, AsJson, Dask, EngineName, Fixed, Out, Overrides, PosteriorFile, Replace, Replications, Seed, Workers
from .printing import rows
from .request import deliver, working

if TYPE_CHECKING:
    from ..experiment.study import How

LeversAsked = Annotated[
    list[str],
    typer.Option("--lever", metavar="KEY=VALUES", help="VALUE,VALUE,... or LOW:HIGH:COUNT or range (as KEY alone); once or twice."),
]
MeasuresAsked = Annotated[list[str] | None, typer.Option("--measure", metavar="ID", help="A measure; may be repeated; else the ten headlines.")]


@app.command()
def sweep(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="The scenario whose levers move, by library name or by path.")],
    lever: LeversAsked,
    measure: MeasuresAsked = None,
    replications: Replications = None,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    dask: Dask = None,
    area: AreaName = None,
    overrides: Overrides = None,
    fixed: Fixed = False,
    posterior: PosteriorFile = None,
    effect: Annotated[str, typer.Option(metavar="EFFECT", help="first-year (points switch after the scenario's warm-up) or steady.")] = "first-year",
    out: Out = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Move one lever, or two against each other, and see what the measures do, with the same children and the same luck at every point.

    A lever is a value of the scenario: practice.desk_based_share, or desk_based_share where that is clear. `missing-sim schema` lists them.
    Differences are taken from the scenario as it is.

    \b
    Example:
      missing-sim sweep baseline --lever desk_based_share=0.1:0.9:5 --measure T2
      missing-sim sweep baseline --lever desk_based_share --lever resources.social_workers=20,26,32 --measure P1 --measure W1
    """
    from ..experiment.lever import parted
    from ..experiment.sweep import sweep as move

    shared: How = {"replications": replications, "seed": seed, "engine": engine, "workers": workers, "dask": dask, "area": area}
    shared |= {"fixed": fixed, "posterior": posterior}
    with working(shared, out, replace, overrides) as how:
        found = move(scenario, parted(lever), measures=measure or (), effect=effect, **how)
    deliver("sweep", found, as_json, points=rows(found.points), differences=rows(found.differences))
