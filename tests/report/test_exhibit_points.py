"""A wave of simulated points as a report shows it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.calibrate.bank import Bank, plan, simulated
from sim.calibrate.prior import Prior
from sim.calibrate.sizing import SIZE
from sim.calibrate.targets import targets
from sim.experiment.archive import reopened
from sim.report import exhibits, text, write
from sim.report.points import spreads
from tests.experiment.tiny import tiny


def test_a_wave_is_shown_again_from_its_folder(tmp_path: Path) -> None:
    """Every figure stands in the table and in the drawing, on one scale; how many published ones lie within is counted from it."""
    z = np.random.default_rng(1).standard_normal((6, 205))
    simulated(plan(tiny(), Prior.of(), z, (*targets(), SIZE), 1, "the prior"), {"out": tmp_path / "wave", "workers": 1})
    found = reopened(tmp_path / "wave")
    assert isinstance(found, Bank)
    shown = spreads(found)
    inside = sum(one.values[0] <= one.target.published <= one.values[2] for one in shown)
    (exhibit,) = exhibits(found)
    assert len(exhibit.table) == len(shown) == len(targets()) + 1
    assert exhibit.message == f"{inside} of {len(shown)} published figures lie among the middle 90% of 6 simulated years"
    assert exhibit.message in text(found)
    assert exhibit.message in write(found, tmp_path / "report.html").read_text(encoding="utf-8")
