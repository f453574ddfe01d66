"""`calibrate` as a shell sees it: what it refuses, and what it weighs."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.scenario.errors import ScenarioError
from tests.commands.shell import missing_sim


def test_what_fits_nothing_does_not_heed_what_a_fit_needs() -> None:
    """One line, and exit code 2."""
    done = missing_sim("calibrate", "--show", "--points", 300)
    assert done.returncode == 2
    assert "--show: fits nothing, so --points cannot be heeded" in done.stderr
    both = missing_sim("calibrate", "--show", "--extremes", 2)
    assert "--show: fits nothing, so --extremes cannot be heeded" in both.stderr


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--show", "--workers", 2), "--show: fits nothing, so --workers cannot be heeded; allowed beside it: --json"),
        (("--renew", "--seed", 1), "--renew: fits nothing, so --seed cannot be heeded; allowed beside it: --workers, --json"),
        (("--local", "x.toml", "--out", "x", "--replace"), "so --replace cannot be heeded; allowed beside it: --out, --seed, --json"),
        (("--extremes", 2, "--seed", 5), "so --seed cannot be heeded; allowed beside it: --out, --workers, --json"),
    ],
)
def test_each_says_what_it_heeds(asked: tuple[object, ...], told: str) -> None:
    """Also if the value is the one that would be taken anyway."""
    done = CliRunner().invoke(app, ["calibrate", *map(str, asked)])
    assert isinstance(done.exception, ScenarioError)
    assert told in str(done.exception)


def test_local_figures_need_a_place_and_no_records(tmp_path: Path) -> None:
    """Records are refused, whatever they are called."""
    own = tmp_path / "ours.toml"
    own.write_text("[[children]]\nage = 14\n", encoding="utf-8")
    assert "name a folder with --out" in missing_sim("calibrate", "--local", own).stderr
    done = missing_sim("calibrate", "--local", own, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "holds records, and only aggregates are read" in done.stderr
    assert not (tmp_path / "out").exists()


def test_too_few_points_are_refused() -> None:
    """Before anything is simulated."""
    done = missing_sim("calibrate", "--points", 10)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
