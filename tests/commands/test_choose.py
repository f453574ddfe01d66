"""The command `choose`: what it prints for people and machines, what it leaves, and how it refuses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pandas as pd
import pytest

import sim
from tests.commands.shell import SMALL, missing_sim
from tests.experiment.choices import posterior_of

HOW = ["--engine", "compiled", "--workers", "1", "--replications", "40", "--measure", "P1.all", "--weigh", "W1=0.5"]


@pytest.fixture(scope="module")
def done(tmp_path_factory) -> tuple[subprocess.CompletedProcess[str], Path, list[object]]:
    """Two options, two measures, as JSON and in a folder."""
    folder = tmp_path_factory.mktemp("choose")
    asked = ["choose", "baseline", "desk-based", *SMALL, *HOW, "--posterior", posterior_of(folder), "--out", folder / "new"]
    return missing_sim(*asked, "--json"), folder / "new", asked


def test_json_of_a_choice(done):
    """The head of every command, then the options, what it is worth to know more, and the draws."""
    ended, _, _ = done
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    head = ["command", "version", "engine", "seed", "replications", "scenarios"]
    assert list(told) == [*head, "options", "information", "draws", "notices"]
    assert (told["command"], told["version"], told["replications"]) == ("choose", sim.__version__, 40)
    assert {row["option"] for row in told["options"]} == {"baseline", "desk-based"}
    assert [row["about"] for row in told["information"]] == ["everything", *["unknown"] * 4, "theme"]
    assert {row["unit"] for row in told["information"]} == {"child-hours"}
    assert len(told["draws"]) == 40


def test_it_leaves_its_tables_and_its_report(done):
    """The tables agree with what was printed; the report says what was weighed, and against whom nothing is ranked."""
    ended, out, _ = done
    printed = pd.DataFrame(json.loads(ended.stdout)["information"])
    table = pd.read_csv(out / "information.csv")
    pd.testing.assert_series_equal(table["value"], printed["value"], rtol=1e-9, check_dtype=False)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "One of W1 (hours) counts as 0.5 of P1.all (child-hours)" in page
    assert "P1.all=1; W1=0.5" in page


def test_on_a_terminal_and_from_its_folder(done):
    """From the same folder nothing is simulated again; `report` and `run --from` work as for every kind."""
    _, out, asked = done
    again = missing_sim(*asked)
    assert again.returncode == 0, again.stderr
    assert "80 of 80 runs were in" in again.stderr
    assert "counts as 0.5" in again.stdout
    assert f"Report: {out / 'report.html'}" in again.stdout
    assert missing_sim("report", out, "--out", out / "again.html").returncode == 0
    repeated = missing_sim("run", "--from", out, "--out", out.parent / "repeated", "--engine", "compiled", "--workers", "1")
    assert "Every table is the same" in repeated.stdout, repeated.stderr


def test_what_is_refused(tmp_path):
    """With one error, and exit code 2."""
    wrong = {
        ("baseline", "desk-based", "--fixed"): "there is nothing to learn",
        ("baseline", "desk-based", "--weigh", "W1"): '"W1" cannot be read',
        ("baseline", "desk-based", "--replications", "10"): "10 is not allowed",
        ("durham-2020-03", "met-2016"): "met-2016: is about a published finding, and durham-2020-03 about another",
        ("baseline",): "Missing argument",
    }
    place = posterior_of(tmp_path)
    for asked, message in wrong.items():
        ended = missing_sim("choose", *asked, "--posterior", place)
        assert ended.returncode == 2, asked
        assert message in ended.stderr
        assert "Traceback" not in ended.stderr
