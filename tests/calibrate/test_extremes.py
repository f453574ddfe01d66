"""Levers at both ends of what published figures leave open."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import Mock, patch

import numpy as np
import pandas as pd
import pytest

from sim.calibrate.extremes import SEARCH, Question, ends, extremes
from sim.experiment.draws import Draws, keep
from sim.experiment.edition import edition
from sim.experiment.posterior import posterior
from tests.experiment.tiny import TINY

NAMES = ("world.search_fade_hours", "world.findability_shape", "world.find_rate")


def draws() -> Draws:
    """300 draws of three values."""
    random = np.random.default_rng(1)
    return Draws(NAMES, np.column_stack([random.uniform(1, 10, 300), random.uniform(0.3, 5, 300), random.uniform(0.2, 0.6, 300)]), "a test")


def test_an_end_is_a_third_of_the_draws_with_all_that_goes_with_it() -> None:
    """Low and high of two values: four ends, none with a draw of another."""
    found = ends(draws(), SEARCH.opened)
    assert len(found) == 4
    low = found["search_fade_hours low, findability_shape high"].rows
    whole = draws().rows
    assert low[:, 0].max() <= np.quantile(whole[:, 0], 1 / 3)
    assert low[:, 1].min() >= np.quantile(whole[:, 1], 2 / 3)
    assert {tuple(row) for row in low} <= {tuple(row) for row in whole}


def test_an_end_draws_and_holds_what_the_whole_does(tmp_path: Path) -> None:
    """The search is drawn, the rate at which children are found held: so they are at each end."""
    place = tmp_path / "posterior.parquet"
    keep(draws(), place)
    told = {"edition": edition(), "source": "a test", "drawn": list(NAMES[:2]), "held": {NAMES[2]: "a judgement"}}
    place.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")
    empty = Mock(differences=pd.DataFrame({"measure": []}))
    with patch("sim.calibrate.extremes.compare", return_value=empty) as compared:
        extremes(SEARCH, tmp_path / "out", place)
    found = [posterior(call.kwargs["posterior"]) for call in compared.call_args_list]
    assert [list(one.usual) for one in found] == [list(NAMES[:2])] * 4


@pytest.mark.slow
def test_levers_are_compared_at_every_end(tmp_path: Path) -> None:
    """A row for each end, lever and measure, from the draws of that end."""
    place = tmp_path / "posterior.parquet"
    keep(draws(), place)
    place.with_suffix(".json").write_text(json.dumps({"edition": edition(), "source": "a test", "drawn": list(NAMES)}), encoding="utf-8")
    question = Question("search", ("desk-based",), ("world.search_fade_hours",), ("T2",))
    found = extremes(question, tmp_path / "out", place, replications=4, workers=1, engine="compiled", overrides=TINY)
    assert list(found["end"]) == ["search_fade_hours low", "search_fade_hours high"]
    assert set(found["draws"]) == {100}
    assert (found["low"] <= found["estimate"]).all()
    assert (found["estimate"] <= found["high"]).all()
