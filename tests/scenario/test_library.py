"""The library: every file loads, and names are told apart from paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.scenario import ScenarioError, differences, entries, load, names
from sim.scenario.library import data, find, paths


@pytest.mark.parametrize("name", paths())
def test_every_file_of_the_library_is_valid(name):
    """Each name of the library loads, under that name, with a title of its own."""
    scenario = load(name)
    assert scenario.name == name
    assert scenario.about.title


def test_in_a_checkout_the_library_is_at_its_root():
    """What one edits under `scenarios/` is what is read, and no copy that an installation left somewhere."""
    assert data("scenarios") == Path(__file__).parents[2] / "scenarios"


def test_an_installed_package_brings_its_library(tmp_path, monkeypatch):
    """Where the package carries its data, that is where the library is."""
    carried = tmp_path / "_data" / "scenarios"
    carried.mkdir(parents=True)
    monkeypatch.setattr("sim.scenario.library._PACKAGE", tmp_path)
    assert data("scenarios") == carried


def test_no_name_is_used_twice():
    """A scenario and an area never share a name, and no two share a title."""
    files = list(data("scenarios").glob("**/*.toml"))
    assert len(files) == len(names()) == len({entry.title for entry in entries()})


def test_counterfactuals_exist():
    """A scenario that names one to be compared with names one of the library."""
    assert {load(name).about.counterfactual for name in names()} <= {"", *names()}


def test_an_unknown_name_is_answered_with_the_nearest():
    """A slip of the pen gets a suggestion."""
    with pytest.raises(ScenarioError, match=r"did you mean baseline\?") as caught:
        load("basline")
    assert "basline" in caught.value.problem


@pytest.mark.parametrize("name", ["", "zzzzzz", "no such thing"])
def test_a_name_unlike_any_other_is_answered_with_where_to_look(name):
    """Where nothing is near, the message says how to see the list."""
    with pytest.raises(ScenarioError, match="missing-sim scenarios"):
        load(name)


def test_a_file_without_its_path_is_recognised(write, monkeypatch):
    """A file in this folder that is named without `.toml` or `./` gets the hint to write its path."""
    monkeypatch.chdir(write("x = 1", "mine").parent)
    with pytest.raises(ScenarioError, match=r"\./mine"):
        load("mine")


def test_names_and_paths_are_told_apart(tmp_path):
    """`.toml` or a separator makes a path; the home folder is understood; a path object is always a path."""
    assert find("baseline") == data("scenarios") / "baseline.toml"
    assert find("baseline.toml") == Path("baseline.toml")
    assert find("a/baseline") == Path("a/baseline")
    assert find("baseline.toml", beside=tmp_path) == tmp_path / "baseline.toml"
    assert find(Path("baseline")) == Path("baseline")
    assert find("~/x.toml") == Path.home() / "x.toml"


def test_a_part_stands_on_the_baseline(write):
    """A file that tells only of an area needs no `extends`: loaded alone, it is the baseline in that area."""
    area = write('[about]\ntitle = "Here"\nsummary = ""\nkind = "area"\n')
    assert differences(load("baseline"), load(area)) == []
    assert load(area).about.kind == "area"
