"""The types of case that stories are told of, each with the sign by which it is known afterwards and the decision that is changed in its twin."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..model.clock import DAY
from ..model.words import NEVER, Grade, Shortfall, State
from ..scenario.errors import Problem, ScenarioError
from .decision import DECISIONS, GRADE_IDS, Decision
from .signs import Column, Signs

BACK_WITHIN = 8.0
"""Hours within which a child graded correctly low is back."""
NEXT_WITHIN = 30.0 * DAY
"""Hours within which the next report follows, for the grade of which an unrecorded case is missing."""
LONG_ENOUGH = 3.0
"""Hours that a child is missing at night, at the least, for it to be seen that nothing happened."""


@dataclass(frozen=True)
class CaseType:
    """A type: its name, what it is in one sentence, its sign, the twin's decision, and the scenarios in which it is more
    frequent, none of them of a real force."""

    id: str
    title: str
    words: str
    matches: Callable[[Signs], Column]
    decision: Callable[[Any], Decision]
    changes: str
    """What the decision changes, in words, whatever the case."""
    more_in: tuple[str, ...]
    of_next: bool = False
    """Is it the child's next episode that shows what the decision did?"""


def _knowable(row: Any) -> Decision:
    return DECISIONS[f"grade={GRADE_IDS[int(row['knowable_grade'])]}"]


def _always(id: str) -> Callable[[Any], Decision]:
    return lambda row: DECISIONS[id]


def _between(signs: Signs) -> Column:
    found: Column = (signs["first_grade"] == Grade.LOW) | (signs["first_grade"] == Grade.MEDIUM)
    return found


TYPES: dict[str, CaseType] = {
    one.id: one
    for one in (
        CaseType(
            "under-graded-with-exploitation",
            "Graded too low while being exploited",
            "A child who was being exploited was graded lower than what agencies and carers held, or should have held, called for.",
            lambda s: (s["state"] == State.EXPLOITED) & (s["first_grade"] < s["knowable_grade"]),
            _knowable,
            "the grade is set to what all that could be known called for",
            ("under-graded",),
        ),
        CaseType(
            "correctly-low",
            "Correctly low and back within hours",
            f"A child was graded low, which is what all that could be known called for, and was back within {BACK_WITHIN:.0f} hours.",
            lambda s: (s["first_grade"] == Grade.LOW) & (s["knowable_grade"] == Grade.LOW) & (s["truth_grade"] <= Grade.LOW)
            & (s.duration <= BACK_WITHIN),
            _always("grade=high"),
            "the grade is set to high",
            ("baseline",),
        ),
        CaseType(
            "over-graded",
            "Graded too high while another child waited",
            "A child was graded higher than what could be known called for, and another child waited for those who were busy with that case.",
            lambda s: (s["first_grade"] > s["knowable_grade"]) & (s["first_grade"] >= Grade.MEDIUM) & s.others_waited,
            _knowable,
            "the grade is set to what all that could be known called for",
            ("over-graded",),
        ),
        CaseType(
            "information-not-used",
            "Held but not used",
            "Agencies or the carer held what would have led to a higher grade, and whoever graded did not look at it or ask for it.",
            lambda s: s["shortfall"] == Shortfall.NOT_CHECKED,
            _always("checked=yes"),
            "what is held is looked at and asked for before grading, and the grade follows",
            ("information-not-used",),
        ),
        CaseType(
            "nothing-overnight",
            "Nothing done overnight",
            "A child was reported missing in the night, and the first search task was left to the day shift.",
            lambda s: s.reported_by_night & _between(s) & (s.first_asked >= s.night_over) & (s.duration >= LONG_ENOUGH),
            _always("deploy=now"),
            "search starts at once, in the field, whatever the hour",
            ("no-overnight",),
        ),
        CaseType(
            "trigger-plan-not-read",
            "A trigger plan that nobody read",
            "A current trigger plan said what to do first when this child goes missing, and nobody read it before the first action.",
            lambda s: s["plan_current"] & ~s["plan_read"] & (s["first_action"] < NEVER),
            _always("plan=yes"),
            "the trigger plan is read before the first action",
            ("baseline", "no-overnight"),
        ),
        CaseType(
            "not-recorded",
            "Never recorded, so the next grading was blind",
            "The case stayed on the incident log, and the child was reported missing again within 30 days of the return.",
            lambda s: (s["recorded"] == NEVER) & (s.back_again <= NEXT_WITHIN),
            _always("record=yes"),
            "the case is moved to the records system",
            ("not-recorded",),
            of_next=True,
        ),
    )
}


def type_named(name: str) -> CaseType:
    """The type that is asked for. Raises ScenarioError with the nearest."""
    key = name.strip().lower().replace(" ", "-").replace("_", "-")
    if key in TYPES:
        return TYPES[key]
    near = [id for id in TYPES if id.replace("-", "").startswith(key.replace("-", "")) and key] or difflib.get_close_matches(key, TYPES, 1, 0.4)
    allowed = f"did you mean {near[0]}?" if near else f"allowed: {', '.join(TYPES)}"
    raise ScenarioError(Problem("", None, "--case", f'"{name}" is no type of case', allowed))
