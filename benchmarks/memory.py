"""Peak memory of a process that compares two scenarios, against the number of replications and the size of the area."""

from __future__ import annotations

from typing import Any

from .process import fresh
from .table import Cell, table

IMPORTS = """
import json, pandas, sim.experiment.study, sim.engine.compiled
from benchmarks.process import own_peak
print(json.dumps({"mb": own_peak()}))
"""
COMPARE = """
import json, sim
from benchmarks.process import own_peak
result = sim.compare("durham-2020-03", "good-practice", area=AREA, replications=REPLICATIONS, engine="compiled", workers=WORKERS)
result.differences
print(json.dumps({"mb": own_peak()}))
"""


def compare_peak(area: str, replications: int, workers: int) -> float:
    """Peak MB of a process that compares, the engine from the cache."""
    code = COMPARE.replace("AREA", repr(area)).replace("REPLICATIONS", str(replications)).replace("WORKERS", str(workers))
    return fresh(code)["mb"]


def measure(few: int, many: int) -> dict[str, Any]:
    """A county with few and with many replications, on one thread and on two; the other sizes with few."""
    compare_peak("small-force", 1, 1)
    rows: list[dict[str, Any]] = [
        {"area": area, "replications": number, "threads": threads, "mb": compare_peak(area, number, threads)}
        for area, number, threads in (
            ("county", few, 1), ("county", many, 1), ("county", few, 2), ("county", many, 2), ("small-force", few, 1), ("london", few, 1),
        )
    ]
    return {"imports_mb": fresh(IMPORTS)["mb"], "rows": rows, "growth": rows[1]["mb"] / rows[0]["mb"]}


def told(found: dict[str, Any]) -> str:
    """The table."""
    rows: list[tuple[Cell, ...]] = [("imports alone", None, None, found["imports_mb"])]
    rows += [(row["area"], row["replications"], row["threads"], row["mb"]) for row in found["rows"]]
    return table("Peak memory of a comparison of two scenarios", ("area", "replications", "threads", "MB"), rows)
