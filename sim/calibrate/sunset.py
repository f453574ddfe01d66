"""The date after which the inputs must be looked at again. It stands here and nowhere else: pages, the command `doctor` and tests read it.

A model that is used for years outlives what it was fitted to. The date is a decision of its keepers: whoever has gone through the evidence and the
log of assumptions again moves it on, and says so in the changelog.
"""

from __future__ import annotations

from datetime import date

REVIEWED = date(2026, 11, 25)
"""When evidence and assumptions were last gone through."""
SUNSET = date(2027, 11, 25)
"""The last day on which they may be used without another review."""


def overdue(today: date) -> bool:
    """Whether the inputs should have been reviewed by now: `today` is after the sunset date."""
    return today > SUNSET


def in_words(day: date) -> str:
    """A date as a reader of this country writes it: 4 June 2025."""
    return f"{day.day} {day:%B %Y}"
