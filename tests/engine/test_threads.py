"""Areas that run side by side in threads do not disturb each other."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from sim.engine.compiled import CompiledArea
from sim.engine.equality import areas_differ
from tests.engine.equality import parameters
from tests.engine.scenarios import LIVELY

REPLICATIONS = 9


def replication(number: int) -> tuple[CompiledArea, CompiledArea]:
    """Half a year, and a branch of it, in small steps, so that threads take turns often."""
    area = CompiledArea(parameters(LIVELY), 1, number, trace=True, room=64)
    area.STEP = 500
    area.run(90 * 24.0)
    branch = area.branch()
    branch.switch(parameters(LIVELY, {"practice.desk_based_share": 0.9}))
    for one in (branch, area):
        one.run(180 * 24.0)
    return area, branch


@pytest.fixture(scope="module")
def one_by_one() -> list[tuple[CompiledArea, CompiledArea]]:
    """All replications, one after the other. Read only."""
    return [replication(number) for number in range(REPLICATIONS)]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_threads_give_the_same_bytes(one_by_one, threads):
    """However many, in every table, the trace and the number of events."""
    with ThreadPoolExecutor(threads) as pool:
        for alone, beside in zip(one_by_one, pool.map(replication, range(REPLICATIONS)), strict=True):
            assert all(areas_differ(*pair) is None for pair in zip(alone, beside, strict=True))


def test_replications_differ(one_by_one):
    """Each has its own luck, or the tests above would say nothing."""
    assert areas_differ(one_by_one[0][0], one_by_one[1][0]) is not None
    assert areas_differ(*one_by_one[0]) is not None


AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from sim.engine import choice
from tests.engine.equality import parameters
from tests.engine.scenarios import LIVELY

def events(number):
    area = choice.open_area("compiled", parameters(LIVELY), 1, 0)
    area.run(2000.0)
    return area.events

with ThreadPoolExecutor(3) as pool:
    print(*set(pool.map(events, range(3))))
"""


def test_three_threads_may_come_first():
    """In a new process nobody has compiled or read the engine yet: three that ask for it at once all get it."""
    area = CompiledArea(parameters(LIVELY), 1, 0)
    area.run(2000.0)
    done = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [str(area.events)], "")
