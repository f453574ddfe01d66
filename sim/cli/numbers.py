"""Whole numbers as options take them: read, and held against what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer


def number(option: str, low: int, high: int | None = None, *, help: str, metavar: str = "N") -> Any:
    """An option that takes a whole number, with no upper end if there is no `high`. Its help ends with what is allowed."""
    return typer.Option(parser=whole(option, low, high), metavar=metavar, help=f"{help} {_allowed(low, high)}.")


def whole(option: str, low: int, high: int | None = None) -> Callable[[str], int]:
    """What reads the number of an option; with no `high` there is no upper end. What it gives raises ScenarioError for anything else."""

    def read(text: str) -> int:
        try:
            found = int(str(text))
        except ValueError:
            found = low - 1
        if found < low or (high is not None and found > high):
            from ..scenario.errors import Problem, ScenarioError

            nothing = '""'
            allowed = _allowed(low, high).replace("From", "from", 1)
            raise ScenarioError(Problem("", None, option, f"{text or nothing} is not allowed", f"allowed: a whole number {allowed}"))
        return found

    return read


def _allowed(low: int, high: int | None) -> str:
    return f"From {low:,} on" if high is None else f"From {low:,} to {high:,}"
