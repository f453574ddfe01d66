"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .numbers import number

Replications = Annotated[
    int | None,
    number("--replications", 1, 1_000_000, help="Replications; else as the scenario says."),
]
Seed = Annotated[int | None, number("--seed", 0, help="Seed of the luck; else as the scenario says.")]
EngineName = Annotated[
    str,
    typer.Option(metavar="ENGINE", help="compiled, simpy, or auto: compiled from about 20 area-years on, or from one once it is compiled."),
]
Workers = Annotated[
    int | None, number("--workers", 1, 1024, help="Threads or processes; else one a core.")
]
AreaName = Annotated[str | None, typer.Option("--area", metavar="AREA", help="Lay this area (small-force, county, london, a file) over all.")]
Overrides = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Set a value in all scenarios; may be repeated.")]
Dask = Annotated[str | None, typer.Option(metavar="tcp://HOST:PORT", help="Let the Dask cluster with this scheduler do the work.")]
Out = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Keep cells, tables and report here; else in a folder of its own below results.")]
Replace = Annotated[bool, typer.Option("--replace", help="If the folder holds another experiment, give that one up.")]
Fixed = Annotated[bool, typer.Option("--fixed", help="Take every value as the scenarios have it; else what is not known is drawn.")]
PosteriorFile = Annotated[
    Path | None, typer.Option("--posterior", metavar="FILE", help="Draw from this posterior, as calibrate writes it; else from the package's own.")
]
PrecisionOf = Annotated[
    list[str] | None,
    typer.Option(
        "--precision",
        metavar="MEASURE=HALF",
        help="Go on until the mean's 95% interval is at most this much to either side (with --fixed, the printed one); --replications is the most.",
    ),
]
Episodes = Annotated[bool, typer.Option("--episodes", help="Keep every simulated episode as Parquet.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, for machines.")]


def given(context: typer.Context) -> list[str]:
    """The options that were given on the command line, by their long names, in the order of the command's own page."""
    sources = [(one, context.get_parameter_source(one.name or "")) for one in context.command.params]
    return [max(one.opts, key=len) for one, source in sources if source is not None and source.name == "COMMANDLINE"]
