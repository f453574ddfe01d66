"""The work behind the Analyse page: a request in words, how large it is, and the experiment that answers it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from ..experiment.frontier import frontier, number_of_combinations
from ..experiment.lever import RANGE, levers_of
from ..experiment.posts import gone_through
from ..experiment.sensitivity import sensitivity
from ..experiment.sweep import sweep
from ..scenario import Scenario
from . import equivalent
from .chosen import Chosen
from .jobs import Job, Work, queue
from .limits import within
from .place import how

METHODS = {
    "sweep": "Sweep: move one decision through its range",
    "heat": "Heat map: move two decisions against each other",
    "tornado": "Tornado: move each value alone to both ends of its range",
    "morris": "Morris: screen many values, with luck as one of them",
    "sobol": "Sobol: split the variance of one year among values and luck",
    "frontier": "Frontier: put more people on duty, and see what each combination costs and buys",
}
SWEEPS = ("sweep", "heat")


@dataclass(frozen=True)
class Request:
    """What an analyst asks for. `levers` maps paths to settings in words, of a frontier posts to numbers in words; `amount` is replications,
    trajectories or base samples; `budget` is pounds a year."""

    method: str
    chosen: Chosen
    area: str
    measures: tuple[str, ...]
    amount: int
    levers: dict[str, str] = field(default_factory=dict)
    over: str = "practice"
    parameters: tuple[str, ...] = ()
    budget: float | None = None

    @property
    def scenario(self) -> Scenario:
        """What is analysed."""
        return self.chosen.scenario

    @property
    def runs(self) -> int:
        """How many simulated years that is. Raises ScenarioError for levers that cannot be moved so."""
        if self.method == "frontier":
            return number_of_combinations({name: gone_through(name, numbers) for name, numbers in self.levers.items()}) * self.amount
        if self.method in SWEEPS:
            points = 1
            for lever in levers_of(self.levers, self.scenario):
                points *= len(lever.values)
            return (points + 1) * self.amount
        count = len(self.parameters) or _over(self.scenario, self.over)
        each = {"tornado": 2 * count + 1, "morris": count + 2, "sobol": count + 3}[self.method]
        return each * self.amount

    @property
    def command(self) -> str:
        """The same on a command line."""
        measures = [("--measure", one) for one in self.measures]
        shared = [*measures, ("--area", self.area)]
        if self.method in SWEEPS:
            levers = [("--lever", path if words == RANGE else f"{path}={words}") for path, words in self.levers.items()]
            return equivalent.command(["sweep", self.chosen.command], [*levers, *shared, ("--replications", self.amount)])
        if self.method == "frontier":
            posts = [("--posts", f"{name}={numbers}") for name, numbers in self.levers.items()]
            options = [*posts, ("--budget", self.budget), *shared, ("--replications", self.amount)]
            return equivalent.command(["frontier", self.chosen.command], options)
        over = [("--parameter", one) for one in self.parameters] or [("--over", self.over)]
        options = [*over, *shared, (f"--{self._amount}", self.amount)]
        return equivalent.command(["sensitivity", self.method, self.chosen.command], options)

    @property
    def python(self) -> str:
        """The same in Python."""
        shared = {"measures": list(self.measures) or None, "area": self.area, self._amount: self.amount}
        if self.method in SWEEPS:
            return equivalent.python("sweep", [self.chosen.command, self.levers], shared)
        if self.method == "frontier":
            return equivalent.python("frontier", [self.chosen.command, self.levers], {"budget": self.budget, **shared})
        over = {"parameters": list(self.parameters)} if self.parameters else {"over": self.over}
        return equivalent.python("sensitivity", [self.chosen.command, self.method], {**over, **shared})

    @property
    def _amount(self) -> str:
        return {"morris": "trajectories", "sobol": "samples"}.get(self.method, "replications")


def _over(scenario: Scenario, over: str) -> int:
    from ..experiment.factors import factors

    return len(factors(scenario, over).paths)


def work(request: Request) -> Work:
    """The experiment of a request: result "findings". Raises ScenarioError at once for what is too much."""
    within("", request.runs)

    def do(job: Job) -> None:
        job.tell(METHODS[request.method].split(":")[0])
        with queue().alone(hashlib.sha256(repr(request).encode()).hexdigest()):
            job.give("findings", _found(request, job))

    return do


def _found(request: Request, job: Job) -> Any:
    if request.method in SWEEPS:
        return sweep(request.scenario, request.levers, measures=request.measures, **how(job, request.amount, None))
    if request.method == "frontier":
        return frontier(request.scenario, request.levers, budget=request.budget, measures=request.measures, **how(job, request.amount, None))
    chosen = list(request.parameters) or None
    asked: dict[str, Any] = {"over": request.over, "parameters": chosen, "measures": request.measures}
    if request.method == "tornado":
        return sensitivity(request.scenario, "tornado", **asked, **how(job, request.amount, None))
    if request.method == "morris":
        return sensitivity(request.scenario, "morris", **asked, trajectories=request.amount, **how(job, None, None))
    return sensitivity(request.scenario, "sobol", **asked, samples=request.amount, **how(job, None, None))
