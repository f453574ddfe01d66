"""A scenario that breaks a rule is refused with file, line, key, what was given and what is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sim.scenario import ScenarioError, json_schema, load, values
from sim.scenario.limits import keys, node

START = 'extends = "baseline"\n'


def first_key(section: str, **wanted: Any) -> str:
    """The first key of `section` whose schema has these entries."""
    return next(_keys(section, wanted))


def _keys(section: str, wanted: dict[str, Any]) -> Iterator[str]:
    schema = json_schema()
    for key in keys(schema, (section,)):
        if wanted.items() <= node(schema, tuple(key.split("."))).items():
            yield key


def first_list(section: str) -> tuple[str, tuple[float, ...]]:
    """The first list in `section`, and its value in the baseline."""
    return next((key, value) for key, value in values(load("baseline")).items() if key.startswith(f"{section}.") and isinstance(value, tuple))


def set_to(key: str, value: str) -> str:
    return f"{START}{key} = {value}\n"


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("1.01", "1.01 is above 1"),
        ("-0.2", "-0.2 is below 0"),
        ("-1", "-1 is below 0"),
        ('"many"', '"many" is text'),
        ("true", "true is a switch"),
        ("[0.1, 0.2]", "[0.1, 0.2] is a list"),
        ("{ a = 1 }", "a table stands where a value belongs"),
        ("1979-05-27", "1979-05-27 is not a number or a word"),
        ("1" + "0" * 400, "a number of more than 30 digits is beyond what a computer counts in"),
    ],
)
def test_a_share_lies_from_0_to_1(refused, value, problem):
    """Every kind of value that is not a share is refused where it stands, with what a share may be."""
    error = refused(f"{START}[practice]\n# a remark\ndesk_based_share = {value}\n")
    assert (error.line, error.key, error.problem) == (4, "practice.desk_based_share", problem)
    assert error.allowed == "allowed: a number from 0 to 1"
    assert str(error) == f"{error.path}:4: practice.desk_based_share: {problem}; allowed: a number from 0 to 1"


@pytest.mark.parametrize("value", ["0", "1", "0.0", "1.0", "0.5"])
def test_both_ends_of_a_share_are_allowed(write, value):
    """0 and 1 are shares, written as whole numbers or not."""
    assert load(write(f"{START}[practice]\ndesk_based_share = {value}\n")).practice.desk_based_share == float(value)


def test_an_unknown_key_is_answered_with_the_nearest(refused):
    """A slip in a key gets the key that was meant."""
    error = refused(f"{START}[practice]\ndesk_base_share = 0.1\n")
    assert (error.line, error.key, error.problem) == (3, "practice.desk_base_share", "unknown key")
    assert error.allowed == "did you mean practice.desk_based_share?"


@pytest.mark.parametrize("place", ["desk_based_share = 0.1", "[world]\ndesk_based_share = 0.1", "[resources]\ndesk_base_share = 0.1"])
def test_a_key_in_the_wrong_table_is_answered_with_the_right_one(refused, place):
    """A key that belongs to another table, even misspelt, is answered with its full path."""
    assert refused(f"{START}{place}\n").allowed.startswith("did you mean practice.desk_based_share")


def test_an_unknown_table_is_answered_with_the_nearest(refused):
    """A slip in the name of a table is caught too."""
    assert refused(f"{START}[practise]\ndesk_based_share = 0.1\n").allowed == "did you mean practice?"


def test_a_key_like_no_other_is_answered_with_those_allowed(refused):
    """Where nothing is near, the keys of the table are listed."""
    error = refused(f"{START}[practice]\nzzzz = 0.1\n")
    assert error.allowed.startswith("allowed in [practice]: ")
    assert "overnight_activity" in error.allowed


def test_the_name_of_a_scenario_is_that_of_its_file(refused):
    """A file does not name itself a second time."""
    assert "that of its file" in refused(f'name = "other"\n{START}').allowed


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("my practice v1.2.toml", "my practice v1.2"),
        ("=1+1.toml", "1-1"),
        (" -2+3.toml", "2-3"),
        ("@SUM(A1).toml", "SUM-A1"),
        ("\uff1d1|calc.toml", "1-calc"),
        ("\t\n+.toml", "scenario"),
    ],
)
def test_no_spreadsheet_takes_a_name_for_a_formula(write, file, name):
    """The name goes into tables as it is, so a file that is called like a formula gives its letters and digits only."""
    assert load(write(START, file)).name == name


def test_a_table_cannot_be_a_value(refused):
    """A value where a table belongs is refused, with the heading that was meant."""
    error = refused(f"practice = 3\n{START}")
    assert (error.line, error.key) == (1, "practice")
    assert "[practice]" in error.allowed


def test_negative_capacity_is_refused(refused):
    """Nobody can have fewer than no staff on duty."""
    error = refused(f"{START}[resources]\ndesk_staff = [3, -1, 2]\ninterviewers = -2\n")
    assert [(problem.line, problem.key, problem.problem) for problem in error.problems] == [
        (3, "resources.desk_staff", "item 2: -1 is below 0"),
        (4, "resources.interviewers", "-2 is below 0"),
    ]
    assert "from 0" in error.allowed


@pytest.mark.parametrize("change", [-1, 1])
def test_a_list_has_its_length(refused, change):
    """A list that is too short or too long is refused with the length it has and the length it needs."""
    key, good = first_list("world")
    error = refused(set_to(key, str([*good, 1.0][: len(good) + change])))
    assert (error.line, error.key, error.problem) == (2, key, f"this is a list of {len(good) + change}")
    assert f"a list of {len(good)} " in error.allowed


def test_whole_numbers_are_whole(refused):
    """A fraction is refused where people or runs are counted."""
    key = first_key("run", type="integer")
    error = refused(set_to(key, "2.5"))
    assert error.problem == "2.5 is not written as a whole number"
    assert "a whole number" in error.allowed


def test_a_rule_between_keys_is_told_plainly(refused):
    """Two shares that together exceed 1 are refused at the one that was set last, without the checker's jargon."""
    error = refused(f"{START}[practice]\ndesk_based_share = 0.5\nunder_graded_share = 0.7\nover_graded_share = 0.7\n")
    assert error.line in (4, 5)
    assert error.key == "practice.under_graded_share and practice.over_graded_share"
    assert error.problem == "their sum must be at most 1"


