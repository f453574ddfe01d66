"""The area of the plain model: its people on duty, its population, and the other incidents."""

from __future__ import annotations

from collections.abc import Generator

import simpy

from sim.scenario import Scenario

from .child import Child
from .place import ADULT, OLDEST, YEAR, YOUNGEST, Place
from .records import Job, Kind

Steps = Generator[simpy.Event, object, None]


class Area(Place):
    """One area. `run` it for some hours, then read `episodes`, `jobs` and `interviews`."""

    def __init__(self, scenario: Scenario, seed: int, replication: int = 0) -> None:
        super().__init__(scenario, seed, replication)
        self.env = simpy.Environment()
        self.pools = {pool: simpy.PriorityResource(self.env, people) for pool, people in self.on_duty.items()}
        self._populate()
        if self.incidents_per_hour > 0.0:
            self.env.process(self.other_incidents())

    def run(self, until: float) -> None:
        """Go on until hour `until`."""
        self.env.run(until=until)

    def work(self, job: Job, hours: float) -> Steps:
        """Wait for someone of the pool, keep them for `hours`, let them go."""
        with self.pools[job.pool].request(priority=job.line) as turn:
            yield turn
            job.started = self.env.now
            yield self.env.timeout(hours)
            job.ended = self.env.now

    def _populate(self) -> None:
        """Children of all ages at once, as in a population that has always been there, and newcomers from then on."""
        for home, children in enumerate(self.numbers.area.children):
            for _ in range(children):
                self._enter(home, self.age_in_a_steady_population())
            if children:
                self.env.process(self.newcomers(home, children))

    def _enter(self, home: int, age: float) -> None:
        child = Child(self, home, self.env.now + (ADULT - age) * YEAR)
        self.env.process(child.life())

    def newcomers(self, home: int, children: int) -> Steps:
        """New children, as many as keep the group's size."""
        while True:
            yield self.env.timeout(self.until_newcomer(children))
            self._enter(home, self.traits.uniform(YOUNGEST, OLDEST))

    def other_incidents(self) -> Steps:
        """Other incidents by the hour of the week: those of the busiest hour, thinned."""
        gap = 1.0 / (self.incidents_per_hour * self.incident_peak)
        while True:
            yield self.env.timeout(self.demand.exponential(gap))
            if self.demand.random() * self.incident_peak < self.incident_weight[int(self.env.now % 168.0)]:
                pool, line, hours = self.other_incident()
                self.env.process(self.work(self.job(Kind.OTHER_INCIDENT, pool, line, self.env.now), hours))
