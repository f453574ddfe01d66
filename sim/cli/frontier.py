"""The command that puts combinations of posts into a scenario: what each costs, and what it buys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .app import app
from .options import AreaName, AsJson, Dask, EngineName, Fixed, Out, Overrides, PosteriorFile, Replace, Replications, Seed, Workers
from .printing import rows
from .request import deliver, working

if TYPE_CHECKING:
    from ..experiment.study import How

PostsGoneThrough = Annotated[
    list[str], typer.Option("--posts", metavar="POST=NUMBERS", help="LOW:HIGH or NUMBER,NUMBER,... of one kind of post; may be repeated.")
]
Budget = Annotated[float | None, typer.Option("--budget", metavar="POUNDS", help="Pounds a year: the best combination within it is named.")]
MeasuresAsked = Annotated[list[str] | None, typer.Option("--measure", metavar="ID", help="A measure; may be repeated; else P1.")]


@app.command()
def frontier(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="The scenario that gets the posts, by library name or by path.")],
    posts: PostsGoneThrough,
    budget: Budget = None,
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
    effect: Annotated[str, typer.Option(metavar="EFFECT", help="first-year (posts come after the scenario's warm-up) or steady.")] = "first-year",
    out: Out = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Put combinations of posts into a scenario: what each costs a year, what it does, and which combinations nothing beats at equal or lower cost.

    Posts: night-officers, day-officers, desk-night, desk-day, interviewers, mash-workers, social-workers. At most 64 combinations, with the same
    children and the same luck in each; differences are taken from no posts.

    \b
    Example:
      missing-sim frontier baseline --posts night-officers=0:4 --posts interviewers=0:2 --budget 300000 --measure P1
    """
    from ..experiment.frontier import frontier as drawn
    from ..experiment.posts import spans

    shared: How = {"replications": replications, "seed": seed, "engine": engine, "workers": workers, "dask": dask, "area": area}
    shared |= {"fixed": fixed, "posterior": posterior}
    with working(shared, out, replace, overrides) as how:
        found = drawn(scenario, spans(posts), budget=budget, measures=measure or (), effect=effect, **how)
    deliver("frontier", found, as_json, points=rows(found.points), differences=rows(found.differences))
