"""A child of the plain model: lives at home, goes missing at a rate, comes back, until 18."""

from __future__ import annotations

from collections.abc import Generator
from math import inf
from typing import TYPE_CHECKING

import simpy

from . import aftercare
from .episode import Away
from .place import YEAR
from .records import By, Interview

if TYPE_CHECKING:
    from .area import Area

Steps = Generator[simpy.Event, object, None]
WEEK, FOUR_WEEKS = 7 * 24.0, 28 * 24.0


class Child:
    """Traits are drawn once: frailty (how often this child goes missing against others of its home) and findability, both with mean 1."""

    def __init__(self, area: Area, home: int, adult: float) -> None:
        self.area = area
        self.number = area.next_child()
        self.home = home
        self.adult = adult
        self.rate = area.numbers.world.leaving_per_year[home] * area.frailty(home) / YEAR
        self.findability = area.findability()
        self.returned = -inf
        self.brought_back = False
        self.missing = False
        self.moved = area.env.event()
        """Fires each time the child leaves or comes back, and is then a new one."""
        self.reports = 0
        self.interview: Interview | None = None

    def life(self) -> Steps:
        """Home and away in turn, until 18."""
        env = self.area.env
        while env.now < self.adult:
            yield from self.stay_at_home()
            if env.now >= self.adult:
                return
            yield from self.go_missing()

    def recency(self) -> tuple[float, float]:
        """By how much the last return raises the rate now, and until when that holds."""
        world = self.area.numbers.world
        now = self.area.env.now
        if now < self.returned + WEEK:
            factor, until = world.recency_first_week, self.returned + WEEK
        elif now < self.returned + FOUR_WEEKS:
            factor, until = world.recency_first_month, self.returned + FOUR_WEEKS
        else:
            return 1.0, self.adult
        return 1.0 + (factor - 1.0) * (world.brought_back_factor if self.brought_back else 1.0), min(until, self.adult)

    def stay_at_home(self) -> Steps:
        """Until the child leaves or is 18. Candidates come at the rate of the busiest hour of the week and are thinned to that of the hour it is."""
        env, rng = self.area.env, self.area.leaving
        weight = self.area.leaving_weight
        peak = self.area.leaving_peak
        while env.now < self.adult:
            factor, until = self.recency()
            gap = rng.exponential(1.0 / (self.rate * factor * peak)) if self.rate > 0.0 else inf
            if env.now + gap >= until:
                yield env.timeout(until - env.now)
                continue
            yield env.timeout(gap)
            if rng.random() * peak < weight[int(env.now % 168.0)]:
                return

    def go_missing(self) -> Steps:
        """One episode, and what follows it."""
        env = self.area.env
        self._moves(True)
        away = Away(self.area, self)
        yield from away.happen()
        episode = away.episode
        self.returned = env.now
        self.brought_back = episode.by in (By.POLICE_DESK, By.POLICE_FIELD)
        self._moves(False)
        if episode.reported < inf:
            env.process(aftercare.prevention_interview(self.area, self, episode))
            if self.interview is None:
                env.process(aftercare.return_interview(self.area, self))

    def _moves(self, missing: bool) -> None:
        self.missing = missing
        moved, self.moved = self.moved, self.area.env.event()
        moved.succeed()
