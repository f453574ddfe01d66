"""A crowd: many pairs of one type of case, each as it happened and under the changed decision, so that one vivid story does not teach a false rule.

The cases come from as many simulated areas as are needed and from FEWEST_AREAS at the least, at most MOST_PER_AREA of one type from each; all types
share an area's run. Each case is branched off just before its decision and followed until what is compared is settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..engine.choice import AUTO
from ..experiment.where import Call, Progress, Where, each, silent, workers_by_default
from ..scenario import Scenario
from ..scenario.errors import Problem, ScenarioError
from .asked import SMALL, Asked, asked
from .case_type import TYPES, CaseType, type_named
from .cases import Area
from .decision import DECISIONS, Decision, as_it_happened, named, order
from .pair import AFTER, BELOW, MEASURES, measured, next_of, settled, waits_of_others
from .spread import Spread, spread

if TYPE_CHECKING:
    import pandas as pd

MOST_PER_AREA = 25
"""Pairs of one type from one area, so that no area weighs too much."""
FEWEST_AREAS = 5
"""Areas from which a crowd comes at the least, so that it has an interval, however few its pairs."""
FEWEST, MOST = 20, 100_000
MOST_AREAS = 2_000
"""Areas after which the search for cases is given up."""
Pairs = np.ndarray[Any, Any]


@dataclass(frozen=True)
class OfArea:
    """What one area gave for one type: pairs (pair, measure, 0 as it happened or 1 twin), rows of the episodes, and how many matched of how many."""

    pairs: Pairs
    episodes: tuple[int, ...]
    matched: int
    of: int


@dataclass(frozen=True)
class Crowd:
    """Many pairs of one type. Every difference is the twin less as it happened, with the same luck."""

    type: CaseType
    asked: Asked
    decision: str
    pairs: Pairs
    """Shape (pairs, measures, 2)."""
    areas: tuple[int, ...]
    """The replication from which each pair comes."""
    matched: int
    of: int

    @cached_property
    def spreads(self) -> tuple[Spread, ...]:
        """How each measure's differences are distributed; a measure that no pair has is left out."""
        found = (spread(one, self.pairs[:, place, :], self.areas) for place, one in enumerate(MEASURES))
        return tuple(one for one in found if one.n > 0)

    @cached_property
    def verdicts(self) -> Pairs:
        """For each pair and measure of the child: 1 better, -1 worse, 0 no difference (also where there is nothing to compare)."""
        found = np.zeros(self.pairs.shape[:2], int)
        for place, one in enumerate(MEASURES):
            if not one.of_child:
                continue
            difference = np.nan_to_num(self.pairs[:, place, 1] - self.pairs[:, place, 0])
            found[:, place] = np.where(np.abs(difference) < one.notable, 0, np.sign(difference) * (-1 if one.less_is_better else 1))
        return found

    @property
    def changed(self) -> str:
        """The decision that is changed in every pair, in words."""
        return DECISIONS[self.decision].words if self.decision in DECISIONS else self.type.changes

    @property
    def no_difference(self) -> float:
        """Share of pairs in which none of the measures of the child differs."""
        return float(np.mean(np.all(self.verdicts == 0, axis=1)))

    @property
    def better(self) -> float:
        """Share of pairs in which something is better and nothing worse."""
        return float(np.mean(np.any(self.verdicts > 0, axis=1) & ~np.any(self.verdicts < 0, axis=1)))

    @property
    def worse(self) -> float:
        """Share of pairs in which something is worse and nothing better."""
        return float(np.mean(np.any(self.verdicts < 0, axis=1) & ~np.any(self.verdicts > 0, axis=1)))

    @property
    def mixed(self) -> float:
        """Share of pairs in which something is better and something worse."""
        return float(np.mean(np.any(self.verdicts < 0, axis=1) & np.any(self.verdicts > 0, axis=1)))

    @property
    def words(self) -> tuple[str, ...]:
        """What the crowd says, in sentences."""
        from .crowd_words import sentences

        return sentences(self)

    @property
    def measures(self) -> pd.DataFrame:
        """A row for each measure: mean difference with its 95% interval, shares without difference, better and worse, n."""
        import pandas as pd

        columns = ("measure", "label", "unit", "as_happened", "twin", "mean", "low", "high", "no_difference", "better", "worse", "n")
        return pd.DataFrame([[getattr(one, column) for column in columns] for one in self.spreads], columns=list(columns))

    def as_dict(self) -> dict[str, Any]:
        """As an exercise holds it."""
        head = {"pairs": len(self.pairs), "words": list(self.words), "no_difference": self.no_difference, "better": self.better, "worse": self.worse}
        return {**head, "mixed": self.mixed, "measures": [one.as_dict() for one in self.spreads]}

    @property
    def text(self) -> str:
        """The crowd as a terminal shows it."""
        from ..report.crowd import crowd_text

        return crowd_text(self)

    def figure(self) -> Any:
        """The distributions of the differences as a Plotly figure that stands by itself."""
        from ..report.crowd import crowd_figure

        return crowd_figure(self)


def crowd(
    case: str = "under-graded-with-exploitation",
    scenario: Scenario | str | Path = "baseline",
    *,
    pairs: int = 1000,
    decision: str | None = None,
    seed: int | None = None,
    area: str | Path | None = SMALL,
    workers: int | None = None,
    engine: str = AUTO,
    progress: Progress = silent,
) -> Crowd:
    """So many pairs of one type of case. Raises ScenarioError if there are too few cases, or for a wrong request."""
    kind = type_named(case)
    changed = None if decision is None else named(decision)
    return crowds(asked(scenario, seed, 0, area, engine), [kind.id], pairs, workers, changed, progress)[kind.id]


