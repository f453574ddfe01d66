"""A sweep: one or two levers moved through their settings, and what the measures do, with the same luck at every point.

The reference is the scenario as it is. It is the first of the plan, so the points share its warm-up (unless a lever belongs to the area or the
world), and every difference is that of a point less the reference, paired by replication. A point that changes nothing is the reference itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

from ..scenario.difference import Value, values
from ..scenario.errors import Problem, ScenarioError
from ..scenario.scenario import Scenario
from ..scenario.variant import variant
from .comparison import Result
from .findings import Findings
from .lever import Given, Lever, broken_rule, levers_of, written
from .reading import WHOLE, Only, known
from .study import How, Named, carried_out, loaded, planned

if TYPE_CHECKING:
    import pandas as pd

Setting = tuple[Value, ...]
"""A value for each lever."""

MOST_POINTS = 1_000
LONGEST = 24
"""Characters of a setting in a scenario's name; a longer list goes by its place."""


@dataclass(frozen=True)
class Sweep(Findings):
    """What the measures do as one or two levers move."""

    kind: ClassVar[str] = "sweep"

    def __post_init__(self) -> None:
        object.__setattr__(self, "notices", self._condensed())

    def _condensed(self) -> tuple[str, ...]:
        """The notices, with one of all the points that assume another area or another world instead of one of each."""
        of_points = self.plan.notices()
        if not of_points:
            return self.notices
        paths = [lever.path for lever in self.levers if lever.path.startswith(("area.", "world."))]
        told = (
            f"The points differ in {' and '.join(paths)}, which is no way of working: differences between them are not effects of practice, "
            "and each was warmed up by itself."
        )
        return tuple(dict.fromkeys([told, *(notice for notice in self.notices if notice not in of_points)]))

    @cached_property
    def levers(self) -> tuple[Lever, ...]:
        """The levers with their settings."""
        return tuple(Lever(asked["path"], tuple(map(_frozen, asked["values"]))) for asked in self.request["levers"])

    @cached_property
    def reference(self) -> Setting:
        """Where the levers stand in the scenario as it is."""
        return _standing(self.plan.baseline, self.levers)

    @cached_property
    def places(self) -> dict[Setting, int]:
        """Where each point stands in the plan, the settings of the last lever moving fastest."""
        following = iter(range(1, len(self.plan.scenarios)))
        return {setting: 0 if setting == self.reference else next(following) for setting in _settings(self.levers)}

    @cached_property
    def measures(self) -> list[str]:
        """The measures that were asked for."""
        return [measure for measure, split, _ in self.values.quantities if split == WHOLE]

    @cached_property
    def result(self) -> Result:
        """The same runs as a comparison of scenarios."""
        return Result(self.plan, self.values, self.complete, self.notices, {}, self.execution)

    @cached_property
    def points(self) -> pd.DataFrame:
        """Each measure at each point: the levers' settings, whether it is the reference, scenario, measure, estimate, low, high (95%), n of
        replications, unit; `note` where a rare outcome was not seen. The reference comes first where it is not among the points."""
        places = list(self.places.values())
        found = self._placed(self.result.measures, places if 0 in places else [0, *places])
        found.insert(len(self.levers), "reference", found["scenario"] == self.names[0])
        return found

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Each measure at each point less the reference, paired by replication: estimate, low, high (95%), and a verdict."""
        return self._placed(self.result.differences, [place for place in self.places.values() if place])

    def _placed(self, frame: pd.DataFrame, places: list[int]) -> pd.DataFrame:
        """The rows of a comparison in the order of these places of its plan, each with the levers' settings before it."""
        settings = {place: setting for setting, place in self.places.items()} | {0: self.reference}
        rank = {self.names[place]: number for number, place in enumerate(places)}
        found = frame.sort_values("scenario", key=lambda names: names.map(rank), kind="stable").reset_index(drop=True)
        for at, lever in enumerate(self.levers):
            found.insert(at, lever.path, [cell(settings[places[rank[name]]][at]) for name in found["scenario"]])
        return found

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The points and their differences from the reference."""
        return {"points": self.points, "differences": self.differences}

    def figure(self, measure: str | None = None) -> Any:
        """One measure (by default the first) as a Plotly figure: a line with its band, or a heat map. Raises ScenarioError."""
        from ..report import exhibits  # drawing is a later room's work; asked for here only when somebody wants to look
        from ..report.exhibit import alone
        from ..report.provenance import line

        if measure is not None and measure not in self.measures:
            raise ScenarioError(Problem("", None, "measure", f'"{measure}" was not read off', f"allowed: {', '.join(self.measures)}"))
        return alone(exhibits(self)[self.measures.index(measure) if measure else 0], line(self))


def sweep(
    scenario: Named, levers: Mapping[str, Given], *, measures: Iterable[str] = (), effect: str = "first-year", **how: Unpack[How]
) -> Sweep:
    """Move one or two levers of a scenario through values, with the same children and the same luck at every point.

    `levers` maps a path ("practice.desk_based_share", or its last part where that is clear) to values, or to the same in words: "0.1,0.5",
    "0.1:0.9:5" (low, high, count), "range" (the one in the log of assumptions, in five steps). `measures` are ids; none means the ten headlines.
    For the other keywords see `How`. Raises ScenarioError for a wrong request.
    """
    ids = known(measures)
    reference = loaded(scenario, how.get("overrides"), how.get("area"))
    moved = _levers(levers, reference)
    rest: How = {**how, "overrides": None, "area": None}
    held = [lever.path for lever in moved] + list(how.get("overrides") or {})
    plan = planned((reference, *_points(reference, moved)), rest, effect=effect, reading=Only(ids), held=held)
    request = {"levers": [{"path": lever.path, "values": list(lever.values)} for lever in moved]}
    return carried_out(Sweep, plan, rest, request)


def cell(value: Value) -> Value:
    """A setting as one cell of a table: a list as 3;6;12."""
    return written(value) if isinstance(value, tuple) else value


def _levers(asked: Mapping[str, Given], reference: Scenario) -> tuple[Lever, ...]:
    moved = levers_of(asked, reference)
    count = sum(1 for _ in _settings(moved))
    if count > MOST_POINTS:
        raise ScenarioError(Problem("", None, "--lever", f"{count:,} points are asked for", f"allowed: at most {MOST_POINTS:,}"))
    return moved


def _points(reference: Scenario, moved: tuple[Lever, ...]) -> list[Scenario]:
    """The scenarios of all points but the reference. Raises ScenarioError for settings that do not go together."""
    standing = _standing(reference, moved)
    return [_point(reference, moved, setting) for setting in _settings(moved) if setting != standing]


def _point(reference: Scenario, moved: tuple[Lever, ...], setting: Setting) -> Scenario:
    told = [f"{lever.path.split('.')[1]}={_short(lever, value)}" for lever, value in zip(moved, setting, strict=True)]
    paths = [lever.path for lever in moved]
    try:
        return variant(reference, dict(zip(paths, setting, strict=True)), f"{reference.name} {' '.join(told)}")
    except ScenarioError as error:
        raise ScenarioError(Problem("", None, " and ".join(paths), f"{' with '.join(told)} is not allowed", broken_rule(error))) from None


def _short(lever: Lever, value: Value) -> str:
    text = written(value)
    return text if len(text) <= LONGEST else f"list-{lever.values.index(value) + 1}"


def _settings(moved: tuple[Lever, ...]) -> Iterable[Setting]:
    return product(*(lever.values for lever in moved))


def _standing(scenario: Scenario, moved: tuple[Lever, ...]) -> Setting:
    found = values(scenario)
    return tuple(found[lever.path] for lever in moved)


def _frozen(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value
