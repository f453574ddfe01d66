"""The headline measures in words that need no glossary. The exact definition of each is its formula in the catalogue of measures."""

from __future__ import annotations

from ..outcomes.measure import HIGHER, LOWER, Measure

GLOSS: dict[str, str] = {
    "P1": "Hours away from home of children who were being exploited or groomed, added up over all episodes of the measured period.",
    "P2": "Episodes in which the child came to harm, whether or not anyone learned of it.",
    "T2": "Average hours from the report until a police visit starts, the child is located, or 24 hours have passed.",
    "G1": "Episodes graded lower than what police, carers and partners held between them would support.",
    "X1": "Episodes of exploited children, not yet identified as such, after which someone identifies it within 28 days.",
    "C1": "Episodes that meet the local criterion and that police refer to children's social care.",
    "C11": "Exploited children without protective action in force who have some within 90 days.",
    "C6": "Return home interviews done within 72 hours of the return, of all that were due.",
    "R1": "Returns followed by a new report within 30 days.",
    "W1": "Hours of desk staff and response units on searches and on prevention interviews, in the measured period.",
    "P1.at_risk": "The same hours, for 1,000 children who may go missing, over a year.",
    "P2.at_risk": "Episodes with harm, for 1,000 children who may go missing, over a year.",
    "X1.at_risk": "Exploitation identified, for 1,000 children who may go missing, over a year. Falls, too, when there is less to identify.",
    "W8": "Hours times the cost of an hour, for all roles: police, return home interviews, MASH and social workers' case slots.",
}

AT_RISK: tuple[str, ...] = ("P1.at_risk", "P2.at_risk", "X1.at_risk")
"""Given beside the headlines: episodes themselves become fewer when practice works, so a rate per episode can hide a gain."""

DIRECTIONS = {LOWER: "Lower is better", HIGHER: "Higher is better"}


def direction(measure: Measure) -> str:
    """Which side is better, in a phrase."""
    return DIRECTIONS.get(measure.direction, "Neither side is better by itself")


def seen(measure: Measure) -> str:
    """Whether anyone could compute it from local records."""
    return "comparable with local data" if measure.comparable else "model-only"
