"""Whether the model still behaves as when it was fitted: years simulated again, in a tiny place."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from sim.calibrate.grounds import grounds
from sim.calibrate.proof import BEHAVIOUR, DRAWS, LUCKS, leave_behaviour, renew
from sim.calibrate.sizing import SIZE
from sim.calibrate.targets import targets
from sim.experiment.draws import Draws, keep, kept
from sim.experiment.edition import edition
from sim.experiment.posterior import committed, described, posterior
from sim.scenario.errors import ScenarioError
from tests.experiment.tiny import tiny

AREA = tiny()
TOLD = {"edition": "another", "source": "a test", "drawn": ["world.find_rate"], "rests_on": grounds()}


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A posterior of two draws that was fitted to another edition, with what was counted then."""
    place = tmp_path_factory.mktemp("fitted") / "posterior.parquet"
    keep(Draws(("world.find_rate",), np.array([[0.2], [0.6]]), ""), place)
    place.with_suffix(".json").write_text(json.dumps(TOLD), encoding="utf-8")
    leave_behaviour(place, AREA, {"workers": 1})
    return place


def test_a_model_that_behaves_otherwise_is_refused_with_what_differs_and_one_that_does_not_is_stamped(fitted: Path) -> None:
    """Another place stands for another behaviour. Refused, the posterior stays as it is; stamped, it is read and says from which edition."""
    told = r"does not behave as when it was fitted: .* and \d+ more came out otherwise, in 4 of 4 years; fit it again"
    with pytest.raises(ScenarioError, match=told):
        renew(fitted, tiny(practice__overnight_activity=0.1), {"workers": 1})
    with pytest.raises(ScenarioError, match="another edition"):
        posterior(fitted)
    assert f"now belongs to edition {edition()}" in renew(fitted, AREA, {"workers": 1})
    assert posterior(fitted).names == ("world.find_rate",)
    assert described(fitted)["renewed"] == [{"from": "another", "to": edition(), "years": 4}]
    assert "nothing to renew" in renew(fitted, AREA, {"workers": 1})


def test_without_years_to_compare_with_nothing_is_renewed(tmp_path: Path) -> None:
    """As in a folder of a fit that left none."""
    place = tmp_path / "posterior.parquet"
    keep(Draws(("world.find_rate",), np.array([[0.2]]), ""), place)
    place.with_suffix(".json").write_text(json.dumps(TOLD), encoding="utf-8")
    with pytest.raises(ScenarioError, match="nothing to compare the model with; fit it again"):
        renew(place, AREA)


@pytest.mark.parametrize("own", [edition(), "another"])
def test_a_fit_to_other_numbers_is_not_renewed(tmp_path: Path, own: str) -> None:
    """Published figures or ranges that changed after the fit, whatever became of the model."""
    place = tmp_path / "posterior.parquet"
    for other, told in (({"figures": "then"}, r"the figures \(calibration/targets.toml\) changed"), ({"ranges": "then"}, "the ranges .* changed")):
        about = TOLD | {"edition": own, "rests_on": grounds() | other}
        place.with_suffix(".json").write_text(json.dumps(about), encoding="utf-8")
        with pytest.raises(ScenarioError, match=f"{told} after the fit; fit it again"):
            renew(place, AREA)


def test_the_package_holds_years_of_its_posterior() -> None:
    """Every figure, in every year; most can be counted in each."""
    found = kept(committed().with_name(BEHAVIOUR), "")
    assert found.names == (*(target.id for target in targets()), SIZE.id)
    assert found.rows.shape == (DRAWS * LUCKS, len(found.names))
    assert np.isfinite(found.rows).mean() > 0.9
