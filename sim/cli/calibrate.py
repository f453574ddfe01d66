"""The command that fits what is not known to published figures, or weighs the fit by an area's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app
from .fit_shown import show_committed, table_of, words
from .numbers import number
from .options import AsJson, Replace, Workers, given
from .printing import complain, print_json
from .request import home, working

if TYPE_CHECKING:
    from ..experiment.study import How

FOLDER = "calibration"
"""Where a calibration is kept below the folder of results."""
BESIDE = {
    "--show": ("--json",),
    "--renew": ("--workers", "--json"),
    "--local": ("--out", "--seed", "--json"),
    "--extremes": ("--out", "--workers", "--json"),
}
"""The options that fit nothing, and what each of them heeds."""


@app.command()
def calibrate(
    context: typer.Context,
    points: Annotated[
        int | None, number("--points", 240, 100_000, help="Simulated points in each wave; else 3,000.")
    ] = None,
    waves: Annotated[int | None, number("--waves", 1, 10, help="Waves of points; else 3.", metavar="K")] = None,
    seed: Annotated[int, number("--seed", 0, help="Seed of points, luck and draws.")] = 1,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Keep everything here; else in results/calibration.")] = None,
    commit_to: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Copy the posterior and its tables here as well.")] = None,
    centre_into: Annotated[Path | None, typer.Option(metavar="FILE.toml", help="Write the centre of the fit into this scenario file.")] = None,
    local: Annotated[Path | None, typer.Option(metavar="FILE.toml", help="Weigh the posterior by these local figures. Nothing is simulated.")] = None,
    show: Annotated[bool, typer.Option("--show", help="Show the fit that comes with the package. Nothing is simulated.")] = False,
    renew: Annotated[bool, typer.Option("--renew", help="Give the fit the edition of a model that behaves as the fitted one. Seconds.")] = False,
    extremes: Annotated[
        int | None, number("--extremes", 2, help="Compare levers at both ends of what stays open, N replications.")
    ] = None,
    workers: Workers = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Fit what is not known about the world and usual practice to published figures.

    Points are simulated in waves, and every published figure is read off each. Takes a quarter of an hour or more; stopped, the same command goes on.
    With --local, the fit that comes with the package is weighed by the aggregate figures of an area instead: counts and shares, no records.
    With --renew, a few years are simulated again; if all comes out as before, the fit that comes with the package gets this edition of the model.
    With --extremes, levers of search and grading are compared at both ends of what published figures leave open.

    \b
    Example:
      missing-sim calibrate --out results/calibration
      missing-sim calibrate --local our-figures.toml --out our-posterior
    """
    _check(given(context))
    if show:
        show_committed(as_json)
    elif renew:
        _renew(workers, as_json)
    elif extremes is not None:
        _compare_ends(extremes, _folder(out).with_name("extremes") if out is None else out, workers, as_json)
    elif local is not None:
        _weigh(local, seed, out, as_json)
    else:
        _fit({"points": points, "waves": waves, "seed": seed}, _folder(out), commit_to, centre_into, {"workers": workers}, replace, as_json)


def _check(options: list[str]) -> None:
    """Raises ScenarioError if one of the options fits nothing and does not heed another."""
    from ..scenario.errors import Problem, ScenarioError

    instead = next((option for option in BESIDE if option in options), None)
    if instead is None:
        return
    unheeded = [option for option in options if option not in (instead, *BESIDE[instead])]
    if unheeded:
        what = f"fits nothing, so {', '.join(unheeded)} cannot be heeded"
        raise ScenarioError(Problem("", None, instead, what, f"allowed beside it: {', '.join(BESIDE[instead])}"))


def _folder(out: Path | None) -> Path:
    from ..scenario.errors import Problem, ScenarioError

    kept = home()
    if out is None and kept is None:
        raise ScenarioError(Problem("", None, "calibrate", "there is nowhere to keep it", "name a folder with --out"))
    return out or (kept or Path()) / FOLDER


