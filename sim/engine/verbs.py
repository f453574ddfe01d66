"""The three verbs of the model for compiled rules: `schedule` pushes on to the calendar, `note` writes into the trace, `uniform` draws by Philox."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import overload

from ..model import agenda, luck, trace
from ..model.luck import Decision
from ..model.words import NOBODY
from . import philox
from .calendar import push
from .jit import OPTIONS, callable_when_compiled

TRACE = np.dtype([("time", np.float64), ("event", np.int64), ("who", np.int64), ("resource", np.int64)])
DEALT = np.dtype([("seed", np.uint64), ("replication", np.uint64), ("entity", np.int64), ("occurrence", np.int64), ("four", np.float64, (4,))])
"""The four uniforms of one block of decisions that were dealt last, and whose they are."""
BLOCKS = max(Decision) // 4 + 1


def undealt(seed: int, replication: int) -> Any:
    """The luck of an area: a row of DEALT for each block of decisions, of which nothing has been dealt."""
    rows = np.zeros(BLOCKS, DEALT)
    rows["seed"], rows["replication"], rows["entity"], rows["occurrence"] = seed, replication, NOBODY, NOBODY
    return rows.view(np.recarray)


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
    """A uniform by its key. What is decided together lies in one block, so the block that was dealt last often has the next one, too."""
    dealt = w.luck[decision >> 2]
    if dealt.entity != entity or dealt.occurrence != occurrence:
        one, two, three, four = philox.four(dealt.seed, dealt.replication, decision >> 2, entity, occurrence)
        dealt.four[0] = one
        dealt.four[1] = two
        dealt.four[2] = three
        dealt.four[3] = four
        dealt.entity = entity
        dealt.occurrence = occurrence
    uniform: float = dealt.four[decision & 3]
    return uniform


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
