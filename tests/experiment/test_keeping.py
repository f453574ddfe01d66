"""Files that findings leave: whole or not there, in folders that are made for them and taken away again if nothing comes of it."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from sim.experiment.keeping import prepare, prepared, put_table
from sim.experiment.writing import put, put_json


def names(folder):
    return sorted(path.name for path in folder.iterdir())


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


def test_json_that_is_written_item_by_item_is_the_same(tmp_path):
    """Byte for byte what Python writes at once, with no items too."""
    told = {"a": 1, "b": {"c": [1, 2], "d": "x\ny"}, "e": None}
    for lists in ({"scenarios": [{"n": "é\n", "v": {"q": []}}, {"z": {}}], "cells": []}, {"cells": [{"place": 3}]}):
        path = put_json(tmp_path / "told.json", told, lists)
        assert path.read_text(encoding="utf-8") == json.dumps({**told, **lists}, indent=1, ensure_ascii=False) + "\n"
