"""An exercise: what a learner is told, step by step, what they may decide, and what follows from every combination of decisions.

What is shown before a decision was known then, with its source and its time. What came later is named as hindsight. The training pack
and the app show it; they add the labels of controls and nothing else. All times are hours after the report, with a ready clock text beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from .timeline import Timeline


@dataclass(frozen=True)
class Known:
    """Something that was known at hour `at`, and from whom."""

    at: float
    clock: str
    source: str
    text: str


@dataclass(frozen=True)
class Option:
    """One way to decide."""

    id: str
    label: str
    words: str


@dataclass(frozen=True)
class Point:
    """A decision point. `kind` is grade, plan, deploy, interview, record or referral."""

    id: str
    kind: str
    at: float
    clock: str
    heading: str
    known: tuple[Known, ...]
    question: str
    options: tuple[Option, ...]
    as_happened: str


@dataclass(frozen=True)
class Inject:
    """News that comes while the clock runs, whatever the learner decided."""

    id: str
    at: float
    clock: str
    source: str
    text: str


@dataclass(frozen=True)
class Path:
    """What follows from one combination of choices (point id to option id)."""

    choices: Mapping[str, str]
    timeline: Timeline


@dataclass(frozen=True)
class Changed(Path):
    """The twin: the path with one decision changed, and which."""

    changed: str


@dataclass(frozen=True)
class Rarity:
    """How many episodes of how many are of the type."""

    matched: int
    of: int
    words: str


@dataclass(frozen=True)
class Waiter:
    """Someone else who was touched by the twin's decision."""

    who: str
    what: str
    as_happened: str
    twin: str


@dataclass(frozen=True)
class Waited:
    """Who else was touched."""

    words: str
    rows: tuple[Waiter, ...]


@dataclass(frozen=True)
class Exercise:
    """One exercise, whole. `crowd` is empty if no pairs were simulated."""

    id: str
    title: str
    summary: str
    learner_title: str
    type: str
    type_words: str
    rarity: Rarity
    provenance: str
    content_note: str
    synthetic: str
    brief: tuple[str, ...]
    points: tuple[Point, ...]
    injects: tuple[Inject, ...]
    paths: tuple[Path, ...]
    as_happened: Path
    twin: Changed
    differs: tuple[str, ...]
    waited: Waited
    debrief: tuple[str, ...]
    hindsight: str
    crowd: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The exercise as JSON can hold it."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    def path(self, choices: Mapping[str, str]) -> Path:
        """The path of these choices. Raises KeyError if they are none of the combinations."""
        for path in self.paths:
            if dict(path.choices) == dict(choices):
                return path
        raise KeyError(f"no path has the choices {dict(choices)}")


def _plain(value: Any) -> Any:
    """Tuples as lists; a span's `start` is called `from`, which Python has a use for."""
    if isinstance(value, dict):
        renamed = {"from" if name == "start" and "level" in value else name: _plain(one) for name, one in value.items()}
        return renamed
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
