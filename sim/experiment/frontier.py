"""A frontier: combinations of posts, what each costs a year and what it does to a measure, and those that nothing beats at equal or lower cost.

No posts is the first scenario of the plan and the reference: every difference is that of a combination less no posts, paired by replication. The
frontier is drawn through the means. Whether a combination off it is really beaten is told by the paired difference from the one that beats it: if its
interval holds 0 the two cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import isnan, prod
from typing import TYPE_CHECKING, ClassVar, Unpack

import numpy as np
import numpy.typing as npt

from ..outcomes.catalogue import MEASURES
from ..outcomes.interval import Estimate, paired_interval
from ..outcomes.measure import HIGHER, NEITHER
from ..scenario.errors import Problem, ScenarioError
from ..scenario.scenario import Scenario
from .comparison import Result
from .findings import Findings
from .posts import OPTION, Span, cost, gone_through, paths, people, with_posts
from .reading import Only, known
from .study import How, Named, carried_out, loaded, planned

if TYPE_CHECKING:
    import pandas as pd

MOST = 64
"""Combinations of one frontier."""
DEFAULT = ("P1",)
MOST_BUDGET = 1e12
CENT = 0.005
"""Costs closer than this are equal."""

ON, BEATEN, CLOSE, EMPTY = "on the frontier", "beaten", "not told apart", "not measured"
"""Where a combination stands: nothing beats its mean at equal or lower cost; something does, clearly; something does, but it
may be luck, or what is not known."""


@dataclass(frozen=True)
class Frontier(Findings):
    """What combinations of posts cost, and what they do."""

    kind: ClassVar[str] = "frontier"

    @cached_property
    def posts(self) -> dict[str, tuple[int, ...]]:
        """The kinds of posts with the numbers that they go through."""
        return {name: tuple(numbers) for name, numbers in self.request["posts"].items()}

    @property
    def budget(self) -> float | None:
        """Pounds a year that may be spent; None if there is no limit."""
        given = self.request["budget"]
        return None if given is None else float(given)

    @cached_property
    def combinations(self) -> list[dict[str, int]]:
        """The combination of each scenario of the plan: no posts first."""
        names = list(self.posts)
        return [dict.fromkeys(names, 0), *(dict(zip(names, numbers, strict=True)) for numbers in _numbers(self.posts) if any(numbers))]

    @cached_property
    def costs(self) -> list[float]:
        """Pounds a year of each combination."""
        return [cost(self.plan.baseline, added) for added in self.combinations]

    @cached_property
    def measures(self) -> list[str]:
        """The measures that were asked for."""
        assert isinstance(self.plan.reading, Only)
        return list(self.plan.reading.ids)

    @cached_property
    def result(self) -> Result:
        """The same as a comparison of all combinations with no posts."""
        return Result(self.plan, self.values, self.complete, (), {}, self.execution)

    def within(self, place: int) -> bool:
        """Is a combination within the budget, if there is one?"""
        return self.budget is None or self.costs[place] <= self.budget + CENT

    def worth(self, measure: str, place: int) -> list[float]:
        """A measure under one combination, a value for each replication."""
        return self.result.of(self.names[place], measure)

    def difference(self, measure: str, place: int, other: int = 0) -> Estimate:
        """One combination less another, paired by replication."""
        return paired_interval(self.worth(measure, other), self.worth(measure, place), draws=self.drawn)

    def gain(self, measure: str, place: int, other: int = 0) -> float:
        """How much better the mean of one combination is than that of another; nan where there is nothing to measure."""
        return float(self._gains[measure][place, other])

    @cached_property
    def _gains(self) -> dict[str, npt.NDArray[np.float64]]:
        """For each measure the gain of each combination (row) over each other (column), over the replications in which both could be measured."""
        found = {}
        for measure in self.measures:
            whole = np.array([self.worth(measure, place) for place in range(len(self.names))])
            pairs = whole[:, None, :] - whole[None, :, :]
            there = ~np.isnan(pairs)
            mean = np.where(there, pairs, 0.0).sum(axis=2) / np.where(there.any(axis=2), there.sum(axis=2), np.nan)
            found[measure] = mean if MEASURES[measure].direction == HIGHER else -mean
        return found

    @cached_property
    def _orders(self) -> dict[str, list[int]]:
        """For each measure every combination that could be measured, the cheapest first and of equal cost the best."""
        found = {}
        for measure in self.measures:
            there = [place for place in range(len(self.names)) if not isnan(self.gain(measure, place))]
            ranks = {place: (round(self.costs[place], 2), -self.gain(measure, place), place) for place in there}
            found[measure] = sorted(there, key=ranks.__getitem__)
        return found

    def frontier(self, measure: str) -> list[int]:
        """The combinations that nothing beats at equal or lower cost, the cheapest first."""
        return [place for place in self._orders[measure] if self._beaten_by(measure, place) is None]

    def _beaten_by(self, measure: str, place: int) -> int | None:
        """The best combination of those that cost no more and have a better mean, or the same mean for less; the earliest of equals."""
        best: int | None = None
        for other in self._orders[measure]:
            if other == place or self.costs[other] > self.costs[place] + CENT:
                continue
            more = self.gain(measure, other, place)
            cheaper = self.costs[other] < self.costs[place] - CENT
            if (more > 0 or (more == 0 and (cheaper or other < place))) and (best is None or self.gain(measure, other, best) > 0):
                best = other
        return best

    def standing(self, measure: str, place: int) -> str:
        """Where a combination stands."""
        if isnan(self.gain(measure, place)):
            return EMPTY
        rival = self._beaten_by(measure, place)
        if rival is None:
            return ON
        found = self.difference(measure, place, rival)
        same = found.low == found.high == 0.0
        return BEATEN if same or found.low > 0 or found.high < 0 else CLOSE

    def best(self, measure: str) -> int | None:
        """The last of the frontier within the budget: the best mean that the money buys."""
        those = [place for place in self.frontier(measure) if self.within(place)]
        return those[-1] if those else None

    def rivals(self, measure: str) -> list[int]:
        """The other combinations within the budget that cannot be told from the best, the cheapest first."""
        best = self.best(measure)
        those = [place for place in self._orders[measure] if self.within(place) and place != best]
        return [place for place in those if best is not None and not _clear(self.difference(measure, place, best))]

    @cached_property
    def points(self) -> pd.DataFrame:
        """Each measure under each combination, the cheapest first: numbers of posts, people, pounds a year, whether that is within the budget,
        estimate, low, high (95%), and where it stands."""
        found = self._placed(self.result.measures)
        pairs = zip(found["measure"], found["scenario"], strict=True)
        found["standing"] = [self.standing(str(measure), self.names.index(str(scenario))) for measure, scenario in pairs]
        return found

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Each measure under each combination less no posts, paired by replication: estimate, low, high (95%), and a verdict."""
        return self._placed(self.result.differences)

    def _placed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a comparison by measure and cost, with the combination before them."""
        place = {name: number for number, name in enumerate(self.names)}
        order = {measure: number for number, measure in enumerate(self.measures)}
        stands, asked = [place[str(name)] for name in frame["scenario"]], [order[str(measure)] for measure in frame["measure"]]
        ranks = [(first, round(self.costs[one], 2), one) for first, one in zip(asked, stands, strict=True)]
        found = frame.iloc[sorted(range(len(frame)), key=ranks.__getitem__)].reset_index(drop=True)
        places = [place[str(name)] for name in found["scenario"]]
        for at, name in enumerate(self.posts):
            found.insert(at, name, [self.combinations[one][name] for one in places])
        at = len(self.posts)
        found.insert(at, "people", [people(self.plan.baseline, self.combinations[one]) for one in places])
        found.insert(at + 1, "cost_a_year", [self.costs[one] for one in places])
        found.insert(at + 2, "within_budget", [self.within(one) for one in places])
        return found

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The combinations, and their differences from no posts."""
        return {"points": self.points, "differences": self.differences}


