"""What is not known is drawn: in every replication the same values in all scenarios, but for what a scenario decides."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.experiment import draws as of_draws
from sim.experiment import identity
from sim.experiment.archive import reopened, repeat
from sim.experiment.comparison import Result
from sim.experiment.draws import Draws, draw_of, turn_of
from sim.experiment.plan import Plan
from sim.experiment.study import carried_out
from sim.scenario.difference import values
from sim.scenario.variant import variant
from tests.experiment.tiny import all_alike, of, tiny

FIND, DESK = "world.find_rate", "practice.desk_based_share"
USUAL = values(tiny())


def some(names: tuple[str, ...] = (FIND, DESK), count: int = 20, **kept: object) -> Draws:
    """Draws of a few values, spread evenly between 0.1 and 0.4."""
    rows = np.linspace(0.1, 0.4, count * len(names)).reshape(count, len(names))
    return Draws(names, rows, "a posterior by hand", usual={name.split("[")[0]: USUAL[name.split("[")[0]] for name in names}, **kept)  # type: ignore[arg-type]


def plan(*scenarios: object, draws: Draws | None, replications: int = 4) -> Plan:
    return Plan(scenarios, seed=7, replications=replications, engine="compiled", draws=draws)  # type: ignore[arg-type]


def test_four_replications_share_two_draws() -> None:
    """So two replications have two draws, and from the third on some draw has two lucks."""
    assert [draw_of(number) for number in range(10)] == [0, 1, 0, 1, 2, 3, 2, 3, 4, 5]


@pytest.mark.parametrize("first", [0, 10, 30])
def test_threads_are_seldom_at_the_same_draw(first: int) -> None:
    """Of ten replications that are simulated one after another, each once, and no draw twice within four turns: as many threads are at others."""
    order = sorted(range(first, first + 10), key=turn_of)
    assert sorted(order) == list(range(first, first + 10))
    drawn = [draw_of(number) for number in order]
    assert all(len(set(drawn[place : place + 4])) == 4 for place in range(7))


def test_what_a_scenario_leaves_as_usual_is_drawn_and_what_it_decides_stays() -> None:
    """The desk-based scenario sets the share of searches from a desk; how well a search finds is not its to say."""
    found = values(some().applied(tiny("desk-based"), 1))
    assert found[FIND] == some().rows[1, 0]
    assert found[DESK] == values(tiny("desk-based"))[DESK] != some().rows[1, 1]


def test_what_is_held_stays() -> None:
    """A value set from outside is decided even if it is the usual one."""
    held = some().among([tiny()], held=[DESK])
    assert values(held.applied(tiny(), 0))[DESK] == USUAL[DESK]


def test_an_element_of_a_list_is_drawn_by_itself() -> None:
    """The others stay."""
    name = "world.leaving_per_year[2]"
    found = values(some((name,)).applied(tiny(), 0))["world.leaving_per_year"]
    usual = USUAL["world.leaving_per_year"]
    assert isinstance(found, tuple)
    assert isinstance(usual, tuple)
    assert found == (*usual[:2], 0.1, usual[3])


def test_a_finding_carries_the_range_that_it_states() -> None:
    """What a finding assumes is drawn between its ends, and spreads over much of them."""
    durham = tiny("durham-2020-03")
    chosen = some().among([tiny(), durham])
    night = [values(chosen.applied(durham, number))["practice.overnight_activity"] for number in range(0, 160, 2)]
    assert 0.1 <= min(night) < 0.14 < 0.31 < max(night) <= 0.35  # type: ignore[type-var]
    assert {values(chosen.applied(durham, number))["practice.under_graded_steps"] for number in range(40)} == {1, 2}
    assert values(chosen.applied(tiny(), 0))["practice.overnight_activity"] == USUAL["practice.overnight_activity"]


def test_a_variant_of_a_finding_lends_no_value_to_its_range() -> None:
    """What an explanation puts right in a finding has the value of the other scenario, and that stays what it is there."""
    durham = tiny("durham-2020-03")
    path = "practice.case_recorded_share"
    right = variant(durham, {path: USUAL[path]}, "durham put right")
    chosen = some().among([durham, right, tiny()])
    assert values(chosen.applied(right, 0))[path] == values(chosen.applied(tiny(), 0))[path] == USUAL[path]
    assert values(chosen.applied(durham, 0))[path] != values(durham)[path]


def test_every_scenario_of_a_replication_has_the_same_draw() -> None:
    """A scenario beside its own twin differs in nothing, in any replication."""
    twin = tiny(called="twin")
    found = carried_out(Result, plan(tiny(), twin, draws=some()), {"workers": 1})
    assert all_alike(of(found, "baseline"), of(found, "twin"))
    assert (found.differences["estimate"].dropna() == 0).all()


def test_draws_change_what_is_simulated() -> None:
    """With values that differ widely the hours differ between replications of two draws, and a world without draws is another."""
    low = variant(tiny(), {FIND: 0.05}, "baseline")
    drawn = carried_out(Result, plan(tiny(), draws=some((FIND,))), {"workers": 1}).of("baseline", "P1")
    fixed = carried_out(Result, plan(tiny(), draws=None), {"workers": 1}).of("baseline", "P1")
    other = carried_out(Result, plan(low, draws=some((FIND,))), {"workers": 1}).of("baseline", "P1")
    assert drawn != fixed
    assert other != drawn  # decided: not the usual value, so it stays


def test_a_sample_has_a_draw_for_each_replication() -> None:
    """Replication 3 has row 3, as a sample that is to be fitted to needs it."""
    sample = dataclasses.replace(some(), once=True)
    assert [values(sample.applied(tiny(), number))[FIND] for number in range(4)] == list(sample.rows[:4, 0])


def test_an_experiment_is_another_with_other_draws() -> None:
    """Rows, names, what is held and what stands for a range: each is part of what an experiment is known by."""
    base = some()
    others = [
        base,
        dataclasses.replace(base, rows=base.rows + 1e-12),
        base.among([tiny()], held=[DESK]),
        base.among([tiny("durham-2020-03")]),
        dataclasses.replace(base, once=True),
    ]
    assert len({identity.of(plan(tiny(), draws=one)) for one in [None, *others]}) == 6


def test_worker_processes_and_threads_give_the_same(tmp_path: Path) -> None:
    """A worker is sent the one draw that it needs: threads of the compiled engine, processes of SimPy."""
    asked = plan(tiny(), tiny("durham-2020-03"), draws=some().among([tiny(), tiny("durham-2020-03")]))
    alone = carried_out(Result, asked, {"workers": 1})
    for engine in ("compiled", "simpy"):
        together = carried_out(Result, replace(asked, engine=engine), {"workers": 2})
        assert alone.measures.equals(together.measures)


def test_a_kept_experiment_holds_its_draws(tmp_path: Path) -> None:
    """It is opened and repeated with the draws it was made with, whatever posterior there is by then."""
    asked = plan(tiny(), tiny("durham-2020-03"), draws=some().among([tiny(), tiny("durham-2020-03")], held=[DESK]))
    found = carried_out(Result, asked, {"workers": 1, "out": tmp_path / "kept"})
    again = reopened(tmp_path / "kept")
    assert again.plan.draws is not None
    assert again.plan.draws.digest == asked.draws.digest  # type: ignore[union-attr]
    assert again.tables["differences"].equals(found.differences)
    repeated = repeat(tmp_path / "kept", {"workers": 1, "out": tmp_path / "again"})
    assert repeated.tables["differences"].equals(found.differences)


def test_a_damaged_file_of_draws_is_noticed(tmp_path: Path) -> None:
    """It is not taken for what was written."""
    from sim.scenario.errors import ScenarioError

    carried_out(Result, plan(tiny(), draws=some()), {"workers": 1, "out": tmp_path / "kept"})
    of_draws.keep(some(count=21), tmp_path / "kept" / "draws.parquet")
    with pytest.raises(ScenarioError, match=r"draws\.parquet is not what was written"):
        reopened(tmp_path / "kept")


def test_the_tables_say_what_an_interval_is_made_of() -> None:
    """The squares of the two half-widths sum to that of the whole, where the two can be told apart."""
    found = carried_out(Result, plan(tiny(), tiny("good-practice"), draws=some(), replications=8), {"workers": 1}).differences
    told = found[found["luck"].notna()]
    assert 0 < len(told) < len(found)
    assert (told["luck"] ** 2 + told["unknown"] ** 2).to_numpy() == pytest.approx(((0.5 * (told["high"] - told["low"])) ** 2).to_numpy())
    assert "luck" not in carried_out(Result, plan(tiny(), draws=None), {"workers": 1}).measures
