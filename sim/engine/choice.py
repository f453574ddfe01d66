"""Which engine runs: the compiled one for large runs, SimPy for small ones and wherever Numba is missing. Both give the same bytes."""

from __future__ import annotations

import importlib.util
import logging
from typing import TYPE_CHECKING, Literal

from ..model.world import Parameters

if TYPE_CHECKING:
    from .compiled import CompiledArea
    from .interpreted import Area

LOG = logging.getLogger(__name__)
Engine = Literal["simpy", "compiled"]
ENGINES: tuple[Engine, ...] = ("compiled", "simpy")
AUTO = "auto"
LARGE = 20.0
"""Area-years from which the compiled engine is worth its start."""


def has_numba() -> bool:
    """Can the compiled engine be used here?"""
    return importlib.util.find_spec("numba") is not None


def choose(wanted: str, area_years: float) -> tuple[Engine, str]:
    """The engine for a run of so many simulated area-years, and a notice (empty if there is nothing to say)."""
    if wanted == "simpy":
        return "simpy", ""
    if not has_numba():
        asked = wanted == "compiled" or area_years >= LARGE
        return "simpy", "Numba is not installed: the SimPy engine runs instead, with the same results, more slowly." if asked else ""
    if wanted == "compiled" or area_years >= LARGE:
        return "compiled", ""
    return "simpy", ""


def open_area(engine: Engine, parameters: Parameters, seed: int, replication: int, trace: bool = False) -> Area | CompiledArea:
    """A new area at hour 0 on the chosen engine."""
    if engine == "simpy":
        from .interpreted import Area

        return Area(parameters, seed, replication, trace)
    from . import compiled

    if not compiled.is_ready():
        LOG.info("Compiling the engine for this machine, once; this takes about a minute.")
    return compiled.CompiledArea(parameters, seed, replication, trace)
