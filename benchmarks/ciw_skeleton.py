"""The part of the core pathway that a network of queues can say, in Ciw: who asks, in which line, of whom, for how long.

A reported child is one customer. It is graded, seen to by desk and field in turn as often as in the plain model on average, then spoken to by police
and offered a return home interview. Other incidents come by the hour of the week. Left out, since a customer of a network is in one place at a time,
knows nothing and never comes again: repeats, the three ways to come back that compete, desk and field at the same time, tasks called off, effort that
adds up, the night, regrading by the inspector, one interview for several episodes, its end after 21 days. How often and how long is taken from a run
of the plain model, so both do as much work.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from math import inf, log
from typing import Any

import ciw
import numpy as np

from sim.scenario import Scenario

from .measures import DAY, Observed, Window
from .plain import Grade, Kind, Line, Pool
from .plain.place import Place

DESK, RESPONSE, INTERVIEWER, GRADING, INTERVAL, PREVENTION_WAIT, RETURN_WAIT = range(1, 8)
"""The nodes, by number; the last four are waits that nobody is needed for."""
POOL_OF = {DESK: Pool.DESK, RESPONSE: Pool.RESPONSE, INTERVIEWER: Pool.INTERVIEWER}
LINE_OF = {Grade.HIGH: Line.URGENT, Grade.MEDIUM: Line.PRIORITY, Grade.LOW: Line.ROUTINE, Grade.NONE: Line.ROUTINE}


@dataclass(frozen=True)
class Volume:
    """What a run of the plain model asked of its people: the work that the skeleton repeats."""

    reports_per_hour: float
    grades: dict[Grade, float]
    """Share of each grade among reported children; those not graded in time count as having none."""
    visits: dict[Line, tuple[float, float]]
    """For each line, desk enquiries and field visits for each child in it."""
    hours: dict[Kind, float]
    """Mean hours of one job of each kind, those called off included."""
    prevention: tuple[float, float]
    """Prevention interviews by desk and by response, for each reported child."""
    interviews: float
    """Return home interviews held, for each reported child."""


def volume(observed: Observed, window: Window) -> Volume:
    """Read it from what the plain model left behind in the window."""
    e, jobs = observed.episodes, observed.jobs
    grade = np.maximum(e["grade"][(e["reported"] >= window.start) & (e["reported"] < window.end)], 0)
    reported = len(grade)
    asked = (jobs["requested"] >= window.start) & (jobs["requested"] < window.end) & (jobs["started"] < inf)
    spent = np.subtract(jobs["ended"], jobs["started"], out=np.zeros(len(asked)), where=asked)

    def count(kind: Kind, pool: Pool, line: Line | None = None) -> int:
        rows = asked & (jobs["kind"] == kind) & (jobs["pool"] == pool)
        return int((rows if line is None else rows & (jobs["line"] == line)).sum())

    def per_child(kind: Kind, pool: Pool) -> float:
        return count(kind, pool) / max(reported, 1)

    children = {line: sum(int((grade == one).sum()) for one, own in LINE_OF.items() if own == line and one > Grade.NONE) for line in list(Line)[:3]}
    return Volume(
        reports_per_hour=reported / (window.end - window.start),
        grades={one: mean_or_0(grade == one) for one in Grade},
        visits={
            line: (count(Kind.DESK_ENQUIRY, Pool.DESK, line) / max(number, 1), count(Kind.FIELD_VISIT, Pool.RESPONSE, line) / max(number, 1))
            for line, number in children.items()
        },
        hours={kind: mean_or_0(spent[asked & (jobs["kind"] == kind)]) for kind in Kind},
        prevention=(per_child(Kind.PREVENTION_INTERVIEW, Pool.DESK), per_child(Kind.PREVENTION_INTERVIEW, Pool.RESPONSE)),
        interviews=per_child(Kind.RETURN_INTERVIEW, Pool.INTERVIEWER),
    )


class Skeleton:
    """One area. `run` it for some hours, then read `jobs()`."""

    def __init__(self, scenario: Scenario, given: Volume, seed: int, hours: float) -> None:
        ciw.seed(seed)
        self.hours = hours
        self.place = Place(scenario, seed, 0)
        self.given = given
        self.simulation = ciw.Simulation(self._network())

    def run(self) -> None:
        """To the end."""
        self.simulation.simulate_until_max_time(self.hours)

    def jobs(self) -> dict[str, Any]:
        """Every job that is done, in the columns of the plain model. Every search task counts as a desk enquiry."""
        rows = [record for record in self.simulation.get_all_records() if record.node in POOL_OF]
        lines = [self.lines[record.original_customer_class] for record in rows]
        found: dict[str, Any] = {
            "pool": [POOL_OF[record.node] for record in rows],
            "line": lines,
            "kind": [Kind.OTHER_INCIDENT if record.original_customer_class.startswith("other") else Kind.DESK_ENQUIRY for record in rows],
            "requested": [record.arrival_date for record in rows],
            "started": [record.service_start_date for record in rows],
            "ended": [record.exit_date for record in rows],
            "dropped": [0.0] * len(rows),
        }
        return {name: np.array(values, dtype=float) for name, values in found.items()}

    @property
    def reported(self) -> int:
        """Reported children so far."""
        arrived: dict[str, int] = self.simulation.nodes[0].number_of_individuals_per_class
        return sum(number for name, number in arrived.items() if name.startswith("child"))

    def _network(self) -> Any:
        """Customer classes carry the lines: other incidents by line, children by grade, and children after their return, who come last."""
        children = {f"child {grade.name.lower()}": grade for grade in Grade}
        others = {f"other {line.name.lower()}": line for line in list(Line)[:3]}
        self.lines = {**others, **{name: LINE_OF[grade] for name, grade in children.items()}, "returned": Line.LAST}
        arrivals: dict[str, list[Any]] = {name: [None] * 7 for name in self.lines}
        routes: dict[str, Any] = {name: ciw.routing.ProcessBased(nowhere) for name in (*others, "returned")}
        for name, grade in children.items():
            rate = self.given.reports_per_hour * self.given.grades[grade]
            arrivals[name][GRADING - 1] = ciw.dists.Exponential(rate) if rate > 0.0 else None
            routes[name] = ciw.routing.ProcessBased(self._route(grade))
        mix = self.place.numbers.area.other_incident_mix
        desk = self.place.numbers.area.other_incident_desk_share
        for share, name in zip(mix, others, strict=True):
            arrivals[name][DESK - 1], arrivals[name][RESPONSE - 1] = self._incidents(share * desk), self._incidents(share * (1.0 - desk))
        stay = {name: {other: float(other == name) for other in self.lines} for name in self.lines}
        after = {name: {other: float(other == "returned") for other in self.lines} for name in self.lines}
        return ciw.create_network(
            arrival_distributions=arrivals,
            service_distributions={name: self._services(children.get(name)) for name in self.lines},
            number_of_servers=[self.place.on_duty[pool] for pool in (Pool.DESK, Pool.RESPONSE, Pool.INTERVIEWER)] + [inf] * 4,
            priority_classes={name: int(line) for name, line in self.lines.items()},
            class_change_matrices=[stay] * 5 + [after, stay],
            routing=routes,
        )

    def _incidents(self, share: float) -> Any:
        """Other incidents of one line and pool, by the hour of the week."""
        rates = [self.place.incidents_per_hour * share * weight for weight in self.place.incident_weight]
        return ciw.dists.PoissonIntervals(rates, list(range(1, 169)), self.hours + DAY) if share > 0.0 else None

    def _services(self, grade: Grade | None) -> list[Any]:
        """How long each node takes a customer: other incidents (no grade) take people for an exponential time, children by the mean of their kind."""
        given, practice = self.given, self.place.numbers.practice
        graded = ciw.dists.Deterministic(practice.call_grading_hours + practice.endorse_hours)
        if grade is None:
            busy = [ciw.dists.Exponential(1.0 / self.place.numbers.area.other_incident_hours)] * 2
        else:
            busy = [self._task(given.hours[Kind.DESK_ENQUIRY]), self._task(given.hours[Kind.FIELD_VISIT])]
        interval = ciw.dists.Exponential(1.0 / practice.desk_interval_hours[grade or Grade.MEDIUM])
        prevention = ciw.dists.Exponential(1.0 / practice.prevention_delay_hours[grade or Grade.MEDIUM])
        offer = ciw.dists.Exponential(1.0 / (practice.rhi_offer_hours + practice.rhi_arrange_hours))
        return [*busy, ciw.dists.Deterministic(practice.rhi_hours), graded, interval, prevention, offer]

    def _task(self, mean: float) -> Any:
        """A lognormal of this mean and the spread of a search task."""
        spread = self.place.numbers.practice.task_hours_spread
        return ciw.dists.Lognormal(log(mean) - spread * spread / 2.0, spread) if mean > 0.0 else ciw.dists.Deterministic(0.0)

    def _route(self, grade: Grade) -> Callable[[Any, Any], list[int]]:
        """The nodes that one child passes: as many actions as a child of its grade has on average, then the interviews."""
        visits = self.given.visits[LINE_OF[grade]] if grade > Grade.NONE else (0.0, 0.0)

        def route(individual: Any, simulation: Any) -> list[int]:
            actions = [DESK] * whole(visits[0]) + [RESPONSE] * whole(visits[1])
            random.shuffle(actions)
            passed = [node for action in actions for node in (action, INTERVAL)][:-1]
            passed += [PREVENTION_WAIT] + [DESK] * whole(self.given.prevention[0]) + [RESPONSE] * whole(self.given.prevention[1])
            return passed + ([RETURN_WAIT, INTERVIEWER] if random.random() < self.given.interviews else [])

        return route


def nowhere(individual: Any, simulation: Any) -> list[int]:
    """Out, when the first place is done."""
    return []


def whole(mean: float) -> int:
    """A whole number of this mean: geometric from 0, as when each action may be the last."""
    number = 0
    while random.random() < mean / (1.0 + mean):
        number += 1
    return number


def mean_or_0(values: Any) -> float:
    """The mean, or 0 of nothing."""
    return float(np.mean(values)) if len(values) else 0.0
