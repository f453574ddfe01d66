"""The area of the salabim model: its people on duty, its population, and the other incidents."""

from __future__ import annotations

from typing import Any

import salabim

from sim.scenario import Scenario

from ..plain.place import ADULT, OLDEST, YEAR, YOUNGEST, Place
from ..plain.records import Job, Kind
from .child import Child
from .quiet import Quiet


class Area(Place):
    """One area. `run` it for some hours, then read `episodes`, `jobs` and `interviews`."""

    def __init__(self, scenario: Scenario, seed: int, replication: int = 0) -> None:
        super().__init__(scenario, seed, replication)
        self.env = salabim.Environment(trace=False, yieldless=True)
        self.pools = {pool: salabim.Resource(pool.name, people, monitor=False, env=self.env) for pool, people in self.on_duty.items()}
        for home, children in enumerate(scenario.area.children):
            for _ in range(children):
                self.enter(home, self.age_in_a_steady_population())
            if children:
                Newcomers(env=self.env, area=self, home=home, children=children)
        if self.incidents_per_hour > 0.0:
            OtherIncidents(env=self.env, area=self)

    def run(self, until: float) -> None:
        """Go on until hour `until`."""
        self.env.run(till=until)

    def enter(self, home: int, age: float) -> None:
        """Another child."""
        Child(env=self.env, area=self, home=home, adult=self.env.now() + (ADULT - age) * YEAR)


class Newcomers(Quiet):
    """New children, as many as keep the group's size."""

    def setup(self, area: Area, home: int, children: int) -> None:
        super().setup()
        self.area, self.home, self.children = area, home, children

    def process(self) -> None:
        while True:
            self.hold(self.area.until_newcomer(self.children))
            self.area.enter(self.home, self.area.traits.uniform(YOUNGEST, OLDEST))


class OtherIncidents(Quiet):
    """Other incidents by the hour of the week: those of the busiest hour, thinned."""

    def setup(self, area: Area) -> None:
        super().setup()
        self.area = area

    def process(self) -> None:
        area = self.area
        gap = 1.0 / (area.incidents_per_hour * area.incident_peak)
        while True:
            self.hold(area.demand.exponential(gap))
            now = self.env.now()
            if area.demand.random() * area.incident_peak < area.incident_weight[int(now % 168.0)]:
                pool, line, hours = area.other_incident()
                Incident(env=self.env, pool=area.pools[pool], job=area.job(Kind.OTHER_INCIDENT, pool, line, now), hours=hours)


class Incident(Quiet):
    """Wait for someone of the pool, keep them for some hours, let them go."""

    def setup(self, pool: Any, job: Job, hours: float) -> None:
        super().setup()
        self.pool, self.job, self.hours = pool, job, hours

    def process(self) -> None:
        self.request((self.pool, 1, self.job.line))
        self.job.started = self.env.now()
        self.hold(self.hours)
        self.job.ended = self.env.now()
        self.release()
