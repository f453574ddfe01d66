"""One mutant on trial: a copy of the tree with its one file changed, and the tests, the quickest first, until one of them fails.

The tests that compare the two engines are left out: both run the same wrong rule, and agree.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.mutant import ROOT, Mutant

FOLDERS = ("sim", "tests", "scenarios", "calibration", "benchmarks", "docs")
STAGES = (
    ("tests/model/rules",),
    ("tests/model/test_decisions.py", "tests/model/test_luck.py", "tests/model/test_clock.py", "tests/model/test_rules.py"),
    ("tests/model/test_two_children.py", "tests/engine/test_conservation.py", "tests/engine/test_branching.py"),
    ("tests/model/test_hazards.py", "tests/engine/test_queueing.py", "tests/model/test_causes.py"),
    ("tests/outcomes/test_hours.py", "tests/outcomes/test_catalogue.py", "tests/benchmarks"),
)
"""What is run, one call of pytest after the other. Only these are asked: a mutant that survives them may still be killed by the rest of the suite."""
QUICK = 2
"""Stages whose tests look at one rule at a time."""
PATIENCE = 4.0
"""A stage may take this many times as long as with the rules as they are, and GRACE seconds more: a rule that never ends is killed too."""
GRACE = 20.0
MEMORY = 6 << 30
"""Bytes: a rule that schedules for ever runs out of memory before it fills the machine's."""


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: `killed`, `timed out` or `survived`; and by which test, or in which stage."""

    verdict: str
    by: str
    seconds: float


def copied(root: Path, to: Path) -> Path:
    """A copy of what the tests need."""
    for folder in FOLDERS:
        shutil.copytree(root / folder, to / folder, ignore=shutil.ignore_patterns(".hypothesis", "outcome.csv", "survivors.csv"))
    shutil.copy2(root / "pyproject.toml", to)
    return to


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def asked_of(stage: tuple[str, ...], file: str, tree: Path) -> list[str]:
    """The files of a stage; first the one that is named for the mutant's."""
    own = [f"{folder}/test_{Path(file).name}" for folder in stage if (tree / folder).is_dir()]
    return [path for path in own if (tree / path).exists()] + [path for path in stage if (tree / path).exists()]


def run(tree: Path, paths: list[str], seconds: float) -> tuple[int, str]:
    """What pytest says of these tests in that tree: its exit code and what it printed. Raises TimeoutExpired."""
    environment = os.environ | {"PYTHONPATH": str(tree), "MISSING_SIM_CACHE": str(tree / "cache"), "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-rfE", "-m", "not slow", "-p", "no:cacheprovider", "-p", "no:xdist", *paths]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, timeout=seconds, preexec_fn=limit_memory, check=False)
    return done.returncode, done.stdout + done.stderr


def failed(said: str) -> str:
    """The first test that pytest names as failed."""
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)
    return found.group(1) if found else "(no test named)"


def try_out(mutant: Mutant, snapshot: Path, usual: list[float]) -> Outcome:
    """Run the first stages on a copy of `snapshot` with the mutant in it. `usual` is how long each of them takes with the rules as they are."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        tree = copied(snapshot, Path(folder))
        (tree / mutant.file).write_text(mutant.mutated, encoding="utf-8")
        for stage, seconds in zip(STAGES, usual, strict=False):
            try:
                code, said = run(tree, asked_of(stage, mutant.file, tree), PATIENCE * seconds + GRACE)
            except subprocess.TimeoutExpired:
                return Outcome("timed out", stage[0], time.monotonic() - began)
            if code:
                return Outcome("killed", failed(said), time.monotonic() - began)
    return Outcome("survived", "", time.monotonic() - began)


def usual_times(snapshot: Path, stages: int) -> list[float]:
    """How long each of so many stages takes with the rules as they are. Raises RuntimeError if a test fails without any mutant."""
    times = []
    for stage in STAGES[:stages]:
        began = time.monotonic()
        code, said = run(snapshot, asked_of(stage, "", snapshot), 3600.0)
        if code:
            raise RuntimeError(f"without any mutant, {failed(said)} fails:\n{said[-2000:]}")
        times.append(time.monotonic() - began)
    return times


def snapshot_of(to: Path) -> Path:
    """The tree as it is now, so that nobody's edits meanwhile come into it."""
    return copied(ROOT, to)
