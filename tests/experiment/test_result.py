"""Results: tidy tables whose numbers are those of the replications, and whose intervals are those of the textbook."""

from __future__ import annotations

import math
import pickle

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from scipy import stats

import sim
from sim.experiment.comparison import Result, headlines
from sim.outcomes.catalogue import HEADLINES, MEASURES
from sim.outcomes.split import SPLITS
from sim.scenario.errors import ScenarioError
from tests.experiment.tiny import DAY, WARM_UP, WINDOW, experiment, tiny


def known(result: Result, name: str, measure: str) -> np.ndarray:
    values = np.array(result.of(name, measure))
    return values[~np.isnan(values)]


def assert_t_interval(row: dict, values: np.ndarray) -> None:
    """`row` holds the mean and the 95% t interval that scipy gives for these values."""
    assert row["n"] == len(values)
    if len(values) < 2:
        assert math.isnan(row["low"])
        assert math.isnan(row["high"])
        return
    assert row["estimate"] == pytest.approx(values.mean(), rel=1e-9, abs=1e-12)
    error = stats.sem(values)
    low, high = stats.t.interval(0.95, len(values) - 1, loc=values.mean(), scale=error) if error > 0 else (values[0], values[0])
    assert (row["low"], row["high"]) == pytest.approx((low, high), rel=1e-9, abs=1e-9)


def test_there_is_a_row_for_each_measure_of_each_scenario(pair):
    """In the order of the plan and of the catalogue, with label and unit."""
    frame = pair.measures
    assert list(frame.columns) == ["scenario", "measure", "label", "estimate", "low", "high", "n", "unit", "note"]
    assert list(zip(frame["scenario"], frame["measure"], strict=True)) == [(name, id) for name in pair.names for id in MEASURES]
    assert all(row.unit == MEASURES[row.measure].unit and row.label == MEASURES[row.measure].label for row in frame.itertuples())


def test_estimates_are_means_with_t_intervals(pair):
    """For every measure, what scipy says of the replications' values; those with nothing to measure are left out."""
    for row in pair.measures.to_dict("records"):
        assert_t_interval(row, known(pair, row["scenario"], row["measure"]))


def test_differences_are_paired(pair):
    """For every measure, what scipy says of the differences within replications."""
    for row in pair.differences.to_dict("records"):
        differences = np.array(pair.of("good-practice", row["measure"])) - np.array(pair.of("baseline", row["measure"]))
        assert_t_interval(row, differences[~np.isnan(differences)])


def test_differences_name_both_sides(pair):
    """Baseline and scenario in each row; percentages differ by percentage points."""
    frame = pair.differences
    assert list(frame.columns) == ["baseline", "scenario", "measure", "label", "estimate", "low", "high", "n", "unit", "verdict"]
    assert set(frame["baseline"]) == {"baseline"}
    assert list(frame["measure"]) == list(MEASURES)
    assert "%" not in set(frame["unit"])
    assert frame.set_index("measure").loc["G1", "unit"] == "percentage points"


def test_verdicts_follow_the_interval(pair):
    """An interval that holds 0 is unclear; a measure that should fall and falls is likely better."""
    for row in pair.differences.query("n > 1").itertuples():
        if row.low == row.high == 0:
            assert row.verdict == "no difference"
        elif row.low <= 0 <= row.high:
            assert row.verdict == "unclear"
        else:
            good = {"lower is better": row.high < 0, "higher is better": row.low > 0}.get(MEASURES[row.measure].direction)
            words = {True: "likely better", False: "likely worse", None: "likely higher" if row.low > 0 else "likely lower"}
            assert row.verdict == words[good]


def test_a_share_of_0_carries_what_it_can_exclude(pair):
    """Where none was seen in any replication the note gives how many were looked at and the upper limit; elsewhere there is none."""
    noted = 0
    for row in pair.measures.itertuples():
        seen = pair.observed(row.scenario, row.measure)
        values = known(pair, row.scenario, row.measure)
        shares = row.unit == "%" or row.unit.startswith("per 1,000")
        if shares and seen > 3 and len(values) and not values.any():
            assert f"none in {seen:,} " in row.note
            assert row.note.endswith(f"about 3 in {seen:,}")
            noted += 1
        elif len(values) and values.any():
            assert row.note == ""
    assert noted > 0


def test_a_measure_without_anything_to_measure_is_empty():
    """Where no one is ever interviewed, the share of interviews in time has no estimate and no interval, and is not 0."""
    nobody = experiment(tiny(practice__rhi_offered_share=0.0, called="nobody"), replications=2)
    of_done = nobody.measures.set_index("measure").loc["C6.of_done"]
    assert of_done["n"] == 0
    assert of_done[["estimate", "low", "high"]].isna().all()


