"""A child of the salabim model: lives at home, goes missing at a rate, comes back, until 18."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from ..plain.child import FOUR_WEEKS, WEEK
from ..plain.place import YEAR
from ..plain.records import By, Episode
from .aftercare import PreventionInterview, ReturnInterview
from .quiet import Quiet
from .report import Report
from .search import Search

if TYPE_CHECKING:
    from .area import Area


class Child(Quiet):
    """Home and away in turn."""

    def setup(self, area: Area, home: int, adult: float) -> None:
        super().setup()
        self.area = area
        self.number = area.next_child()
        self.home = home
        self.adult = adult
        self.rate = area.numbers.world.leaving_per_year[home] * area.frailty(home) / YEAR
        self.findability = area.findability()
        self.returned = -inf
        self.brought_back = False
        self.missing = False
        self.reports = 0
        self.search: Search | None = None
        self.interview: ReturnInterview | None = None

    def process(self) -> None:
        while self.env.now() < self.adult:
            self.stay_at_home()
            if self.env.now() >= self.adult:
                return
            self.go_missing()

    def recency(self, now: float) -> tuple[float, float]:
        """By how much the last return raises the rate now, and until when that holds."""
        world = self.area.numbers.world
        if now < self.returned + WEEK:
            factor, until = world.recency_first_week, self.returned + WEEK
        elif now < self.returned + FOUR_WEEKS:
            factor, until = world.recency_first_month, self.returned + FOUR_WEEKS
        else:
            return 1.0, self.adult
        return 1.0 + (factor - 1.0) * (world.brought_back_factor if self.brought_back else 1.0), min(until, self.adult)

    def stay_at_home(self) -> None:
        """Until the child leaves or is 18, by thinning, as in the plain model."""
        area = self.area
        while (now := self.env.now()) < self.adult:
            factor, until = self.recency(now)
            gap = area.leaving.exponential(1.0 / (self.rate * factor * area.leaving_peak)) if self.rate > 0.0 else inf
            if now + gap >= until:
                self.hold(until - now)
                continue
            self.hold(gap)
            if area.leaving.random() * area.leaving_peak < area.leaving_weight[int(self.env.now() % 168.0)]:
                return

    def go_missing(self) -> None:
        """One episode: police who find the child wake it before its own time."""
        area = self.area
        self.moves(True)
        episode = Episode(self.number, left=self.env.now())
        area.episodes.append(episode)
        own, third = area.own_return(episode.left), area.third_party()
        Report(env=self.env, child=self, episode=episode)
        self.hold(min(own, third))
        if episode.by == By.NOBODY_YET:
            episode.by = By.SELF if own <= third else By.THIRD_PARTY
        self.returned = episode.located = self.env.now()
        if self.search is not None:
            self.search.stand_down()
            self.search = None
        self.brought_back = episode.by in (By.POLICE_DESK, By.POLICE_FIELD)
        self.moves(False)
        if episode.reported < inf:
            PreventionInterview(env=self.env, child=self, episode=episode)
            if self.interview is None:
                self.interview = ReturnInterview(env=self.env, child=self)

    def moves(self, missing: bool) -> None:
        """Leave or come back; an interview that waits for that goes on."""
        self.missing = missing
        if self.interview is not None and self.interview.waits_for_child:
            self.interview.activate()
