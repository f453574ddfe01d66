"""The decision points of a case: what can be decided when, what was known, and what each choice sets in the model.

The choice that was made is left as it happened; only another choice is set. So the path of all that was chosen is the case as it happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..model.words import NEVER
from .cases import Case
from .clock_words import clock_text
from .decision import DECISIONS, GRADE_IDS, GRADE_WORDS, Decision
from .exercise import Known, Option, Point
from .known_words import Teller, systems

LATER = "After the return"
"""In place of the time: it differs from path to path."""
MEANING = (
    "No sign of harm to the child or to anyone else. No search; a time for the next look is set.",
    "Harm is possible and would be minor. Enquiries in proportion, often from a desk.",
    "Harm is likely and not serious. An active search.",
    "Serious harm is very likely. People go at once.",
)


@dataclass(frozen=True)
class Choice:
    """A decision point with what each of its options sets in the model (None: as it happened)."""

    point: Point
    sets: dict[str, Decision | None]


def choices(case: Case, row: Any, teller: Teller) -> tuple[Choice, ...]:
    """The decision points of a case, by its type; `row` is the episode as it happened. The first is always the grade."""
    builders = {"not-recorded": (grade, prevention, record, referral), "trigger-plan-not-read": (grade, plan, deploy, prevention)}
    wanted = builders.get(case.type.id, (grade, deploy, prevention, referral))
    early = row["located"] <= teller.endorsed
    return tuple(build(case, row, teller) for build in wanted if not (early and build in (deploy, plan)))


def grade(case: Case, row: Any, teller: Teller) -> Choice:
    """The call is graded."""
    given = GRADE_IDS[int(row["first_grade"])]
    options = tuple(Option(id, words[0].upper() + words[1:], MEANING[n]) for n, (id, words) in enumerate(zip(GRADE_IDS, GRADE_WORDS, strict=True)))
    sets = {id: None if id == given else DECISIONS[f"grade={id}"] for id in GRADE_IDS}
    known = tuple(teller.at_the_call())
    point = _point(teller, "grade", "grade", teller.graded, "The call", known, "Which grade do you give?", options, given)
    return Choice(point, sets)


def deploy(case: Case, row: Any, teller: Teller) -> Choice:
    """Who goes, and when."""
    options = (
        Option("plan", "Follow the plan for the grade", "Enquiries and visits as the grade asks for them, at the hours that are usual."),
        Option("now", "Start at once, in the field", "Someone goes now, whatever the hour; visits are made and not replaced by telephone calls."),
    )
    known = tuple(teller.by_the_inspector())
    point = _point(teller, "deploy", "deploy", teller.endorsed, "The first steps", known, "Who goes, and when?", options, "plan")
    return Choice(point, {"plan": None, "now": DECISIONS["deploy=now"]})


def plan(case: Case, row: Any, teller: Teller) -> Choice:
    """A trigger plan is on file."""
    read = "yes" if row["plan_read"] else "no"
    days = teller.held.trigger_plan
    text = "A trigger plan for this child is on file" + ("." if days is None else f"; it is {days} days old.")
    options = (
        Option("yes", "Read the trigger plan first", "It says what to do first when this child goes missing."),
        Option("no", "Begin without it", "Enquiries begin by the usual list."),
    )
    known = (teller.item(teller.graded, "Missing-person system", text),)
    point = _point(teller, "plan", "plan", teller.graded, "A trigger plan", known, "What is done first?", options, read)
    return Choice(point, _yes_no("plan", read))


def prevention(case: Case, row: Any, teller: Teller) -> Choice:
    """The child is back: a prevention interview?"""
    arranged = "yes" if row["interview_due"] else "no"
    options = (
        Option("yes", "Arrange a prevention interview", "An officer speaks with the child, in person where possible, about what happened."),
        Option("no", "Close the case without one", "The carer confirms that the child is back."),
    )
    t = float(row["located"])
    known = (teller.item(t, "Control room", "The child is back and safe now. The carer has been told."),)
    point = _point(teller, "prevention", "interview", t, "The return", known, "Does an officer speak with the child?", options, arranged, LATER)
    return Choice(point, _yes_no("prevention", arranged))


def record(case: Case, row: Any, teller: Teller) -> Choice:
    """Does the case leave the incident log?"""
    recorded = "yes" if row["recorded"] < NEVER else "no"
    options = (
        Option("yes", "Move the case to the records system", "The next person who looks there will find it."),
        Option("no", "Leave it on the incident log", "The log is closed with the incident."),
    )
    t = float(row["located"])
    known = (teller.item(t, "Control room", "The incident can be closed. It is not yet on the records system."),)
    point = _point(teller, "record", "record", t, "Paperwork", known, "Where is the case kept?", options, recorded, LATER)
    return Choice(point, _yes_no("record", recorded))


def referral(case: Case, row: Any, teller: Teller) -> Choice:
    """Is the case referred to children's services?"""
    made = row["referred"] < NEVER
    p = case.asked.parameters.practice
    other = (
        Option("no", "Make no referral", "Children's services are not told by police.")
        if made
        else Option("refer", "Refer now", "Children's services are told, whatever the criterion says.")
    )
    options = (Option("criterion", "Follow the local criterion", "A referral is made if the case meets it and somebody makes it."), other)
    text = (
        f"The local criterion: a concern about exploitation or harm, a high grade, {p.referral_after} reports in 90 days, "
        f"or {p.referral_after_hours:g} hours away."
    )
    t = float(row["located"])
    known = (
        teller.item(t, "Local protocol", text),
        teller.item(t, "Police systems", systems(teller.held)[0]),
    )
    asked = "Is the case referred to children's services?"
    point = _point(teller, "referral", "referral", t, "What next", known, asked, options, "criterion", LATER)
    return Choice(point, {"criterion": None, other.id: DECISIONS["referral=no" if made else "referral=yes"]})


def _yes_no(name: str, happened: str) -> dict[str, Decision | None]:
    return {id: None if id == happened else DECISIONS[f"{name}={id}"] for id in ("yes", "no")}


def _point(
    teller: Teller, id: str, kind: str, t: float, heading: str, known: tuple[Known, ...], question: str, options: tuple[Option, ...], happened: str,
    clock: str = "",
) -> Point:  # fmt: skip
    when = clock or clock_text(t, teller.reported)
    if clock:
        known = tuple(Known(one.at, clock, one.source, one.text) for one in known)
    return Point(id, kind, round(t - teller.reported, 4), when, heading, known, question, options, happened)