def frontier(
    scenario: Named,
    posts: Mapping[str, Span],
    *,
    budget: float | None = None,
    measures: Iterable[str] = DEFAULT,
    effect: str = "first-year",
    **how: Unpack[How],
) -> Frontier:
    """Put combinations of posts into a scenario, with the same children and the same luck: what does each cost, and what does it do?

    `posts` maps a kind ("night-officers", "interviewers", ...) to the numbers that it goes through: "0:4", "0,2,4", or numbers. No posts is always
    among the combinations. `budget` is pounds a year: combinations beyond it are shown, the best within it is named. `measures` are ids of measures
    that have a better side; none means P1. For the other keywords see `How`. Raises ScenarioError for a wrong request.
    """
    ids = known(tuple(measures) or DEFAULT)
    for id in ids:
        if MEASURES[id].direction == NEITHER:
            raise ScenarioError(Problem("", None, "--measure", f"neither side of {id} is better, so nothing can be beaten", "name another"))
    if budget is not None and not 0 <= budget <= MOST_BUDGET:
        raise ScenarioError(Problem("", None, "--budget", f"{budget:g} is not allowed", "allowed: pounds a year, from 0"))
    if not posts:
        raise ScenarioError(Problem("", None, OPTION, "no post is named", "such as night-officers=0:4"))
    through = {name: gone_through(name, span) for name, span in posts.items()}
    base = loaded(scenario, how.get("overrides"), how.get("area"))
    held = [*paths(through), *(how.get("overrides") or {})]
    rest: How = {**how, "overrides": None, "area": None}
    plan = planned((base, *_scenarios(base, through)), rest, effect=effect, reading=Only(ids), held=held)
    request = {"posts": {name: list(numbers) for name, numbers in through.items()}, "budget": budget}
    return carried_out(Frontier, plan, rest, request)


def _scenarios(base: Scenario, through: Mapping[str, tuple[int, ...]]) -> list[Scenario]:
    """The scenario with each combination but no posts. Raises ScenarioError if they are too many, or if there is none."""
    names = list(through)
    number_of_combinations(through)
    found = [dict(zip(names, numbers, strict=True)) for numbers in _numbers(through) if any(numbers)]
    if not found:
        raise ScenarioError(Problem("", None, OPTION, "there is no combination but no posts", "such as night-officers=0:4"))
    return [with_posts(base, added) for added in found]


def number_of_combinations(through: Mapping[str, tuple[int, ...]]) -> int:
    """How many combinations there are, no posts always among them. Raises ScenarioError if they are too many."""
    wanted = prod(map(len, through.values())) + any(0 not in numbers for numbers in through.values())
    if wanted > MOST:
        raise ScenarioError(Problem("", None, OPTION, f"{wanted:,} combinations are asked for", f"allowed: at most {MOST}"))
    return wanted


def _numbers(through: Mapping[str, tuple[int, ...]]) -> Iterable[tuple[int, ...]]:
    return product(*through.values())


def _clear(found: Estimate) -> bool:
    return found.low > 0 or found.high < 0
