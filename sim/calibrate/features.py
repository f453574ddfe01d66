"""What an emulator is a sum of: steps along each unknown, their squares, and products of two.

An unknown stands as x = sqrt(12) (u - 1/2), where u is its place in its own range: spread evenly, with mean 0 and variance 1, so that columns are
uncorrelated under the prior. x is bounded: an emulator is never asked about what lies outside every range.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Pair = tuple[int, int]


def uniform(z: Floats) -> Floats:
    """The places in their ranges, 0 to 1, of standard normal numbers."""
    from scipy.special import ndtr

    found: Floats = ndtr(z)
    return found


def normal(u: Floats) -> Floats:
    """The inverse of `uniform`."""
    from scipy.special import ndtri

    found: Floats = ndtri(u)
    return found


def even(z: Floats) -> Floats:
    """x of standard normal numbers."""
    found: Floats = np.sqrt(12.0) * (uniform(z) - 0.5)
    return found


def steepness(z: Floats) -> Floats:
    """The derivative of `even`."""
    found: Floats = np.sqrt(6.0 / np.pi) * np.exp(-0.5 * z**2)
    return found


@dataclass(frozen=True)
class Features:
    """Columns by the unknowns that they are made of: one for a step, the same twice for a square, two for a product."""

    terms: tuple[Pair, ...]
    """(i, -1) for a step along unknown i, (i, i) for its square, (i, j) for a product."""

    @classmethod
    def of(cls, steps: Iterable[int], squares: Iterable[int], products: Iterable[Pair]) -> Features:
        """Steps first, then squares, then products."""
        return cls((*((i, -1) for i in steps), *((i, i) for i in squares), *products))

    def at(self, x: Floats) -> Floats:
        """The columns at points x (points x unknowns): points x terms."""
        wide = np.column_stack([x, np.ones(len(x))])
        first, second = self.places
        found: Floats = wide[:, first] * wide[:, second]
        return found

    @cached_property
    def places(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """The two unknowns of each column; -1 stands for none."""
        first = np.array([i for i, _ in self.terms], dtype=np.intp)
        second = np.array([j for _, j in self.terms], dtype=np.intp)
        return first, second

    def only(self, keep: npt.NDArray[np.bool_]) -> Features:
        """Some of the columns."""
        return Features(tuple(term for term, kept in zip(self.terms, keep, strict=True) if kept))
