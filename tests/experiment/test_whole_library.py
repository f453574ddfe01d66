"""The whole library compared at once: every file of it, areas too, each beside the baseline, and those of another area warmed up by themselves."""

from __future__ import annotations

import pytest

import sim
from sim.outcomes.catalogue import MEASURES
from sim.report import text
from sim.scenario import load, names
from tests.experiment.tiny import TINY

SHORT = {key: value for key, value in TINY.items() if key != "area.other_families_per_year"} | {
    "run.warm_up_days": 10.0,
    "run.window_days": 15.0,
    "run.run_on_days": 5.0,
}


@pytest.fixture(scope="module")
def library() -> sim.Result:
    """Every file of the library in a tiny place, the areas with their other families."""
    others = [load(name, SHORT) for name in names() if name != "baseline"]
    return sim.compare(load("baseline", SHORT), *others, replications=2, engine="compiled", workers=1)


def test_every_scenario_is_compared(library):
    """Each with every measure, paired with the baseline."""
    assert sorted(library.names) == sorted(names())
    assert library.complete
    assert len(library.differences) == (len(names()) - 1) * len(MEASURES)


def test_another_nation_and_other_areas_are_warmed_up_by_themselves(library):
    """And that is told of each, and of no other."""
    apart = [scenario.name for scenario in library.plan.scenarios if not library.plan.shares_warm_up(scenario)]
    assert apart == ["wales", "london", "small-force"]
    assert [notice.split(" and ")[1].split(" ")[0] for notice in library.notices] == apart


def test_what_is_the_same_in_effect_differs_in_nothing(library):
    """The county is the baseline's own area: every difference is exactly 0, or there was nothing to measure."""
    county = library.differences[library.differences["scenario"] == "county"]
    assert set(county["estimate"].dropna()) == {0.0}


def test_a_terminal_shows_all(library):
    """A block for each, within 100 columns."""
    told = text(library)
    assert max(map(len, told.splitlines())) <= 100
    for scenario in library.plan.scenarios[1:]:
        assert f"({scenario.name})" in told.replace("\n", " ")
