"""What a story is asked of: one scenario in one area, one luck, one engine. The same request gives the same children and the same nights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..engine.choice import AUTO, ENGINES, LARGE, Engine, choose
from ..experiment.plan import parameters
from ..model.world import Parameters
from ..scenario import Scenario, load
from ..scenario.errors import Problem, ScenarioError

SMALL = "small-force"
"""The area in which stories are sought unless another is named: few people on duty, so that one long task is felt at once."""
OWN = "of its own"
"""The name of an area that the scenario brings with it."""
OF_A_FORCE = "finding"
"""The kind of scenario that stands for what was found in one real force: no case is told of it, for a case is fiction and must name nobody."""
MOST_REPLICATIONS = 1_000_000
MOST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Asked:
    """A simulated area: scenario, the area's name, seed, replication and engine."""

    scenario: Scenario
    area: str
    seed: int
    replication: int
    engine: Engine

    @property
    def parameters(self) -> Parameters:
        """What rules may read."""
        return parameters(self.scenario)

    @property
    def opens(self) -> float:
        """The hour from which episodes are looked at: the warm-up is over."""
        return self.scenario.run.warm_up_days * 24.0

    @property
    def closes(self) -> float:
        """The hour up to which they are."""
        return self.opens + self.scenario.run.window_days * 24.0

    @property
    def ends(self) -> float:
        """The hour at which the run ends."""
        return self.closes + self.scenario.run.run_on_days * 24.0

    def of(self, replication: int) -> Asked:
        """The same area with the luck of another replication."""
        return replace(self, replication=replication)

    def begin(self, trace: bool) -> Any:
        """The area at the end of its warm-up."""
        from ..engine.choice import open_area

        area = open_area(self.engine, self.parameters, self.seed, self.replication, trace)
        area.run(self.opens)
        return area


def asked(
    scenario: Scenario | str | Path, seed: int | None = None, replication: int = 0, area: str | Path | None = SMALL, engine: str = AUTO
) -> Asked:
    """The area that is meant; a Scenario that is loaded already keeps its own. Raises ScenarioError for a scenario that has no stories or is of
    a real force, an unknown engine, a seed or replication out of range."""
    found = scenario if isinstance(scenario, Scenario) else load(scenario, area=area)
    if engine not in (AUTO, *ENGINES):
        raise _wrong("--engine", f'"{engine}" is not known', f"allowed: {', '.join((AUTO, *ENGINES))}")
    if (error := refused(found)) is not None:
        raise error
    if not 0 <= replication < MOST_REPLICATIONS:
        raise _wrong("--replication", f"{replication} is out of range", f"allowed: 0 to {MOST_REPLICATIONS - 1:,}")
    seed = found.run.seed if seed is None else seed
    if not 0 <= seed <= MOST_SEED:
        raise _wrong("--seed", f"{seed} is out of range", f"allowed: 0 to {MOST_SEED}")
    name = OWN if area is None or isinstance(scenario, Scenario) else Path(area).stem
    return Asked(found, name, seed, replication, choose(engine, LARGE)[0])


def refused(scenario: Scenario) -> ScenarioError | None:
    """Why no story is told of a scenario; None if stories are."""
    if scenario.about.kind == OF_A_FORCE:
        what = f"{scenario.name} stands for what was published of a real force, and a case is fiction that must not name one"
        return _wrong("", what, "choose a scenario of a single failing, such as under-graded or no-overnight (missing-sim scenarios lists them)")
    if scenario.practice.lowest_grade_bypass:
        what = f"in {scenario.name} the lowest grade skips search, interviews and referral, so a decision has nothing to act on there"
        return _wrong("", what, "choose a scenario without the bypass, such as baseline")
    return None


def _wrong(key: str, problem: str, allowed: str) -> ScenarioError:
    return ScenarioError(Problem("", None, key, problem, allowed))
