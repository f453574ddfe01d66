"""Small simulated results that the tests of the report share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.experiment.comparison import Result
from sim.experiment.study import compare, run

SMALL = {"run.warm_up_days": 60.0, "run.window_days": 60.0, "run.run_on_days": 30.0, "area.children": [600, 30, 20, 15]}
HOSTILE = "<script>alert('x')</script> \"&amp; =1+1"


@pytest.fixture(scope="session")
def four() -> Result:
    """A baseline and three others, three replications."""
    names = ("over-graded", "durham-2020-03", "durham-2020-05", "good-practice")
    return compare(*names, replications=3, engine="compiled", workers=1, overrides=SMALL)


@pytest.fixture(scope="session")
def two(four: Result) -> Result:
    """Two others of the same runs, the first of them as the baseline."""
    return chosen(four, (1, 3))


@pytest.fixture(scope="session")
def single() -> Result:
    """One scenario alone."""
    return run("baseline", replications=2, engine="compiled", workers=1, overrides=SMALL)


@pytest.fixture(scope="session")
def once(two: Result) -> Result:
    """One replication: nothing has an interval."""
    return replace(two, values=two.values.first(1))


@pytest.fixture(scope="session")
def hostile(two: Result) -> Result:
    """A scenario whose title would run a script if it were not escaped."""
    first, second = two.plan.scenarios
    titled = second.model_copy(update={"about": second.about.model_copy(update={"title": HOSTILE})})
    return replace(two, plan=replace(two.plan, scenarios=(first, titled)), notices=(f"{HOSTILE} differs.",))


def chosen(result: Result, places: tuple[int, ...]) -> Result:
    """The result of a plan with only these of its scenarios."""
    plan = replace(result.plan, scenarios=tuple(result.plan.scenarios[place] for place in places))
    return replace(result, plan=plan, values=result.values.only(places))
