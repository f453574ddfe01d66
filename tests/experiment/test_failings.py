"""`failings`: each alone at three degrees, ranked by what it costs; each finding against its own counterfactual, and ranked by nothing."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest

import sim
from sim.experiment import failings as room
from sim.experiment.archive import reopened
from sim.experiment.cast import DEGREES
from sim.experiment.failings import Failings, failings
from sim.experiment.stated import ends, stated
from sim.experiment.values import Values
from sim.outcomes.catalogue import MEASURES
from sim.outcomes.interval import mean_interval
from sim.outcomes.measure import NEITHER
from sim.outcomes.split import Part
from sim.scenario import ScenarioError, entries, load
from sim.scenario.difference import differences, values
from tests.experiment.tiny import tiny

SHORT = {"run__warm_up_days": 20.0, "run__window_days": 30.0, "run__run_on_days": 10.0}
NEUTRAL = next(id for id, measure in MEASURES.items() if measure.direction == NEITHER)
HOW = {"engine": "compiled", "workers": 1}
ALL = [entry.name for entry in entries() if entry.kind == "failing"]
NAMED = [entry.name for entry in entries() if entry.kind == "finding"]


def told(call) -> str:
    with pytest.raises(ScenarioError) as caught:
        call()
    return str(caught.value)


def by_hand(worth, *named, **asked) -> Failings:
    """Failings that were never simulated: what the scenario of a name gives in a replication is a function."""

    def filled(kind, plan, how, request):
        found = Values(plan)
        for place, scenario in enumerate(plan.scenarios):
            for number in plan.numbers(place):
                found.fill(place, number, [Part(id, "", "", of(scenario.name, number), 100) for id, of in worth.items()])
        return kind(plan, found, True, (), request)

    with patch.object(room, "carried_out", filled):
        return failings(*named, measures=tuple(worth), **({"replications": 5} | asked))


def costing(**costs: float):
    """What a failing adds to a measure; at the mild end half, at the severe end twice, put right nothing. Keys with underscores for hyphens."""
    own = {key.replace("_", "-"): cost for key, cost in costs.items()}
    times = {"mild": 0.5, "severe": 2.0, "put": 0.0}

    def worth(name: str, number: int) -> float:
        first, *degree = name.split(" ")
        return 10.0 + number % 3 + own.get(first, 0.0) * times.get(degree[0] if degree else "", 1.0)

    return worth


# what stands in the plan


def test_ranges_as_the_files_state_them():
    """Numbers, lists and switches."""
    assert stated(load("no-referral")) == {"practice.referral_share": (0.3, 0.45), "practice.referral_delay_hours": (24, 96)}
    assert stated(load("no-face-to-face")) == {"practice.prevention_in_person_share": ((0.0, 0.0, 0.1, 0.2), (0.2, 0.3, 0.5, 0.7))}
    assert stated(load("lowest-grade-bypass")) == {"practice.lowest_grade_bypass": (False, True)}
    assert stated(load("good-practice")) == {}


@pytest.mark.parametrize("name", [*ALL, *NAMED])
def test_every_value_of_a_failing_has_a_range_around_it(name):
    """Each file of a failing or a finding states a range for what it changes, and its own value lies in it."""
    own = load(name)
    for path, _, value in differences(load("baseline"), own):
        low, high = stated(own)[path]
        for one, least, most in zip(*(part if isinstance(part, tuple) else (part,) for part in (value, low, high)), strict=True):
            assert least <= one <= most, path


def test_the_mild_end_is_nearer_to_usual_practice():
    """Whichever of the two is the lower number; of a switch it is the one that is off."""
    base = load("baseline")
    mild, held, severe = ends(load("no-referral"), base, base)
    assert mild == {"practice.referral_share": 0.45, "practice.referral_delay_hours": 24}
    assert held == {"practice.referral_share": 0.3, "practice.referral_delay_hours": 48.0}
    assert severe == {"practice.referral_share": 0.3, "practice.referral_delay_hours": 96}
    assert ends(load("lowest-grade-bypass"), base, base)[0] == {"practice.lowest_grade_bypass": False}
    assert ends(load("desk-based"), base, base)[2] == {"practice.desk_based_share": 0.9}


def test_a_range_that_no_file_states_is_the_logged_one(tmp_path):
    """The one in the log of assumptions."""
    mine = tmp_path / "mine.toml"
    mine.write_text('extends = "baseline"\n[about]\ntitle = "Mine"\nsummary = ""\nkind = "failing"\n[practice]\nhandover_lost_share = 0.3\n')
    mild, _, severe = ends(load(mine), load("baseline"), load("baseline"))
    assert mild["practice.handover_lost_share"] < 0.3 < severe["practice.handover_lost_share"]


@pytest.fixture(scope="module")
def library() -> Failings:
    """All failings and findings of the library; a failing costs as many hours as its name has letters."""
    return by_hand({"T2": lambda name, number: 10.0 + number + (0 if name in ("baseline",) else len(name))})


def test_the_whole_library(library):
    """Every failing at three degrees, every finding once, and what is the same in effect stands once."""
    assert list(library.places) == sorted(ALL)
    assert list(library.pairs) == sorted(NAMED)
    effective = [tuple(values(scenario).items()) for scenario in library.plan.scenarios]
    assert len(set(effective)) == len(effective)
    assert library.places["lowest-grade-bypass"]["mild"] == 0
    assert library.places["lowest-grade-bypass"]["stated"] == library.places["lowest-grade-bypass"]["severe"] != 0


def test_a_failing_is_put_into_the_baseline_and_nothing_else(library):
    """Between it and the baseline only its own values differ, at each degree those of its range."""
    for name, places in library.places.items():
        ends_ = ends(load(name), load("baseline"), load("baseline"))
        for degree, expected in zip(DEGREES, ends_, strict=True):
            found = {one.path: one.b for one in differences(library.plan.baseline, library.plan.scenarios[places[degree]])}
            assert set(found) <= set(expected)
            assert all(values(library.plan.scenarios[places[degree]])[path] == value for path, value in expected.items()), name


def test_another_baseline_takes_the_failings():
    """Each failing changes in it what it changes in usual practice, and no more."""
    found = by_hand({"T2": costing()}, "no-overnight", "not-recorded", baseline="good-practice")
    changed = differences(load("good-practice"), found.plan.scenarios[found.places["no-overnight"]["stated"]])
    assert [(one.path, one.b) for one in changed] == [("practice.overnight_activity", 0.15)]


def test_a_finding_stands_against_its_own_counterfactual():
    """The same area and the same people on duty: only ways of working differ between the two."""
    short = tiny("durham-2020-03", resources__response_units=[3, 3, 3])
    found = by_hand({"T2": costing(**{"durham-2020-03": 2.0})}, short, baseline=tiny())
    place, without = found.pairs["durham-2020-03"]
    assert without != 0
    one, other = found.plan.scenarios[place], found.plan.scenarios[without]
    assert one.resources == other.resources != found.plan.baseline.resources
    assert other.practice == load("baseline").practice
    assert {difference.path.split(".")[0] for difference in differences(other, one)} == {"practice"}
    assert found.against["estimate"].tolist() == [2.0]


def test_a_counterfactual_that_is_the_baseline_is_not_simulated_twice(library):
    """Those of the library are."""
    assert {without for _, without in library.pairs.values()} == {0}


@pytest.mark.parametrize(
    ("named", "words"),
    [
        (("good-practice",), 'good-practice: about.kind: is of kind "practice"; allowed: files of kind "failing" or "finding"'),
        (("no-overnigt",), "did you mean no-overnight"),
    ],
)
def test_wrong_requests(named, words):
    """Told before anything is simulated."""
    assert words in told(lambda: failings(*named))


def test_another_place_is_refused():
    """A failing is put into a baseline of its own area and world."""
    assert told(lambda: failings(tiny("no-overnight"), baseline="baseline")).startswith(
        "no-overnight: has another area and other people on duty than baseline; allowed: what differs in ways of working only"
    )
    assert "has another world than baseline" in told(lambda: failings(tiny("met-2016", world__find_rate=0.2), baseline=tiny()))


# what comes of it


def test_ranks_by_cost():
    """Costliest first, where higher is better by what is lost; a measure without a better side has no ranks."""
    later = costing(no_overnight=1.0, desk_based=3.0, not_recorded=-2.0)
    fewer = costing(no_overnight=-1.0, desk_based=-3.0, not_recorded=2.0)
    found = by_hand({"T2": later, "C1": fewer, NEUTRAL: later}, "no-overnight", "desk-based", "not-recorded")
    assert set(found.ranks["measure"]) == {"T2", "C1"}
    assert NEUTRAL in set(found.effects["measure"])
    for measure in ("T2", "C1"):
        rows = found.ranks[found.ranks["measure"] == measure]
        assert rows["failing"].tolist() == ["desk-based", "no-overnight", "not-recorded"]
        assert rows["rank"].tolist() == [1, 2, 3]
        assert (rows["luck_low"].tolist(), rows["luck_high"].tolist()) == ([1, 2, 3], [1, 2, 3])


def test_what_a_failing_changes():
    """The paired difference from the baseline, at each degree."""
    found = by_hand({"T2": costing(no_overnight=2.0)}, "no-overnight")
    assert found.effects["degree"].tolist() == list(DEGREES)
    assert found.effects["estimate"].tolist() == [1.0, 2.0, 4.0]
    assert (found.effects["low"] == found.effects["high"]).all()


def test_ranks_over_the_ranges():
    """A failing that costs 1, 2 or 4 and one that costs 1.5, 3 or 6: the dearer is first in six of nine pairs of degrees."""
    found = by_hand({"T2": costing(no_overnight=2.0, desk_based=3.0)}, "no-overnight", "desk-based")
    rows = found.ranks.set_index("failing")
    assert rows.loc["desk-based", "first_by_luck"] == 1.0
    assert rows.loc["desk-based", "first"] == pytest.approx(6 / 9, abs=0.03)
    assert rows.loc["no-overnight", ["range_low", "range_high"]].tolist() == [1, 2]


def test_what_is_not_defined_is_left_out_of_ranks():
    """A replication in which one scenario had nothing to measure counts for no rank; each change is over what it has."""

    def worth(name, number):
        return float("nan") if (name, number) == ("desk-based", 1) else 10.0 + number + (2.0 if name == "desk-based" else 0.0)

    found = by_hand({"T2": worth, "P1": lambda name, number: float("nan")}, "no-overnight", "desk-based")
    assert found.costs("T2").shape == (2, 3, 4)
    stated_ = found.effects[found.effects["degree"] == "stated"].set_index(["failing", "measure"])
    assert stated_.loc[("desk-based", "T2"), ["n", "left_out"]].tolist() == [4, 1]
    assert set(found.ranks["measure"]) == {"T2"}


def test_forces_are_not_ranked(library):
    """Findings stand by name whatever they cost, and nothing in their table orders them."""
    assert library.against["finding"].tolist() == sorted(NAMED)
    assert not {"rank", "first"} & set(library.against.columns)
    assert not set(library.ranks["failing"]) & set(NAMED)
    assert not set(library.effects["failing"]) & set(NAMED)


# simulated


@pytest.fixture(scope="module")
def simulated(tmp_path_factory) -> tuple[Failings, object]:
    """Two failings and a finding in a tiny place, kept."""
    out = tmp_path_factory.mktemp("failings") / "kept"
    chosen = [tiny(name, **SHORT) for name in ("under-graded", "no-referral", "met-2016")]
    return failings(*chosen, baseline=tiny(**SHORT), measures=("G1", "C1"), replications=2, out=out, **HOW), out


def test_the_changes_are_those_of_a_comparison(simulated):
    """The same scenarios compared give the same paired differences."""
    found, _ = simulated
    compared = sim.compare(tiny(**SHORT), tiny("under-graded", **SHORT), tiny("met-2016", **SHORT), replications=2, **HOW)
    frame = compared.differences.set_index(["scenario", "measure"])
    effects = found.effects[found.effects["degree"] == "stated"].set_index(["failing", "measure"])
    against = found.against.set_index(["finding", "measure"])
    for measure in ("G1", "C1"):
        assert effects.loc[("under-graded", measure), "estimate"] == frame.loc[("under-graded", measure), "estimate"]
        assert against.loc[("met-2016", measure), "low"] == frame.loc[("met-2016", measure), "low"]


def test_the_same_from_its_folder(simulated):
    """Opened again with the same tables."""
    found, out = simulated
    again = reopened(out)
    assert isinstance(again, Failings)
    assert set(found.tables) == {"ranks", "effects", "pairs"}
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)
        assert (out / f"{name}.csv").exists()


def test_what_rests_on_assumptions_comes_from_a_tornado(simulated, tmp_path):
    """From the findings or from their folder: the share of each of its measures with the interval; any other experiment is refused."""
    parameters = ["desk_based_share", "overnight_activity", "referral_share"]
    asked = {"parameters": parameters, "measures": ("T2", "C1"), "replications": 3, "out": tmp_path / "tornado"}
    tornado = sim.sensitivity(tiny(**SHORT), "tornado", **asked, **HOW)
    shares = tornado.shares.set_index("measure")
    for given in (tornado, tmp_path / "tornado"):
        found = by_hand({"C1": costing(no_referral=1.0), "P1": costing()}, "no-referral", tornado=given)
        assert set(found.assumed) == {"C1"}
        assert found.assumed["C1"][:3] == pytest.approx(shares.loc["C1", ["estimate", "low", "high"]].tolist(), nan_ok=True)
    assert "holds an experiment of kind failings" in told(lambda: failings("no-referral", tornado=simulated[1]))


def test_costs_turn_gains_into_losses():
    """The same numbers, higher being better, with the other sign."""
    found = by_hand({"C1": costing(no_overnight=2.0)}, "no-overnight")
    np.testing.assert_array_equal(found.costs("C1"), -found.changes("C1"))
    assert mean_interval(found.costs("C1")[0, 1]).estimate == -2.0
