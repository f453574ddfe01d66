"""The search in the salabim model: a desk strand and a field strand, effort that adds up while they work, and a find when it suffices."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from ..plain.records import By, Episode, Grade, Job, Kind, Line, Pool
from ..plain.search import LONGEST
from .quiet import Quiet

if TYPE_CHECKING:
    from .child import Child


class Search:
    """The search for one child."""

    def __init__(self, child: Child, episode: Episode) -> None:
        self.child = child
        self.area = child.area
        self.env = child.area.env
        self.episode = episode
        self.grade = Grade.NONE
        self.strands: dict[Pool, Strand] = {}
        self.running: list[Kind] = []
        self.over = False
        self.rate = 0.0
        self.updated = self.env.now()
        self.finder: Finder | None = None
        self.needed = self.area.raw_needed(child.findability)

    def follow(self, grade: Grade) -> None:
        """From now on by the plan of `grade`: what has been asked goes on, what was only due is due by the new plan."""
        if grade == self.grade:
            return
        self.grade = grade
        low = grade == Grade.LOW
        for pool, first in ((Pool.DESK, 0.0), (Pool.RESPONSE, self.area.numbers.practice.low_field_after_hours if low else 0.0)):
            strand = self.strands.get(pool)
            if strand is not None and strand.asked:
                continue
            if strand is not None:
                strand.cancel()
            if grade > Grade.NONE:
                self.strands[pool] = Strand(env=self.env, search=self, pool=pool, first=first)

    def stand_down(self) -> None:
        """The child is back: everyone stops. A strand between two actions will see it by itself."""
        self._settle()
        self.over = True
        for strand in self.strands.values():
            if strand.asked:
                strand.stop()

    def began(self, kind: Kind) -> None:
        """Someone has started."""
        now = self.env.now()
        self.episode.first_action = min(self.episode.first_action, now)
        if kind == Kind.FIELD_VISIT:
            self.episode.first_field = min(self.episode.first_field, now)
        self._settle()
        self.running.append(kind)
        self._look_ahead()

    def ended(self, kind: Kind) -> None:
        """Someone is done."""
        self._settle()
        self.running.remove(kind)
        self._look_ahead()

    def _settle(self) -> None:
        """Add the effort since the last change."""
        if not self.over:
            now = self.env.now()
            self.episode.raw += self.rate * (now - self.updated)
            self.updated = now

    def _look_ahead(self) -> None:
        """The tasks that run have changed: with what runs now, when will the child be found? Night counts as it is at the change."""
        world = self.area.numbers.world
        each = {Kind.DESK_ENQUIRY: 1.0, Kind.FIELD_VISIT: world.field_to_desk_ratio}
        self.rate = sum(each[kind] for kind in self.running) * (world.night_search_factor if self.area.is_night(self.env.now()) else 1.0)
        hours = max(self.needed - self.episode.raw, 0.0) / self.rate if self.rate > 0.0 else inf
        if hours >= LONGEST:
            if self.finder is not None:
                self.finder.passivate()
        elif self.finder is None:
            self.finder = Finder(env=self.env, search=self, delay=hours)
        else:
            self.finder.activate(delay=hours)

    def find(self) -> None:
        """Police find the child."""
        if self.over or self.episode.by != By.NOBODY_YET:
            return
        self.episode.by = By.POLICE_FIELD if Kind.FIELD_VISIT in self.running else By.POLICE_DESK
        self.child.activate()


class Finder(Quiet):
    """Comes when the effort suffices, unless the search changes before."""

    def setup(self, search: Search) -> None:
        super().setup()
        self.search = search

    def process(self) -> None:
        self.search.find()


class Strand(Quiet):
    """One strand of the plan. `asked` is True from the moment that someone is asked until the task is over."""

    def setup(self, search: Search, pool: Pool, first: float) -> None:
        super().setup()
        self.search, self.pool, self.first = search, pool, first
        self.asked = False
        self.job: Job | None = None

    def process(self) -> None:
        """Due, perhaps put off until the day, asked, done, and due again after the interval of the grade, which grows with time."""
        search, area = self.search, self.search.area
        practice = area.numbers.practice
        intervals = practice.desk_interval_hours if self.pool == Pool.DESK else practice.field_interval_hours
        self.hold(self.first)
        while search.grade > Grade.NONE and not search.over:
            active = practice.overnight_activity_high if search.grade == Grade.HIGH else practice.overnight_activity
            now = self.env.now()
            if area.is_night(now) and area.police.random() >= active:
                self.hold(area.hours_until_day(now))
                continue
            self.asked = True
            self.act()
            self.asked = False
            slower = 1.0 + (self.env.now() - search.episode.reported) / practice.plan_slows_hours
            self.hold(intervals[search.grade] * slower)

    def act(self) -> None:
        """One desk enquiry or field visit."""
        search, area = self.search, self.search.area
        rng, practice = area.police, area.numbers.practice
        desk_based = practice.desk_based_share_high if search.grade == Grade.HIGH else practice.desk_based_share
        visit = self.pool == Pool.RESPONSE and rng.random() >= desk_based
        kind, pool = (Kind.FIELD_VISIT, Pool.RESPONSE) if visit else (Kind.DESK_ENQUIRY, Pool.DESK)
        hours = area.lognormal(rng, practice.field_visit_hours if visit else practice.desk_enquiry_hours, practice.task_hours_spread)
        line = {Grade.HIGH: Line.URGENT, Grade.MEDIUM: Line.PRIORITY}.get(search.grade, Line.ROUTINE)
        self.job = job = area.job(kind, pool, line, self.env.now())
        self.request((area.pools[pool], 1, line))
        job.started = self.env.now()
        search.began(kind)
        self.hold(hours)
        job.ended = self.env.now()
        self.release()
        search.ended(kind)

    def stop(self) -> None:
        """The child is back: whoever works lets go, whoever was waited for is not needed."""
        assert self.job is not None
        if self.job.started == inf:
            self.job.dropped = True
        else:
            self.job.ended = self.env.now()
        self.cancel()
