"""Sensitivity analyses in words, on a terminal and drawn: what is said is what was found, and no label lies on another."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.experiment.factors import LUCK
from sim.experiment.morris import Morris
from sim.experiment.sobol import Sobol
from sim.experiment.tornado import Tornado
from sim.experiment.values import Values
from sim.outcomes.split import Part
from sim.report import exhibits, figure, text
from sim.report import tornado as tornado_page
from sim.report.factor import briefly, called, headed
from sim.report.labelled_dots import BIG, HEIGHT, Box, Dot, labelled_dots, labels
from sim.report.numbers import MINUS
from sim.report.sentence import ONE_RUN
from sim.report.twin_bars import NARROW, WIDE, Bar, Twin, twin_bars
from tests.experiment.tiny import tiny

NAMED = ["practice.desk_based_share", "practice.grade_cuts", "practice.care_child_bias", "practice.rhi_offered_share", "resources.desk_cost"]
HOW = {"parameters": NAMED, "measures": ["T2", "P1"], "engine": "compiled", "workers": 1}


@pytest.fixture(scope="module")
def tornado() -> Tornado:
    """Five parameters, three replications."""
    return sim.sensitivity(tiny(), "tornado", replications=3, **HOW)


@pytest.fixture(scope="module")
def morris() -> Morris:
    """Five parameters and luck, four trajectories."""
    return sim.sensitivity(tiny(), "morris", trajectories=4, **HOW)


@pytest.fixture(scope="module")
def sobol() -> Sobol:
    """Five parameters and luck, sixteen base samples."""
    return sim.sensitivity(tiny(), "sobol", samples=16, **HOW)


@pytest.fixture(scope="module", params=["tornado", "morris", "sobol"])
def found(request):
    """Each kind."""
    return request.getfixturevalue(request.param)


def words(drawn) -> list[str]:
    """Every text in a figure, without marks."""
    return [re.sub(r"<[^>]+>", " ", note.text) for note in drawn.layout.annotations]


def test_every_measure_has_its_exhibits(found):
    """A tornado one, the others one more for how the indices settled; each with message, subtitle, summary, drawing for phones and table."""
    names = [exhibit.name for exhibit in exhibits(found)]
    own = [f"{found.kind}-{measure}" for measure in ("T2", "P1")]
    assert names == (own if found.kind == "tornado" else [name for one in own for name in (one, f"{one}-convergence")])
    for exhibit in exhibits(found):
        assert len(exhibit.message) < 200
        assert exhibit.subtitle
        assert exhibit.summary.endswith(".")
        assert exhibit.summary.count(". ") >= 1
        assert exhibit.narrow is not None
        assert len(exhibit.table) > 0
        assert "nan" not in f"{exhibit.message} {exhibit.summary} {' '.join(words(exhibit.figure))}"


def test_the_table_names_every_factor_with_its_grounds(found):
    """Whether it is drawn or not; a parameter without a source is marked wherever it is drawn."""
    first = exhibits(found)[0]
    factors = [*found.paths, *([] if found.kind == "tornado" else [LUCK])]
    assert set(first.table["Key"]) == set(factors)
    grounds = dict(zip(first.table["Key"], first.table["Rests on"], strict=True))
    assert grounds["practice.desk_based_share"].startswith("assumption")
    assert grounds["practice.rhi_offered_share"] == "good sources: RH02, RH05, RH16"
    assert not first.table.isna().any(axis=None)


def test_a_figure_that_stands_alone_says_where_it_comes_from(found):
    """Its message above, and that it is simulated below."""
    drawn = figure(found)
    assert drawn.layout.title.text
    assert any("Simulated data" in note for note in words(drawn))


def test_the_terminal_shows_a_table_no_wider_than_it_is(found):
    """With the mark for assumptions, and where the numbers come from."""
    told = text(found)
    assert max(map(len, told.splitlines())) <= 100
    assert "Desk-based share *" in told
    assert "* rests on an assumption without a source." in told
    assert "Simulated data. missing-sim" in told


def test_both_ends_stand_in_words_beside_their_bars(tornado):
    """What an end is, its value, and where the parameter stands; an end that is as it is says so."""
    texts = words(exhibits(tornado)[0].figure)
    assert {"low", "high", "low: as it is"} <= set(texts)
    assert "Desk-based share (assumption): low 10% · high 90% · now 35%" in texts
    assert "Grade cuts: low -3.2; -2.2; 0.3 · high -0.7; -0.5; 2.2 · now -2.356; -1.844; 1.75" in [told.replace(MINUS, "-") for told in texts]
    assert "Return home interview offered share: low 20% · high 95% · now 79%" in texts


def test_the_message_of_a_tornado_is_its_widest_bar(tornado):
    """The parameter of rank 1 with both differences, in words that say which side."""
    first = tornado.bars[(tornado.bars["measure"] == "T2") & (tornado.bars["rank"] == 1)]
    assert set(first["parameter"]) == {"practice.desk_based_share"}
    message = exhibits(tornado)[0].message
    assert message.startswith("Time to first field action: moved furthest by desk-based share, ")
    assert re.search(r"hours shorter \(.*\) at 10% and .* hours longer \(.*\) at 90%$", message)


def test_the_summary_tells_the_share_of_assumptions(tornado):
    """The number of the table, with how many parameters it is of."""
    share = tornado.shares.set_index("measure").loc["T2"]
    said = re.search(r"Assumptions without a source, 3 of 5, account for (\d+)%", exhibits(tornado)[0].summary)
    assert said is not None
    assert int(said[1]) == round(100 * share["estimate"])


def test_nothing_that_moves_is_said(tornado):
    """A tornado of what has no effect, one with a single replication, and one with nothing to measure."""
    still = replace(tornado, request={**tornado.request, "parameters": ["resources.desk_cost"]})
    assert tornado_page.message(still, "T2") == "Time to first field action: no parameter that was varied changes it"
    assert "none moves it by more than luck explains" in tornado_page.summary(still, "T2")
    once = replace(tornado, values=tornado.values.first(1))
    assert "no intervals" in tornado_page.summary(once, "T2")
    assert "no interval" in text(once)


def test_the_figure_draws_fifteen_and_counts_all():
    """Of more parameters, the widest; the table holds them all; choices are counted."""
    many = sim.sensitivity(tiny(), measures=["T2"], replications=2, engine="compiled", workers=1)
    shown = exhibits(many)[0]
    assert len(many.paths) == len(set(shown.table["Key"])) > tornado_page.DRAWN
    assert len(shown.figure.data[0].y) == tornado_page.DRAWN
    assert f"15 of {len(many.paths)} parameters drawn; {many.choices} parameters are choices" in shown.subtitle
    assert f"{len(many.paths) - 15} more parameters with smaller spreads." in text(many)


def test_luck_is_always_labelled(morris):
    """It is what the others are held against; the diamond tells it apart without colour."""
    for exhibit in exhibits(morris)[::2]:
        for drawn in (exhibit.figure, exhibit.narrow):
            assert " Luck " in words(drawn)
            assert drawn.data[-1].marker.symbol == "diamond"


def test_messages_hold_luck_against_the_parameters(morris, sobol):
    """More than another luck does, or less; and chance as a share of the variance."""
    rows = morris.indices[morris.indices["measure"] == "P1"].set_index("factor")["mu_star"]
    above = int((rows.drop(LUCK) > rows[LUCK]).sum())
    message = exhibits(morris)[2].message
    assert ("another luck changes one year by more than any of 5 parameters" in message) == (above == 0)
    total = sobol.indices[(sobol.indices["measure"] == "P1") & (sobol.indices["factor"] == LUCK)]["total"].iloc[0]
    assert f"chance is {round(100 * total)}% (" in exhibits(sobol)[2].message


def test_gaps_are_told(sobol):
    """How many base samples were left out because a run had nothing to measure."""
    holed = replace(sobol)
    holed.values._values["T2", "", ""][5, 0] = np.nan
    assert "In 1 base sample of 16 a run had nothing to measure; they are left out whole." in exhibits(holed)[0].summary


@pytest.mark.parametrize("finished", [1, 2, 9])
def test_what_was_stopped_can_be_told_and_drawn(found, finished):
    """However few runs were finished, every exhibit says what it can, and no number that is none."""
    cut = Values(found.plan)
    for place in range(len(found.plan.scenarios)):
        for number in list(found.plan.numbers(place))[:1]:
            if place <= finished:
                parts = [Part(measure, "", "", float(found.values.of(measure)[place, 0]), 1) for measure in ("T2", "P1")]
                cut.fill(place, number, parts)
    stopped = type(found)(found.plan, cut, False, (), found.request)
    for exhibit in exhibits(stopped):
        assert "nan" not in f"{exhibit.message} {exhibit.summary} {' '.join(words(exhibit.figure))}"
        assert exhibit.figure.to_json()
    assert "nan" not in text(stopped)


def test_labels_lie_neither_on_one_another_nor_on_dots():
    """Whatever the dots: labels that find no place are left out, those of the first dots last."""
    random = np.random.default_rng(6)
    for width, fewest in ((240.0, 3), (568.0, 5)):
        counts = []
        for _ in range(20):
            x, y = random.gamma(1.0, 1.0, (2, 40))
            dots = [Dot(a, b, a * 0.9, a * 1.1, f"Factor number {at}", at < 10, at == 0) for at, (a, b) in enumerate(zip(x, y, strict=True))]
            wide, high = 1.1 * x.max(), 1.1 * y.max()
            placed = labels(dots, wide, high, width)
            spots = [(dot.x / wide * width, dot.y / high * HEIGHT) for dot in dots]
            boxes = [label.box(*spots[dots.index(label.dot)]) for label in placed]
            assert not any(one.meets(other) for at, one in enumerate(boxes) for other in boxes[:at])
            points = [Box(a - BIG / 2, a + BIG / 2, b - BIG / 2, b + BIG / 2) for a, b in spots]
            assert not any(box.meets(point) for box in boxes for point in points)
            assert placed[0].dot is dots[0]
            counts.append(len(placed))
        assert np.mean(counts) > fewest


def test_a_plane_without_effects_can_be_drawn():
    """Every dot at the corner."""
    drawn = labelled_dots([Dot(0.0, 0.0, 0.0, 0.0, "Luck", True, True)], "across", "up")
    assert drawn.layout.xaxis.range[1] > 0


@pytest.mark.parametrize("letters", [WIDE, NARROW])
def test_bars_keep_room_for_their_words(letters):
    """On both sides of 0, and on the one side only where all bars go there."""
    both = twin_bars([Twin("one", (Bar("low", -1.0, -1.2, -0.8), Bar("high", 2.0, 1.5, 2.5)))], "hours", letters)
    low, high = both.layout.xaxis.range
    assert low < -1.2
    assert high > 2.5
    one = twin_bars([Twin("one", (Bar("low", 1.0, np.nan, np.nan), Bar("high", np.nan, np.nan, np.nan)))], "hours", letters)
    assert one.layout.xaxis.range[0] == 0.0
    assert one.layout.xaxis.range[1] > 1.0


@pytest.mark.parametrize(
    ("factor", "name"),
    [(LUCK, "luck"), ("practice.rhi_offered_share", "return home interview offered share"), ("resources.mash_hours", "MASH hours")],
)
def test_factors_have_names_that_people_read(factor, name):
    """Not the keys of a file."""
    assert called(factor) == name
    assert headed(factor)[1:] == name[1:]


def test_long_lists_stand_in_the_table_only():
    """Twenty-four values are no label."""
    assert briefly("world.leaving_by_hour", tuple(float(hour) for hour in range(24))) == ""
    assert briefly("practice.field_interval_hours", (12.0, 8.0, 4.0, 1.0)) == "12; 8; 4; 1"


def test_an_end_of_one_replication_says_that_it_has_no_interval(tornado):
    """A run that was stopped may have some ends once and others more often."""
    path = tornado_page.pairs(tornado, tornado.measures[0])[0][0]["parameter"]
    place = max(tornado.places[path, end] for end in ("low", "high"))
    values = Values(tornado.plan)
    for other in range(len(tornado.names)):
        for number in range(1 if other == place else tornado.replications):
            values.fill(other, number, [Part(id, "", "", float(tornado.values.of(id)[other, number]), 9) for id in tornado.measures])
    told = text(replace(tornado, values=values, complete=False))
    block = told.split("\n\n")[1]
    assert f", {ONE_RUN}" in block
    assert ONE_RUN not in text(tornado)
    assert max(map(len, told.splitlines())) <= max(map(len, text(tornado).splitlines()))
