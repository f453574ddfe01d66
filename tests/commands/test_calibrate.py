"""`calibrate` as a shell sees it: what it refuses, and what it weighs."""

from __future__ import annotations

from pathlib import Path

from tests.commands.shell import missing_sim


def test_what_fits_nothing_does_not_heed_what_a_fit_needs() -> None:
    """One line, and exit code 2."""
    done = missing_sim("calibrate", "--show", "--points", 300)
    assert done.returncode == 2
    assert "--show: fits nothing, so --points cannot be heeded" in done.stderr
    both = missing_sim("calibrate", "--show", "--extremes", 2)
    assert "--show: fits nothing, so --extremes cannot be heeded" in both.stderr


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
