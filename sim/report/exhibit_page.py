"""The report of any findings but a comparison: their exhibits on one HTML page that opens from a disk with no network."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..experiment.findings import Findings


def write(findings: Findings, path: str | Path, written: date | None = None) -> Path:
    """Write the page to `path`, and return it. Raises OSError."""
    raise NotImplementedError
