"""Where a number comes from: the line that every table, figure and file carries, and the facts of the run that made it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from .. import __version__
from ..experiment.findings import Findings
from ..experiment.identity import samples_luck
from .numbers import counted, listed

ROOM = 120
"""Letters that the names of scenarios may take; beyond that only the first is named, and the others are counted."""

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def titles(result: Findings) -> dict[str, str]:
    """The title of each scenario by its name; where two share one, the name is added."""
    found = {scenario.name: scenario.about.title for scenario in result.plan.scenarios}
    given = Counter(found.values())
    return {name: title if given[title] == 1 else f"{title} ({name})" for name, title in found.items()}


def quoted(result: Findings) -> dict[str, str]:
    """The titles in quotation marks, for a sentence."""
    return {name: f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}" for name, title in titles(result).items()}


def interval_type(result: Findings) -> str:
    """What kind of interval stands beside the estimates."""
    if once_each(result):
        return "95% bootstrap intervals"
    if result.replications < 2:
        return "no interval: one replication"
    if result.drawn is not None:
        paired = ", differences paired by replication" if len(result.names) > 1 else ""
        return f"95% intervals over luck and {drawn(result)}{paired}"
    return "95% t intervals, differences paired by replication" if len(result.names) > 1 else "95% t intervals over replications"


def drawn(result: Findings) -> str:
    """How many draws of what are behind the result: 26 draws of the posterior of 25 November 2026. Empty where nothing is drawn."""
    if result.drawn is None or result.plan.draws is None:
        return ""
    return f"{counted(len(set(result.drawn)), 'draw')} of {result.plan.draws.source}"


def with_intervals(result: Findings) -> str:
    """What a title says of the intervals."""
    return f"with 95% intervals over {runs(result)}" if result.replications > 1 or once_each(result) else "one replication, no intervals"


def once_each(result: Findings) -> bool:
    """Is every scenario simulated once, with a luck that is one of the things that vary?"""
    return samples_luck(result.plan)


def runs(result: Findings) -> str:
    """How much was simulated: replications, or, where each scenario is simulated once, runs."""
    return counted(int(result.values.finished.sum()), "run") if once_each(result) else counted(result.replications, "replication")


def named(names: list[str], room: int = ROOM) -> str:
    """Scenarios in a row, if there is room; else the first and how many there are beside it."""
    row = ", ".join(names)
    return row if len(row) <= room or len(names) < 3 else f"{names[0]} and {len(names) - 1:,} others"


def line(result: Findings) -> str:
    """Simulated data, version, scenarios, seed, replications, interval: one line."""
    names = f"{'scenario' if len(result.names) == 1 else 'scenarios'} {named(result.names)}"
    return f"Simulated data. missing-sim {__version__}, {names}, seed {result.plan.seed}, {runs(result)}, {interval_type(result)}."


def columns(result: Findings) -> dict[str, str | int]:
    """The same as columns that every row of a downloaded file carries."""
    return {
        "data": "simulated",
        "model_version": __version__,
        "seed": result.plan.seed,
        "replications": result.replications,
        "interval": interval_type(result),
    }


def day(when: date) -> str:
    """4 June 2025."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def period(result: Findings) -> str:
    """The measured period in words."""
    days = result.plan.baseline.run.window_days
    return "one year" if days == 365 else f"{days:,g} days"


def facts(result: Findings, written: date) -> list[tuple[str, str]]:
    """How the result was made, as pairs of what and how."""
    plan, run = result.plan, result.plan.baseline.run
    several = len(result.names) > 1
    shared = [name for scenario, name in zip(plan.scenarios, result.names, strict=True) if plan.shares_warm_up(scenario)]
    if not several:
        switched = "The scenario is in force throughout."
    elif plan.effect == "steady":
        switched = "Steady state: each scenario was warmed up under itself before the measured period."
    else:
        switched = (
            f"First-year effect: every scenario in {_all(shared)} starts from the same warm-up under {result.names[0]} "
            "and is switched on the day the measured period opens."
        )
    found = [
        ("Model", f"missing-sim {__version__}, {'SimPy' if plan.engine == 'simpy' else 'compiled'} engine"),
        ("Scenarios" if several else "Scenario", named([f"{title} ({name})" for name, title in titles(result).items()], 2 * ROOM)),
        ("Baseline", result.names[0]) if several else ("Kind of result", "one scenario, not a comparison"),
        ("Seed", str(plan.seed)),
        _amount(result),
        ("Periods", f"warm-up {run.warm_up_days:,g} days, measured {run.window_days:,g} days, followed up {run.run_on_days:,g} days"),
        ("Effect", switched),
        ("Values", _values(result)),
        ("Interval", f"{interval_type(result)}. {_interval_note(result)}"),
        ("Prices", f"pounds of {plan.baseline.resources.price_year}"),
        ("Report written", day(written)),
    ]
    if several:
        luck = "each scenario has the luck of one replication, which is one of the things that vary"
        found.insert(5, ("Luck", luck if once_each(result) else "the same children, and the same luck for each decision, in every scenario"))
    return found


def _values(result: Findings) -> str:
    if result.plan.draws is None:
        return "As the scenarios have them, the same in every replication."
    held = f" Held as they are set: {listed(sorted(result.plan.draws.held))}." if result.plan.draws.held else ""
    return (
        f"Of what is not known, {drawn(result)}, the same in every scenario; most of them were simulated with two lucks. "
        f"What a scenario decides is as it says.{held}"
    )


def _all(names: list[str]) -> str:
    return listed(names) if named(names) == ", ".join(names) else named(names)


def _amount(result: Findings) -> tuple[str, str]:
    if once_each(result):
        return "Runs", f"{runs(result).split(' ')[0]} of {result.plan.runs:,} asked for"
    return "Replications", f"{result.replications:,} of {result.plan.replications:,} asked for, each with its own luck"


def _interval_note(result: Findings) -> str:
    if once_each(result):
        return "They show how far the result hangs on the points and the luck that were drawn."
    if result.replications < 2:
        return ""
    if result.drawn is not None:
        return (
            "It holds the luck of the replications and what is not known about the values of the world and of usual practice. "
            "It holds no more than the model can be wrong about within itself: that its mechanisms are right is assumed."
        )
    return "It shows the luck of the replications, not what is unknown about the values."
