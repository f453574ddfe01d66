"""A sweep: levers as they are asked for, points that share their luck, and differences from the scenario as it is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.experiment import sweep as room
from sim.experiment.archive import reopened
from sim.experiment.lever import Lever, lever, levers_of, parted
from sim.experiment.sweep import Sweep, sweep
from sim.outcomes.interval import paired_interval
from sim.scenario import ScenarioError
from sim.scenario.ranges import ranges
from sim.scenario.variant import variant
from tests.experiment.tiny import experiment, tiny

HOW = {"replications": 3, "engine": "compiled", "workers": 1}
TWICE = HOW | {"replications": 2}
BASE = tiny()
DESK, NIGHT = "practice.desk_based_share", "practice.overnight_activity"


@pytest.fixture(scope="module")
def line() -> Sweep:
    """Three settings of one lever, of which the second is where the scenario stands."""
    return sweep(tiny(), {DESK: [0.9, 0.1, 0.35]}, measures=("T2", "P1"), **HOW)


@pytest.fixture(scope="module")
def grid() -> Sweep:
    """Two levers; the scenario is none of the points."""
    return sweep(tiny(), {DESK: [0.1, 0.9], NIGHT: "0.2:0.8:3"}, measures=("T2",), **HOW)


GIVEN = [
    ("desk_based_share=0.1:0.9:5", DESK, (0.1, 0.3, 0.5, 0.7, 0.9)),
    ("practice.desk_based_share = 0.5, 0.1,0.3", DESK, (0.1, 0.3, 0.5)),
    ("flag_is_high=false,true", "practice.flag_is_high", (False, True)),
    ("flag_is_high", "practice.flag_is_high", (False, True)),
    ("nation=wales,england", "area.nation", ("wales", "england")),
    ("nation=range", "area.nation", ("england", "wales")),
    ("resources.social_workers=8,4,6", "resources.social_workers", (4, 6, 8)),
    ("under_graded_steps=1:3:3", "practice.under_graded_steps", (1, 2, 3)),
    ("response_units=3,1", "resources.response_units", ((1, 1, 1), (3, 3, 3))),
    ("response_units=3;2;1,1;1;2", "resources.response_units", ((3, 2, 1), (1, 1, 2))),
    ("response_units=1;1;1:5;3;1:3", "resources.response_units", ((1, 1, 1), (3, 2, 1), (5, 3, 1))),
    ("other_incident_mix=2;2;4,1;1;0", "area.other_incident_mix", ((0.25, 0.25, 0.5), (0.5, 0.5, 0.0))),
]


@pytest.mark.parametrize(("words", "path", "values"), GIVEN, ids=[words for words, _, _ in GIVEN])
def test_a_lever_in_words(words, path, values):
    """Values, steps and ranges, by path or by a key that is clear; numbers go up, and a number for a list moves every element of it;
    shares that sum to one are made to."""
    (found,) = levers_of(parted([words]), BASE)
    assert found == Lever(path, values)
    assert [type(value) for value in found.values] == [type(value) for value in values]


@pytest.mark.parametrize("path", [path for path, known in ranges().items() if known.varies])
def test_every_range_can_be_gone_over(path):
    """From its low end to its high end, in five steps or fewer where what is counted is rounded to the same, all of them allowed."""
    values = lever(path, "range", BASE).values
    assert 2 <= len(values) <= 5
    assert len(set(values)) == len(values)
    known = ranges()[path]
    if not path.endswith("_mix"):
        assert (values[0], values[-1]) == (known.low, known.high)


WRONG: list[tuple[list[str], str]] = [
    (["desk_based_shar"], "desk_based_shar: is not a value of a scenario; did you mean practice.desk_based_share or "),
    (["practice.desk_based_shar=1,2"], "did you mean practice.desk_based_share?"),
    (["nothing_like_it=1,2"], "nothing_like_it: is not a value of a scenario; `missing-sim schema` lists all"),
    (["about.title=a,b"], "allowed: a value of area, world, practice or resources"),
    (["run.seed=1,2"], "run.seed: says how the simulation is run"),
    (["desk_based_share=1.2,0.1"], "practice.desk_based_share: 1.2 is not allowed; allowed: a number from 0 to 1"),
    (["desk_based_share=a,b"], 'practice.desk_based_share: "a" is not allowed; allowed: a number from 0 to 1'),
    (["desk_based_share=nan,1"], "nan is not allowed"),
    (["desk_based_share=nan:1:3"], "cannot be gone over in steps"),
    (["desk_based_share=true,false"], "true is not allowed"),
    (["desk_based_share=0.1"], "has one value; allowed: two values or more"),
    (["desk_based_share=0.1:0.9:1"], '"1" is not a count of values; allowed: a whole number from 2 to 1,000'),
    (["desk_based_share=0.1:0.9:1001"], '"1001" is not a count'),
    (["desk_based_share=0.1:0.9:many"], '"many" is not a count'),
    (["desk_based_share=0.1:0.9"], '"0.1:0.9" cannot be read'),
    (["desk_based_share=0.1::3"], '"0.1::3" cannot be read'),
    (["desk_based_share=0.9:0.1:3"], "0.9 is not below 0.1"),
    (["desk_based_share=0.5:0.5:3"], "0.5 is not below 0.5"),
    (["desk_based_share=0.1,0.3,0.1"], "0.1 is among the values twice"),
    (["desk_based_share=0.1,,0.3"], "cannot be read"),
    (["desk_based_share="], '--lever: "desk_based_share=" cannot be read'),
    (["=0.1,0.2"], '--lever: "=0.1,0.2" cannot be read'),
    (["desk_based_share=0.1;0.2,0.3"], "0.1;0.2 is a list of 2; allowed: a number from 0 to 1"),
    (["response_units=1;1,2"], "1;1 is a list of 2; allowed: a list of 3 whole numbers"),
    (["response_units=1;1;1:2;2:3"], "cannot be gone over in steps"),
    (["social_workers=4.5,6"], "4.5 is not a whole number"),
    (["response_units=1.5,2"], "1.5 is not a whole number"),
    (["flag_is_high=1,0"], "allowed: true or false"),
    (["flag_is_high=false:true:2"], "name words and switches one by one"),
    (["nation=england,scotland"], '"scotland" is not allowed; allowed: england, wales'),
    (["floor_age"], "practice.floor_age: is a choice, and the log of assumptions gives no range for it to go over; name its values, such as "),
    (["grade_cuts=3;2;1,1;2;3"], "each value must be above the one before it"),
    (["desk_based_share=0.1,0.2", "desk_based_share=0.3,0.4"], "is given twice"),
    (["desk_based_share=0.1,0.2", "practice.desk_based_share=0.3,0.4"], "is given twice"),
    (["desk_based_share", "overnight_activity", "under_graded_share"], "--lever: 3 levers are asked for; allowed: one or two"),
    ([], "--lever: no lever is named; allowed: one or two"),
    (["desk_based_share=0:1:40", "overnight_activity=0:1:40"], "--lever: 1,600 points are asked for; allowed: at most 1,000"),
    (
        ["under_graded_share=0.1,0.9", "over_graded_share=0.05,0.3"],
        "practice.under_graded_share and practice.over_graded_share: under_graded_share=0.9 with over_graded_share=0.3 is not allowed; "
        "practice.under_graded_share and practice.over_graded_share: their sum must be at most 1",
    ),
]


@pytest.mark.parametrize(("asked", "words"), WRONG, ids=[" ".join(asked) for asked, _ in WRONG])
def test_a_wrong_lever_is_told(monkeypatch, asked, words):
    """One problem, with what is allowed, before anything is simulated."""
    monkeypatch.setattr(room, "carried_out", lambda *_: pytest.fail("it was simulated"))
    with pytest.raises(ScenarioError) as told:
        sweep(BASE, parted(asked))
    assert len(told.value.problems) == 1
    assert words in str(told.value)


def test_other_wrong_requests(monkeypatch):
    """An unknown measure, a loaded scenario with settings, and a figure of what was not read off."""
    with pytest.raises(ScenarioError, match='"T99" is not a measure'):
        sweep(tiny(), {DESK: [0.1, 0.2]}, measures=("T99",))
    with pytest.raises(ScenarioError, match="is loaded already"):
        sweep(tiny(), {DESK: [0.1, 0.2]}, overrides={NIGHT: 0.2})
    with pytest.raises(ScenarioError, match="is not known"):
        sweep(tiny(), {DESK: [0.1, 0.2]}, effect="ever")


def test_a_figure_of_another_measure_is_refused(line):
    """And the message says which there are."""
    with pytest.raises(ScenarioError, match="allowed: T2, P1"):
        line.figure("W1")


def test_the_points_are_tidy(line):
    """A row for each measure at each point, in the order of the settings; the scenario as it is is marked, and simulated once."""
    assert list(line.points.columns)[:4] == [DESK, "reference", "scenario", "measure"]
    assert {"estimate", "low", "high", "unit", "n"} <= set(line.points.columns)
    assert list(line.points[DESK]) == [0.1, 0.1, 0.35, 0.35, 0.9, 0.9]
    assert list(line.points["measure"]) == ["T2", "P1"] * 3
    assert list(line.points["reference"]) == [False, False, True, True, False, False]
    assert line.names == ["baseline", "baseline desk_based_share=0.1", "baseline desk_based_share=0.9"]
    assert list(line.tables) == ["points", "differences"]


def test_differences_are_paired_with_the_scenario_as_it_is(line):
    """Each is the interval of the differences in the single replications, and its mean is that of the points' estimates."""
    assert list(line.differences[DESK]) == [0.1, 0.1, 0.9, 0.9]
    values = line.values.of("T2")
    told = line.differences[line.differences["measure"] == "T2"]
    for place, row in zip((1, 2), told.to_dict("records"), strict=True):
        expected = paired_interval(values[0], values[place])
        assert (row["estimate"], row["low"], row["high"], row["n"]) == (expected.estimate, expected.low, expected.high, 3)
    estimates = line.points[line.points["measure"] == "T2"].set_index(DESK)["estimate"]
    assert told.iloc[0]["estimate"] == pytest.approx(estimates[0.1] - estimates[0.35])
    assert told.iloc[0]["estimate"] < 0 < told.iloc[1]["estimate"]


