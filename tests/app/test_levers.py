"""Levers and local figures: each has words, a default and a source, and what is entered is what is simulated."""

from __future__ import annotations

import tomllib

import pytest

from sim.app import levers, local, scenario_file, uploads
from sim.scenario import ScenarioError, load
from sim.scenario.difference import values
from sim.scenario.ranges import ranges


@pytest.fixture(scope="module")
def usual():
    return load("baseline", area="small-force")


def test_every_lever_is_a_value_with_a_range():
    """A lever that is renamed in the scenario is noticed here, not by a planner."""
    assert set(levers.levers()) <= set(ranges())
    assert set(levers.HEADLINE) <= set(levers.levers())


def test_no_lever_is_called_by_its_key():
    """Levers carry words for decisions; a key or an underscore is no such word."""
    for lever in levers.levers().values():
        assert "_" not in lever.words + lever.help
        assert lever.words[0].isupper()


def test_each_lever_stands_within_its_box(usual):
    for path, standing in levers.standing(usual).items():
        assert levers.levers()[path].least <= standing <= levers.levers()[path].most, path


def test_untouched_boxes_change_nothing(usual):
    assert levers.changes(usual, levers.standing(usual)) == {}
    assert local.changes(usual, local.defaults(usual)) == {}


def test_per_cent_become_shares(usual):
    assert levers.changes(usual, {"practice.desk_based_share": 12.5}) == {"practice.desk_based_share": 0.125}


def test_one_shift_is_changed_and_the_others_stay(usual):
    before = usual.resources.response_units
    assert local.changes(usual, {"resources.response_units.2": 7.0}) == {"resources.response_units": [before[0], before[1], 7]}


def test_every_local_figure_says_its_range_and_what_it_rests_on():
    for figure in local.figures():
        assert " to " in figure.source()
        assert "Rests on" in figure.source()
        row = ranges()[figure.path]
        ids = [one for one in row.evidence if one != "assumption"]
        assert "assumption" in figure.source() if row.assumed else ids[0] in figure.source()


def test_a_scenario_file_gives_back_what_was_changed():
    """The file that is taken away, read as an upload, is the scenario that was simulated."""
    changed = {"practice.overnight_activity": 0.75, "resources.response_units": [4, 4, 3], "area.reports_per_year": 1600.0}
    told = scenario_file.text(("baseline", "small-force"), 'Nights "as days" \\ more', changed)
    found = uploads.scenario("mine.toml", told.encode())
    assert values(found) == values(load("baseline", changed, "small-force"))
    assert found.about.title == 'Nights "as days" \\ more'


def test_an_error_calls_boxes_by_what_stands_beside_them(usual):
    wrong = {"practice.under_graded_share": 0.8, "practice.over_graded_share": 0.6}
    for changes in (wrong, {"area.children": [0, 0, 0, 0]}):
        with pytest.raises(ScenarioError) as error:
            load("baseline", changes, "small-force")
        told = local.in_words(str(error.value))
        assert told.startswith("“Grades moved down after the inspector (%)”" if changes is wrong else "“Children who may go missing”"), told
        assert "_" not in told
    assert local.in_words("mine.toml:3: area.children: odd") == "mine.toml:3: area.children: odd"


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "a\nb", "tab\there", 'quote " and \\', "del \x7f", "é ☃ \U0001f600", "]] = {"])
def test_any_title_is_valid_toml(title):
    told = scenario_file.text(("baseline",), title, {})
    assert tomllib.loads(told)["about"]["title"] == title
