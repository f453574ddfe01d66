"""The command `failings`: what it prints for people and machines, what it leaves, and how it refuses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pandas as pd
import pytest

import sim
from tests.commands.shell import SMALL, missing_sim

HOW = ["--engine", "compiled", "--workers", "1", "--replications", "2", "--set", "run.window_days=20", "--set", "run.warm_up_days=20"]
NAMED = ["under-graded", "no-referral", "met-2016"]
ASKED = ["failings", *NAMED, *SMALL[:-6], *HOW, "--set", "run.run_on_days=10", "--measure", "G1", "--measure", "C1"]


@pytest.fixture(scope="module")
def done(tmp_path_factory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """Two failings and a finding, two measures, as JSON and in a folder."""
    out = tmp_path_factory.mktemp("failings") / "new"
    return missing_sim(*ASKED, "--out", out, "--json"), out


def test_json_of_failings(done):
    """The head of every command, then ranks and effects of failings, and the findings with their counterfactuals."""
    ended, _ = done
    assert (ended.returncode, ended.stderr) == (0, "")
    told = json.loads(ended.stdout)
    head = ["command", "version", "engine", "seed", "replications", "scenarios"]
    assert list(told) == [*head, "ranks", "effects", "pairs", "notices"]
    assert (told["command"], told["version"], told["engine"], told["replications"]) == ("failings", sim.__version__, "compiled", 2)
    assert {(row["failing"], row["degree"]) for row in told["effects"]} == {
        (name, degree) for name in ("under-graded", "no-referral") for degree in ("mild", "stated", "severe")
    }
    assert [row["measure"] for row in told["pairs"]] == ["G1", "C1"]
    assert {row["failing"] for row in told["ranks"]} == {"under-graded", "no-referral"}
    assert next(row["failing"] for row in told["ranks"] if row["measure"] == "C1") == "no-referral"


def test_failings_leave_their_tables_and_their_report(done):
    """The tables agree with what was printed; the report can be read."""
    ended, out = done
    printed = pd.DataFrame(json.loads(ended.stdout)["ranks"])
    table = pd.read_csv(out / "ranks.csv")
    for column in ("rank", "estimate", "low", "high", "first"):
        pd.testing.assert_series_equal(table[column], printed[column], rtol=1e-9, check_dtype=False)
    assert "forces never" in (out / "report.html").read_text(encoding="utf-8")


def test_failings_on_a_terminal(done):
    """From the same folder, so that nothing is simulated again."""
    _, out = done
    again = missing_sim(*ASKED, "--out", out)
    assert again.returncode == 0
    assert "Not referred" in again.stdout
    assert "against its own counterfactual" in again.stdout
    assert f"Report: {out / 'report.html'}" in again.stdout


def test_help_has_examples():
    """With exit code 0."""
    ended = missing_sim("failings", "--help")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Example:\n    missing-sim failings " in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["good-practice"], 'good-practice: about.kind: is of kind "practice"; allowed: files of kind "failing" or "finding"'),
        (["no-overnigt"], "did you mean no-overnight"),
        (["no-overnight", "--baseline", "wales"], "no-overnight: has another area than wales"),
        (["no-overnight", "--measure", "T99"], '"T99" is not a measure'),
        (["no-overnight", "--tornado", "/nowhere/at/all"], "there is no such folder"),
    ],
)
def test_wrong_requests(arguments, words):
    """One message and exit code 2, before anything is simulated."""
    ended = missing_sim("failings", *arguments)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
