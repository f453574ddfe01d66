"""A choice between scenarios when much is not known: which is best, how surely, and which unknown, if it were known, would most change the choice.

The loss of an option in a draw is the sum of its measures, each by its weight, so that less is better. Each draw of what is not known is simulated
with two lucks, the same for all options. Two findings are never options together: see `inspection`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

import numpy as np
import numpy.typing as npt

from ..outcomes.catalogue import MEASURES
from ..outcomes.interval import mean_interval
from ..outcomes.measure import HIGHER
from ..scenario.errors import Problem, ScenarioError
from . import ranking
from .comparison import difference_unit
from .findings import Findings
from .information import Worth, everything, parts, sklearn
from .inspection import Sides
from .lucks import SURE, hidden_spread, pairs, without_luck
from .options import FEWEST, check, many, of_draws, weighing
from .plan import Plan
from .posterior import committed, posterior
from .reading import Only
from .study import How, Named, carried_out, loaded, planned
from .unknowns import Unknowns

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

USUALLY = 200
"""Replications if no number is asked for: 100 draws."""
SPAN = 0.9
"""Ranks are given from where to where they lie in this share of the draws."""
ALIKE = 1e-9
"""Differences that lie no further apart, for their size, lie apart by rounding."""
ALL, UNKNOWN, THEME = "everything", "unknown", "theme"
"""What a row of `information` is about."""


@dataclass(frozen=True)
class Choice(Findings):
    """Options, how they rank over what is not known, and what it is worth to know more."""

    kind: ClassVar[str] = "choose"

    @classmethod
    def sides(cls, plan: Plan, request: Mapping[str, Any]) -> Sides:
        """Each option against each."""
        return combinations(plan.scenarios, 2)

    @cached_property
    def weights(self) -> dict[str, float]:
        """What is weighed: each measure by what one unit of it counts, in units of the first."""
        pairs_ = (told.split("=") for told in self.request["weights"])
        return {measure: float(weight) for measure, weight in pairs_}

    @property
    def measure(self) -> str:
        """The measure in whose unit losses are given."""
        return next(iter(self.weights))

    @cached_property
    def by_replication(self) -> Floats:
        """The loss of each option in each replication (options, replications); nan where a measure had nothing to measure."""
        found = np.zeros(self.values.finished.shape)
        for measure, weight in self.weights.items():
            found = found + (-weight if MEASURES[measure].direction == HIGHER else weight) * self.values.of(measure)
        return np.where(self.values.finished, found, np.nan)

    @cached_property
    def _paired(self) -> tuple[list[int], npt.NDArray[np.int64]]:
        """The draws of which everything is known, with both lucks, and the replications of these."""
        there = np.flatnonzero(np.isfinite(self.by_replication).all(axis=0))
        numbers, places = pairs(self.draws_of(there) or [])
        return numbers, there[places]

    @property
    def numbers(self) -> list[int]:
        """The draws that are gone by: those with both of their lucks, in which every option could be measured."""
        return self._paired[0]

    @cached_property
    def losses(self) -> Floats:
        """The loss of each option in each of these draws and lucks (options, draws, lucks)."""
        return self.by_replication[:, self._paired[1]]

    @cached_property
    def steadied(self) -> Floats:
        """The loss of each option in each draw with its luck taken out (options, draws): see `lucks`."""
        return without_luck(self.losses)

    @property
    def best(self) -> str:
        """The option that is best on average."""
        return self.names[int(self.losses.mean(axis=(1, 2)).argmin())]

    @cached_property
    def hidden(self) -> bool:
        """Does luck hide whether another option would be best in some of the draws? So it is where nothing is left of how one differs from the best
        once luck is taken out, and luck is large enough to hide a spread with which it would be better in 5% of them."""
        at, found = self.names.index(self.best), False
        for place in range(len(self.names)):
            apart, left = self.losses[place] - self.losses[at], self.steadied[place] - self.steadied[at]
            alike = float(np.ptp(left)) <= ALIKE * float(np.abs(apart).max())
            found = found or (alike and 0.0 < apart.mean() < SURE * hidden_spread(apart))
        return found

    @property
    def enough(self) -> bool:
        """Are there draws enough to say what to learn?"""
        return len(self.numbers) >= FEWEST

    @cached_property
    def options(self) -> pd.DataFrame:
        """The options, best on average first: option, title, rank, and by how much more it loses on average than the best (estimate, low, high: 95%,
        paired, luck and what is not known); from where to where that lies in 90% of draws; the share of draws in which it is best; from which rank
        to which it comes in 90% of draws. What is said of draws is with luck taken out. No rows if no draw was finished."""
        import pandas as pd

        if not self.numbers:
            return pd.DataFrame()
        at = self.names.index(self.best)
        ranks = ranking.ranks(-self.steadied)
        firsts, spans = ranking.firsts(ranks), ranking.spans(ranks, SPAN)
        on_average = ranking.ranks(-self.losses.mean(axis=(1, 2))[:, None])[:, 0]
        rows: list[dict[str, Any]] = []
        for place, scenario in enumerate(self.plan.scenarios):
            more = (self.losses[place] - self.losses[at]).ravel()
            found = mean_interval(more, draws=list(np.repeat(self.numbers, self.losses.shape[2])))
            head = {"option": scenario.name, "title": scenario.about.title, "rank": int(on_average[place])}
            ends = {"estimate": found.estimate, "low": found.low, "high": found.high, "draws": len(self.numbers), "unit": self.unit}
            over = self.steadied[place] - self.steadied[at]
            low, high = np.quantile(over, [(1 - SPAN) / 2, (1 + SPAN) / 2])
            ends |= {"draw_low": float(low), "draw_high": float(high)}
            rows.append(head | ends | {"best": firsts[place], "rank_low": spans[place][0], "rank_high": spans[place][1]})
        rows.sort(key=lambda row: (row["rank"], row["option"]))
        return pd.DataFrame(rows)

    @property
    def unit(self) -> str:
        """The unit of a loss: that of the first measure."""
        return difference_unit(MEASURES[self.measure].unit)

    @cached_property
    def unknowns(self) -> Unknowns:
        """What is not known in these draws."""
        assert self.plan.draws is not None
        return Unknowns.among(self.plan.draws, self.plan.scenarios, self.numbers)

    @cached_property
    def information(self) -> pd.DataFrame:
        """What it is worth to know everything, each unknown, and each theme as a whole, most first: about, name, value, error (standard error), noise
        (what chance alone reaches), told (is it above that?), unit, and how many numbers the part has. No rows if there are too few draws."""
        import pandas as pd

        if not self.enough:
            return pd.DataFrame()
        means = self.losses.mean(axis=2)
        found: list[tuple[str, str, Worth, Floats]] = []
        for about, held in ((UNKNOWN, self.unknowns.single), (THEME, self.unknowns.by_theme)):
            found += [(about, name, worth, held[name]) for name, worth in parts(means, held).items()]
        total = everything(self.losses)
        if total.value == 0.0 and not self.hidden:  # the best option is the best in every draw: whatever a part seems to be worth is chance
            found = [(about, name, worth._replace(noise=max(worth.noise, worth.value)), held) for about, name, worth, held in found]
        total = total._replace(value=max([total.value, *(row[2].value for row in found if row[2].told)]))
        rows = [self._row(about, name, worth, columns.shape[1]) for about, name, worth, columns in found]
        order: list[dict[str, Any]] = sorted(rows, key=lambda row: (row["about"] != UNKNOWN, -row["value"], row["name"]))
        count = sum(columns.shape[1] for columns in self.unknowns.single.values())
        return pd.DataFrame([self._row(ALL, ALL, total, count), *order])

    def _row(self, about: str, name: str, worth: Worth, count: int) -> dict[str, Any]:
        ends = {"value": worth.value, "error": worth.error, "noise": worth.noise, "told": worth.told, "unit": self.unit}
        return {"about": about, "name": name, **ends, "numbers": count}

    @cached_property
    def over_draws(self) -> pd.DataFrame:
        """The loss of each option in each draw: draw, option, loss (the mean of both lucks), steadied (luck taken out), rank by that."""
        import pandas as pd

        if not self.numbers:
            return pd.DataFrame()
        means, ranks = self.losses.mean(axis=2), ranking.ranks(-self.steadied)
        return pd.DataFrame(
            [
                {"draw": number, "option": name, "loss": means[place, at], "steadied": self.steadied[place, at], "rank": int(ranks[place, at])}
                for at, number in enumerate(self.numbers)
                for place, name in enumerate(self.names)
            ]
        )

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The options, what it is worth to know more, and the draws."""
        return {"options": self.options, "information": self.information, "draws": self.over_draws}


