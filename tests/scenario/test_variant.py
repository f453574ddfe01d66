"""A variant of a scenario says what was changed, and holds nothing twice."""

from __future__ import annotations

from sim.scenario import Scenario, load
from sim.scenario.variant import variant


def test_a_variant_is_the_same_scenario_but_for_what_was_changed():
    """As if it had been read from a file; sections and lists that are equal are those of the first."""
    first = load("baseline")
    other = variant(first, {"practice.rhi_offered_share": 0.123, "world.harm_per_hour": 0.001}, "other")
    read = Scenario.model_validate(other.model_dump())
    assert other == read
    assert other.model_dump_json() == read.model_dump_json()
    assert other.practice.rhi_offered_share == 0.123 != first.practice.rhi_offered_share
    assert other.area is first.area
    assert other.resources is first.resources
    assert other.practice.grade_cuts is first.practice.grade_cuts
    assert other.world.leaving_by_hour is first.world.leaving_by_hour
    assert load("baseline") == first
