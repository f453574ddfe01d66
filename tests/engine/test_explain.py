"""What mypy believes of the rules is what was compiled; and a rule that does not compile is named, with its line and the reason."""

from __future__ import annotations

import pytest
from numba import typeof
from numba.extending import register_jitable

from sim.engine import explain
from sim.engine.compiled import OPTIONS, CompiledArea
from sim.engine.held import Held
from sim.model import clock, happen
from sim.model.rule import RULES
from sim.model.words import Grade
from sim.model.world import Parameters, World
from tests.engine.equality import parameters
from tests.engine.scenarios import LIVELY


@pytest.fixture(scope="module")
def kinds():
    """The compiled types of a world and of parameters."""
    area = CompiledArea(parameters(LIVELY), 1, 0)
    return Held(typeof(area.world)), typeof(area._records)


# rules with mistakes in them


def misspelt(w: World, t: float) -> float:
    """A field that is none."""
    child = w.children[0]
    return child.bron + t


def with_a_list(w: World, t: float) -> float:
    """Rules make no new lists."""
    both = [t, 2.0 * t]
    return both[1]


def no_rule(t: float) -> float:
    return t


def calls_what_is_no_rule(w: World, t: float) -> float:
    """A helper that is not a rule."""
    return no_rule(t) + 1.0


def calls_misspelt(w: World, t: float) -> float:
    """Right by itself."""
    return misspelt(w, t)


def not_a_number_of_grades(p: Parameters, t: float) -> Grade:
    """Not what its annotation says."""
    return p.practice.floor_age  # type: ignore[return-value]


def there(t: float) -> float:
    """Half of a circle."""
    return back(t)


def back(t: float) -> float:
    """The other half."""
    return there(clock.midnight(t))


register_jitable(**OPTIONS)(misspelt)


@pytest.mark.slow
def test_every_rule_compiles_as_annotated(kinds):
    """Each rule of the model, by itself: nothing fails, nothing gives another kind than it says, and nobody calls in a circle."""
    assert len(RULES) > 150
    assert explain.problems(RULES, *kinds, OPTIONS) == []


def test_a_mistake_is_named_where_it_is(kinds):
    """The rules to mend, not those that call them."""
    found = explain.problems([misspelt, calls_misspelt, with_a_list, calls_what_is_no_rule], *kinds, OPTIONS)
    assert [line.split(":")[0] for line in found] == ["test_explain.py"] * 3
    assert "misspelt" in found[0]
    assert "bron" in found[0]
    assert "with_a_list: NRT required but not enabled" in found[1]
    assert "no_rule" in found[2]
    assert all(len(line) < 300 for line in found)


def test_a_rule_that_gives_another_kind_than_it_says_is_named(kinds):
    """A float where a grade was promised would be a wrong number in a record."""
    (line,) = explain.problems([not_a_number_of_grades], *kinds, OPTIONS)
    assert line.endswith("in not_a_number_of_grades: annotated int64, compiled float64")


def test_a_circle_of_calls_is_named(kinds):
    """Rules that must come back do so through the agenda."""
    assert explain.problems([there, back], *kinds, OPTIONS) == ["test_explain.there -> test_explain.back -> test_explain.there"]
    assert explain.circles(RULES) == []


def test_calls_are_found_through_modules():
    """The dispatcher reaches most rules, whichever module they stand in."""
    reached: set = set()
    todo = [happen.happen]
    while todo:
        rule = todo.pop()
        if rule not in reached:
            reached.add(rule)
            todo += explain.called(rule)
    assert len(reached & set(RULES)) > 150
