"""Tiny areas written down by hand, and one short simulated year's slice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.interpreted import Area
from sim.engine.layout import rows
from sim.engine.tables import TABLES
from sim.model.records import Child, Now, Roster
from sim.model.words import Pool
from sim.model.world import Parameters
from sim.outcomes import Cohort
from sim.scenario import load
from tests.order import out_of_order

DAY = 24.0


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    s = load("baseline")
    return Parameters(s.area, s.world, s.practice, s.resources)


@pytest.fixture
def cohort(parameters):
    """Make a cohort from records: `cohort(episodes=[Episode(...)], opens=0, closes=1000, ends=10000)`; one child in a family is the default."""

    def make(
        *,
        opens: float = 0.0,
        closes: float = 1000.0,
        ends: float = 10_000.0,
        at_open: list[Roster] | None = None,
        at_close: list[Roster] | None = None,
        p: Parameters = parameters,
        **tables: list[Any],
    ) -> Cohort:
        tables.setdefault("children", [Child()])
        arrays = {name: rows(tables.pop(name, []), record) for name, record in TABLES.items()}
        assert not tables, f"unknown tables: {list(tables)}"
        assert out_of_order(arrays) == []
        arrays["now"] = rows([Now()], Now)
        pools = [[*(given or []), *[Roster() for _ in range(len(Pool) - len(given or []))]] for given in (at_open, at_close)]
        return Cohort(p, arrays, opens, closes, ends, rows(pools[0], Roster), rows(pools[1], Roster))

    return make


@pytest.fixture(scope="session")
def simulated(parameters) -> Cohort:
    """60 days under the baseline after 60 days of warm-up, followed for 95."""
    area = Area(parameters, seed=5, replication=0)
    noted = []
    for days in (60, 120):
        area.run(days * DAY)
        noted.append(rows(area.world.pools, Roster))
    area.run(215 * DAY)
    return Cohort(parameters, area.tables(), 60 * DAY, 120 * DAY, 215 * DAY, *noted)


@pytest.fixture(autouse=True)
def _no_silent_arithmetic():
    """What numpy would only warn of, such as inf less inf, fails a test."""
    with np.errstate(invalid="raise", divide="raise", over="raise"):
        yield
