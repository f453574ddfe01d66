"""The command `sweep`: what it prints for people and machines, what it leaves, and how it refuses."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim import cli
from tests.commands.shell import SMALL, missing_sim

DESK, NIGHT = "practice.desk_based_share", "practice.overnight_activity"
HOW = ["--engine", "compiled", "--workers", "1", "--replications", "2"]


@pytest.fixture(scope="module")
def swept(tmp_path_factory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """Two levers, two measures, as JSON and in a folder."""
    out = tmp_path_factory.mktemp("swept") / "new"
    levers = ["--lever", "desk_based_share=0.1,0.35", "--lever", f"{NIGHT}=0.5:0.9:2"]
    return missing_sim("sweep", "baseline", *SMALL, *levers, "--measure", "T2", "--measure", "W1", *HOW, "--out", out, "--json"), out


def test_json_of_a_sweep(swept):
    """The head of every command, then a row for each measure at each point, and of each difference from the scenario as it is."""
    done, _ = swept
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert list(told) == ["command", "version", "engine", "seed", "replications", "scenarios", "points", "differences", "notices"]
    assert (told["command"], told["version"], told["engine"], told["replications"]) == ("sweep", sim.__version__, "compiled", 2)
    points = [(row[DESK], row[NIGHT], row["reference"], row["measure"]) for row in told["points"]]
    cells = ((0.1, 0.5, False), (0.1, 0.9, False), (0.35, 0.5, True), (0.35, 0.9, False))
    assert points == [(*cell, measure) for cell in cells for measure in ("T2", "W1")]
    assert [(row[DESK], row[NIGHT]) for row in told["differences"][::2]] == [(0.1, 0.5), (0.1, 0.9), (0.35, 0.9)]
    assert all({"scenario", "measure", "estimate", "low", "high", "unit", "n"} <= row.keys() for row in told["points"] + told["differences"])
    assert all(row["baseline"] == "baseline" and row["verdict"] for row in told["differences"])
    assert set(told["scenarios"]) == {row["scenario"] for row in told["points"]}


def test_a_sweep_leaves_its_tables_and_its_report(swept):
    """The tables agree with what was printed; the report shows both measures and can be made again."""
    done, out = swept
    told = json.loads(done.stdout)
    for name in ("points", "differences"):
        table, printed = pd.read_csv(out / f"{name}.csv"), pd.DataFrame(told[name])
        for column in (DESK, NIGHT, "estimate", "low", "high"):
            pd.testing.assert_series_equal(table[column], printed[column], rtol=1e-9, check_dtype=False)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Time to first field action" in page
    assert "Officer hours" in page
    assert json.loads((out / "manifest.json").read_text())["kind"] == "sweep"


def test_a_sweep_on_a_terminal():
    """The range of a switch by its short name: the message, a row for each setting, where the scenario stands, and provenance."""
    done = missing_sim("sweep", "baseline", *SMALL, "--lever", "flag_is_high", "--measure", "G1", *HOW)
    assert (done.returncode, done.stderr) == (0, "")
    for words in ("Under-grading", "as it is", "“flag is high” goes from no to yes", "Simulated data.", "2 replications"):
        assert words in " ".join(done.stdout.split())


def test_twenty_worlds_give_one_notice():
    """Of points that differ in the world, the reader is told once."""
    done = missing_sim("sweep", "baseline", *SMALL, "--lever", "brought_back_factor=1:1.5:20", "--measure", "R1", *HOW[:-1], "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("Note: ") == 1
    assert "world.brought_back_factor" in done.stdout.partition("Note: ")[2]


def test_help_has_an_example():
    """With exit code 0."""
    done = missing_sim("sweep", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Example:\n    missing-sim sweep " in done.stdout


@pytest.fixture
def said(monkeypatch, capsys):
    """Call the command in this process: exit code, standard output and standard error."""
    before = signal.getsignal(signal.SIGINT)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["missing-sim", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return int(left.value.code or 0), *capsys.readouterr()

    yield call
    signal.signal(signal.SIGINT, before)


ONE = "desk_based_share=0.1,0.9"
WRONG: list[tuple[list[str], str]] = [
    (["baseline"], "Missing option '--lever'"),
    (["--lever", ONE], "Missing argument 'SCENARIO'"),
    (["baselin", "--lever", ONE], 'the library has no scenario "baselin"; did you mean baseline?'),
    (["baseline", "--lever", "desk_share=0.1,0.9"], "desk_share: is not a value of a scenario"),
    (["baseline", "--lever", "practice.desk_based_shar=0.1,0.9"], "did you mean practice.desk_based_share?"),
    (["baseline", "--lever", "desk_based_share=0.1,1.9"], "practice.desk_based_share: 1.9 is not allowed; allowed: a number from 0 to 1"),
    (["baseline", "--lever", "desk_based_share=none,all"], '"none" is not allowed; allowed: a number from 0 to 1'),
    (["baseline", "--lever", "desk_based_share=0.1:0.9:1"], "is not a count of values"),
    (["baseline", "--lever", "desk_based_share=0.9:0.1:3"], "0.9 is not below 0.1"),
    (["baseline", "--lever", "desk_based_share=0.3,0.3"], "0.3 is among the values twice"),
    (["baseline", "--lever", "price_year"], "is a choice, and the log of assumptions gives no range"),
    (["baseline", "--lever", "run.seed=1,2"], "says how the simulation is run"),
    (["baseline", "--lever", ONE, "--lever", ONE], "is given twice"),
    (["baseline", "--lever", ONE, "--lever", "overnight_activity", "--lever", "under_graded_share"], "3 levers are asked for; allowed: one or two"),
    (["baseline", "--lever", ONE, "--measure", "T0"], '--measure: "T0" is not a measure'),
    (["baseline", "--lever", ONE, "--effect", "ever"], "effect: 'ever' is not known"),
    (["baseline", "--lever", ONE, "--engine", "fast"], "engine: 'fast' is not known"),
    (["baseline", "--lever", ONE, "--set", "practice=1"], "--set: practice"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_a_wrong_request_is_told_and_ends_with_2(said, tmp_path, monkeypatch, arguments, words):
    """One clear message, nothing on standard output, nothing computed, and no folder left behind."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.experiment.execution.Execution.go_on", lambda *_: pytest.fail("it was simulated"))
    code, out, err = said("sweep", *arguments, "--out", str(tmp_path / "new" / "folder"))
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []
