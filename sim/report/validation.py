"""Published figures and what the model gives: the table for a terminal."""

from __future__ import annotations

from ..calibrate.validation import Validation
from .exhibit import Exhibit


def text(found: Validation) -> str:
    """The table, with what it comes to."""
    return found.text


def exhibits(found: Validation) -> list[Exhibit]:
    """Each published figure with its band, and the simulated mean."""
    raise NotImplementedError
