"""The compiled engine: the same rules under Numba, over record arrays. The tables of an area, what is to come in it, and room for more.

The code that runs is `dispatcher.run`; the options, and what each is worth, are in docs/decisions/0004-how-the-engine-is-compiled.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from math import ceil
from typing import Any

import numpy as np

from ..model.events import Event
from ..model.records import Now, Order, Roster
from ..model.start import POOLS
from ..model.words import NOBODY, Progress
from ..model.world import Parameters, World
from .calendar import COUNTS, KINDS, LATER, NEAR, SPANS, Calendar, pending, soonest
from .dispatcher import BEGIN, PLACE, SWITCH, NotCompiled, compile_once, is_ready, run
from .jit import OPTIONS
from .layout import section_row
from .margin import MARGIN
from .memory import Rows, copied, copied_record, default, fresh, let_go, longer, numbers, put_away, used_again, zeros
from .profiles import lookups
from .tables import TABLES, Tables, used
from .verbs import TRACE, undealt

__all__ = ["MARGIN", "OPTIONS", "PLACE", "CompiledArea", "NotCompiled", "is_ready", "run"]

RESERVES = {"children": 3, "episodes": 16, "tasks": 64, "interviews": 8, "cases": 4, "protections": 1, "identifications": 1}
"""How many rows for each child a table may have before it is moved; memory that is never written to costs nothing."""
OVER = ("episodes", "tasks")
"""Tables of which nearly all rows are about what is over, and never change again."""
NEARLY = 32
"""A table of which less than this part is free is nearly full."""


class CompiledArea:
    """One area under one scenario, compiled. The same interface as `interpreted.Area`, without SimPy's own."""

    STEP = 200_000
    """Events between two looks at Python, so that a key press can stop a run."""
    has_lent = False
    """Does a branch show its memory, or did one?"""

    def __init__(
        self,
        parameters: Parameters,
        seed: int,
        replication: int,
        trace: bool = False,
        room: int = 1024,
        into: CompiledArea | None = None,
        lends: bool = False,
    ) -> None:
        """`room` is for how many rows more than the area begins with there is memory at first; `into` is an area that nobody needs any more, nor its
        `last_tables`, nor the branches that it lent to, and whose memory is used again.

        Branches of one that `lends` show its episodes and tasks, page by page until they change them, instead of having copies, where the system
        can do that (Linux). It cannot go on itself once it has a branch: RuntimeError.
        """
        self.parameters = parameters
        self.lends = lends
        self._records = _records(parameters)
        self.now = 0.0
        leaving, incidents, findability = (np.array(table) for table in lookups(parameters))
        children = sum(parameters.area.children)
        room = max(room, MARGIN)
        rows = dict.fromkeys(TABLES, room) | {"networks": parameters.area.networks, "children": children + room}
        reserves = {name: times * children + room for name, times in RESERVES.items()}
        spare = _given_up(into, lends)
        self.world = World(
            now=fresh(Now, 1)[0],
            order=fresh(Order, 1)[0],
            **{
                name: fresh(record, rows[name], reserves.get(name, 0), getattr(spare, name, None), lends and name in OVER)
                for name, record in TABLES.items()
            },
            pools=fresh(Roster, POOLS),
            leaving_week=leaving,  # type: ignore[arg-type]
            incident_week=incidents,  # type: ignore[arg-type]
            findability=findability,  # type: ignore[arg-type]
            agenda=_empty_calendar(16 * children + room),
            trace=zeros(TRACE, 4096 if trace else 0),
            luck=undealt(seed, replication),
        )
        compile_once(self.world, self._records)
        run(self.world, self._records, 0.0, BEGIN)

    @property
    def events(self) -> int:
        """Events that have happened."""
        return int(self.world.agenda.counts.happened)

    def run(self, until: float) -> None:
        """Go on until hour `until`; what is due at that very hour waits."""
        self._may_go_on()
        until = float(until)  # for a whole number all would be compiled once more
        while True:
            before = self.events
            if not run(self.world, self._records, until, self.STEP):
                self._make_room(soonest(self.world).place % KINDS == Event.DUTY_CHANGED)
            elif self.events - before < self.STEP:
                break
        self.now = max(self.now, until)

    def _may_go_on(self) -> None:
        if self.has_lent:
            raise RuntimeError("this area lends its memory to its branches: it cannot go on itself")

    def _make_room(self, duty_changes: bool) -> None:
        """Room for whatever comes next; if people come on duty, also for them to begin all that waits. A table that is nearly full gets longer now,
        so that tables do not run out one after another."""
        w: Any = self.world
        now, counts = numbers(w.now), numbers(w.agenda.counts)
        waiting = 0
        if duty_changes:
            waiting = int(np.count_nonzero(w.tasks.view(np.ndarray)["progress"][: now["tasks"]] == int(Progress.WAITING)))
        wider: dict[str, Any] = {}
        for name, record in TABLES.items():
            if name != "networks":
                table = getattr(w, name)
                wider[name] = longer(table, now[name] + MARGIN + len(table) // NEARLY, default(record))
        if len(w.trace) > 0:
            wider["trace"] = longer(w.trace, counts["noted"] + waiting + MARGIN)
        to_come = counts["near"] + counts["later"] + 3 * now["children"] + 2 * waiting + MARGIN
        near, later = longer(w.agenda.near, to_come), longer(w.agenda.later, to_come)
        self.world = w._replace(agenda=w.agenda._replace(near=near, later=later), **wider)

    def switch(self, parameters: Parameters) -> None:
        """Another scenario is in force from now on."""
        self._may_go_on()
        self.parameters = parameters
        self._records = _records(parameters)
        self._make_room(duty_changes=True)
        run(self.world, self._records, self.now, SWITCH)

    def order(self, order: Order) -> None:
        """Decisions of one episode are set from now on; what was decided before stays."""
        for field in fields(Order):
            setattr(self.world.order, field.name, getattr(order, field.name))

    def branch(self, into: CompiledArea | None = None) -> CompiledArea:
        """A copy of the whole area as it stands, which goes its own way. It is made in the memory of `into`, if given: an area of the same children
        that nobody needs any more, nor its `last_tables`. That is quicker."""
        if self.lends and not self.has_lent:
            self.has_lent = True
            for name in OVER:
                put_away(getattr(self.world, name))
        copy = object.__new__(CompiledArea)
        copy.parameters = self.parameters
        copy.lends = False
        copy._records = self._records
        copy.now = self.now
        w: Any = self.world
        spare = _given_up(into)
        copy.world = w._replace(
            now=copied_record(w.now),
            order=copied_record(w.order),
            **{
                name: used_again(getattr(w, name), used(w.now, name, w.networks), getattr(spare, name, None), default(record))
                for name, record in TABLES.items()
            },
            pools=copied(w.pools, POOLS).view(np.recarray),
            agenda=_copied_calendar(w.agenda, None if spare is None else spare.agenda),
            trace=copied(w.trace, len(w.trace)).view(np.recarray),
            luck=copied(w.luck, len(w.luck)).view(np.recarray),
        )
        return copy

    def let_go(self, share: float) -> None:
        """Keep of each table so many times the rows that are in use, and a margin, and give back the memory of the others. Nobody may look at it any
        more, but another can still be made in what is left, and has as much room from the start. The calendar stays as long as it was: what is not
        written to again costs nothing."""
        w: Any = self.world
        kept = {name: getattr(w, name)[: ceil(share * used(w.now, name, w.networks)) + MARGIN] for name in TABLES if name != "networks"}
        self.world = w._replace(**kept)
        for rows in (*kept.values(), w.agenda.later[: ceil(share * w.agenda.counts.taken)]):
            let_go(rows)

    @property
    def size(self) -> int:
        """Bytes of its tables that are in use."""
        w: Any = self.world
        return sum(used(w.now, name, w.networks) * getattr(w, name).dtype.itemsize for name in TABLES)

    def tables(self) -> Tables:
        """Every table as an array of rows, used rows only."""
        return {name: copied(rows, len(rows)) for name, rows in self.last_tables().items()}

    def last_tables(self) -> Tables:
        """The same as they lie, not copied: for an area that will not go on. They change when the area does, or its memory is given to a branch."""
        w: Any = self.world
        tables = {name: getattr(w, name).view(np.ndarray)[: used(w.now, name, w.networks)] for name in TABLES}
        tables["pools"] = w.pools.view(np.ndarray)
        tables["now"] = w.now.reshape(1).view(np.ndarray)
        return tables

    def pending(self) -> list[tuple[float, int, int, int]]:
        """What is still to come, in the order in which it will: (hour, event, who, version)."""
        return pending(self.world.agenda)

    def pools(self) -> Rows:
        """The pools as they stand: a row of Roster for each."""
        return copied(self.world.pools, POOLS)  # type: ignore[arg-type]

    def traced(self) -> Rows:
        """The trace so far: rows of (time, event, who, resource)."""
        return copied(self.world.trace, self.world.agenda.counts.noted)


def _empty_calendar(room: int) -> Calendar:
    counts = zeros(COUNTS, 1)[0]
    counts.free = counts.scout = NOBODY
    return Calendar(zeros(NEAR, room), zeros(LATER, room), np.full(SPANS, NOBODY, np.int32), counts)


def _copied_calendar(calendar: Calendar, spare: Calendar | None) -> Calendar:
    counts = calendar.counts
    near = used_again(calendar.near, counts.near, None if spare is None else spare.near)
    later = used_again(calendar.later, counts.taken, None if spare is None else spare.later)
    return Calendar(near, later, calendar.first.copy(), copied_record(counts))


def _given_up(area: CompiledArea | None, lends: bool = False) -> World | None:
    """The world of an area, which has none from now on; without networks, of which the next may have more or fewer. The memory beyond its tables is
    given back, which a larger one before it may have needed. RuntimeError if the next does not lend its memory and this one did: others would show it
    unasked."""
    if area is None:
        return None
    if area.lends and not lends:
        raise RuntimeError("this area lends its memory to its branches: only another that lends can take its place")
    world: World = area.__dict__.pop("world")
    for rows in _tables_of(world):
        let_go(rows)
    return world._replace(networks=None)  # type: ignore[arg-type]


def _tables_of(world: World) -> Iterator[Rows]:
    """All that gets longer, but the trace."""
    w: Any = world
    yield from (getattr(w, name) for name in TABLES)
    yield from (w.agenda.near, w.agenda.later)


def _records(p: Parameters) -> Any:
    """The parameters as nested records, as compiled rules read them."""
    return Parameters(section_row(p.area), section_row(p.world), section_row(p.practice), section_row(p.resources))

