"""The measures in which the two models are compared: each is taken by one function from records of one layout, whichever model wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan
from typing import Any

import numpy as np

from sim.engine.choice import open_area
from sim.model.words import Located, Progress
from sim.model.words import Pool as RulePool
from sim.model.words import Work as RuleWork
from sim.model.world import Parameters
from sim.scenario import Scenario

from . import plain

Column = np.ndarray[Any, Any]
DAY = 24.0


@dataclass(frozen=True)
class Window:
    """Days of warm-up, of measurement (what is reported or asked for in it counts), and of running on."""

    warm_up: float = 200.0
    measured: float = 400.0
    run_on: float = 20.0

    @property
    def start(self) -> float:
        """The hour at which measurement starts."""
        return self.warm_up * DAY

    @property
    def end(self) -> float:
        """The hour at which it ends."""
        return (self.warm_up + self.measured) * DAY

    @property
    def last(self) -> float:
        """The hour at which the run ends."""
        return self.end + self.run_on * DAY


@dataclass(frozen=True)
class Observed:
    """What one run left behind, in columns. Codes of the plain model's words; infinity is what has not happened."""

    episodes: dict[str, Column]
    jobs: dict[str, Column]
    interviews: dict[str, Column]


def parameters(scenario: Scenario) -> Parameters:
    """What of a scenario our engines read."""
    return Parameters(scenario.area, scenario.world, scenario.practice, scenario.resources)


def mean(values: Column) -> float:
    """The mean, or nan if there is nothing to take it of."""
    return float(values.mean()) if values.size else nan


def columns(rows: list[Any], *names: str) -> dict[str, Column]:
    """The named attributes of some records, as arrays."""
    return {name: np.array([getattr(row, name) for row in rows], dtype=float) for name in names}


def observe_plain(scenario: Scenario, seed: int, replication: int, hours: float) -> Observed:
    """One run of the plain model."""
    area = plain.Area(scenario, seed, replication)
    area.run(hours)
    return observe_area(area)


def observe_salabim(scenario: Scenario, seed: int, replication: int, hours: float) -> Observed:
    """One run of the same model in salabim, which the extra `bench` installs."""
    from . import salabim_core

    area = salabim_core.Area(scenario, seed, replication)
    area.run(hours)
    return observe_area(area)


def observe_area(area: Any) -> Observed:
    """What an area of either model holds."""
    episodes = columns(area.episodes, "child", "left", "reported", "located", "by", "grade", "first_action", "first_field")
    jobs = columns(area.jobs, "kind", "pool", "line", "requested", "started", "ended", "dropped")
    return Observed(episodes, jobs, columns(area.interviews, "returned", "done"))


def observe_rules(scenario: Scenario, seed: int, replication: int, hours: float, engine: str = "simpy") -> Observed:
    """One run of our rules under the SimPy engine, or the compiled one."""
    area: Any = open_area("simpy" if engine == "simpy" else "compiled", parameters(scenario), seed, replication)
    area.run(hours)
    return read_rules(area.tables())


def observe_compiled(scenario: Scenario, seed: int, replication: int, hours: float) -> Observed:
    """One run of our rules under the compiled engine."""
    return observe_rules(scenario, seed, replication, hours, "compiled")


def read_rules(tables: dict[str, Column]) -> Observed:
    """What our rules left behind, in the words of the plain model."""
    e, t, i = tables["episodes"], tables["tasks"], tables["interviews"]
    episodes = {name: e[name].astype(float) for name in ("child", "left", "reported", "located", "first_action", "first_field")}
    episodes["by"] = _reworded(e["located_by"], BY)
    episodes["grade"] = e["first_grade"].astype(float)
    jobs = {name: t[name].astype(float) for name in ("line", "requested", "started", "ended")}
    jobs["kind"] = _reworded(t["work"], KINDS)
    jobs["pool"] = _reworded(t["pool"], POOLS)
    jobs["dropped"] = (t["progress"] == Progress.DROPPED).astype(float)
    return Observed(episodes, jobs, {"returned": i["returned"], "done": i["done"]})


BY = {
    Located.STILL_MISSING: plain.By.NOBODY_YET,
    Located.OWN_RETURN: plain.By.SELF,
    Located.THIRD_PARTY: plain.By.THIRD_PARTY,
    Located.POLICE_DESK: plain.By.POLICE_DESK,
    Located.POLICE_FIELD: plain.By.POLICE_FIELD,
}
KINDS = {
    RuleWork.DESK_ENQUIRY: plain.Kind.DESK_ENQUIRY,
    RuleWork.FIELD_VISIT: plain.Kind.FIELD_VISIT,
    RuleWork.PREVENTION_INTERVIEW: plain.Kind.PREVENTION_INTERVIEW,
    RuleWork.OTHER_INCIDENT: plain.Kind.OTHER_INCIDENT,
    RuleWork.RETURN_HOME_INTERVIEW: plain.Kind.RETURN_INTERVIEW,
}
POOLS = {RulePool.DESK: plain.Pool.DESK, RulePool.RESPONSE: plain.Pool.RESPONSE, RulePool.INTERVIEWER: plain.Pool.INTERVIEWER}


def _reworded(codes: Column, words: dict[Any, Any]) -> Column:
    """Codes of the rules as codes of the plain model; what the core pathway does not know is -1."""
    table = np.full(64, -1.0)
    for ours, theirs in words.items():
        table[int(ours)] = int(theirs)
    return np.asarray(table[codes])


