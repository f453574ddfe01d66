"""`validate`: every figure by replication, held against its band."""

from __future__ import annotations

import math

import pytest

import sim
from sim.calibrate.targets import targets
from sim.calibrate.validation import TIED, Published, Validation
from sim.experiment.plan import Plan
from sim.experiment.reading import WHOLE
from sim.experiment.values import Values
from sim.outcomes.split import Part
from tests.calibrate.studied import studied
from tests.experiment.tiny import tiny

COLUMNS = ["id", "quantity", "unit", "published", "low", "high", "simulated", "simulated_low", "simulated_high", "kind", "use", "inside"]
PLAN = Plan((tiny(),), seed=1, replications=2, engine="simpy", reading=Published())


def found(*changes: dict[str, float]) -> Validation:
    """A replication for each of `changes`: all figures as published, but for those named."""
    values = Values(PLAN)
    for number, change in enumerate(changes):
        figures = {figure.id: change.get(figure.id, figure.published) for figure in targets()}
        tied = dict(zip(TIED, (20.0, 10.0, 50.0, 4.0), strict=True))
        values.fill(0, number, [*(Part(id, WHOLE, WHOLE, value, 1) for id, value in (figures | tied).items()), *studied()])
    return Validation(PLAN, values, True)


@pytest.fixture(scope="module")
def simulated() -> Validation:
    """A tiny area in which harm is frequent, three replications."""
    return sim.validate(tiny(world__harm_per_hour=0.004), replications=3, engine="compiled", workers=1)


def test_the_table_has_a_row_for_each_figure(simulated):
    """In the order of the targets, with band, interval, kind, use and verdict."""
    table = simulated.table
    assert list(table.columns) == COLUMNS
    assert list(table["id"]) == [figure.id for figure in targets()]
    assert set(table["kind"]) == {"emergent", "input"}
    assert list(table["use"]) == [figure.use for figure in targets()]
    for row in table.to_dict("records"):
        assert row["inside"] == (row["low"] <= row["simulated"] <= row["high"])
        if not math.isnan(row["simulated_low"]):
            assert row["simulated_low"] <= row["simulated"] <= row["simulated_high"]


def test_what_is_as_published_is_inside():
    """No misses, and the text says none of so many."""
    perfect = found({}, {})
    assert perfect.table["inside"].all()
    assert perfect.misses == []
    emergent = sum(figure.kind == "emergent" for figure in targets())
    assert f"0 of {emergent} emergent figures outside their band." in perfect.text


def test_a_figure_outside_its_band_is_a_miss():
    """By its mean: outside in one of two replications may be inside on the whole; outside in both is listed, and marked in the text."""
    wide = found({"EP03": 2.79 + 0.5}, {"EP03": 2.79 - 0.5})
    assert wide.misses == []
    missed = found({"EP03": 9.0, "DU12": 0.1}, {"EP03": 9.0, "DU12": 0.2})
    assert missed.misses == ["EP03", "DU12"]
    assert "outside their band: EP03, DU12." in missed.text
    (line,) = (line for line in missed.text.splitlines() if line.startswith("EP03 "))
    assert line.endswith("NO")


def test_an_input_cannot_miss():
    """Where a parameter was set to the figure, seeing it again proves nothing: it is not counted."""
    assert found({"RH03": 99.0}, {"RH03": 99.0}).misses == []


def test_a_figure_that_could_not_be_computed_is_a_miss():
    """Nothing was seen that would put it inside; the table holds no number."""
    nothing = found({"RH04": math.nan}, {"RH04": math.nan})
    assert nothing.misses == ["RH04"]
    assert math.isnan(nothing.table.set_index("id").loc["RH04", "simulated"])


def test_the_identity_holds_in_every_replication(simulated):
    """Share graded high x precision = prevalence x sensitivity, to the last digits that floats give: both count the same episodes."""
    checked = 0
    for high, right, sense, harm in zip(*(simulated.of(name) for name in TIED), strict=True):
        if high and harm:
            assert high * right == pytest.approx(harm * sense, rel=1e-12)
            checked += 1
    assert checked
    assert "share graded high x precision" in simulated.identity


def test_the_identity_is_told_in_numbers():
    """20% x 10% and 4% x 50% are both 2%."""
    assert found({}).identity.startswith(
        "share graded high x precision = 20.00% x 10.00% = 2.000%; prevalence x sensitivity = 4.00% x 50.00% = 2.000%"
    )


def test_validation_and_run_see_the_same_area(simulated):
    """The figures are taken of the same replications as `run` measures: reports per child agree with the episodes kept."""
    episodes = sim.run(tiny(), replications=3, engine="compiled", workers=1, episodes=True).episodes
    for replication, rows in episodes.groupby("replication"):
        assert simulated.of("EP03")[replication] == pytest.approx(len(rows) / rows["child"].nunique())


def test_a_stopped_validation_says_so():
    """It keeps what is finished, and a notice says how many of how many."""

    def press(done: int, asked: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    stopped = sim.validate(tiny(), replications=4, engine="compiled", workers=1, progress=press)
    assert (stopped.replications, stopped.complete) == (1, False)
    assert stopped.notices == ("The run was stopped after 1 of 4 replications: the results are of those.",)


def test_a_loaded_scenario_takes_no_area():
    """Refused, not dropped."""
    with pytest.raises(sim.ScenarioError, match="is loaded already"):
        sim.validate(tiny(), area="london")
