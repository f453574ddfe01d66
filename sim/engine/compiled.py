"""The compiled engine: the same rules under Numba, with a binary heap over record arrays. The only room, with `philox`, that knows Numba.

Numba is told of the rules afterwards: `register_jitable` says that compiled code may call them, and the functions stay as they were. The three
verbs get another
body here. Before each event the dispatcher looks whether every table has room; if not it returns, Python doubles the short tables and calls again.
The options, and what each is worth, are in docs/decisions/0004-how-the-engine-is-compiled.md.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numba import typeof as _typeof
from numba.core.errors import NumbaError
from numba.extending import overload, register_jitable

from ..model import agenda, luck, trace
from ..model.events import Event
from ..model.happen import happen
from ..model.pools import LINES
from ..model.records import Now, Roster
from ..model.rule import RULES
from ..model.start import POOLS, start, switched
from ..model.words import NOBODY, Progress
from ..model.world import Parameters, World
from . import cache, linking, philox
from .held import Held, hold
from .layout import record_dtype, section_row
from .profiles import lookups
from .tables import TABLES, Tables, used

OPTIONS: Any = {"error_model": "numpy", "boundscheck": True, "forceinline": False, "_nrt": False}
"""The same for every rule, verb and `run`; never `fastmath`."""
MARGIN = 64
"""Rows free in each table before an event; no event takes more, but for the agenda and the trace (see `has_margin`)."""

typeof: Any = _typeof
Rows = np.ndarray[Any, Any]

HEAP = np.dtype([("time", np.float64), ("order", np.int64), ("event", np.int64), ("who", np.int64), ("version", np.int64)], align=True)
TRACE = np.dtype([("time", np.float64), ("event", np.int64), ("who", np.int64), ("resource", np.int64)])
KEY = np.dtype([("seed", np.uint64), ("replication", np.uint64)])
COUNTS = np.dtype([("pending", np.int64), ("scheduled", np.int64), ("happened", np.int64), ("noted", np.int64)])


class Agenda(NamedTuple):
    """What is to come, as a heap by time and then order, and the engine's own counts."""

    heap: Any
    counts: Any


for _rule in RULES:
    register_jitable(**OPTIONS)(_rule)


@register_jitable(**OPTIONS)
def push(w: Any, t: float, event: int, who: int, version: int) -> None:
    """Put an event on the heap."""
    heap = w.agenda.heap
    counts = w.agenda.counts
    place = counts.pending
    counts.pending = place + 1
    order = counts.scheduled
    counts.scheduled = order + 1
    while place > 0:
        above = (place - 1) >> 1
        if heap[above].time <= t:
            break
        heap[place].time = heap[above].time
        heap[place].order = heap[above].order
        heap[place].event = heap[above].event
        heap[place].who = heap[above].who
        heap[place].version = heap[above].version
        place = above
    heap[place].time = t
    heap[place].order = order
    heap[place].event = event
    heap[place].who = who
    heap[place].version = version


@register_jitable(**OPTIONS)
def drop_first(w: Any) -> None:
    """Take the first event off the heap."""
    heap = w.agenda.heap
    last = w.agenda.counts.pending - 1
    w.agenda.counts.pending = last
    t = heap[last].time
    order = heap[last].order
    place = 0
    while True:
        child = 2 * place + 1
        if child >= last:
            break
        other = child + 1
        if other < last and (
            heap[other].time < heap[child].time or (heap[other].time == heap[child].time and heap[other].order < heap[child].order)
        ):
            child = other
        if t < heap[child].time or (t == heap[child].time and order < heap[child].order):
            break
        heap[place].time = heap[child].time
        heap[place].order = heap[child].order
        heap[place].event = heap[child].event
        heap[place].who = heap[child].who
        heap[place].version = heap[child].version
        place = child
    heap[place].time = t
    heap[place].order = order
    heap[place].event = heap[last].event
    heap[place].who = heap[last].who
    heap[place].version = heap[last].version


@register_jitable(**OPTIONS)
def write_down(w: Any, t: float, event: int, who: int, resource: int) -> None:
    """One line of the trace, if one is kept (its array has rows)."""
    if len(w.trace) > 0:
        row = w.trace[w.agenda.counts.noted]
        w.agenda.counts.noted += 1
        row.time = t
        row.event = event
        row.who = who
        row.resource = resource


@register_jitable(**OPTIONS)
def draw(w: Any, decision: int, entity: int, occurrence: int) -> float:
    """A uniform by its key."""
    return philox.uniform(w.luck.seed, w.luck.replication, decision, entity, occurrence)


@overload(agenda.schedule, jit_options=OPTIONS, strict=False)
def _schedule(*arguments: Any) -> Any:
    return push


@overload(trace.note, jit_options=OPTIONS, strict=False)
def _note(*arguments: Any) -> Any:
    return write_down