def measure(observed: Observed, scenario: Scenario, window: Window) -> dict[str, float]:
    """Every measure of one run."""
    e = observed.episodes
    cohort = (e["reported"] >= window.start) & (e["reported"] < window.end)
    away = e["located"][cohort] - e["reported"][cohort]
    found: dict[str, float] = {
        "episodes a year": float(((e["left"] >= window.start) & (e["left"] < window.end)).sum() * 365.0 / window.measured),
        "reported episodes a year": float(cohort.sum() * 365.0 / window.measured),
    }
    for share in (0.1, 0.25, 0.5, 0.75, 0.9, 0.95):
        found[f"report to located, hours, {share:.0%}"] = float(np.quantile(away, share, method="inverted_cdf"))
    for by in list(plain.By)[1:]:
        found[f"ended by {by.name.lower().replace('_', ' ')}, share"] = float((e["by"][cohort] == by).mean())
    graded = e["grade"][cohort]
    for grade in plain.Grade:
        found[f"graded {grade.name.lower()}, share"] = float((graded[graded >= 0] == grade).mean())
    found |= _first(e, cohort, "first_action", "first action") | _first(e, cohort, "first_field", "first field action")
    found |= queues(observed.jobs, scenario, window)
    held = observed.interviews["done"] - observed.interviews["returned"]
    held = held[(observed.interviews["returned"] >= window.start) & (observed.interviews["returned"] < window.end)]
    found["return interviews expected a year"] = held.size * 365.0 / window.measured
    found["return interviews held within 72 h, share"] = float((held <= 72.0).mean())
    found["return interviews held at all, share"] = float((held < inf).mean())
    return found


def _first(e: dict[str, Column], cohort: Column, column: str, words: str) -> dict[str, float]:
    """Hours from report to the first action of a kind among episodes that had one, and the share that had."""
    hours = e[column][cohort] - e["reported"][cohort]
    had = hours < inf
    middle = float(np.median(hours[had])) if had.any() else nan
    return {f"{words}, share": float(had.mean()), f"{words}, hours, median": middle, f"{words}, hours, mean": mean(hours[had])}


def search_and_interview_hours(jobs: dict[str, Column], window: Window) -> float:
    """Hours of desk staff and response units on search and prevention interviews that were asked for in the window and begun."""
    rows = (jobs["requested"] >= window.start) & (jobs["requested"] < window.end) & (jobs["ended"] < inf)
    rows &= (jobs["kind"] >= 0) & (jobs["kind"] <= plain.Kind.PREVENTION_INTERVIEW)
    return float((jobs["ended"][rows] - jobs["started"][rows]).sum())


def queues(jobs: dict[str, Column], scenario: Scenario, window: Window) -> dict[str, float]:
    """Mean waits by pool and line of those who were seen to, the share of search tasks never done, and how busy each pool is."""
    r = scenario.resources
    people = {plain.Pool.DESK: r.desk_staff[0], plain.Pool.RESPONSE: r.response_units[0], plain.Pool.INTERVIEWER: r.interviewers}
    asked = (jobs["requested"] >= window.start) & (jobs["requested"] < window.end)
    wait = jobs["started"] - jobs["requested"]
    found: dict[str, float] = {}
    for pool in (plain.Pool.DESK, plain.Pool.RESPONSE):
        for line in plain.Line:
            rows = asked & (jobs["pool"] == pool) & (jobs["line"] == line) & (wait < inf)
            found[f"wait at {pool.name.lower()}, {line.name.lower()}, hours"] = mean(wait[rows])
    search = asked & (jobs["kind"] <= plain.Kind.FIELD_VISIT)
    found["search tasks a year"] = float(search.sum() * 365.0 / window.measured)
    found["search tasks never done, share"] = mean(jobs["dropped"][search] > 0)
    found["prevention interviews a year"] = float((asked & (jobs["kind"] == plain.Kind.PREVENTION_INTERVIEW)).sum() * 365.0 / window.measured)
    for pool, number in people.items():
        rows = (jobs["pool"] == pool) & (jobs["started"] < window.end)
        worked = np.minimum(jobs["ended"][rows], window.end) - np.maximum(jobs["started"][rows], window.start)
        found[f"use of {pool.name.lower()}, share of duty hours"] = float(np.maximum(worked, 0.0).sum() / (number * (window.end - window.start)))
    return found


def core_headlines(observed: Observed, window: Window) -> dict[str, float]:
    """What of the headlines the core pathway can say, from the records of either model. Hours away stand for hours exposed."""
    e = observed.episodes
    cohort = (e["reported"] >= window.start) & (e["reported"] < window.end)
    left, reported, located, field = (e[name][cohort] for name in ("left", "reported", "located", "first_field"))
    back = located + 30.0 * DAY <= window.last
    again = next_reports(e)[cohort] <= located + 30.0 * DAY
    held = observed.interviews["done"] - observed.interviews["returned"]
    returned = (observed.interviews["returned"] >= window.start) & (observed.interviews["returned"] < window.end)
    return {
        "P1.all": float((np.minimum(located, window.last) - left).sum()),
        "T2": float((np.minimum(np.minimum(field, located), reported + 24.0) - reported).mean()),
        "C6": 100.0 * float((held[returned] <= 72.0).mean()),
        "R1": 100.0 * float(again[back].mean()),
        "W1": search_and_interview_hours(observed.jobs, window),
    }


def next_reports(e: dict[str, Any]) -> Any:
    """For each episode, when the same child was next reported; infinity if never."""
    order = np.lexsort((e["left"], e["child"]))
    child, reported = e["child"][order], e["reported"][order]
    following = np.full(len(order), np.inf)
    for place in range(len(order) - 2, -1, -1):
        if child[place] == child[place + 1]:
            following[place] = min(reported[place + 1], following[place + 1])
    found = np.empty(len(order))
    found[order] = following
    return found
