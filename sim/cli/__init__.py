"""The command `missing-sim`. A command loads what it needs when it is called, so that `--help` answers at once."""

from __future__ import annotations

from . import (
    calibrate,
    choose,
    doctor,
    explain,
    failings,
    frontier,
    library,
    pack,
    report,
    results,
    sensitivity,
    serve,
    simulate,
    story,
    sweep,
)
from .app import app
from .exits import exit_codes, heed_key_press

__all__ = [
    "app",
    "calibrate",
    "choose",
    "doctor",
    "exit_codes",
    "explain",
    "failings",
    "frontier",
    "library",
    "main",
    "pack",
    "report",
    "results",
    "sensitivity",
    "serve",
    "simulate",
    "story",
    "sweep",
]


def main() -> None:
    """Run the command with the arguments of this process, and leave it with an exit code."""
    heed_key_press()
    with exit_codes():
        app(prog_name="missing-sim")
