"""The command that chooses between scenarios while much is not known, and says what is most worth knowing first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .app import app
from .options import AreaName, AsJson, Dask, EngineName, Out, Overrides, PosteriorFile, Replace, Seed, Workers
from .printing import rows
from .request import by_measure, deliver, working

if TYPE_CHECKING:
    from ..experiment.study import How

Weights = Annotated[
    list[str] | None,
    typer.Option("--weigh", metavar="ID=NUMBER", help="Weigh this measure too: what one unit of it counts in units of the first; may be repeated."),
]
Number = Annotated[int | None, typer.Option("--replications", metavar="N", help="A multiple of 4, 40 or more: half as many draws; else 200.")]
NotFixed = Annotated[bool, typer.Option("--fixed", hidden=True)]


@app.command()
def choose(
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help="An option; the others share its warm-up.")],
    others: Annotated[list[str], typer.Argument(metavar="SCENARIO", help="The other options, by library name or by path.")],
    measure: Annotated[str, typer.Option("--measure", metavar="ID", help="The measure to choose by.")] = "P1",
    weigh: Weights = None,
    replications: Number = None,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    dask: Dask = None,
    area: AreaName = None,
    overrides: Overrides = None,
    posterior: PosteriorFile = None,
    fixed: NotFixed = False,
    effect: Annotated[str, typer.Option(metavar="EFFECT", help="first-year (all switch after the baseline's warm-up) or steady.")] = "first-year",
    out: Out = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Choose between scenarios while much is not known: which is best, how surely, and which unknown is most worth knowing first.

    With --weigh W1=0.5 an officer hour counts as half of one unit of the measure to choose by. Two published findings are never
    options together: forces are never compared.

    \b
    Example:
      missing-sim choose baseline good-practice --area small-force
      missing-sim choose no-overnight desk-based under-graded --area small-force --weigh W1=0.5
    """
    from ..experiment.choice import choose as simulate

    shared: How = {"replications": replications, "seed": seed, "engine": engine, "workers": workers, "dask": dask, "area": area}
    shared |= {"fixed": fixed, "posterior": posterior}
    weights = by_measure("--weigh", weigh, "what one unit of it counts in units of the first, such as W1=0.5")
    with working(shared, out, replace, overrides) as how:
        found = simulate(baseline, *others, measure=measure, weigh=weights, effect=effect, **how)
    deliver("choose", found, as_json, **{name: rows(table) for name, table in found.tables.items()})