def test_the_scenario_comes_first_where_it_is_no_point(grid):
    """Then the points, the second lever moving fastest; the steps are even."""
    assert list(grid.points[DESK]) == [0.35, 0.1, 0.1, 0.1, 0.9, 0.9, 0.9]
    assert list(grid.points[NIGHT]) == [0.5, 0.2, 0.5, 0.8, 0.2, 0.5, 0.8]
    assert list(grid.points["reference"]) == [True] + [False] * 6
    assert len(grid.differences) == 6
    assert set(grid.differences["baseline"]) == {"baseline"}


def test_a_point_is_the_scenario_with_that_value(grid):
    """To the last digit what a comparison of the same scenarios gives: the luck is common, and no other point matters."""
    base = tiny()
    alone = experiment(base, variant(base, {DESK: 0.9, NIGHT: 0.8}, "far"))
    place = grid.places[0.9, 0.8]
    assert grid.values.of("T2")[place].tolist() == alone.of("far", "T2")
    assert grid.values.of("T2")[0].tolist() == alone.of("baseline", "T2")


def test_a_lever_without_effect_makes_exactly_no_difference():
    """What an hour costs does not change when anyone comes."""
    found = sweep(tiny(), {"response_cost": [40, 60]}, measures=("T2",), **TWICE)
    assert set(found.differences["verdict"]) == {"no difference"}
    assert (found.differences[["estimate", "low", "high"]] == 0).all(axis=None)


