"""Which cause makes how much of each measure: a row of cells for each measure, a cell for each cause with its share of the total.

Blue makes the difference larger, orange smaller. A share whose interval spans 0 stands in brackets, and a dot marks the largest part.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from .cell_map import Cell, between
from .heat_map import BETTER, NONE, WORSE
from .numbers import number

ALONG, AGAINST = BETTER, WORSE
"""Light enough for dark text."""
MARK = "●"
SIGNS = f"{MARK} the largest part; where several have it, they cannot be told apart. (...) the 95% interval spans 0. - no clear difference."
LEGEND = [
    SIGNS,
    "Blue: a part of the difference. Orange: it works the other way, so the other parts sum to more than 100%.",
]


@dataclass(frozen=True)
class Share:
    """Percent of the total (nan where there is no clear total), whether its interval excludes 0, whether it is the largest part."""

    percent: float
    clear: bool
    largest: bool

    @property
    def text(self) -> str:
        """63% ●; (3% ●); (1%); -."""
        if isnan(self.percent):
            return "-"
        words = f"{number(self.percent, 0)}%{f' {MARK}' if self.largest else ''}"
        return words if self.clear else f"({words})"

    @property
    def colour(self) -> str:
        """The deeper, the larger the share; 100% and more are as deep as it gets."""
        if isnan(self.percent):
            return "#FFFFFF"
        return between(NONE, ALONG if self.percent > 0 else AGAINST, min(abs(self.percent) / 100, 1.0))

    @property
    def cell(self) -> Cell:
        """The same, to be drawn."""
        return Cell(self.text, self.colour)
