"""Cases take turns, and the median is of rounds."""

from __future__ import annotations

import pytest

from benchmarks import turns
from benchmarks.turns import Sample, Watch, medians, take_turns


def test_each_round_begins_with_another_case() -> None:
    order: list[str] = []

    def case(name: str) -> Sample:
        order.append(name)
        return {"turn": float(len(order))}

    samples = take_turns({"a": lambda: case("a"), "b": lambda: case("b"), "c": lambda: case("c")}, 3)
    assert order == ["a", "b", "c", "b", "c", "a", "c", "a", "b"]
    assert [sample["turn"] for sample in samples["a"]] == [1.0, 6.0, 8.0]


def test_what_takes_long_has_two_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 20))
    monkeypatch.setattr(turns.time, "perf_counter", lambda: float(next(clock)))
    samples = take_turns({"quick": lambda: {"x": 1.0}, "long": lambda: {"x": float(next(clock))}}, 4)
    assert {name: len(taken) for name, taken in samples.items()} == {"quick": 4, "long": 2}


def test_medians_are_taken_number_by_number() -> None:
    assert medians([{"x": 1.0, "y": 9.0}, {"x": 5.0, "y": 7.0}, {"x": 2.0, "y": 8.0}]) == {"x": 2.0, "y": 8.0}


def test_a_watch_counts_only_what_runs_inside_and_adds_up() -> None:
    watch = Watch()
    assert watch.cpu == watch.wall == 0.0
    with watch.running():
        sum(range(20_000))
    first = watch.wall
    with watch.running():
        sum(range(20_000))
    assert 0.0 < first < watch.wall
