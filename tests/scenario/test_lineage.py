"""A scenario is laid over its parents: each once, later ones over earlier ones, and a circle is an error."""

from __future__ import annotations

import pytest

from sim.scenario import ScenarioError, load

DESK = "[practice]\ndesk_based_share = "
NIGHT = "[practice]\novernight_activity = "


def refusal(path) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        load(path)
    return caught.value


def test_a_child_has_its_own_values_and_its_parents_others(write):
    """What a file sets is its own; all else is its parent's."""
    child, parent = load(write(f'extends = "baseline"\n{DESK}0.123')), load("baseline")
    assert child.practice.desk_based_share == 0.123
    assert child.practice.overnight_activity == parent.practice.overnight_activity
    assert child.world == parent.world


def test_of_several_parents_the_later_wins_key_by_key(write):
    """Two parents that set the same key: the later counts, and keys that only the earlier sets remain."""
    write(f'extends = "baseline"\n{DESK}0.11\novernight_activity = 0.22', "one.toml")
    write(f'extends = "baseline"\n{DESK}0.33', "two.toml")
    practice = load(write('extends = ["one.toml", "two.toml"]')).practice
    assert (practice.desk_based_share, practice.overnight_activity) == (0.33, 0.22)


def test_a_shared_grandparent_does_not_undo_the_first_parent(write):
    """The second parent's own baseline is not laid over what the first parent changed."""
    write(f'extends = "baseline"\n{DESK}0.11', "one.toml")
    write(f'extends = "baseline"\n{NIGHT}0.22', "two.toml")
    for order in ('["one.toml", "two.toml"]', '["two.toml", "one.toml"]', '["baseline", "one.toml", "./two.toml"]'):
        practice = load(write(f"extends = {order}")).practice
        assert (practice.desk_based_share, practice.overnight_activity) == (0.11, 0.22)


def test_relative_parents_are_found_beside_the_child_and_not_where_the_command_is_given(write, tmp_path, monkeypatch):
    """A path in `extends` starts at the folder of the file that holds it."""
    write(f'extends = "../top.toml"\n{DESK}0.11', "deep/one.toml")
    write(f'extends = "baseline"\n{NIGHT}0.22', "top.toml")
    child = write('extends = "deep/one.toml"')
    monkeypatch.chdir("/")
    assert load(child).practice.overnight_activity == 0.22


def test_lists_are_replaced_whole(write):
    """A list is one value: the child's list stands in place of its parent's, and is never mixed with it."""
    name, value = next((name, value) for name, value in load("baseline").world.model_dump().items() if isinstance(value, tuple) and len(value) > 3)
    changed = load(write(f'extends = "baseline"\n[world]\n{name} = {[0.5] * len(value)}'))
    assert getattr(changed.world, name) == (0.5,) * len(value)


def test_a_circle_of_parents_is_told_as_a_chain(write):
    """A file that is its own grandparent is refused, with every file of the circle in order."""
    write('extends = "three.toml"', "two.toml")
    write('# a remark\nextends = ["baseline", "one.toml"]', "three.toml")
    error = refusal(write('extends = "two.toml"', "one.toml"))
    assert "one.toml extends two.toml extends three.toml extends one.toml" in error.problem
    assert (error.path.endswith("three.toml"), error.line, error.key) == (True, 2, "extends")


def test_a_file_may_not_extend_itself(write):
    """The shortest circle is a circle too, however its path is written."""
    assert "mine.toml extends mine.toml" in refusal(write('extends = "../{}/mine.toml"'.format(write("").parent.name))).problem


def test_a_missing_parent_is_told_with_the_nearest_name(write):
    """A library name that does not exist is reported where it is written, with the nearest that does."""
    error = refusal(write('\nextends = "baselin"'))
    assert (error.line, error.key) == (2, "extends")
    assert "baselin" in error.problem
    assert "baseline" in error.allowed


def test_a_missing_grandparent_is_told_with_the_chain(write):
    """When the fault lies in a parent, the message says how one came there."""
    write('extends = "none.toml"', "two.toml")
    error = refusal(write('extends = "two.toml"', "one.toml"))
    assert error.path.endswith("two.toml")
    assert "none.toml" in error.problem
    assert "one.toml extends two.toml" in error.problem


def test_a_broken_parent_is_named_itself(write):
    """A parent that is not TOML is the file the message names."""
    write("[practice", "two.toml")
    assert refusal(write('extends = "two.toml"', "one.toml")).path.endswith("two.toml")


@pytest.mark.parametrize("value", ["3", "[3]", '""', "[true]", "{ a = 1 }"])
def test_extends_takes_names_only(write, value):
    """Anything but a name or a list of names is refused on its line."""
    error = refusal(write(f"extends = {value}"))
    assert (error.line, error.key) == (1, "extends")


def test_an_endless_line_of_parents_is_refused(write):
    """A hundred generations are a mistake, and are refused before they cost anything."""
    for generation in range(100):
        write(f'extends = "g{generation + 1}.toml"', f"g{generation}.toml")
    assert "too many generations" in refusal(write('extends = "g0.toml"')).problem
