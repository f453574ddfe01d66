"""Failings beside one another: what each costs alone, in which order, and how far that order holds; findings, each against its own counterfactual.

Failings are ranked, forces never: a finding is set against the same area with the same people on duty and its failings put right, and against nothing
else. Every size of a failing is an assumption with a range, so each is also simulated at the mild and at the severe end of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

import numpy as np
import numpy.typing as npt

from ..outcomes.catalogue import MEASURES
from ..outcomes.interval import Estimate, mean_interval, paired_interval, verdict
from ..outcomes.measure import HIGHER, NAN, NEITHER
from ..scenario import entries
from ..scenario.errors import Problem, ScenarioError
from . import inspection, ranking
from .cast import DEGREES, Cast, check
from .comparison import difference_unit
from .findings import Findings
from .reading import WHOLE, Only, known
from .study import How, Named, carried_out, loaded, planned
from .tornado import Tornado, assumed_share

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

@dataclass(frozen=True)
class Failings(Findings):
    """What each failing costs alone, and each finding against its own counterfactual."""

    kind: ClassVar[str] = "failings"

    @property
    def measures(self) -> list[str]:
        """The measures that were read off."""
        return [measure for measure, split, _ in self.values.quantities if split == WHOLE]

    @cached_property
    def places(self) -> dict[str, dict[str, int]]:
        """Where each failing stands in the plan at each degree; 0 where it changes nothing there."""
        return {one["name"]: dict(one["places"]) for one in self.request["failings"]}

    @cached_property
    def titles(self) -> dict[str, str]:
        """What failings and findings are called."""
        return {one["name"]: one["title"] for one in (*self.request["failings"], *self.request["findings"])}

    @cached_property
    def pairs(self) -> dict[str, tuple[int, int]]:
        """Where each finding and its counterfactual stand in the plan; the findings by name."""
        return {one["name"]: (one["place"], one["counterfactual"]) for one in self.request["findings"]}

    @cached_property
    def assumed(self) -> dict[str, Estimate]:
        """For each measure of the tornado, if one was named, the share of its spread that rests on assumptions without a source."""
        told = self.request.get("assumed") or {}
        return {measure: Estimate(_number(estimate), _number(low), _number(high), n) for measure, (estimate, low, high, n) in told.items()}

    def changes(self, measure: str) -> Floats:
        """What each failing changes (failings, degrees, replications); nan where there was nothing to measure."""
        whole = self.values.of(measure)
        moved = [whole[places[degree]] - whole[0] for places in self.places.values() for degree in DEGREES]
        return np.array(moved).reshape(len(self.places), len(DEGREES), whole.shape[1])

    def costs(self, measure: str) -> Floats:
        """The same, so that more is worse, without the replications in which a scenario had nothing to measure."""
        found = self.changes(measure) * (-1.0 if MEASURES[measure].direction == HIGHER else 1.0)
        return found[:, :, np.isfinite(found).all(axis=(0, 1))]

    @cached_property
    def effects(self) -> pd.DataFrame:
        """What each failing changes at each degree: failing, title, degree, measure, label, estimate, low, high (95%, paired), n, unit, verdict."""
        import pandas as pd

        rows = []
        for measure in self.measures:
            changes = self.changes(measure)
            for name, row in zip(self.places, changes, strict=True):
                for degree, change in zip(DEGREES, row, strict=True):
                    head = {"failing": name, "title": self.titles[name], "degree": degree}
                    rows.append(head | _difference(measure, mean_interval(change)))
        return pd.DataFrame(rows)

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """For each measure with a better side the failings by what they cost as stated, most first: rank, and over the luck of the replications
        (`luck_low` to `luck_high`) and over the assumed ranges as well (`range_low` to `range_high`) from which to which it comes in 95% of draws;
        the shares of draws in which it costs most (`first_by_luck`, `first`); and what it changes."""
        import pandas as pd

        found = [self._ranked(measure) for measure in self.measures if MEASURES[measure].direction != NEITHER and self.costs(measure).shape[2]]
        return pd.DataFrame([row for rows in found for row in rows])

    def _ranked(self, measure: str) -> list[dict[str, Any]]:
        costs, changes = self.costs(measure), self.changes(measure)[:, DEGREES.index("stated")]
        stated = costs[:, DEGREES.index("stated")]
        luck, over = ranking.over_luck(stated), ranking.over_ranges(costs)
        at, by_luck, by_range = ranking.ranks(stated.mean(axis=1)), ranking.spans(luck), ranking.spans(over)
        shares = zip(ranking.firsts(luck), ranking.firsts(over), strict=True)
        rows = []
        for place, (name, (first_by_luck, first)) in enumerate(zip(self.places, shares, strict=True)):
            row: dict[str, Any] = {"measure": measure, "failing": name, "title": self.titles[name], "rank": int(at[place])}
            row |= {"luck_low": by_luck[place][0], "luck_high": by_luck[place][1], "first_by_luck": first_by_luck}
            row |= {"range_low": by_range[place][0], "range_high": by_range[place][1], "first": first}
            rows.append(row | _difference(measure, mean_interval(changes[place])))
        return sorted(rows, key=lambda row: (row["rank"], row["failing"]))

    @cached_property
    def against(self) -> pd.DataFrame:
        """Each finding less its own counterfactual, by name: finding, title, measure, estimate, low, high (95%, paired), n, unit, verdict."""
        import pandas as pd

        rows = []
        for name, (place, without) in self.pairs.items():
            for measure in self.measures:
                whole = self.values.of(measure)
                rows.append({"finding": name, "title": self.titles[name]} | _difference(measure, paired_interval(whole[without], whole[place])))
        return pd.DataFrame(rows)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Ranks and effects of failings, and findings against their counterfactuals."""
        return {"ranks": self.ranks, "effects": self.effects} | ({"pairs": self.against} if self.pairs else {})


