"""The commands that ask which parameters a result hangs on: `sensitivity tornado`, `sensitivity morris`, `sensitivity sobol`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app
from .numbers import number
from .options import AreaName, AsJson, Dask, EngineName, Out, Overrides, Replace, Replications, Seed, Workers
from .printing import rows
from .request import deliver, working

if TYPE_CHECKING:
    from ..experiment.sensitivity import Sensitivity
    from ..experiment.study import How

methods = typer.Typer(
    name="sensitivity", no_args_is_help=True, rich_markup_mode=None, context_settings={"help_option_names": ["--help", "-h"]}
)
app.add_typer(methods)

ScenarioName = Annotated[str, typer.Argument(metavar="SCENARIO", help="The scenario whose parameters vary, by library name or by path.")]
Over = Annotated[str, typer.Option(metavar="PART", help="What to vary: practice, world, both, or resources.")]
Parameters = Annotated[list[str] | None, typer.Option("--parameter", metavar="KEY", help="Vary this one and no other; may be repeated.")]
Measures = Annotated[list[str] | None, typer.Option("--measure", metavar="ID", help="Read off this measure; may be repeated. Else the headlines.")]
EffectName = Annotated[str, typer.Option("--effect", metavar="EFFECT", help="first-year (practice changes as the year opens) or steady.")]


@methods.callback()
def sensitivity() -> None:
    """Which parameters does a result hang on? Each is varied over its range in the log of assumptions.

    tornado moves each alone, and takes little time. morris moves one at a time from many places, and tells what matters at all from what does not.
    sobol splits the variance of one year among parameters and chance, and takes long: name ten parameters or fewer.

    \b
    Example:
      missing-sim sensitivity tornado baseline --measure T2 --replications 20
    """


@methods.command()
def tornado(
    scenario: ScenarioName,
    over: Over = "practice",
    parameters: Parameters = None,
    measures: Measures = None,
    replications: Replications = None,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    dask: Dask = None,
    area: AreaName = None,
    overrides: Overrides = None,
    effect: EffectName = "first-year",
    out: Out = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Move each parameter alone to both ends of its range.

    The parameters are ordered by how far that moves a measure. Two runs for each parameter and replication. Says as well how much of it all rests on
    assumptions without a source.

    \b
    Example:
      missing-sim sensitivity tornado baseline --area small-force --measure T2 --replications 20
    """
    shared: How = {"replications": replications, "seed": seed, "engine": engine, "workers": workers, "dask": dask, "area": area}
    asked = {"over": over, "parameters": parameters, "measures": measures or (), "effect": effect}
    _do("tornado", scenario, asked, shared, out, replace, overrides, as_json)


@methods.command()
def morris(
    scenario: ScenarioName,
    over: Over = "practice",
    parameters: Parameters = None,
    measures: Measures = None,
    trajectories: Annotated[
        int, number("--trajectories", 2, help="Trajectories, each of parameters + 2 runs.")
    ] = 20,
    levels: Annotated[int, number("--levels", 2, help="Steps of the grid, an even number.")] = 4,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    dask: Dask = None,
    area: AreaName = None,
    overrides: Overrides = None,
    effect: EffectName = "first-year",
    out: Out = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Screen many parameters, with luck as one of the factors.

    Gives the mean effect of each, and how uneven it is.

    \b
    Example:
      missing-sim sensitivity morris baseline --area small-force --over both --measure P1 --trajectories 10
    """
    shared: How = {"seed": seed, "engine": engine, "workers": workers, "dask": dask, "area": area}
    asked = {"over": over, "parameters": parameters, "measures": measures or (), "effect": effect}
    _do("morris", scenario, {**asked, "trajectories": trajectories, "levels": levels}, shared, out, replace, overrides, as_json)


@methods.command()
def sobol(
    scenario: ScenarioName,
    over: Over = "practice",
    parameters: Parameters = None,
    measures: Measures = None,
    samples: Annotated[
        int, number("--samples", 8, help="Base samples, a power of 2, each of parameters + 3 runs.")
    ] = 256,
    seed: Seed = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    dask: Dask = None,
    area: AreaName = None,
    overrides: Overrides = None,
    effect: EffectName = "first-year",
    out: Out = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Split the variance of one year among parameters and luck.

    Gives each a first index (what it explains alone) and a total index (what it has a part in). The total index of luck is the share of chance.

    \b
    Example:
      missing-sim sensitivity sobol baseline --area small-force --samples 64 --measure T2 --parameter desk_based_share --parameter overnight_activity
    """
    shared: How = {"seed": seed, "engine": engine, "workers": workers, "dask": dask, "area": area}
    asked = {"over": over, "parameters": parameters, "measures": measures or (), "effect": effect}
    _do("sobol", scenario, {**asked, "samples": samples}, shared, out, replace, overrides, as_json)


def _do(
    method: str, scenario: str, asked: dict[str, Any], shared: How, out: Path | None, replace: bool, overrides: list[str] | None, as_json: bool
) -> None:
    """Simulate, and deliver every table under its name."""
    from ..experiment.sensitivity import sensitivity as simulate

    with working(shared, out, replace, overrides) as how:
        found: Sensitivity = simulate(scenario, method, **asked, **how)
    tables = {name: rows(frame) for name, frame in found.tables.items()}
    deliver("sensitivity", found, as_json, method=method, **tables)
