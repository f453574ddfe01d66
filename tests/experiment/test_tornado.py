"""A tornado: paired differences at both ends of each range, their order, and the share that rests on assumptions."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sim
from sim.experiment import tornado as room
from sim.experiment.archive import reopened
from sim.experiment.plan import Plan
from sim.experiment.reading import Only
from sim.experiment.tornado import Tornado, assumed_share, ends, spread
from sim.experiment.values import Values
from sim.outcomes.split import Part
from sim.scenario.variant import variant
from tests.experiment.tiny import tiny

SOURCED, ASSUMED, IDLE = "practice.rhi_offered_share", "practice.desk_based_share", "practice.suspect_share"
MEASURES = ("T2", "P1")


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> Tornado:
    """Four parameters of a tiny place; what people cost changes nothing that is measured here."""
    named = [ASSUMED, SOURCED, "practice.care_child_bias", "resources.desk_cost"]
    how = {"replications": 3, "engine": "compiled", "workers": 1, "out": tmp_path_factory.mktemp("tornado")}
    return sim.sensitivity(tiny(), "tornado", parameters=named, measures=MEASURES, **how)


def by_hand(effects: dict[str, tuple[float, float]], noise: np.ndarray | None = None, replications: int = 4) -> Tornado:
    """A tornado whose values are written down: by parameter the difference at the low and at the high end, and noise, ends x replications."""
    base = tiny()
    chosen = ends(base, room.Factors(tuple(effects), 0))
    plan = Plan((base, *chosen), 1, replications, "simpy", reading=Only(("T2",)))
    values = Values(plan)
    moves = [move for pair in effects.values() for move in pair]
    assert len(moves) == len(chosen)
    noise = np.zeros((len(moves), replications)) if noise is None else noise
    for number in range(replications):
        values.fill(0, number, [Part("T2", "", "", 5.0 + number, 10)])
        for place, move in enumerate(moves):
            values.fill(place + 1, number, [Part("T2", "", "", 5.0 + number + move + noise[place, number], 10)])
    return Tornado(plan, values, True, (), {"over": None, "parameters": list(effects), "choices": 0})


def test_what_has_no_effect_has_exactly_none(found):
    """What people cost is at no end of its range in the measures: 0, without width, and said to be no difference."""
    rows = found.bars[found.bars["parameter"] == "resources.desk_cost"]
    assert len(rows) == 2 * len(MEASURES)
    assert (rows[["estimate", "low", "high", "spread"]] == 0.0).all(axis=None)
    assert rows["simulated"].all()
    assert set(rows["verdict"]) == {"no difference"}


def test_an_end_at_which_the_parameter_stands_is_not_simulated_again(found):
    """Its difference is 0, and the plan has no scenario for it."""
    rows = found.bars[(found.bars["parameter"] == "practice.care_child_bias") & (found.bars["end"] == "low")]
    assert tiny().practice.care_child_bias == 0.0
    assert not rows["simulated"].any()
    assert (rows["estimate"] == 0.0).all()
    assert len(found.plan.scenarios) == 1 + 2 * 4 - 1


def test_differences_are_those_of_a_comparison(found):
    """The same numbers and intervals as `compare` gives for the same two scenarios."""
    other = variant(tiny(), {ASSUMED: 0.9}, "much from the desk")
    compared = sim.compare(tiny(), other, replications=3, engine="compiled", workers=1).differences.set_index("measure")
    for measure in MEASURES:
        row = found.bars[(found.bars["parameter"] == ASSUMED) & (found.bars["end"] == "high") & (found.bars["measure"] == measure)].iloc[0]
        assert tuple(row[["estimate", "low", "high", "verdict"]]) == tuple(compared.loc[measure][["estimate", "low", "high", "verdict"]])


def test_parameters_stand_in_the_order_of_their_spreads(found):
    """Widest first, for each measure by itself; both ends have the rank of the parameter."""
    for measure in MEASURES:
        rows = found.bars[found.bars["measure"] == measure]
        assert list(rows["spread"]) == sorted(rows["spread"], reverse=True)
        assert list(rows["rank"]) == [1, 1, 2, 2, 3, 3, 4, 4]
        assert list(rows["end"]) == ["low", "high"] * 4


def test_the_folder_holds_what_the_findings_say(found):
    """Tables as files, and the same findings when it is opened again."""
    written = pd.read_csv(found.folder / "tornado.csv")
    np.testing.assert_allclose(written["estimate"], found.bars["estimate"], rtol=1e-12)
    again = reopened(found.folder)
    assert type(again) is Tornado
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)


@pytest.mark.parametrize(("low", "high", "expected"), [(-1.0, 2.0, 3.0), (1.0, 3.0, 3.0), (-2.0, -1.0, 2.0), (0.0, 0.0, 0.0)])
def test_the_spread_counts_the_scenario_as_it_is(low, high, expected):
    """From the lowest to the highest of low end, as it is, and high end."""
    assert spread(low, high) == expected
    assert np.isnan(spread(np.nan, high))


def test_the_share_is_that_of_the_variances():
    """Over -1, 0, 1 without a source and -2, 0, 2 with one: 2/3 of 10/3."""
    share = assumed_share(by_hand({ASSUMED: (-1.0, 1.0), SOURCED: (-2.0, 2.0)}), "T2")
    assert share[:5] == pytest.approx((0.2, 0.2, 0.2, 4, 0))


def test_a_share_of_nothing_is_no_number():
    """Where no parameter moves the measure."""
    share = assumed_share(by_hand({ASSUMED: (0.0, 0.0), SOURCED: (0.0, 0.0)}), "T2")
    assert np.isnan(share.estimate)


def test_noise_is_not_counted_as_effect():
    """A parameter that does nothing but is noisy adds nothing on average: the share stays near that of the true effects."""
    random, shares, plain = np.random.default_rng(3), [], []
    for _ in range(60):
        noise = np.zeros((4, 10))
        noise[:2] = random.normal(0.0, 3.0, (2, 10))
        found = by_hand({IDLE: (0.0, 0.0), SOURCED: (-1.0, 1.0)}, noise, replications=10)
        shares.append(assumed_share(found, "T2").estimate)
        spreads = found.bars.groupby("parameter")["spread"].first()
        plain.append(spreads[IDLE] ** 2 / (spreads**2).sum())
    assert np.nanmedian(shares) < 0.15  # once the noise hides everything: nan
    assert np.median(plain) > 0.2


def test_noise_adds_nothing_on_average():
    """Of ends that differ from the scenario as it is by luck alone, the estimated squares have the mean 0, within three standard errors."""
    found = []
    for low, high, base in np.random.default_rng(5).normal(size=(4_000, 3, 10)):
        apart = room._apart(low - base, high - base)
        found.append(room._square(apart.sum(axis=-1), (apart**2).sum(axis=-1), 10).sum())
    assert abs(np.mean(found)) < 3 * np.std(found) / np.sqrt(len(found))


def test_the_interval_of_the_share_covers_the_true_share():
    """About as often as it says, for effects that noise does not hide; the true share is 0.5."""
    random, covered = np.random.default_rng(4), 0
    for _ in range(100):
        noise = random.normal(0.0, 0.6, (4, 12))
        share = assumed_share(by_hand({ASSUMED: (-1.0, 1.0), SOURCED: (-1.0, 1.0)}, noise, replications=12), "T2")
        covered += share.low <= 0.5 <= share.high
    assert 88 <= covered <= 100


def test_one_replication_has_a_share_without_an_interval():
    """As it has differences without intervals."""
    share = assumed_share(by_hand({ASSUMED: (-1.0, 1.0), SOURCED: (-1.0, 1.0)}, replications=1), "T2")
    assert share.estimate == pytest.approx(0.5)
    assert np.isnan(share.low)
