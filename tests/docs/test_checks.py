"""The recorded checks, from which the quality assurance log is made."""

from __future__ import annotations

import json

from docs import record_checks
from docs.writers.facts import CHECKS


def test_counts_of_the_suite_are_read_from_its_report(tmp_path):
    """As pytest writes it; none is typed."""
    report = tmp_path / "suite.xml"
    report.write_text(
        '<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="40" time="90.0"/></testsuites>', encoding="utf-8"
    )
    found = record_checks.suite(report)
    assert {name: found[name] for name in ("tests", "failures", "errors", "skipped", "minutes")} == {
        "tests": 40, "failures": 2, "errors": 1, "skipped": 3, "minutes": 1.5,
    }  # fmt: skip


def test_what_is_recorded_is_whole():
    """Both engines and the published figures were looked at, on a day that is named."""
    found = json.loads(CHECKS.read_text(encoding="utf-8"))
    assert found["engines"]["rows"] > found["engines"]["events"] > 10_000
    assert found["validation"]["figures"] >= found["validation"]["emergent"] > 20
    assert all(len(check["on"]) == 10 for check in found.values())
