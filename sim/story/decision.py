"""A decision in a story: what was decided, or could have been, and where in the model it is taken."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model.records import Order
from ..model.words import NEVER, Grade
from ..model.world import Parameters
from ..scenario.errors import Problem, ScenarioError

GRADED, ENDORSED, RETURNED = "graded", "endorsed", "returned"
"""The moments of decision: the call-taker's grade, the inspector's, and the child's return."""

GRADES = {"no-apparent-risk": Grade.NO_APPARENT_RISK, "low": Grade.LOW, "medium": Grade.MEDIUM, "high": Grade.HIGH}
GRADE_WORDS = ("no apparent risk", "low", "medium", "high")
GRADE_IDS = tuple(GRADES)


@dataclass(frozen=True)
class Decision:
    """One decision as it is set from outside: `name` and `choice` ("grade", "high"), words, the fields of Order, and the moment."""

    name: str
    choice: str
    words: str
    """What the service does: "the episode is graded high"."""
    orders: Mapping[str, int] = field(default_factory=dict)
    moment: str = GRADED

    @property
    def id(self) -> str:
        """As it is asked for: grade=high."""
        return f"{self.name}={self.choice}"

    def at(self, row: Any, p: Parameters) -> float:
        """The hour at which the decision is taken in an episode (a row of the table), as it happened."""
        if self.moment == RETURNED:
            return float(row["located"])
        graded = float(row["first_graded"])
        return graded + p.practice.endorse_hours if self.moment == ENDORSED else graded


def order(e: int, decisions: Sequence[Decision]) -> Order:
    """What these decisions set for episode `e`."""
    fields: dict[str, int] = {}
    for decision in decisions:
        fields |= decision.orders
    return Order(e, **fields)


_YES_NO = {
    "checked": ("what is held is looked at before grading", "what is held is not looked at before grading", "checked", GRADED),
    "plan": ("the trigger plan is read before the first action", "the trigger plan is not read", "plan_read", GRADED),
    "prevention": ("a prevention interview is arranged", "no prevention interview is arranged", "prevention", RETURNED),
    "offer": ("a return home interview is offered", "no return home interview is offered", "offered", RETURNED),
    "record": ("the case is moved to the records system", "the case stays on the incident log", "recorded", RETURNED),
    "referral": ("the case is referred to children's services", "the case is not referred to children's services", "referred", RETURNED),
}
DECISIONS = {
    **{f"grade={id}": Decision("grade", id, f"the episode is graded {GRADE_WORDS[grade]}", {"grade": int(grade)}) for id, grade in GRADES.items()},
    "deploy=now": Decision("deploy", "now", "search starts at once, in the field, whatever the hour", {"night": 1, "field": 1}, ENDORSED),
    "deploy=desk": Decision("deploy", "desk", "search is made from a desk, and in the day shift", {"night": 0, "field": 0}, ENDORSED),
    **{f"{name}=yes": Decision(name, "yes", yes, {column: 1}, moment) for name, (yes, _, column, moment) in _YES_NO.items()},
    **{f"{name}=no": Decision(name, "no", no, {column: 0}, moment) for name, (_, no, column, moment) in _YES_NO.items()},
}
"""Every decision that a story can change, by id."""


def named(text: str) -> Decision:
    """The decision that is asked for: "grade=high". Raises ScenarioError."""
    key = text.strip().lower().replace(" ", "-").replace("_", "-")
    if key in DECISIONS:
        return DECISIONS[key]
    near = difflib.get_close_matches(key, DECISIONS, n=1, cutoff=0.6)
    allowed = f"did you mean {near[0]}?" if near else f"allowed: {', '.join(DECISIONS)}"
    raise ScenarioError(Problem("", None, "--decision", f'"{text}" is not known', allowed))


def grade_of(row: Any) -> int:
    """The grade given first: the inspector's, or the call-taker's where the child was back before; -1 if there was none."""
    return int(row["first_grade"] if row["first_grade"] >= 0 else row["call_grade"])


def as_it_happened(row: Any, name: str) -> str | None:
    """What was chosen in an episode (a row of the table), where the records tell it: grade, plan, prevention, record, referral; else None."""
    told: dict[str, str] = {
        "grade": GRADE_IDS[int(row["first_grade"])] if row["first_grade"] >= 0 else "",
        "plan": _said(bool(row["plan_read"])),
        "prevention": _said(bool(row["interview_due"])),
        "record": _said(bool(row["recorded"] < NEVER)),
        "referral": _said(bool(row["referred"] < NEVER)),
    }
    return told.get(name)


def _said(yes: bool) -> str:
    return "yes" if yes else "no"
