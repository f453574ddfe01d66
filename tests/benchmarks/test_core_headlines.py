"""The headlines of the core pathway mean the same from the records of either model, and the same as the catalogue's."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from benchmarks import plain
from benchmarks.core import SIZES, SMALL_FORCE, core
from benchmarks.measures import Observed, Window, core_headlines, next_reports, parameters, read_rules
from benchmarks.plain import Kind
from sim.engine.interpreted import Area
from sim.outcomes.catalogue import MEASURES
from sim.outcomes.cohort import Cohort

WINDOW = Window(40.0, 60.0, 32.0)


def observed() -> Observed:
    """Child 1 is reported at hours 10 and 100, child 2 at 50 and never again; nobody knows of the time away between."""
    episodes = {
        "child": np.array([1.0, 2.0, 1.0, 1.0]),
        "left": np.array([5.0, 40.0, 60.0, 90.0]),
        "reported": np.array([10.0, 50.0, inf, 100.0]),
        "located": np.array([30.0, 200.0, 70.0, 101.0]),
        "first_field": np.array([12.0, inf, inf, inf]),
    }
    jobs = {
        "kind": np.array([Kind.FIELD_VISIT, Kind.PREVENTION_INTERVIEW, Kind.OTHER_INCIDENT, Kind.DESK_ENQUIRY, -1.0]),
        "requested": np.array([10.0, 31.0, 11.0, 12.0, 12.0]),
        "started": np.array([12.0, 40.0, 11.0, inf, 12.0]),
        "ended": np.array([13.5, 41.0, 15.0, inf, 99.0]),
    }
    return Observed(episodes, jobs, {"returned": np.array([30.0, 101.0]), "done": np.array([80.0, inf])})


def test_by_hand() -> None:
    window = Window(0.0, 10.0, 60.0)
    assert next_reports(observed().episodes).tolist() == [100.0, inf, 100.0, inf]
    found = core_headlines(observed(), window)
    assert found["P1.all"] == 25.0 + 160.0 + 11.0
    assert found["T2"] == pytest.approx((2.0 + 24.0 + 1.0) / 3.0)
    assert found["C6"] == 50.0
    assert found["R1"] == pytest.approx(100.0 / 3.0)
    assert found["W1"] == 1.5 + 1.0


def test_the_catalogue_says_the_same_of_our_rules() -> None:
    scenario = core()
    area = Area(parameters(scenario), 1, 0)
    area.run(WINDOW.last)
    tables = area.tables()
    cohort = Cohort(parameters(scenario), tables, WINDOW.start, WINDOW.end, WINDOW.last, tables["pools"], tables["pools"])
    found = core_headlines(read_rules(tables), WINDOW)
    assert found["P1.all"] == pytest.approx(MEASURES["P1.all"].of(cohort))
    assert found["T2"] == pytest.approx(MEASURES["T2"].of(cohort))
    assert found["R1"] == pytest.approx(MEASURES["R1"].of(cohort), abs=1.0)
    assert found["W1"] == pytest.approx(MEASURES["W1"].of(cohort), rel=0.03)


@pytest.mark.parametrize("size", list(SIZES))
def test_larger_areas_are_the_small_one_many_times(size: str) -> None:
    scenario = core(size=size)
    factor = SIZES[size]
    assert scenario.area.reports_per_year == pytest.approx(SMALL_FORCE["area.reports_per_year"] * factor)
    assert sum(scenario.area.children) == pytest.approx(sum(SMALL_FORCE["area.children"]) * factor, rel=0.001)
    assert scenario.resources.response_units[0] == pytest.approx(3 * factor, abs=0.5)


def test_the_practice_of_the_core_pathway_can_be_changed() -> None:
    assert core(practice="durham-2020-03").practice.overnight_activity < core(practice="good-practice").practice.overnight_activity
    assert core(practice="good-practice").world.harm_per_hour == 0.0


def test_the_plain_model_names_its_children() -> None:
    area = plain.Area(core(), 1)
    area.run(480.0)
    names = [episode.child for episode in area.episodes]
    assert len(names) > 50
    assert len(set(names)) > len(names) / 3
    assert max(names) < area.children
