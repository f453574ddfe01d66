"""The fit: from banks of simulated points to emulators, and from emulators to the posterior of what is not known.

    prior        every unknown independent in its own range, as a standard normal number z
    likelihood   every figure that is fitted, independent, normal on its own scale, with tolerance^2 + emulator error^2 as its variance

The luck of a single year is not part of it: published figures are of whole countries or forces, and their own sampling is in the tolerance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .bank import errors
from .emulator import Emulator, Emulators, Trial, emulator
from .features import Floats
from .sampling import Chains, disagreement, near, worth
from .target import Target

CHAINS = 32
SETTLING = 200
"""Moves before any is kept."""
BLOCK = 200
"""Moves after which chains are looked at."""
AGREED = 1.05
"""The split R-hat of every dimension at which chains have run long enough."""


@dataclass(frozen=True, eq=False)
class Points:
    """One wave: z (points x unknowns) and the figures read off each (points x figures). After the `distinct` points the first of them come once more,
    with another luck."""

    z: Floats
    figures: Floats
    distinct: int
    events: int = 0

    @property
    def twice(self) -> int:
        """How many were simulated with two lucks: the first ones."""
        return len(self.z) - self.distinct


def emulated(waves: Sequence[Points], figures: Sequence[Target], names: tuple[str, ...]) -> Emulators:
    """An emulator of every figure that can be had, tested on the last wave. Each is made from all waves, or from all but the first: whichever is
    less wrong on points that it has not seen."""
    first = [0] if len(waves) == 1 else [0, 1]
    found = []
    off = [errors(figures, wave.figures) for wave in waves]
    for place, target in enumerate(figures):
        test = _test(waves[-1], off[-1][:, place])
        tried = [_one(target.id, waves[start:], [one[:, place] for one in off[start:]], test) for start in first]
        made = [one for one in tried if one is not None]
        if made:
            found.append(min(made, key=lambda one: one.error))
    return Emulators(names, tuple(found))


def _one(id: str, waves: Sequence[Points], off: Sequence[Floats], test: Trial) -> Emulator | None:
    parts = [slice(wave.twice, wave.distinct) for wave in waves]
    z = np.vstack([wave.z[part] for wave, part in zip(waves, parts, strict=True)])
    return emulator(id, z, np.concatenate([one[part] for one, part in zip(off, parts, strict=True)]), test)


def _test(wave: Points, off: Floats) -> Trial:
    count, distinct = wave.twice, wave.distinct
    pairs = np.column_stack([off[:count], off[distinct:]])
    known = np.isfinite(pairs).all(axis=1)
    return Trial(wave.z[:count][known], pairs[known])


@dataclass(frozen=True, eq=False)
class Posterior:
    """Draws (kept x unknowns, z) in random order, and how well the chains that they come from agree."""

    draws: Floats
    mode: Floats
    """The point of the highest density, z."""
    disagreement: float
    """The largest split R-hat of any dimension."""
    worth: float
    """The fewest independent draws that any dimension's are worth."""
    moves: int


def posterior(
    emulators: Emulators, fitted: Sequence[str], count: int, random: np.random.Generator, wider: float = 1.0, blocks: int = 15
) -> Posterior:
    """So many draws, with standard deviations of the errors `wider` times as large as they are. Chains run until they agree, or for so many
    blocks."""
    chosen = emulators.only(fitted)
    variance = wider**2 * (1.0 + chosen.error**2)
    about = near(chosen.at, variance, len(emulators.names))
    chains = Chains(chosen.density(np.zeros(len(chosen.ids)), variance), about, CHAINS, random)
    chains.settle(SETTLING)
    kept = chains.sample(BLOCK)
    moves = SETTLING + BLOCK
    while (apart := float(disagreement(kept).max())) > AGREED and moves < blocks * BLOCK:
        kept = np.concatenate([kept[BLOCK // 2 :], chains.sample(BLOCK)])
        moves += BLOCK
    pool = kept.reshape(-1, kept.shape[2])
    drawn = pool[random.choice(len(pool), size=count, replace=count > len(pool))]
    return Posterior(drawn, about.middle, apart, float(worth(kept).min()), moves)
