"""What the governance pages say in numbers and names: from the code, the library and the recorded checks. No page holds such a number by hand."""

from __future__ import annotations

import ast
import csv
import json
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from sim import __version__
from sim.calibrate import sunset
from sim.calibrate.targets import targets
from sim.engine.choice import LARGE
from sim.experiment import precision
from sim.model.child import OLDEST_AT_ENTRY, YOUNGEST_AT_ENTRY
from sim.model.events import Event
from sim.model.luck import Decision
from sim.model.words import Line, Pool, Work
from sim.outcomes.catalogue import HEADLINES, MEASURES
from sim.report.numbers import spelled
from sim.scenario import load
from sim.scenario.library import data, entries
from sim.scenario.ranges import ranges

ROOT = Path(__file__).resolve().parents[2]
GOVERNANCE = ROOT / "docs" / "governance"
CHECKS = GOVERNANCE / "checks.json"
LEVEL = 0.9
"""The share of truths, or of published figures, that an interval of the fit should hold."""
STEP = 50
"""Counts of tests are told as "more than" a multiple of this, so that a page does not fall behind with every test."""


def facts() -> dict[str, Any]:
    """Everything by the name that the templates use."""
    return {
        "version": __version__,
        "python": _python(),
        "run": load("baseline").run,
        "base": load("baseline"),
        "areas": [(entry.name, load("baseline", area=entry.name)) for entry in entries() if entry.kind == "area"],
        "kinds": Counter(entry.kind for entry in entries()),
        "findings": [entry for entry in entries() if entry.kind == "finding"],
        "failings": [entry for entry in entries() if entry.kind == "failing"],
        "headlines": [MEASURES[id] for id in HEADLINES],
        "measures": len(MEASURES),
        "model_only": sum(not measure.comparable for measure in MEASURES.values()),
        "parameters": _parameters(),
        "targets": Counter(target.use for target in targets()),
        "coverage": coverage(),
        "evidence": _rows("evidence.csv"),
        "confidence": Counter(row["confidence"] for row in _rows("evidence.csv")),
        "decisions": len(Decision),
        "events": len(Event),
        "youngest": f"{YOUNGEST_AT_ENTRY:.0f}",
        "oldest": f"{OLDEST_AT_ENTRY:.0f}",
        "pools": [words(pool.name) for pool in Pool],
        "work": [words(work.name) for work in Work],
        "lines": [words(line.name) for line in Line],
        "staffing": _staffing(),
        "large": f"{LARGE:.0f}",
        "precision": precision,
        "packages": packages(),
        "tests": tests(),
        "mutants": mutants(),
        "times": times(),
        "reviewed": sunset.in_words(sunset.REVIEWED),
        "sunset": sunset.in_words(sunset.SUNSET),
        "checks": {"suite": None, "engines": None, "validation": None} | (json.loads(CHECKS.read_text(encoding="utf-8")) if CHECKS.is_file() else {}),
        "day": lambda text: sunset.in_words(date.fromisoformat(text)),
        "page": page,
    }


def words(name: str) -> str:
    """The name of a member as words."""
    special = {"MASH": "MASH staff", "MASH_DECISION": "MASH decision", "CASE": "social work case", "DESK": "desk staff", "RESPONSE": "response units"}
    return special.get(name, name.lower().replace("_", " "))


def page(name: str, title: str) -> str:
    """A link to a page beside this one, or its title where that page is not there yet."""
    return f"[{title}]({name})" if (GOVERNANCE / name).is_file() else f"{title} (`{name}`, not yet written)"


def tests() -> dict[str, Any]:
    """How many test functions there are, rounded down."""
    count = 0
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        count += sum(isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in ast.walk(tree))
    return {"functions": f"{count // STEP * STEP:,}"}


def mutants() -> dict[str, Any]:
    """Deliberate mistakes in rules: how many were tried, how many a test noticed."""
    with (ROOT / "tests" / "mutants" / "outcome.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    survived = sum(row["outcome"] == "survived" for row in rows)
    return {"tried": len(rows), "killed": len(rows) - survived, "survived": survived}


def coverage() -> dict[str, str]:
    """How often intervals of the fit hold the truth where it is known, from the last run of `python -m benchmarks.coverage`."""
    found = json.loads((ROOT / "results" / "reference" / "coverage.json").read_text(encoding="utf-8"))
    shares = found["by_unknown"].values()
    return {"level": f"{LEVEL:.0%}", "held": f"{found['coverage']:.0%}", "least": f"{min(shares):.0%}", "unknowns": spelled(len(shares))}


def packages() -> list[tuple[str, str, str]]:
    """What is needed to simulate and report: package, lowest version allowed, version tested with."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if "==" in line)
    pinned = {name.lower(): version for name, version in pinned.items()}
    found = []
    for requirement in project["dependencies"]:
        name = re.split(r"[^\w-]", requirement, maxsplit=1)[0]
        found.append((name, requirement[len(name) :].replace(">=", ""), pinned.get(name.lower(), "any")))
    return found


def times() -> dict[str, Any]:
    """The machine of the last benchmarks, and what they say about time and memory."""
    found = json.loads((ROOT / "results" / "reference" / "benchmarks.json").read_text(encoding="utf-8"))
    speed = {(row["model"], row["pathway"], row["size"]): row["microseconds_per_reported_episode"] for row in found["speed"]}
    return {
        "machine": found["machine"],
        "date": sunset.in_words(date.fromisoformat(found["machine"]["date"])),
        "cold": f"{found['start_up']['cold']['median']['ready']:.0f}",
        "cached": f"{found['start_up']['cached']['median']['ready']:.1f}",
        "compiled": f"{speed['our compiled engine', 'full', 'county']:.0f}",
        "simpy": f"{speed['our SimPy engine', 'full', 'county']:.0f}",
        "agree": sum(row["agrees"] for row in found["agreement"]),
        "compared": len(found["agreement"]),
        "missed": [row for row in found["figures"] if not row["reached"]],
        "memory": f"{max(row['mb'] for row in found['memory']['rows'] if row['area'] == 'county'):.0f}",
    }


def _python() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["requires-python"]).removeprefix(">=")


def _rows(name: str) -> list[dict[str, str]]:
    with (data("calibration") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parameters() -> dict[str, Any]:
    known = ranges().values()
    varying = [row for row in known if row.varies]
    return {
        "all": len(known),
        "varying": len(varying),
        "assumed": sum(row.assumed for row in varying),
        "by_section": Counter(row.path.partition(".")[0] for row in known),
        "by_distribution": Counter(row.distribution for row in known),
    }


def _staffing() -> list[tuple[str, str]]:
    """Who is on duty in the baseline, by pool."""
    r = load("baseline").resources

    def by_shift(people: tuple[int, ...]) -> str:
        return ", ".join(f"{n} {shift}" for n, shift in zip(people, ("early", "late", "night"), strict=True))

    return [
        ("desk staff", by_shift(r.desk_staff)),
        ("response units", by_shift(r.response_units)),
        ("interviewers", f"{r.interviewers}, every day from {clock(r.interviews_open)} to {clock(r.interviews_close)}"),
        ("MASH staff", f"{r.mash_staff}, Monday to Friday from {clock(r.mash_opens)} to {clock(r.mash_closes)}"),
        ("social workers", f"{r.social_workers}, each with up to {r.cases_per_worker} cases"),
    ]


def clock(hour: float) -> str:
    """An hour of the day on the 24-hour clock."""
    return f"{int(hour):02}:{round(hour % 1 * 60):02}"
