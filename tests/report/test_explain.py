"""What an explanation says and shows: sentences computed from it, parts that end where the next begins, nothing that rests on colour."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import isnan

import numpy as np
import pytest

from sim.experiment.attribution import Explanation
from sim.report import exhibits, text
from sim.report.exhibit_page import page
from sim.report.explain import caveats, title
from sim.report.explain_words import how_split, message, overview_message, overview_summary, parts, summary
from sim.report.figures import INK
from sim.report.kinds import figure
from sim.report.provenance import line
from sim.report.share_map import MARK, SIGNS, Share
from sim.report.waterfall import FILLS
from sim.scenario import ScenarioError
from tests.experiment.games import explained
from tests.report.conftest import HOSTILE
from tests.report.reading import read

NOISE = np.random.default_rng(11).normal(scale=0.05, size=(5, 40))
ORDER = ["no-overnight", "under-graded", "no-face-to-face", "not-recorded", "no-referral"]


def adds(**sizes: float):
    """Each cause adds its own, give or take; keys with an underscore for the hyphen."""
    own = {key.replace("_", "-"): size for key, size in sizes.items()}
    return lambda who, number: 10.0 + sum(own.get(id, 0.0) * (1 + NOISE[ORDER.index(id), number % 40]) for id in who)


def of(worth, measure: str = "T2", **asked) -> Explanation:
    return explained({measure: worth}, **({"replications": 20} | asked))


@pytest.fixture(scope="module")
def found() -> Explanation:
    """Three measures: one with a largest part, one with two that cannot be told apart and one that works the other way, one without a difference."""
    hours = adds(no_overnight=2.0, under_graded=0.8, not_recorded=0.1)
    officers = adds(no_overnight=-400.0, under_graded=-401.0, no_referral=100.0)
    return explained({"T2": hours, "W1": officers, "C6": lambda who, number: 50.0}, replications=20)


def test_most_of_a_difference_is_due_to_one(found):
    """The message names the cause, its share and the whole; the summary gives the other parts and what is left."""
    assert message(found, "T2") == "Most of the difference in time to first field action is due to activity overnight: 2.02 of 2.92 hours"
    first, second = summary(found, "T2").split(". Of ")
    assert first.startswith("Time to first field action, \N{LEFT DOUBLE QUOTATION MARK}Durham, March 2020\N{RIGHT DOUBLE QUOTATION MARK} less ")
    assert "likely worse, 2.9" in first
    assert re.match(r"the 2\.9\d* hours, 2\.0\d* \(.* to .*\) are due to activity overnight, 0\.79\d* \(", second)
    assert second.endswith("the other two together make no difference.")


@pytest.mark.parametrize("orders", ["all", 1])
def test_one_replication_has_no_intervals(orders):
    """Also where each combination is simulated once because the orders are sampled."""
    one = of(adds(no_overnight=2.0), replications=1, orders=orders)
    assert "no interval: one replication" in line(one)


def test_equals_and_what_works_the_other_way(found):
    """Two causes that cannot be told apart are named together; the one against them is named as such, and with its size."""
    assert message(found, "W1") == (
        "The largest parts of the difference in officer hours are due to activity overnight and grades too low, which cannot be told apart"
    )
    assert re.search(r"; working the other way: referral, 100\.\d \([\d.]+ to [\d.]+\)", parts(found, "W1"))
    assert "fewer hours" in summary(found, "W1")


@pytest.mark.parametrize(
    ("worth", "words"),
    [
        (adds(no_overnight=3.0, under_graded=-1.0), "More than the whole difference in time to first field action is due to activity overnight: 3.0"),
        (adds(no_overnight=2.0, under_graded=1.5, not_recorded=1.0), "The largest part of the difference in time to first field action is due to"),
        (lambda who, number: number, "Time to first field action is the same in every replication, so there is nothing to split"),
        (lambda who, number: float("nan"), "Time to first field action: there was nothing to measure it on"),
        (lambda who, number: (-1.0) ** number * len(who), "Time to first field action: no difference stands out from chance"),
    ],
)
def test_other_messages(worth, words):
    """Each case has its own sentence."""
    assert message(of(worth), "T2").startswith(words)


def test_many_equal_causes():
    """Of five that cannot be told apart none is named."""
    equal = of(lambda who, number: float(sum(1.0 + NOISE[ORDER.index(id), number] for id in who)))
    assert message(equal, "T2") == "The difference in time to first field action has five causes of which none stands out as the largest"


def test_a_difference_without_a_clear_cause():
    """The whole may be clear while no share is."""
    unsteady = of(lambda who, number: 1.0 * (len(who) == 5) + (-9.0) ** (number % 2) * ("no-referral" in who) * (len(who) < 5), replications=21)
    told = message(unsteady, "T2")
    assert "no single cause" in told or "none stands out" in told


def test_in_how_many_measures_a_cause_comes_first(found):
    """Only measures with a clear difference count, and only causes that lead by themselves."""
    lead = "Of two measures that differ, the largest part is due to activity overnight in one"
    assert overview_message(found) == f"{lead}; of the other no single largest part can be told"
    said = overview_summary(found)
    assert said.startswith("The largest part is due to activity overnight: time to first field action. ")
    assert said.endswith("Causes that cannot be told apart: officer hours; no clear difference: return home interview within 72 h.")


def test_every_measure_that_differs_is_told_of():
    """Those with a largest part and those without sum to those that differ; where all have one, nothing more is said."""
    sure, equal = adds(no_overnight=2.0), adds(no_overnight=-400.0, under_graded=-401.0)
    three = explained({"T2": sure, "W1": equal, "W1.desk": equal}, replications=20)
    lead = "Of three measures that differ, the largest part is due to activity overnight in one"
    assert overview_message(three) == f"{lead}; of the other two no single largest part can be told"
    both = explained({"T2": sure, "P1": sure}, replications=20)
    assert overview_message(both) == "Of two measures that differ, the largest part is due to activity overnight in two"


def test_what_was_not_measured_is_not_told_to_be_equal():
    """A run that was stopped may have no replication in which both ends were simulated."""
    nothing = of(lambda who, number: 1.0 if len(who) < 5 else float("nan"), replications=2)
    assert overview_message(nothing) == "Too little was simulated to measure any difference"
    same = of(lambda who, number: 1.0, replications=20)
    assert overview_message(same) == "No difference in any measure stands out from chance, so nothing is explained"


def test_one_replication_has_no_verdict():
    """Nothing is said to come first, and nothing has an interval."""
    once = explained({"T2": adds(no_overnight=2.0), "P1": adds(no_overnight=2.0)}, replications=1)
    assert message(once, "T2") == "Time to first field action: the difference of one replication, without intervals"
    assert overview_message(once) == "One replication: shares without intervals"
    assert "One replication gives no interval." in text(once)
    assert MARK not in text(once).split("Causes")[1].split("100%")[0].replace(f"{MARK} the largest part", "")
    assert exhibits(once)


def test_how_it_was_split():
    """All combinations, or by orders: how many of how many."""
    assert how_split(of(adds(no_overnight=1.0))).startswith("Every replication went through all 32 combinations of the five causes. A share is")
    dealt = how_split(of(adds(no_overnight=1.0), replications=200))
    assert dealt.startswith("Every replication switched the five causes in one order dealt by chance; in all replications together all 32")
    many = of(lambda who, number: float(len(who)), "T2", a="durham-2020-03", b="good-practice", replications=30)
    assert re.search(r"the 13 causes in \w+ orders dealt by chance; in all replications together 1,\d+ of 8,192 combinations were", how_split(many))
    assert any("not what would be gained by changing that one alone" in caveat for caveat in caveats(many))


def test_the_steps_of_a_waterfall(found):
    """Each part begins where the one before it ends, the largest first, and the last ends at the whole, which starts at 0."""
    for exhibit in exhibits(found)[1:3]:
        bars = [(base, size, y) for trace in exhibit.figure.data for base, size, y in zip(trace.base, trace.x, trace.y, strict=True)]
        bars.sort(key=lambda bar: -bar[2])
        assert len(bars) == 6
        for (base, size, _), (after, _, _) in pairwise(bars[:5]):
            assert base + size == pytest.approx(after)
        assert bars[0][0] == bars[5][0] == 0.0
        assert bars[4][0] + bars[4][1] == pytest.approx(bars[5][1])
        sizes = [size * (1 if bars[5][1] > 0 else -1) for _, size, _ in bars[:5]]
        assert sizes == sorted(sizes, reverse=True)


def test_every_whisker_is_on_the_axis(found):
    """The axis reaches over all bars and intervals, and over 0."""
    for exhibit in exhibits(found)[1:]:
        for drawn in (exhibit.figure, exhibit.narrow):
            low, high = drawn.layout.xaxis.range
            assert low < 0 < high
            for trace in drawn.data:
                for base, size, more, less in zip(trace.base, trace.x, trace.error_x.array, trace.error_x.arrayminus, strict=True):
                    assert low <= min(base, base + size - less) <= max(base, base + size + more) <= high


def test_colour_never_speaks_alone(found):
    """Better, worse, the whole and what has no better side differ in pattern or outline; every bar has words with its sign; text is dark."""
    looks = [(fill["color"] == "white", fill.get("pattern", {}).get("shape", "")) for fill in FILLS.values()]
    assert len(set(looks)) == len(looks)
    for exhibit in exhibits(found):
        for drawn in (exhibit.figure, exhibit.narrow):
            assert {note.font.color for note in drawn.layout.annotations} == {INK}
    words = " ".join(note.text for note in exhibits(found)[1].figure.layout.annotations)
    assert re.search(r"Activity overnight: \+2\.\d+ \(\+[\d.]+ to \+[\d.]+\), 69% of the whole, the largest part", words)


def test_cells_of_the_overview():
    """A share that is not clear stands in brackets, also the largest, which has a dot; without a total there is none."""
    assert Share(62.4, True, True).text == f"62% {MARK}"
    assert Share(3.4, False, True).text == f"(3% {MARK})"
    assert Share(-2.0, False, False).text == "(\N{MINUS SIGN}2%)"
    assert Share(float("nan"), False, False).text == "-"
    assert Share(400.0, True, True).colour == Share(100.0, True, True).colour != Share(-100.0, True, False).colour


def test_an_overview_only_of_several_measures(found):
    """One measure has its waterfall only."""
    assert [exhibit.name for exhibit in exhibits(found)] == ["explain", "explain-T2", "explain-W1", "explain-C6"]
    assert [exhibit.name for exhibit in exhibits(of(adds(no_overnight=1.0)))] == ["explain-T2"]


def test_tables_hold_what_is_drawn(found):
    """A row for each bar with its interval, and what the cause changes; the parts sum to the whole."""
    table = exhibits(found)[1].table
    assert list(table["Cause"])[-1] == "The whole difference"
    shares = table["Share (hours)"]
    assert shares[:-1].sum() == pytest.approx(shares.iloc[-1], abs=0.02)
    assert table["What changes"].str.contains("practice.overnight_activity: 50% to 15%").any()
    assert not table.isna().any().any()


def test_many_causes_on_paper():
    """More causes than there is room for are numbered, with a key; on a phone those beyond its width go on below, every cell within it."""
    many = explained({"T2": lambda who, number: float(len(who)), "P1": lambda who, number: 3.0 * len(who)}, "durham-2020-03", "good-practice")
    overview = exhibits(many)[0]
    words = [note.text for note in overview.figure.layout.annotations]
    assert [str(place) for place in range(1, 14)] == words[:13]
    assert "13 Protection and disruption" in words[-1].replace("<br>", " ")
    notes, boxes = overview.narrow.layout.annotations, overview.narrow.layout.shapes
    assert len(boxes) == len(overview.figure.layout.shapes) == 2 * 13
    assert {str(place) for place in range(1, 14)} <= {note.text for note in notes}
    across = overview.narrow.layout.xaxis.range[1]
    assert max(box.x1 for box in boxes) <= across
    cells = [note.text for note in notes if note.xanchor == "center"]
    assert max(map(len, cells)) * 6.4 <= 316 / across


def test_a_terminal_has_100_columns(found):
    """Every line fits, and what differs, the overview, each measure and where it comes from are told."""
    told = text(found)
    assert max(map(len, told.splitlines())) <= 100
    for words in ("A: England from", "B: Durham, March 2020", "1 Activity overnight: practice.overnight_activity: 50% to 15%", "Simulated data."):
        assert words in told
    assert told.count("The whole difference") == 2


def test_one_legend_on_terminal_and_page(found):
    """The signs of the overview are explained in the same words."""
    for told in (text(found), *(note.text for note in exhibits(found)[0].figure.layout.annotations[-1:])):
        assert SIGNS in " ".join(told.replace("<br>", " ").split())


def test_few_of_many_are_printed():
    """With more than two measures the first six causes, and the sum of the others."""
    worth = {id: lambda who, number: float(len(who)) for id in ("T2", "P1", "W1")}
    many = explained(worth, "durham-2020-03", "good-practice", replications=10)
    assert text(many).count("The other seven together") == 3


def test_names_are_text(found):
    """What a scenario is called cannot become markup, in figures or on the page."""
    first, *rest = found.plan.scenarios
    titled = first.model_copy(update={"about": first.about.model_copy(update={"title": HOSTILE})})
    hostile = replace(found, plan=replace(found.plan, scenarios=(titled, *rest)))
    for exhibit in exhibits(hostile):
        assert "<script" not in exhibit.figure.to_json()
    assert not any("alert" in (node.text or "") and node.tag == "script" for node in read(page(hostile, date(2026, 1, 1))).all("script"))


def test_a_page_of_it(found):
    """The report carries the message of every exhibit and what a share is."""
    told = read(page(found, date(2026, 1, 1))).text
    assert title(found) == "What explains the difference: England from 2017 on, usual practice and Durham, March 2020"
    for exhibit in exhibits(found):
        assert exhibit.message in told
    assert "Shapley value" in told


def test_figures_that_stand_alone(found):
    """By measure, with message and provenance; a measure that was not read off is refused."""
    drawn = found.figure("W1")
    assert "officer hours" in drawn.layout.title.text
    assert any("Simulated data" in note.text for note in drawn.layout.annotations)
    assert found.figure().layout.title.text.startswith("<b>Most of the difference in time")
    assert figure(found).layout.title.text.startswith("<b>Of two measures")
    with pytest.raises(ScenarioError, match='"P2" was not read off; allowed: T2, W1, C6'):
        found.figure("P2")


def test_numbers_of_a_share_are_finite(found):
    """Percentages stand only where the whole is clear."""
    rows = found.shares.to_dict("records")
    assert all(isnan(row["of_total"]) == (row["measure"] == "C6") for row in rows)