@overload(luck.uniform, jit_options=OPTIONS, strict=False)
def _uniform(*arguments: Any) -> Any:
    return draw


@register_jitable(**OPTIONS)
def in_line(w: Any, pool: int) -> int:
    """How many tasks wait before a pool."""
    count = 0
    for line in range(LINES):
        task = w.pools[pool].first[line]
        while task != NOBODY:
            if w.tasks[task].progress == Progress.WAITING:
                count += 1
            task = w.tasks[task].next_in_line
    return count


@register_jitable(**OPTIONS)
def has_margin(w: Any) -> bool:
    """Has every table room for the next event?

    News of a network retimes every child in it, up to three times in one event (a find: notice, suspect, perpetrator met). A change of duty may begin
    whatever waits, with two events and a line of the trace for each.
    """
    now = w.now
    heap = w.agenda.heap
    counts = w.agenda.counts
    begun = in_line(w, heap[0].who) if heap[0].event == Event.DUTY_CHANGED else 0
    return (
        counts.pending + 3 * now.children + 2 * begun + MARGIN <= len(heap)
        and now.children + MARGIN <= len(w.children)
        and now.episodes + MARGIN <= len(w.episodes)
        and now.tasks + MARGIN <= len(w.tasks)
        and now.interviews + MARGIN <= len(w.interviews)
        and now.cases + MARGIN <= len(w.cases)
        and now.protections + MARGIN <= len(w.protections)
        and now.identifications + MARGIN <= len(w.identifications)
        and (len(w.trace) == 0 or counts.noted + begun + MARGIN <= len(w.trace))
    )


# Each `type: ignore` in this room has one reason: Numba has no full types, and a compiled World holds arrays where the rules know lists.
@njit(nogil=True, **OPTIONS)  # type: ignore[untyped-decorator]
def run(whole: Any, p: Any, until: float, most: int) -> bool:
    """Let up to `most` events before hour `until` happen. False if a table is short of room. `most` of -1 fills an empty area, -2 switches to `p`
    at `until`."""
    w = hold(whole)
    if most == -1:
        start(w, p)
        return True
    if most == -2:
        switched(w, p, until)
        return True
    done = 0
    heap = w.agenda.heap
    counts = w.agenda.counts
    while done < most and counts.pending > 0 and heap[0].time < until:
        if not has_margin(w):
            return False
        t = heap[0].time
        event = heap[0].event
        who = heap[0].who
        version = heap[0].version
        drop_first(w)
        counts.happened += 1
        happen(w, p, event, who, version, t)
        done += 1
    return True


PLACE = cache.folder(OPTIONS)
cache.enable(run, PLACE)


def _fresh(record: type, count: int) -> Rows:
    """Rows with every field at its default."""
    one = np.zeros(1, record_dtype(record))
    default = record()
    for name in one.dtype.names or ():
        one[name][0] = getattr(default, name)
    return np.repeat(one, count)


def _recarray(rows: Rows) -> Any:
    return rows.view(np.recarray)


def _copy(rows: Any, used: int) -> Rows:
    """The first `used` rows, copied as bytes: NumPy would copy them field by field, which takes five to ten times as long."""
    size = rows.dtype.itemsize
    copy = rows.view(np.ndarray).view(np.uint8).reshape(len(rows), size)[:used].copy()
    copied: Rows = copy.view(rows.dtype).reshape(used)
    return copied


def _longer(table: Any, needed: int, fresh: Callable[[int], Rows]) -> Any:
    """The table, or one of at least twice its length if it is shorter than `needed`."""
    if needed <= len(table):
        return table
    longer = fresh(len(table) + max(len(table), needed - len(table)))
    longer.view(np.uint8).reshape(len(longer), -1)[: len(table)] = table.view(np.ndarray).view(np.uint8).reshape(len(table), -1)
    return _recarray(longer)


def _copied(record: Any) -> Any:
    """A record of its own."""
    rows = np.zeros(1, record.dtype)
    rows[0] = record
    return rows.view(np.recarray)[0]


class NotCompiled(Exception):
    """The rules do not compile; the message names the rules to mend."""


def compile_once(world: World, records: Any) -> None:
    """Compile `run`, or read it from the cache, unless that has been done. Raises NotCompiled."""
    if run.signatures:
        return
    kinds = typeof(world), typeof(records)
    try:
        with linking.into(run.py_func.__qualname__):
            cache.compile_kept(run, (*kinds, typeof(0.0), typeof(0)))
    except (NumbaError, KeyError) as error:
        from . import explain

        found = explain.problems(RULES, Held(kinds[0]), kinds[1], OPTIONS)
        raise NotCompiled("\n".join(["The rules do not compile:", *found])) from error


def is_ready() -> bool:
    """Is the code compiled, in this process or in the cache?"""
    return bool(run.signatures) or cache.is_filled(PLACE)


