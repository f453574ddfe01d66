"""Run one scenario on both engines, side by side, and say where they first differ. As a command, over as many random scenarios as wanted:

    python -m tests.engine.equality --scenarios 1000 --seed 1

prints how far it is, and stops with exit code 1 at the first scenario on which the engines differ, or one of them fails, with what to set to see it.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from sim import scenario
from sim.engine.compiled import CompiledArea
from sim.engine.equality import Difference, first_difference, rows_differ
from sim.engine.interpreted import Area
from sim.model.world import Parameters
from tests.engine.scenarios import Overrides, overrides

ENOUGH = 30_000
"""Events after which a run is long enough."""
TOO_MANY = 1_000_000
"""Events within STEP hours in a tiny area that are a loop without end."""
STEP = 24.0


@dataclass(frozen=True)
class Case:
    """One comparison: a scenario, the luck, how long, and what the area is switched to afterwards (practice and resources only)."""

    first: Overrides
    then: Overrides
    seed: int
    replication: int
    days: int
    room: int


def cases(longest: int = 60) -> SearchStrategy[Case]:
    """Any case."""
    return st.builds(
        Case,
        first=overrides(),
        then=overrides(("practice", "resources")),
        seed=st.integers(0, 2**63 - 1),
        replication=st.integers(0, 10_000),
        days=st.integers(1, longest),
        room=st.sampled_from([64, 1024]),
    )


def parameters(*parts: Overrides) -> Parameters:
    """What rules may read of the baseline under these overrides."""
    merged: Overrides = {}
    for part in parts:
        merged.update(part)
    loaded = scenario.load("baseline", overrides=merged)
    return Parameters(loaded.area, loaded.world, loaded.practice, loaded.resources)


def differ(case: Case) -> str:
    """Where the engines first differ on this case: at its end, after a branch of it was switched, or because looking changed it. Empty if nowhere."""
    p = parameters(case.first)
    one = Area(p, case.seed, case.replication, trace=True)
    two = CompiledArea(p, case.seed, case.replication, trace=True, room=case.room)
    until = to_the_end(one, case.days * 24.0)
    two.run(until)
    found = apart(one, two)
    if found:
        return f"after {until} hours: {found}"
    other = parameters(case.first, case.then)
    branch_one, branch_two = one.branch(), two.branch()
    branch_one.switch(other)
    branch_two.switch(other)
    end = to_the_end(branch_one, until + case.days * 12.0)
    branch_two.run(end)
    found = apart(branch_one, branch_two)
    if found:
        return f"switched after {until} hours, at {end}: {found}"
    found = apart(one, two)
    return f"a branch changed what it came from: {found}" if found else ""


def to_the_end(area: Area, until: float) -> float:
    """Run up to `until`, or less if there is enough to compare; gives the hour reached. Raises RuntimeError if time stands still."""
    begun = area.events
    while area.now < until and area.events - begun < ENOUGH:
        before, step = area.events, min(area.now + STEP, until)
        while area.env.peek() < step:
            area.env.step()
            if area.events - before > TOO_MANY:
                raise RuntimeError(f"time stands still at {area.now} hours")
        area.run(step)
    return area.now


def apart(one: Area, two: CompiledArea) -> Difference | None:
    """Where two areas differ: in a table, in the trace, or in the number of events."""
    assert one.events == two.events, f"{one.events} and {two.events} events"
    return first_difference(one.tables(), two.tables()) or rows_differ("trace", one.traced(), two.traced())


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Compare both engines on random scenarios.")
    parser.add_argument("--scenarios", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=60, help="the longest run, in days")
    asked = parser.parse_args()
    begun = time.perf_counter()
    done = 0

    @seed(asked.seed)
    @settings(
        max_examples=asked.scenarios,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(asked.days))
    def look(case: Case) -> None:
        nonlocal done
        found = differ(case)
        assert not found, found
        done += 1
        if done % 25 == 0:
            print(f"{done} equal, {time.perf_counter() - begun:.0f} s", flush=True)

    try:
        look()
    except Exception as error:
        traceback.print_exception(error, limit=-4)
        print(f"after {done} that are equal", file=sys.stderr)
        return 1
    print(f"{done} scenarios, no difference, {time.perf_counter() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
