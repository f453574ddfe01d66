"""Explanations that were never simulated: what each combination of causes is worth is a function, so that the shares are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from sim.experiment import attribution
from sim.experiment.attribution import Explanation, explain
from sim.experiment.values import Values
from sim.outcomes.split import Part

Worth = Callable[[frozenset[str], int], float]
"""A measure, from the causes that are as in the second scenario and the number of the replication."""


def explained(worth: dict[str, Worth], a: Any = "baseline", b: Any = "durham-2020-03", stopped: int = 0, **asked: Any) -> Explanation:
    """The explanation of a difference in these measures. `stopped` leaves so many replications out at the end, as a stopped run does."""

    def filled(kind, plan, how, request):
        empty = kind(plan, Values(plan), not stopped, (), request)
        ids = [cause.id for cause in empty.causes]
        for place, combination in enumerate(empty.combinations):
            there = frozenset(id for bit, id in enumerate(ids) if combination >> bit & 1)
            for number in plan.numbers(place):
                if number < plan.replications - stopped:
                    empty.values.fill(place, number, [Part(id, "", "", of(there, number), 100) for id, of in worth.items()])
        return empty

    with patch.object(attribution, "carried_out", filled):
        return explain(a, b, measures=tuple(worth), **asked)
