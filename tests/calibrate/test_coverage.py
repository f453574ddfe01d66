"""Do intervals hold the truth as often as they say? Of a model that is known, and of simulated truths in a tiny place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

pytest.importorskip("sklearn")

from benchmarks import coverage, reduced
from sim.calibrate.emulator import Emulators, Trial, emulator
from sim.calibrate.features import even
from sim.experiment.threads import one_thread
from tests.experiment.tiny import tiny

Floats = npt.NDArray[np.float64]
UNKNOWNS, FIGURES, LUCK = 4, 6, 0.7


def truth(z: Floats) -> Floats:
    """Six figures in four unknowns, bent a little."""
    x = even(z)
    weights = np.random.default_rng(5).normal(0.0, 1.5, (UNKNOWNS, FIGURES))
    found: Floats = x @ weights + 0.4 * x[:, [0]] * x[:, [1]] + 0.3 * np.sin(x[:, [2]])
    return found


def test_nine_in_ten_intervals_hold_the_truth_of_a_model_that_is_known() -> None:
    """60 truths, each published with an error of one tolerance: between 85% and 95% of the 90% intervals of four unknowns hold it."""
    random = np.random.default_rng(1)
    z, tested, true = (random.standard_normal((count, UNKNOWNS)) for count in (600, 80, 60))
    y = truth(z) + LUCK * random.standard_normal((600, FIGURES))
    pairs = truth(tested)[:, None] + LUCK * random.standard_normal((80, 2, FIGURES))
    held = []
    with one_thread():
        made = [emulator(f"figure {k}", z, y[:, k], Trial(tested, pairs[:, :, k])) for k in range(FIGURES)]
        emulators = Emulators(tuple(f"unknown {n}" for n in range(UNKNOWNS)), tuple(one for one in made if one is not None))
        for number, seen in enumerate(truth(true) + random.standard_normal((60, FIGURES))):
            draws, _ = reduced.posterior(emulators, seen, np.zeros((FIGURES, FIGURES)), number, moves=60)
            held.append(reduced.covered(draws, true[number])[0])
    assert len(emulators.each) == FIGURES
    assert 0.85 <= np.mean(held) <= 0.95


class _Simulated(Exception):
    """What there is to simulate has been simulated."""


def _stop(points: object) -> None:
    raise _Simulated


@pytest.mark.slow
def test_coverage_is_measured_on_simulated_truths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few of them, in a tiny place: most intervals hold the truth and are narrower than the prior's, and a second time nothing is simulated."""
    found = coverage.measure(240, 4, 1, tmp_path, 1, tiny(), moves=60)
    assert found["coverage"] > 0.6
    assert min(found["width"].values()) < 0.8
    began = {path: path.stat().st_mtime_ns for path in (tmp_path / "truths-1").rglob("cells/*")}
    assert began
    monkeypatch.setattr(coverage, "emulators_of", _stop)
    with pytest.raises(_Simulated):
        coverage.measure(240, 4, 1, tmp_path, 1, tiny())
    assert {path: path.stat().st_mtime_ns for path in began} == began
