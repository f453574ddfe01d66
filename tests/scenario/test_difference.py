"""The effective difference is what counts, not what the files look like."""

from __future__ import annotations

from sim.scenario import differences, load, values
from sim.scenario.kinds import Section


def test_a_scenario_does_not_differ_from_itself():
    """Loaded twice, a scenario is the same."""
    assert differences(load("baseline"), load("baseline")) == []


def test_a_changed_value_is_shown_with_both_sides(write):
    """One changed key is one difference, named by its dotted path."""
    before = load("baseline", {"practice.desk_based_share": 0.25})
    after = load(write('extends = "baseline"\n[practice]\ndesk_based_share = 0.75\n'))
    assert differences(before, after) == [("practice.desk_based_share", 0.25, 0.75)]


def test_words_and_repeated_values_are_no_difference(write):
    """Another title, and a key set again to the value it had, change nothing."""
    share = load("baseline").practice.desk_based_share
    words = 'title = "Other"\nsummary = "Other words."\nkind = "practice"\n'
    same = load(write(f'extends = "baseline"\n[about]\n{words}[practice]\ndesk_based_share = {share}\n'))
    assert same.about.title == "Other"
    assert differences(load("baseline"), same) == []


def test_every_value_is_looked_at():
    """Each value of every section, however deep, has a path of its own, and none is a table."""
    found = values(load("baseline"))
    assert {path.split(".")[0] for path in found} == {"area", "world", "practice", "resources", "run"}
    assert not [path for path, value in found.items() if isinstance(value, Section)]


def test_words_of_a_list_stand_as_in_a_file():
    """The nation is shown by its word."""
    assert values(load("baseline", {"area.nation": "wales"}))["area.nation"] == "wales"
