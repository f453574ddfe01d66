"""One time away in the plain model: three ways to end it that compete, the report, the grade, and the search that the grade sets."""

from __future__ import annotations

from collections.abc import Generator
from math import inf
from typing import TYPE_CHECKING, Any

import simpy

from .records import By, Episode, Grade
from .search import Search

if TYPE_CHECKING:
    from .area import Area
    from .child import Child

Steps = Generator[simpy.Event, Any, None]


class Away:
    """The child is away."""

    def __init__(self, area: Area, child: Child) -> None:
        self.area = area
        self.child = child
        self.episode = Episode(child.number, left=area.env.now)
        area.episodes.append(self.episode)
        self.found = area.env.event()
        self.search: Search | None = None

    def happen(self) -> Steps:
        """Leave; whoever comes first ends it: the child, a carer or another third party, or the police."""
        env = self.area.env
        clocks: list[simpy.Event] = [env.timeout(self.area.own_return(env.now), By.SELF), self.found]
        third = self.area.third_party()
        if third < inf:
            clocks.append(env.timeout(third, By.THIRD_PARTY))
        report = env.process(self.report())
        ended = yield env.any_of(clocks)
        self.episode.located = env.now
        self.episode.by = next(iter(ended.values()))
        if report.is_alive:
            report.interrupt()
        if self.search is not None:
            self.search.stand_down()

    def report(self) -> Steps:
        """Report after a delay, if ever; then call-taker, inspector, search. Ends at once when the child is back."""
        env, rng = self.area.env, self.area.police
        world, practice = self.area.numbers.world, self.area.numbers.practice
        try:
            if rng.random() >= world.reported_share[self.child.home]:
                return
            yield env.timeout(self.area.lognormal(rng, world.report_delay_median[self.child.home], world.report_delay_spread))
            self.episode.reported = env.now
            self.child.reports += 1
            yield env.timeout(practice.call_grading_hours)
            visible = self.area.visible_risk()
            grade = self.area.judge(visible)
            self.search = Search(self.area, self.episode, self.found, self.child.findability)
            if grade == Grade.HIGH:
                self.search.follow(grade)
            yield env.timeout(practice.endorse_hours)
            if rng.random() < practice.inspector_reassesses_share:
                grade = self.area.judge(visible)
            self.episode.grade = grade = self.area.as_practised(grade)
            self.search.follow(grade)
        except simpy.Interrupt:
            return
