"""Cases are what their type says, always the same for the same request, and what cannot be found is said with a way on."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.words import NEVER, Grade, Progress, Shortfall, State
from sim.scenario import ScenarioError
from sim.story.asked import asked
from sim.story.case_type import TYPES, type_named
from sim.story.cases import Area, counts


@pytest.mark.parametrize("id", TYPES)
def test_every_type_is_found_in_the_baseline(place, id):
    """In order of the report; each has a number, and its rarity is told in words."""
    rows = place.matching(TYPES[id])
    assert len(rows) >= 3
    assert np.all(np.diff(place.tables["episodes"]["reported"][rows]) >= 0)
    case = place.case(TYPES[id], len(rows) - 1)
    assert case.episode == rows[-1]
    assert case.rarity == f"{len(rows):,} of {place.looked_at:,} episodes in this simulated area matched this type."


def test_the_columns_say_what_the_type_says(place):
    """By the records alone, without the code that found them."""
    e, tasks = place.tables["episodes"], place.tables["tasks"]
    rows = {id: e[place.matching(kind)] for id, kind in TYPES.items()}
    under = rows["under-graded-with-exploitation"]
    assert np.all(under["state"] == State.EXPLOITED)
    assert np.all(under["first_grade"] < under["knowable_grade"])
    low = rows["correctly-low"]
    assert np.all((low["first_grade"] == Grade.LOW) & (low["knowable_grade"] == Grade.LOW) & (low["located"] - low["reported"] <= 8.0))
    assert np.all(rows["over-graded"]["first_grade"] > rows["over-graded"]["knowable_grade"])
    assert np.all(rows["information-not-used"]["shortfall"] == Shortfall.NOT_CHECKED)
    plan = rows["trigger-plan-not-read"]
    assert np.all(plan["plan_current"] & ~plan["plan_read"])
    assert np.all(rows["not-recorded"]["recorded"] == NEVER)
    for number in place.matching(TYPES["nothing-overnight"]):
        hour = e["reported"][number] % 24
        assert hour >= 22 or hour < 4
        search = (tasks["episode"] == number) & (tasks["work"] <= 1) & (tasks["progress"] != Progress.REPLACED)
        first = np.min(tasks["requested"][search], initial=np.inf)
        assert first - e["reported"][number] >= 2.0
        assert first == np.inf or first % 24 >= 5.99


def test_another_child_did_wait_where_a_case_is_over_graded(place):
    """Found the slow way: somebody's search task waited half an hour in a pool while one of this episode's ran there."""
    tasks = place.tables["tasks"]
    search = tasks[tasks["work"] <= 1]
    for e in place.matching(TYPES["over-graded"])[:10]:
        mine = search[(search["episode"] == e) & (search["started"] < NEVER)]
        waited = search[(search["episode"] != e) & (search["started"] < NEVER) & (search["started"] - search["requested"] >= 0.5)]
        assert any(
            np.any((waited["pool"] == one["pool"]) & (waited["requested"] < one["ended"]) & (waited["started"] > one["started"])) for one in mine
        )


def test_the_same_request_finds_the_same_cases(place):
    """On a second run, and on no other seed or replication."""
    again = Area(asked("baseline"))
    assert counts(again).equals(counts(place))
    others = [counts(Area(asked("baseline", seed=2))), counts(Area(asked("baseline", replication=1)))]
    assert not any(other.equals(counts(place)) for other in others)


def test_no_such_case_says_what_was_looked_at_and_where_to_go():
    """One error: how many episodes of which area, and scenarios in which the type is more frequent."""
    place = Area(asked("baseline"))
    place.signs.__dict__["looked_at"] = np.zeros(len(place.signs.rows), bool)
    with pytest.raises(ScenarioError, match=r"none of the 0 episodes of baseline, seed 1, replication 0 .*another --seed .*under-graded"):
        place.case(TYPES["under-graded-with-exploitation"])


@pytest.mark.parametrize("name", sorted({name for kind in TYPES.values() for name in kind.more_in}))
def test_where_a_type_is_more_frequent_it_can_be_told(name):
    """What an error suggests is not refused in its turn."""
    assert asked(name).scenario.name == name


@pytest.mark.parametrize(("text", "id"), [("Correctly Low", "correctly-low"), ("over_graded", "over-graded")])
def test_a_type_is_known_by_its_words(text, id):
    """Capitals, spaces and underscores do not matter."""
    assert type_named(text).id == id


@pytest.mark.parametrize(("text", "near"), [("undergraded", "under-graded-with-exploitation"), ("correctly-lo", "correctly-low")])
def test_an_unknown_type_names_the_nearest(text, near):
    """Beginning alike, or spelt alike."""
    with pytest.raises(ScenarioError, match=f"did you mean {near}"):
        type_named(text)


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"scenario": "lowest-grade-bypass"}, "the lowest grade skips search"),
        ({"scenario": "met-2016"}, "met-2016 stands for what was published of a real force.*a single failing, such as under-graded"),
        ({"replication": -1}, "--replication: -1 is out of range"),
        ({"replication": 1_000_000}, "--replication: 1000000 is out of range"),
        ({"seed": -5}, "--seed: -5 is out of range"),
        ({"engine": "fast"}, "--engine: \"fast\" is not known"),
    ],
)
def test_a_wrong_request_is_one_error(request_, message):
    """And nothing is run."""
    with pytest.raises(ScenarioError, match=message):
        asked(**{"scenario": "baseline", **request_})


def test_an_area_is_named():
    """So that a provenance leads back to it: by its name in the library, or as the scenario's own."""
    assert [asked("baseline", area=area).area for area in ("small-force", "county", None)] == ["small-force", "county", "of its own"]
