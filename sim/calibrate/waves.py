"""Waves of points: the first fills the prior evenly, each later one lies where the posterior so far lies, drawn wider than it is.

A calibration has a folder: `request.json` says what was asked for, `points-N.npy` where the points of wave N lie, and `wave-N` is the experiment that
simulated them. Stopped at any time, the same command goes on from there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..experiment import identity
from ..experiment.edition import edition
from ..experiment.store import clear
from ..experiment.study import How
from ..experiment.writing import put, put_text
from ..scenario import load
from ..scenario.errors import Problem, ScenarioError
from ..scenario.scenario import Scenario
from .bank import TWICE, Bank, Unknowns, design, plan, simulated
from .features import Floats
from .fit import Points
from .target import Target

USUAL = "baseline"
AREA = "small-force"
WIDER = (3.0, 2.0, 1.5)
"""How much wider than they are the errors are taken to be when wave 2, 3, ... is drawn."""


@dataclass(frozen=True)
class Asked:
    """What a calibration was asked for."""

    points: int = 3_000
    """In each wave, those with two lucks counted once."""
    waves: int = 3
    seed: int = 1
    draws: int = 1_000
    check: int = 200
    """Draws of the posterior that are simulated, with two lucks each."""
    area: str = AREA

    def told(self) -> dict[str, Any]:
        """What the folder says of it: with another model or other published figures it would be another calibration."""
        return {**asdict(self), "edition": edition(), "code": identity.code()}


@dataclass
class Waves:
    """The waves of one calibration, in its folder."""

    asked: Asked
    folder: Path
    prior: Unknowns
    figures: Sequence[Target]
    how: How
    scenario: Scenario | None = None
    banks: list[Bank] = field(default_factory=list)

    def claim(self, replace: bool) -> None:
        """Make the folder ours. Raises ScenarioError if it holds a calibration that was asked for otherwise and is not to be given up."""
        file, told = self.folder / "request.json", self.asked.told()
        there = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
        if there is not None and there != told:
            if not replace:
                ours = [f"{key} {there.get(key)}, not {value}" for key, value in told.items() if there.get(key) != value]
                what = f"holds another calibration ({'; '.join(ours)})"
                raise ScenarioError(Problem(str(self.folder), None, "--out", what, "allowed: another folder, or --replace to give this one up"))
            for path in self.folder.glob("points-*.npy"):
                path.unlink()
            for place in (*self.folder.glob("wave-*"), self.folder / "check"):
                clear(place)
        self.folder.mkdir(parents=True, exist_ok=True)
        put_text(file, json.dumps(told, indent=1))

    def first(self) -> Points:
        """The wave that fills the prior."""
        return self._kept(1, design(len(self.prior.names), self.asked.points, self.random(1)), "the prior")

    def wave(self, number: int, drawn: Floats) -> Points:
        """A later wave, at draws (points x unknowns) of the posterior so far."""
        return self._kept(number, drawn, f"the posterior after wave {number - 1}, drawn wider")

    def _kept(self, number: int, distinct: Floats, source: str) -> Points:
        """At the points that were kept for a wave, if there are any: a simulation that was begun goes on."""
        kept = self.folder / f"points-{number}.npy"
        if not kept.exists():
            put(kept, partial(_save, distinct))
        return self.simulated(np.load(kept), f"wave-{number}", source)

    def simulated(self, distinct: Floats, name: str, source: str, twice: int = TWICE) -> Points:
        """The figures at some points (points x unknowns), simulated in a folder of this name; the first of them, one in `twice`, with a second luck.
        A key press before all is done raises Stopped."""
        z = np.vstack([distinct, distinct[: len(distinct) // twice]])
        scenario = self.scenario or load(USUAL, None, self.asked.area)
        how: How = {**self.how, "out": self.folder / name, "home": None, "replace": True}
        bank = simulated(plan(scenario, self.prior, z, self.figures, self.asked.seed, source), how, {"wave": name})
        if bank.execution is not None and bank.execution.stopped:
            raise Stopped(name, bank.replications, len(z))
        self.banks.append(bank)
        return Points(z, bank.figures([target.id for target in self.figures]), len(distinct), bank.values.events)

    def random(self, *key: int) -> np.random.Generator:
        """Random numbers for one purpose, from the seed."""
        return np.random.Generator(np.random.Philox(np.random.SeedSequence([self.asked.seed, *key])))


class Stopped(KeyboardInterrupt):
    """A key press ended the work: in which wave, and how far it had come."""

    def __init__(self, name: str, done: int, asked: int) -> None:
        super().__init__(f"{name.replace('-', ' ')}: {done:,} of {asked:,} points")


def _save(z: Floats, aside: Path) -> None:
    with aside.open("wb") as file:
        np.save(file, z)
