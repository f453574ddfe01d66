"""The virtual study of return home interviews, as a validation shows it in a terminal: what it finds, beside what the published study found."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from ..calibrate.safer_return import CHILDREN, READINGS
from .numbers import with_interval
from .rows import rows as rows_in
from .terminal import columns

if TYPE_CHECKING:
    from ..calibrate.validation import Validation

HEADINGS = ("Virtual study", "Published", *(f"Simulated, {reading}" for reading in READINGS))


def block(found: Validation) -> list[str]:
    """The table of the study, a column for each reading, with sentences on what it is. Means of the replications with 95% intervals."""
    by_quantity: dict[str, list[str]] = {}
    for row in rows_in(found.study):
        unit = f", {row['unit']}" if row["unit"] else ""
        cells = by_quantity.setdefault(f"{row['quantity'][0].upper()}{row['quantity'][1:]}{unit}", [])
        if not cells:
            cells.append("" if isnan(row["published"]) else f"{row['published']:g}")
        mean = row["simulated"]
        cells.append("none" if isnan(mean) else with_interval(mean, row["simulated_low"], row["simulated_high"], at_least=1))
    return columns(HEADINGS, [(name, *cells) for name, cells in by_quantity.items()], (26, 9, 19, 19, 19), "<<<<<")


def sentences(found: Validation) -> list[str]:
    """What the study is, how its readings differ, and whether the sample was as large as the published one."""
    said = [
        f"The virtual study does in the simulated area what A Safer Return did: it reads interviews of {CHILDREN} children aged 10 or over.",
        "Readings: " + "; ".join(f"{reading}, {words}" for reading, words in READINGS.items()) + ".",
    ]
    small = [reading for reading in READINGS if min(found.of("n", "study", reading)) < CHILDREN]
    if small:
        said.append(f"Fewer than {CHILDREN} children qualified in some replications ({', '.join(small)}); all of them were read.")
    return said
