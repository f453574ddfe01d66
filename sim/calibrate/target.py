"""A published figure that the model is held to: its tolerance, and the virtual measurement that counts it in simulated records."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .evidence import CONFIDENCE, evidence

if TYPE_CHECKING:
    from ..outcomes.cohort import Cohort
    from .measure.registry import Argument

Scale = Literal["linear", "log", "logit"]
SCALES: tuple[Scale, ...] = ("linear", "log", "logit")


@dataclass(frozen=True)
class Target:
    """One published figure. Shares are in per cent, times in hours; `tolerance` is one standard deviation in the figure's own unit."""

    id: str
    """The evidence id, or two of them separated by a space where the figure rests on both."""
    beside: tuple[str, ...]
    """Evidence that the tolerance takes into account: other counts of the same quantity."""
    quantity: str
    unit: str
    published: float
    low: float
    high: float
    """The band within which `validate` wants the simulated mean."""
    tolerance: float
    scale: Scale
    """On which errors are measured: as they are, by their ratio, or by their odds (of a share in per cent)."""
    use: Literal["fit", "validate"]
    kind: Literal["emergent", "input"]
    """An input is a figure to which a parameter can be set directly; an emergent one comes out of the mechanism."""
    measurement: str
    arguments: tuple[tuple[str, Argument], ...]
    why: str
    """What the tolerance rests on, and how the figure is counted where the source leaves room."""
    reason: str = ""
    """Why the fitted model is far from it, where it is."""

    @property
    def evidence(self) -> tuple[str, ...]:
        """The evidence ids that it rests on."""
        return tuple(self.id.split())

    @property
    def confidence(self) -> str:
        """That of the weakest row it rests on: primary, secondary or snippet."""
        return max((evidence()[id].confidence for id in self.evidence), key=CONFIDENCE.index)

    def of(self, cohort: Cohort) -> float:
        """What the source would have counted in a simulated area; nan if there is nothing to count."""
        from .measure.registry import measured

        return measured(cohort, self.measurement, dict(self.arguments))

    def error(self, value: float) -> float:
        """How far a value lies from the published figure, in tolerances, on the target's scale: below 0 if too low. A share of 0% or 100% is put a
        twentieth of a per cent off, and a quantity of 0 a thousandth of the published one, where the scale would make it infinite."""
        return (self._on_scale(value) - self._on_scale(self.published)) / self.spread

    @property
    def spread(self) -> float:
        """The tolerance on the target's scale."""
        if self.scale == "log":
            return self.tolerance / self.published
        if self.scale == "logit":
            return 100.0 * self.tolerance / (self.published * (100.0 - self.published))
        return self.tolerance

    def _on_scale(self, value: float) -> float:
        if self.scale == "log":
            return math.log(max(value, 0.001 * self.published))
        if self.scale == "logit":
            share = min(max(value, 0.05), 99.95)
            return math.log(share / (100.0 - share))
        return value
