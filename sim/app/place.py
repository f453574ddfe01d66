"""Where the app keeps what it simulates: a folder for each experiment below the results folder, named by the program and never by a user."""

from __future__ import annotations

import os
from pathlib import Path

from ..experiment.study import How
from .jobs import Job, queue

RESULTS = "MISSING_SIM_RESULTS"
"""The environment variable that names the results folder; "off" for none. The commands heed the same."""


def home() -> Path | None:
    """The results folder; None if nothing is to be kept."""
    named = os.environ.get(RESULTS, "results")
    return None if named == "off" else Path(named).resolve()


def how(job: Job, replications: int | None, seed: int | None) -> How:
    """How a job's experiment is carried out: compiled, in threads of this process, kept below the results folder."""
    shared: How = {"engine": "compiled", "workers": queue().workers, "home": home(), "progress": job.progress, "command": "missing-sim app"}
    if replications is not None:
        shared["replications"] = replications
    if seed is not None:
        shared["seed"] = seed
    return shared
