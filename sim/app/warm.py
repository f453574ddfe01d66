"""Getting ready while the planner reads: the libraries are loaded and the engine's compiled code is fetched, so that the first answer comes soon."""

from __future__ import annotations

import tempfile
import threading

from ..experiment.study import compare
from .jobs import Job, queue

_ONCE = threading.Lock()
_BEGUN: list[Job] = []


def begin() -> Job:
    """Begin, once for each process; what is simulated is thrown away."""
    with _ONCE:
        if not _BEGUN:
            _BEGUN.append(queue().put("Getting ready", _work))
        return _BEGUN[0]


def _work(job: Job) -> None:
    from ..report.page import compared

    with tempfile.TemporaryDirectory(prefix="missing-sim-") as folder:
        first = compare(
            "baseline", "good-practice", area="small-force", replications=2, engine="compiled", workers=1, home=folder, progress=job.progress
        )
        compared(first, 1)
