"""The figures that this project set itself, and whether a run reaches them. A miss is shown as a miss; no limit is moved to fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import memory, speed, threads
from .table import table


@dataclass(frozen=True)
class Figure:
    """One figure: at least `limit` if `least`, else at most."""

    name: str
    limit: float
    least: bool
    measured: float

    @property
    def reached(self) -> bool:
        """Is it?"""
        return self.measured >= self.limit if self.least else self.measured <= self.limit


def read(found: dict[str, Any]) -> list[Figure]:
    """Every figure that the sections of a run can tell."""
    figures: list[Figure] = []
    if "speed" in found:
        figures += _of_speed(found["speed"])
    if "threads" in found:
        figures.append(Figure("two threads against one, engine alone", 1.8, True, found["threads"]["gain"]["engine"]))
        for number in found["threads"]["replications"]:
            gain = found["threads"]["gain"][threads.compared(number)]
            figures.append(Figure(f"two threads against one, comparison of {number} replications", 1.8, True, gain))
    if "memory" in found:
        for values in (memory.FIXED, memory.DRAWN):
            for count, name in ((1, "one thread"), (2, "two threads")):
                most, growth = memory.most(found["memory"], count, values), memory.growth(found["memory"], count, values)
                figures.append(Figure(f"peak memory of a county comparison, MB: values {values}, {name}", 250.0, False, most))
                figures.append(Figure(f"peak memory with the most replications against few: values {values}, {name}", 1.05, False, growth))
    if "start_up" in found:
        figures.append(Figure("first compile, CPU s", 20.0, False, found["start_up"]["cold"]["median"]["ready"]))
        figures.append(Figure("ready from the cache, CPU s", 1.0, False, found["start_up"]["cached"]["median"]["ready"]))
    if "answer" in found:
        figures.append(Figure("times sooner to a trustworthy answer, median headline", 300.0, True, found["answer"]["full"]["median_times_sooner"]))
        figures.append(Figure("the same on the core pathway, median of five", 300.0, True, found["answer"]["core"]["median_times_sooner"]))
    return figures


def _of_speed(rows: list[dict[str, Any]]) -> list[Figure]:
    costs = {size: speed.find(rows, speed.COMPILED, speed.FULL, size) for size in speed.AREAS}
    linear = costs["london"]["microseconds_per_reported_episode"] / costs["small"]["microseconds_per_reported_episode"]
    return [
        *(
            Figure(f"times plain SimPy on the core pathway, {size}", 50.0, True, speed.find(rows, speed.COMPILED, speed.CORE, size)["times_plain"])
            for size in speed.AREAS
        ),
        Figure("million events a CPU second, full model, county", 3.0, True, 1.0 / costs["county"]["microseconds_per_event"]),
        Figure("cost of a reported episode, London against small", 1.2, False, linear),
    ]


def told(figures: list[Figure]) -> str:
    """The table."""
    rows = [
        (one.name, one.measured, f"{'at least' if one.least else 'at most'} {one.limit:g}", "reached" if one.reached else "MISSED") for one in figures
    ]
    return table("Figures set beforehand", ("figure", "measured", "limit", ""), rows)
