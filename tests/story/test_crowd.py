"""A crowd is many pairs, each the twin of its case; the same at any number of workers; its sentences count what its pairs hold."""

from __future__ import annotations

import json

import numpy as np
import pytest

from sim.scenario import ScenarioError
from sim.story.asked import asked
from sim.story.case_type import TYPES
from sim.story.cases import Area
from sim.story.crowd import FEWEST_AREAS, MOST_PER_AREA, Crowd, crowd, crowds, of_area
from sim.story.pair import MEASURES
from sim.story.spread import spread
from sim.story.twin import pair_of
from tests.story.conftest import short, short_asked


@pytest.fixture(scope="module")
def many() -> dict[str, Crowd]:
    """Forty pairs of each type."""
    return crowds(short_asked(), list(TYPES), 40, workers=1)


def test_every_type_has_its_pairs(many):
    """As many as were asked for, no more than MOST_PER_AREA of one area, and not all without a difference."""
    for id, one in many.items():
        assert one.pairs.shape == (40, len(MEASURES), 2)
        assert np.bincount(one.areas).max() <= MOST_PER_AREA
        assert len(set(one.areas)) >= FEWEST_AREAS
        assert "not measured" not in one.text
        assert one.no_difference + one.better + one.worse + one.mixed == pytest.approx(1.0)
        if id != "not-recorded":
            assert one.no_difference < 1.0


@pytest.mark.parametrize("id", TYPES)
def test_a_pair_is_the_twin_of_its_case(id):
    """The shared run, cut short when what is compared is settled, gives what a twin of its own gives that is followed for longer."""
    kind = TYPES[id]
    where = short_asked()
    given = of_area(where, [id], None)[1][id]
    place = Area(where)
    for pair, e in list(zip(given.pairs, given.episodes, strict=True))[:5]:
        case = place.at(kind, e, 0, 1)
        one, two = pair_of(place, case, kind.decision(place.tables["episodes"][e]), None)
        if kind.of_next:
            continue
        for column, c in enumerate((one, two)):
            located = min(float(c.row["located"]), place.asked.ends)
            assert pair[0][column] == pytest.approx(located - c.reported)
            assert pair[1][column] == pytest.approx(min(float(c.row["first_field"]), located, c.reported + 24.0) - c.reported)


def test_the_answer_is_the_same_at_any_number_of_workers(many):
    """To the last pair, also when one type is asked for alone."""
    alone = crowds(short_asked(), ["over-graded"], 40, workers=3)["over-graded"]
    assert alone.pairs.tobytes() == many["over-graded"].pairs.tobytes()
    assert (alone.areas, alone.matched, alone.of) == (many["over-graded"].areas, many["over-graded"].matched, many["over-graded"].of)


def test_both_engines_give_the_same_pairs():
    """One area of SimPy, one compiled."""
    asked_of = [short_asked(engine, warm_up_days=30, window_days=40, run_on_days=40) for engine in ("compiled", "simpy")]
    one, two = (of_area(where, ["over-graded"], None, 2)[1]["over-graded"] for where in asked_of)
    assert one.pairs.tobytes() == two.pairs.tobytes()
    assert one.episodes == two.episodes
    assert len(one.episodes) == 2


def test_a_decision_of_ones_own_is_taken_in_every_pair():
    """Grading all of them high; those that were graded high already are left out."""
    found = crowd("over-graded", short(), pairs=20, decision="grade=no-apparent-risk", workers=1)
    assert found.decision == "grade=no-apparent-risk"
    assert np.all(found.pairs[:, 1, 1] >= found.pairs[:, 1, 0] - 1e-9)
    assert "below" not in [one.measure for one in found.spreads]


def test_what_is_looked_at_changes_the_grade():
    """Where what is held was not used, grading it again with it used ends below what could be known less often, and a grade that is set is not
    compared."""
    found = crowd("information-not-used", short(), pairs=20, workers=1)
    (below,) = (one for one in found.spreads if one.measure == "below")
    assert below.as_happened == 1.0
    assert below.twin < 0.8
    assert found.no_difference > 0.0


def made(pairs: list[tuple[float, float]], place: int = 0) -> Crowd:
    """A crowd whose pairs have these values of one measure and nothing else that differs."""
    values = np.zeros((len(pairs), len(MEASURES), 2))
    values[:, place] = pairs
    return Crowd(TYPES["correctly-low"], short_asked(), "", values, tuple(range(len(pairs))), 7, 100)


