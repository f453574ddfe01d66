"""Two lucks for each draw: what is left of luck in their mean, and how it is taken out.

The mean of a draw over its lucks still holds half of the luck of one replication, so draws seem to differ by more than they do: the best option would
change more often than it does, and knowing more would seem worth more. The draws are therefore drawn together, by the linear map that gives them the
covariance which draws have beyond luck and moves them least. So the distribution of what is not known is as wide as it is estimated to be, neither
stretched by luck nor shrunk to a point (constrained empirical Bayes: Louis 1984, Ghosh 1992). Which options are better on average stays as it is.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LUCKS = 2
"""Lucks of each draw."""
NOTHING = 1e-12
"""A variance so small beside the largest is one of rounding."""
SURE = 1.645
"""Standard errors to a one-sided bound that holds in 95% of cases."""


def pairs(numbers: list[int]) -> tuple[list[int], npt.NDArray[np.int64]]:
    """The draws with both of their lucks, and where these stand (draws, 2), given the draw of each replication in its order."""
    places: dict[int, list[int]] = {}
    for place, number in enumerate(numbers):
        places.setdefault(number, []).append(place)
    whole = {number: at for number, at in sorted(places.items()) if len(at) == LUCKS}
    return list(whole), np.array(list(whole.values()), np.int64).reshape(len(whole), LUCKS)


def without_luck(losses: Floats) -> Floats:
    """The loss of each option in each draw (options, draws), its luck taken out, from that in each luck (options, draws, lucks).

    What all options have in common in a draw is left in: only what they differ by, on which a choice hangs, is drawn together. Fewer than three
    draws are given as they are.
    """
    means: Floats = losses.mean(axis=2)
    draws = means.shape[1]
    if draws < 3:
        return means
    shared = means.mean(axis=0)
    apart = means - shared
    centre = apart.mean(axis=1, keepdims=True)
    seen = (apart - centre) @ (apart - centre).T / (draws - 1)
    within = losses - losses.mean(axis=0) - apart[:, :, None]
    luck = np.einsum("idk,jdk->ij", within, within) / (draws * (losses.shape[2] - 1)) / losses.shape[2]
    found: Floats = shared + centre + _map(seen, seen - luck) @ (apart - centre)
    return found


def hidden_spread(apart: Floats) -> float:
    """The standard deviation over draws that luck may hide although none is seen, from a difference in each draw and luck (draws, lucks): a bound
    that holds in 95% of cases. Where draws do not differ, the estimate of their variance has by luck alone a standard error of about 2 / sqrt(draws)
    times the variance of luck in a mean of two (normal luck: the variances of two independent estimates, each 2 / draws of its square, added)."""
    draws, lucks = apart.shape
    luck = float(apart.var(axis=1, ddof=1).mean()) / lucks
    return float(np.sqrt(SURE * 2.0 / np.sqrt(draws) * luck))


def _map(seen: Floats, wanted: Floats) -> Floats:
    """The symmetric linear map from one covariance to another that moves points least; `wanted` without its negative variances."""
    half, back = _power(seen, 0.5), _power(seen, -0.5)
    found: Floats = back @ _power(half @ _power(wanted, 1.0) @ half, 0.5) @ back
    return found


def _power(covariance: Floats, exponent: float) -> Floats:
    """A symmetric matrix to a power, what is not positive in it left at 0."""
    values, vectors = np.linalg.eigh(0.5 * (covariance + covariance.T))
    there = values > max(NOTHING * np.abs(values).max(), 0.0)
    raised = np.where(there, np.where(there, values, 1.0) ** exponent, 0.0)
    found: Floats = (vectors * raised) @ vectors.T
    return found
