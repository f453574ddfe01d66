"""One time away in the plain model: three ways to end it that compete, the report, the grade, and the search that the grade sets."""

from __future__ import annotations

from collections.abc import Generator
from math import expm1, inf
from typing import TYPE_CHECKING, Any

import numpy as np
import simpy

from .records import By, Episode, Grade
from .search import Search

if TYPE_CHECKING:
    from .area import Area
    from .child import Child

Steps = Generator[simpy.Event, Any, None]
LATEST = 50.0
"""Thresholds of more than this many mean values of a clock are as good as never."""


class Away:
    """The child is away."""

    def __init__(self, area: Area, child: Child) -> None:
        self.area = area
        self.child = child
        self.episode = Episode(left=area.env.now)
        area.episodes.append(self.episode)
        self.found = area.env.event()
        self.search: Search | None = None

    def happen(self) -> Steps:
        """Leave; whoever comes first ends it: the child, a carer or another third party, or the police."""
        env = self.area.env
        clocks: list[simpy.Event] = [env.timeout(self.own_return(), By.SELF), self.found]
        third = self.third_party()
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

    def own_return(self) -> float:
        """Hours to an own return: a lognormal in a time that runs slower in the hours in which own returns are rare."""
        world = self.area.numbers.world
        left = self.area.lognormal(self.area.ending, world.own_return_median, world.own_return_spread)
        start = now = self.area.env.now
        edges = sorted((world.own_return_rare_from, world.own_return_rare_until))
        while True:
            hour = now % 24.0
            edge = next((edge for edge in edges if edge > hour), edges[0] + 24.0)
            inside = edges[0] <= hour < edges[1]
            rare = inside == (world.own_return_rare_from < world.own_return_rare_until)
            pace = world.own_return_rare_weight if rare else 1.0
            if left <= (edge - hour) * pace:
                return now - start + left / pace
            left -= (edge - hour) * pace
            now = 24.0 * (now // 24.0) + edge

    def third_party(self) -> float:
        """Hours until someone else ends it: cumulative hazard a ln(1 + t/b) from leaving."""
        world = self.area.numbers.world
        threshold = self.area.ending.exponential()
        if threshold >= LATEST * world.third_party_rate:
            return inf
        return world.third_party_fade_hours * expm1(threshold / world.third_party_rate)

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
            tonight = rng.normal(0.0, world.risk_tonight_known)
            visible = tonight if rng.random() < practice.informant_heard_share else 0.0
            grade = self.judge(rng, visible)
            self.search = Search(self.area, self.episode, self.found, self.child.findability)
            if grade == Grade.HIGH:
                self.search.follow(grade)
            yield env.timeout(practice.endorse_hours)
            if rng.random() < practice.inspector_reassesses_share:
                grade = self.judge(rng, visible)
            self.episode.grade = grade = self.as_practised(rng, grade)
            self.search.follow(grade)
        except simpy.Interrupt:
            return

    def judge(self, rng: np.random.Generator, visible: float) -> Grade:
        """What is visible, with one assessor's noise, cut into grades."""
        practice = self.area.numbers.practice
        risk = visible + rng.normal(0.0, practice.assessor_noise)
        return Grade(sum(risk >= cut for cut in practice.grade_cuts))

    def as_practised(self, rng: np.random.Generator, grade: Grade) -> Grade:
        """A share are under-graded, a share over-graded, where there is room."""
        practice = self.area.numbers.practice
        u = rng.random()
        if u < practice.under_graded_share:
            return Grade(max(grade - practice.under_graded_steps, Grade.NONE))
        if u > 1.0 - practice.over_graded_share:
            return Grade(min(grade + 1, Grade.HIGH))
        return grade
