"""The values of an experiment: a number for each quantity, scenario and replication, filled in any order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from ..outcomes.split import Part
from .plan import Plan
from .reading import WHOLE

Quantity = tuple[str, str, str]
"""A measure, a split and a group; the last two are empty for the whole cohort."""
Floats = npt.NDArray[np.float64]


class Values:
    """Arrays by scenario and replication, as wide as what was filled in. What has not been simulated, or had nothing to measure, is nan."""

    def __init__(self, plan: Plan) -> None:
        self._numbers = [plan.numbers(place) for place in range(len(plan.scenarios))]
        self._width = 0
        self.events = 0
        self._done = np.zeros((len(plan.scenarios), 0), bool)
        self._values: dict[Quantity, Floats] = {}
        self._seen: dict[Quantity, npt.NDArray[np.int64]] = {}

    def fill(self, place: int, number: int, parts: Iterable[Part]) -> None:
        """Take in what one scenario gave in one replication; a second time changes nothing."""
        column = self._column(place, number)
        self._reach(column)
        if self._done[place, column]:
            return
        for measure, split, group, value, n in parts:
            quantity = measure, split, group
            if quantity not in self._values:
                self._values[quantity] = np.full(self._done.shape, np.nan)
                self._seen[quantity] = np.zeros(len(self._done), np.int64)
            self._values[quantity][place, column] = value
            self._seen[quantity][place] += n
        self._done[place, column] = True

    def _reach(self, column: int) -> None:
        """Room for a column, and for as many again as there are."""
        self._width = max(self._width, column + 1)
        if column >= self._done.shape[1]:
            more = ((0, 0), (0, max(16, self._width)))
            self._done = np.pad(self._done, more)
            self._values = {quantity: np.pad(values, more, constant_values=np.nan) for quantity, values in self._values.items()}

    def _column(self, place: int, number: int) -> int:
        numbers = self._numbers[place]
        return number if isinstance(numbers, range) else numbers.index(number)

    def has(self, place: int, number: int) -> bool:
        """Has this scenario been simulated in this replication?"""
        column = self._column(place, number)
        return column < self._width and bool(self._done[place, column])

    @property
    def quantities(self) -> list[Quantity]:
        """What was read off, in its order."""
        return list(self._values)

    @property
    def finished(self) -> npt.NDArray[np.bool_]:
        """Which replications were simulated, by scenario and replication."""
        return self._done[:, : self._width]

    def of(self, measure: str, split: str = WHOLE, group: str = WHOLE) -> Floats:
        """The values of a quantity by scenario and replication (a copy). Raises KeyError."""
        return self._values[measure, split, group][:, : self._width].copy()

    def observed(self, place: int, measure: str, split: str = WHOLE, group: str = WHOLE) -> int:
        """How many there were to take the quantity over, all replications of a scenario together."""
        return int(self._seen[measure, split, group][place])

    def only(self, places: Sequence[int]) -> Values:
        """The values of some of the scenarios, in another order perhaps."""
        return self._cut(list(places), self._width)

    def first(self, replications: int) -> Values:
        """The values of the first replications only. What was observed stays that of all."""
        return self._cut(list(range(len(self._done))), replications)

    def _cut(self, places: list[int], columns: int) -> Values:
        cut = object.__new__(Values)
        cut._numbers = [self._numbers[place][:columns] for place in places]
        cut._width = min(columns, self._width)
        cut.events = self.events
        cut._done = self._done[places, : cut._width]
        cut._values = {quantity: values[places, : cut._width] for quantity, values in self._values.items()}
        cut._seen = {quantity: seen[places] for quantity, seen in self._seen.items()}
        return cut
