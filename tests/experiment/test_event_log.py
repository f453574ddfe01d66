"""The event log: a table that tools for process animation read, in order, whole, and only of what the rules noted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import sim
from sim.model.events import Event
from sim.model.words import Pool
from tests.experiment.tiny import DAY, RUN_ON, WARM_UP, WINDOW, tiny

NEEDED = {"entity_id", "event_type", "event", "time", "resource_id", "run_number"}
NOTED_ONLY = {event.name.lower() for event in Event if event >= Event.TASK_STARTED}
POOLS = {pool.name.lower() for pool in Pool}


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    """Of two replications. Read only."""
    return sim.run(tiny(), replications=2, engine="simpy", workers=1, trace=True).log


def test_columns(log):
    """Those that vidigi reads, and who and what else a row is about."""
    assert set(log.columns) == NEEDED | {"entity", "row", "scenario"}
    assert log.notna().all(axis=None)


def test_a_run_for_each_replication_in_order_of_time(log):
    """Run numbers are those of the replications; within a run time does not go back, and ends with the follow-up."""
    assert list(log["run_number"].unique()) == [0, 1]
    for _, run in log.groupby("run_number"):
        assert run["time"].is_monotonic_increasing
        assert run["time"].iloc[0] >= 0
        assert (WARM_UP + WINDOW) * DAY < run["time"].iloc[-1] < (WARM_UP + WINDOW + RUN_ON) * DAY


def test_a_child_is_back_before_leaving_again(log):
    """For each child: left, then closed or found, then left again; what is open at the end is the last."""
    of_child = log[(log["entity"] == "child") & log["event"].isin(["left", "closed", "found"])]
    assert len(of_child) > 100
    for _, events in of_child.groupby(["run_number", "entity_id"]):
        away = events["event"] == "left"
        assert away.iloc[0]
        assert (away.iloc[1:].to_numpy() != away.iloc[:-1].to_numpy()).all()
        assert (events["event_type"] == "arrival_departure").all()


def test_an_episode_goes_its_way(log):
    """For each episode: left, reported, graded and endorsed in this order, and none twice."""
    steps = ["left", "reported", "graded", "endorsed"]
    of_episode = log[log["event"].isin(steps)]
    for _, events in of_episode.groupby(["run_number", "row"]):
        assert events["event"].is_unique
        order = [steps.index(event) for event in events["event"]]
        assert order == sorted(order)


def test_every_use_of_a_resource_ends(log):
    """A task is asked for, may start and then ends, with the same pool throughout; what only waits has a name but uses nothing."""
    tasks = log[log["event"].isin(["task_asked", "task_started", "task_ended", "task_dropped"])]
    assert set(tasks["resource_id"]) <= POOLS
    assert set(tasks.query("event == 'task_started'")["event_type"]) == {"resource_use"}
    assert set(tasks.query("event == 'task_ended'")["event_type"]) == {"resource_use_end"}
    for _, events in tasks.groupby(["run_number", "row"]):
        assert events["resource_id"].nunique() == 1
        names = list(events["event"])
        assert names.count("task_started") <= 1
        assert names.count("task_ended") <= names.count("task_started")
        if "task_started" in names and "task_ended" in names:
            assert names.index("task_started") < names.index("task_ended")


def test_entities_are_children_incidents_and_families(log):
    """A child is a row number of the area's children; other incidents and families are told apart."""
    assert set(log["entity"]) == {"child", "incident", "family"}
    children = log[log["entity"] == "child"]["entity_id"]
    assert children.min() >= 0
    assert np.issubdtype(children.dtype, np.integer)


def test_the_log_agrees_with_the_episodes():
    """Every episode of the cohort is in the log with its times."""
    result = sim.run(tiny(), replications=1, engine="simpy", workers=1, trace=True, episodes=True)
    for event in ("left", "reported"):
        logged = result.log[result.log["event"] == event]
        noted = set(zip(logged["entity_id"], logged["time"], strict=True))
        assert set(zip(result.episodes["child"], result.episodes[event], strict=True)) <= noted
    ended = result.log[result.log["event"].isin(["closed", "found"])]
    located = result.episodes.dropna(subset="located")
    assert set(zip(located["child"], located["located"], strict=True)) <= set(zip(ended["entity_id"], ended["time"], strict=True))


def test_names_are_those_of_the_model(log):
    """Each event is one of the model's, and what is noted only is noted."""
    assert set(log["event"]) <= {event.name.lower() for event in Event}
    assert set(log["event"]) & NOTED_ONLY


@pytest.mark.slow
def test_both_engines_keep_the_same_log(log):
    """The compiled engine notes what SimPy notes, line by line."""
    compiled = sim.run(tiny(), replications=2, engine="compiled", workers=1, trace=True)
    assert compiled.plan.engine == "compiled"
    assert_frame_equal(compiled.log, log, check_exact=True)
