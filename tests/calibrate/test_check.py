"""The fit held against what was published: its tables are as the fit wrote them, and reasons are those that targets.toml gives now."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.calibrate.check import summary
from sim.calibrate.targets import reasons, targets
from sim.cli.fit_shown import words
from sim.experiment.posterior import committed, described

FIT = pd.read_csv(committed().with_name("fit.csv"))


def test_what_the_package_says_of_its_fit_is_what_its_table_holds() -> None:
    """No reasons among the numbers; every figure that is far off has one in targets.toml."""
    told = {"fitted": summary(FIT, "fit"), "kept_back": summary(FIT, "validate")}
    assert described(committed())["summary"] == told
    assert "reason" not in FIT.columns
    assert {one.id for one in targets()} <= set(FIT["id"])
    assert not any("without a reason" in line for line in words(told))


def test_a_figure_far_off_without_a_reason_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """And one with a reason is not."""
    far = FIT.assign(widths_off=[2.1 if id in ("RP23", "EP03", "EP39") else 2.0 for id in FIT["id"]])
    told = {"fitted": summary(far, "fit"), "kept_back": summary(far, "validate")}
    assert (told["fitted"]["far"], told["kept_back"]["far"]) == (["EP03"], ["EP39", "RP23"])
    monkeypatch.setattr("sim.calibrate.targets.reasons", lambda: {"RP23": reasons()["RP23"], "EP03": "a test"})
    assert [line.rpartition(": ")[2] for line in words(told) if "without a reason" in line] == ["EP39."]
