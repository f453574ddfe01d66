"""What is to be computed: which scenarios, how often, with which luck, on which engine, and what is read off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ..engine.choice import Engine
from ..model.world import Parameters
from ..scenario.difference import differences
from ..scenario.errors import Problem, ScenarioError
from ..scenario.scenario import Scenario
from .draws import Draws
from .reading import Everything, Reading

Effect = Literal["first-year", "steady"]
EFFECTS: tuple[Effect, ...] = ("first-year", "steady")


def parameters(scenario: Scenario) -> Parameters:
    """What of a scenario the rules may read."""
    return Parameters(scenario.area, scenario.world, scenario.practice, scenario.resources)


@dataclass(frozen=True)
class Plan:
    """An experiment. The first scenario is the baseline: the others share its warm-up, and differences are taken from it.

    `effect` "first-year" switches every scenario at the end of the baseline's warm-up; "steady" warms each up under itself. Every scenario is
    simulated in replications 0, 1, 2 ..., unless `lucks` names the replications of each (a baseline with none only lends its warm-up). With `draws`,
    what is not known takes other values in each replication, the same in every scenario.
    """

    scenarios: tuple[Scenario, ...]
    seed: int
    replications: int
    engine: Engine
    effect: Effect = "first-year"
    episodes: bool = False
    trace: bool = False
    reading: Reading = field(default_factory=Everything)
    lucks: tuple[tuple[int, ...], ...] | None = None
    draws: Draws | None = None
    notes: tuple[str, ...] = ()
    """What else a reader must know of the scenarios: it changes no number."""

    def __post_init__(self) -> None:
        if self.lucks is not None and len(self.lucks) != len(self.scenarios):
            raise ValueError(f"{len(self.scenarios)} scenarios, and lucks for {len(self.lucks)}")
        names = [scenario.name for scenario in self.scenarios]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            first, *others = (scenario for scenario in self.scenarios if scenario.name == twice)
            if any(other == first for other in others):
                raise ScenarioError(Problem("", None, "", f'the scenario "{twice}" is named twice', "allowed: each scenario once"))
            raise ScenarioError(Problem("", None, "", f'two scenarios are called "{twice}"', "give each file its own name"))
        for other in self.scenarios[1:]:
            own, base = other.run, self.baseline.run
            if (own.warm_up_days, own.window_days, own.run_on_days) != (base.warm_up_days, base.window_days, base.run_on_days):
                allowed = "scenarios that are compared need the same warm_up_days, window_days and run_on_days"
                raise ScenarioError(Problem(other.name, None, "run", f"differs from {self.baseline.name}", allowed))

    @property
    def baseline(self) -> Scenario:
        """The scenario that the others are measured against."""
        return self.scenarios[0]

    @property
    def opens(self) -> float:
        """The hour at which the measurement window opens."""
        return self.baseline.run.warm_up_days * 24.0

    @property
    def closes(self) -> float:
        """The hour at which it closes."""
        return self.opens + self.baseline.run.window_days * 24.0

    @property
    def ends(self) -> float:
        """The hour at which follow-up ends."""
        return self.closes + self.baseline.run.run_on_days * 24.0

    def shares_warm_up(self, scenario: Scenario) -> bool:
        """May this scenario branch off the baseline's warm-up? Only if it is the same place and the same world. What is the same is drawn alike."""
        return self.effect == "first-year" and scenario.area == self.baseline.area and scenario.world == self.baseline.world

    def numbers(self, place: int) -> Sequence[int]:
        """The replications in which a scenario is simulated."""
        return range(self.replications) if self.lucks is None else self.lucks[place]

    def part(self, places: Sequence[int], replication: int) -> tuple[Plan, tuple[int, ...]]:
        """The same with only the baseline and these scenarios, and the draw of one replication; and where these scenarios stand in it. What a worker
        needs to know."""
        kept = (0, *(place for place in places if place != 0))
        lucks = None if self.lucks is None else tuple(self.lucks[place] for place in kept)
        draws = None if self.draws is None else self.draws.of(replication)
        part = replace(self, scenarios=tuple(self.scenarios[place] for place in kept), lucks=lucks, draws=draws)
        return part, tuple(kept.index(place) for place in places)

    def drawn(self, place: int, replication: int) -> Scenario:
        """A scenario as it is in one replication, in which nothing is left to be drawn. Raises ScenarioError if a draw does not fit it."""
        scenario = self.scenarios[place]
        return scenario if self.draws is None else self.draws.applied(scenario, replication)

    @property
    def runs(self) -> int:
        """Simulations of one scenario in one replication, all told."""
        return sum(len(self.numbers(place)) for place in range(len(self.scenarios)))

    @property
    def area_years(self) -> float:
        """Simulated years, all told, as if each scenario had its own warm-up."""
        run = self.baseline.run
        return self.runs * (run.warm_up_days + run.window_days + run.run_on_days) / 365.0

    def notices(self) -> list[str]:
        """What a reader must know before comparing: other areas, other worlds."""
        found = list(self.notes)
        for other in self.scenarios[1:]:
            paths = [difference.path for difference in differences(self.baseline, other)]
            for section, words in (("area", "are different areas"), ("world", "assume different worlds (how children and harm behave)")):
                changed = [path for path in paths if path.startswith(f"{section}.")]
                if changed:
                    found.append(
                        f"{self.baseline.name} and {other.name} {words}: {', '.join(changed)}. Differences between them are not effects of practice; "
                        "each was warmed up by itself."
                    )
        return found
