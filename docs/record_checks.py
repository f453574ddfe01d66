"""Run the checks that take long, and keep what they said: `python -m docs.record_checks [--suite JUNIT.xml]` writes docs/governance/checks.json.

The quality assurance log is made from that file, so a result in it was measured and never typed. The suite itself is run beforehand, with
`pytest --junitxml=JUNIT.xml`; without it the last recorded run of the suite stays.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from docs.writers.facts import CHECKS

REPLICATIONS = 50
"""How often the baseline is simulated to be held against published figures."""


def told(*arguments: str) -> dict[str, Any]:
    """What a command says with --json. Raises CalledProcessError if it could not be carried out."""
    settings = os.environ | {"MISSING_SIM_RESULTS": "off"}
    done = subprocess.run([sys.executable, "-m", "sim", *arguments, "--json"], env=settings, capture_output=True, text=True, check=True)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def validation(replications: int) -> dict[str, Any]:
    """How many published figures come out of the mechanism, and which of them were missed."""
    found = told("validate", "baseline", "--replications", str(replications), "--engine", "compiled")
    rows = found["validation"]
    emergent = [row for row in rows if row["kind"] == "emergent"]
    misses = found["misses"]
    return {"on": today(), "replications": replications, "figures": len(rows), "emergent": len(emergent), "misses": misses}


def engines() -> dict[str, Any]:
    """Whether both engines gave the same bytes, over how much."""
    trial = told("doctor")["trial"]
    return {"on": today(), "events": trial["events"], "rows": trial["rows"], "differences": len(trial["differences"])}


def suite(report: Path) -> dict[str, Any]:
    """The counts of a run of the whole suite, from the report that pytest wrote."""
    root = ElementTree.parse(report).getroot()
    runs = root if root.tag == "testsuite" else root[0]
    counts = {name: int(runs.attrib[name]) for name in ("tests", "failures", "errors", "skipped")}
    return {"on": today(), **counts, "minutes": round(float(runs.attrib["time"]) / 60, 1)}


def today() -> str:
    """The day of a check."""
    return date.today().isoformat()


def main() -> None:
    """Run what is asked for, keep the rest as it was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", type=Path, metavar="JUNIT.xml", help="the report of a run of the whole suite")
    parser.add_argument("--replications", type=int, default=REPLICATIONS, metavar="N", help="replications of the baseline")
    asked = parser.parse_args()
    found: dict[str, Any] = json.loads(CHECKS.read_text(encoding="utf-8")) if CHECKS.is_file() else {}
    found |= {"engines": engines(), "validation": validation(asked.replications)}
    if asked.suite:
        found["suite"] = suite(asked.suite)
    CHECKS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
