"""The three verbs of the model for compiled rules: `schedule` pushes on to the calendar, `note` writes into the trace, `uniform` draws by Philox."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import overload

from ..model import agenda, luck, trace
from . import philox
from .calendar import push
from .jit import OPTIONS, callable_when_compiled

TRACE = np.dtype([("time", np.float64), ("event", np.int64), ("who", np.int64), ("resource", np.int64)])
KEY = np.dtype([("seed", np.uint64), ("replication", np.uint64)])


@callable_when_compiled
def write_down(w: Any, t: float, event: int, who: int, resource: int) -> None:
    """One line of the trace, if one is kept (its array has rows)."""
    if len(w.trace) > 0:
        row = w.trace[w.agenda.counts.noted]
        w.agenda.counts.noted += 1
        row.time = t
        row.event = event
        row.who = who
        row.resource = resource


@callable_when_compiled
def draw(w: Any, decision: int, entity: int, occurrence: int) -> float:
    """A uniform by its key."""
    return philox.uniform(w.luck.seed, w.luck.replication, decision, entity, occurrence)


# Each `type: ignore` in the rooms that know Numba has one reason: Numba has no full types, and a compiled World holds arrays where the rules know
# lists.
@overload(agenda.schedule, jit_options=OPTIONS, strict=False)
def _schedule(*arguments: Any) -> Any:
    return push


@overload(trace.note, jit_options=OPTIONS, strict=False)
def _note(*arguments: Any) -> Any:
    return write_down


@overload(luck.uniform, jit_options=OPTIONS, strict=False)
def _uniform(*arguments: Any) -> Any:
    return draw
