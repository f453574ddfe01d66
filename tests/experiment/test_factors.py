"""Which parameters are varied, what they rest on, and requests that cannot be met."""

from __future__ import annotations

import pytest

from sim.experiment import factors as room
from sim.experiment.factors import OVER, factors, once_each, point, rests_on_assumption, salib
from sim.experiment.sensitivity import sensitivity
from sim.experiment.tornado import ends
from sim.scenario import ScenarioError, entries, load
from sim.scenario.ranges import ranges
from tests.experiment.tiny import tiny


@pytest.mark.parametrize("over", OVER)
def test_every_parameter_of_a_part_varies_or_is_counted_as_a_choice(over):
    """None is lost: those with a range and the choices together are the rows of the log."""
    found = factors(load("baseline"), over)
    rows = [path for path in ranges() if path.split(".")[0] in OVER[over]]
    assert len(found.paths) + found.choices == len(rows)
    assert list(found.paths) == [path for path in rows if ranges()[path].varies]
    assert found.choices > 0


def test_both_is_practice_and_world():
    """And nothing else."""
    base = load("baseline")
    assert factors(base, "both").paths == (*factors(base, "world").paths, *factors(base, "practice").paths)


def test_named_parameters_take_the_place_of_a_part():
    """By path or by key, each once, in the order of the schema."""
    found = factors(load("baseline"), "world", ["referral_share", "practice.desk_based_share", "desk_based_share"])
    assert found == (("practice.desk_based_share", "practice.referral_share"), 0)


@pytest.mark.parametrize(
    ("over", "named", "told"),
    [
        ("everything", None, "allowed: practice, world, both, resources"),
        ("practice", ["desk_share"], "is not a value of a scenario"),
        ("practice", ["practice.flag_is_high"], "is a choice and has no range to vary over"),
        ("practice", ["run.seed"], "says how the simulation is run"),
    ],
)
def test_what_cannot_be_varied_is_refused(over, named, told):
    """With what is allowed."""
    with pytest.raises(ScenarioError, match=told):
        factors(load("baseline"), over, named)


def test_what_a_scenario_states_as_its_own_assumption_rests_on_no_source():
    """Though the log has evidence for the range."""
    path = "practice.prevention_in_person_share"
    assert not ranges()[path].assumed
    assert not rests_on_assumption(load("baseline"), path)
    assert rests_on_assumption(load("durham-2020-03"), path)
    assert rests_on_assumption(load("baseline"), "practice.overnight_activity")


def test_a_value_that_breaks_a_rule_of_the_scenario_is_told():
    """The parameter, the value, the rule, and the way out."""
    base = load("baseline", {"practice.over_graded_share": 0.7})
    with pytest.raises(ScenarioError, match=r"practice\.under_graded_share=0\.5 is not allowed here.*at most 1.*--parameter"):
        point(base, {"practice.under_graded_share": 0.5}, "too much")
    with pytest.raises(ScenarioError, match="at most 1"):
        sensitivity(base, parameters=["under_graded_share"])


@pytest.mark.parametrize("name", [entry.name for entry in entries() if entry.kind != "area"])
def test_every_range_can_be_gone_over_in_every_scenario_of_the_library(name):
    """Each end goes with the scenario's other values, and each parameter has an end at which it does not stand already."""
    base = load(name)
    for over in ("both", "resources"):
        chosen = factors(base, over)
        moved = {scenario.name.rsplit(" ", 1)[0] for scenario in ends(base, chosen)}
        assert moved == set(chosen.paths)


def test_a_missing_package_is_named_with_its_extra(monkeypatch):
    """Before anything is simulated."""

    def missing(name):
        raise ModuleNotFoundError(f"No module named {name!r}", name="SALib")

    monkeypatch.setattr(room, "import_module", missing)
    for method in ("morris", "sobol"):
        with pytest.raises(ScenarioError, match=r"needs the package SALib; in the repository: pip install -e '\.\[analysis\]'"):
            sensitivity(tiny(), method, parameters=["desk_based_share"])
    with pytest.raises(ScenarioError):
        salib("sample.morris")


def test_replications_do_not_go_with_a_sample():
    """Each of its points is simulated once."""
    with pytest.raises(ScenarioError, match="allowed: --samples"):
        once_each({"replications": 5}, "--samples")
    assert once_each({"seed": 3}, "--samples")["replications"] == 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"method": "anova"}, "allowed: tornado, morris, sobol"),
        ({"method": "tornado", "samples": 64}, "does not belong to tornado"),
        ({"method": "sobol", "levels": 4}, "does not belong to sobol"),
        ({"method": "sobol", "samples": 100}, "100 is not a power of 2"),
        ({"method": "sobol", "samples": 4}, "from 8 to 65536"),
        ({"method": "morris", "trajectories": 0}, "from 2 to"),
        ({"method": "morris", "levels": 5}, "5 is odd"),
        ({"method": "morris", "seed": -1}, "from 0 to"),
        ({"method": "morris", "replications": 3}, "allowed: --trajectories"),
        ({"method": "tornado", "measures": ["T9"]}, "is not a measure"),
    ],
)
def test_wrong_requests_are_refused(asked, told):
    """Before anything is simulated."""
    with pytest.raises(ScenarioError, match=told):
        sensitivity(tiny(), **asked)


def test_variants_of_the_world_are_told_of_once():
    """And each has a warm-up of its own."""
    found = sensitivity(tiny(), parameters=["harm_per_hour", "risk_groomed"], measures=["P1"], replications=1, engine="compiled", workers=1)
    assert len(found.plan.notices()) == 4
    assert found.notices == (found.notices[0],)
    assert "warmed up by themselves" in found.notices[0]
