"""Tiny areas written down by hand, made as for the outcome measures."""

from tests.outcomes.conftest import cohort, parameters, simulated

__all__ = ["cohort", "parameters", "simulated"]
