"""The work behind the Train page: a live exercise that pauses at its decisions, and a training pack as one ZIP file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..report.pack.case import Case
from ..story.crowd import Crowd
from ..story.live import Session
from . import downloads
from .jobs import Job, Work, queue
from .limits import MOST_PAIRS

PAIRS = 100
"""Pairs that stand behind a live exercise. A pack has more of them; here somebody waits."""


@dataclass(frozen=True)
class Exercise:
    """An exercise that can be worked through: the texts, as the training pack has them, the session that goes on under what is decided, and many
    pairs of the same type."""

    case: Case
    session: Session
    crowd: Crowd

    @property
    def told(self) -> Any:
        """The texts of the exercise."""
        return self.case.exercise


def prepare(kind: str, scenario: str, seed: int | None) -> Work:
    """Find a case, tell it, simulate a crowd of its type, and begin its session: result "exercise"."""

    def work(job: Job) -> None:
        from ..story.asked import SMALL, asked
        from ..story.case_type import type_named
        from ..story.cases import Area
        from ..story.crowd import crowds
        from ..story.script import script
        from ..story.twin import chosen

        job.tell("Simulating a year, and looking for a case")
        named = type_named(kind)
        where = asked(scenario, seed, 0, SMALL)
        place = Area(where, trace=True)
        found = chosen(place, named)
        job.tell("Working out what follows from each decision")
        told = script(place, found).as_dict()
        said = "Simulating pairs: {:,} of {:,}"
        many = crowds(where, [named.id], PAIRS, queue().workers, progress=lambda *so_far: job.tell(said.format(*so_far)))[named.id]
        job.tell("Going to the moment of the call")
        job.give("exercise", Exercise(Case(1, told), Session(place, found), many))

    return work


def pack(cases: Sequence[str], scenario: str, seed: int | None, pairs: int) -> Work:
    """Make a training pack: result "pack", the bytes of a ZIP file, and "notices"."""

    def work(job: Job) -> None:
        from ..report.pack import Pages
        from ..report.pack.making import make

        made = make(scenario, "small-force", seed, list(cases), min(pairs, MOST_PAIRS), queue().workers, job.tell)
        job.tell("Writing the pages")
        files = Pages(made.exercises, made.provenance).files()
        job.give("notices", made.notices)
        job.give("pack", downloads.zipped({f"training/{name}": text for name, text in files.items()}))

    return work
