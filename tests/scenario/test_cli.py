"""The commands about scenarios, as a shell sees them: output, messages and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import sim

ROOT = Path(__file__).parents[2]
GOOD = 'extends = "baseline"\n[practice]\ndesk_based_share = 0.987\n'
BAD = 'extends = "baseline"\n[practice]\ndesk_based_share = 1.4\nunder_graded_share = "many"\n'


def missing_sim(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run([sys.executable, "-m", "sim", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("arguments", [["--help"], ["scenarios", "--help"], ["check", "--help"], ["schema", "--help"]])
def test_help_ends_well(arguments):
    """Each help page is printed with exit code 0, and each command's holds an example."""
    done = missing_sim(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert arguments == ["--help"] or f"Example:\n    missing-sim {arguments[0]}" in done.stdout


def test_version():
    """The version is the package's."""
    assert missing_sim("--version").stdout == f"missing-sim {sim.__version__}\n"


def test_scenarios_are_listed():
    """The list names every scenario of the library, as a table and as JSON."""
    table, listed = missing_sim("scenarios"), json.loads(missing_sim("scenarios", "--json").stdout)
    assert listed["command"] == "scenarios"
    assert [row["name"] for row in listed["scenarios"]] == [line.split()[0] for line in table.stdout.splitlines()[1:]]
    assert "baseline" in [row["name"] for row in listed["scenarios"]]


def test_check_shows_the_difference(write):
    """A valid file is called valid, with what it changes."""
    done = missing_sim("check", write(GOOD), "baseline")
    assert (done.returncode, done.stderr) == (0, "")
    assert "mine.toml is valid. It differs from baseline in 1 value:" in done.stdout
    assert "practice.desk_based_share" in done.stdout
    assert "baseline is valid. In effect it is the same as baseline." in done.stdout


def test_check_against_another(write):
    """The difference can be from any scenario."""
    path = write(GOOD)
    assert "the same as" in missing_sim("check", path, "--against", path).stdout


def test_check_in_json(write):
    """For machines, the difference has both values, under stable names."""
    path = write(GOOD)
    told = json.loads(missing_sim("check", path, "--json").stdout)
    assert (told["command"], told["version"], told["scenarios"], told["problems"]) == ("check", sim.__version__, [str(path)], [])
    assert [(row["key"], row["value"]) for row in told["differences"]] == [("practice.desk_based_share", 0.987)]


def test_a_wrong_file_ends_with_2_and_every_problem(write):
    """All problems are on standard error, one a line; valid files named beside are still checked."""
    bad, good = write(BAD, "bad.toml"), write(GOOD, "good.toml")
    done = missing_sim("check", bad, good)
    assert done.returncode == 2
    assert [line.split(": ")[:2] for line in done.stderr.splitlines()] == [
        [f"{bad}:3", "practice.desk_based_share"],
        [f"{bad}:4", "practice.under_graded_share"],
    ]
    assert "good.toml is valid" in done.stdout


def test_a_wrong_file_in_json(write):
    """For machines, each problem has file, line, key, what is wrong and what is allowed; the exit code is still 2."""
    done = missing_sim("check", write(BAD), "--json")
    assert done.returncode == 2
    first = json.loads(done.stdout)["problems"][0]
    assert (first["line"], first["key"], first["allowed"]) == (3, "practice.desk_based_share", "allowed: a number from 0 to 1")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "no-such-scenario"],
        ["check", "/"],
        ["check", "none.toml"],
        ["check", "baseline", "--against", "no-such-scenario"],
        ["check", "baseline", "--no-such-option"],
        ["schema", "--out"],
        ["no-such-command"],
    ],
)
def test_a_wrong_request_ends_with_2(arguments):
    """Whatever is wrong with the request: a message, no traceback, exit code 2."""
    done = missing_sim(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_schema_goes_to_the_terminal_or_a_file(tmp_path):
    """Both ways give the same JSON."""
    out = tmp_path / "schema.json"
    assert missing_sim("schema", "--out", out).returncode == 0
    assert json.loads(out.read_text()) == json.loads(missing_sim("schema").stdout)


def test_a_file_that_cannot_be_written_ends_with_1(tmp_path):
    """When the system refuses the work, the message names the file and the exit code is 1."""
    done = missing_sim("schema", "--out", tmp_path / "none" / "schema.json")
    assert done.returncode == 1
    assert "schema.json" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_stops_early_is_no_error():
    """`| head` ends the command without a word."""
    first = subprocess.Popen([sys.executable, "-m", "sim", "schema"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert first.stdout is not None
    assert first.stderr is not None
    first.stdout.close()
    first.wait(timeout=60)
    assert first.stderr.read() == b""
    first.stderr.close()
