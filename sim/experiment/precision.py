"""As many replications as a wanted precision needs: the 95% interval of each asked-for measure, or paired difference, is narrow enough and stays so.

The rule is the confidence interval method with look-ahead of Hoad, Robinson and Davies (2010): an interval that is narrow by luck widens again, so
it must stay narrow for some more replications before the work stops. An outcome that has not been seen at all gives an interval without width, and is
not known precisely for that: none in n replications bounds it by about 3/n only (rule of three), so the work goes on until it has been seen.

Where what is not known is drawn, no number of replications takes that away. The interval is then that of the mean over luck and draws: of the means
of fours of replications, which share two draws and have nothing in common with other fours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..outcomes.interval import t_quantile
from ..scenario.errors import Problem, ScenarioError
from .cell import BLOCK
from .reading import known
from .values import Values

FIRST = 10
"""Replications before the first look."""
AHEAD = 5
"""Replications for which an interval must stay narrow; of more than 100, as many in each hundred."""
MOST = 1_000
"""Replications at which the work stops in any case, unless another number is asked for."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Precision:
    """Half-widths of 95% intervals by measure, in the unit of the measure, and the most replications that they may cost."""

    half_widths: Mapping[str, float]
    at_most: int = MOST

    @classmethod
    def asked(cls, wanted: Mapping[str, float], at_most: int | None) -> Precision:
        """A request that has been looked at. Raises ScenarioError."""
        known(wanted, "--precision")
        for measure, half_width in wanted.items():
            if not isinstance(half_width, int | float) or not math.isfinite(half_width) or half_width <= 0:
                allowed = "allowed: a half-width above 0, in the unit of the measure"
                raise ScenarioError(Problem("", None, "--precision", f"{measure}={half_width!r} is not a precision", allowed))
        return cls(dict(wanted), MOST if at_most is None else at_most)

    def samples(self, values: Values, drawn: bool = False) -> dict[tuple[str, int], Floats]:
        """What is to be known precisely, by measure and scenario: the differences from the baseline, or of one scenario the values."""
        found: dict[tuple[str, int], Floats] = {}
        for measure in self.half_widths:
            whole = values.of(measure)
            places = range(1, len(whole)) if len(whole) > 1 else range(1)
            found |= {(measure, place): whole[place] - whole[0] if place else whole[0] for place in places}
        return {key: fours(sample) for key, sample in found.items()} if drawn else found

    def is_reached(self, values: Values, drawn: bool = False) -> bool:
        """Has every interval been narrow enough and stayed so, and is it now?"""
        narrow = all(reached(sample, self.half_widths[measure]) for (measure, _), sample in self.samples(values, drawn).items())
        return narrow and not self.unseen(values)

    def unseen(self, values: Values) -> list[str]:
        """Measures that were 0, or had nothing to be taken over, in every replication of a scenario and of what it is compared with."""
        found = []
        for measure in self.half_widths:
            none = ~(np.nan_to_num(values.of(measure)) != 0.0).any(axis=1)
            if (none[1:] & none[0]).any() or none.all():
                found.append(measure)
        return found

    def told(self, values: Values, replications: int, drawn: bool = False) -> str:
        """What was reached, in a sentence; of several scenarios the widest."""
        widest: dict[str, float] = {}
        for (measure, _), sample in self.samples(values, drawn).items():
            width = float(half_widths(sample)[-1]) if len(sample) > 1 else math.nan
            widest[measure] = max(widest.get(measure, 0.0), width) if not math.isnan(width) else math.nan
        parts = [f"{measure} {widest[measure]:.3g} (asked for: {asked:g})" for measure, asked in self.half_widths.items()]
        head = "Precision reached" if self.is_reached(values, drawn) else f"Precision not reached at the most that was allowed, {self.at_most:,}"
        none = self.unseen(values)
        rare = f" Not seen in any replication, so that its interval says nothing: {', '.join(none)}." if none else ""
        of = " of the mean over luck and draws" if drawn else ""
        more = " The intervals of the tables hold what is not known too, which no number of replications takes away." if drawn else ""
        return f"{head}, after {replications:,} replications. Half-widths of the 95% intervals{of}: {', '.join(parts)}.{more}{rare}"


def fours(sample: Floats) -> Floats:
    """The means of fours of replications, the last ones left out if they are fewer; nan where one of them had nothing to measure."""
    whole = len(sample) // 4
    means: Floats = sample[: 4 * whole].reshape(whole, 4).mean(axis=1)
    return means


def half_widths(sample: Floats) -> Floats:
    """Half of the 95% t interval of the mean after each replication; nan after fewer than two that had something to measure."""
    there = ~np.isnan(sample)
    n = np.cumsum(there)
    centre = np.nanmean(sample) if there.any() else 0.0
    centred = np.where(there, sample - centre, 0.0)
    several = n > 1
    count = np.where(several, n, 2)
    squares = np.maximum(np.cumsum(centred * centred) - np.cumsum(centred) ** 2 / count, 0.0)
    reach = np.array([t_quantile(int(degrees), 0.95) for degrees in count - 1])
    return np.where(several, reach * np.sqrt(squares / (count - 1) / count), np.nan)


def needed(sample: Floats, half_width: float) -> int | None:
    """After how many replications the interval was narrow enough and stayed so for as long as is looked ahead; None if it has not yet been."""
    widths = half_widths(sample)
    narrow = widths <= half_width
    for n in range(FIRST, len(sample) + 1):
        last = n + ahead(n)
        if last > len(sample):
            return None
        if narrow[n - 1 : last].all():
            return n
    return None


def reached(sample: Floats, half_width: float) -> bool:
    """Was the interval narrow enough for as long as is looked ahead, and is it so at the end?"""
    return needed(sample, half_width) is not None and bool(half_widths(sample)[-1] <= half_width)


def ahead(n: int) -> int:
    """How many replications are looked ahead after `n`."""
    return AHEAD if n <= 100 else math.ceil(AHEAD * n / 100)


def looks(at_most: int) -> list[int]:
    """Numbers of replications at which a run stops to look: whole cells, and by a tenth more each time."""
    found = [min(2 * BLOCK, at_most)]
    while found[-1] < at_most:
        step = max(BLOCK, found[-1] // 10 // BLOCK * BLOCK)
        found.append(min(found[-1] + step, at_most))
    return found
