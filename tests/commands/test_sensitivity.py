"""What `sensitivity` prints and writes, and how it refuses."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tests.commands.shell import SMALL, missing_sim

ASKED = ("--parameter", "desk_based_share", "--parameter", "resources.desk_cost", "--measure", "T2", *SMALL, "--engine", "compiled", "--workers", "1")
HEAD = ["command", "version", "engine", "seed", "replications", "scenarios", "method"]


@pytest.mark.parametrize("method", ["tornado", "morris", "sobol"])
def test_help_has_an_example(method):
    """Each method has a page of its own, with what its runs cost."""
    done = missing_sim("sensitivity", method, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Example:\n    missing-sim sensitivity {method} " in done.stdout


def test_help_tells_the_methods_apart():
    """What each is for, in a line or two."""
    done = missing_sim("sensitivity", "--help")
    assert done.returncode == 0
    for line in ("tornado  Move each parameter alone", "morris   Screen many parameters", "sobol    Split the variance of one year"):
        assert line in done.stdout


@pytest.mark.parametrize(
    ("method", "options", "tables"),
    [
        ("tornado", ["--replications", "2"], ["tornado", "assumed_shares"]),
        ("morris", ["--trajectories", "2", "--seed", "0"], ["morris", "morris_convergence"]),
        ("sobol", ["--samples", "8", "--seed", "0"], ["sobol", "sobol_convergence"]),
    ],
)
def test_json_and_files_hold_every_table(method, options, tables, tmp_path):
    """One object, rows under the names of the tables; the same as CSV; the same again when the command is repeated, with nothing simulated."""
    done = missing_sim("sensitivity", method, "baseline", *ASKED, *options, "--json", "--out", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert list(told) == [*HEAD, *tables, "notices"]
    assert (told["command"], told["method"]) == ("sensitivity", method)
    for name in tables:
        rows = pd.DataFrame([{key: np.nan if value is None else value for key, value in row.items()} for row in told[name]])
        pd.testing.assert_frame_equal(pd.read_csv(tmp_path / f"{name}.csv"), rows, check_dtype=False, rtol=1e-9)
    assert (tmp_path / "report.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "cells").iterdir()}
    again = missing_sim("sensitivity", method, "baseline", *ASKED, *options, "--json", "--out", tmp_path)
    assert json.loads(again.stdout) == told
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "cells").iterdir()} == before


def test_the_terminal_shows_the_table():
    """Parameter, both ends, and the mark of an assumption."""
    done = missing_sim("sensitivity", "tornado", "baseline", *ASKED, "--replications", 2)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Desk-based share *" in done.stdout
    assert "* rests on an assumption without a source." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("tornado", "baseline", "--over", "all"), "--over: \"all\" is not known; allowed: practice, world, both, resources"),
        (("tornado", "baseline", "--parameter", "practice.floor_age"), "practice.floor_age: is a choice and has no range"),
        (("sobol", "baseline", "--samples", "100"), "samples: 100 is not a power of 2"),
        (("morris", "baseline", "--levels", "3"), "levels: 3 is odd"),
        (("morris", "nowhere"), "nowhere"),
    ],
)
def test_wrong_requests_end_with_2(arguments, told):
    """And one message, before anything is simulated."""
    done = missing_sim("sensitivity", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
