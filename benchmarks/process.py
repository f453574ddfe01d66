"""Things that only a process of its own can tell: start-up, first compile, peak memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from .turns import Sample

HERE = Path(__file__).resolve().parent.parent


def fresh(code: str, settings: Mapping[str, str] | None = None) -> Sample:
    """Run `code` in a new interpreter, which prints one JSON object last: that, and the CPU seconds of the process.

    Raises CalledProcessError.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE, env={**os.environ, **(settings or {})})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found: Sample = json.loads(done.stdout.splitlines()[-1])
    return {**found, "process_cpu_seconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def own_peak() -> float:
    """Peak memory of this process in MB. On Linux the figure of getrusage begins with the parent's peak, so the kernel's own mark is read there."""
    status = Path("/proc/self/status")
    if status.exists():
        marks = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(marks["VmHWM"].split()[0]) / 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024.0 * 1024.0 if sys.platform == "darwin" else 1024.0)
