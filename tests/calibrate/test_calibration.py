"""A whole calibration in a tiny place: waves, posterior, check, files; stopped and taken up; and an area's own figures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")

from sim.calibrate import local
from sim.calibrate.bank import Unknowns, columns, rows
from sim.calibrate.calibration import Calibrated, calibrated
from sim.calibrate.centre import write_into
from sim.calibrate.fitted import leave
from sim.calibrate.local_figures import local_figures
from sim.calibrate.prior import TIES, Prior
from sim.calibrate.targets import targets
from sim.calibrate.waves import Asked, Stopped, Waves
from sim.experiment.edition import edition
from sim.experiment.posterior import posterior
from sim.scenario import load
from sim.scenario.difference import values
from sim.scenario.errors import ScenarioError
from tests.experiment.tiny import tiny

FIGURES = tuple(target for target in targets() if target.id in ("EP03", "CR02", "DU12", "DU01", "FO01", "FO02", "RH01", "RH12 RH15", "DU08"))
ASKED = Asked(points=240, waves=2, draws=300, check=4)


class Some:
    """Five unknowns, all others in the middle of their ranges."""

    whole = Prior.of()
    names = ("world.leaving_per_year[0]", "world.own_return_median", "world.find_rate", "world.deepening_factor", "practice.grade_cuts[2]")

    def values(self, u: object) -> dict[str, object]:
        """Those of the paths that they stand in, and of the tie of one."""
        at = np.full(len(self.whole.names), 0.5)
        at[[self.whole.names.index(name) for name in self.names]] = list(u)  # type: ignore[call-overload]
        paths = {name.split("[")[0] for name in self.names}
        return {path: value for path, value in self.whole.values(at).items() if path in paths or TIES.get(path) in paths}


def waves(folder: Path, asked: Asked = ASKED, progress: object = None) -> Waves:
    """Of the five unknowns, in the tiny place."""
    some: Unknowns = Some()  # type: ignore[assignment]
    how = {"workers": 1} | ({} if progress is None else {"progress": progress})
    return Waves(asked, folder, some, FIGURES, how, tiny())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Calibrated]:
    """A calibration and its folder, stopped once on the way."""
    folder = tmp_path_factory.mktemp("calibration")

    def press(done: int, asked: int) -> None:
        if done >= 60:
            raise KeyboardInterrupt

    first = waves(folder, progress=press)
    first.claim(False)
    with pytest.raises(Stopped, match=r"wave 1: \d+ of 270 points"):
        calibrated(first, lambda said: None)
    again = waves(folder)
    again.claim(False)
    found = calibrated(again, lambda said: None)
    leave(found, ASKED, folder / "fitted")
    return folder, found


@pytest.mark.slow
def test_a_stopped_calibration_goes_on_and_ends_as_if_it_had_not_been_stopped(done: tuple[Path, Calibrated], tmp_path: Path) -> None:
    """The same draws, to the last digit."""
    other = waves(tmp_path)
    other.claim(False)
    assert np.array_equal(calibrated(other, lambda said: None).rows, done[1].rows)


@pytest.mark.slow
def test_figures_narrow_what_they_hang_on_and_leave_the_rest(done: tuple[Path, Calibrated]) -> None:
    """How soon children return by themselves is known better afterwards; the last cut of the grades moves none of these figures and keeps its
    prior."""
    known = done[1].identifiability.set_index("name")
    assert known.loc["world.own_return_median", "posterior_sd"] < 0.7
    assert known.loc["practice.grade_cuts[2]", "posterior_sd"] == pytest.approx(1.0, abs=0.15)
    assert done[1].posterior.disagreement < 1.1


@pytest.mark.slow
def test_the_posterior_is_read_by_every_experiment(done: tuple[Path, Calibrated]) -> None:
    """As draws of the values of a scenario, of this edition; what is tied to a value is equal to it in every draw."""
    draws = posterior(done[0] / "fitted" / "posterior.parquet")
    assert draws.names == done[1].columns
    assert len(draws.rows) == 300
    cuts = [draws.names.index("practice.grade_cuts[2]"), draws.names.index("world.reference_cuts[2]")]
    assert np.array_equal(draws.rows[:, cuts[0]], draws.rows[:, cuts[1]])
    drawn = values(draws.applied(load("baseline"), 0))
    assert drawn["world.find_rate"] in draws.rows[:, draws.names.index("world.find_rate")]


@pytest.mark.slow
def test_the_files_say_how_the_fit_was_made_and_how_good_it_is(done: tuple[Path, Calibrated]) -> None:
    """Edition, seed, waves, emulators and centre; each figure with its intervals before and after."""
    told = json.loads((done[0] / "fitted" / "posterior.json").read_text(encoding="utf-8"))
    assert told["edition"] == edition()
    assert told["asked"]["points"] == 240
    assert [wave["runs"] for wave in told["waves"]] == [270, 270]
    assert told["centre"]["world.find_rate"] > 0
    fit = done[1].fit.set_index("id")
    assert list(fit.index) == [target.id for target in FIGURES]
    assert (fit["low"] <= fit["high"]).all()
    assert told["summary"]["fitted"]["figures"] + told["summary"]["kept_back"]["figures"] == len(FIGURES)


@pytest.mark.slow
def test_a_folder_holds_one_calibration(done: tuple[Path, Calibrated]) -> None:
    """Asked for otherwise it is refused, and says what differs."""
    with pytest.raises(ScenarioError, match="seed 1, not 2"):
        waves(done[0], Asked(points=240, waves=2, draws=300, check=4, seed=2)).claim(False)


@pytest.mark.slow
def test_local_figures_move_the_posterior_their_way_and_are_not_written_out(done: tuple[Path, Calibrated], tmp_path: Path) -> None:
    """An area whose children are away for longer: the draws that are left have longer returns. A figure no draw reaches is told."""
    place = done[0] / "fitted" / "posterior.parquet"
    own = tmp_path / "ours.toml"
    middle = float(done[1].fit.set_index("id").loc["DU12", "middle"])
    own.write_text(f"[figures]\nDU12 = {{ value = {middle * 1.25:.4f}, plus_minus = {middle:.4f} }}", encoding="utf-8")
    found = local.weighed(local_figures(own, targets()), 1, place)
    before = posterior(place)
    column = before.names.index("world.own_return_median")
    assert np.median(found.draws.rows[:, column]) > np.median(before.rows[:, column])
    assert not found.notices
    local.leave(found, tmp_path / "out")
    assert len(posterior(tmp_path / "out" / "posterior.parquet").rows) == 1_000
    assert f"{middle * 1.25:.4f}" not in (tmp_path / "out" / "posterior.json").read_text(encoding="utf-8")
    own.write_text(f"[figures]\nDU12 = {{ value = {middle * 50:.4f}, plus_minus = 0.1 }}", encoding="utf-8")
    far = local.weighed(local_figures(own, targets()), 1, place)
    assert any("lies beyond what any draw gives" in said for said in far.notices)
    assert any("are worth only" in said for said in far.notices)


def test_the_columns_hold_every_number_that_a_draw_decides() -> None:
    """Elements, whole profiles, shares that sum to one, and ties: what comes back from the columns is what the prior said."""
    prior = Prior.of()
    z = np.random.default_rng(1).standard_normal((2, len(prior.names)))
    names, numbers = columns(prior), rows(prior, z)
    assert numbers.shape == (2, len(names))
    assert len(set(names)) == len(names)
    assert {f"world.leaving_by_hour[{hour}]" for hour in range(24)} <= set(names)
    for path in TIES:
        tied = [place for place, name in enumerate(names) if name.split("[")[0] == path]
        own = [place for place, name in enumerate(names) if name.split("[")[0] == TIES[path]]
        assert np.array_equal(numbers[:, tied], numbers[:, own])


def test_the_centre_is_written_into_a_file_whose_comments_stay(tmp_path: Path) -> None:
    """Only values change."""
    path = tmp_path / "own.toml"
    text = 'extends = "baseline"\n\n[world]\n# how soon\nfind_rate = 0.38   # fitted\nfrailty_spread = [1.45, 1.2, 0.9, 1.0]\n'
    path.write_text(text, encoding="utf-8")
    changed = write_into(path, {"world.find_rate": 0.41237, "world.frailty_spread[1]": 1.31, "world.search_fade_hours": 4.0})
    assert path.read_text(encoding="utf-8").splitlines()[3:] == [
        "# how soon",
        "find_rate = 0.4124   # fitted",
        "frailty_spread = [1.45, 1.31, 0.9, 1.0]",
    ]
    assert changed == ["world.frailty_spread", "world.find_rate"] or changed == ["world.find_rate", "world.frailty_spread"]
