"""Every measure by its id, the ten headlines in order, and what the model cannot yield, with the reason."""

from __future__ import annotations

from .care import CARE
from .cohort import Cohort
from .counts import COUNTS
from .equity import EQUITY, write_down
from .grading import GRADING
from .identification import IDENTIFICATION
from .measure import Group, Measure
from .protection import PROTECTION
from .repeats import REPEATS
from .times import TIMES
from .waiting import WAITING
from .workload import WORKLOAD

GROUPS: tuple[Group, ...] = (PROTECTION, TIMES, GRADING, IDENTIFICATION, CARE, REPEATS, WORKLOAD, WAITING, COUNTS, EQUITY)

HEADLINES: tuple[str, ...] = ("P1", "P2", "T2", "G1", "X1", "C1", "C11", "C6", "R1", "W1")

NOT_YIELDED: dict[str, tuple[str, str]] = {
    "P3": (
        "Harm avoidable under a scenario",
        "Not of one run: it is the paired difference of P2 between baseline and scenario, replication by replication, so every comparison holds it.",
    ),
    "X5": (
        "Evidence lost",
        "The model holds no perishable items such as video recordings or phone data, nor how long they are kept; no source gives rates for them.",
    ),
}
"""Measures of the list that are not taken of one run: label and reason."""


def _catalogue() -> dict[str, Measure]:
    defined: dict[str, Measure] = {}
    for group in GROUPS:
        if group is EQUITY and not group.measures:
            write_down(defined)
        for measure in group.measures:
            assert measure.id not in defined, f"{measure.id} is defined twice"
            defined[measure.id] = measure
    return defined


MEASURES: dict[str, Measure] = _catalogue()


def measure_all(cohort: Cohort) -> dict[str, float]:
    """Every measure of one cohort."""
    return {id: measure.of(cohort) for id, measure in MEASURES.items()}
