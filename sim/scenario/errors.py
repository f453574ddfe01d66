"""What is wrong with a request for a scenario, said so that a planner can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault: where it is (`path`, `line`, `key`), what it is, and what is allowed instead. Unknown parts are empty."""

    path: str
    line: int | None
    key: str
    problem: str
    allowed: str = ""

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        what = f"{self.key}: {self.problem}" if self.key else self.problem
        return ": ".join(part for part in (where, what) if part) + (f"; {self.allowed}" if self.allowed else "")


class ScenarioError(Exception):
    """A scenario cannot be had as asked. `str()` gives every problem found, one a line; the attributes are those of the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__(*self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))

    @property
    def path(self) -> str:
        return self.problems[0].path

    @property
    def line(self) -> int | None:
        return self.problems[0].line

    @property
    def key(self) -> str:
        return self.problems[0].key

    @property
    def problem(self) -> str:
        return self.problems[0].problem

    @property
    def allowed(self) -> str:
        return self.problems[0].allowed


class WorkFailed(Exception):
    """The request was right and the work could not be done: a sentence for the user."""