def test_a_rule_between_keys_is_told_where_one_of_them_was_set(write):
    """When the parent set one share and the child the other, the child's line is the one to look at."""
    write(f"{START}[practice]\nover_graded_share = 0.7\n", "parent.toml")
    with pytest.raises(ScenarioError) as caught:
        load(write('extends = "parent.toml"\n\n[practice]\ndesk_based_share = 0.5\nunder_graded_share = 0.7\n'))
    assert (caught.value.path.endswith("mine.toml"), caught.value.line) == (True, 5)


def test_hours_in_the_wrong_order_are_refused(refused):
    """An office that closes before it opens is a broken rule, told at the line that broke it."""
    error = refused(f"{START}[resources]\nmash_opens = 18\nmash_closes = 9\n")
    assert (error.line, error.key, error.problem) == (3, "resources.mash_opens", "must be before resources.mash_closes")


def test_an_area_without_children_is_refused(refused):
    """Nothing can be simulated where no child may go missing."""
    error = refused(f"{START}[area]\nchildren = [0, 0, 0, 0]\n")
    assert (error.line, error.key, error.problem) == (3, "area.children", "an area needs at least one child who may go missing")


def test_shares_of_a_whole_sum_to_1(refused):
    """Shares that leave something out are refused with what they sum to."""
    error = refused(f"{START}[world]\nreason_mix = [0.2, 0.2, 0.2]\n")
    assert (error.line, error.key, error.problem) == (3, "world.reason_mix", "the shares must sum to 1, these sum to 0.6")


@pytest.mark.parametrize("value", ['"scotland"', "3", "true"])
def test_a_word_is_one_of_those_allowed(refused, value):
    """The nation is a word of the list, and the list is told."""
    error = refused(f"{START}[area]\nnation = {value}\n")
    assert (error.line, error.key, error.problem) == (3, "area.nation", f"{value} is not allowed")
    assert "england, wales" in error.allowed


def test_missing_keys_are_named(refused):
    """A file that extends nothing is told what it lacks, and how to get it."""
    text = str(refused('[practice]\ndesk_based_share = 0.1\n[about]\ntitle = "A"\nkind = "practice"\n'))
    assert "about.summary: missing; allowed: words in quotes" in text
    assert "practice: " in text
    assert "keys are missing" in text
    assert "area, world, resources, run" in text
    assert 'extends = "baseline"' in text


def test_the_kind_of_a_scenario_is_one_of_a_few(refused):
    """A kind that does not exist is answered with those that do."""
    error = refused(f'{START}[about]\ntitle = "A"\nsummary = ""\nkind = "idea"\n')
    assert (error.line, error.key) == (5, "about.kind")
    assert '"practice", "finding"' in error.allowed


def test_all_problems_are_told_at_once_in_the_order_of_the_file(refused):
    """One error tells everything that is wrong, one problem a line, from the top of the file down."""
    error = refused(f"{START}[practice]\novernight_activity = 2\ndesk_based_share = -1\n[world]\nnothing = 1\n")
    assert [problem.line for problem in error.problems] == [3, 4, 6]
    assert len(str(error).splitlines()) == 3


def test_the_file_named_is_the_one_that_set_the_key(write):
    """A parent's fault is reported in the parent; if the child sets the key too, in the child; and not at all if the child puts it right."""
    parent = write(f"{START}\n\n[practice]\ndesk_based_share = 1.4\n", "parent.toml")
    for text, path, line in [("", parent, 5), ("\n[practice]\ndesk_based_share = 1.5", "child.toml", 3)]:
        with pytest.raises(ScenarioError) as caught:
            load(write(f'extends = "parent.toml"{text}', "child.toml"))
        assert (caught.value.path.endswith(str(path)), caught.value.line) == (True, line)
    assert load(write('extends = "parent.toml"\n[practice]\ndesk_based_share = 0.5', "child.toml"))


