"""Keyed luck for the interpreted engine: one hand of uniforms for each (family of decisions, entity, occurrence), dealt by NumPy's Philox.

One generator is set to the place it is wanted at, which is four times cheaper than a new one for each hand.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..model.luck import FAMILY, Decision

HELD = 20_000
"""Hands kept; when there are more, all are forgotten (a hand can always be dealt again)."""


def words_per_family() -> dict[int, int]:
    """How many uniforms each family of decisions needs."""
    need: dict[int, int] = {}
    for decision in Decision:
        family, place = divmod(int(decision), FAMILY)
        need[family] = max(need.get(family, 0), place + 1)
    return need


class Hands:
    """The luck of one (seed, replication)."""

    def __init__(self, seed: int, replication: int) -> None:
        self.seed = seed
        self.replication = replication
        self._bits = np.random.Philox(key=np.array([seed, replication], dtype=np.uint64))
        self._draw = np.random.Generator(self._bits).random
        self._counter = np.zeros(4, dtype=np.uint64)
        self._state: Any = {
            "bit_generator": "Philox",
            "state": {"counter": self._counter, "key": np.array([seed, replication], dtype=np.uint64)},
            "buffer": np.zeros(4, dtype=np.uint64),
            "buffer_pos": 4,
            "has_uint32": 0,
            "uinteger": 0,
        }
        self._need = words_per_family()
        self._held: dict[tuple[int, int, int], list[float]] = {}

    def uniform(self, decision: int, entity: int, occurrence: int) -> float:
        """The uniform of one decision."""
        family = decision >> 6
        key = (family, entity, occurrence)
        hand = self._held.get(key)
        if hand is None:
            hand = self._deal(family, entity, occurrence)
            if len(self._held) >= HELD:
                self._held.clear()
            self._held[key] = hand
        return hand[decision & 63]

    def _deal(self, family: int, entity: int, occurrence: int) -> list[float]:
        counter = self._counter
        counter[0] = family * (FAMILY // 4)
        counter[1] = entity
        counter[2] = occurrence
        self._bits.state = self._state
        hand: list[float] = self._draw(self._need[family]).tolist()
        return hand
