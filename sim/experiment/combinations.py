"""Which combinations of causes are simulated, and in which replications: all in each, or those that some orders of switching pass through."""

from __future__ import annotations

from collections.abc import Sequence

from ..scenario.errors import Problem, ScenarioError
from . import shapley

Orders = list[list[shapley.Order]]
"""The orders of each replication."""

ALL = "all"
MOST_ENTIRE = 10
"""Up to so many causes every combination of them is simulated; of more there would be thousands, and they are sampled."""
RUNS = 1_600
"""Runs that are spent without being asked for: so many that five causes are gone through entirely in fifty replications."""


def orders_of(causes: int, replications: int, seed: int, asked: int | str | None) -> Orders | None:
    """The orders in which each replication switches the causes; None for all combinations in each.

    `asked` is a number of orders or "all". None means all where that takes no more than 1,600 runs; else as many orders as those runs allow, and
    (up to ten causes) at least so many that every combination is simulated in some replication. Raises ScenarioError.
    """
    if asked == ALL or (asked is None and causes <= MOST_ENTIRE and replications * 2**causes <= RUNS):
        if causes > MOST_ENTIRE:
            what = f"{causes} causes have {2**causes:,} combinations"
            raise ScenarioError(Problem("", None, "--orders", what, f"allowed: a whole number, or {ALL} for up to {MOST_ENTIRE} causes"))
        return None
    if asked is None:
        return _enough(causes, replications, seed)
    if isinstance(asked, bool) or not isinstance(asked, int) or not 1 <= asked <= 1_000:
        raise ScenarioError(Problem("", None, "--orders", f"{asked!r} is not allowed", f"allowed: {ALL}, or a whole number from 1 to 1,000"))
    return _dealt(causes, replications, seed, asked)


def combinations(causes: int, chosen: Sequence[Sequence[shapley.Order]] | None) -> list[int]:
    """Every combination that is simulated, going up: that of no cause comes first, that of all of them last."""
    if chosen is None:
        return list(range(2**causes))
    return sorted({one for those in chosen for one in _passed(those)})


def lucks(causes: int, chosen: Sequence[Sequence[shapley.Order]] | None) -> tuple[tuple[int, ...], ...] | None:
    """The replications in which each of these is simulated; None for all of them."""
    if chosen is None:
        return None
    wanted: dict[int, list[int]] = {one: [] for one in combinations(causes, chosen)}
    for number, those in enumerate(chosen):
        for one in _passed(those):
            wanted[one].append(number)
    return tuple(map(tuple, wanted.values()))


def _passed(those: Sequence[shapley.Order]) -> set[int]:
    return {one for order in those for one in shapley.passed(order)}


def _enough(causes: int, replications: int, seed: int) -> Orders:
    """As many orders as the runs to be spent allow, and as every combination needs if it is to be simulated."""
    each = max(1, (RUNS // replications - 2) // max(causes - 1, 1))
    chosen = _dealt(causes, replications, seed, each)
    while causes <= MOST_ENTIRE and len(combinations(causes, chosen)) < 2**causes:
        each += 1
        chosen = _dealt(causes, replications, seed, each)
    return chosen


def _dealt(causes: int, replications: int, seed: int, each: int) -> Orders:
    found = shapley.orders(causes, replications * each, seed)
    return [found[number * each : (number + 1) * each] for number in range(replications)]
