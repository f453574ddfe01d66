"""A request that is wrong: one clear message, exit code 2, no traceback, and nothing written."""

from __future__ import annotations

import signal
import sys

import pytest

from sim import cli
from tests.commands.shell import SMALL, missing_sim

ALLOWED = "allowed: a folder that can be written to"


@pytest.fixture
def said(monkeypatch, capsys):
    """Call the command in this process: `said("run", ...)` gives exit code, standard output and standard error."""
    before = signal.getsignal(signal.SIGINT)

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["missing-sim", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return int(left.value.code or 0), *capsys.readouterr()

    yield call
    signal.signal(signal.SIGINT, before)


WRONG: list[tuple[list[str], str]] = [
    (["run", "baseline", "--replications", "0"], "--replications: 0 is not allowed; allowed: a whole number from 1 to 1,000,000"),
    (["run", "baseline", "--replications", "-1"], "--replications: -1 is not allowed; allowed: a whole number from 1 to 1,000,000"),
    (["run", "baseline", "--replications", "many"], "--replications: many is not allowed; allowed: a whole number from 1 to 1,000,000"),
    (["run", "baseline", "--replications", "2.5"], "--replications: 2.5 is not allowed; allowed: a whole number from 1 to 1,000,000"),
    (["run", "baseline", "--replications", "1000001"], "--replications: 1000001 is not allowed; allowed: a whole number from 1 to 1,000,000"),
    (["run", "baseline", "--seed", "-1"], "--seed: -1 is not allowed; allowed: a whole number from 0 on"),
    (["run", "baseline", "--seed", "x"], "--seed: x is not allowed"),
    (["run", "baseline", "--seed", str(2**63)], "allowed: a whole number from 0 to "),
    (["run", "baseline", "--workers", "0"], "--workers: 0 is not allowed; allowed: a whole number from 1 to 1,024"),
    (["run", "baseline", "--engine", "fast"], "engine: 'fast' is not known; allowed: auto, compiled, simpy"),
    (["run", "baselin"], 'the library has no scenario "baselin"; did you mean baseline?'),
    (["run", ""], ""),
    (["run", "/"], ""),
    (["run"], "Missing argument 'SCENARIO'"),
    (["run", "--from", "nowhere"], "nowhere: there is no such folder"),
    (["run", "--from", "nowhere", "--seed", "2", "--precision", "T2=1", "--episodes"], "and --seed, --precision, --episodes would change it"),
    (["run", "baseline", "good-practice"], "run takes one scenario, and good-practice is another; missing-sim compare takes several"),
    (["run", "baseline", "--area", "londn"], 'area: the library has no area "londn"; allowed: county, london, small-force, or the path of a file'),
    (["run", "baseline", "--area", "good-practice"], "is not an area"),
    (["run", "baseline", "--set", "x"], '--set: "x" cannot be read'),
    (["run", "baseline", "--set", "=1"], '--set: "=1" cannot be read'),
    (["run", "baseline", "--set", "practice.desk_based_share=0.2.3"], "cannot be read"),
    (["run", "baseline", "--set", "practice.desk_based_shar=0.2"], "unknown key; did you mean practice.desk_based_share?"),
    (["run", "baseline", "--set", "overnight=0.2"], "--set: overnight: unknown key; did you mean practice.overnight_activity or "),
    (["run", "baseline", "--set", "practice.desk_based_share=1.2"], "practice.desk_based_share: 1.2 is above 1; allowed: a number from 0 to 1"),
    (["run", "baseline", "--set", "practice.desk_based_share='x'"], "practice.desk_based_share"),
    (["run", "baseline", "--set", "practice.desk_based_share=nan"], "practice.desk_based_share"),
    (["run", "baseline", "--set", "practice=1"], "--set: practice"),
    (["run", "baseline", "--set", "run.seed=1", "--set", "run.seed=2"], '--set: "run.seed" is set twice'),
    (["run", "baseline", "--set", "run.warm_up_days=0"], "run.warm_up_days: 0 is not above 0"),
    (["run", "baseline", "--episodes"], "--episodes: there is nowhere to write them; name a folder with --out"),
    (["run", "baseline", "--trace", "trace.txt"], '--trace: "trace.txt" is no table'),
    (["run", "baseline", "--trace", "trace"], '--trace: "trace" is no table'),
    (["run", "baseline", "--no-such-option"], "No such option"),
    (["compare", "baseline"], "Missing argument 'SCENARIO'"),
    (["compare", "baseline", "baseline"], 'the scenario "baseline" is named twice; allowed: each scenario once'),
    (["compare", "baseline", "good-practice", "good-practice"], 'the scenario "good-practice" is named twice'),
    (["compare", "baseline", "good-practise"], "did you mean good-practice?"),
    (["compare", "baseline", "good-practice", "--effect", "ever"], "effect: 'ever' is not known; allowed: first-year, steady"),
    (["compare", "baseline", "good-practice", "--episodes"], "--episodes: there is nowhere to write them"),
    (["compare", "durham-2020-03", "merseyside-2019"], "(missing-sim compare baseline durham-2020-03 merseyside-2019, missing-sim failings "),
    (["explain", "durham-2020-03", "durham-2020-05"], "durham-2020-05: is about a published finding, and durham-2020-03 about another: "),
    (["validate", "nope"], 'the library has no scenario "nope"'),
    (["validate", "--engine", "fast"], "engine: 'fast' is not known"),
    (["validate", "--replications", "0"], "--replications: 0 is not allowed"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_a_wrong_request_is_told_and_ends_with_2(said, tmp_path, monkeypatch, arguments, words):
    """The message says what is wrong and what is allowed, standard output is empty, and no file or folder appears, not even the one asked for."""
    monkeypatch.chdir(tmp_path)
    if "--episodes" in arguments:
        monkeypatch.setenv("MISSING_SIM_RESULTS", "off")
    else:
        arguments = [*arguments, "--out", str(tmp_path / "new" / "folder")]
    code, out, err = said(*arguments)
    assert (code, out) == (2, "")
    assert err.strip()
    assert words in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("option", "place"), [("--out", "file"), ("--out", "file/below"), ("--trace", "file/trace.csv"), ("--out", "/proc/none")])
def test_a_place_that_cannot_be_written_is_told_before_the_work(said, tmp_path, monkeypatch, option, place):
    """A file in the way of a folder: the option is named, and what stood there stays."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("mine")
    code, out, err = said("run", "baseline", option, place)
    assert (code, out) == (2, "")
    assert f"{option}: " in err
    assert ALLOWED in err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "mine"


def test_two_problems_are_both_told(said):
    """Every fault in the settings at once, a line each."""
    _, _, err = said("run", "baseline", "--set", "practice.desk_based_share=2", "--set", "practice.overnight_activity=-1")
    assert len(err.splitlines()) == 2


def test_a_scenario_file_that_is_wrong_is_told_by_its_line(said, tmp_path):
    """File, line and key."""
    path = tmp_path / "mine.toml"
    path.write_text('extends = "baseline"\n[practice]\ndesk_based_share = 1.4\n')
    code, _, err = said("compare", "baseline", path)
    assert code == 2
    assert err.startswith(f"{path}:3: practice.desk_based_share: ")


def test_a_shell_sees_the_same():
    """In a process of its own: exit code 2, the message, and nothing else."""
    done = missing_sim("compare", "baseline", "baseline", *SMALL)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'the scenario "baseline" is named twice; allowed: each scenario once\n'


def test_help_tells_which_numbers_are_allowed(said):
    """Of an option that takes a whole number."""
    code, out, _ = said("run", "--help")
    words = " ".join(out.split())
    assert code == 0
    assert "else as the scenario says. From 1 to 1,000,000." in words
    assert "Seed of the luck; else as the scenario says. From 0 on." in words


def test_an_experiment_without_its_manifest_is_no_empty_folder(said, tmp_path):
    """Its cells are there: `results` says what is wrong and what helps. A folder without any has none."""
    (tmp_path / "mine" / "cells").mkdir(parents=True)
    (tmp_path / "mine" / "manifest.json").write_text("{")
    code, out, err = said("results", tmp_path / "mine")
    assert (code, out) == (2, "")
    assert "mine: holds no experiment: its manifest.json is missing or cannot be read" in err
    assert "the command that made it writes its manifest again" in err
    assert said("results", tmp_path) == (0, f"There is no experiment in '{tmp_path}'.\n", "")
