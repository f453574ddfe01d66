"""What is said and shown of failings: ranks with how far they hold, findings by name and never ranked."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from unittest.mock import patch

import numpy as np
import pytest

from sim.experiment import failings as room
from sim.experiment.failings import Failings, failings
from sim.experiment.values import Values
from sim.outcomes.catalogue import HEADLINES, MEASURES
from sim.outcomes.split import Part
from sim.report import exhibits, text
from sim.report.exhibit_page import page
from sim.report.failings import caveats, title
from sim.report.failings_words import message, overview_message, overview_summary, share, standing, summary
from sim.report.figures import INK
from sim.report.share_map import MARK
from tests.report.reading import read

NOISE = np.random.default_rng(5).normal(scale=0.1, size=(9, 40))
TIMES = {"mild": 0.6, "severe": 1.4}
NAMED = ("no-overnight", "desk-based", "not-recorded", "no-referral", "under-graded", "durham-2020-05", "durham-2020-03")


def made(worth: dict[str, dict[str, float]], replications: int = 20, **asked) -> Failings:
    """Failings that were never simulated: what each adds to each measure, give or take."""

    def filled(kind, plan, how, request):
        found = Values(plan)
        for place, scenario in enumerate(plan.scenarios):
            first, *degree = scenario.name.split(" ")
            times = TIMES.get(degree[0] if degree else "", 1.0)
            for number in plan.numbers(place):
                noise = NOISE[NAMED.index(first), number] if first in NAMED else 0.0
                parts = [
                    Part(id, "", "", 10.0 + sizes.get(first, 0.0) * times + (noise if sizes.get(first) else 0.0), 100) for id, sizes in worth.items()
                ]
                found.fill(place, number, parts)
        return kind(plan, found, True, (), request)

    with patch.object(room, "carried_out", filled):
        return failings(*NAMED, measures=tuple(worth), replications=replications, **asked)


@pytest.fixture(scope="module")
def found() -> Failings:
    """Two measures with a costliest failing, of which one holds; one for which nothing stands out."""
    hours = {"desk-based": 9.0, "no-overnight": 1.0, "durham-2020-03": 2.0, "durham-2020-05": 3.0}
    referred = {"no-referral": -3.0, "not-recorded": -2.6, "durham-2020-03": -1.0}
    return made({"T2": hours, "C1": referred, "P1": {"no-overnight": 0.001}})


def test_what_costs_most_and_whether_that_holds(found):
    """Said of each measure; where the order hangs on what is assumed, that too."""
    desk = "\N{LEFT DOUBLE QUOTATION MARK}Searched for from a desk\N{RIGHT DOUBLE QUOTATION MARK}"
    assert message(found, "T2") == f"Time to first field action: {desk} costs most, and that holds over the assumed ranges"
    assert message(found, "C1").endswith("Not referred\N{RIGHT DOUBLE QUOTATION MARK} costs most, but that hangs on the assumed ranges")
    assert message(found, "P1") == "Child-hours exposed: no failing costs anything that stands out from chance"
    assert overview_message(found).startswith("Of two measures, the failing that costs most is ")
    said = overview_summary(found)
    assert said.startswith("The first place holds in at least nine of ten draws for time to first field action; it hangs on how severe each failing")
    assert "none stands out for child-hours exposed." in said


def test_the_foremost_with_their_changes(found):
    """As stated, and in which share of draws each is costliest."""
    said = summary(found, "C1")
    assert re.match(r"As stated, two of five failings likely make it worse: .Not referred., 2\.98 percentage points lower \(", said)
    assert re.search(r"the costliest is .Not referred. in \d\d% and .Left on the incident log. in \d\d%\.$", said)


@pytest.mark.parametrize(("part", "words"), [(0.0, "less than 1%"), (0.0051, "less than 1%"), (0.5, "50%"), (0.999, "more than 99%")])
def test_shares_of_draws(part, words):
    """No more certain than the number of draws allows."""
    assert share(part) == words


def test_one_replication_has_no_verdict():
    """The order is that of one draw of luck, and said to be."""
    once = made({"T2": {"desk-based": 3.0}, "P1": {"desk-based": 3.0}}, replications=1)
    assert message(once, "T2") == "Time to first field action: failings in the order of one replication, without intervals"
    assert overview_message(once) == "One replication: failings in the order of one draw of luck"
    assert "One replication gives no interval." in text(once)
    assert exhibits(once)


def test_what_rests_on_assumptions(found):
    """From a tornado: a sentence of each of its measures, and none without."""
    told = {**found.request, "assumed": {"T2": [0.834, 0.7, 0.9, 20], "C1": [None, None, None, 0]}}
    with_tornado = Failings(found.plan, found.values, True, (), told)
    assert "Assumptions without a source account for 83% (70 to 90%) of what moves this measure" in summary(with_tornado, "T2")
    assert "Assumptions without a source" not in summary(with_tornado, "C1") + summary(found, "T2")


def test_exhibits_in_their_order(found):
    """The overview, the measures, then the findings by name."""
    assert [exhibit.name for exhibit in exhibits(found)] == [
        "failings", "failings-T2", "failings-C1", "failings-P1", "finding-durham-2020-03", "finding-durham-2020-05",
    ]


def test_findings_carry_no_rank(found):
    """Their figures, tables and words hold changes and verdicts only, and the assumption is said."""
    for exhibit in exhibits(found)[4:]:
        told = f"{exhibit.message} {exhibit.summary} {exhibit.subtitle} {' '.join(exhibit.table.columns)}".lower()
        assert "rank" not in told
        assert "assumption" in told
        assert exhibit.table["Measure"].tolist() == [MEASURES[measure].label for measure in found.measures]
    assert any("forces never" in caveat for caveat in caveats(found))


def test_how_a_finding_stands(found):
    """Counted over its measures."""
    rows = found.against[found.against["finding"] == "durham-2020-03"].to_dict("records")
    assert standing(rows) == "of three measures, likely worse on two and no different on one"


def test_ranks_in_the_overview(found):
    """A cell is a rank; in brackets where the failing costs nothing that stands out; with a dot where the first place holds."""
    table = exhibits(found)[0].table.set_index("Failing")
    assert table.loc["Searched for from a desk"].tolist()[:2] == [f"1 {MARK}", "(3)"]
    assert table.loc["Not referred", "Referral made"] == "1"


def test_lines_are_in_the_order_of_ranks(found):
    """Costliest first, each with its rank in words, its whole range and interval inside the axis, and dark text."""
    for exhibit in exhibits(found)[1:4]:
        for drawn in (exhibit.figure, exhibit.narrow):
            low, high = drawn.layout.xaxis.range
            for trace in drawn.data:
                assert all(low <= x <= high for x in trace.x)
            heights = [trace.y[0] for trace in drawn.data if trace.mode == "markers"]
            assert all(one > other for one, other in pairwise(heights))
            assert {note.font.color for note in drawn.layout.annotations} == {INK}
        ranks = exhibit.table["Rank as stated"].tolist()
        assert ranks == sorted(ranks)


def test_a_range_goes_from_mild_to_severe(found):
    """The thin line of a failing ends at its mean changes at the two ends of its range."""
    effects = found.effects[(found.effects["failing"] == "desk-based") & (found.effects["measure"] == "T2")].set_index("degree")
    thin = exhibits(found)[1].figure.data[0]
    assert list(thin.x) == effects.loc[["mild", "severe"], "estimate"].tolist()


def test_a_terminal_has_100_columns(found):
    """Every line fits; failings are ranked, findings stand at the end by name."""
    told = text(found)
    assert max(map(len, told.splitlines())) <= 100
    assert told.index("Durham, March 2020") < told.index("Durham, May 2020")
    assert "against its own counterfactual" in told
    assert "Simulated data." in told


def test_many_measures_on_a_terminal():
    """Of many failings five of each measure are printed; all ten headlines fit side by side."""
    told = text(made({id: {"desk-based": 1.0, "no-referral": -1.0} for id in HEADLINES}))
    assert max(map(len, told.splitlines())) <= 100
    assert told.count("against its own counterfactual") == 2


def test_only_findings_and_only_failings():
    """Either may stand without the other."""
    whole = made({"T2": {"desk-based": 3.0}})
    alone = Failings(whole.plan, whole.values, True, (), {**whole.request, "failings": []})
    assert [exhibit.name for exhibit in exhibits(alone)] == ["finding-durham-2020-03", "finding-durham-2020-05"]
    assert "Durham, May 2020" in text(alone)
    others = Failings(whole.plan, whole.values, True, (), {**whole.request, "findings": []})
    assert [exhibit.name for exhibit in exhibits(others)] == ["failings-T2"]
    assert set(others.tables) == {"ranks", "effects"}


def test_a_page_of_it(found):
    """Every message is on it, and that failings are ranked and forces never."""
    told = read(page(found, date(2026, 1, 1))).text
    assert title(found) in told
    for exhibit in exhibits(found):
        assert exhibit.message in told
    assert "Failings are ranked, forces never." in told