def test_shares_are_counted_by_hand():
    """Hours: a quarter of an hour is the least that counts; less is better. Identified: more is better. What police did does not count."""
    hours = made([(5.0, 5.1), (5.0, 4.0), (5.0, 9.0), (3.0, 3.0)])
    assert (hours.no_difference, hours.better, hours.worse) == (0.5, 0.25, 0.25)
    assert "In 2 of 4" in hours.words[0]
    assert hours.words[1].startswith("In 1 something became better and nothing worse; in 1 the other way round; in 0 some of each.")
    identified = made([(0.0, 1.0), (0.0, 0.0)], [one.id for one in MEASURES].index("identified"))
    assert (identified.no_difference, identified.better) == (0.5, 0.5)
    rare = made([(5.0, 5.0)] * 999 + [(5.0, 1.0)])
    assert "99.9%" in rare.text
    assert "0.1%" in rare.text
    assert "1 simulated areas" not in made([(5.0, 5.0)] * 2).text
    assert "hardly hung on this decision" in made([(5.0, 5.0)] * 49 + [(5.0, 1.0)]).words[1]
    assert "hardly hung" not in hours.words[1]
    field = made([(5.0, 1.0), (5.0, 1.0)], 1)
    assert field.no_difference == 1.0
    assert field.spreads[1].better == 1.0


def test_a_spread_by_hand():
    """Mean, shares, bins that hold every pair; the interval is over areas; what is missing is left out and counted."""
    measure = MEASURES[0]
    values = np.array([(5.0, 3.0), (5.0, 5.0), (1.0, 200.0), (np.nan, 1.0)])
    found = spread(measure, values, (0, 0, 1, 1))
    assert found.n == 3
    assert found.mean == pytest.approx((-2.0 + 0.0 + 199.0) / 3.0)
    assert (found.no_difference, found.better, found.worse) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert sum(one.count for one in found.bins) == 3
    assert found.bins[-1].count == 1
    assert found.low < found.mean < found.high
    same = spread(measure, np.ones((6, 2)), (0, 0, 1, 1, 2, 2))
    assert (same.mean, same.low, same.high, same.no_difference) == (0.0, 0.0, 0.0, 1.0)
    harm = made([(0.0, 0.0)] * 40)
    rare = next(one for one in harm.spreads if one.measure == "harm")
    assert (rare.mean, rare.low, rare.high) == (0.0, -0.075, 0.075)
    assert rare.words.endswith("Yes in none of the twins and in none as it happened. Where there is none in 40, the upper 95% limit is about 7.5%.")
    assert "none in 40, upper 95%" in harm.text
    assert "0.0 pp" not in harm.text
    nothing = spread(measure, np.full((2, 2), np.nan), (0, 1))
    assert nothing.as_dict()["mean"] is None


def test_the_interval_covers_a_known_mean():
    """About 95 times in a hundred, with pairs that share a shock by area."""
    luck = np.random.Generator(np.random.Philox(key=[7, 7]))
    covered = 0
    for _ in range(400):
        shock = np.repeat(luck.normal(0.0, 1.0, 30), 8)
        pairs = np.stack([np.zeros(240), 2.0 + shock + luck.normal(0.0, 1.0, 240)], axis=1)
        found = spread(MEASURES[0], pairs, tuple(np.repeat(np.arange(30), 8).tolist()))
        covered += found.low <= 2.0 <= found.high
    assert 0.92 <= covered / 400 <= 0.98


def test_a_crowd_is_plain_json_text_and_figure(many):
    """With the keys that the pages read."""
    one = many["over-graded"]
    content = json.loads(json.dumps(one.as_dict(), allow_nan=False))
    assert {"pairs", "words", "no_difference", "better", "worse", "measures"} <= set(content)
    assert {"label", "unit", "mean", "low", "high", "no_difference", "better", "worse", "bins", "words"} <= set(content["measures"][0])
    assert "40 pairs of over-graded" in one.text
    assert "Simulated data" in one.text
    assert one.figure().layout.title.text
    assert list(one.measures["n"])[2] == 40


@pytest.mark.parametrize("pairs", [0, 19, 100_001])
def test_too_few_or_too_many_pairs_are_an_error(pairs):
    """Before anything is run."""
    with pytest.raises(ScenarioError, match=r"--crowd: .* allowed: 20 to 100,000 pairs"):
        crowds(asked("baseline"), ["over-graded"], pairs)
