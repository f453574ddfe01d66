"""The same exercise live: the SimPy engine goes on from the call until a decision is due, pauses there, and goes on under what is decided.

What comes out is what the exercise's paths say, to the last row; a test holds the two together. For an app, or a facilitator who asks "and then?".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..engine.choice import that_pauses
from ..model.events import Event
from ..model.words import NEVER
from ..scenario import Scenario
from ..scenario.errors import Problem, ScenarioError
from .account import timeline
from .asked import SMALL, asked
from .case_type import type_named
from .cases import Area, Case
from .course import Course
from .decision import Decision, order
from .exercise import Path as Taken
from .exercise import Point
from .points import Choice
from .script import setting
from .timeline import Timeline
from .twin import before, chosen, endorsed_at, followed_until

PAUSES = {"grade": Event.GRADED, "plan": Event.GRADED, "deploy": Event.ENDORSED, "prevention": Event.PREVENTION_DUE, "referral": Event.PREVENTION_DUE}
"""The event just before which a point is decided. A record is decided before the return, for it is filed with it."""


class Session:
    """An exercise that is under way. `point` is the decision that is due, None once `finished`; `decide` takes it and goes on."""

    def __init__(self, place: Area, case: Case) -> None:
        self.case = case
        self._row = place.tables["episodes"][case.episode].copy()
        self._choices: tuple[Choice, ...] = setting(place, case)[1]
        self._endorsed = endorsed_at(place, case)
        self._until = followed_until(place, self._row, None)
        self._area: Any = that_pauses(before(place, case))
        self._taken: dict[str, str] = {}
        self._set: list[Decision] = []
        self._regrades: list[tuple[float, int]] = []
        self._left = sorted(self._choices, key=self._moment)

    @property
    def point(self) -> Point | None:
        """The decision that is due."""
        return self._left[0].point if self._left else None

    @property
    def finished(self) -> bool:
        """Is everything decided?"""
        return not self._left

    @property
    def now(self) -> float:
        """Hours since the report."""
        return float(self._area.now) - float(self._row["reported"])

    @property
    def taken(self) -> dict[str, str]:
        """What was decided so far, by point."""
        return dict(self._taken)

    def decide(self, option: str) -> Point | None:
        """Take the decision that is due, let time pass, and give the next one (None when all is decided). Raises ScenarioError for no such option."""
        if not self._left:
            raise ScenarioError(Problem("", None, "", "everything is decided", "begin a new session to decide otherwise"))
        choice = self._left[0]
        if option not in choice.sets:
            raise ScenarioError(Problem("", None, choice.point.id, f'"{option}" is no option', f"allowed: {', '.join(choice.sets)}"))
        self._taken[choice.point.id] = option
        decision = choice.sets[option]
        if decision is not None:
            self._set.append(decision)
            self._area.order(order(self.case.episode, self._set))
        del self._left[0]
        self._go_on()
        return self.point

    @property
    def timeline(self) -> Timeline:
        """What has happened so far, or all of it once the session is finished."""
        until = self._until if self.finished else float(self._area.now)
        row = Course(self._area.parameters, self._area.tables(), self._area.traced(), self.case.episode, 0.0, until, tuple(self._regrades))
        return timeline(row)

    @property
    def path(self) -> Taken:
        """The finished session as a path of the exercise."""
        return Taken({one.point.id: self._taken[one.point.id] for one in self._choices}, self.timeline)

    def _moment(self, choice: Choice) -> int:
        """Where a point stands in time: before grading, at the endorsement, before the return, after it."""
        return {"grade": 0, "plan": 1, "deploy": 2, "record": 3, "prevention": 4, "referral": 5}[choice.point.id]

    def _go_on(self) -> None:
        """Let time pass until just before the next point, or to the end; grades that reviews change are noted as they change. A point that time has
        passed over (the child was back before) is decided as it happened: nothing depends on it any more."""
        env, e = self._area.env, self.case.episode
        while env.peek() < self._until:
            t, event, who, version = self._next()
            episode = self._area.world.episodes[e]
            due = [one for one in self._left if who == e and self._is_due(one, event, version, episode)]
            if due:
                self._pass_over(self._left[: self._left.index(due[0])])
                return
            before = episode.grade
            self._area.step()
            if event == Event.REVIEWED and who == e and episode.grade != before:
                self._regrades.append((t, int(episode.grade)))
        self._pass_over(self._left)
        self._area.run(self._until)

    def _pass_over(self, points: list[Choice]) -> None:
        self._taken |= {one.point.id: one.point.as_happened for one in points}
        self._left = self._left[len(points) :]

    def _next(self) -> tuple[float, int, int, int]:
        t, _, _, item = self._area.env._queue[0]
        return float(t), int(item.event), int(item.who), int(item.version)

    def _is_due(self, choice: Choice, event: int, version: int, episode: Any) -> bool:
        if choice.point.id == "record":
            found = event == Event.FOUND and version == episode.find_version
            return episode.located == NEVER and (found or event == Event.CLOSED)
        return event == PAUSES[choice.point.id] and (event != Event.PREVENTION_DUE or version == 0)


def live(
    case: str = "under-graded-with-exploitation",
    scenario: Scenario | str | Path = "baseline",
    *,
    number: int | None = None,
    seed: int | None = None,
    replication: int = 0,
    area: str | Path | None = SMALL,
) -> Session:
    """A session of one case, the same that `exercise` is about. The years before are run on the compiled
    engine, where there is one, and handed over to SimPy at the call. Raises ScenarioError."""
    kind = type_named(case)
    place = Area(asked(scenario, seed, replication, area), trace=True)
    return Session(place, chosen(place, kind) if number is None else place.case(kind, number))
