"""The dispatcher of compiled rules: take the next event, let it happen, until the hour is reached or a table is short of room.

Numba is told of the rules afterwards: `register_jitable` says that compiled code may call them, and the functions stay as they were. Only `run` is
ever called from Python. It knows no growing: before each event it looks whether every table has room; if not it returns, and Python makes room.
"""

from __future__ import annotations

from typing import Any

from numba import njit
from numba import typeof as _typeof
from numba.core.errors import NumbaError

from ..model.happen import happen
from ..model.rule import RULES
from ..model.start import start, switched
from ..model.world import World
from . import cache, linking, resident, verbs  # noqa: F401  (the verbs are known once their room is open)
from .calendar import KINDS, drop_soonest, is_due, look_ahead, soonest
from .held import Held, hold
from .jit import OPTIONS, callable_when_compiled, int64
from .margin import has_margin

typeof: Any = _typeof

BEGIN = -1
SWITCH = -2
"""Instead of a number of events: fill an empty area; switch to other parameters."""

for _rule in RULES:
    callable_when_compiled(_rule)


@njit(nogil=True, **OPTIONS)  # type: ignore[untyped-decorator]
def run(whole: Any, p: Any, until: float, most: int) -> bool:
    """Let up to `most` events before hour `until` happen. False if a table is short of room. A `most` of BEGIN fills an empty area, of SWITCH
    switches to `p` at `until`."""
    w = hold(whole)
    if most == BEGIN:
        start(w, p)
        return True
    if most == SWITCH:
        switched(w, p, until)
        return True
    counts = w.agenda.counts
    done = 0
    while done < most and is_due(w, until):
        if not has_margin(w):
            return False
        first = soonest(w)
        t = first.time
        event = first.place % KINDS
        who = int64(first.who)
        version = int64(first.version)
        drop_soonest(w)
        look_ahead(w)
        counts.happened += 1
        happen(w, p, event, who, version, t)
        done += 1
    return True


PLACE = cache.folder(OPTIONS)
cache.enable(run, PLACE)


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
    resident.let_go_of_libraries()


def is_ready() -> bool:
    """Is the code compiled, in this process or in the cache?"""
    return bool(run.signatures) or cache.is_filled(PLACE)
