"""Stocks that move over years: the warm-up must be long enough for them to stand still when the window opens."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.choice import open_area
from sim.engine.tables import Tables
from sim.experiment.plan import Plan, parameters
from sim.experiment.where import Where, each
from sim.model.words import NOBODY, State
from sim.scenario import load

QUARTERS = 4
LOOKS = 5
"""In each quarter."""


def stocks(tables: Tables, t: float, flag_days: float) -> list[int]:
    """Exploited children, children with a current flag on police systems, and open cases, at hour `t`."""
    children, cases = tables["children"], tables["cases"]
    here = children["gone"] > t
    exploited = here & (children["state"] == State.EXPLOITED)
    flagged = here & (children["flag_police"] > t - flag_days * 24.0) & np.isfinite(children["flag_police"])
    open_cases = (cases["child"] != NOBODY) & (cases["started"] <= t) & (cases["closed"] > t)
    return [int(np.count_nonzero(stock)) for stock in (exploited, flagged, open_cases)]


def by_quarter(plan: Plan, replication: int) -> list[list[float]]:
    """Each stock in each quarter of the window: the mean of several looks."""
    own = parameters(plan.baseline)
    area = open_area(plan.engine, own, plan.seed, replication)
    seen = []
    for t in np.linspace(plan.opens, plan.closes, LOOKS * QUARTERS + 1):
        area.run(float(t))
        seen.append(stocks(area.tables(), float(t), own.practice.flag_lasts_days))
    quarters: list[list[float]] = np.array(seen[1:]).reshape(QUARTERS, LOOKS, 3).mean(axis=1).tolist()
    return quarters


def moved(warm_up_days: float, replications: int) -> tuple[np.ndarray, np.ndarray]:
    """By how much each stock rises from the first to the last quarter in a county under the baseline, and the standard error of that."""
    scenario = load("baseline", {"run.warm_up_days": warm_up_days}, area="county")
    plan = Plan((scenario,), seed=11, replications=replications, engine="compiled")
    seen = np.array(list(each(((by_quarter, (plan, number)) for number in range(replications)), "compiled", Where(2))))
    assert (seen.mean(axis=(0, 1)) > 5).all()
    rises = seen[:, -1] / seen[:, 0] - 1.0
    return seen[:, -1].mean(axis=0) / seen[:, 0].mean(axis=0) - 1.0, rises.std(axis=0, ddof=1) / np.sqrt(replications)


@pytest.mark.slow
def test_stocks_stand_still_in_the_window():
    """After the warm-up of the baseline and without a switch, exploited children and open cases of the last quarter are within 5% of those of the
    first; the few current flags within 5% as far as luck lets us see."""
    exploited, flags, cases = zip(*moved(load("baseline").run.warm_up_days, 20), strict=True)
    for rise, error in (exploited, cases):
        assert abs(rise) < 0.05
        assert error < 0.025
    rise, error = flags
    assert abs(rise) < 0.05 + 2.0 * error
    assert error < 0.06


@pytest.mark.slow
def test_stocks_move_after_a_short_warm_up():
    """The check can fail: after 60 days open cases still rise by three times as much as it allows."""
    rises, errors = moved(60.0, 5)
    assert rises[-1] > 0.15
    assert errors[-1] < 0.1
