"""Whole numbers as options take them: read, and held against what is allowed."""

from __future__ import annotations

from collections.abc import Callable


def whole(option: str, low: int, high: int | None = None) -> Callable[[str], int]:
    """What reads the number of an option; with no `high` there is no upper end. What it gives raises ScenarioError for anything else."""

    def read(text: str) -> int:
        try:
            number = int(str(text))
        except ValueError:
            number = low - 1
        if number < low or (high is not None and number > high):
            from ..scenario.errors import Problem, ScenarioError

            nothing = '""'
            allowed = f"a whole number from {low:,} on" if high is None else f"a whole number from {low:,} to {high:,}"
            raise ScenarioError(Problem("", None, option, f"{text or nothing} is not allowed", f"allowed: {allowed}"))
        return number

    return read
