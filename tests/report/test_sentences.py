"""A sentence says which way a difference goes, how large it is and how sure, in the words of its unit."""

from __future__ import annotations

import pytest

from sim.outcomes.catalogue import HEADLINES, MEASURES
from sim.outcomes.interval import Estimate, verdict
from sim.report.sentence import amount, change, difference_sentence, estimate_sentence, in_words, said

NAN = float("nan")


def difference(measure: str, estimate: float, low: float, high: float, n: int = 20) -> dict:
    """A row of `differences`."""
    given = verdict(Estimate(estimate, low, high, n), MEASURES[measure].direction)
    return {"measure": measure, "label": MEASURES[measure].label, "estimate": estimate, "low": low, "high": high, "n": n, "verdict": given}


def estimate(measure: str, value: float, low: float, high: float, note: str = "") -> dict:
    """A row of `measures`."""
    return {"measure": measure, "label": MEASURES[measure].label, "estimate": value, "low": low, "high": high, "n": 20, "note": note}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("T2", -3.4, -3.49, -3.31), "Time to first field action: likely better, 3.40 hours shorter (3.31 to 3.49)."),
        (("T2", 3.4, 2.8, 4.0), "Time to first field action: likely worse, 3.4 hours longer (2.8 to 4.0)."),
        (("P1", -2075.0, -2447.0, -1703.0), "Child-hours exposed: likely better, 2,100 fewer child-hours (1,700 to 2,400)."),
        (("P2", 9.2, 7.2, 11.1), "Harm during the episode: likely worse, 9.2 more per 1,000 episodes (7.2 to 11.1)."),
        (("X1", 10.0, 7.9, 12.1), "Exploitation identified within 28 days: likely better, 10 percentage points higher (8 to 12)."),
        (("C6", 0.3, -0.7, 1.3), "Return home interview within 72 h: unclear, from 0.7 percentage points lower to 1.3 higher."),
        (("W1", 10.0, -41.0, 61.0), "Officer hours: unclear, from 40 fewer to 60 more hours."),
        (("W1", 1954.8, 1797.0, 2113.0), "Officer hours: likely worse, 1,950 more hours (1,800 to 2,110)."),
        (("W8", 264753.0, 255486.0, 274020.0), "Cost: likely worse, £265,000 more (£255,000 to £274,000)."),
        (("W7", 5.36, 4.89, 5.83), "Other incidents delayed beyond target: likely worse, 5.4 more a week (4.9 to 5.8)."),
        (("G3.share.high", 5.0, 4.0, 6.0), "Graded high: likely 5.0 percentage points higher (4.0 to 6.0)."),
        (("G3.share.high", -5.0, -6.0, -4.0), "Graded high: likely 5.0 percentage points lower (4.0 to 6.0)."),
        (("P2", 0.0, 0.0, 0.0), "Harm during the episode: no difference in any replication."),
        (("P2", NAN, NAN, NAN), "Harm during the episode: not measured, nothing to measure it on."),
        (("T2", -3.2, NAN, NAN), "Time to first field action: 3.20 hours shorter in one replication (no interval)."),
        (("T2", 0.0, NAN, NAN), "Time to first field action: no difference in one replication (no interval)."),
        (("C1", 5.0, 5.0, 5.0), "Referral made: likely better, 5.00 percentage points higher."),
    ],
)
def test_a_difference_in_a_sentence(row, sentence):
    """Every verdict, side and kind of unit, and the empty cases."""
    assert difference_sentence(difference(*row)) == sentence


@pytest.mark.parametrize("ends", [(1.0, 3.0), (-3.0, -1.0), (-1.0, 2.0), (0.0, 0.0), (NAN, NAN)])
def test_every_measure_has_its_sentence(ends):
    """No measure lacks words: whole, on one line, without a bare nan."""
    low, high = ends
    value = 2.0 if low != low else (low + high) / 2
    for measure in MEASURES:
        sentence = difference_sentence(difference(measure, value, low, high))
        assert sentence.startswith(MEASURES[measure].label)
        assert sentence.endswith(".")
        assert "nan" not in sentence.split()
        assert "  " not in sentence


def test_the_verdict_of_a_group_follows_from_its_interval():
    """Split differences carry no verdict of their own."""
    row = {"measure": "T2", "split": "care", "group": "children in care", "estimate": 1.0, "low": 0.5, "high": 1.5, "n": 9}
    assert said(row) == "likely worse"


def test_totals_of_a_grade_have_no_better_side():
    """Child-hours of the episodes graded high rise when more are graded high: that is not worse."""
    row = {"measure": "P1", "split": "grade given", "group": "high", "estimate": 400.0, "low": 100.0, "high": 700.0, "n": 20}
    assert said(row) == "likely higher"
    assert said({**row, "measure": "T2"}) == "likely worse"


def test_an_end_that_is_not_zero_is_not_shown_as_zero():
    """A difference that is likely is never shown with an interval that seems to reach 0."""
    assert in_words(difference("P2", -2.71, -5.4, -0.02)) == "likely better, 2.71 fewer per 1,000 episodes (0.02 to 5.40)"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("T2", 5.72, 5.62, 5.82), "Time to first field action: 5.72 hours (5.62 to 5.82)."),
        (("G1", 25.75, 24.96, 26.54), "Under-grading: 25.8% (25.0 to 26.5)."),
        (("W8", 588000.0, 568000.0, 608000.0), "Cost: £590,000 (£570,000 to £610,000)."),
        (("P1", NAN, NAN, NAN), "Child-hours exposed: not measured."),
        (("T2", 5.7234, NAN, NAN), "Time to first field action: 5.72 hours."),
    ],
)
def test_an_estimate_in_a_sentence(row, sentence):
    """With its interval where there is one, rounded to what the interval supports."""
    assert estimate_sentence(estimate(*row)) == sentence


def test_a_rare_outcome_that_was_not_seen_is_never_a_bare_zero():
    """The number of episodes and the upper limit stand instead."""
    note = "none in 900 simulated episodes, upper 95% limit about 3 in 900"
    assert amount(estimate("P2", 0.0, 0.0, 0.0, note)) == note


def test_the_change_of_every_headline_names_its_side():
    """More or fewer, higher or lower, longer or shorter: a reader need not look for a sign."""
    sides = {"more", "fewer", "higher", "lower", "longer", "shorter"}
    for measure in HEADLINES:
        assert sides & set(change(difference(measure, -2.0, -3.0, -1.0)).split())
