"""A plan carried out: what the store has is taken from it, what is missing is simulated, and each finished cell is kept at once."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from ..engine.choice import can_begin, open_area
from ..engine.resident import let_go_of_libraries
from ..engine.spares import Spares
from ..scenario.errors import Problem, ScenarioError, WorkFailed
from . import identity
from .cell import Cell, cells
from .plan import Plan, parameters
from .replication import Replication
from .store import Store
from .task import MOST_SCENARIOS, Failure, Outcome, Task, done, handed_in
from .values import Values
from .where import Call, Progress, Where, each, silent

if TYPE_CHECKING:
    import pandas as pd


Run = tuple[int, int]
"""The place of a scenario, and a replication."""

KEEP_EVERY = 5.0
"""Seconds after which what is finished is kept, also of cells that are not whole."""

LET_GO_EVERY = 1.0
"""Seconds after which what Arrow has read of its files, some 20 MB to keep a few cells, is given back again; that takes 8 milliseconds."""


class NothingDone(WorkFailed):
    """No scenario could be simulated in the first two tasks."""


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
        book = _Book(self)
        watch = _Watch(book, self.plan.runs, progress)
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
            self.stopped = any(book.waiting.values())
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

    def _calls(self, where: Where, book: _Book, watch: _Watch) -> Iterator[Call]:
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


class _Book:
    """What is missing, what came in, and which cells are whole and can be kept."""

    def __init__(self, execution: Execution) -> None:
        self.execution = execution
        plan, values = execution.plan, execution.values
        self.waiting = {cell: {number for number in asked if not values.has(cell.place, number)} for cell, asked in cells(plan).items()}
        self.waiting = {cell: numbers for cell, numbers in self.waiting.items() if numbers}
        self.missing = sum(len(numbers) for numbers in self.waiting.values())
        self.tasks = self._tasks()
        self.open: dict[Cell, dict[int, Outcome]] = {}
        self.kept_at = time.monotonic()
        self.has_written = False
        self.let_go_at = 0.0
        self._came_in: SimpleQueue[Outcome | Failure] = SimpleQueue()
        self._held: list[Outcome | Failure] = []
        self._in_doubt = set() if values.finished.any() else {(place, task.number) for task in self.tasks[:2] for place in task.places}
        """Runs of the first two tasks that have not failed. Until one of them is finished, all that comes in is held back."""

    def _tasks(self) -> list[Task]:
        """What is missing, so ordered that cells are finished soon and scenarios of the same replication share its warm-up."""
        found: list[Task] = []
        blocks: dict[int, dict[int, list[int]]] = {}
        for cell, numbers in self.waiting.items():
            for number in numbers:
                blocks.setdefault(cell.block, {}).setdefault(number, []).append(cell.place)
        for block in sorted(blocks):
            wanted = blocks[block]
            for first in range(0, max(map(len, wanted.values())), MOST_SCENARIOS):
                tasks = ((number, tuple(wanted[number][first : first + MOST_SCENARIOS])) for number in sorted(wanted))
                found += [Task(number, places) for number, places in tasks if places]
        return found

    def hand_in(self, outcome: Outcome | Failure) -> None:
        """Leave an outcome here, from any thread."""
        self._came_in.put(outcome)

    def take_in(self) -> None:
        """Book what was handed in. Raises NothingDone once the first two tasks have failed throughout: the rest would fail as well."""
        while not self._came_in.empty():
            self._held.append(outcome := self._came_in.get())
            if self._in_doubt:
                self._weigh(outcome)
            if not self._in_doubt:
                self._book_held()
        self._let_go()

    def take_in_all(self) -> None:
        """Book what was handed in, also what was held back: there will be no more."""
        self._in_doubt.clear()
        self.take_in()
        self._book_held()

    def _weigh(self, outcome: Outcome | Failure) -> None:
        run = outcome.place, outcome.number
        if run not in self._in_doubt:
            return
        if isinstance(outcome, Outcome):
            self._in_doubt.clear()
            return
        self._in_doubt.discard(run)
        if not self._in_doubt:
            first = self.tasks[0]
            why = next(one.error for one in self._held if isinstance(one, Failure) and (one.place, one.number) == (first.places[0], first.number))
            raise NothingDone(f"{self.execution.plan.scenarios[first.places[0]].name} could not be simulated: {why}")

    def _book_held(self) -> None:
        while self._held:
            self._enter(self._held[0])
            del self._held[0]

    def _enter(self, outcome: Outcome | Failure) -> None:
        """Take in one outcome; when its cell is whole, keep it. A key press may end this anywhere: then it is taken in again, which changes nothing
        that was done."""
        execution, run = self.execution, (outcome.place, outcome.number)
        cell = Cell.of(*run)
        if isinstance(outcome, Failure):
            execution.failures[run] = outcome
        else:
            execution.failures.pop(run, None)
            if not execution.values.has(*run):
                execution.values.fill(*run, outcome.parts)
                execution.values.events += outcome.events
            if execution.store is not None:
                self.open.setdefault(cell, {})[outcome.number] = outcome
            elif execution.plan.episodes or execution.plan.trace:
                execution.kept[run] = outcome
        if outcome.number in self.waiting[cell]:
            self.waiting[cell].discard(outcome.number)
            self.missing -= 1
        if not self.waiting[cell]:
            self._keep(cell)
        if time.monotonic() - self.kept_at > KEEP_EVERY:
            self.keep_all()

    def _keep(self, cell: Cell) -> None:
        store = self.execution.store
        if store is None:
            return
        if cell in self.open:
            store.put(cell, list(self.open[cell].values()))
            del self.open[cell]
            self.has_written = True
        failed = [failure for run, failure in self.execution.failures.items() if Cell.of(*run) == cell]
        if failed:
            store.fail(cell, failed[0])

    def keep_all(self) -> None:
        """Keep what is finished of the cells that are not whole."""
        for cell in list(self.open):
            self._keep(cell)
        self.kept_at = time.monotonic()

    def _let_go(self) -> None:
        """Give back what was read of the files of libraries to keep cells, if that was not done a moment ago."""
        if self.has_written and time.monotonic() - self.let_go_at > LET_GO_EVERY:
            let_go_of_libraries()
            self.has_written = False
            self.let_go_at = time.monotonic()


@dataclass
class _Watch:
    """Tells how far the work is, and whether it is to stop: threads see that after the run that is under way."""

    book: _Book
    asked: int
    progress: Progress
    stopped: threading.Event = field(default_factory=threading.Event)
    books: threading.Thread = field(default_factory=threading.current_thread)
    """The thread that books what is finished. It may do tasks itself."""
    raised: BaseException | None = None
    """What was raised within a task, by `progress` or in booking: it is raised again where the work is led."""

    def look(self) -> None:
        """Book what came in, and tell how far the work is. Raises what `progress` raises: KeyboardInterrupt if the work is to stop."""
        if self.raised is not None:
            raise self.raised
        self.book.take_in()
        self.progress(self.asked - self.book.missing, self.asked)

    def heard(self) -> bool:
        """Is the work to stop? Tasks ask after every run, in any thread, and end if so."""
        if threading.current_thread() is self.books:
            try:
                self.look()
            except BaseException as error:
                self.raised = error
                self.stopped.set()
        return self.stopped.is_set()
