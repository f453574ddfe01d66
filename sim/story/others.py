"""Who else: other children's episodes that the changed decision touched through the people on duty, while the case lasted and for a day after."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np

from ..engine.tables import Tables
from ..model.words import NEVER, NOBODY, Located, Work
from .clock_words import clock_text, hours_text
from .course import Course
from .decision import GRADE_WORDS

NOTABLE = 0.5
"""Hours by which a wait must differ to count (assumption): a mere shift in time is no effect."""
AFTERWARDS = 24.0
"""Hours after the case has ended, in whichever course it ends later, in which effects on others are counted."""
FINDERS = {
    Located.STILL_MISSING: "still missing", Located.OWN_RETURN: "own return", Located.THIRD_PARTY: "a carer or someone else",
    Located.POLICE_DESK: "police, from a desk", Located.POLICE_FIELD: "police, on a visit",
}  # fmt: skip


@dataclass(frozen=True)
class Other:
    """One other child, or the other incidents together: what differs, in hours (nan where it is no time) and in words."""

    who: str
    what: str
    as_happened: str
    twin: str
    hours: float
    """Twin less as it happened; negative is sooner, nan where it is no wait."""


def others(one: Course, two: Course) -> list[Other]:
    """Every material difference between two courses of a case in the episodes of other children."""
    ends = max(min(float(c.row["located"]), c.until) for c in (one, two)) + AFTERWARDS
    found: list[Other] = []
    first, second = one.tables["episodes"], two.tables["episodes"]
    rows = np.flatnonzero((first["reported"] < ends) & (first["located"] >= one.from_hour) & (first["child"] != one.row["child"]))
    place = {(int(child), int(n)): e for e, (child, n) in enumerate(zip(second["child"], second["occurrence"], strict=True))}
    for e in rows.tolist():
        a = first[e]
        other = place.get((int(a["child"]), int(a["occurrence"])))
        if other is None:
            continue
        b = second[other]
        grade = f"graded {GRADE_WORDS[int(a['first_grade'])]}" if a["first_grade"] >= 0 else "not yet graded"
        who = f"Another child, reported {clock_text(float(a['reported']), float(a['reported']))}, {grade}"
        if a["reported"] != b["reported"]:
            continue
        for column, what in (("first_action", "First police action"), ("first_field", "First field action")):
            x, y = (min(float(row[column]), float(row["located"])) - float(row["reported"]) for row in (a, b))
            if not any(row[column] < row["located"] for row in (a, b)):
                continue
            if isfinite(x) and isfinite(y) and abs(y - x) >= NOTABLE and a["reported"] + min(x, y) < ends:
                found.append(Other(who, what, _first(a, column), _first(b, column), y - x))
        if a["located_by"] != b["located_by"] and min(a["located"], b["located"]) < ends:
            finders = [FINDERS[Located(int(row["located_by"]))] for row in (a, b)]
            found.append(Other(who, "Located by", finders[0], finders[1], float("nan")))
        if (a["harmed"] < NEVER) != (b["harmed"] < NEVER) and min(a["harmed"], b["harmed"]) < ends:
            harm = ["harmed" if row["harmed"] < NEVER else "not harmed" for row in (a, b)]
            found.append(Other(who, "Harm", harm[0], harm[1], float("nan")))
    return found + incidents(one.tables, two.tables, one.from_hour, ends)


def _first(row: np.void, column: str) -> str:
    if row[column] < row["located"]:
        return hours_text(float(row[column]) - float(row["reported"]))
    return "none before the child was back"


def incidents(one: Tables, two: Tables, start: float, ends: float) -> list[Other]:
    """Other incidents (adults missing among them) that were attended half an hour sooner or later, together."""
    starts = []
    for tables in (one, two):
        tasks = tables["tasks"]
        mine = tasks[(tasks["work"] == Work.OTHER_INCIDENT) & (tasks["requested"] >= start - AFTERWARDS) & (tasks["requested"] < ends)]
        starts.append({int(task["episode"]) if task["episode"] != NOBODY else int(task["number"]): task for task in mine})
    differ = []
    for number in starts[0].keys() & starts[1].keys():
        a, b = starts[0][number], starts[1][number]
        if isfinite(a["started"]) and isfinite(b["started"]) and abs(b["started"] - a["started"]) >= NOTABLE:
            differ.append(float(b["started"] - a["started"]))
    if not differ:
        return []
    longer, sooner = sum(d > 0 for d in differ), sum(d < 0 for d in differ)
    twin = f"{longer} attended later, {sooner} sooner, by {hours_text(float(np.mean(np.abs(differ))))} on average"
    return [Other("Other incidents", "Attended", "as they were", twin, float(np.mean(differ)))]
