"""A plan carried out: what the store has is taken from it, what is missing is simulated, and each finished cell is kept at once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..engine.choice import can_begin, open_area
from ..engine.spares import Spares
from ..scenario.errors import Problem, ScenarioError
from . import identity
from .book import Book, NothingDone, Run
from .plan import Plan, parameters
from .replication import Replication
from .store import Store
from .task import Failure, Outcome, Task, done, handed_in
from .values import Values
from .watch import Watch
from .where import Call, Progress, Where, each, silent

if TYPE_CHECKING:
    import pandas as pd


@dataclass
class Execution:
    """The state of a plan that is being carried out, in memory and, if there is a store, on disk."""

    plan: Plan
    values: Values
    store: Store | None = None
    failures: dict[Run, Failure] = field(default_factory=dict)
    pressed: bool = False
    """Was a key pressed? If it came after the last run, the work is done all the same."""
    stopped: bool = False
    taken: int = 0
    """Runs that the store had already."""
    kept: dict[Run, Outcome] = field(default_factory=dict)
    """Outcomes with episodes or a log, where there is no store to keep them."""

    @classmethod
    def begin(cls, plan: Plan, store: Store | None = None) -> Execution:
        """With what the store has."""
        values = Values(plan)
        if store is not None:
            store.load(values)
        return cls(plan, values, store, taken=int(values.finished.sum()))

    @property
    def complete(self) -> bool:
        """Has everything been simulated that was asked for?"""
        return not self.failures and not self.stopped

    def go_on(self, where: Where, progress: Progress = silent) -> None:
        """Simulate what is missing. A key press (KeyboardInterrupt) stops the work and keeps what is finished.

        What failed before is tried again. Raises NothingDone if the first two tasks fail throughout, whatever came of others, OSError if the store's
        disk refuses.
        """
        book = Book(self.plan, self.values, self.store, self.failures, self.kept)
        watch = Watch(book, self.plan.runs, progress)
        try:
            watch.look()
            if book.missing:
                self._get_ready(where)
            for outcomes in each(self._calls(where, book, watch), self.plan.engine, where, watch.look):
                for outcome in outcomes or ():
                    book.hand_in(outcome)
                book.take_in()
            book.keep_all()
        except KeyboardInterrupt:
            self.pressed = True
            watch.stopped.set()
            book.take_in_all()
            self.stopped = book.missing > 0
            book.keep_all()
        except OSError as error:
            said = f"{error.strerror or error}; what was finished before is kept, and the same command goes on from there"
            raise OSError(error.errno, said, error.filename) from error
        except NothingDone:
            raise
        except Exception:  # a worker that is gone, or a fault of the program
            watch.stopped.set()
            book.take_in_all()
            book.keep_all()
            raise
        finally:
            watch.stopped.set()
            if self.store is not None and not self.values.finished.any():
                self.store.abandon()

    def widen(self, replications: int) -> None:
        """So many replications are wanted now; what the store has of them is taken from it."""
        self.plan = replace(self.plan, replications=replications)
        if self.store is not None:
            self.store.plan = self.plan
            before = int(self.values.finished.sum())
            self.store.load(self.values)
            self.taken += int(self.values.finished.sum()) - before

    def frame(self, kind: str) -> pd.DataFrame:
        """The `episodes` or the `log` of all that is finished, scenario by scenario in the order of replications; empty if the plan keeps none."""
        import pandas as pd

        if self.store is not None:
            return self.store.frame(kind)
        found = [self.kept[run] for run in sorted(self.kept)]
        frames = [frame for outcome in found if (frame := getattr(outcome, kind)) is not None]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()

    def _get_ready(self, where: Where) -> None:
        """The engine is compiled, or read, in this thread, which a key press can stop, and which then needs no heap for runs."""
        if where.dask is None and where.workers > 1 and not can_begin(self.plan.engine):
            with contextlib.suppress(Exception):  # what is wrong is told by the first run
                open_area(self.plan.engine, parameters(self.plan.baseline), self.plan.seed, 0)

    def _calls(self, where: Where, book: Book, watch: Watch) -> Iterator[Call]:
        here = where.dask is None and (self.plan.engine == "compiled" or where.workers == 1)
        if not here:
            yield from ((_at_a_distance, self._sent(task)) for task in book.tasks)
            return
        spares = Spares()
        begun: list[Replication] = []
        for task in book.tasks:
            replication = Replication(self.plan, task.number, task.places, spares)
            begun = [one for one in begun if not one.is_taken] + [replication]
            yield handed_in, ([replication], watch.heard, book.hand_in)
        for _ in range(where.workers - 1):  # whoever would only wait for the others does what they have not begun
            yield handed_in, (begun, watch.heard, book.hand_in)

    def _sent(self, task: Task) -> tuple[Any, ...]:
        """What a worker that is not of this process is sent: no more than it needs."""
        return identity.code(), *self.plan.part(task.places, task.number), task


def _at_a_distance(code: str, part: Plan, places: tuple[int, ...], task: Task) -> list[Outcome | Failure]:
    """Do a task with a part of the plan, where the scenarios stand in other places; a worker needs to be sent no more.

    Raises ScenarioError if the worker has other sources than those by which the numbers will be known.
    """
    if identity.code() != code:
        allowed = "install the same version of missing-sim, from the same sources, on every worker"
        raise ScenarioError(Problem("", None, "--dask", f"a worker has another version of the model (code {identity.code()}, here {code})", allowed))
    back = dict(zip(places, task.places, strict=True))
    return [replace(outcome, place=back[outcome.place]) for outcome in done(Replication(part, task.number, places))]
