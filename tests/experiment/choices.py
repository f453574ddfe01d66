"""Choices that were never simulated: what each option loses is a function of what is not known, so that the answer is known."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from sim.experiment import choice as room
from sim.experiment.choice import Choice, choose
from sim.experiment.draws import Draws, keep
from sim.experiment.edition import edition
from sim.experiment.values import Values
from sim.outcomes.split import Part

NAMES = ("world.find_rate", "practice.desk_based_share", *(f"world.reported_share[{place}]" for place in range(4)), "practice.referral_share")
Worth = Callable[[str, Mapping[str, float], float], Mapping[str, float]]
"""What the measures of a scenario are, from its name, what is not known, and a luck of its own: normal, of spread 1."""


def posterior_of(folder: Path, rows: int = 100, names: tuple[str, ...] = NAMES) -> Path:
    """A posterior of so many draws, each value evenly spread from 0.1 to 0.9."""
    drawn = np.random.default_rng(11).uniform(0.1, 0.9, size=(rows, len(names)))
    keep(Draws(names, drawn, ""), folder / "posterior.parquet")
    paths = [name.split("[")[0] for name in names]
    (folder / "posterior.json").write_text(json.dumps({"edition": edition(), "source": "a posterior by hand", "drawn": paths}))
    return folder / "posterior.parquet"


def made(folder: Path, worth: Worth, *named: Any, rows: int = 100, stopped: int = 0, **asked: Any) -> Choice:
    """A choice in which every replication gives what `worth` says; the last ones are missing if it was stopped."""

    def filled(kind, plan, how, request):
        found = Values(plan)
        for place, scenario in enumerate(plan.scenarios):
            for number in range(plan.replications - stopped):
                row = plan.draws.rows[plan.draws.number(number) % len(plan.draws.rows)]
                luck = float(np.random.default_rng([place, number]).normal())
                measures = worth(scenario.name, dict(zip(plan.draws.names, map(float, row), strict=True)), luck)
                found.fill(place, number, [Part(id, "", "", value, 100) for id, value in measures.items()])
        return kind(plan, found, not stopped, (), request)

    with patch.object(room, "carried_out", filled):
        return choose(*named, posterior=posterior_of(folder, rows), **asked)


def hangs_on_search(name: str, unknown: Mapping[str, float], luck: float) -> dict[str, float]:
    """Desk-based search is better where searches find little, and worse where they find much."""
    more = {"desk-based": 1000.0 * (unknown["world.find_rate"] - 0.45), "no-overnight": 2000.0}.get(name, 0.0)
    return {"P1": 10_000.0 + 3_000.0 * unknown["practice.referral_share"] + more + 20.0 * luck, "W1": 5_000.0}


def always_best(name: str, unknown: Mapping[str, float], luck: float) -> dict[str, float]:
    """The baseline, by far."""
    return {"P1": 10_000.0 + (0.0 if name == "baseline" else 3_000.0) + 20.0 * luck, "W1": 5_000.0 - (0.0 if name == "baseline" else 1_000.0)}
