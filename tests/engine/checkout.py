"""A copy of this program with few rules, to be changed at will: what is said of compiling holds for any rules, and these take seconds."""

from __future__ import annotations

import shutil
from pathlib import Path

import sim

PARTS = ("sim", "scenarios", "calibration", "tests")
START = '''"""An area begins with people on duty and the first incident."""

from __future__ import annotations

from . import demand, pools, work
from .rule import rule
from .words import Pool
from .world import Parameters, World

POOLS = len(Pool)


@rule
def start(w: World, p: Parameters) -> None:
    """Fill an empty area at hour 0."""
    for pool in range(POOLS):
        w.pools[pool].on_duty = pools.on_duty_at(p, 0.0, pool)
    demand.next_incident(w, p, 0.0, 0)


@rule
def switched(w: World, p: Parameters, t: float) -> None:
    """Whoever another scenario puts on duty is there from hour `t` on."""
    for pool in range(POOLS):
        w.pools[pool].on_duty = pools.on_duty_at(p, t, pool)
        work.serve(w, p, t, pool)
'''
HAPPEN = '''"""Somebody needs police, and has them."""

from __future__ import annotations

from . import demand, work
from .events import Event
from .rule import rule
from .world import Parameters, World


@rule
def happen(w: World, p: Parameters, event: int, who: int, version: int, t: float) -> None:
    """Let one event happen at hour `t`."""
    if event == Event.INCIDENT:
        demand.incident(w, p, who, t)
    elif event == Event.TASK_ENDED and work.ended(w, p, t, who):
        work.serve(w, p, t, w.tasks[who].pool)
'''


def with_few_rules(to: Path) -> Path:
    """The copy, in `to`. In its areas there are no children, and nothing happens but other incidents."""
    root = Path(sim.__file__).parents[1]
    for part in PARTS:
        shutil.copytree(root / part, to / part, ignore=shutil.ignore_patterns("__pycache__"))
    (to / "sim" / "model" / "start.py").write_text(START)
    (to / "sim" / "model" / "happen.py").write_text(HAPPEN)
    return to