def test_no_measure_means_the_headlines():
    """Of a switch, and in Python as in words; a list stands in tables as on the command line."""
    found = sweep(tiny(), {"resources.response_units": [(1, 1, 1), (2, 1, 1)]}, **TWICE)
    assert len(found.measures) == 10
    assert set(found.points["resources.response_units"]) == {"1;1;1", "2;1;1"}
    assert found.reference == ((1, 1, 1),)
    assert len(found.plan.scenarios) == 2


def test_points_in_other_worlds_are_told_once():
    """Not once for each point; and other notices stay."""
    found = sweep(tiny(), {"world.brought_back_factor": "1:2:3"}, measures=("T2",), **TWICE)
    assert len(found.plan.notices()) > 1
    assert len(found.notices) == 1
    assert "world.brought_back_factor" in found.notices[0]
    assert "not effects of practice" in found.notices[0]
    again = Sweep(found.plan, found.values, True, (*found.notices, "Another."), found.request)
    assert again.notices == (*found.notices, "Another.")


def test_a_sweep_is_kept_and_opened_again(tmp_path: Path):
    """Tables as CSV beside the cells; opened again it is the same sweep, and asked again nothing is simulated."""
    asked = {"area.nation": "range", "resources.response_units": "1;1;1,2;1;1"}
    found = sweep(tiny(), asked, measures=("T2", "C6"), out=tmp_path, **TWICE)
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "points.csv")[["estimate", "n"]], found.points[["estimate", "n"]])
    opened = reopened(tmp_path)
    assert isinstance(opened, Sweep)
    pd.testing.assert_frame_equal(opened.points, found.points)
    pd.testing.assert_frame_equal(opened.differences, found.differences)
    assert (opened.levers, opened.notices) == (found.levers, found.notices)
    cells = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.parquet")}
    sweep(tiny(), asked, measures=("T2", "C6"), out=tmp_path, **TWICE)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.parquet")} == cells


def test_a_long_list_has_a_short_name():
    """A point is called by the place of its list among the settings where the list is long."""
    found = sweep(tiny(), {"leaving_by_hour": "range"}, measures=("P1",), replications=1, engine="compiled", workers=1)
    assert found.names[1:] == [f"baseline leaving_by_hour=list-{place}" for place in range(1, 6)]


def test_the_public_name_is_the_same_function():
    """`sim.sweep` and `sim.Sweep`."""
    assert sim.sweep is sweep
    assert sim.Sweep is Sweep
