"""The figures set beforehand are read off a run, and a miss is told as a miss."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import figures, speed, threads
from benchmarks.figures import Figure


def row(model: str, pathway: str, size: str, seconds: float) -> dict[str, Any]:
    sample = {"seconds": seconds, "reported": 100.0, "events": 2000.0, "set_up_seconds": 0.0}
    return {"model": model, "pathway": pathway, "size": size, "rounds": [sample]}


@pytest.fixture
def measured() -> list[dict[str, Any]]:
    rows = []
    for size, slower in (("small", 1.0), ("county", 1.0), ("london", 1.5)):
        rows += [
            row(speed.PLAIN, speed.CORE, size, 0.06),
            row(speed.COMPILED, speed.CORE, size, 0.001 * slower),
            row(speed.COMPILED, speed.FULL, size, 0.0005 * slower),
        ]
    return speed.compared(rows)


def test_speed_is_the_ratio_of_costs_of_a_reported_episode(measured: list[dict[str, Any]]) -> None:
    assert speed.find(measured, speed.COMPILED, speed.CORE, "small")["times_plain"] == pytest.approx(60.0)
    assert speed.find(measured, speed.COMPILED, speed.CORE, "london")["times_plain"] == pytest.approx(40.0)
    assert speed.find(measured, speed.COMPILED, speed.FULL, "small")["times_plain"] is None
    assert "40" in speed.told(measured)


def test_a_miss_is_told_as_a_miss(measured: list[dict[str, Any]]) -> None:
    reached = {figure.name: figure.reached for figure in figures.read({"speed": measured})}
    assert reached["times plain SimPy on the core pathway, small"]
    assert not reached["times plain SimPy on the core pathway, london"]
    assert reached["million events a CPU second, full model, county"]  # 2000 events in 0.5 ms: 4 million
    assert not reached["cost of a reported episode, London against small"]
    assert figures.told(figures.read({"speed": measured})).count("MISSED") == 2


def test_limits_hold_at_their_edge() -> None:
    assert Figure("at least", 50.0, True, 50.0).reached
    assert Figure("at most", 250.0, False, 250.0).reached
    assert not Figure("at least", 50.0, True, float("nan")).reached
    assert not Figure("at most", 250.0, False, float("nan")).reached


def test_every_comparison_of_threads_is_told() -> None:
    """A short one and a long one: neither stands for the other."""
    gain = {"engine": 1.9, threads.compared(10): 1.7, threads.compared(50): 1.85}
    found = figures.read({"threads": {"replications": [10, 50], "gain": gain}})
    assert [(figure.measured, figure.reached) for figure in found] == [(1.9, True), (1.7, False), (1.85, True)]
    assert len({figure.name for figure in found}) == 3
