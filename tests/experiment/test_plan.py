"""What a request may be: each fault is told before anything is computed, in words that name it."""

from __future__ import annotations

import pytest

import sim
from sim.experiment.plan import Plan
from sim.experiment.study import planned
from tests.experiment.tiny import DAY, WARM_UP, tiny


def told(call) -> str:
    with pytest.raises(sim.ScenarioError) as caught:
        call()
    return str(caught.value)


@pytest.mark.parametrize("wrong", [0, -1, 1_000_001, 2.0, True, "5"])
def test_replications_are_a_whole_number_from_1(wrong):
    """Anything else is refused, with what is allowed."""
    assert told(lambda: sim.run(tiny(), replications=wrong)) == f"replications: {wrong!r} is not allowed; allowed: a whole number from 1 to 1000000"


@pytest.mark.parametrize("wrong", [-1, 2**63, 0.5])
def test_a_seed_is_a_whole_number_from_0(wrong):
    """Anything else is refused."""
    assert told(lambda: sim.run(tiny(), seed=wrong)).startswith(f"seed: {wrong!r} is not allowed; allowed: a whole number from 0 to ")


@pytest.mark.parametrize("wrong", [0, -2, 1025])
def test_workers_are_from_1_to_1024(wrong):
    """Anything else is refused."""
    assert told(lambda: sim.run(tiny(), workers=wrong)) == f"workers: {wrong!r} is not allowed; allowed: a whole number from 1 to 1024"


def test_engine_and_effect_are_of_a_list():
    """An unknown one is refused, with the list."""
    assert told(lambda: sim.run(tiny(), engine="fast")) == "engine: 'fast' is not known; allowed: auto, compiled, simpy"
    assert told(lambda: sim.compare(tiny(), tiny(called="b"), effect="ever")) == "effect: 'ever' is not known; allowed: first-year, steady"


def test_a_comparison_needs_two():
    """One scenario alone is refused; so is the same one twice, and another of the same name."""
    assert "one scenario alone cannot be compared" in told(lambda: sim.compare(tiny()))
    assert told(lambda: sim.compare(tiny(), tiny())) == 'the scenario "baseline" is named twice; allowed: each scenario once'
    other = tiny(practice__overnight_activity=0.1)
    assert told(lambda: sim.compare(tiny(), other)) == 'two scenarios are called "baseline"; give each file its own name'


@pytest.mark.parametrize("change", [{"run__window_days": 41.0}, {"run__run_on_days": 21.0}])
def test_scenarios_are_measured_over_the_same_days(change):
    """Another window or follow-up is refused, and both scenarios are named."""
    message = told(lambda: sim.compare(tiny(), tiny(called="other", **change)))
    assert message.startswith("other: run: differs from baseline")


def test_a_loaded_scenario_takes_no_overrides():
    """They belong to `load`; given too late they are refused, not dropped."""
    assert "give overrides and area to `load`" in told(lambda: sim.run(tiny(), overrides={"run.seed": 1}))
    assert "give overrides and area to `load`" in told(lambda: sim.compare(tiny(), tiny(called="b"), area="london"))


def test_the_hours_of_a_plan():
    """The window opens after the warm-up, closes after its days, and follow-up ends after the run-on."""
    plan = Plan((tiny(),), seed=1, replications=1, engine="simpy")
    assert (plan.opens, plan.closes, plan.ends) == (WARM_UP * DAY, (WARM_UP + 40) * DAY, (WARM_UP + 60) * DAY)


def test_area_years_count_every_scenario():
    """Two scenarios, three replications, 100 days each: 600 days."""
    assert Plan((tiny(), tiny(called="b")), 1, 3, "simpy").area_years == pytest.approx(600 / 365)


@pytest.mark.parametrize(
    ("change", "effect", "shared"),
    [
        ({"practice__desk_based_share": 0.9}, "first-year", True),
        ({"resources__desk_staff": [2, 2, 2]}, "first-year", True),
        ({"practice__desk_based_share": 0.9}, "steady", False),
        ({"world__find_rate": 0.02}, "first-year", False),
        ({"area__networks": 4}, "first-year", False),
    ],
)
def test_what_shares_a_warm_up(change, effect, shared):
    """Practice and resources switch when the window opens; another world or place cannot, and with "steady" nothing does."""
    other = tiny(called="other", **change)
    assert Plan((tiny(), other), 1, 1, "simpy", effect).shares_warm_up(other) is shared


def test_an_area_that_changes_the_nation_is_told():
    """Whose rule for interviews applies, and how the scenario keeps its own; not where nothing changes, nor where the nation is set."""

    def notices(scenario: str, **how) -> list[str]:
        return planned((scenario,), {"replications": 1, **how}).notices()

    (said,) = notices("wales", area="county")
    assert said.startswith("wales is about Wales, and --area county lies in England, whose rule for return home interviews applies;")
    assert "--set area.nation=wales keeps that of Wales" in said
    kept = {"area": "county", "overrides": {"area.nation": "wales"}}
    assert notices("wales", **kept) == notices("wales") == notices("baseline", area="county") == []
    assert planned(("wales",), {**kept, "replications": 1}).baseline.area.nation.name == "WALES"
