"""How 45 minutes are spent on one case: before the start, the decisions, what followed, and the talk about it."""

from __future__ import annotations

from dataclasses import dataclass

from ..numbers import listed, spelled
from .case import LAYERS, Case
from .words import first_small

MINUTES = 45
BRIEF, DECISIONS, REVEAL, DEBRIEF = 5, 15, 12, 10
"""Minutes of each part; what is left of the 45 is for the close."""

START = "Read out the content note and how to step out. Say what it is for: learning, not catching anyone out. Nobody is marked."
TALK = "Use the prompts. Keep to what was known then, and to what in the system made a decision likely. Nobody has to defend a choice."
CLOSE = "Each person names one thing to do at work. Say again where support is to be had. Save the decisions if they are wanted."


@dataclass(frozen=True)
class Part:
    """A part of the session: its first and last minute, its name, and what the facilitator does."""

    start: int
    end: int
    name: str
    what: str


def plan(case: Case) -> list[Part]:
    """The parts in order; they fill the 45 minutes."""
    parts = [
        (BRIEF, "Before we start", START),
        *_decisions(case),
        *((REVEAL // len(LAYERS), f"Reveal {n}: {first_small(words)}", _layer(n)) for n, words in enumerate(LAYERS, 1)),
        (DEBRIEF, "Debrief", TALK),
    ]
    spent = sum(minutes for minutes, _, _ in parts)
    parts.append((MINUTES - spent, "Close", CLOSE))
    found, start = [], 0
    for minutes, name, what in parts:
        found.append(Part(start, start + minutes, name, what))
        start += minutes
    return found


def _decisions(case: Case) -> list[tuple[int, str, str]]:
    """The minutes for decisions shared out among them; the first, the grade, gets what is over."""
    points = case.points
    each = DECISIONS // len(points)
    found = []
    for point in points:
        first = point["number"] == 1
        options = listed([first_small(option["label"]) for option in point["options"]])
        choice = f"{point['question']} ({spelled(len(point['options'])).capitalize()} options: {options}.)"
        how = "Each person decides alone and writes reasons before anyone speaks." if first else "Let the clock run, then decide again."
        minutes = each + (DECISIONS - each * len(points) if first else 0)
        found.append((minutes, f"Decision {point['number']}: {first_small(point['heading'])}", f"{how} {choice}"))
    return found


def _layer(n: int) -> str:
    return (
        "Read the hindsight line first. Let people find their own decisions on the timeline.",
        "One thing was changed and the luck was not. Ask what made the difference, before you read out the answer.",
        "One story is one way that chance could fall. Ask how sure the group would have been after the last screen, and whether it still is.",
        "Officers who search for one child are not with another. Ask who else waited.",
    )[n - 1]
