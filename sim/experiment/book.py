"""The book of a plan that is being carried out: what is missing, what came in, and which cells are whole and can be kept."""

from __future__ import annotations

import time
from queue import SimpleQueue

from ..engine.resident import let_go_of_libraries
from ..scenario.errors import WorkFailed
from .cell import Cell, cells
from .draws import turn_of
from .plan import Plan
from .store import Store
from .task import MOST_SCENARIOS, Failure, Outcome, Task
from .values import Values

Run = tuple[int, int]
"""The place of a scenario, and a replication."""

KEEP_EVERY = 5.0
"""Seconds after which what is finished is kept, also of cells that are not whole."""

LET_GO_EVERY = 1.0
"""Seconds after which what Arrow has read of its files, some 20 MB to keep a few cells, is given back again; that takes 8 milliseconds."""


class NothingDone(WorkFailed):
    """No scenario could be simulated in the first two tasks."""


class Book:
    """What is missing, what came in, and which cells are whole and can be kept."""

    def __init__(self, plan: Plan, values: Values, store: Store | None, failures: dict[Run, Failure], kept: dict[Run, Outcome]) -> None:
        """What comes in goes into `values` and into the `store`, or with its episodes and its log into `kept`; or it is one of the `failures`."""
        self._plan, self._values, self._store, self._failures, self._kept = plan, values, store, failures, kept
        self._waiting = {cell: {number for number in asked if not values.has(cell.place, number)} for cell, asked in cells(plan).items()}
        self._waiting = {cell: numbers for cell, numbers in self._waiting.items() if numbers}
        self.tasks = self._tasks()
        self._open: dict[Cell, dict[int, Outcome]] = {}
        self._kept_at = time.monotonic()
        self._has_written = False
        self._let_go_at = 0.0
        self._came_in: SimpleQueue[Outcome | Failure] = SimpleQueue()
        self._held: list[Outcome | Failure] = []
        self._in_doubt = set() if values.finished.any() else {(place, task.number) for task in self.tasks[:2] for place in task.places}
        """Runs of the first two tasks that have not failed. Until one of them is finished, all that comes in is held back."""

    @property
    def missing(self) -> int:
        """Runs that have neither been finished nor failed."""
        return sum(map(len, self._waiting.values()))

    def _tasks(self) -> list[Task]:
        """What is missing, so ordered that cells are finished soon and scenarios of the same replication share its warm-up."""
        found: list[Task] = []
        blocks: dict[int, dict[int, list[int]]] = {}
        for cell, numbers in self._waiting.items():
            for number in numbers:
                blocks.setdefault(cell.block, {}).setdefault(number, []).append(cell.place)
        for block in sorted(blocks):
            wanted = blocks[block]
            for first in range(0, max(map(len, wanted.values())), MOST_SCENARIOS):
                tasks = ((number, tuple(wanted[number][first : first + MOST_SCENARIOS])) for number in sorted(wanted, key=turn_of))
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
            raise NothingDone(f"{self._plan.scenarios[first.places[0]].name} could not be simulated: {why}")

    def _book_held(self) -> None:
        while self._held:
            self._enter(self._held[0])
            del self._held[0]

    def _enter(self, outcome: Outcome | Failure) -> None:
        """Take in one outcome; when its cell is whole, keep it. A key press may end this anywhere: then it is taken in again, which changes nothing
        that was done."""
        run = outcome.place, outcome.number
        cell = Cell.of(*run)
        if isinstance(outcome, Failure):
            self._failures[run] = outcome
        else:
            self._failures.pop(run, None)
            if not self._values.has(*run):
                self._values.fill(*run, outcome.parts)
                self._values.events += outcome.events
            if self._store is not None:
                self._open.setdefault(cell, {})[outcome.number] = outcome
            elif self._plan.episodes or self._plan.trace:
                self._kept[run] = outcome
        self._waiting[cell].discard(outcome.number)
        if not self._waiting[cell]:
            self._keep(cell)
        if time.monotonic() - self._kept_at > KEEP_EVERY:
            self.keep_all()

    def _keep(self, cell: Cell) -> None:
        store = self._store
        if store is None:
            return
        if cell in self._open:
            store.put(cell, list(self._open[cell].values()))
            del self._open[cell]
            self._has_written = True
        failed = [failure for run, failure in self._failures.items() if Cell.of(*run) == cell]
        if failed:
            store.fail(cell, failed[0])

    def keep_all(self) -> None:
        """Keep what is finished of the cells that are not whole."""
        for cell in list(self._open):
            self._keep(cell)
        self._kept_at = time.monotonic()

    def _let_go(self) -> None:
        """Give back what was read of the files of libraries to keep cells, if that was not done a moment ago."""
        if self._has_written and time.monotonic() - self._let_go_at > LET_GO_EVERY:
            let_go_of_libraries()
            self._has_written = False
            self._let_go_at = time.monotonic()
