"""`python -m benchmarks` saves what it found, and fails if models that should agree do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import __main__ as benchmarks
from benchmarks import agreement
from benchmarks.agreement import judged, only
from benchmarks.profile import shares
from sim.engine.linking import plain_name


def section(agrees: bool) -> dict[str, Any]:
    row = {"model": "salabim", "measure": "wait", "plain": 1.0, "other": np.int64(2), "p": 0.5 if agrees else 1e-9, "agrees": agrees}
    return {"agreement": (lambda: [row], agreement.told)}


@pytest.mark.parametrize("agrees", [True, False])
def test_a_run_ends_with_1_if_models_disagree(
    agrees: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(benchmarks, "QUICKLY", section(agrees))
    out = tmp_path / "new" / "benchmarks.json"
    assert benchmarks.main(["--quick", "--out", str(out)]) == (0 if agrees else 1)
    saved = json.loads(out.read_text())
    assert saved["quick"] is True
    assert saved["machine"]["cores"] >= 1
    assert saved["agreement"][0]["agrees"] is agrees
    assert saved["agreement"][0]["other"] == 2.0
    told = capsys.readouterr()
    assert ("NO" in told.out) is not agrees
    assert ("does not agree" in told.err) is not agrees


def test_equal_values_agree_and_far_ones_do_not() -> None:
    plain = [{"wait": 1.0 + 0.1 * number, "other": 0.0} for number in range(6)]
    later = [{"wait": 9.0 + one["wait"], "other": 0.0} for one in plain]
    assert judged("m", plain, plain, ("wait",))[0]["agrees"]
    assert not judged("m", plain, later, ("wait",))[0]["agrees"]
    assert only(plain, ("wait",))[0] == {"wait": 1.0}


def test_names_of_compiled_rules_are_told_plainly() -> None:
    assert plain_name("_ZN3sim5model5child5spendB2v1B4c8tJE") == "sim.model.child.spend"
    assert plain_name("__log1p_fma") == "__log1p_fma"


def test_a_report_of_perf_is_read_by_symbol() -> None:
    report = "# Overhead  Symbol\n    23.50%  [.] sim.engine.calendar.begin_span\n     3.10%  [k] clear_page_erms\n     0.50%  [k] clear_page_erms\n"
    assert shares(report) == {"sim.engine.calendar.begin_span": 23.5, "clear_page_erms": pytest.approx(3.6)}