def test_one_replication_has_no_interval():
    """An estimate, nan for its limits, and every verdict is unclear."""
    one = experiment(tiny(), tiny("good-practice"), replications=1)
    assert one.measures["estimate"].notna().any()
    assert one.measures[["low", "high"]].isna().all(axis=None)
    assert set(one.differences["verdict"]) == {"unclear"}


def test_the_headlines_come_in_their_order(pair):
    """Ten rows for each scenario, P1 first."""
    for _, rows in headlines(pair.measures).groupby("scenario"):
        assert list(rows["measure"]) == list(HEADLINES)


def test_splits_have_every_group_of_every_headline(pair):
    """For each scenario; the differences for each scenario but the baseline."""
    parts = [(id, split, group) for split, groups in SPLITS.items() for group in groups for id in HEADLINES]
    columns = ["measure", "split", "group"]
    for name in pair.names:
        assert list(pair.splits[pair.splits["scenario"] == name][columns].itertuples(index=False, name=None)) == parts
    assert list(pair.split_differences[columns].itertuples(index=False, name=None)) == parts
    assert set(pair.split_differences["scenario"]) == {"good-practice"}


def test_groups_add_up_to_the_whole(pair):
    """In every split, what the groups' measures were taken over is together what the whole was taken over."""
    for (name, id, split), rows in pair.splits.groupby(["scenario", "measure", "split"]):
        assert rows["observed"].sum() == pair.observed(name, id), (name, id, split)


def test_a_share_is_the_mean_of_its_groups():
    """Within a replication, a share of the whole is that of the groups, weighted by what each was taken over."""
    one = experiment(tiny(), replications=1)
    for split in SPLITS:
        groups = [(one.of("baseline", "G1", split, group)[0], one.observed("baseline", "G1", split, group)) for group in SPLITS[split]]
        parts = [(value, n) for value, n in groups if n]
        assert sum(value * n for value, n in parts) / sum(n for _, n in parts) == pytest.approx(one.of("baseline", "G1")[0])


def test_a_result_can_be_put_away(pair):
    """Pickled and read back it holds the same tables."""
    back = pickle.loads(pickle.dumps(pair))
    for frame in ("measures", "differences", "splits", "split_differences", "episodes"):
        assert_frame_equal(getattr(back, frame), getattr(pair, frame), check_exact=True)
    assert (back.names, back.replications, back.events) == (pair.names, pair.replications, pair.events)


def test_episodes_are_the_cohort(pair):
    """A row for each episode reported in the window, of each scenario in each replication: as many as the measures were taken over."""
    frame = pair.episodes
    assert list(frame.columns[:2]) == ["scenario", "replication"]
    assert {"child", "left", "reported", "located", "first_grade", "child_home", "child_age"} <= set(frame.columns)
    assert frame["reported"].between(WARM_UP * DAY, (WARM_UP + WINDOW) * DAY, inclusive="left").all()
    sizes = frame.groupby(["scenario", "replication"]).size()
    for name in pair.names:
        assert sizes[name].sum() == pair.observed(name, "P1")
    assert not frame.duplicated(["scenario", "replication", "child", "occurrence"]).any()


def test_episodes_hold_plain_times(pair):
    """What has not happened is empty, never infinite; ages are those of children; times follow each other."""
    frame = pair.episodes
    assert not np.isinf(frame.select_dtypes(float)).any(axis=None)
    assert frame["child_age"].between(0, 18).all()
    assert (frame["left"] <= frame["reported"]).all()
    located = frame.dropna(subset="located")
    assert (located["reported"] <= located["located"]).all()


def test_what_was_not_kept_is_an_empty_table():
    """Without `episodes` and `trace` there are none, and asking is no error."""
    bare = experiment(tiny(), replications=1)
    assert isinstance(bare.episodes, pd.DataFrame)
    assert bare.episodes.empty
    assert bare.log.empty
    assert bare.differences.empty


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("unknown", "T1"), "scenario: 'unknown' is not in this result; allowed: "),
        (("durham-2020-03", "t1"), "measure: \"t1\" is not a measure; see docs/reference/measures.md; near it: T1"),
        (("durham-2020-03", "T1", "care", "other children"), "split: T1 of care: other children is not in this result; allowed: the whole cohort"),
        (("durham-2020-03", "P1", "care", "all"), "split: P1 of care: all is not in this result; allowed: the whole cohort, grade given: "),
    ],
)
def test_what_is_not_in_a_result_is_said(asked: tuple[str, ...], said: str) -> None:
    result = sim.run("durham-2020-03", area="small-force", replications=1, engine="simpy", fixed=True)
    for ask in (result.of, result.observed):
        with pytest.raises(ScenarioError) as error:
            ask(*asked)
        assert str(error.value).startswith(said)
