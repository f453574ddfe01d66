"""A twin: one case twice, as it happened and with one decision changed. Same child, same night, same luck; only the decision differs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..engine.choice import AUTO
from ..scenario import Scenario
from ..scenario.errors import Problem, ScenarioError
from .account import timeline
from .asked import SMALL, asked
from .case_type import CaseType, type_named
from .cases import Area, Case
from .course import Course, followed
from .decision import Decision, as_it_happened, named
from .differs import differs
from .others import Other, others
from .telling import CLEARLY, telling
from .timeline import Timeline

if TYPE_CHECKING:
    import pandas as pd

FOLLOW = 90
"""Days for which the child is followed after the return, unless the run ends before."""
LOOKED = 60
"""Cases that are looked at for one in which the type can be seen."""
COURSES = ("as it happened", "twin")


@dataclass(frozen=True)
class Twin:
    """Both courses of one case, and what differs between them."""

    case: Case
    decision: Decision
    happened: Timeline
    changed: Timeline
    differs: tuple[str, ...]
    """What differs between the two and why, a sentence each."""
    waited: tuple[Other, ...]
    """Who else was touched."""
    courses: tuple[Course, Course]

    @property
    def timeline(self) -> pd.DataFrame:
        """Every row of both timelines: course, lane, at and until (hours after the report), clock, text."""
        import pandas as pd

        rows = [
            (course, row.lane, row.at, row.until, row.clock, row.text)
            for course, line in zip(COURSES, (self.happened, self.changed), strict=True)
            for row in line.rows
        ]
        return pd.DataFrame(rows, columns=["course", "lane", "at", "until", "clock", "text"])

    @property
    def others(self) -> pd.DataFrame:
        """Who else was touched: who, what, as_happened, twin, hours (twin less as it happened)."""
        import pandas as pd

        return pd.DataFrame([vars(other) for other in self.waited], columns=["who", "what", "as_happened", "twin", "hours"])

    @property
    def episodes(self) -> pd.DataFrame:
        """The child's reported episodes from the case on, in both courses: times in hours after the report of the case, empty where there is none."""
        import numpy as np
        import pandas as pd

        frames = []
        for course, c in zip(COURSES, self.courses, strict=True):
            rows = c.tables["episodes"][c.of_child()]
            rows = rows[rows["occurrence"] >= c.row["occurrence"]]
            frame = pd.DataFrame({"course": course, "occurrence": rows["occurrence"]})
            for column in ("left", "reported", "first_action", "first_field", "located", "harmed", "recorded", "prevention", "referred"):
                frame[column] = np.where(rows[column] < c.until, rows[column] - c.reported, np.nan)
            for column in ("first_grade", "knowable_grade", "truth_grade", "located_by"):
                frame[column] = rows[column]
            frames.append(frame)
        return pd.concat(frames, ignore_index=True)

    @property
    def text(self) -> str:
        """The twin as a terminal shows it."""
        from ..report.twin import twin_text

        return twin_text(self)

    def figure(self) -> Any:
        """Both timelines as a Plotly figure that stands by itself."""
        from ..report.twin import twin_figure

        return twin_figure(self)


def twin(
    scenario: Scenario | str | Path = "baseline",
    *,
    case: str = "under-graded-with-exploitation",
    decision: str | None = None,
    number: int | None = None,
    seed: int | None = None,
    replication: int = 0,
    area: str | Path | None = SMALL,
    follow_days: float | None = None,
    engine: str = AUTO,
) -> Twin:
    """One case of a type in a simulated area, and its twin under another decision (`grade=high`; else the one that the type is about).

    `number` says which of the cases, 0 for the first; else one is chosen in which the type can be seen (telling.py). The child is followed for
    `follow_days` after the return as it happened (90, or to the end of the run). `area` None takes the scenario's own.
    Raises ScenarioError if there is no such case, or if the decision is what happened.
    """
    kind = type_named(case)
    wanted = None if decision is None else named(decision)
    place = Area(asked(scenario, seed, replication, area, engine), trace=True)
    found = chosen(place, kind) if number is None else place.case(kind, number)
    return twin_of(place, found, wanted, follow_days)


def chosen(place: Area, kind: CaseType) -> Case:
    """The case of an area that is told unless a number is asked for. Raises ScenarioError if there is no case."""
    return most_telling(place, kind)[0]


def most_telling(place: Area, kind: CaseType) -> tuple[Case, int]:
    """Of the first LOOKED cases of a type the first in which it can clearly be seen what the type is about, or else somewhat, or the first of all;
    and how well it can be seen.

    Chosen for what differs: what usually differs is told by a crowd of pairs, never by this one. Raises ScenarioError if there is no case."""
    best, how = place.case(kind, 0), 0
    for number in range(min(LOOKED, best.matched)):
        case = place.case(kind, number)
        seen = telling(kind, *pair_of(place, case, kind.decision(place.tables["episodes"][case.episode]), None))
        if seen > how:
            best, how = case, seen
        if how == CLEARLY:
            break
    return best, how


def pair_of(place: Area, case: Case, decision: Decision, follow_days: float | None) -> tuple[Course, Course]:
    """Both courses of a case."""
    row = place.tables["episodes"][case.episode]
    until = followed_until(place, row, follow_days)
    start, endorsed = before(place, case), endorsed_at(place, case)
    return followed(start.branch(), case.episode, (), endorsed, until), followed(start, case.episode, (decision,), endorsed, until)


def twin_of(place: Area, case: Case, decision: Decision | None = None, follow_days: float | None = None) -> Twin:
    """The twin of a case of an area."""
    row = place.tables["episodes"][case.episode]
    decision = case.type.decision(row) if decision is None else decision
    if as_it_happened(row, decision.name) == decision.choice:
        what = f"{decision.id} changes nothing: it is what happened in this case"
        raise ScenarioError(Problem("", None, "--decision", what, "name another decision"))
    one, two = pair_of(place, case, decision, follow_days)
    waited = tuple(others(one, two))
    return Twin(case, decision, timeline(one), timeline(two), tuple(differs(one, two, decision, waited)), waited, (one, two))


def before(place: Area, case: Case) -> Any:
    """The area just before the call-taker grades this episode: no decision that a story can change has been taken."""
    start = place.again()
    start.run(float(place.tables["episodes"]["first_graded"][case.episode]))
    return start


def endorsed_at(place: Area, case: Case) -> float:
    """The hour of the inspector's endorsement."""
    return float(place.tables["episodes"]["first_graded"][case.episode]) + place.asked.parameters.practice.endorse_hours


def followed_until(place: Area, row: Any, follow_days: float | None) -> float:
    """The hour up to which a case is followed. Raises ScenarioError if the run ends before."""
    left = (place.asked.ends - float(row["located"])) / 24.0
    if follow_days is None:
        return float(row["located"]) + min(FOLLOW, left) * 24.0
    if not 0 < follow_days <= left:
        what = f"{follow_days:g} days of follow-up are out of range: this child is back {left:.1f} days before the run ends"
        raise ScenarioError(Problem("", None, "--follow-days", what, f"allowed: more than 0, up to {int(left)}; or another case (--number)"))
    return float(row["located"]) + follow_days * 24.0