class CompiledArea:
    """One area under one scenario, compiled. The same interface as `interpreted.Area`, without SimPy's own."""

    STEP = 200_000
    """Events between two looks at Python, so that a key press can stop a run."""

    def __init__(self, parameters: Parameters, seed: int, replication: int, trace: bool = False, room: int = 1024) -> None:
        self.parameters = parameters
        self._records = _records(parameters)
        self.now = 0.0
        leaving, incidents, findability = (np.array(table) for table in lookups(parameters))
        children = sum(parameters.area.children)
        tables = {name: _fresh(record, max(room, MARGIN)) for name, record in TABLES.items()}
        tables["networks"] = _fresh(TABLES["networks"], parameters.area.networks)
        tables["children"] = _fresh(TABLES["children"], children + max(room, MARGIN))
        key = np.zeros(1, KEY)
        key["seed"], key["replication"] = seed, replication
        self.world = World(
            now=_fresh(Now, 1).view(np.recarray)[0],
            **{name: _recarray(table) for name, table in tables.items()},
            pools=_recarray(_fresh(Roster, POOLS)),
            leaving_week=leaving,  # type: ignore[arg-type]
            incident_week=incidents,  # type: ignore[arg-type]
            findability=findability,  # type: ignore[arg-type]
            agenda=Agenda(_recarray(np.zeros(8 * children + max(room, MARGIN), HEAP)), np.zeros(1, COUNTS).view(np.recarray)[0]),
            trace=_recarray(np.zeros(4096 if trace else 0, TRACE)),
            luck=key.view(np.recarray)[0],
        )
        compile_once(self.world, self._records)
        run(self.world, self._records, 0.0, -1)

    @property
    def events(self) -> int:
        """Events that have happened."""
        return int(self.world.agenda.counts.happened)

    def run(self, until: float) -> None:
        """Go on until hour `until`; what is due at that very hour waits."""
        while True:
            before = self.events
            if not run(self.world, self._records, until, self.STEP):
                self._make_room()
            elif self.events - before < self.STEP:
                break
        self.now = max(self.now, until)

    def _make_room(self) -> None:
        """Room for whatever comes next, also for everyone on duty to begin what waits: a short table gets at least twice its rows."""
        w = self.world
        now, counts = w.now, w.agenda.counts
        waiting = int(np.count_nonzero(w.tasks.view(np.ndarray)["progress"][: now.tasks] == Progress.WAITING))  # type: ignore[attr-defined]
        wider: dict[str, Any] = {}
        for name in TABLES:
            if name != "networks":
                wider[name] = _longer(getattr(w, name), getattr(now, name) + MARGIN, partial(_fresh, TABLES[name]))
        heap = _longer(w.agenda.heap, counts.pending + 3 * now.children + 2 * waiting + MARGIN, partial(np.zeros, dtype=HEAP))
        if len(w.trace) > 0:
            wider["trace"] = _longer(w.trace, counts.noted + waiting + MARGIN, partial(np.zeros, dtype=TRACE))
        self.world = w._replace(agenda=Agenda(heap, counts), **wider)

    def switch(self, parameters: Parameters) -> None:
        """Another scenario is in force from now on."""
        self.parameters = parameters
        self._records = _records(parameters)
        self._make_room()
        run(self.world, self._records, self.now, -2)

    def branch(self) -> CompiledArea:
        """A copy of the whole area as it stands, which goes its own way."""
        copy = object.__new__(CompiledArea)
        copy.parameters = self.parameters
        copy._records = self._records
        copy.now = self.now
        w = self.world
        copied = {name: _recarray(_copy(getattr(w, name), len(getattr(w, name)))) for name in (*TABLES, "pools", "trace")}
        agenda = Agenda(_recarray(_copy(w.agenda.heap, len(w.agenda.heap))), _copied(w.agenda.counts))
        copy.world = w._replace(now=_copied(w.now), agenda=agenda, **copied)
        return copy

    def tables(self) -> Tables:
        """Every table as an array of rows, used rows only."""
        w: Any = self.world
        tables = {name: _copy(getattr(w, name), used(w.now, name, w.networks)) for name in TABLES}
        tables["pools"] = self.pools()
        tables["now"] = _copied(w.now).reshape(1).view(np.ndarray)
        return tables

    def pools(self) -> Rows:
        """The pools as they stand: a row of Roster for each."""
        return _copy(self.world.pools, POOLS)

    def traced(self) -> Rows:
        """The trace so far: rows of (time, event, who, resource)."""
        return _copy(self.world.trace, self.world.agenda.counts.noted)


def _records(p: Parameters) -> Any:
    """The parameters as nested records, as compiled rules read them."""
    return Parameters(section_row(p.area), section_row(p.world), section_row(p.practice), section_row(p.resources))

