"""What of an area does not depend on who keeps the clock: its numbers, its random streams, its hours, and what is written down.

The plain SimPy model and the salabim model are built on it, so that a comparison of their speed is one of SimPy and salabim. Nothing here schedules.
"""

from __future__ import annotations

from bisect import bisect
from math import expm1, inf, log

import numpy as np

from sim.scenario import Scenario

from .records import Episode, Grade, Interview, Job, Kind, Line, Pool

YEAR = 8760.0
YOUNGEST, OLDEST, ADULT = 10.0, 17.0, 18.0
"""Children enter the population between these ages, evenly, and leave it at 18."""
LATEST = 50.0
"""Thresholds of more than this many mean values of a clock are as good as never."""


class Place:
    """The numbers of one area. Times are hours; `now` is given by whoever keeps the clock."""

    def __init__(self, scenario: Scenario, seed: int, replication: int) -> None:
        for staff in (scenario.resources.desk_staff, scenario.resources.response_units):
            if len(set(staff)) != 1:
                raise ValueError("the plain model has the same people on duty in each shift")
        if (scenario.resources.interviews_open, scenario.resources.interviews_close) != (0.0, 24.0):
            raise ValueError("the plain model has interviewers on duty at all hours")
        self.numbers = scenario
        streams = np.random.SeedSequence([seed, replication]).spawn(5)
        self.traits, self.leaving, self.ending, self.police, self.demand = (np.random.default_rng(stream) for stream in streams)
        self.episodes: list[Episode] = []
        self.jobs: list[Job] = []
        self.interviews: list[Interview] = []
        self.children = 0
        area, resources = scenario.area, scenario.resources
        self.on_duty = {Pool.DESK: resources.desk_staff[0], Pool.RESPONSE: resources.response_units[0], Pool.INTERVIEWER: resources.interviewers}
        self.incidents_per_hour = area.reports_per_year * area.other_incidents_per_report / YEAR
        self.incident_mix = (area.other_incident_mix[0], area.other_incident_mix[0] + area.other_incident_mix[1])
        self._set_profiles()

    def _set_profiles(self) -> None:
        """Weights of leaving and of other incidents by hour of the week, with mean 1. Incidents follow the hours of leaving, half as strongly."""
        by_hour = np.array(self.numbers.world.leaving_by_hour)
        by_day = np.array(self.numbers.world.leaving_by_day)
        by_hour = by_hour / by_hour.mean()
        self.leaving_weight = np.outer(by_day / by_day.mean(), by_hour).ravel().tolist()
        self.incident_weight = np.outer(by_day / by_day.mean(), 0.5 + 0.5 * by_hour).ravel().tolist()
        self.leaving_peak, self.incident_peak = max(self.leaving_weight), max(self.incident_weight)

    def is_night(self, now: float) -> bool:
        """Is it night for the police?"""
        hour = hour_of_day(now)
        return hour >= self.numbers.resources.night_starts or hour < self.numbers.resources.night_ends

    def hours_until_day(self, now: float) -> float:
        """Hours until the night that it is now ends."""
        return (self.numbers.resources.night_ends - hour_of_day(now)) % 24.0

    def lognormal(self, rng: np.random.Generator, median: float, spread: float) -> float:
        """A lognormal by its median and the standard deviation of its logarithm."""
        return rng.lognormal(log(median), spread)

    def job(self, kind: Kind, pool: Pool, line: Line, now: float) -> Job:
        """Write a job down as asked for now."""
        job = Job(kind, pool, line, now)
        self.jobs.append(job)
        return job

    def next_child(self) -> int:
        """The number of another child."""
        self.children += 1
        return self.children - 1

    def age_in_a_steady_population(self) -> float:
        """Whoever stays longer is met more often: an age of entry is accepted in proportion to the stay, then the age is even over the stay."""
        while True:
            entry = self.traits.uniform(YOUNGEST, OLDEST)
            if self.traits.random() * (ADULT - YOUNGEST) < ADULT - entry:
                return self.traits.uniform(entry, ADULT)

    def until_newcomer(self, children: int) -> float:
        """Hours to the next new child, so that a group keeps its size."""
        return self.traits.exponential((ADULT - (YOUNGEST + OLDEST) / 2.0) * YEAR / children)

    def frailty(self, home: int) -> float:
        """How often this child goes missing against others of its home; mean 1."""
        spread = self.numbers.world.frailty_spread[home]
        return self.traits.lognormal(-spread * spread / 2.0, spread)

    def findability(self) -> float:
        """How easily this child is found; mean 1."""
        shape = self.numbers.world.findability_shape
        return self.traits.gamma(shape, 1.0 / shape)

    def other_incident(self) -> tuple[Pool, Line, float]:
        """Who is asked, how urgently, and for how many hours."""
        area, rng = self.numbers.area, self.demand
        line = Line(bisect(self.incident_mix, rng.random()))
        pool = Pool.DESK if rng.random() < area.other_incident_desk_share else Pool.RESPONSE
        return pool, line, rng.exponential(area.other_incident_hours)

    def own_return(self, now: float) -> float:
        """Hours to an own return: a lognormal in a time that runs slower in the hours in which own returns are rare."""
        world = self.numbers.world
        left = self.lognormal(self.ending, world.own_return_median, world.own_return_spread)
        start, hour = now, now % 24.0
        edges = sorted((world.own_return_rare_from, world.own_return_rare_until))
        while True:
            edge = next((edge for edge in edges if edge > hour), edges[0] + 24.0)
            inside = edges[0] <= hour < edges[1]
            rare = inside == (world.own_return_rare_from < world.own_return_rare_until)
            pace = world.own_return_rare_weight if rare else 1.0
            if left <= (edge - hour) * pace:
                return now - start + left / pace
            left -= (edge - hour) * pace
            now += edge - hour
            hour = edge % 24.0

    def third_party(self) -> float:
        """Hours until someone else ends it: cumulative hazard a ln(1 + t/b) from leaving."""
        world = self.numbers.world
        threshold = self.ending.exponential()
        if threshold >= LATEST * world.third_party_rate:
            return inf
        return world.third_party_fade_hours * expm1(threshold / world.third_party_rate)

    def raw_needed(self, findability: float) -> float:
        """The raw effort, in desk hours by day, at which police find a child."""
        world = self.numbers.world
        rate = world.find_rate * findability
        threshold = self.ending.exponential()
        return world.search_fade_hours * expm1(threshold / rate) if threshold < LATEST * rate else inf

    def visible_risk(self) -> float:
        """Tonight's circumstances, if the informant is heard."""
        tonight = self.police.normal(0.0, self.numbers.world.risk_tonight_known)
        return tonight if self.police.random() < self.numbers.practice.informant_heard_share else 0.0

    def judge(self, visible: float) -> Grade:
        """What is visible, with one assessor's noise, cut into grades."""
        practice = self.numbers.practice
        risk = visible + self.police.normal(0.0, practice.assessor_noise)
        return Grade(sum(risk >= cut for cut in practice.grade_cuts))

    def as_practised(self, grade: Grade) -> Grade:
        """A share are under-graded, a share over-graded, where there is room."""
        practice = self.numbers.practice
        u = self.police.random()
        if u < practice.under_graded_share:
            return Grade(max(grade - practice.under_graded_steps, Grade.NONE))
        if u > 1.0 - practice.over_graded_share:
            return Grade(min(grade + 1, Grade.HIGH))
        return grade


def hour_of_day(now: float) -> float:
    """Hour of the day. Rounded: a wait until six may end a hair before it."""
    return round(now % 24.0, 6) % 24.0
