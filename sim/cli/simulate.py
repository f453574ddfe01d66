"""Commands that simulate: run one scenario, compare several, hold one against published figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import app
from .options import (
    AreaName,
    AsJson,
    Dask,
    EngineName,
    Episodes,
    Fixed,
    Out,
    Overrides,
    PosteriorFile,
    PrecisionOf,
    Replace,
    Replications,
    Seed,
    Workers,
)
from .printing import rows
from .request import deliver, half_widths, somewhere_for_episodes, working

if TYPE_CHECKING:
    from ..experiment.study import How


@app.command(context_settings={"allow_extra_args": True})
def run(
    context: typer.Context,
    scenario: Annotated[str | None, typer.Argument(metavar="SCENARIO", help="A scenario, by library name or by path.", show_default=False)] = None,
    again: Annotated[Path | None, typer.Option("--from", metavar="FOLDER", help="Repeat the experiment that this folder holds, exactly.")] = None,
    replications: Replications = None,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    dask: Dask = None,
    area: AreaName = None,
    overrides: Overrides = None,
    fixed: Fixed = False,
    posterior: PosteriorFile = None,
    out: Out = None,
    replace: Replace = False,
    precision: PrecisionOf = None,
    episodes: Episodes = False,
    trace: Annotated[Path | None, typer.Option(metavar="FILE", help="Write every event of the run to this .parquet or .csv file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Simulate one scenario and show its headline measures, or repeat an experiment of any kind from its folder.

    \b
    Example:
      missing-sim run baseline --area small-force --replications 5
      missing-sim run --from results/demo --out results/demo-again
    """
    from ..experiment.study import run as simulate

    if context.args:
        from ..scenario.errors import Problem, ScenarioError

        raise ScenarioError(Problem("", None, "", f"run takes one scenario, and {context.args[0]} is another", "missing-sim compare takes several"))
    if again is not None:
        from .repeat import repeat_it

        given = {"SCENARIO": scenario, "--replications": replications, "--seed": seed, "--area": area, "--set": overrides, "--trace": trace}
        given |= {"--precision": precision, "--episodes": episodes or None, "--fixed": fixed or None, "--posterior": posterior}
        changes = [name for name, value in given.items() if value is not None and value != []]
        repeat_it(again, changes, {"engine": engine, "workers": workers, "dask": dask}, out, replace, as_json)
        return
    if scenario is None:
        from ..scenario.errors import Problem, ScenarioError

        raise ScenarioError(Problem("", None, "", "Missing argument 'SCENARIO'", "name a scenario, or with --from the folder of an experiment"))
    somewhere_for_episodes(episodes, out)
    shared: How = {"replications": replications, "seed": seed, "engine": engine, "workers": workers, "dask": dask, "area": area}
    shared |= {"fixed": fixed, "posterior": posterior}
    with working(shared, out, replace, overrides, trace) as how:
        result = simulate(scenario, episodes=episodes, trace=trace is not None, precision=half_widths(precision), **how)
    if trace is not None:
        from ..experiment.keeping import put_table

        put_table(trace, result.log)
    deliver("run", result, as_json, measures=rows(result.measures))


@app.command()
def compare(
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help="The scenario that the others are measured against.")],
    others: Annotated[
        list[str] | None, typer.Argument(metavar="SCENARIO", help="The others, by library name or by path.", show_default=False)
    ] = None,
    posts: Annotated[
        list[str] | None,
        typer.Option("--posts", metavar="POST=NUMBER", help="Adds the last scenario with more on duty; several with commas; may be repeated."),
    ] = None,
    replications: Replications = None,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    dask: Dask = None,
    area: AreaName = None,
    overrides: Overrides = None,
    fixed: Fixed = False,
    posterior: PosteriorFile = None,
    effect: Annotated[str, typer.Option(metavar="EFFECT", help="first-year (all switch after the baseline's warm-up) or steady.")] = "first-year",
    out: Out = None,
    replace: Replace = False,
    precision: PrecisionOf = None,
    episodes: Episodes = False,
    as_json: AsJson = False,
) -> None:
    """Compare scenarios with the same simulated children and the same luck, and write a report.

    Each --posts adds a scenario: the last (or only) one that is named, with more on duty; the report says what they cost a year and what they buy.
    Posts: night-officers, day-officers, desk-night, desk-day, interviewers, mash-workers, social-workers.

    A published finding is set against its own counterfactual, a failing or a practice; against another finding it is refused, as their sizes are
    assumed. Several findings may stand beside a baseline that is none.

    \b
    Example:
      missing-sim compare durham-2020-03 good-practice --out results/demo
      missing-sim compare baseline --posts night-officers=2 --posts interviewers=1 --out results/posts
    """
    from ..experiment.study import compare as simulate

    if not others and not posts:
        from ..scenario.errors import Problem, ScenarioError

        allowed = "name another scenario, or with --posts who is to be on duty beside"
        raise ScenarioError(Problem("", None, "", "Missing argument 'SCENARIO'", allowed))
    somewhere_for_episodes(episodes, out)
    shared: How = {"replications": replications, "seed": seed, "engine": engine, "workers": workers, "dask": dask, "area": area}
    shared |= {"fixed": fixed, "posterior": posterior}
    with working(shared, out, replace, overrides) as how:
        widths = half_widths(precision)
        result = simulate(baseline, *(others or ()), posts=posts or (), effect=effect, episodes=episodes, precision=widths, **how)
    more = {"bought": rows(result.bought)} if posts else {}
    deliver("compare", result, as_json, measures=rows(result.measures), differences=rows(result.differences), **more)


@app.command()
def validate(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="The scenario that stands for usual practice.")] = "baseline",
    replications: Replications = None,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    dask: Dask = None,
    area: AreaName = None,
    fixed: Fixed = False,
    posterior: PosteriorFile = None,
    out: Out = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Hold simulated figures against published ones.

    A row is "input" where a parameter was set to that figure, "emergent" where the figure comes out of the mechanism; only emergent rows count.

    \b
    Example:
      missing-sim validate baseline --replications 50
    """
    from ..calibrate.validation import validate as hold

    shared: How = {"replications": replications, "seed": seed, "engine": engine, "workers": workers, "dask": dask, "area": area}
    shared |= {"fixed": fixed, "posterior": posterior}
    with working(shared, out, replace) as how:
        found = hold(scenario, **how)
    deliver("validate", found, as_json, validation=rows(found.table), study=rows(found.study), misses=found.misses)
