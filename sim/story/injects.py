"""Injects: what comes in while the clock runs, in every course of the case alike, because no decision has a part in it."""

from __future__ import annotations

from ..model import clock
from ..model.world import Parameters
from .clock_words import clock_text
from .exercise import Inject
from .known_words import Teller, concern, days_ago

RINGS_BACK, INTELLIGENCE, PLAN_FOUND, SENIOR = 2.0, 3.0, 1.5, 24.0
"""Hours after the report at which things come in, if they do (for the exercise only: nothing in the model happens then)."""
MOST_SHIFTS = 3


def injects(p: Parameters, teller: Teller, located: float) -> tuple[Inject, ...]:
    """In the order of time, all after the first steps and before the child is back as it happened."""
    found: list[Inject] = [*_people(teller), *_shifts(p, teller, located), *_social_worker(p, teller)]
    asks = "It is 24 hours since the report: what has been done?"
    found.append(_inject(teller, "senior", teller.reported + SENIOR, "Duty senior officer", asks))
    kept = [inject for inject in found if teller.endorsed - teller.reported < inject.at < located - teller.reported]
    return tuple(sorted(kept, key=lambda inject: (inject.at, inject.id)))


def _people(teller: Teller) -> list[Inject]:
    h, start = teller.held, teller.reported
    news = "There has been no contact with the child."
    told = news if h.informant_heard else f"{news} {concern(h)}"
    found = [_inject(teller, "carer", start + RINGS_BACK, f"{teller.carer}, rings back", told)]
    if h.flag_police is not None and not (h.call_checks or h.inspector_checks):
        text = f"On another system there is a flag for possible exploitation, put there {days_ago(h.flag_police)}."
        found.append(_inject(teller, "flag", start + INTELLIGENCE, "Intelligence desk", text))
    if h.trigger_plan is not None:
        text = f"A trigger plan for this child is on file; it is {h.trigger_plan} days old."
        found.append(_inject(teller, "trigger-plan", start + PLAN_FOUND, "Missing-person system", text))
    return found


def _shifts(p: Parameters, teller: Teller, located: float) -> list[Inject]:
    r = p.resources
    found: list[Inject] = []
    t = teller.reported
    while len(found) < MOST_SHIFTS:
        t = clock.next_shift(t, r.late_starts, r.night_starts, r.night_ends)
        if t >= located:
            break
        shift = clock.shift_at(t, r.late_starts, r.night_starts, r.night_ends)
        name = ("early", "late", "night")[shift]
        text = f"The {name} shift takes over: {r.response_units[shift]} response units and {r.desk_staff[shift]} desk staff for all incidents."
        found.append(_inject(teller, f"shift-{len(found) + 1}", t, "Control room", text))
    return found


def _social_worker(p: Parameters, teller: Teller) -> list[Inject]:
    h = teller.held
    if h.social_worker_asked or (h.flag_social is None and not h.vulnerability_social):
        return []
    t = clock.next_opening(teller.endorsed, p.resources.mash_opens, p.resources.mash_closes, False) + 0.5
    told = "a concern about exploitation" if h.flag_social is not None else "a vulnerability"
    return [_inject(teller, "social-worker", t, "Social worker, calls back", f"Children's services hold {told} that is not on the police log.")]


def _inject(teller: Teller, id: str, t: float, source: str, text: str) -> Inject:
    return Inject(id, round(t - teller.reported, 4), clock_text(t, teller.reported), source, text)
