"""Shapley values: what each player of a game adds to it, averaged over every order in which the players may come (Shapley, 1953).

Nothing here knows what the game is. A coalition is a number whose bits say who belongs to it: 0 is nobody, 2**players - 1 is everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import comb
from random import Random

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Order = tuple[int, ...]
"""The players in the order in which they come."""


def shares(worth: Floats) -> Floats:
    """The share of each player, exactly: from what every coalition is worth (2**players, ...) to shares (players, ...).

    They sum to what everybody is worth less what nobody is worth, to rounding; a player who never adds anything has exactly 0. A coalition whose
    worth is nan makes the shares nan.
    """
    players = len(worth).bit_length() - 1
    if len(worth) != 2**players:
        raise ValueError(f"{len(worth)} coalitions: of any number of players there are 1, 2, 4, 8 ...")
    coalitions = np.arange(len(worth))
    sizes = np.array([int(coalition).bit_count() for coalition in coalitions])
    found = np.zeros((players, *worth.shape[1:]))
    for player in range(players):
        without = coalitions[coalitions >> player & 1 == 0]
        added = worth[without | 1 << player] - worth[without]
        weights = np.array([1.0 / (players * comb(players - 1, size)) for size in sizes[without]])
        found[player] = (weights.reshape(-1, *[1] * (worth.ndim - 1)) * added).sum(axis=0)
    return found


def along(worth: Mapping[int, float], orders: Iterable[Order]) -> Floats:
    """The share of each player as the mean over some orders of what he adds when his turn comes. Each order's shares sum to the whole."""
    added = [_added(worth, order) for order in orders]
    found: Floats = np.mean(added, axis=0)
    return found


def _added(worth: Mapping[int, float], order: Order) -> list[float]:
    found, coalition = [0.0] * len(order), 0
    for player in order:
        found[player] = worth[coalition | 1 << player] - worth[coalition]
        coalition |= 1 << player
    return found


def passed(order: Order) -> list[int]:
    """The coalitions that form as the players come: nobody first, everybody last."""
    found = [0]
    for player in order:
        found.append(found[-1] | 1 << player)
    return found


def orders(players: int, count: int, seed: int) -> list[Order]:
    """So many orders by chance, spread over the coalitions: at each step comes the player who makes a coalition that formed least often so far.

    The rule treats all players alike, so each order by itself may with equal chance be any of the players! orders, and a mean over them estimates
    the Shapley value without bias. The same seed gives the same orders, and more of them begin with the fewer.
    """
    chance, formed = Random(seed), Counter[int]()
    found: list[Order] = []
    for _ in range(count):
        order: list[int] = []
        coalition = 0
        while len(order) < players:
            left = [player for player in range(players) if not coalition >> player & 1]
            follows = min(left, key=lambda player: (formed[coalition | 1 << player], chance.random()))
            order.append(follows)
            coalition |= 1 << follows
            formed[coalition] += 1
        found.append(tuple(order))
    return found
