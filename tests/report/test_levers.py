"""What differs between scenarios is said in words, with units, and with what it rests on."""

from __future__ import annotations

from sim.report.levers import grounds, levers, log
from sim.scenario import load
from sim.scenario.difference import values


def test_a_value_before_and_after_with_its_unit():
    """Shares are percentages, hours are hours, and lists say what each value is for."""
    found = {one.path: one for one in levers(load("durham-2020-03"), load("good-practice"))}
    night = found["practice.overnight_activity"]
    assert (night.before, night.after) == ("15%", "90%")
    assert "no rate was published" in night.rests_on
    assert "durham-2020-03" in night.rests_on
    assert night.assumed
    assert found["practice.referral_delay_hours"].before == "48 hours"
    assert found["practice.prevention_in_person_share"].before == "no apparent risk 10%; low 15%; medium 30%; high 60%"
    offered = found["practice.rhi_offered_share"]
    assert not offered.assumed
    assert "RH05" in offered.rests_on


def test_switches_and_words_read_as_such():
    """A switch is yes or no; a word is capitalised."""
    found = {one.path: one for one in levers(load("baseline"), load("england-2013-absent"))}
    assert (found["practice.lowest_grade_bypass"].before, found["practice.lowest_grade_bypass"].after) == ("no", "yes")
    nation = {one.path: one for one in levers(load("baseline"), load("wales"))}["area.nation"]
    assert (nation.before, nation.after) == ("England", "Wales")


def test_a_scenario_does_not_differ_from_itself():
    """Nor do seeds and replications count."""
    base = load("baseline")
    assert levers(base, base) == []
    assert levers(base, load("baseline", {"run.seed": 7, "run.replications": 3})) == []


def test_every_lever_can_be_said():
    """Each number of the log has its words, its range and two values that differ."""
    base = load("baseline")
    held = values(base)
    changed = {path: float(row["low"]) for path, row in log().items() if isinstance(held[path], float)}
    found = levers(base, load("baseline", changed))
    assert len(found) > 60
    for one in found:
        assert one.words[0].isupper()
        assert one.before != one.after
        assert one.span != "not given"


def test_grounds_leave_the_ranges_to_the_table():
    """What is assumed is a sentence, not a list of keys."""
    assert grounds(load("durham-2020-03")) == "Assumption: no rate was published."
