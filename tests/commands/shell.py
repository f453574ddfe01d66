"""The command as a shell sees it, and a request that takes a second."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACE = {
    "area.children": "[300,30,15,15]",
    "area.networks": "3",
    "area.reports_per_year": "200",
    "area.other_families_per_year": "60",
    "resources.desk_staff": "[1,1,1]",
    "resources.response_units": "[1,1,1]",
    "resources.social_workers": "2",
    "run.warm_up_days": "40",
    "run.window_days": "40",
    "run.run_on_days": "20",
}
SMALL = [part for key, value in PLACE.items() for part in ("--set", f"{key}={value}")]
"""A small place and short spans."""


def missing_sim(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, on SimPy and in one process unless told otherwise."""
    asked = list(map(str, arguments))
    if asked[0] in ("run", "compare"):
        asked += ([] if "--engine" in asked else ["--engine", "simpy"]) + ([] if "--workers" in asked else ["--workers", "1"])
    settings = os.environ | {"MISSING_SIM_RESULTS": "off"}
    return subprocess.run([sys.executable, "-m", "sim", *asked], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=300, check=False)
