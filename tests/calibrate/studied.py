"""What the virtual study gives in one replication, made up: for tests of what is told of it."""

from __future__ import annotations

from sim.calibrate.safer_return import READINGS
from sim.calibrate.validation import FOUND, STUDY
from sim.outcomes.split import Part

VALUES = {"n": 214.0, "qualified": 300.0, "sexual": 14.0, "red_flag": 43.0, "other": 8.0, "episodes_per_child": 2.73, "interviews_per_child": 1.5}


def studied(**change: float) -> list[Part]:
    """As published in every reading, but for what is changed."""
    return [Part(name, STUDY, reading, (VALUES | change)[name], 214) for reading in READINGS for name in FOUND]
