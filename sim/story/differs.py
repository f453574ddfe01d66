"""What differs between two courses of a case, and why, a sentence each. The luck is the same, so what differs follows from the decision."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from ..model.words import NEVER, Located, State, Work
from .account import exposure
from .clock_words import hours_text, times_text
from .course import Course
from .decision import GRADE_WORDS, Decision, grade_of
from .others import FINDERS, Other

BOTH = {
    Located.OWN_RETURN: " The child came back by themselves at an hour that no decision moved.",
    Located.THIRD_PARTY: " A carer or someone else brought about the return at an hour that no decision moved.",
}
NOTABLE = 0.25
"""Hours by which a time must differ to be told."""


def differs(one: Course, two: Course, decision: Decision, waited: Sequence[Other]) -> list[str]:
    """The sentences, that about the decision first. One is as it happened, two the twin."""
    a, b = one.row, two.row
    found = [f"What was changed: {decision.words}. Everything that luck decides was left as it was."]
    if grade_of(a) != grade_of(b) and decision.name != "grade":
        found.append(f"The grade became {GRADE_WORDS[grade_of(b)]} instead of {GRADE_WORDS[grade_of(a)]}.")
    for column, what in (("first_action", "The first police action"), ("first_field", "The first field action")):
        found += _time(what, float(a[column]), float(b[column]), one.reported)
    end = _end(one, two)
    found += end or _in_both(one)
    if a["state"] != State.NONE and abs(exposure(two).hours - exposure(one).hours) >= NOTABLE:
        x, y = (hours_text(exposure(c).hours) for c in (one, two))
        found.append(f"The child was exposed for {y} instead of {x}.")
    if (a["harmed"] < NEVER) != (b["harmed"] < NEVER):
        harmed = ("in the twin, and not as it happened", "as it happened, and not in the twin")[int(a["harmed"] < NEVER)]
        found.append(f"The child was harmed {harmed}.")
    for column, what in (("prevention", "a prevention interview"), ("recorded", "a record of the case"), ("referred", "a referral")):
        before, after = (bool(c.row[column] < c.until) for c in (one, two))
        if before != after:
            found.append(f"There was {what if after else 'no ' + what.split(' ', 1)[1]} in the twin, and {'none' if after else what} as it happened.")
    if decision.name == "record":
        found += _next_report(one, two)
    found += _afterwards(one, two)
    if len(found) == 2 and not end:
        found.append("Nothing else in this child's story differs: for this child, this time, the decision made no difference.")
    n = len({other.who for other in waited})
    if n:
        found.append(f"The same people were on duty in both courses. Others who were touched: {n}, other incidents counted as one.")
    return found


def _time(what: str, x: float, y: float, reported: float) -> list[str]:
    if isfinite(x) and isfinite(y):
        if abs(y - x) < NOTABLE:
            return []
        return [f"{what} came {hours_text(y - reported)} after the report instead of {hours_text(x - reported)}."]
    if isfinite(y):
        return [f"{what} came {hours_text(y - reported)} after the report; as it happened there was none before the child was back."]
    return [f"{what} never came; as it happened it came after {hours_text(x - reported)}."] if isfinite(x) else []


def _end(one: Course, two: Course) -> list[str]:
    a, b = one.row, two.row
    x, y = (min(float(c.row["located"]), c.until) - c.reported for c in (one, two))
    if a["located_by"] == b["located_by"] and abs(y - x) < NOTABLE:
        return []
    finder = "" if a["located_by"] == b["located_by"] else (
        f" Located by: {FINDERS[Located(int(b['located_by']))]}, instead of {FINDERS[Located(int(a['located_by']))]}."
    )  # fmt: skip
    return [f"The child was missing for {hours_text(y)} after the report instead of {hours_text(x)}.{finder}", *_searched(one, two)]


def _in_both(one: Course) -> list[str]:
    missing = min(float(one.row["located"]), one.until) - one.reported
    return [f"The child was missing for {hours_text(missing)} in both.{BOTH.get(Located(int(one.row['located_by'])), '')}"]


def _searched(one: Course, two: Course) -> list[str]:
    """Why a child was found sooner or later: how much search there was, up to the hour at which the first of the two courses ends."""
    ends = min(min(float(c.row["located"]), c.until) for c in (one, two))
    x, y = (_search_before(c, ends) for c in (one, two))
    if x == y:
        return []
    return [f"Why: in the first {hours_text(ends - one.reported)} police began {_told(y)} in the twin, and {_told(x)} as it happened."]


def _search_before(c: Course, ends: float) -> tuple[int, int]:
    """Enquiries from a desk and visits in the field that began before hour `ends`."""
    begun = [task for task in c.tasks() if task["started"] < ends and task["started"] < c.row["located"]]
    return sum(int(task["work"] == Work.DESK_ENQUIRY) for task in begun), sum(int(task["work"] == Work.FIELD_VISIT) for task in begun)


def _told(search: tuple[int, int]) -> str:
    desk, field = search
    enquiries, visits = ("one enquiry" if desk == 1 else f"{desk} enquiries"), ("one visit" if field == 1 else f"{field} visits")
    return " and ".join([f"{enquiries} from a desk"] * (desk > 0) + [f"{visits} in the field"] * (field > 0)) or "no search"


def _next_report(one: Course, two: Course) -> list[str]:
    """What the next grading was like with the record and without."""
    grades = []
    for c in (one, two):
        later = [e for e in c.of_child().tolist() if c.tables["episodes"]["occurrence"][e] > c.row["occurrence"]]
        grades.append(grade_of(c.tables["episodes"][later[0]]) if later else -1)
    if min(grades) < 0:
        return []
    if grades[0] == grades[1]:
        return [f"At the next report the grade was the same with the record as without: {GRADE_WORDS[grades[0]]}."]
    return [f"At the next report the grade was {GRADE_WORDS[grades[1]]} with the record instead of {GRADE_WORDS[grades[0]]} without."]


def _afterwards(one: Course, two: Course) -> list[str]:
    found = []
    times = []
    for c in (one, two):
        known = c.tables["identifications"]
        mine = known["time"][(known["child"] == c.row["child"]) & (known["time"] >= c.reported) & (known["time"] < c.until)]
        times.append(float(mine.min()) - c.reported if len(mine) else NEVER)
    if isfinite(times[0]) != isfinite(times[1]):
        when = hours_text(min(times))
        found.append(f"Exploitation was identified {when} after the report {'in the twin only' if isfinite(times[1]) else 'as it happened only'}.")
    elif isfinite(times[0]) and abs(times[1] - times[0]) >= 24.0:
        found.append(f"Exploitation was identified {hours_text(times[1])} after the report instead of {hours_text(times[0])}.")
    again = [sum(c.tables["episodes"]["occurrence"][e] > c.row["occurrence"] for e in c.of_child().tolist()) for c in (one, two)]
    if again[0] != again[1]:
        found.append(f"Reported missing again in the time that was followed: {times_text(again[1])}, instead of {times_text(again[0])}.")
    return found
