"""From a course to the rows of its timeline, a function for each lane."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import clock
from ..model.events import Event
from ..model.words import NEVER, NOBODY, Channel, Located, Progress, Work
from ..outcomes.protection import SEVERITIES
from .clock_words import clock_text
from .course import Course
from .decision import GRADE_WORDS
from .timeline import Row

HOMES = ("home", "the foster home", "the children's home", "supported accommodation")
ENDS = {
    Located.STILL_MISSING: "The child is still missing when the run ends",
    Located.OWN_RETURN: "The child returned of their own accord",
    Located.THIRD_PARTY: "A carer or someone else brought about the child's return",
    Located.POLICE_DESK: "Police located the child through enquiries from a desk",
    Located.POLICE_FIELD: "Police located the child during a visit",
}
CHANNELS = {
    Channel.SEARCH: "while police were searching",
    Channel.PREVENTION_INTERVIEW: "in the prevention interview",
    Channel.RETURN_HOME_INTERVIEW: "in a return home interview",
    Channel.PARTNER: "by a partner such as school or health",
    Channel.PATTERN: "by looking at the recorded episodes together",
}
SEARCH = {Work.DESK_ENQUIRY: "Enquiries from a desk", Work.FIELD_VISIT: "Visit in the field"}


def rows(c: Course) -> tuple[Row, ...]:
    """Every row up to the end of the course, in the order of time; within an hour in the order of the lanes."""
    found = [*child(c), *information(c), *grades(c), *police(c), *partner(c)]
    lanes = ("child", "information", "grade", "police", "partner")
    return tuple(sorted(found, key=lambda row: (row.at, lanes.index(row.lane))))


def row(c: Course, lane: str, t: float, text: str, until: float | None = None) -> Row:
    """A row at hour `t` of the run."""
    return Row(lane, _since(c, t), None if until is None else _since(c, until), clock_text(t, c.reported), text)


def _since(c: Course, t: float) -> float:
    return round(float(t) - c.reported, 4)


def child(c: Course) -> Iterator[Row]:
    """Left, reported, harmed if so, located."""
    e, home = c.row, HOMES[int(c.tables["children"]["home"][c.row["child"]])]
    yield row(c, "child", e["left"], f"The child is missing from {home}")
    yield row(c, "child", e["reported"], "The child is reported missing")
    if e["harmed"] < min(NEVER, c.until):
        yield row(c, "child", e["harmed"], f"Harm: {SEVERITIES[int(e['severity'])][1]} (known only to the model)")
    if e["located"] < c.until:
        yield row(c, "child", e["located"], ENDS[Located(int(e["located_by"]))])


def information(c: Course) -> Iterator[Row]:
    """What reached a system, and what was identified."""
    e = c.row
    if e["recorded"] < c.until:
        yield row(c, "information", e["recorded"], "The case reaches the records system")
    if e["harm_recorded"] < c.until:
        yield row(c, "information", e["harm_recorded"], "A service learns that the child was harmed")
    found = c.tables["identifications"]
    for one in found[(found["child"] == e["child"]) & (found["time"] >= c.reported) & (found["time"] < c.until)]:
        yield row(c, "information", one["time"], f"Exploitation is identified {CHANNELS[Channel(int(one['channel']))]}")
        if one["notice"] < c.until:
            yield row(c, "information", one["notice"], "A notice is served on a suspected perpetrator")
    if e["suspect"] < c.until:
        yield row(c, "information", e["suspect"], "A suspected perpetrator is identified")


def grades(c: Course) -> Iterator[Row]:
    """The call-taker's grade, the inspector's, and those of reviews."""
    e = c.row
    if e["first_graded"] < c.until:
        yield row(c, "grade", e["first_graded"], f"Call-taker: {GRADE_WORDS[int(e['call_grade'])]}")
    endorsed = e["first_graded"] + c.parameters.practice.endorse_hours
    if e["first_grade"] >= 0:
        same = e["first_grade"] == e["call_grade"]
        text = f"Inspector: {GRADE_WORDS[int(e['first_grade'])]} stands" if same else f"Inspector: changed to {GRADE_WORDS[int(e['first_grade'])]}"
        yield row(c, "grade", endorsed, text)
    for t, grade in c.regrades:
        yield row(c, "grade", t, f"Review: changed to {GRADE_WORDS[grade]}")
    mine = c.traced[(c.traced["who"] == c.episode) & (c.traced["event"] == int(Event.REVIEWED))]
    changed = {t for t, _ in c.regrades}
    for t in mine["time"].tolist():
        if t not in changed:
            yield row(c, "grade", t, "Review: no change")


def police(c: Course) -> Iterator[Row]:
    """Search, what waited or was never done, and the prevention interview."""
    e = c.row
    located = float(e["located"])
    yield from _held_over(c)
    if e["plan_read"] and e["first_action"] < NEVER:
        yield row(c, "police", e["first_action"], "The trigger plan is read before the first action")
    for task in c.tasks():
        if task["work"] == Work.PREVENTION_INTERVIEW:
            continue
        what, asked, started = SEARCH[Work(int(task["work"]))], float(task["requested"]), float(task["started"])
        if task["progress"] == Progress.REPLACED:
            continue
        if started == NEVER:
            lost = task["progress"] == Progress.LOST
            text = f"{what}: asked for, lost at a change of shift" if lost else f"{what}: asked for, nobody was free before the child was back"
            yield row(c, "police", asked, text, None if lost or located == NEVER else located)
            continue
        waited = started - asked
        waits = f", after waiting {round(waited * 60.0)} minutes for someone to be free" if waited >= 0.25 else ""
        yield row(c, "police", started, f"{what}{waits}", min(float(task["ended"]), located))
    if e["prevention"] < c.until:
        how = "in person" if e["prevention_in_person"] else "by phone"
        yield row(c, "police", e["prevention"], f"Prevention interview done {how}")
    elif e["closed"] < c.until:
        yield row(c, "police", e["closed"], "The case is closed without a prevention interview")


def _held_over(c: Course) -> Iterator[Row]:
    """Search tasks that fell due at night and were asked for at the very hour the night ended."""
    p, e = c.parameters, c.row
    asked = [float(task["requested"]) for task in c.tasks() if task["work"] != Work.PREVENTION_INTERVIEW]
    ends = sorted({t for t in asked if t == clock.midnight(t) + p.resources.night_ends})
    endorsed = float(e["first_graded"]) + p.practice.endorse_hours
    for end in ends:
        start = max(end - 24.0 + p.resources.night_starts - p.resources.night_ends, endorsed)
        before = [t for t in asked if start <= t < end]
        if start < end:
            text = "Some of what falls due in the night waits for the day shift" if before else "What is due waits for the day shift"
            yield row(c, "police", start, text, end)


def partner(c: Course) -> Iterator[Row]:
    """Return home interview, referral and what came of it."""
    e = c.row
    if e["rhi"] != NOBODY:
        one = c.tables["interviews"][int(e["rhi"])]
        if one["offered"] < c.until:
            yield row(c, "partner", one["offered"], "A return home interview is offered")
        elif one["closed"]:
            yield row(c, "partner", float(one["returned"]), "No return home interview is offered")
        if one["done"] < c.until:
            yield row(c, "partner", one["done"], "The return home interview is held")
        if one["shared"] < c.until:
            yield row(c, "partner", one["shared"], "What the interview learned reaches police")
    if e["referred"] < c.until:
        yield row(c, "partner", e["referred"], "Police refer to children's services")
    cases = c.tables["cases"]
    for one in cases[(cases["child"] == e["child"]) & (cases["referred"] >= c.reported) & (cases["referred"] < c.until)]:
        if one["referred"] != e["referred"]:
            yield row(c, "partner", one["referred"], "Children's services receive a referral")
        steps = (("decided", "The hub decides on the referral"), ("strategy", "A strategy discussion is held"),
                 ("started", "A social worker begins the assessment"))  # fmt: skip
        for column, text in steps:
            if one[column] < c.until:
                yield row(c, "partner", one[column], text)
    spells = c.tables["protections"]
    for one in spells[(spells["child"] == e["child"]) & (spells["started"] >= c.reported) & (spells["started"] < c.until)]:
        yield row(c, "partner", one["started"], "Protective action is in force", min(float(one["until"]), c.until))


