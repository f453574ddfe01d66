"""Ranks by cost, and how far they hold: over the luck of the replications, and over how severe each failing is assumed to be."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DRAWS = 4_000
"""Draws of luck and severity: a share of them is known to about 1.5 percentage points."""
SEED = 1


def ranks(costs: Floats) -> Ints:
    """The rank of each row in each column: 1 and as many more as there are rows that cost more. Rows that cost the same share the better rank."""
    found: Ints = 1 + (costs[None, :, ...] > costs[:, None, ...]).sum(axis=1)
    return found


def over_luck(costs: Floats, draws: int = DRAWS) -> Ints:
    """Ranks of the mean costs (failings, draws), where each draw is of the replications, as many as there are, with replacement (bootstrap).

    `costs` is (failings, replications), paired: all failings have the luck of a replication together.
    """
    return ranks(costs @ _drawn(costs.shape[-1], draws, np.random.default_rng(SEED)))


def over_ranges(costs: Floats, draws: int = DRAWS) -> Ints:
    """The same where each draw also takes a degree of severity for each failing by itself, all degrees alike. `costs` is (failings, degrees,
    replications)."""
    rng = np.random.default_rng(SEED)
    failings, degrees, replications = costs.shape
    means = costs @ _drawn(replications, draws, rng)
    degree = rng.integers(degrees, size=(failings, draws))
    return ranks(np.take_along_axis(means, degree[:, None, :], axis=1)[:, 0, :])


def spans(drawn: Ints, level: float = 0.95) -> list[tuple[int, int]]:
    """From which rank to which a row comes in so many of the draws."""
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=1, method="closest_observation")
    return [(int(one), int(other)) for one, other in zip(low, high, strict=True)]


def firsts(drawn: Ints) -> list[float]:
    """The share of draws, 0 to 1, in which no other row costs more."""
    return [float(share) for share in (drawn == 1).mean(axis=1)]


def _drawn(replications: int, draws: int, rng: np.random.Generator) -> Floats:
    """What each replication weighs in each draw (replications, draws); the weights of a draw sum to 1."""
    counts = rng.multinomial(replications, np.full(replications, 1.0 / replications), size=draws)
    found: Floats = counts.T / replications
    return found