@pytest.mark.parametrize("written", ["practice.desk_based_share = 2", "practice = { desk_based_share = 2 }", "[practice]\n'desk_based_share' = 2"])
def test_the_line_is_found_however_the_key_is_written(refused, written):
    """Dotted keys, inline tables and quoted keys are located like any other."""
    assert refused(f"{START}{written}\n").line == 2 + written.count("\n")


def test_words_are_not_inherited(write):
    """Title and finding belong to the file that states them: a file without `[about]` is known by its name."""
    words = 'title = "Parent"\nsummary = ""\nkind = "finding"\nfinding = "Too often desk-based."\nevidence = ["E1", "E2"]\n'
    parent = load(write(f"{START}[about]\n{words}", "parent.toml"))
    child = load(write('extends = "parent.toml"', "child.toml"))
    assert (parent.about.finding, parent.about.evidence) == ("Too often desk-based.", ("E1", "E2"))
    assert (child.name, child.about.title, child.about.finding) == ("child", "child", "")


def test_overrides_are_laid_over_all():
    """A dotted key with a value changes that key, and nothing else."""
    changed = load("baseline", overrides={"practice.desk_based_share": 0.123})
    before, after = values(load("baseline")), values(changed)
    assert after.pop("practice.desk_based_share") == 0.123
    before.pop("practice.desk_based_share")
    assert before == after


def test_overrides_may_be_numbers_of_numpy():
    """A sweep hands over what its grid holds; whole numbers stay whole."""
    import numpy as np

    key = first_key("run", type="integer")
    scenario = load("baseline", {key: np.int64(7), "practice.desk_based_share": np.float64(0.5)})
    assert (values(scenario)[key], scenario.practice.desk_based_share) == (7, 0.5)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("practice.desk_based_share", 1.4, "override: practice.desk_based_share: 1.4 is above 1; allowed: a number from 0 to 1"),
        ("practice.desk_based_share", float("nan"), "override: practice.desk_based_share: nan is not a usable number; allowed: a number from 0 to 1"),
        ("practice.desk_base_share", 0.4, "override: practice.desk_base_share: unknown key; did you mean practice.desk_based_share?"),
        ("desk_based_share", 0.4, "override: desk_based_share: unknown key; did you mean practice.desk_based_share?"),
        ("overnight", 0.4, "override: overnight: unknown key; did you mean practice.overnight_activity or "),
        ("practice.review", 0.4, "override: practice.review: unknown key; did you mean practice.review_hours or practice.review_"),
        ("extends", "baseline", "override: extends: unknown key"),
        ("practice.desk_based_share.x", 1, "override: practice.desk_based_share.x: unknown key"),
        ("practice", 3, "override: practice: 3 stands where a table belongs; allowed: a table [practice]"),
        ("", 3, "override: unknown key"),
    ],
)
def test_wrong_overrides_are_refused(key, value, message):
    """An override is checked like a file, and named as an override."""
    with pytest.raises(ScenarioError) as caught:
        load("baseline", {key: value})
    assert str(caught.value).startswith(message)


def test_a_scenario_can_be_moved_to_another_area(write):
    """An area file is laid over a scenario last: its area and resources count, the scenario's practice and words stay."""
    key = first_key("area", type="number")
    low = node(json_schema(), tuple(key.split("."))).get("minimum", 0.5)
    about = '[about]\ntitle = "There"\nsummary = ""\nkind = "area"\n'
    area = write(f"{START}{key} = {low}\n{about}", "there.toml")
    own = write(f"{START}{key} = 0.75\n[practice]\ndesk_based_share = 0.11\n", "mine.toml")
    moved = load(own, area=area)
    assert values(moved)[key] == low
    assert moved.practice.desk_based_share == 0.11
    assert (moved.name, moved.about.title) == ("mine", "mine")


def test_an_area_counts_last_even_if_the_scenario_extends_it(write):
    """Asking for an area again puts it back over what the scenario changed in it."""
    key = first_key("area", type="number")
    low = node(json_schema(), tuple(key.split("."))).get("minimum", 0.5)
    write(f'{key} = {low}\n[about]\ntitle = "There"\nsummary = ""\nkind = "area"\n', "there.toml")
    own = write(f'extends = ["baseline", "there.toml"]\n{key} = 0.75\n', "mine.toml")
    assert values(load(own))[key] == 0.75
    assert values(load(own, area=own.parent / "there.toml"))[key] == low


def test_a_practice_is_not_an_area():
    """A scenario that is no area cannot be used as one, so that a practice never changes unseen."""
    with pytest.raises(ScenarioError, match="is not an area"):
        load("baseline", area="baseline")


def test_a_scenario_cannot_be_changed():
    """What has been checked stays as it was."""
    with pytest.raises(ValueError, match="frozen"):
        load("baseline").practice.desk_based_share = 0.5
