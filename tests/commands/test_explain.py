"""The command `explain`: what it prints for people and machines, what it leaves, and how it refuses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pandas as pd
import pytest

import sim
from tests.commands.shell import SMALL, missing_sim

HOW = ["--engine", "simpy", "--workers", "1", "--replications", "2", "--set", "run.window_days=20", "--set", "run.warm_up_days=20"]
ASKED = ["explain", "baseline", "no-referral", *SMALL[:-6], *HOW, "--set", "run.run_on_days=10", "--measure", "T2", "--measure", "C1"]
OTHER = ["--set", "practice.desk_based_share=0.9"]


@pytest.fixture(scope="module")
def mine(tmp_path_factory) -> Path:
    """A scenario with two failings."""
    file = tmp_path_factory.mktemp("mine") / "mine.toml"
    file.write_text('extends = ["desk-based", "no-referral"]\n[about]\ntitle = "Mine"\nsummary = ""\nkind = "practice"\n', encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def explained(tmp_path_factory, mine) -> tuple[subprocess.CompletedProcess[str], Path]:
    """Two causes, two measures, as JSON and in a folder."""
    out = tmp_path_factory.mktemp("explained") / "new"
    return missing_sim(*[mine if part == "no-referral" else part for part in ASKED], "--out", out, "--json"), out


def test_json_of_an_explanation(explained):
    """The head of every command, then a row for each cause of each measure, the totals, and what was pulled; the shares sum to the totals."""
    done, _ = explained
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    head = ["command", "version", "engine", "seed", "replications", "scenarios"]
    assert list(told) == [*head, "shares", "totals", "levers", "notices"]
    assert (told["command"], told["version"], told["engine"], told["replications"]) == ("explain", sim.__version__, "simpy", 2)
    assert told["scenarios"] == ["baseline", "baseline with 1", "baseline with 2", "mine"]
    assert [(row["lever"], row["measure"]) for row in told["shares"]] == [
        (lever, measure) for measure in ("T2", "C1") for lever in ("desk-based", "no-referral")
    ]
    assert all({"estimate", "low", "high", "unit", "n"} <= row.keys() for row in told["shares"] + told["totals"])
    for total in told["totals"]:
        assert sum(row["estimate"] for row in told["shares"] if row["measure"] == total["measure"]) == pytest.approx(total["estimate"])
    assert [row["path"] for row in told["levers"]] == ["practice.desk_based_share", "practice.referral_share", "practice.referral_delay_hours"]


def test_an_explanation_leaves_its_tables_and_its_report(explained):
    """The tables agree with what was printed; the report can be read, and the folder opened."""
    done, out = explained
    printed = pd.DataFrame(json.loads(done.stdout)["shares"])
    table = pd.read_csv(out / "shares.csv")
    for column in ("estimate", "low", "high"):
        pd.testing.assert_series_equal(table[column], printed[column], rtol=1e-9, check_dtype=False)
    assert {"totals.csv", "levers.csv", "manifest.json", "report.html"} <= {path.name for path in out.iterdir()}
    assert "What explains the difference" in (out / "report.html").read_text(encoding="utf-8")


def test_an_explanation_on_a_terminal():
    """Without a second scenario: against the counterfactual that the first names."""
    done = missing_sim(*[part for part in ASKED if part != "baseline"])
    assert (done.returncode, done.stderr) == (0, "")
    assert "A: Not referred (no-referral)" in done.stdout
    assert "B: England from 2017 on, usual practice (baseline)" in done.stdout
    assert "1 Referral: practice.referral_share: 30% to 60%" in done.stdout


def test_help_has_examples():
    """With exit code 0."""
    done = missing_sim("explain", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Example:\n    missing-sim explain baseline durham-2020-03 " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["baseline"], "baseline names no scenario to be explained against; name a second scenario"),
        (["baseline", "baseline"], "baseline and baseline are the same in effect"),
        (["baseline", "wales"], "baseline and wales differ in area.nation, which is no way of working"),
        (["baseline", "durham-2020-03", "--by", "size"], '--by: "size" is not known; allowed: failing, value'),
        (["baseline", "durham-2020-03", "--orders", "most"], "--orders: 'most' is not allowed; allowed: all, or a whole number from 1 to 1,000"),
        (["durham-2020-03", "good-practice", "--orders", "all"], "--orders: 13 causes have 8,192 combinations"),
        (["baseline", "durham-2020-3"], "did you mean durham-2020-03"),
        (["baseline", "durham-2020-03", "--measure", "T99"], '"T99" is not a measure'),
        (["baseline", "durham-2020-03", "--effect", "never"], "effect: 'never' is not known"),
    ],
)
def test_wrong_requests(arguments, words):
    """One message and exit code 2, before anything is simulated."""
    done = missing_sim("explain", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_values_can_be_fixed():
    """With --fixed nothing is drawn, and what is printed says that the intervals show luck only; without, that they hold both."""
    assert "not what is unknown" in missing_sim(*ASKED, "--fixed").stdout
    assert "what is not known about the model's" in missing_sim(*ASKED).stdout
