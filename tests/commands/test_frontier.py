"""The commands `frontier` and `compare --posts`, and the board paper of what they leave."""

from __future__ import annotations

import json
import sys

import docx
import pytest

from sim.cli import app, exit_codes
from tests.commands.shell import SMALL, missing_sim

HOW = ["--engine", "compiled", "--workers", "1", "--replications", "2"]


@pytest.fixture
def said(capsys, monkeypatch, tmp_path):
    """Call the command in this process: exit code, standard output, standard error."""
    monkeypatch.setenv("MISSING_SIM_RESULTS", "off")

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["missing-sim", *map(str, arguments)])
        with pytest.raises(SystemExit) as left, exit_codes():
            app(list(map(str, arguments)), prog_name="missing-sim")
        return int(left.value.code or 0), *capsys.readouterr()

    return call


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A frontier that was kept, and what was printed of it as JSON."""
    out = tmp_path_factory.mktemp("kept") / "frontier"
    posts = ["--posts", "night-officers=0:1", "--posts", "interviewers=0:1"]
    done = missing_sim("frontier", "baseline", *SMALL, *posts, "--budget", 200_000, "--measure", "T2", *HOW, "--out", out, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return out, json.loads(done.stdout)


def test_json_of_a_frontier(kept):
    """The head of every command, then a row for each combination and each difference."""
    _, told = kept
    assert list(told) == ["command", "version", "engine", "seed", "replications", "scenarios", "points", "differences", "notices"]
    assert told["command"] == "frontier"
    assert [(row["night-officers"], row["interviewers"], row["cost_a_year"]) for row in told["points"]] == [
        (0, 0, 0.0),
        (0, 1, 136_510.0),
        (1, 0, 151_840.0),
        (1, 1, 288_350.0),
    ]
    assert [row["within_budget"] for row in told["points"]] == [True, True, True, False]
    assert len(told["differences"]) == 3


def test_a_frontier_leaves_its_report_and_its_paper(kept, said, tmp_path):
    """The page has the figure; the board paper names the combinations."""
    out, _ = kept
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "What posts cost and what they buy" in page
    assert "budget \\u00a3200,000" in page
    paper = tmp_path / "new" / "board.docx"
    assert said("report", out, "--word", paper) == (0, f"Board paper: {paper}\n", "")
    assert docx.Document(str(paper)).core_properties.title.startswith("What posts cost and what they buy")


def test_posts_in_a_comparison(said, tmp_path):
    """With one scenario and two sets: both are simulated, and what they cost is told, on the terminal and on the page."""
    posts = ["--posts", "night-officers=2", "--posts", "interviewers=1,desk-day=1"]
    code, out, err = said("compare", "baseline", *SMALL, *posts, *HOW, "--out", tmp_path / "kept")
    assert (code, err) == (0, "")
    words = " ".join(out.split())
    assert "B: England from 2017 on, usual practice plus 2 night officers (baseline +2 night-officers)" in words
    assert "£303,680 a year for their capacity (3.3 people" in words
    page = (tmp_path / "kept" / "report.html").read_text(encoding="utf-8")
    assert "What the posts cost and what they buy" in page
    code, out, _ = said("compare", "baseline", *SMALL, *posts, *HOW, "--json")
    told = json.loads(out)
    assert {row["posts"] for row in told["bought"]} == {"2 night officers", "1 interviewer and 1 desk post by day"}


WRONG: list[tuple[list[str], str]] = [
    (["frontier", "baseline"], "Missing option '--posts'"),
    (["frontier", "--posts", "interviewers=0:1"], "Missing argument 'SCENARIO'"),
    (["frontier", "baseline", "--posts", "interviewer=0:1"], '"interviewer" is not a post; did you mean interviewers?'),
    (["frontier", "baseline", "--posts", "interviewers=0:1", "--budget", "much"], "Invalid value for '--budget'"),
    (["frontier", "baseline", "--posts", "interviewers=0:70"], "71 combinations are asked for; allowed: at most 64"),
    (["compare", "baseline"], "Missing argument 'SCENARIO'"),
    (["compare", "baseline", "--posts", "interviewers"], '--posts: "interviewers" cannot be read'),
    (["compare", "baseline", "--posts", "interviewers=1", "--posts", "interviewers=1"], "asked for twice"),
    (["report", "nowhere", "--word", "board.doc"], '--word: "board.doc" has another ending; allowed: the name of a file that ends in .docx'),
    (["report", "nowhere", "--explained", "elsewhere"], "--explained: belongs to a board paper, and none is asked for"),
    (["report", "nowhere", "--word", "board.docx"], "there is no such folder"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_a_wrong_request_is_told_and_ends_with_2(said, tmp_path, monkeypatch, arguments, words):
    """One clear message, nothing on standard output, nothing written."""
    monkeypatch.chdir(tmp_path)
    code, out, err = said(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_an_explanation_of_something_else_is_refused(kept, said, tmp_path):
    """And no paper is left."""
    out, _ = kept
    code, _, err = said("report", out, "--word", tmp_path / "board.docx", "--explained", out)
    assert code == 2
    assert "--explained: holds an experiment of kind frontier" in err
    assert list(tmp_path.iterdir()) == []


def test_help_has_an_example():
    """With exit code 0."""
    done = missing_sim("frontier", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Example:\n    missing-sim frontier " in done.stdout