def choose(
    *named: Named, measure: str = "P1", weigh: Mapping[str, float] | None = None, effect: str = "first-year", **how: Unpack[How]
) -> Choice:
    """Choose between two scenarios or more while much is not known, and find what is most worth knowing first.

    `measure` is what is to be kept low (or high, where more is better); `weigh` adds others, by what one unit of each counts in units of the first:
    {"W1": 0.5} lets an officer hour count as half a child-hour exposed. The first scenario lends its warm-up. Without `replications`, 200 are
    simulated: 100 draws, or as many as the posterior has. For the other keywords see `How`. Raises ScenarioError for a wrong request,
    such as two published findings.
    """
    if len(named) < 2:
        allowed = "name two scenarios or more; `missing-sim failings` says which failing costs most"
        raise ScenarioError(Problem("", None, "", "between fewer than two scenarios there is nothing to choose", allowed))
    weights = weighing(measure, weigh or {})
    if how.get("fixed", False):
        raise ScenarioError(Problem("", None, "--fixed", "does not go with choose: where all is known there is nothing to learn", "leave it out"))
    own, asked = how.get("posterior"), how.get("replications")
    if own is None and not committed().exists():
        allowed = "name one with --posterior, as `missing-sim calibrate` writes it"
        raise ScenarioError(Problem("", None, "--posterior", "there is no posterior from which to draw what is not known", allowed))
    most = of_draws(len(posterior(own).rows))
    replications = min(USUALLY, most) if asked is None else asked
    many(replications, most)
    sklearn("linear_model")
    chosen = tuple(loaded(one, how.get("overrides"), how.get("area")) for one in named)
    check(chosen)
    rest: How = {**how, "overrides": None, "area": None, "replications": replications}
    plan = planned(chosen, rest, effect=effect, reading=Only(tuple(weights)), held=how.get("overrides") or ())
    return carried_out(Choice, plan, rest, {"weights": [f"{one}={weight:g}" for one, weight in weights.items()]})