def _fit(
    asked: dict[str, int | None],
    folder: Path,
    commit_to: Path | None,
    centre_into: Path | None,
    shared: How,
    replace: bool,
    as_json: bool,
) -> None:
    from ..calibrate.calibration import calibrated
    from ..calibrate.emulator import library
    from ..calibrate.fitted import described, leave
    from ..calibrate.prior import Prior
    from ..calibrate.proof import leave_behaviour
    from ..calibrate.sizing import SIZE
    from ..calibrate.targets import targets
    from ..calibrate.waves import Asked, Stopped, Waves

    library("linear_model")
    request = Asked(**{name: value for name, value in asked.items() if value is not None})  # type: ignore[arg-type]
    with working(shared, folder, replace) as how:
        state = Waves(request, folder, Prior.of(), (*targets(), SIZE), how)
        state.claim(replace)
        try:
            found = calibrated(state, complain)
        except KeyboardInterrupt as press:
            how_far = f" after {press}" if isinstance(press, Stopped) else ""
            complain(f"Stopped{how_far}. What was simulated is kept in {folder}; the same command goes on from there.")
            raise SystemExit(1) from None
    places = [folder / "fitted", *([commit_to] if commit_to else [])]
    for place in places:
        leave(found, request, place)
        leave_behaviour(place / "posterior.parquet", how={"workers": shared.get("workers")})
    if centre_into is not None:
        from ..calibrate.centre import write_into

        write_into(centre_into, found.centre)
    if as_json:
        print_json("calibrate", folder=str(folder), written=[str(place) for place in places], **described(found, request))
        return
    table_of(found.fit)
    for line in words(found.summary()):
        typer.echo(line)
    seconds = found.seconds
    typer.echo(f"{seconds['all'] / 60:.0f} minutes: {', '.join(f'{name} {value:.0f} s' for name, value in seconds.items() if name != 'all')}.")
    if found.posterior.disagreement > 1.1:
        typer.echo(f"Note: the chains do not agree well (split R-hat {found.posterior.disagreement:.2f}); more points make the fit steadier.")
    typer.echo(f"Written: {', '.join(str(place) for place in places)}")


def _compare_ends(replications: int, folder: Path, workers: int | None, as_json: bool) -> None:
    import pandas as pd

    from ..calibrate.extremes import QUESTIONS, extremes
    from ..experiment.keeping import put_table
    from .fit_shown import ends_of
    from .printing import rows

    with working({"workers": workers}, folder, False) as how:
        asked: dict[str, Any] = {"workers": workers, "progress": how["progress"], "replications": replications}
        found: pd.DataFrame = pd.concat([extremes(question, folder, **asked) for question in QUESTIONS], ignore_index=True)
    put_table(folder / "extremes.csv", found)
    if as_json:
        print_json("calibrate", folder=str(folder), extremes=rows(found))
        return
    ends_of(found)
    typer.echo(f"Written: {folder / 'extremes.csv'}")


def _renew(workers: int | None, as_json: bool) -> None:
    from ..calibrate.proof import renew
    from ..experiment.posterior import committed

    found = renew(committed(), how={"workers": workers})
    if as_json:
        print_json("calibrate", renewed=found)
    else:
        typer.echo(found)


def _weigh(local: Path, seed: int, out: Path | None, as_json: bool) -> None:
    from ..calibrate.local import independent, leave, weighed
    from ..calibrate.local_figures import local_figures
    from ..calibrate.targets import targets
    from ..scenario.errors import Problem, ScenarioError

    if out is None:
        raise ScenarioError(Problem("", None, "--local", "there is nowhere to write the posterior", "name a folder with --out"))
    found = weighed(local_figures(local, targets()), seed)
    leave(found, out)
    if as_json:
        print_json("calibrate", folder=str(out), weighed_by=list(found.used), worth=round(found.worth, 1), notices=list(found.notices))
        return
    count = f"{len(found.used)} local figures" if len(found.used) > 1 else "1 local figure"
    typer.echo(f"The posterior weighed by {count}: {', '.join(found.used)}. The draws are worth {independent(found.worth)}.")
    for notice in found.notices:
        typer.echo(f"Note: {notice}")
    typer.echo(f"Written: {out / 'posterior.parquet'}; use it with `missing-sim run baseline --posterior {out / 'posterior.parquet'}`")
