"""`missing-sim pack`: a training pack made and checked, and requests that are wrong."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from sim.cli import app, exit_codes
from sim.report.pack.making import Made
from tests.commands.shell import missing_sim
from tests.pack.content import three

SMALL = ("--scenario", "under-graded", "--cases", "under-graded-with-exploitation", "--pairs", 20, "--seed", 3)


@pytest.fixture
def said(capsys):
    """Call the command in this process: exit code, standard output, standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left, exit_codes():
            app(["pack", *map(str, arguments)], prog_name="missing-sim")
        return int(left.value.code or 0), *capsys.readouterr()

    return call


@pytest.fixture
def told(monkeypatch):
    """Exercises written by hand, instead of simulated ones."""
    made = Made(tuple(three()), {"scenario": "baseline", "seed": 1, "pairs": 1000}, "Simulated data.", ("Something was added.",))
    monkeypatch.setattr("sim.report.pack.making.make", lambda **_: made)


def test_help_has_an_example():
    """And answers without loading what simulates."""
    done = missing_sim("pack", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "missing-sim pack --out training" in done.stdout


@pytest.mark.slow
def test_a_pack_is_simulated_told_and_whole(said, tmp_path):
    """Three cases, of which two were added with a notice; a learner's page does not say what kind of case it is."""
    folder = tmp_path / "pack"
    code, out, err = said("--out", folder, *SMALL, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert [one["type"] for one in found["cases"]] == ["under-graded-with-exploitation", "correctly-low", "over-graded"]
    assert found["notices"][0].startswith("correctly-low and over-graded were added")
    assert {"index.html", "case-3.html", "manifest.json"} < set(found["files"])
    assert found["bytes"] < 10_000_000
    assert said("--check", folder)[:2] == (0, "The pack is whole: 9 files.\n")
    for page in folder.glob("case-*.html"):
        before = page.read_text("utf-8").split("What followed, 1 of 4")[0]
        assert not [one["type"] for one in found["cases"] if one["type"] in before]


def test_what_was_written_is_said(told, said, tmp_path):
    """Where to begin, the codes, and what was added."""
    code, out, err = said("--out", tmp_path / "pack")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].startswith("Case 1, Tuesday evening: under-graded-with-exploitation. Code ")
    assert "Note: Something was added." in out
    assert out.splitlines()[-1] == f"Pack: {tmp_path / 'pack' / 'index.html'} (0.5 MB)"


def test_a_damaged_pack_is_told_and_ends_with_one(told, said, tmp_path):
    """Which file, in words and for machines."""
    folder = tmp_path / "pack"
    said("--out", folder)
    (folder / "assets/pack.css").unlink()
    with (folder / "case-1.html").open("a") as file:
        file.write(" ")
    assert said("--check", folder)[:2] == (
        1,
        "Damaged: case-1.html\nMissing: assets/pack.css\nCopy the whole folder again, or make the pack again.\n",
    )
    code, out, _ = said("--check", folder, "--json")
    assert (code, json.loads(out)["whole"], json.loads(out)["missing"]) == (1, False, ["assets/pack.css"])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ((), "--out: there is nothing to do; name a folder with --out or with --check"),
        (("--out", "{}/a", "--check", "{}/a"), "--out: a pack is either made or checked"),
        (("--out", "{}/a", "--cases", "over-grade"), '--cases: "over-grade" is no type of case; did you mean over-graded?'),
        (("--out", "{}/a", "--cases", "over-grade", "--cases", "over-graded"), '--cases: "over-grade" is no type of case; did you mean over-graded?'),
        (("--out", "{}/a", "--cases", ","), "--cases: names no case"),
        (("--out", "{}/a", "--pairs", "3"), "--pairs: 3 is out of range; allowed: 20 to "),
        (("--out", "{}/a", "--scenario", "basline"), 'the library has no scenario "basline"; did you mean baseline'),
        (("--out", "{}/a", "--area", "contry"), "contry"),
        (("--check", "{}/a"), "is no folder"),
        (("--check", "{}"), "holds no training pack: there is no manifest.json"),
        (("--out", "{}"), "is not empty, and holds no training pack"),
    ],
)
def test_a_wrong_request_is_one_clear_error_and_leaves_nothing(said, tmp_path, asked, words):
    """Exit code 2, before anything is simulated; no folder is left behind."""
    (tmp_path / "letter.txt").write_text("mine")
    code, out, err = said(*(part.format(tmp_path) for part in asked))
    assert (code, out) == (2, "")
    assert words in err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_an_earlier_pack_is_given_up_only_when_told(told, said, tmp_path):
    """And what is not of it stays."""
    folder = tmp_path / "pack"
    assert said("--out", folder)[0] == 0
    (folder / "letter.txt").write_text("mine")
    code, _, err = said("--out", folder)
    assert code == 2
    assert "holds a training pack already; --replace gives that one up" in err
    assert said("--out", folder, "--replace")[0] == 0
    assert said("--check", folder)[:2] == (0, "Not of the pack: letter.txt\nThe pack is whole: 9 files.\n")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_told(told, said, tmp_path):
    """Before anything is simulated."""
    tmp_path.chmod(0o500)
    code, _, err = said("--out", tmp_path / "pack")
    tmp_path.chmod(0o700)
    assert code == 2
    assert "permission denied" in err


def test_a_place_that_cannot_be_a_folder_is_told(told, said):
    """Also for root."""
    code, _, err = said("--out", Path("/proc/none/pack"))
    assert code == 2
    assert "allowed: a folder that can be written to" in err
