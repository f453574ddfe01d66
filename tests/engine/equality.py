"""Run one scenario on both engines, side by side, and say where they first differ. As a command, over as many random scenarios as wanted, over the
library at the size of a county, or over one replication at London's:

    python -m tests.engine.equality --scenarios 1000 --seed 1
    python -m tests.engine.equality --library
    python -m tests.engine.equality --london

prints how far it is, and stops with exit code 1 at the first scenario on which the engines differ, or one of them fails, with what to set to see it.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from dataclasses import dataclass, fields
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from sim import scenario
from sim.engine import memory
from sim.engine.compiled import CompiledArea
from sim.engine.equality import areas_differ
from sim.engine.interpreted import Area
from sim.engine.tables import TABLES
from sim.model.records import Order
from sim.model.words import NOBODY
from sim.model.world import Parameters
from tests.engine.scenarios import Overrides, overrides
from tests.engine.whole import names, whole

ENOUGH = 30_000
"""Events after which a run is long enough."""
TOO_MANY = 1_000_000
"""Events within STEP hours in a tiny area that are a loop without end."""
STEP = 24.0
DECISIONS = [field.name for field in fields(Order)][1:]
"""What can be set of one episode from outside."""


@dataclass(frozen=True)
class Case:
    """One comparison: a scenario, the luck, how long, and what the area is switched to afterwards (practice and resources only)."""

    first: Overrides
    then: Overrides
    seed: int
    replication: int
    days: int
    room: int
    order: tuple[int, ...] = ()
    """Decisions that are set in the branch, by the order of the fields of Order; the first counts back from the episode that comes next."""


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
        order=st.one_of(st.just(()), st.tuples(st.integers(-3, 3), *(st.integers(-1, 3 if name == "grade" else 1) for name in DECISIONS))),
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
    one = refusing(Area(p, case.seed, case.replication, trace=True))
    two = CompiledArea(p, case.seed, case.replication, trace=True, room=case.room)
    until = to_the_end(one, case.days * 24.0)
    two.run(until)
    found = areas_differ(one, two)
    if found:
        return f"after {until} hours: {found}"
    other = parameters(case.first, case.then)
    branch_one, branch_two = one.branch(), two.branch()
    if case.order:
        order = Order(max(one.world.now.episodes + case.order[0], NOBODY), *case.order[1:])
        branch_one.order(order)
        branch_two.order(order)
    branch_one.switch(other)
    branch_two.switch(other)
    end = to_the_end(branch_one, until + case.days * 12.0)
    branch_two.run(end)
    found = areas_differ(branch_one, branch_two)
    if found:
        return f"switched after {until} hours, at {end}: {found}"
    found = areas_differ(one, two)
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


class Refusing(list[Any]):
    """Rows of which none is read by a negative number: -1 reads the last row, and that differs by engine."""

    def __getitem__(self, place: Any) -> Any:
        assert isinstance(place, slice) or place >= 0, place
        return super().__getitem__(place)


def refusing(area: Area) -> Area:
    """The area with such rows, which its branches inherit."""
    area.world = area.world._replace(**{name: Refusing(rows) for name, rows in area.world._asdict().items() if name in TABLES})
    return area


def main() -> int:
    """The command. Tables get longer by as little as can be, so that they do so often."""
    memory.PIECE = 0
    parser = argparse.ArgumentParser(description="Compare both engines, byte by byte.")
    parser.add_argument("--scenarios", type=int, default=100, metavar="N", help="so many random scenarios of a tiny area (100)")
    parser.add_argument("--seed", type=int, default=1, help="the seed by which they are drawn, or with which the library is run (1)")
    parser.add_argument("--days", type=int, default=60, help="the longest run of a random scenario, in days (60)")
    parser.add_argument("--library", action="store_true", help="instead, the whole library, each in its own area, a replication each")
    parser.add_argument("--london", action="store_true", help="instead, the baseline at London's volume, a replication")
    asked = parser.parse_args()
    if asked.library or asked.london:
        return look_through(names(), None, asked.seed) if asked.library else look_through(["baseline"], "london", asked.seed)
    return look_at_random(asked.scenarios, asked.seed, asked.days)


def look_through(scenarios: list[str], area: str | None, luck: int) -> int:
    """Whole scenarios of the library, one after the other; 1 if one differs."""
    events = 0
    for name in scenarios:
        found = whole(name, area, luck)
        print(f"{name} ({area or 'own area'}): {found}", flush=True)
        if found.difference:
            return 1
        events += found.events
    print(f"{len(scenarios)} scenarios, {events:,} events, no difference")
    return 0


def look_at_random(scenarios: int, by: int, days: int) -> int:
    """Random scenarios of a tiny area; 1 if one differs."""
    begun = time.perf_counter()
    done = 0

    @seed(by)
    @settings(
        max_examples=scenarios,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(days))
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
