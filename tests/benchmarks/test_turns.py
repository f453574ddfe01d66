"""Cases take turns, and the median is of rounds."""

from __future__ import annotations

from benchmarks.turns import Sample, Watch, medians, take_turns


def test_each_round_begins_with_another_case() -> None:
    order: list[str] = []

    def case(name: str) -> Sample:
        order.append(name)
        return {"turn": float(len(order))}

    samples = take_turns({"a": lambda: case("a"), "b": lambda: case("b"), "c": lambda: case("c")}, 3)
    assert order == ["a", "b", "c", "b", "c", "a", "c", "a", "b"]
    assert [sample["turn"] for sample in samples["a"]] == [1.0, 6.0, 8.0]


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
