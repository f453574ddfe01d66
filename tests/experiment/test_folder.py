"""A result on disk: whole files or none, and enough beside them to do the work again."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import sim
from sim.experiment.folder import prepare, prepared, put, put_table, save
from sim.scenario import Scenario
from tests.experiment.tiny import experiment, tiny


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_comparison_leaves_its_tables(pair, tmp_path):
    """Each table as CSV, episodes as Parquet, the manifest, and nothing else; what is read back is what was written."""
    written = save(pair, tmp_path, "missing-sim compare")
    assert names(tmp_path) == sorted(path.name for path in written)
    assert names(tmp_path) == ["differences.csv", "episodes.parquet", "manifest.json", "measures.csv", "split_differences.csv", "splits.csv"]
    for name in ("measures", "differences", "splits", "split_differences"):
        back = pd.read_csv(tmp_path / f"{name}.csv")
        assert_frame_equal(back.fillna({"note": ""}), getattr(pair, name), check_dtype=False, check_exact=True)
    assert_frame_equal(pd.read_parquet(tmp_path / "episodes.parquet"), pair.episodes)


def test_a_single_run_has_no_differences(tmp_path):
    """One scenario leaves measures, splits and the manifest."""
    save(experiment(tiny(), replications=1), tmp_path, "")
    assert names(tmp_path) == ["manifest.json", "measures.csv", "splits.csv"]


def test_tables_of_an_earlier_result_do_not_stay(pair, tmp_path):
    """A folder holds one result: what the last one has no table for is taken away, and what is not ours stays."""
    (tmp_path / "notes.txt").write_text("mine")
    save(pair, tmp_path, "")
    save(experiment(tiny(), replications=1), tmp_path, "")
    assert names(tmp_path) == ["manifest.json", "measures.csv", "notes.txt", "splits.csv"]


def test_the_manifest_is_enough_to_do_it_again(pair, tmp_path):
    """It holds every value of every scenario, the seed, the engine and the number of replications: made again from it, the measures are equal."""
    save(pair, tmp_path, "missing-sim compare a b")
    told = json.loads((tmp_path / "manifest.json").read_text())
    assert (told["command"], told["version"], told["complete"], told["effect"]) == ("missing-sim compare a b", sim.__version__, True, "first-year")
    scenarios = [Scenario.model_validate(content) for content in told["scenarios"]]
    again = sim.compare(*scenarios, seed=told["seed"], replications=told["replications"], engine=told["engine"], workers=1)
    assert_frame_equal(again.measures, pair.measures)


def test_a_file_is_whole_or_not_there(tmp_path):
    """What fails half-way leaves nothing, and what stood there before stays."""
    path = tmp_path / "table.csv"
    path.write_text("before")

    def half(aside):
        aside.write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        put(path, half)
    assert names(tmp_path) == ["table.csv"]
    assert path.read_text() == "before"


@pytest.mark.parametrize("name", ["table.csv", "table.parquet"])
def test_a_table_is_written_by_its_ending(tmp_path, name):
    """Parquet or CSV."""
    frame = pd.DataFrame({"a": [1, 2], "b": [0.1, 1 / 3]})
    path = put_table(tmp_path / name, frame)
    assert_frame_equal(pd.read_parquet(path) if name.endswith("parquet") else pd.read_csv(path), frame)
    assert names(tmp_path) == [name]


def test_a_folder_is_made_and_left_clean(tmp_path):
    """With those above it, and without a trace of the attempt to write into it."""
    prepare(tmp_path / "a" / "b")
    assert names(tmp_path / "a" / "b") == []


def test_a_folder_that_nothing_came_of_is_taken_away(tmp_path):
    """With those that were made above it; one that was there before, or holds something, stays."""
    (tmp_path / "before").mkdir()
    for folder in (tmp_path / "a" / "b", tmp_path / "before"):
        stop_in(folder, lambda folder=folder: folder.stat())
    assert names(tmp_path) == ["before"]
    stop_in(tmp_path / "c" / "d", lambda: (tmp_path / "c" / "mine").write_text(""))
    assert names(tmp_path / "c") == ["mine"]


def stop_in(folder, work):
    """A key press once `work` was done in a prepared folder."""

    def stopped():
        with prepared(folder):
            work()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()


def test_a_file_in_the_way_is_an_error(tmp_path):
    """Of the system's, with the name of the place."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        prepare(tmp_path / "file" / "c")
