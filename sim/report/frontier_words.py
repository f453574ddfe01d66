"""What a frontier says, in sentences computed from it: what the best combination of posts within the budget does, and what nothing beats."""

from __future__ import annotations

from ..experiment.bought import per_pounds
from ..experiment.frontier import Frontier
from ..experiment.posts import in_words
from ..outcomes.catalogue import MEASURES
from ..outcomes.interval import Estimate, verdict
from .numbers import listed, number, places_for, span, spelled
from .phrases import is_clear, low_first
from .rows import Row
from .sentence import change
from .sentence import in_words as told_in_words
from .units import wording

NAMED_UP_TO = 4
"""So many combinations are named in a sentence; more are only counted."""


def pounds(amount: float) -> str:
    """£303,680."""
    return f"£{number(amount, 0)}"


def row_of(found: Frontier, measure: str, place: int, other: int = 0) -> Row:
    """One combination less another, as a row that sentences are made of."""
    gap: Estimate = found.difference(measure, place, other)
    ends = {"estimate": gap.estimate, "low": gap.low, "high": gap.high, "n": gap.n}
    return {"measure": measure, **ends, "verdict": "" if gap.low != gap.low else verdict(gap, MEASURES[measure].direction)}


def named(found: Frontier, place: int) -> str:
    """A combination in words."""
    return in_words(found.combinations[place])


def message(found: Frontier, measure: str) -> str:
    """The title of the figure."""
    label, best = MEASURES[measure].label, found.best(measure)
    if best is None:
        return f"{label}: there was nothing to measure it on"
    within = f"Within {pounds(found.budget)} a year" if found.budget is not None else "Of these combinations of posts"
    if found.replications < 2:
        return f"{label}: one replication, so nothing can be said of what posts buy"
    if best == 0 or not is_clear(row_of(found, measure, best)):
        return f"{within}, none is clearly better than no posts for {low_first(label)}"
    told = f"{named(found, best)} for {pounds(found.costs[best])} a year"
    lead = f"{within}, {'the best mean' if found.rivals(measure) else 'the best'} of {low_first(label)} comes with {told}"
    return f"{lead}: {change(row_of(found, measure, best))} than with no posts"


def summary(found: Frontier, measure: str) -> str:
    """Sentences that stand for the figure: the frontier, and what cannot be told from the best."""
    on, label = found.frontier(measure), low_first(MEASURES[measure].label)
    if not on:
        return f"{MEASURES[measure].label} was not measured in any replication."
    all_ = len(found.names)
    first = f"Of {spelled(all_)} combinations, {spelled(len(on))} {'is' if len(on) == 1 else 'are'} beaten by none at equal or lower cost in {label}"
    shown = on if len(on) <= NAMED_UP_TO else [on[0], *on[-(NAMED_UP_TO - 1) :]]
    those = listed([f"{named(found, place)} ({pounds(found.costs[place])})" for place in shown])
    return f"{first}{': ' if len(shown) == len(on) else ', among them '}{those}. {rivals(found, measure)}"


def rivals(found: Frontier, measure: str) -> str:
    """Which combinations within the budget cannot be told from the best."""
    best, others = found.best(measure), found.rivals(measure)
    where = f" within {pounds(found.budget)} a year" if found.budget is not None else ""
    if best is None:
        return ""
    if found.replications < 2:
        return "One replication gives no interval."
    if not others:
        return f"The best{where}, {named(found, best)}, is clearly better than every other."
    who = listed([named(found, place) for place in others]) if len(others) <= NAMED_UP_TO else f"{spelled(len(others))} others"
    none = ", among them no posts," if len(others) > NAMED_UP_TO and 0 in others else ""
    return f"The best mean{where} is that of {named(found, best)}; {who}{none} cannot be told from it."


def against_best(found: Frontier, measure: str, place: int) -> str:
    """How a combination compares with the best within the budget."""
    best = found.best(measure)
    if best is None or place == best:
        return "the best mean" if best is not None else "not measured"
    gap = row_of(found, measure, place, best)
    if gap["estimate"] != gap["estimate"]:
        return "not measured"
    return told_in_words(gap) if is_clear(gap) else "cannot be told apart"


def for_pounds(found: Frontier, measure: str, place: int) -> str:
    """What a combination buys for each £100,000 a year: only where its difference from no posts is clear."""
    told = per_pounds(found.difference(measure, place), measure, found.costs[place], found.plan.baseline)
    return per_100k(measure, told["per_100k"], told["per_100k_low"], told["per_100k_high"])


def per_100k(measure: str, estimate: float, low: float, high: float) -> str:
    """A difference for each £100,000, with its side and its interval."""
    if estimate != estimate:
        return "no clear difference"
    words, places = wording(MEASURES[measure]), places_for(estimate, low, high)
    near, far = sorted((abs(low), abs(high)))
    return f"{words.difference(number(abs(estimate), places), estimate > 0)} ({span(near, far, places, unit_sign=words.sign)})"
