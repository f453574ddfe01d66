"""Peak memory of a process that compares two scenarios, against the number of replications and the size of the area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .process import fresh
from .table import Cell, table

FIXED, DRAWN = "fixed", "drawn"
IMPORTS = """
import json, pandas, sim.experiment.study, sim.engine.compiled
from benchmarks.process import own_peak
print(json.dumps({"mb": own_peak()}))
"""
COMPARE = """
import json, sim
from benchmarks.process import own_peak
result = sim.compare(
    "durham-2020-03", "good-practice", area=AREA, replications=REPLICATIONS, engine="compiled", workers=WORKERS, fixed=FIXED
)
result.differences
print(json.dumps({"mb": own_peak()}))
"""


def compare_peak(area: str, replications: int, workers: int, fixed: bool) -> float:
    """Peak MB of a process that compares, the engine from the cache; values fixed, or drawn for each replication."""
    code = COMPARE
    for name, value in {"AREA": area, "REPLICATIONS": replications, "WORKERS": workers, "FIXED": fixed}.items():
        code = code.replace(name, repr(value))
    return fresh(code)["mb"]


def measure(numbers: Sequence[int]) -> dict[str, Any]:
    """A county with few and with ever more replications, with fixed values and with drawn ones, on one thread and on two; other sizes with few."""
    few = numbers[0]
    compare_peak("small-force", 1, 1, True)
    rows: list[dict[str, Any]] = [
        {"area": area, "replications": number, "threads": threads, "values": values, "mb": compare_peak(area, number, threads, values == FIXED)}
        for area, number, threads, values in (
            *(("county", number, threads, values) for values in (FIXED, DRAWN) for threads in (1, 2) for number in numbers),
            ("small-force", few, 1, DRAWN),
            ("london", few, 1, DRAWN),
        )
    ]
    return {"imports_mb": fresh(IMPORTS)["mb"], "rows": rows}


def most(found: dict[str, Any], threads: int, values: str) -> float:
    """Peak MB of a county comparison, however many replications."""
    return float(max(row["mb"] for row in _county(found, threads, values)))


def growth(found: dict[str, Any], threads: int, values: str) -> float:
    """Peak memory of a county comparison with the most replications against few."""
    few, *_, many = (row["mb"] for row in _county(found, threads, values))
    return float(many / few)


def _county(found: dict[str, Any], threads: int, values: str) -> list[dict[str, Any]]:
    return [row for row in found["rows"] if (row["area"], row["threads"], row["values"]) == ("county", threads, values)]


def told(found: dict[str, Any]) -> str:
    """The table."""
    rows: list[tuple[Cell, ...]] = [("imports alone", None, None, None, found["imports_mb"])]
    rows += [(row["area"], row["values"], row["replications"], row["threads"], row["mb"]) for row in found["rows"]]
    note = "Drawn areas differ in size, so the largest of many is larger than the largest of few."
    return table("Peak memory of a comparison of two scenarios", ("area", "values", "replications", "threads", "MB"), rows, (note,))
