"""The command that splits the difference between two scenarios among what differs between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .app import app
from .options import AreaName, AsJson, Dask, EngineName, Fixed, Out, Overrides, PosteriorFile, Replace, Replications, Seed, Workers
from .printing import rows
from .request import deliver, working

if TYPE_CHECKING:
    from ..experiment.study import How

Second = Annotated[str | None, typer.Argument(metavar="B", help="The scenario whose difference is split; else the counterfactual that A names.")]
MeasuresAsked = Annotated[list[str] | None, typer.Option("--measure", metavar="ID", help="A measure; may be repeated; else the ten headlines.")]
SplitBy = Annotated[str, typer.Option("--by", metavar="WHAT", help="failing (values of one failing move together) or value (each by itself).")]
OrdersAsked = Annotated[
    str | None,
    typer.Option("--orders", metavar="N", help="Orders of switching in each replication, or all; else all if that takes 1,600 runs or fewer."),
]


@app.command()
def explain(
    a: Annotated[str, typer.Argument(metavar="A", help="The scenario from which the difference is taken, by library name or by path.")],
    b: Second = None,
    measure: MeasuresAsked = None,
    by: SplitBy = "failing",
    orders: OrdersAsked = None,
    replications: Replications = None,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    dask: Dask = None,
    area: AreaName = None,
    overrides: Overrides = None,
    fixed: Fixed = False,
    posterior: PosteriorFile = None,
    effect: Annotated[str, typer.Option(metavar="EFFECT", help="first-year (all switch after A's warm-up) or steady.")] = "first-year",
    out: Out = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Split the difference between two scenarios among what differs: which failing costs most, for which measure?

    Each cause gets its Shapley value: what it adds on average over the orders in which the causes may be switched from A to B, with the same children
    and the same luck. The shares sum to the difference. More than ten causes are sampled. The difference between two published findings is refused.

    \b
    Example:
      missing-sim explain baseline durham-2020-03 --measure T2 --measure P1
      missing-sim explain durham-2020-03 good-practice --replications 20 --out results/demo-explained
    """
    from ..experiment.attribution import explain as split

    shared: How = {"replications": replications, "seed": seed, "engine": engine, "workers": workers, "dask": dask, "area": area}
    shared |= {"fixed": fixed, "posterior": posterior}
    asked = int(orders) if orders is not None and orders.isdecimal() else orders
    with working(shared, out, replace, overrides) as how:
        found = split(a, b, measures=measure or (), by=by, orders=asked, effect=effect, **how)
    deliver("explain", found, as_json, shares=rows(found.shares), totals=rows(found.totals), levers=rows(found.levers))
