"""Do the models that are raced say the same? A fast wrong model is no baseline. Checked in every run, and a run that finds otherwise fails.

The compiled engine and the salabim model against the plain SimPy model on the core pathway; the Ciw network against the plain model where both are
the same queues (nobody is reported missing, other incidents only), and, with reports, in how busy it keeps people.
"""

from __future__ import annotations

from statistics import fmean
from typing import Any

from sim.scenario import Scenario

from .compare_plain import Observe, compare, replicate
from .core import core
from .measures import Window, observe_compiled, observe_plain, observe_salabim, queues
from .table import table

BY_CHANCE = 1e-4
"""Two equal models differ by more than is tolerated this often in one measure (Welch's t over replications)."""
PATHWAY = (
    "reported episodes a year",
    "report to located, hours, 25%",
    "report to located, hours, 50%",
    "report to located, hours, 75%",
    "ended by self, share",
    "ended by third party, share",
    "ended by police field, share",
    "graded high, share",
    "first field action, hours, median",
    "first field action, hours, mean",
    "wait at response, priority, hours",
    "use of response, share of duty hours",
    "search tasks a year",
    "return interviews held at all, share",
)
QUEUES = (
    "wait at response, urgent, hours",
    "wait at response, priority, hours",
    "wait at response, routine, hours",
    "use of desk, share of duty hours",
    "use of response, share of duty hours",
)
BUSY = ("use of desk, share of duty hours", "use of response, share of duty hours", "use of interviewer, share of duty hours")
BUSY_WITHIN = 0.1
"""How far the skeleton's share of busy hours may be from the plain model's, as a part of it: both do the same work, not in the same order."""
NOBODY_REPORTED: dict[str, Any] = {"world.reported_share": [0.0] * 4}
Row = dict[str, Any]


def measure(replications: int, window: Window) -> list[Row]:
    """One row for each measure of each pair of models: both values, and whether they agree."""
    scenario = core()
    plain = replicate(observe_plain, scenario, window, 1, replications)
    sides: dict[str, Observe] = {"our compiled engine": observe_compiled, "salabim": observe_salabim}
    rows: list[Row] = []
    for model, observe in sides.items():
        rows += judged(model, plain, replicate(observe, scenario, window, 2, replications), PATHWAY)
    return rows + ciw_alone(replications, window) + ciw_busy(replications, window, plain)


def judged(model: str, plain: list[dict[str, float]], other: list[dict[str, float]], names: tuple[str, ...]) -> list[Row]:
    """Welch's t, measure by measure."""
    return [
        {"model": model, "measure": row.measure, "plain": row.plain, "other": row.ours, "p": row.p, "agrees": row.p > BY_CHANCE}
        for row in compare(plain, other)
        if row.measure in names
    ]


def ciw_alone(replications: int, window: Window) -> list[Row]:
    """Other incidents only: the same queues in both."""
    scenario = core(overrides=NOBODY_REPORTED)
    plain = [queues(observe_plain(scenario, 1, replication, window.last).jobs, scenario, window) for replication in range(replications)]
    return judged("Ciw, other incidents only", only(plain, QUEUES), only(ciw(scenario, window, replications), QUEUES), QUEUES)


def ciw_busy(replications: int, window: Window, plain: list[dict[str, float]]) -> list[Row]:
    """With reports: how busy the skeleton keeps people."""
    other = ciw(core(), window, replications)
    rows = []
    for name in BUSY:
        theirs, ours = fmean(one[name] for one in plain), fmean(one[name] for one in other)
        agrees = abs(ours - theirs) <= BUSY_WITHIN * theirs
        rows.append({"model": "Ciw, skeleton", "measure": name, "plain": theirs, "other": ours, "p": None, "agrees": agrees})
    return rows


def ciw(scenario: Scenario, window: Window, replications: int) -> list[dict[str, float]]:
    """The queues of the skeleton, each replication with the work that one of the plain model asked for."""
    from .ciw_skeleton import Skeleton, volume

    found = []
    for replication in range(replications):
        area = Skeleton(scenario, volume(observe_plain(scenario, 1, replication, window.last), window), 1 + replication, window.last)
        area.run()
        found.append(queues(area.jobs(), scenario, window))
    return found


def only(measured: list[dict[str, float]], names: tuple[str, ...]) -> list[dict[str, float]]:
    """Some of the measures."""
    return [{name: one[name] for name in names} for one in measured]


def told(rows: list[Row]) -> str:
    """The table."""
    shown = [(row["model"], row["measure"], row["plain"], row["other"], row["p"], "yes" if row["agrees"] else "NO") for row in rows]
    header = ("model", "measure", "plain SimPy", "model", "p", "agrees")
    note = f"No: p at or below {BY_CHANCE:g}, or busy hours further apart than a tenth."
    return table("Do they say the same as the plain model?", header, shown, (note,))
