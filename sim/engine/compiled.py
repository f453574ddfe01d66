"""The compiled engine: the same rules under Numba, with a binary heap over record arrays. The only room, with `philox`, that knows Numba.

Numba is told of the rules afterwards: `register_jitable` says that compiled code may call them, and the functions stay as they were. The three
verbs get another
body here. Before each event the dispatcher looks whether every table has room; if not it returns, Python doubles the short tables and calls again.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numba.extending import overload, register_jitable

from ..model import agenda, luck, trace
from ..model.happen import happen
from ..model.records import Now, Roster
from ..model.rule import RULES
from ..model.start import POOLS, start, switched
from ..model.world import Parameters, World
from . import cache, philox
from .layout import record_dtype, section_row
from .profiles import lookups
from .tables import TABLES, Tables, used

OPTIONS: Any = {"error_model": "numpy", "boundscheck": True, "forceinline": True, "_nrt": False}
"""The same for every rule, verb and `run`; never `fastmath`."""
MARGIN = 64
"""Rows free in each table before an event; no event takes more."""

HEAP = np.dtype([("time", np.float64), ("order", np.int64), ("event", np.int64), ("who", np.int64), ("version", np.int64)], align=True)
TRACE = np.dtype([("time", np.float64), ("event", np.int64), ("who", np.int64), ("resource", np.int64)])
KEY = np.dtype([("seed", np.uint64), ("replication", np.uint64)])

for _rule in RULES:
    register_jitable(**OPTIONS)(_rule)


@register_jitable(**OPTIONS)
def push(w: Any, t: float, event: int, who: int, version: int) -> None:
    """Put an event on the heap."""
    heap = w.agenda
    place = w.now.pending
    w.now.pending = place + 1
    order = w.now.scheduled
    w.now.scheduled = order + 1
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
    heap = w.agenda
    last = w.now.pending - 1
    w.now.pending = last
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
        row = w.trace[w.now.noted]
        w.now.noted += 1
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
def has_margin(w: Any) -> bool:
    """Has every table room for one more event?"""
    now = w.now
    return (
        now.pending + MARGIN <= len(w.agenda)
        and now.children + MARGIN <= len(w.children)
        and now.episodes + MARGIN <= len(w.episodes)
        and now.tasks + MARGIN <= len(w.tasks)
        and now.interviews + MARGIN <= len(w.interviews)
        and now.cases + MARGIN <= len(w.cases)
        and now.protections + MARGIN <= len(w.protections)
        and now.identifications + MARGIN <= len(w.identifications)
        and (len(w.trace) == 0 or now.noted + 1024 <= len(w.trace))
    )


@njit(nogil=True, **OPTIONS)  # type: ignore[untyped-decorator]
def run(w: Any, p: Any, until: float, most: int) -> bool:
    """Let up to `most` events before hour `until` happen. False if a table is short of room. `most` of -1 fills an empty area, -2 switches to `p`
    at `until`."""
    if most == -1:
        start(w, p)
        return True
    if most == -2:
        switched(w, p, until)
        return True
    done = 0
    while done < most and w.now.pending > 0 and w.agenda[0].time < until:
        if not has_margin(w):
            return False
        t = w.agenda[0].time
        event = w.agenda[0].event
        who = w.agenda[0].who
        version = w.agenda[0].version
        drop_first(w)
        w.now.events += 1
        happen(w, p, event, who, version, t)
        done += 1
    return True


PLACE = cache.folder(OPTIONS)
cache.enable(run, PLACE)


def _fresh(record: type, count: int) -> np.ndarray[Any, Any]:
    """Rows with every field at its default."""
    one = np.zeros(1, record_dtype(record))
    default = record()
    for name in one.dtype.names or ():
        one[name][0] = getattr(default, name)
    return np.repeat(one, count)


def _recarray(rows: np.ndarray[Any, Any]) -> Any:
    return rows.view(np.recarray)


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
            agenda=_recarray(np.zeros(8 * children + max(room, MARGIN), HEAP)),
            trace=_recarray(np.zeros(4096 if trace else 0, TRACE)),
            luck=key.view(np.recarray)[0],
        )
        run(self.world, self._records, 0.0, -1)

    @property
    def events(self) -> int:
        """Events that have happened."""
        return int(self.world.now.events)

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
        w = self.world
        now = w.now
        wider: dict[str, Any] = {}
        counts = {"agenda": now.pending, **{name: getattr(now, name) for name in TABLES if name != "networks"}}
        for name, count in counts.items():
            table = getattr(w, name)
            if count + MARGIN > len(table):
                more = np.zeros(len(table) + MARGIN, HEAP) if name == "agenda" else _fresh(TABLES[name], len(table) + MARGIN)
                wider[name] = _recarray(np.concatenate([table.view(np.ndarray), more]))
        if len(w.trace) > 0 and now.noted + 1024 > len(w.trace):
            wider["trace"] = _recarray(np.concatenate([w.trace.view(np.ndarray), np.zeros(len(w.trace), TRACE)]))
        self.world = w._replace(**wider)

    def switch(self, parameters: Parameters) -> None:
        """Another scenario is in force from now on."""
        self.parameters = parameters
        self._records = _records(parameters)
        run(self.world, self._records, self.now, -2)

    def branch(self) -> CompiledArea:
        """A copy of the whole area as it stands, which goes its own way."""
        copy = object.__new__(CompiledArea)
        copy.parameters = self.parameters
        copy._records = self._records
        copy.now = self.now
        w = self.world
        now = np.zeros(1, record_dtype(Now))
        now[0] = w.now
        copied = {name: _recarray(getattr(w, name).view(np.ndarray).copy()) for name in (*TABLES, "pools", "agenda", "trace")}
        copy.world = w._replace(now=now.view(np.recarray)[0], **copied)
        return copy

    def tables(self) -> Tables:
        """Every table as an array of rows, used rows only."""
        w: Any = self.world
        tables = {name: getattr(w, name).view(np.ndarray)[: used(w.now, name, w.networks)].copy() for name in TABLES}
        tables["pools"] = w.pools.view(np.ndarray).copy()
        now = np.zeros(1, record_dtype(Now))
        now[0] = w.now
        tables["now"] = now
        return tables

    def traced(self) -> np.ndarray[Any, Any]:
        """The trace so far: rows of (time, event, who, resource)."""
        traced: np.ndarray[Any, Any] = self.world.trace.view(np.ndarray)[: self.world.now.noted].copy()
        return traced


def _records(p: Parameters) -> Any:
    """The parameters as nested records, as compiled rules read them."""
    return Parameters(section_row(p.area), section_row(p.world), section_row(p.practice), section_row(p.resources))

