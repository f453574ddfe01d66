"""Which engine runs: the compiled one for large runs, and for all but the smallest once it is compiled; else SimPy. Both give the same bytes."""

from __future__ import annotations

import importlib.util
import logging
import os
from typing import TYPE_CHECKING, Literal

from ..model.world import Parameters
from ..scenario.errors import Problem, ScenarioError
from . import sources as sources  # looked at now, while the rules are loaded, not when they are compiled

if TYPE_CHECKING:
    from .compiled import CompiledArea
    from .interpreted import Area

LOG = logging.getLogger(__name__)
Engine = Literal["simpy", "compiled"]
ENGINES: tuple[Engine, ...] = ("compiled", "simpy")
AUTO = "auto"
LARGE = 20.0
"""Area-years from which the compiled engine is worth compiling."""
SMALL = 1.0
"""Area-years from which it is worth reading, once its code is kept on this machine."""


def obstacle() -> str:
    """Why the compiled engine cannot be used here; empty if it can. Loads Numba to find out, which takes half a second."""
    if importlib.util.find_spec("numba") is None:
        return "Numba is not installed"
    if os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0"):
        return "NUMBA_DISABLE_JIT is set"
    try:
        import numba  # noqa: F401
    except Exception as error:  # whatever goes wrong in there, a run need not
        return f"Numba cannot be loaded ({error})"
    return ""


def choose(wanted: str, area_years: float) -> tuple[Engine, str]:
    """The engine for a run of so many simulated area-years, and a notice (empty if there is nothing to say).

    Raises ScenarioError if the compiled engine is asked for by name and cannot be used here.
    """
    if wanted == "simpy" or (wanted == AUTO and area_years < SMALL):
        return "simpy", ""
    why_not = obstacle()
    if wanted == AUTO and area_years < LARGE and (why_not or not is_kept()):
        return "simpy", ""
    if not why_not:
        return "compiled", ""
    if wanted == "compiled":
        raise ScenarioError(Problem("", None, "engine", f"compiled cannot be used here: {why_not}", "allowed: auto, simpy (with the same results)"))
    return "simpy", f"{why_not}: the SimPy engine runs instead, with the same results, more slowly."


def is_kept() -> bool:
    """Is the engine's code there, in this process or on this machine, so that nothing has to be compiled? Raises ImportError without Numba."""
    from . import compiled

    return compiled.is_ready()


def can_begin(engine: Engine) -> bool:
    """Can several threads make areas at once, because no code has to be compiled or read first?"""
    if engine == "simpy":
        return True
    from . import compiled

    return bool(compiled.run.signatures)


def open_area(
    engine: Engine,
    parameters: Parameters,
    seed: int,
    replication: int,
    trace: bool = False,
    into: CompiledArea | None = None,
    lends: bool = False,
) -> Area | CompiledArea:
    """A new area at hour 0 on the chosen engine. A compiled one is made in the memory of `into`, which nobody needs any more, and if it `lends`, its
    branches share its own. That the engine has yet to be compiled is said first."""
    if engine == "simpy":
        from .interpreted import Area

        return Area(parameters, seed, replication, trace)
    from . import cache, compiled

    if not compiled.is_ready():
        trouble = cache.place(compiled.OPTIONS).trouble if compiled.PLACE is None else ""
        for_how_long = f"for this run only ({trouble})" if trouble else "once"
        LOG.info("Compiling the engine for this machine, %s; this takes some 20 seconds, on a slow machine a minute.", for_how_long)
    return compiled.CompiledArea(parameters, seed, replication, trace, into=into, lends=lends)


def that_pauses(area: Area | CompiledArea) -> Area:
    """The area on the SimPy engine, which can step and pause: itself if it is there already, else a copy that was handed over."""
    from .interpreted import Area

    if isinstance(area, Area):
        return area
    from .handover import handed_over

    return handed_over(area)
