"""The SimPy engine: `simpy.Environment` is the clock and the event list, the rules run as ordinary Python on ordinary objects.

It traces, steps and pauses, and takes further SimPy processes beside the rules (`area.env.process(...)`). It never imports Numba.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from heapq import heappush
from math import inf
from typing import Any

import numpy as np
import simpy
from simpy.events import NORMAL

from ..model.events import Event
from ..model.happen import happen
from ..model.records import Now, Order, Roster
from ..model.start import POOLS, start, switched
from ..model.world import Parameters, World
from .hands import Hands
from .layout import rows
from .profiles import lookups
from .tables import TABLES, Tables, used

ROOM = 512
"""Rows kept free in every table; looked after every LOOK events, and no event takes more than ROOM / LOOK of one table."""
LOOK = 64


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without Python's collector of circular references, which would look through every record again and again and find nothing to collect."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Happening(simpy.Event):
    """One scheduled event of the model, as SimPy's event list holds it."""

    __slots__ = ("_ok", "_value", "callbacks", "env", "event", "version", "who")

    def __init__(self, env: simpy.Environment, callbacks: list[Callable[[Any], None]], event: int, who: int, version: int) -> None:
        self.env = env
        self.callbacks = callbacks
        self._ok = True
        self._value = None
        self.event = event
        self.who = who
        self.version = version


class Clock(simpy.Environment):
    """A SimPy environment that takes absolute times: `now + (t - now)` is not always `t`."""

    def push(self, t: float, event: simpy.Event) -> None:
        """Put an event on the list at hour `t`."""
        heappush(self._queue, (t, NORMAL, next(self._eid), event))

    def go_on(self, until: float) -> None:
        """Let everything happen that is due before hour `until`, and set the clock to that very hour."""
        queue = self._queue
        while queue and queue[0][0] < until:
            self.step()
        self._now = max(self._now, until)

    def pending(self) -> list[tuple[float, int, int, int]]:
        """What of the model is still to come, in the order in which it will: (hour, event, who, version)."""
        entries = sorted(self._queue, key=lambda entry: entry[:3])
        return [(t, item.event, item.who, item.version) for t, _, _, item in entries if isinstance(item, Happening)]


class Agenda:
    """The verb `schedule` for interpreted worlds."""

    def __init__(self, env: Clock, answer: Callable[[Any], None]) -> None:
        self._env = env
        self._answer = answer

    def schedule(self, t: float, event: int, who: int, version: int) -> None:
        """At hour `t`, let `event` happen to `who`."""
        self._env.push(t, Happening(self._env, [self._answer], event, who, version))


class Area:
    """One area under one scenario, with the luck of one replication, from hour 0 on."""

    def __init__(self, parameters: Parameters, seed: int, replication: int, trace: bool = False) -> None:
        self.parameters = parameters
        self._begin(0.0, Hands(seed, replication), [] if trace else None)
        tables: dict[str, list[Any]] = {name: [] for name in TABLES}
        tables["networks"] = [TABLES["networks"]() for _ in range(parameters.area.networks)]
        leaving, incidents, findability = lookups(parameters)
        pools = [Roster() for _ in range(POOLS)]
        profiles: dict[str, Any] = {"leaving_week": leaving, "incident_week": incidents, "findability": findability}
        self.world = World(Now(), Order(), **tables, pools=pools, **profiles, **self._verbs)
        self._make_room(sum(parameters.area.children))
        start(self.world, parameters)
        self._make_room()

    def _begin(self, t: float, luck: Hands, trace: list[tuple[float, int, int, int]] | None) -> None:
        self.env = Clock(initial_time=t)
        self.luck = luck
        self.trace = trace
        self._events = 0
        self._verbs: dict[str, Any] = {"agenda": Agenda(self.env, self._answer), "trace": trace, "luck": luck}

    def _answer(self, happening: Happening) -> None:
        """SimPy has come to an event: the rules say what happens."""
        happen(self.world, self.parameters, happening.event, happening.who, happening.version, self.env.now)
        self._events += 1
        if self._events % LOOK == 0:
            self._make_room()

    def _make_room(self, extra: int = 0) -> None:
        w = self.world
        for name, record in TABLES.items():
            if name == "networks":
                continue
            table: list[Any] = getattr(w, name)
            short = getattr(w.now, name) + ROOM + (extra if name == "children" else 0) - len(table)
            if short > 0:
                table.extend(record() for _ in range(short + ROOM))

    @property
    def now(self) -> float:
        """The hour it is."""
        return float(self.env.now)

    @property
    def events(self) -> int:
        """Events that have happened."""
        return self._events

    def run(self, until: float) -> None:
        """Go on until hour `until`; what is due at that very hour waits."""
        if until > self.env.now:
            with collector_paused():
                self.env.go_on(until)

    def step(self) -> tuple[float, Event, int]:
        """Let one event of the model happen (and any of SimPy's own before it); gives (hour, event, who). Raises IndexError if nothing is pending."""
        while True:
            t, _, _, item = self.env._queue[0]
            self.env.step()
            if isinstance(item, Happening):
                return t, Event(item.event), item.who

    def run_to(self, event: Event, who: int | None = None, until: float = inf) -> bool:
        """Go on until just before `event` is due (for row `who`, if given), and pause there. False if hour `until` comes first."""
        while self.env.peek() < until:
            item = self.env._queue[0][3]
            if isinstance(item, Happening) and item.event == event and (who is None or item.who == who):
                return True
            self.env.step()
        return False

    def switch(self, parameters: Parameters) -> None:
        """Another scenario is in force from now on."""
        self.parameters = parameters
        switched(self.world, parameters, self.now)

    def order(self, order: Order) -> None:
        """Decisions of one episode are set from now on; what was decided before stays."""
        for field in fields(Order):
            setattr(self.world.order, field.name, getattr(order, field.name))

    def branch(self, into: Area | None = None) -> Area:
        """A copy of the whole area as it stands, which goes its own way. `into` is for the compiled engine, and makes no difference here."""
        copy = object.__new__(Area)
        copy.parameters = self.parameters
        w = self.world
        copy._begin(self.now, Hands(self.luck.seed, self.luck.replication), None if self.trace is None else list(self.trace))
        state = pickle.loads(pickle.dumps((w.now, w.order, *(getattr(w, name) for name in TABLES), w.pools), protocol=5))
        tables = dict(zip(TABLES, state[2:-1], strict=True))
        copy.world = World(state[0], state[1], **tables, pools=state[-1], leaving_week=w.leaving_week, incident_week=w.incident_week,
        findability=w.findability, **copy._verbs)
        copy._events = self._events
        for t, event, who, version in self.env.pending():
            copy.world.agenda.schedule(t, event, who, version)
        return copy

    def tables(self) -> Tables:
        """Every table as an array of rows, used rows only."""
        w = self.world
        tables = {name: rows(getattr(w, name)[: used(w.now, name, w.networks)], record) for name, record in TABLES.items()}
        tables["pools"] = self.pools()
        tables["now"] = rows([w.now], Now)
        return tables

    def last_tables(self) -> Tables:
        """The same; the compiled engine saves itself a copy."""
        return self.tables()

    def pools(self) -> np.ndarray[Any, Any]:
        """The pools as they stand: a row of Roster for each."""
        return rows(self.world.pools, Roster)

    def traced(self) -> np.ndarray[Any, Any]:
        """The trace so far: rows of (time, event, who, resource)."""
        dtype = np.dtype([("time", np.float64), ("event", np.int64), ("who", np.int64), ("resource", np.int64)])
        return np.array(self.trace or [], dtype=dtype)
