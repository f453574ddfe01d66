"""A choice: what is weighed, which option is best and how surely, what would help most to know, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import sim
from sim.experiment import choice, information
from sim.experiment.choice import choose
from sim.experiment.draws import Draws
from sim.experiment.unknowns import Unknowns
from sim.scenario import load
from sim.scenario.errors import ScenarioError
from tests.experiment.choices import always_best, hangs_on_search, made, posterior_of
from tests.experiment.tiny import TINY


def test_the_unknown_that_the_choice_hangs_on(tmp_path):
    """It is worth the mean of what is saved where it is low: of 1,000 times 0.45 less it, from 0.1 to 0.45 of 0.1 to 0.9."""
    found = made(tmp_path, hangs_on_search, "baseline", "desk-based")
    rows = found.information[found.information["about"] == "unknown"].set_index("name")
    assert rows.index[0] == "world.find_rate"
    rate = np.clip(0.45 - found.unknowns.single["world.find_rate"][:, 0], 0.0, None)
    assert rows["value"].iloc[0] == pytest.approx(1000.0 * rate.mean(), rel=0.1)
    assert list(rows["told"]) == [True, False, False, False]
    assert rows.loc["world.reported_share", "numbers"] == 4
    whole = found.information.iloc[0]
    assert whole["about"] == whole["name"] == "everything"
    assert whole["value"] >= rows["value"].iloc[0]
    options = found.options.set_index("option")
    assert found.best == options.index[0] == "baseline"
    assert options.loc["desk-based", "best"] == pytest.approx(float((rate > 0).mean()), abs=0.06)
    assert tuple(options.loc["baseline", ["rank_low", "rank_high"]]) == (1, 2)


def test_themes_hold_more_than_one_unknown(tmp_path):
    """Search holds the rate and the desk-based share; what stands alone is no theme."""
    found = made(tmp_path, hangs_on_search, "baseline", "no-overnight", "desk-based")
    themes = found.information[found.information["about"] == "theme"].set_index("name")
    assert list(themes.index) == ["search"]
    assert themes.loc["search", "told"]
    assert found.unknowns.of_theme("search") == ["world.find_rate", "practice.desk_based_share"]


def test_an_option_that_is_best_in_every_draw(tmp_path):
    """Nothing is worth knowing."""
    found = made(tmp_path, always_best, "baseline", "desk-based", "no-overnight")
    assert found.options["best"].tolist() == [1.0, 0.0, 0.0]
    assert found.information["value"].max() == 0.0
    assert not found.information["told"].any()


def test_chance_does_not_make_a_part_worth_more_than_the_whole(tmp_path, monkeypatch):
    """Where the best option is the best in every draw, nothing is told of any part, however it comes out by chance."""
    by_chance = information.Worth(10.0, 9.0, 9.0)
    monkeypatch.setattr(choice, "parts", lambda _, columns: dict.fromkeys(columns, by_chance))
    found = made(tmp_path, always_best, "baseline", "desk-based")
    assert by_chance.told
    assert not found.information["told"].any()
    assert found.information["value"].iloc[0] == 0.0


def test_what_is_weighed(tmp_path):
    """Half a child-hour for each officer hour: 3,000 more child-hours against 1,000 fewer officer hours. What is better high counts the other way."""
    found = made(tmp_path, always_best, "baseline", "desk-based", weigh={"W1": 0.5})
    assert found.weights == {"P1": 1.0, "W1": 0.5}
    row = found.options.set_index("option").loc["desk-based"]
    assert (row["estimate"], row["unit"]) == (pytest.approx(2500.0, abs=10.0), "child-hours")
    turned = made(tmp_path, always_best, "baseline", "desk-based", weigh={"W1": 5.0})
    assert turned.best == "desk-based"
    higher = made(tmp_path, lambda name, *_: {"C1": 80.0 if name == "baseline" else 70.0}, "baseline", "desk-based", measure="C1")
    assert higher.best == "baseline"
    assert higher.options["estimate"].tolist() == [0.0, 10.0]


def test_a_draw_without_a_measure_is_left_out(tmp_path):
    """Nothing to measure in one luck of one option: the draw does not count, for any of them."""
    seen = []

    def sometimes(name, unknown, luck):
        seen.append(name)
        return {"P1": float("nan") if len(seen) == 7 else 1.0 + luck}

    assert made(tmp_path, sometimes, "baseline", "desk-based").numbers == [number for number in range(100) if number != 2]


def test_a_run_that_was_stopped(tmp_path):
    """With fewer than 20 draws finished nothing is said of what to learn; with none, nothing at all."""
    few = made(tmp_path, hangs_on_search, "baseline", "desk-based", replications=40, stopped=4)
    assert (len(few.numbers), few.enough) == (18, False)
    assert few.information.empty
    assert len(few.options) == 2
    none = made(tmp_path, hangs_on_search, "baseline", "desk-based", replications=40, stopped=38)
    assert none.numbers == []
    assert none.options.empty
    assert none.over_draws.empty


def test_what_everybody_decides_is_known(tmp_path):
    """The desk-based share is unknown only where an option leaves it as usual and it is not set from outside."""
    both = made(tmp_path, hangs_on_search, "desk-based", "good-practice")
    assert "practice.desk_based_share" not in both.unknowns.single
    held = made(tmp_path, hangs_on_search, "baseline", "no-overnight", overrides={"practice.desk_based_share": 0.35})
    assert "practice.desk_based_share" not in held.unknowns.single
    assert "practice.desk_based_share" in made(tmp_path, hangs_on_search, "baseline", "desk-based").unknowns.single


def test_what_usual_practice_was_judged_to_be_is_known():
    """Where the posterior does not say that a value is drawn, draws have a column that no scenario heeds."""
    usual = {"world.find_rate": load("baseline").world.find_rate}
    draws = Draws(("world.find_rate", "practice.desk_based_share"), np.full((2, 2), 0.5), "", usual=usual)
    assert list(Unknowns.among(draws, [load("baseline"), load("desk-based")], [0, 1]).single) == ["world.find_rate"]


def test_luck_may_hide_that_another_option_is_better_in_some_draws(tmp_path):
    """Nothing is seen of how draws differ: with little luck beside the difference nothing can be hidden, with much it can."""

    def apart(mean):
        return lambda name, _, luck: {"P1": 5000.0 + (mean if name == "desk-based" else 0.0) + 20.0 * luck}

    far, near = (made(tmp_path, apart(mean), "baseline", "desk-based") for mean in (200.0, 13.0))
    assert far.options["best"].tolist() == near.options["best"].tolist() == [1.0, 0.0]
    assert (far.hidden, near.hidden) == (False, True)


def test_what_a_finding_states_is_unknown(tmp_path):
    """Beside a practice, its assumed ranges are drawn, and may be worth knowing."""
    found = made(tmp_path, hangs_on_search, "good-practice", "durham-2020-03")
    assert "practice.overnight_activity as stated" in found.unknowns.single


@pytest.mark.parametrize(
    ("named", "asked", "message"),
    [
        (("baseline",), {}, "nothing to choose"),
        (("durham-2020-03", "met-2016"), {}, "met-2016: is about a published finding, and durham-2020-03 about another"),
        (("baseline", "wales"), {}, "another area"),
        (("baseline", "desk-based"), {"fixed": True}, "--fixed.*nothing to learn"),
        (("baseline", "desk-based"), {"replications": 36}, "--replications: 36 is not allowed.*from 40 to 200,"),
        (("baseline", "desk-based"), {"replications": 42}, "--replications: 42 is not allowed.*a multiple of 4"),
        (("baseline", "desk-based"), {"replications": 204}, "--replications: 204 is not allowed.*from 40 to 200"),
        (("baseline", "desk-based"), {"measure": "P9"}, '"P9" is not a measure'),
        (("baseline", "desk-based"), {"measure": "W1.interviewer"}, "has no better side"),
        (("baseline", "desk-based"), {"weigh": {"W1": -1.0}}, "W1=-1 is not allowed"),
        (("baseline", "desk-based"), {"weigh": {"W1": float("nan")}}, "W1=nan is not allowed"),
        (("baseline", "desk-based"), {"weigh": {"P1": 2.0}}, "what the others are weighed against"),
        (("baseline", "desk-based"), {"weigh": {"W9": 2.0}}, '--weigh.*"W9" is not a measure'),
    ],
)
def test_what_is_refused(tmp_path, named, asked, message):
    """With what is wrong and what is allowed, before anything is simulated."""
    with pytest.raises(ScenarioError, match=message):
        choose(*named, posterior=posterior_of(tmp_path), **asked)


def test_as_many_draws_as_the_posterior_has(tmp_path):
    """No draw is used twice: with 30 there are 60 replications if nobody asks, and with 10 none can be made."""
    assert made(tmp_path, hangs_on_search, "baseline", "desk-based", rows=30).plan.replications == 60
    with pytest.raises(ScenarioError, match="too few draws"):
        made(tmp_path, hangs_on_search, "baseline", "desk-based", rows=10)


def test_it_needs_a_posterior():
    """There is none in the package yet; when there is, this asks for one of its own that is not there."""
    with pytest.raises(ScenarioError, match="posterior"):
        choose("baseline", "desk-based", posterior=Path("nowhere.parquet"))


def test_it_is_kept_and_opened_again(tmp_path):
    """Simulated, small: the same tables from its folder, and it can be repeated."""
    how = {"overrides": TINY, "replications": 40, "engine": "compiled", "workers": 1}
    found = sim.choose("baseline", "desk-based", measure="P1.all", posterior=posterior_of(tmp_path), out=tmp_path / "kept", **how)
    again = sim.reopened(tmp_path / "kept")
    assert isinstance(again, sim.Choice)
    assert again.weights == {"P1.all": 1.0}
    for name, table in found.tables.items():
        assert table.to_csv(index=False) == again.tables[name].to_csv(index=False) == (tmp_path / "kept" / f"{name}.csv").read_text()
    assert len(found.over_draws) == 40
    assert found.figure().layout.title.text


def test_without_scikit_learn_nothing_is_simulated(tmp_path, monkeypatch):
    """What is missing is said, and how it is installed."""

    def missing(name):
        raise ModuleNotFoundError(name=name.split(".")[0])

    monkeypatch.setattr(information, "import_module", missing)
    with pytest.raises(ScenarioError, match=r"needs the package scikit-learn.*pip install -e '\.\[analysis\]'"):
        choose("baseline", "desk-based", posterior=posterior_of(tmp_path))
