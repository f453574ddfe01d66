"""Where a number comes from: the line that every table, figure and file carries, and the facts of the run that made it."""

from __future__ import annotations

from datetime import date

from .. import __version__
from ..experiment.comparison import Result
from .numbers import counted, listed

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def titles(result: Result) -> dict[str, str]:
    """The title of each scenario by its name; where two share one, the name is added."""
    found = {scenario.name: scenario.about.title for scenario in result.plan.scenarios}
    given = list(found.values())
    return {name: title if given.count(title) == 1 else f"{title} ({name})" for name, title in found.items()}


def quoted(result: Result) -> dict[str, str]:
    """The titles in quotation marks, for a sentence."""
    return {name: f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}" for name, title in titles(result).items()}


def interval_type(result: Result) -> str:
    """What kind of interval stands beside the estimates."""
    if result.replications < 2:
        return "no interval: one replication"
    return "95% t intervals, differences paired by replication" if len(result.names) > 1 else "95% t intervals over replications"


def with_intervals(result: Result) -> str:
    """What a title says of the intervals."""
    return f"with 95% intervals over {result.replications:,} replications" if result.replications > 1 else "one replication, no intervals"


def line(result: Result) -> str:
    """Simulated data, version, scenarios, seed, replications, interval: one line."""
    runs = counted(result.replications, "replication")
    names = f"{'scenario' if len(result.names) == 1 else 'scenarios'} {', '.join(result.names)}"
    return f"Simulated data. missing-sim {__version__}, {names}, seed {result.plan.seed}, {runs}, {interval_type(result)}."


def columns(result: Result) -> dict[str, str | int]:
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


def period(result: Result) -> str:
    """The measured period in words."""
    days = result.plan.baseline.run.window_days
    return "one year" if days == 365 else f"{days:,g} days"


def facts(result: Result, written: date) -> list[tuple[str, str]]:
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
            f"First-year effect: every scenario in {listed(shared)} starts from the same warm-up under {result.names[0]} "
            "and is switched on the day the measured period opens."
        )
    found = [
        ("Model", f"missing-sim {__version__}, {'SimPy' if plan.engine == 'simpy' else 'compiled'} engine"),
        ("Scenarios" if several else "Scenario", ", ".join(f"{title} ({name})" for name, title in titles(result).items())),
        ("Baseline", result.names[0]) if several else ("Kind of result", "one scenario, not a comparison"),
        ("Seed", str(plan.seed)),
        ("Replications", f"{result.replications:,} of {plan.replications:,} asked for, each with its own luck"),
        ("Periods", f"warm-up {run.warm_up_days:,g} days, measured {run.window_days:,g} days, followed up {run.run_on_days:,g} days"),
        ("Effect", switched),
        ("Interval", f"{interval_type(result)}. {_interval_note(result)}"),
        ("Prices", f"pounds of {plan.baseline.resources.price_year}"),
        ("Report written", day(written)),
    ]
    if several:
        found.insert(5, ("Luck", "the same children, and the same luck for each decision, in every scenario"))
    return found


def _interval_note(result: Result) -> str:
    return "It shows the luck of the replications, not what is unknown about the values." if result.replications > 1 else ""
