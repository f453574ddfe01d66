"""The search in the plain model: a desk strand and a field strand, effort that adds up while they work, and a find when it suffices."""

from __future__ import annotations

from collections.abc import Generator
from math import inf
from typing import TYPE_CHECKING

import simpy

from .records import By, Episode, Grade, Kind, Line, Pool

if TYPE_CHECKING:
    from .area import Area

Steps = Generator[simpy.Event, object, None]
LONGEST = 10_000.0
"""No task lasts so long, in hours."""


class Strand:
    """One strand of the plan. `asked` is True from the moment that someone is asked until the task is over."""

    def __init__(self, process: simpy.Process) -> None:
        self.process = process
        self.asked = False


class Search:
    """The search for one child. `found` is succeeded with who found the child."""

    def __init__(self, area: Area, episode: Episode, found: simpy.Event, findability: float) -> None:
        self.area = area
        self.env = area.env
        self.episode = episode
        self.found = found
        self.grade = Grade.NONE
        self.strands: dict[Pool, Strand] = {}
        self.running: list[Kind] = []
        self.over = False
        self.rate = 0.0
        self.updated = self.env.now
        self.finder: simpy.Process | None = None
        self.needed = area.raw_needed(findability)

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
            if strand is not None and strand.process.is_alive:
                strand.process.interrupt()
            if grade > Grade.NONE:
                self.strands[pool] = Strand(self.env.process(self.work_through(pool, first)))

    def stand_down(self) -> None:
        """The child is back: everyone stops."""
        self._settle()
        self.over = True
        processes = [strand.process for strand in self.strands.values()] + ([self.finder] if self.finder else [])
        for process in processes:
            if process.is_alive:
                process.interrupt()

    def work_through(self, pool: Pool, first: float) -> Steps:
        """One strand: due, perhaps put off until the day, asked, done, and due again after the interval of the grade, which grows with time."""
        practice = self.area.numbers.practice
        intervals = practice.desk_interval_hours if pool == Pool.DESK else practice.field_interval_hours
        try:
            yield self.env.timeout(first)
            while self.grade > Grade.NONE:
                high = self.grade == Grade.HIGH
                active = practice.overnight_activity_high if high else practice.overnight_activity
                if self.area.is_night(self.env.now) and self.area.police.random() >= active:
                    yield self.env.timeout(self.area.hours_until_day(self.env.now))
                    continue
                self.strands[pool].asked = True
                yield from self.act(pool)
                self.strands[pool].asked = False
                slower = 1.0 + (self.env.now - self.episode.reported) / practice.plan_slows_hours
                yield self.env.timeout(intervals[self.grade] * slower)
        except simpy.Interrupt:
            return

    def act(self, strand: Pool) -> Steps:
        """One desk enquiry or field visit."""
        area, rng = self.area, self.area.police
        practice = area.numbers.practice
        desk_based = practice.desk_based_share_high if self.grade == Grade.HIGH else practice.desk_based_share
        visit = strand == Pool.RESPONSE and rng.random() >= desk_based
        kind, pool = (Kind.FIELD_VISIT, Pool.RESPONSE) if visit else (Kind.DESK_ENQUIRY, Pool.DESK)
        hours = area.lognormal(rng, practice.field_visit_hours if visit else practice.desk_enquiry_hours, practice.task_hours_spread)
        line = {Grade.HIGH: Line.URGENT, Grade.MEDIUM: Line.PRIORITY}.get(self.grade, Line.ROUTINE)
        job = area.job(kind, pool, line, self.env.now)
        with area.pools[pool].request(priority=line) as turn:
            try:
                yield turn
                job.started = self.env.now
                self._began(kind)
                yield self.env.timeout(hours)
                job.ended = self.env.now
                self._ended(kind)
            except simpy.Interrupt:
                job.dropped = job.started == inf
                if not job.dropped:
                    job.ended = self.env.now
                raise

    def _began(self, kind: Kind) -> None:
        self.episode.first_action = min(self.episode.first_action, self.env.now)
        if kind == Kind.FIELD_VISIT:
            self.episode.first_field = min(self.episode.first_field, self.env.now)
        self._settle()
        self.running.append(kind)
        self._look_ahead()

    def _ended(self, kind: Kind) -> None:
        self._settle()
        self.running.remove(kind)
        self._look_ahead()

    def _settle(self) -> None:
        """Add the effort since the last change."""
        if not self.over:
            self.episode.raw += self.rate * (self.env.now - self.updated)
            self.updated = self.env.now

    def _look_ahead(self) -> None:
        """The tasks that run have changed: with what runs now, when will the child be found? Night counts as it is at the change."""
        world = self.area.numbers.world
        each = {Kind.DESK_ENQUIRY: 1.0, Kind.FIELD_VISIT: world.field_to_desk_ratio}
        self.rate = sum(each[kind] for kind in self.running) * (world.night_search_factor if self.area.is_night(self.env.now) else 1.0)
        if self.finder is not None and self.finder.is_alive:
            self.finder.interrupt()
        if self.rate > 0.0 and (self.needed - self.episode.raw) / self.rate < LONGEST:
            self.finder = self.env.process(self.find(max(self.needed - self.episode.raw, 0.0) / self.rate))

    def find(self, hours: float) -> Steps:
        """Police find the child after `hours`, unless something changes before."""
        try:
            yield self.env.timeout(hours)
        except simpy.Interrupt:
            return
        if not self.found.triggered:
            self.found.succeed(By.POLICE_FIELD if Kind.FIELD_VISIT in self.running else By.POLICE_DESK)
