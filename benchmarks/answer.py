"""Time to a trustworthy answer: CPU seconds until the 95% interval of a difference is narrow enough.

Two things make it short: a replication that costs little, and luck that is the same on both sides, so that the difference varies little. Ours: paired
replications of the compiled engine with a shared warm-up. Against it: the plain SimPy model, each scenario with seeds of its own.

How wide is narrow enough, and how many replications that takes, is said in `precision.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from statistics import median
from typing import Any

import sim
from sim.engine.choice import open_area
from sim.outcomes.catalogue import HEADLINES, MEASURES

from . import plain
from .core import core
from .measures import Window, core_headlines, observe_area, parameters, read_rules
from .precision import Answer, answered, independent_sd
from .process import fresh
from .start_up import ready
from .table import table
from .turns import Watch

BASELINE, OTHER = "durham-2020-03", "good-practice"
WINDOW = Window(730.0, 365.0, 90.0)
"""A replication of the library, in the core pathway as in the full model."""
PLAIN_STARTS = "import json\nfrom benchmarks import plain\nfrom benchmarks.core import core\ncore()\nprint(json.dumps({}))"


def ours_on_core(replication: int) -> tuple[dict[str, float], dict[str, float], float]:
    """A paired replication of the core pathway in the county, and its CPU seconds up to its tables."""
    first, second = (core(practice=name, size="county") for name in (BASELINE, OTHER))
    watch, tables = Watch(), []
    with watch.running():
        area: Any = open_area("compiled", parameters(first), 1, replication)
        area.run(WINDOW.start)
        other = area.branch()
        for side, scenario in ((area, first), (other, second)):
            side.switch(parameters(scenario))
            side.run(WINDOW.last)
            tables.append(side.tables())
    baseline, better = (core_headlines(read_rules(one), WINDOW) for one in tables)
    return baseline, better, watch.cpu


def plain_on_core(replication: int) -> tuple[dict[str, float], dict[str, float], float]:
    """The same of the plain model, each side with a seed of its own; CPU seconds of both runs."""
    watch, values = Watch(), []
    for seed, name in enumerate((BASELINE, OTHER), start=1):
        scenario = core(practice=name, size="county")
        with watch.running():
            area = plain.Area(scenario, seed, replication)
            area.run(WINDOW.last)
        values.append(core_headlines(observe_area(area), WINDOW))
    return values[0], values[1], watch.cpu


def on_core(plain_replications: int, ours_per_plain: int) -> dict[str, Any]:
    """The core pathway on both sides, in alternation: every value that the plain model can give, with its own variances and cost."""
    theirs, ours = [], []
    for replication in range(plain_replications):
        theirs.append(plain_on_core(replication))
        ours += [ours_on_core(replication * ours_per_plain + one) for one in range(ours_per_plain)]
    costs = median(one[2] for one in ours), median(one[2] for one in theirs)
    answers = []
    for id in ours[0][0]:
        spread = independent_sd([one[0][id] for one in theirs], [one[1][id] for one in theirs])
        pair = [one[0][id] for one in ours], [one[1][id] for one in ours]
        answers.append(answered(id, MEASURES[id].label, MEASURES[id].unit, pair, spread, costs))
    return section(answers, costs, len(ours), len(theirs))


def on_full(replications: int, plain_cost: float) -> dict[str, Any]:
    """All ten headlines in the full model. The plain model does not know six of them: here our own spread with independent seeds stands for its own,
    and its cost on the core pathway for the cost of a plain model that would do it all, which is less than it would be."""
    watch = Watch()
    with watch.running():
        result: Any = sim.compare(BASELINE, OTHER, replications=replications, engine="compiled", workers=1, fixed=True)
        assert len(result.differences)
    costs = watch.cpu / replications, plain_cost
    answers = []
    for id in HEADLINES:
        first, second = result.of(BASELINE, id), result.of(OTHER, id)
        answers.append(answered(id, MEASURES[id].label, MEASURES[id].unit, (first, second), independent_sd(first, second), costs))
    return section(answers, costs, replications, 0)


def section(answers: list[Answer], costs: tuple[float, float], ours: int, theirs: int) -> dict[str, Any]:
    """One pathway as it is saved."""
    rows = [{**asdict(one), "times_sooner": one.times_sooner, "variance_ratio": (one.independent_sd / one.paired_sd) ** 2} for one in answers]
    return {
        "ours_cpu_seconds_a_pair": costs[0],
        "plain_cpu_seconds_a_pair": costs[1],
        "ours_replications_seen": ours,
        "plain_replications_seen": theirs,
        "rows": rows,
        "median_times_sooner": median(row["times_sooner"] for row in rows),
        "median_variance_ratio": median(row["variance_ratio"] for row in rows),
    }


def measure(plain_replications: int, ours_per_plain: int, full_replications: int) -> dict[str, Any]:
    """Both pathways, and what starting a process adds on either side."""
    sim.compare(BASELINE, OTHER, replications=1, engine="compiled", workers=1, fixed=True)
    simple = on_core(plain_replications, ours_per_plain)
    found = {"core": simple, "full": on_full(full_replications, simple["plain_cpu_seconds_a_pair"])}
    start = {"ours": ready("compiled", {})["process_cpu_seconds"], "plain": fresh(PLAIN_STARTS)["process_cpu_seconds"]}
    for part in found.values():
        sooner = [(row["plain_seconds"] + start["plain"]) / (row["ours_seconds"] + start["ours"]) for row in part["rows"]]
        part |= {"start_cpu_seconds": start, "median_times_sooner_with_start": median(sooner)}
    return found


TITLES: dict[str, Callable[[dict[str, Any]], str]] = {
    "full": lambda found: "Time to a trustworthy answer: all headlines, county, full model"
    f" ({found['ours_replications_seen']} pairs seen; plain: our own spread unpaired, cost of the plain model on the core pathway)",
    "core": lambda found: "Time to a trustworthy answer: core pathway on both sides, county"
    f" ({found['ours_replications_seen']} pairs of ours seen, {found['plain_replications_seen']} of the plain model)",
}


def told(found: dict[str, Any]) -> str:
    """Two tables."""
    header = ("measure", "difference", "+/-", "sd paired", "sd independent", "n ours", "CPU s ours", "n plain", "CPU s plain", "times sooner")
    parts = []
    for name, title in TITLES.items():
        part = found[name]
        rows = [
            (
                f"{row['measure']} {row['label']}", row["difference"], row["half_width"], row["paired_sd"], row["independent_sd"],
                row["ours_replications"], row["ours_seconds"], row["plain_replications"], row["plain_seconds"], row["times_sooner"],
            )
            for row in part["rows"]
        ]
        ours, theirs = part["ours_cpu_seconds_a_pair"], part["plain_cpu_seconds_a_pair"]
        notes = (
            f"CPU seconds a pair: ours {ours:.3f}, plain {theirs:.2f}, {theirs / ours:.0f} times as many.",
            f"Medians: variance {part['median_variance_ratio']:.1f} times as large with independent seeds;"
            f" ours {part['median_times_sooner']:.0f} times sooner,"
            f" {part['median_times_sooner_with_start']:.0f} times with the start of a process (ours from the cache) on either side.",
        )
        parts.append(table(title(part), header, rows, notes))
    return "\n\n".join(parts)
