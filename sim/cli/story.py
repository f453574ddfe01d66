"""The command that tells a story: which types of case there are, one case and its twin, or a crowd of pairs."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app
from .numbers import number
from .options import AsJson, Seed, Workers
from .printing import print_json, print_table, rows
from .request import progress_bar, room, speak

if TYPE_CHECKING:
    from ..story.asked import Asked

CaseName = Annotated[str | None, typer.Option("--case", metavar="TYPE", help="A type of case; without it the types are listed.")]
DecisionAsked = Annotated[str | None, typer.Option("--decision", metavar="NAME=CHOICE", help="What is changed, such as grade=high.")]
NumberAsked = Annotated[
    int | None, number("--number", 0, help="Which of the cases; else one in which the type can be seen.")
]
DaysAsked = Annotated[float | None, typer.Option(metavar="DAYS", help="Days to follow the child after the return; else 90.")]
FigureFile = Annotated[Path | None, typer.Option(metavar="FILE.html", help="Write the figure to this file, with nothing to fetch.")]


@app.command()
def story(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="The scenario of which it is told, by library name or by path.")] = "baseline",
    case: CaseName = None,
    twin: Annotated[bool, typer.Option("--twin", help="Show one case as it happened and under the changed decision.")] = False,
    crowd: Annotated[int | None, typer.Option("--crowd", metavar="N", help="Simulate so many pairs of the type.")] = None,
    decision: DecisionAsked = None,
    number: NumberAsked = None,
    follow_days: DaysAsked = None,
    area: Annotated[str, typer.Option("--area", metavar="AREA", help="Where it happens: small-force, county, london, a file.")] = "small-force",
    seed: Seed = None,
    replication: Annotated[int, typer.Option(metavar="N", help="Which luck.")] = 0,
    engine: Annotated[str, typer.Option(metavar="ENGINE", help="compiled, simpy, or auto: compiled where it can be.")] = "auto",
    workers: Workers = None,
    figure: FigureFile = None,
    as_json: AsJson = False,
) -> None:
    """Tell one simulated episode twice: as it happened, and with one decision changed, with the same child, night and luck.

    Without --case the types of case are listed, and how many episodes of the area match each. One pair is a story; --crowd N says how often such a
    decision makes a difference.

    \b
    Example:
      missing-sim story
      missing-sim story --case under-graded-with-exploitation --twin
      missing-sim story no-overnight --case nothing-overnight --crowd 1000
    """
    from ..story.asked import asked

    speak()
    place = asked(scenario, seed, replication, area, engine)
    if figure is not None and figure.suffix != ".html":
        raise _wrong("--figure", f'"{figure}" is no page', "allowed: a file name that ends in .html")
    if figure is not None and figure.is_dir():
        raise _wrong("--figure", f'"{figure}" is a folder', "allowed: a file name that ends in .html")
    of_one = {"--number": number, "--follow-days": follow_days, "--replication": replication or None}
    if case is None:
        given = {"--twin": twin or None, "--crowd": crowd, "--decision": decision, "--figure": figure, **of_one, "--replication": None}
        _refuse(given, "a type of case is needed for this", "name one with --case (missing-sim story lists them)")
        _list(place, as_json)
        return
    if crowd is not None:
        _refuse({"--crowd": crowd if twin else None}, "a twin and a crowd are two things", "ask for one of them at a time")
        _refuse(of_one, "this is for one case, not for a crowd", "leave it out: a crowd takes replications 0, 1, 2 and so on")
    with nullcontext() if figure is None else room("--figure", figure.parent):
        if crowd is not None:
            _crowd(place, case, crowd, decision, workers, figure, as_json)
        else:
            _twin(place, case, decision, number, follow_days, figure, as_json)


def _head(place: Asked, case: str | None = None) -> dict[str, Any]:
    head = {"engine": place.engine, "seed": place.seed, "replication": place.replication, "scenarios": [place.scenario.name], "area": place.area}
    return head if case is None else {**head, "case": case}


def _list(place: Asked, as_json: bool) -> None:
    from ..story.cases import Area, counts

    found = counts(Area(place))
    if as_json:
        print_json("story", **_head(place), types=rows(found))
        return
    print_table([[row["type"], f"{row['matched']:,} of {row['of']:,}", row["title"]] for row in rows(found)], ("Type", "Matched", "What it is"))
    typer.echo(f"\nEpisodes of one simulated year of {place.scenario.name}, seed {place.seed}, replication {place.replication}.")
    typer.echo("Go on with: missing-sim story --case TYPE --twin")


def _twin(place: Asked, case: str, decision: str | None, number: int | None, days: float | None, figure: Path | None, as_json: bool) -> None:
    from ..story.case_type import type_named
    from ..story.cases import Area
    from ..story.decision import named
    from ..story.script import provenance
    from ..story.twin import chosen, twin_of

    kind = type_named(case)
    changed = None if decision is None else named(decision)
    area = Area(place, trace=True)
    found = twin_of(area, chosen(area, kind) if number is None else area.case(kind, number), changed, days)
    _draw(found, figure)
    if not as_json:
        typer.echo(found.text)
        return
    rare = {"matched": found.case.matched, "of": found.case.of}
    said = {"number": found.case.number, "decision": found.decision.id, "rarity": rare, "differs": list(found.differs)}
    frames = {"timeline": rows(found.timeline), "others": rows(found.others), "episodes": rows(found.episodes)}
    print_json("story", **_head(place, kind.id), **said, **frames, provenance=provenance(found.case))


def _crowd(place: Asked, case: str, pairs: int, decision: str | None, workers: int | None, figure: Path | None, as_json: bool) -> None:
    from ..story.case_type import type_named
    from ..story.crowd import crowds
    from ..story.decision import named

    kind = type_named(case)
    changed = None if decision is None else named(decision)
    with progress_bar("Pairs") as progress:
        found = crowds(place.of(0), [kind.id], pairs, workers, changed, progress)[kind.id]
    _draw(found, figure)
    if not as_json:
        typer.echo(found.text)
        return
    shares = {"no_difference": found.no_difference, "better": found.better, "worse": found.worse, "mixed": found.mixed}
    rare = {"matched": found.matched, "of": found.of}
    said = {"pairs": len(found.pairs), "rarity": rare, **shares, "words": list(found.words)}
    print_json("story", **_head(place, kind.id), **said, measures=rows(found.measures))


def _draw(found: Any, figure: Path | None) -> None:
    """Write the figure, if it is asked for."""
    if figure is not None:
        from ..experiment.writing import put_text

        put_text(figure, found.figure().to_html(include_plotlyjs=True, full_html=True))


def _refuse(given: dict[str, Any], problem: str, allowed: str) -> None:
    """Raises ScenarioError for the first of these options that was given."""
    for option, value in given.items():
        if value is not None:
            raise _wrong(option, problem, allowed)


def _wrong(key: str, problem: str, allowed: str) -> Exception:
    from ..scenario.errors import Problem, ScenarioError

    return ScenarioError(Problem("", None, key, problem, allowed))