def crowds(
    place: Asked,
    types: Sequence[str],
    pairs: int,
    workers: int | None = None,
    decision: Decision | None = None,
    progress: Progress = silent,
) -> dict[str, Crowd]:
    """Crowds of several types from the same areas. The same at any number of workers. `progress` is called with (pairs found, pairs asked for).
    Raises ScenarioError if there are too few cases, and what `progress` raises, which ends the work."""
    if not FEWEST <= pairs <= MOST:
        raise ScenarioError(Problem("", None, "--crowd", f"{pairs:,} is out of range", f"allowed: {FEWEST} to {MOST:,} pairs"))
    found: dict[int, Mapping[str, OfArea]] = {}

    def look() -> None:
        progress(sum(min(_pairs_so_far(found, id), pairs) for id in types), len(types) * pairs)

    for number, given in each(_calls(place, types, pairs, decision, found), place.engine, Where(workers or workers_by_default()), look):
        found[number] = given
    return {id: _put_together(place, TYPES[id], pairs, decision, found) for id in types}


def _calls(
    place: Asked, types: Sequence[str], pairs: int, decision: Decision | None, found: Mapping[int, Mapping[str, OfArea]]
) -> Iterator[Call]:
    """One area after the other, for the types that still need pairs."""
    for number in range(MOST_AREAS):
        needed = tuple(id for id in types if _pairs_so_far(found, id) < pairs)
        if not needed or (number >= 40 and any(_pairs_so_far(found, id) == 0 for id in needed)):
            return
        yield of_area, (place.of(number), needed, decision, min(MOST_PER_AREA, -(-pairs // FEWEST_AREAS)))


def _pairs_so_far(found: Mapping[int, Mapping[str, OfArea]], id: str) -> int:
    return sum(len(given[id].pairs) for given in found.values() if id in given)


def _put_together(place: Asked, kind: CaseType, pairs: int, decision: Decision | None, found: Mapping[int, Mapping[str, OfArea]]) -> Crowd:
    taken: list[Pairs] = []
    areas: list[int] = []
    matched = of = 0
    for number in sorted(found):
        if len(areas) >= pairs:
            break
        given = found[number][kind.id]
        some = given.pairs[: pairs - len(areas)]
        taken.append(some)
        areas += [number] * len(some)
        matched, of = matched + given.matched, of + given.of
    if len(areas) < pairs:
        what = f"{len(areas):,} pairs of {kind.id} were found among {of:,} episodes of {place.scenario.name}, and {pairs:,} were asked for"
        raise ScenarioError(Problem("", None, "--crowd", what, f"ask for fewer, or try {', '.join(kind.more_in)}"))
    return Crowd(kind, place, "as the type says" if decision is None else decision.id, np.concatenate(taken), tuple(areas), matched, of)


def of_area(place: Asked, types: Sequence[str], decision: Decision | None, most: int = MOST_PER_AREA) -> tuple[int, dict[str, OfArea]]:
    """The pairs of one area, `most` of each type: its cases in the order of their decisions, each branched off the same run."""
    area = Area(place)
    todo: list[tuple[float, str, int, Decision]] = []
    matched: dict[str, int] = {}
    for id in types:
        kind = TYPES[id]
        rows = area.matching(kind)
        matched[id] = len(rows)
        generator = np.random.Generator(np.random.Philox(key=[place.seed, place.replication], counter=[0, 0, 0, 1 + list(TYPES).index(id)]))
        for e in generator.permutation(rows)[:most].tolist():
            row = area.tables["episodes"][e]
            changed = kind.decision(row) if decision is None else decision
            if as_it_happened(row, changed.name) != changed.choice:
                todo.append((changed.at(row, place.parameters), id, e, changed))
    pairs: dict[str, list[list[list[float]]]] = {id: [] for id in types}
    episodes: dict[str, list[int]] = {id: [] for id in types}
    trunk, spare = area.again(keep=False), None
    for hour, id, e, changed in sorted(todo, key=lambda one: one[:3]):
        trunk.run(hour)
        spare = trunk.branch(spare)
        spare.order(order(e, [changed]))
        pairs[id].append(_pair(area, spare, e, hour, TYPES[id].of_next, changed.name == "grade"))
        episodes[id].append(e)
    shape = (-1, len(MEASURES), 2)
    return place.replication, {
        id: OfArea(np.array(pairs[id], float).reshape(shape), tuple(episodes[id]), matched[id], area.looked_at) for id in types
    }


def _pair(area: Area, branch: Any, e: int, hour: float, of_next: bool, of_grade: bool) -> list[list[float]]:
    """The measures of one case as it happened and in its branch, which goes on until they are settled or the run would end. Where the grade is what
    is changed, it is not compared."""
    ends = area.asked.ends
    shown = next_of(area.tables, e) if of_next else e
    assert shown is not None
    base = float(area.tables["episodes"]["reported"][shown])
    until = base + AFTER
    while branch.now < min(until, ends):
        branch.run(min(until, ends))
        until = settled(branch.last_tables(), e, of_next, base, branch.now)
    tables = branch.last_tables()
    one = measured(area.tables, e, shown, base, ends)
    two = measured(tables, e, next_of(tables, e) if of_next else e, base, branch.now)
    if of_grade:
        one[BELOW] = two[BELOW] = np.nan
    others = waits_of_others(area.tables, tables, e, hour, branch.now)
    return [*(list(pair) for pair in zip(one, two, strict=True)), others]
