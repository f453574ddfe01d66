"""What the benchmarks ran on, and with what: enough to say why another run gives other seconds."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = ("missing-sim", "numpy", "numba", "llvmlite", "simpy", "salabim", "greenlet", "ciw")


def described() -> dict[str, Any]:
    """Processor, cores, memory, system, versions and the date."""
    return {
        "processor": processor(),
        "cores": cores(),
        "memory_gb": memory_gb(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": {name: installed(name) for name in PACKAGES},
        "date": datetime.now(UTC).date().isoformat(),
    }


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load() -> float:
    """Programs that ran or waited to run, mean of the last minute; nan where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")


def processor() -> str:
    """The processor's name as the system gives it."""
    told = Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in told.read_text().splitlines() if line.startswith("model name")] if told.exists() else []
    return names[0] if names else platform.processor() or platform.machine()


def memory_gb() -> float:
    """Memory of the machine in GB; nan where the system does not say."""
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return float("nan")
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1)


def installed(name: str) -> str:
    """The version of a package, or that it is missing."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
