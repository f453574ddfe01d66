"""What default runs draw and what the baseline holds: the rule, and that the posterior of the package follows it."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from sim.calibrate.fitted import drawn_and_held
from sim.calibrate.judged import NOT_MOVED, held
from sim.experiment.posterior import USUAL, committed, described, posterior
from sim.scenario import load
from sim.scenario.difference import values


def test_the_world_and_practice_that_is_moved_are_drawn() -> None:
    """One element of a list is enough; what is tied to practice goes with it; exceptions are named."""
    spreads = {"practice.flag_weight": 0.95, "practice.flag_lasts_days": 0.7, "practice.some[0]": 0.99, "practice.some[1]": 0.8}
    spreads |= {"world.find_rate": 1.0}
    tied = {"world.reference_flag_weight": "practice.flag_weight", "world.reference_flag_days": "practice.flag_lasts_days"}
    found = held([*(name.split("[")[0] for name in spreads), *tied], spreads)
    assert found == {"practice.flag_weight": NOT_MOVED, "world.reference_flag_weight": f"equal to practice.flag_weight: {NOT_MOVED}"}
    named = held(("practice.grade_cuts", "practice.rhi_offered_share", "practice.trigger_plan_after"), {"practice.grade_cuts[2]": 0.1})
    assert list(named) == ["practice.grade_cuts", "practice.rhi_offered_share"]
    assert all("set anew" in why for why in named.values())


def test_the_posterior_of_the_package_follows_the_rule() -> None:
    """By the spreads that its fit left; and where values are drawn, the baseline has those of the centre, but for rounding."""
    about, known = described(committed()), pd.read_csv(committed().with_name("identifiability.csv"))
    told = drawn_and_held(posterior().names, dict(zip(known["name"], known["posterior_sd"], strict=True)))
    assert {key: about[key] for key in told} == told
    assert list(posterior().usual) == told["drawn"]
    baseline = values(load(USUAL))
    assert [path for path in told["drawn"] if not near(baseline[path], about["centre"][path])] == []


def near(value: Any, centre: Any) -> bool:
    """The same to four digits, or to a whole number."""
    if isinstance(value, tuple):
        return len(value) == len(centre) and all(map(near, value, centre))
    return math.isclose(value, round(centre) if isinstance(value, int) else centre, rel_tol=1e-3, abs_tol=1e-9)
