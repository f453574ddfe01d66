"""The command that tells a story: a list of types, a twin, a crowd; for people and for machines."""

from __future__ import annotations

import json
import sys

import pytest

from sim.cli import main
from tests.commands.shell import missing_sim


def test_the_types_are_listed_with_how_many_matched():
    """Each with its count, for a terminal and as JSON."""
    said = missing_sim("story")
    assert said.returncode == 0
    assert "under-graded-with-exploitation" in said.stdout
    assert " of 1," in said.stdout
    content = json.loads(missing_sim("story", "--json").stdout)
    assert content["command"] == "story"
    assert next(row["type"] for row in content["types"]) == "under-graded-with-exploitation"
    assert all(0 < row["matched"] < row["of"] for row in content["types"])


def test_a_twin_is_told_and_drawn(tmp_path):
    """Text for people; JSON with timeline, others and episodes; a page that needs no network."""
    page = tmp_path / "figure" / "twin.html"
    said = missing_sim("story", "--case", "over-graded", "--twin", "--number", "0", "--figure", str(page))
    assert said.returncode == 0
    assert "As it happened" in said.stdout
    assert "Traceback" not in said.stderr
    assert "<html>" in page.read_text(encoding="utf-8")
    content = json.loads(missing_sim("story", "--case", "over-graded", "--twin", "--number", "0", "--json").stdout)
    assert {"engine", "seed", "replication", "scenarios", "case", "decision", "rarity", "differs", "timeline", "others", "episodes"} <= set(content)
    assert {row["course"] for row in content["timeline"]} == {"as it happened", "twin"}


def test_a_crowd_is_told():
    """Shares and measures."""
    content = json.loads(missing_sim("story", "--case", "nothing-overnight", "--crowd", "20", "--json").stdout)
    assert content["pairs"] == 20
    assert content["no_difference"] + content["better"] + content["worse"] + content["mixed"] == pytest.approx(1.0)
    assert len(content["measures"]) == 8


@pytest.mark.parametrize("way", [["--crowd", "100"], ["--twin"]])
@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("file/crowd.html", "--figure: file exists; allowed: a folder that can be written to"),
        ("folder.html", "is a folder; allowed: a file name that ends in .html"),
        ("/proc/none/crowd.html", "--figure: no such file or directory"),
    ],
)
def test_a_figure_that_cannot_be_written_is_told_before_the_work(tmp_path, monkeypatch, capsys, way, place, message):
    """Exit code 2, the option is named, nothing is simulated, and what stood there stays."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("something was simulated")

    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder.html").mkdir()
    monkeypatch.setattr("sim.cli.heed_key_press", lambda: None)
    monkeypatch.setattr("sim.story.crowd.crowds", never)
    monkeypatch.setattr("sim.story.twin.twin_of", never)
    monkeypatch.setattr(sys, "argv", ["missing-sim", "story", "--case", "over-graded", *way, "--figure", str(tmp_path / place)])
    with pytest.raises(SystemExit) as left:
        main()
    told = capsys.readouterr()
    assert (left.value.code, told.out) == (2, "")
    assert "--figure: " in told.err
    assert message in told.err
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--case", "correct-low"], "did you mean correctly-low?"),
        (["--case", "correctly-low", "--number", "900"], "out of range"),
        (["--case", "correctly-low", "--decision", "grade=low"], "changes nothing"),
        (["--case", "correctly-low", "--number", "0", "--follow-days", "4000"], "days of follow-up are out of range"),
        (["--case", "correctly-low", "--crowd", "3"], "--crowd: 3 is out of range"),
        (["--case", "correctly-low", "--twin", "--crowd", "100"], "a twin and a crowd are two things"),
        (["--case", "correctly-low", "--number", "0", "--figure", "twin.png"], "no page"),
        (["--case", "correctly-low", "--crowd", "100", "--number", "2"], "--number: this is for one case"),
        (["--case", "correctly-low", "--crowd", "100", "--replication", "2"], "--replication: this is for one case"),
        (["--twin"], "a type of case is needed"),
        (["--replication", "-1"], "--replication: -1 is out of range"),
        (["england-2013-absent"], "the lowest grade skips search"),
        (["nowhere"], "nowhere"),
    ],
)
def test_a_wrong_request_is_one_message_and_exit_code_2(arguments, message):
    """Never a traceback."""
    said = missing_sim("story", *arguments)
    assert said.returncode == 2
    assert message in said.stderr
    assert "Traceback" not in said.stderr
