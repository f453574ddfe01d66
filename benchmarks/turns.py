"""Cases take turns: whatever else the machine does falls on all of them alike, so ratios within one run can be trusted more than seconds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

Sample = dict[str, float]
"""What one turn of a case gave, by name."""


LONG = 30.0
"""A case whose first turn took more seconds than this has two turns, however many rounds there are."""


def take_turns(cases: dict[str, Callable[[], Sample]], rounds: int) -> dict[str, list[Sample]]:
    """Every case once a round, each round beginning with another; the samples of each case, in order of rounds."""
    samples: dict[str, list[Sample]] = {name: [] for name in cases}
    order, long = list(cases), set()
    for number in range(rounds):
        turn = number % len(order)
        for name in order[turn:] + order[:turn]:
            if number >= 2 and name in long:
                continue
            gc.collect()
            began = time.perf_counter()
            samples[name].append(cases[name]())
            if time.perf_counter() - began > LONG:
                long.add(name)
    return samples


def medians(samples: list[Sample]) -> Sample:
    """The median of each number over the rounds."""
    return {name: float(median(one[name] for one in samples)) for name in samples[0]}


class Watch:
    """CPU seconds of this process (all its threads), and wall-clock seconds, from start to stop."""

    def __init__(self) -> None:
        self.cpu = self.wall = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what happens inside, on top of what has been counted."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.cpu += time.process_time() - cpu
        self.wall += time.perf_counter() - wall
