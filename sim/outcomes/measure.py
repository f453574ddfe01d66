"""What a measure is, and a group of measures that is written down one by one.

A measure is defined once, by a function of a cohort; splits, gaps and comparisons call that same function.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from .cohort import Cohort

Column = npt.NDArray[Any]
Direction = Literal["lower is better", "higher is better", "neither"]
Of: TypeAlias = Callable[[Cohort], Column]

LOWER: Direction = "lower is better"
HIGHER: Direction = "higher is better"
NEITHER: Direction = "neither"
NAN = float("nan")


def number_of_episodes(c: Cohort) -> int:
    """The usual n."""
    return len(c.episodes)


@dataclass(frozen=True)
class Measure:
    """One measure. `of` gives nan where there is nothing to take it over; `n` is how many there were to take it over."""

    id: str
    label: str
    formula: str
    unit: str
    direction: Direction
    comparable: bool
    """Can it be computed from local data too? If not it is model-only."""
    headline: bool
    group: str
    of: Callable[[Cohort], float]
    n: Callable[[Cohort], int] = number_of_episodes


def ratio(top: float, base: float, scale: float = 1.0) -> float:
    """scale x top / base; nan if base is 0."""
    return scale * top / base if base else NAN


def percentile(values: Column, percent: float) -> float:
    """What NumPy's own gives, to the last digit. That takes ten times as long for few values, and for many of which most are the least, as waits."""
    at = (len(values) - 1) * (percent / 100.0)
    low = int(at)
    least = values.min()
    more = values.compress(values > least)
    places = [place - (len(values) - len(more)) for place in (low, min(low + 1, len(values) - 1))]
    ranked = np.partition(more, [max(place, 0) for place in places]) if places[1] >= 0 else more
    a, b = (float(ranked[place]) if place >= 0 else float(least) for place in places)
    share = at - low
    return a + (b - a) * share if share < 0.5 else b - (b - a) * (1.0 - share)


class Group:
    """Measures that belong together, in order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.measures: list[Measure] = []

    def add(
        self,
        id: str,
        label: str,
        formula: str,
        unit: str,
        direction: Direction,
        of: Callable[[Cohort], float],
        n: Callable[[Cohort], int] = number_of_episodes,
        *,
        comparable: bool = True,
        headline: bool = False,
    ) -> None:
        """A measure by any function."""
        self.measures.append(Measure(id, label, formula, unit, direction, comparable, headline, self.name, of, n))

    def share(
        self,
        id: str,
        label: str,
        formula: str,
        direction: Direction,
        top: Of,
        base: Of,
        *,
        per: int = 100,
        each: bool = True,
        comparable: bool = True,
        headline: bool = False,
    ) -> None:
        """How many of those for whom `base` is true have `top` true as well, in % or per 1,000. `each` tells whether both are said of each episode by
        itself: neither of something else, nor of an episode among others."""
        said = Cohort.each if each else Cohort.once

        def n(c: Cohort) -> int:
            return int(np.count_nonzero(said(c, base)))

        def of(c: Cohort) -> float:
            return ratio(int(np.count_nonzero(said(c, top) & said(c, base))), n(c), per)

        unit = "%" if per == 100 else f"per {per:,}"
        self.add(id, label, formula, unit, direction, of, n, comparable=comparable, headline=headline)

    def percentile(
        self,
        id: str,
        label: str,
        formula: str,
        unit: str,
        direction: Direction,
        values: Of,
        percent: float,
        *,
        comparable: bool = True,
    ) -> None:
        """A percentile of the values, between the two nearest where it falls between; 50 is the median."""

        def n(c: Cohort) -> int:
            return len(c.once(values))

        def of(c: Cohort) -> float:
            found = c.once(values)
            return percentile(found, percent) if len(found) else NAN

        self.add(id, label, formula, unit, direction, of, n, comparable=comparable)
