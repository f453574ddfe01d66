"""How much may be asked for in one go, so that a laptop answers. Each limit is said where it holds; the command line has none of them."""

from __future__ import annotations

from ..scenario.errors import Problem, ScenarioError

MOST_UPLOAD = 1_000_000
"""Bytes of an uploaded scenario file."""
LONGEST_TITLE = 80
"""Characters of a title that is typed in."""
MOST_SCENARIOS = 4
FIRST = 4
"""Replications of the first answer."""
STEPS = (4, 10, 20, 50, 100, 200)
"""Replications after which an answer is shown again."""
MOST_REPLICATIONS = 200
MOST_RUNS = 5_000
"""Runs (one scenario in one replication) of one analysis."""
MOST_PAIRS = 2_000
"""Pairs of each case of a training pack."""


def within(what: str, runs: int) -> None:
    """Raises ScenarioError if an analysis asks for more runs than the app takes on."""
    if runs > MOST_RUNS:
        problem = f"{runs:,} simulated years are asked for"
        allowed = f"allowed here: at most {MOST_RUNS:,}. Choose fewer replications, points or values; the command below has no such limit"
        raise ScenarioError(Problem("", None, what, problem, allowed))


def steps(replications: int) -> tuple[int, ...]:
    """Replications after which an answer is shown, up to those asked for."""
    return (*(step for step in STEPS if step < replications), replications)
