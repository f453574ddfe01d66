"""The report of one episode in the salabim model: a delay, if ever; then call-taker, inspector, search. Over as soon as the child is back."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from ..plain.records import Episode, Grade
from .quiet import Quiet
from .search import Search

if TYPE_CHECKING:
    from .child import Child


class Report(Quiet):
    """It is not called off when the child is back, it looks whether it still matters: taking an event off salabim's list costs more."""

    def setup(self, child: Child, episode: Episode) -> None:
        super().setup()
        self.child, self.episode = child, episode

    def back(self) -> bool:
        """Is the child back?"""
        return self.episode.located < inf

    def process(self) -> None:
        child, episode, area = self.child, self.episode, self.child.area
        rng, world, practice = area.police, area.numbers.world, area.numbers.practice
        if rng.random() >= world.reported_share[child.home]:
            return
        self.hold(area.lognormal(rng, world.report_delay_median[child.home], world.report_delay_spread))
        if self.back():
            return
        episode.reported = self.env.now()
        child.reports += 1
        self.hold(practice.call_grading_hours)
        if self.back():
            return
        visible = area.visible_risk()
        grade = area.judge(visible)
        search = child.search = Search(child, episode)
        if grade == Grade.HIGH:
            search.follow(grade)
        self.hold(practice.endorse_hours)
        if self.back():
            return
        if rng.random() < practice.inspector_reassesses_share:
            grade = area.judge(visible)
        episode.grade = grade = area.as_practised(grade)
        search.follow(grade)
