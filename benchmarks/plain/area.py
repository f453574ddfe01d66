"""The area of the plain model: its people on duty, its random streams, its population, and the other incidents."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Generator
from math import log

import numpy as np
import simpy

from sim.scenario import Scenario

from .child import YEAR, Child
from .records import Episode, Interview, Job, Kind, Line, Pool

Steps = Generator[simpy.Event, object, None]
YOUNGEST, OLDEST, ADULT = 10.0, 17.0, 18.0
"""Children enter the population between these ages, evenly, and leave it at 18."""


class Area:
    """One area. `run` it for some hours, then read `episodes`, `jobs` and `interviews`."""

    def __init__(self, scenario: Scenario, seed: int, replication: int = 0) -> None:
        for staff in (scenario.resources.desk_staff, scenario.resources.response_units):
            if len(set(staff)) != 1:
                raise ValueError("the plain model has the same people on duty in each shift")
        if (scenario.resources.interviews_open, scenario.resources.interviews_close) != (0.0, 24.0):
            raise ValueError("the plain model has interviewers on duty at all hours")
        self.numbers = scenario
        self.env = simpy.Environment()
        streams = np.random.SeedSequence([seed, replication]).spawn(5)
        self.traits, self.leaving, self.ending, self.police, self.demand = (np.random.default_rng(stream) for stream in streams)
        resources = scenario.resources
        self.pools = {
            Pool.DESK: simpy.PriorityResource(self.env, resources.desk_staff[0]),
            Pool.RESPONSE: simpy.PriorityResource(self.env, resources.response_units[0]),
            Pool.INTERVIEWER: simpy.PriorityResource(self.env, resources.interviewers),
        }
        self.episodes: list[Episode] = []
        self.jobs: list[Job] = []
        self.interviews: list[Interview] = []
        self._set_profiles()
        self._populate()
        self.env.process(self.other_incidents())

    def run(self, until: float) -> None:
        """Go on until hour `until`."""
        self.env.run(until=until)

    def hour(self) -> float:
        """Hour of the day. Rounded: a wait until six may end a hair before it."""
        return round(self.env.now % 24.0, 6) % 24.0

    def is_night(self) -> bool:
        """Is it night for the police?"""
        hour = self.hour()
        return hour >= self.numbers.resources.night_starts or hour < self.numbers.resources.night_ends

    def hours_until_day(self) -> float:
        """Hours until the night that it is now ends."""
        return (self.numbers.resources.night_ends - self.hour()) % 24.0

    def lognormal(self, rng: np.random.Generator, median: float, spread: float) -> float:
        """A lognormal by its median and the standard deviation of its logarithm."""
        return rng.lognormal(log(median), spread)

    def job(self, kind: Kind, pool: Pool, line: Line) -> Job:
        """Write a job down as asked for now."""
        job = Job(kind, pool, line, self.env.now)
        self.jobs.append(job)
        return job

    def work(self, job: Job, hours: float) -> Steps:
        """Wait for someone of the pool, keep them for `hours`, let them go."""
        with self.pools[job.pool].request(priority=job.line) as turn:
            yield turn
            job.started = self.env.now
            yield self.env.timeout(hours)
            job.ended = self.env.now

    def _set_profiles(self) -> None:
        """Weights of leaving and of other incidents by hour of the week, with mean 1. Incidents follow the hours of leaving, half as strongly."""
        by_hour = np.array(self.numbers.world.leaving_by_hour)
        by_day = np.array(self.numbers.world.leaving_by_day)
        by_hour = by_hour / by_hour.mean()
        self.leaving_weight = np.outer(by_day / by_day.mean(), by_hour).ravel().tolist()
        self.incident_weight = np.outer(by_day / by_day.mean(), 0.5 + 0.5 * by_hour).ravel().tolist()

    def _populate(self) -> None:
        """Children of all ages at once, as in a population that has always been there, and newcomers from then on."""
        for home, children in enumerate(self.numbers.area.children):
            for _ in range(children):
                self._enter(home, self._age_in_a_steady_population())
            if children:
                self.env.process(self.newcomers(home, children))

    def _age_in_a_steady_population(self) -> float:
        """Whoever stays longer is met more often: an age of entry is accepted in proportion to the stay, then the age is even over the stay."""
        while True:
            entry = self.traits.uniform(YOUNGEST, OLDEST)
            if self.traits.random() * (ADULT - YOUNGEST) < ADULT - entry:
                return self.traits.uniform(entry, ADULT)

    def _enter(self, home: int, age: float) -> None:
        child = Child(self, home, self.env.now + (ADULT - age) * YEAR)
        self.env.process(child.life())

    def newcomers(self, home: int, children: int) -> Steps:
        """New children, as many as keep the group's size."""
        mean_stay = (ADULT - (YOUNGEST + OLDEST) / 2.0) * YEAR
        while True:
            yield self.env.timeout(self.traits.exponential(mean_stay / children))
            self._enter(home, self.traits.uniform(YOUNGEST, OLDEST))

    def other_incidents(self) -> Steps:
        """Other incidents by the hour of the week: those of the busiest hour, thinned."""
        area = self.numbers.area
        per_hour = area.reports_per_year * area.other_incidents_per_report / YEAR
        peak = max(self.incident_weight)
        mix = (area.other_incident_mix[0], area.other_incident_mix[0] + area.other_incident_mix[1])
        while per_hour > 0.0:
            yield self.env.timeout(self.demand.exponential(1.0 / (per_hour * peak)))
            if self.demand.random() * peak < self.incident_weight[int(self.env.now % 168.0)]:
                line = Line(bisect(mix, self.demand.random()))
                pool = Pool.DESK if self.demand.random() < area.other_incident_desk_share else Pool.RESPONSE
                hours = self.demand.exponential(area.other_incident_hours)
                self.env.process(self.work(self.job(Kind.OTHER_INCIDENT, pool, line), hours))
