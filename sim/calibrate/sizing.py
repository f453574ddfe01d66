"""The size of an area: children at risk are sized to the reports that the area is said to have, and the fit must not undo that.

Published figures are ratios and shares; alone, they would leave how many episodes an area of so many children has, and with it how busy everybody is.
"""

from __future__ import annotations

from .target import Target

SIZE = Target(
    id="size",
    beside=(),
    quantity="reports in the year, of those that the area is sized to",
    unit="% of area.reports_per_year",
    published=100.0,
    low=80.0,
    high=120.0,
    tolerance=10.0,
    scale="log",
    use="fit",
    kind="input",
    measurement="reports_of_area_size",
    arguments=(),
    why="assumption: children at risk in the area files are sized to their reports, to within about a tenth",
)
