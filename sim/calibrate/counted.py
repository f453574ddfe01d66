"""What the fit reads off each simulated cohort: every published figure as its source counted it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..experiment.reading import WHOLE
from ..outcomes.cohort import Cohort
from ..outcomes.split import Part
from .measure.registry import measured
from .target import Target

if TYPE_CHECKING:
    from .measure.registry import Argument


@dataclass(frozen=True)
class Counted:
    """Figures by id, each with its virtual measurement and the arguments of that. What was published of them is not part of it."""

    figures: tuple[tuple[str, str, tuple[tuple[str, Argument], ...]], ...]

    @classmethod
    def of(cls, targets: Iterable[Target]) -> Counted:
        """Those of some targets."""
        return cls(tuple((target.id, target.measurement, target.arguments) for target in targets))

    def __call__(self, cohort: Cohort) -> list[Part]:
        """A part for each, in their order."""
        n = len(cohort.episodes)
        return [Part(id, WHOLE, WHOLE, measured(cohort, name, dict(arguments)), n) for id, name, arguments in self.figures]
