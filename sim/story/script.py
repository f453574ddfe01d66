"""From a case to its exercise: every path simulated, every text ready."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path as File
from typing import Any

from .. import __version__
from ..engine.choice import AUTO
from ..scenario import Scenario
from .account import timeline
from .asked import SMALL, Asked, asked
from .case_type import TYPES, CaseType, type_named
from .cases import Area, Case
from .clock_words import clock_text, hours_text, part_of_day
from .course import followed
from .crowd import crowds
from .decision import GRADE_IDS, Decision, grade_of
from .exercise import Changed, Exercise, Path, Rarity, Waited, Waiter
from .held import held
from .injects import injects
from .known_words import A_CARER, Teller
from .points import Choice, choices
from .statements import CONTENT, DEBRIEF, HINDSIGHT, SYNTHETIC
from .telling import CLEARLY
from .twin import Twin, before, chosen, endorsed_at, followed_until, most_telling, twin_of

AREAS = 5
"""Replications in which a pack looks for a case in which its type can clearly be seen."""


def exercise(
    case: str = "under-graded-with-exploitation",
    scenario: Scenario | str | File = "baseline",
    *,
    number: int | None = None,
    seed: int | None = None,
    replication: int = 0,
    area: str | File | None = SMALL,
    crowd: Mapping[str, Any] | None = None,
    engine: str = AUTO,
) -> Exercise:
    """The exercise of one case of a type. `crowd` is what a crowd of pairs says (`Crowd.as_dict()`). Raises ScenarioError if there is none."""
    kind = type_named(case)
    place = Area(asked(scenario, seed, replication, area, engine), trace=True)
    found = chosen(place, kind) if number is None else place.case(kind, number)
    return script(place, found, crowd)


def exercises(
    scenario: Scenario | str | File = "baseline",
    *,
    types: Sequence[str] = tuple(TYPES),
    pairs: int = 1000,
    seed: int | None = None,
    replication: int = 0,
    area: str | File | None = SMALL,
    workers: int | None = None,
    engine: str = AUTO,
) -> list[Exercise]:
    """The exercises of a pack: one of each type, each with a crowd of so many pairs (0 for none). A case may come from a replication after the one
    that is named, if the type can be seen better there; its provenance says so. Raises ScenarioError."""
    kinds = [type_named(name) for name in types]
    where = asked(scenario, seed, replication, area, engine)
    places = {replication: Area(where, trace=True)}
    found = crowds(where.of(0), [kind.id for kind in kinds], pairs, workers) if pairs else {}
    told = {id: one.as_dict() for id, one in found.items()}
    return [of_pack(where, kind, places, told.get(kind.id)) for kind in kinds]


def of_pack(where: Asked, kind: CaseType, places: dict[int, Area], crowd: Mapping[str, Any] | None = None) -> Exercise:
    """The exercise of one type for a pack. `places` are the areas that were run already, by replication; those that are needed are added to it.
    Raises ScenarioError if there is no case."""
    case = _among_areas(where, kind, places)
    return script(places[case.asked.replication], case, crowd)


def _among_areas(where: Asked, kind: CaseType, places: dict[int, Area]) -> Case:
    """The case of a pack: the first of AREAS replications in which what the type is about can clearly be seen, or else the most telling one."""
    best: tuple[Case, int] | None = None
    for number in range(where.replication, where.replication + AREAS):
        if number not in places:
            places[number] = Area(where.of(number), trace=True)
        place = places[number]
        if len(place.matching(kind)):
            found = most_telling(place, kind)
            best = found if best is None or found[1] > best[1] else best
            if found[1] == CLEARLY:
                break
    return chosen(places[where.replication], kind) if best is None else best[0]


def script(place: Area, case: Case, crowd: Mapping[str, Any] | None = None) -> Exercise:
    """The exercise of a case of an area."""
    teller, points = setting(place, case)
    row = place.tables["episodes"][case.episode]
    told = twin_of(place, case)
    happened = {one.point.id: one.point.as_happened for one in points}
    news = injects(place.asked.parameters, teller, float(row["located"]))
    paths = tuple(Path(taken, timeline(course)) for taken, course in _courses(place, case, points))
    title = f"{case.type.title}: {part_of_day(teller.reported)}"
    number = list(TYPES).index(case.type.id) + 1
    return Exercise(
        id=case.type.id,
        title=title,
        summary=_summary(told),
        learner_title=f"Case {number}, {part_of_day(teller.reported)}",
        type=case.type.id,
        type_words=case.type.words,
        rarity=Rarity(case.matched, case.of, case.rarity),
        provenance=provenance(case),
        content_note=CONTENT,
        synthetic=SYNTHETIC,
        brief=brief(teller),
        points=tuple(one.point for one in points),
        injects=tuple(one for one in news if one.id != "trigger-plan" or "plan" not in happened),
        paths=paths,
        as_happened=Path(happened, told.happened),
        twin=Changed(_twin_choices(told, happened), told.changed, told.decision.words),
        differs=told.differs,
        waited=waited(told),
        debrief=DEBRIEF["all"] + DEBRIEF[case.type.id],
        hindsight=HINDSIGHT,
        crowd=crowd or {},
    )


def setting(place: Area, case: Case) -> tuple[Teller, tuple[Choice, ...]]:
    """Who knows what, and the decision points, of a case."""
    row = place.tables["episodes"][case.episode]
    start = before(place, case)
    known = held(place.asked, start, case.episode)
    teller = Teller(known, float(row["left"]), float(row["reported"]), float(row["first_graded"]), endorsed_at(place, case))
    return teller, choices(case, row, teller)


def sets(points: tuple[Choice, ...], taken: Mapping[str, str]) -> list[Decision]:
    """What these choices set in the model."""
    found = [one.sets[taken[one.point.id]] for one in points]
    return [decision for decision in found if decision is not None]


def _courses(place: Area, case: Case, points: tuple[Choice, ...]) -> Iterator[tuple[dict[str, str], Any]]:
    row = place.tables["episodes"][case.episode]
    until, endorsed = followed_until(place, row, None), endorsed_at(place, case)
    start = before(place, case)
    ids = [one.point.id for one in points]
    for taken in product(*([option.id for option in one.point.options] for one in points)):
        chosen_ones = dict(zip(ids, taken, strict=True))
        yield chosen_ones, followed(start.branch(), case.episode, sets(points, chosen_ones), endorsed, until)


def _twin_choices(told: Twin, happened: Mapping[str, str]) -> dict[str, str]:
    """The twin as choices. What was held and looked at shows in the grade that followed."""
    name, choice = told.decision.name, told.decision.choice
    if name == "checked":
        name, choice = "grade", GRADE_IDS[grade_of(told.courses[1].row)]
    return {**happened, name: choice} if name in happened else dict(happened)


def _summary(told: Twin) -> str:
    one = told.happened
    return f"{told.case.type.words} As it happened: {one.ends.words[0].lower()}{one.ends.words[1:]}, {hours_text(one.ends.at)} after the report."


def brief(teller: Teller) -> tuple[str, ...]:
    """What the learner is told first."""
    return (
        "This is fiction. The child, the area and the people on duty are simulated and composite; nobody in it is real.",
        f"It is {clock_text(teller.reported, teller.reported)}. {A_CARER[teller.held.home]} rings to report a child missing.",
        "You decide for the police at each point. You will see what was known at that hour, from whom, and nothing else.",
        "There is no mark. Say what you decide and why; the reasons are what the debrief is about.",
    )


def waited(told: Twin) -> Waited:
    """Who else was touched by the twin's decision."""
    rows = tuple(Waiter(one.who, one.what, one.as_happened, one.twin) for one in told.waited)
    if not rows:
        return Waited("Nobody else's wait, finder or harm differs between the two, while the case lasted and for a day after.", ())
    words = (
        "The same people were on duty in both. These differ while the case lasted and for a day after: a first action half an hour or more sooner or "
        "later, another finder, or harm. A mere shift in time is left out."
    )
    return Waited(words, rows)


def provenance(case: Case) -> str:
    """Where a case comes from."""
    a = case.asked
    return (
        f"Simulated data. missing-sim {__version__}, scenario {a.scenario.name}, area {a.area}, seed {a.seed}, replication {a.replication}, "
        f"{case.type.id} case {case.number}; one pair, no interval."
    )
