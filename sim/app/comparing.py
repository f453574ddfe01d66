"""The work behind the Plan page: an answer soon, the same answer surer while it is read, a check against published figures, an explanation."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from ..experiment import inspection
from ..experiment.attribution import explain
from ..experiment.identity import scenario_hash
from ..experiment.study import compare
from ..report.numbers import counted
from ..scenario import Scenario
from ..scenario.errors import Problem, ScenarioError
from .jobs import Job, Work, queue
from .limits import FIRST, steps
from .place import how

CHECKED, EXPLAINED = 10, 8
"""Replications of the check, and of an explanation."""
BREATH = 1.0
"""Seconds in which the first answer is shown, before the cores are taken again to make it surer."""
ORDERS = 6
"""Orders in which an explanation switches what differs, in each replication."""
ALLOWED = "choose as scenario A one that is no finding, such as usual practice: each finding is then set against it, and against no other finding"


def comparable(scenarios: Sequence[Scenario]) -> None:
    """Raises ScenarioError if one scenario was chosen twice, as there would be nothing to compare; or if the first is a published finding and
    another is set against it that is one too."""
    names = [scenario.name for scenario in scenarios]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ScenarioError(Problem("", None, "", f"{twice} was chosen twice", "choose different scenarios, or give a file another name"))
    for other in scenarios[1:]:
        if inspection.apart(scenarios[0], other):
            raise inspection.refusal(scenarios[0], other, ALLOWED)


def comparison(scenarios: Sequence[Scenario], replications: int, added: Mapping[str, int] | None = None) -> Work:
    """Compare scenarios, and with posts `added` the last of them with more on duty: results "result" after each step, then "check"."""
    posts = [added] if added else []

    def work(job: Job) -> None:
        from ..calibrate.validation import validate

        base, *others = scenarios
        with queue().alone(f"{_known_by(scenarios)}{posts}"):
            for number in steps(replications):
                job.tell(f"Simulating {counted(number, 'replication')} of each scenario")
                job.give("result", compare(base, *others, posts=posts, **how(job, number, None)))
                if number == FIRST:
                    job.rest(BREATH)
        job.tell("Checking scenario A against published figures")
        with queue().alone(f"check-{scenario_hash(base)}"):
            job.give("check", validate(base, **how(job, min(CHECKED, replications), None)))

    return work


def explanation(a: Scenario, b: Scenario) -> Work:
    """Split the difference between two scenarios among what differs: result "explained"."""

    def work(job: Job) -> None:
        job.tell("Switching one thing after another")
        with queue().alone(f"explain-{_known_by((a, b))}"):
            job.give("explained", explain(a, b, orders=ORDERS, **how(job, EXPLAINED, None)))

    return work


def _known_by(scenarios: Sequence[Scenario]) -> str:
    return hashlib.sha256("".join(map(scenario_hash, scenarios)).encode()).hexdigest()
