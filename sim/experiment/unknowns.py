"""What is not known in an experiment: each unknown value by its path, with what it was in each draw, alone and by theme.

A value that every scenario decides, or that is set from outside, is not among them: it is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ..scenario.difference import values
from ..scenario.scenario import Scenario
from .draws import ELEMENT, Draws, spot
from .themes import themes

Floats = npt.NDArray[np.float64]

AS_STATED = " as stated"
"""Follows the path of a value that a finding states with a range."""


@dataclass(frozen=True, eq=False)
class Unknowns:
    """Each unknown by its path, the elements of a list together: what it was in each draw (draws, numbers)."""

    single: dict[str, Floats]

    @classmethod
    def among(cls, draws: Draws, scenarios: Sequence[Scenario], numbers: Sequence[int]) -> Unknowns:
        """Those of the scenarios of an experiment, in draws of these numbers."""
        own = [values(scenario) for scenario in scenarios]
        rows = draws.rows[[number % len(draws.rows) for number in numbers]]
        found: dict[str, list[Floats]] = {}
        for column, name in enumerate(draws.names):
            element = ELEMENT.fullmatch(name)
            path = element["path"] if element else name
            if path not in draws.held and any(draws.draws_for(path, told[path]) for told in own):
                found.setdefault(path, []).append(rows[:, column])
        for path, value, _, _ in draws.ranges:
            if path not in draws.held and any(told[path] == value for told in own):
                found[f"{path}{AS_STATED}"] = [np.array([spot(path, number) for number in numbers])]
        return cls({path: np.column_stack(columns) for path, columns in found.items()})

    @cached_property
    def by_theme(self) -> dict[str, Floats]:
        """The same for each theme that has more than one unknown."""
        found: dict[str, list[str]] = {}
        for name in self.single:
            found.setdefault(themes()[name.removesuffix(AS_STATED)], []).append(name)
        return {theme: np.hstack([self.single[name] for name in names]) for theme, names in found.items() if len(names) > 1}

    def of_theme(self, theme: str) -> list[str]:
        """The unknowns of a theme."""
        return [name for name in self.single if themes()[name.removesuffix(AS_STATED)] == theme]

