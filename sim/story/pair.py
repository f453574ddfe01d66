"""What is compared within a pair: eight measures of one case, as it happened and under the changed decision."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from ..engine.tables import Tables
from ..model.clock import DAY
from ..model.words import NEVER, State
from .others import AFTERWARDS, NOTABLE

NAN = float("nan")
AFTER = 30.0 * DAY
"""Hours of follow-up after the return, for repeats; and after the report, for exposure and harm."""
IDENTIFIED_WITHIN = 28.0 * DAY
FIELD_WITHIN = DAY
"""Hours after the report at which waiting for a first field action is cut off, as in measure T2."""


@dataclass(frozen=True)
class Compared:
    """One of the measures: `less_is_better`, and the difference from which it counts as one."""

    id: str
    label: str
    unit: str
    less_is_better: bool
    notable: float
    of_child: bool = True
    """Does it tell how the child fared? What services did, and what others waited for, does not."""


MEASURES = (
    Compared("missing", "Hours missing after report", "hours", True, 0.25),
    Compared("field", "Hours to first field action (or to the return, or 24)", "hours", True, 0.25, False),
    Compared("below", "Graded below what could be known", "yes or no", True, 0.5, False),
    Compared("exposed", "Hours exposed, in this episode and in 30 days", "hours", True, 0.25),
    Compared("harm", "Harm, in this episode and in 30 days", "yes or no", True, 0.5),
    Compared("identified", "Exploitation identified within 28 days", "yes or no", False, 0.5),
    Compared("repeat", "Reported missing again within 30 days of the return", "yes or no", True, 0.5),
    Compared("others", "Hours that other children waited for a first police action", "hours", True, NOTABLE, False),
)
"""Differences of less than a quarter of an hour are none (assumption): a mere shift in time is no effect."""
BELOW = [one.id for one in MEASURES].index("below")


def next_of(tables: Tables, e: int) -> int | None:
    """The row of the same child's next reported episode."""
    rows = tables["episodes"]
    mine = np.flatnonzero((rows["child"] == rows["child"][e]) & (rows["occurrence"] > rows["occurrence"][e]) & (rows["reported"] < NEVER))
    return int(mine[np.argmin(rows["occurrence"][mine])]) if len(mine) else None


def measured(tables: Tables, e: int, shown: int | None, base: float, now: float) -> list[float]:
    """The measures of the child, without the last. `shown` is the episode in which the decision shows: the case itself, or the child's next one (None
    if there is none, which leaves its times out). Windows are counted from hour `base`, the report of that episode as it happened; `now` is the hour
    that the area has reached."""
    rows = tables["episodes"]
    child = rows["child"][e]
    mine = rows[(rows["child"] == child) & (rows["reported"] < base + AFTER) & (rows["reported"] >= rows["reported"][e])]
    missing = field = below = again = NAN
    if shown is not None:
        row: Any = rows[shown]
        located = min(float(row["located"]), now)
        missing = located - float(row["reported"])
        field = min(float(row["first_field"]), located, float(row["reported"]) + FIELD_WITHIN) - float(row["reported"])
        below = float(row["first_grade"] < row["knowable_grade"]) if row["first_grade"] >= 0 else NAN
        again = float(np.any((rows["child"] == child) & (rows["reported"] > located) & (rows["reported"] <= located + AFTER)))
    ends = np.minimum(mine["located"], base + AFTER)
    exposed = float(np.sum((ends - mine["left"])[mine["state"] != State.NONE]))
    harm = float(np.any(mine["harmed"] < base + AFTER))
    known = tables["identifications"]
    times = known["time"][known["child"] == child]
    identified = float(np.any((times >= float(rows["reported"][e])) & (times <= base + IDENTIFIED_WITHIN)))
    return [missing, field, below, exposed, harm, identified, again]


def waits_of_others(one: Tables, two: Tables, e: int, start: float, now: float) -> list[float]:
    """Hours from report to first police action (or to the return) of the other children for whom they differ by NOTABLE or more, summed up in either
    course: of those missing from hour `start` to a day after the case has ended in both, as far as both areas have come (`now`)."""
    ends = min(max(float(tables["episodes"]["located"][e]) for tables in (one, two)) + AFTERWARDS, now)
    found = []
    for tables in (one, two):
        rows = tables["episodes"]
        open_then = rows[(rows["reported"] < ends) & (rows["located"] >= start) & (rows["child"] != rows["child"][e])]
        names = open_then["child"].astype(np.int64) * 100_000 + open_then["occurrence"]
        order = np.argsort(names)
        found.append((names[order], (np.minimum(np.minimum(open_then["first_action"], open_then["located"]), now) - open_then["reported"])[order]))
    _, a, b = np.intersect1d(found[0][0], found[1][0], assume_unique=True, return_indices=True)
    waits = found[0][1][a], found[1][1][b]
    differ = np.abs(waits[1] - waits[0]) >= NOTABLE
    return [float(np.sum(wait[differ])) for wait in waits]


def settled(tables: Tables, e: int, of_next: bool, base: float, now: float) -> float:
    """The hour to which an area has to go on, at the least, before its measures are settled; not beyond `now` if they are."""
    rows = tables["episodes"]
    shown = next_of(tables, e) if of_next else e
    needed = base + AFTER
    if shown is not None:
        located = float(rows["located"][shown])
        needed = max(needed, located + AFTER if isfinite(located) else now + 10.0 * DAY)
    return needed
