"""The first sheet of a workbook: what it holds, how that was made, what to know before using it, and a row for each sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from ..experiment.findings import Findings
from . import kinds, notes
from .asked import asked
from .numbers import counted
from .provenance import facts, line

if TYPE_CHECKING:
    import pandas as pd

Pair = tuple[str, str]
MISSING, NONE = "[x]", "[z]"
"""Shorthand in cells, as in official statistics: not available, and not applicable."""

CONTENTS = {
    "Measures": "every measure of every scenario, with its interval",
    "Differences": "every measure less that of the scenario it is compared with, paired by replication, with its interval and what to say of it",
    "Splits": "the headline measures by group",
    "Split differences": "the headline measures by group, less those of the scenario they are compared with, paired by replication",
    "Validation": "published figures with their bands, and what was simulated; emergent figures come out of the model, an input was set",
    "Study": "what the virtual study of return home interviews finds in each reading of its terms, and what the published study found",
    "Points": "every measure at every point, with its interval",
}
"""What is on a sheet, by its name."""

READING = (
    ("Numbers", "Stored in full and shown to the digits that their intervals support. Times are in hours unless a unit says otherwise."),
    ("Shorthand", f"{MISSING} not available: nothing to measure it on, or one replication only, which gives no interval. {NONE} not applicable."),
)


def cover(findings: Findings, sheets: Mapping[str, pd.DataFrame], written: date) -> list[Pair]:
    """What stands on the sheet, in pairs of a heading and a text; no text is empty. `sheets` are the tables by the names of their sheets."""
    found: list[Pair] = [("Title", kinds.title(findings)), ("Where it comes from", line(findings))]
    found += [("What was found", text) for text in kinds.answers(findings)]
    found += [("What this is", notes.SYNTHETIC), ("Content", notes.CONTENT)]
    found += [("Before you use it", text) for text in kinds.caveats(findings)]
    found += [("Notice", text) for text in findings.notices]
    found += [(f"Sheet {name}", _described(name, frame)) for name, frame in sheets.items()]
    found += [READING[0], ("Intervals", _intervals(findings)), READING[1]]
    found += [(f"Asked for: {what[0].lower()}{what[1:]}", how) for what, how in asked(findings)]
    found += [(f"How it was made: {what[0].lower()}{what[1:]}", how) for what, how in facts(findings, written)]
    found += [("Assumptions and limits", text) for text in notes.limits(findings)]
    return [(heading, text) for heading, text in found if text]


def _intervals(findings: Findings) -> str:
    """What the intervals of the tables hold."""
    luck = "They show the luck of the replications, not what is unknown about the model's values."
    both = (
        "They hold the luck of the replications and what is not known about the model's values; the columns luck and unknown say how far they would "
        "reach to each side for either alone."
    )
    said = "An interval of a difference that lies wholly on one side of 0 is called likely better, likely worse, likely higher or likely lower."
    return f"From the low to the high end: 95%. {luck if findings.drawn is None else both} {said}"


def _described(name: str, frame: pd.DataFrame) -> str:
    """How large a table is, and what it holds."""
    size = f"{counted(len(frame), 'row')} below the header in row 3"
    return f"{CONTENTS[name][0].upper()}{CONTENTS[name][1:]}; {size}." if name in CONTENTS else f"{size[0].upper()}{size[1:]}."