def failings(
    *named: Named,
    baseline: Named = "baseline",
    measures: Iterable[str] = (),
    tornado: Tornado | str | Path | None = None,
    effect: str = "first-year",
    **how: Unpack[How],
) -> Failings:
    """Rank failings by what each costs alone, and set findings against their own counterfactuals.

    `named` are files of kind "failing" and "finding"; none means all of the library. Each failing is put into the scenario `baseline`, at the mild
    end of its assumed range, as stated, and at the severe end. `measures` are ids; none means the ten headlines. `tornado` is one that was done
    before, or its folder: from it comes what share of each measure's spread rests on assumptions without a source. For the other keywords see
    `How`. Raises ScenarioError for a wrong request.
    """
    ids = known(measures)
    asked = named or tuple(entry.name for entry in entries() if entry.kind in ("failing", "finding"))
    chosen = [loaded(one, how.get("overrides"), how.get("area")) for one in asked]
    base = loaded(baseline, how.get("overrides"), how.get("area"))
    cast = Cast(base)
    request: dict[str, Any] = {"failings": [], "findings": []}
    for scenario in sorted(chosen, key=lambda one: one.name):
        check(scenario, base)
        named_ = scenario.about.counterfactual
        without = loaded(named_, how.get("overrides"), how.get("area")) if named_ else base
        if scenario.about.kind == "failing":
            request["failings"].append(cast.failing(scenario, without))
        else:
            inspection.check(((without, scenario),))
            request["findings"].append(cast.finding(scenario, without))
    if tornado is not None:
        request["assumed"] = _assumed(tornado, ids)
    rest: How = {**how, "overrides": None, "area": None}
    return carried_out(Failings, planned(tuple(cast.scenarios), rest, effect=effect, reading=Only(ids)), rest, request)


def _assumed(tornado: Tornado | str | Path, ids: tuple[str, ...]) -> Mapping[str, tuple[float | None, ...]]:
    """The shares of the tornado's measures that were asked for here, as JSON can hold them. Raises ScenarioError."""
    if not isinstance(tornado, Tornado):
        from .archive import reopened

        folder, opened = tornado, reopened(tornado)
        if not isinstance(opened, Tornado):
            allowed = "allowed: a folder that `missing-sim sensitivity tornado` left"
            raise ScenarioError(Problem(str(folder), None, "--tornado", f"holds an experiment of kind {opened.kind}", allowed))
        tornado = opened
    shares = {measure: assumed_share(tornado, measure) for measure in ids if measure in tornado.measures}
    return {measure: (*(None if isnan(end) else end for end in share[:3]), share.n) for measure, share in shares.items()}


def _difference(measure: str, found: Estimate) -> dict[str, Any]:
    known_ = MEASURES[measure]
    interval = {"estimate": found.estimate, "low": found.low, "high": found.high, "n": found.n, "left_out": found.left_out}
    return {"measure": measure, "label": known_.label, **interval, "unit": difference_unit(known_.unit), "verdict": verdict(found, known_.direction)}


def _number(held: float | None) -> float:
    """A number as JSON held it."""
    return NAN if held is None else held
