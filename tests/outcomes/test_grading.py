"""Grading against its references, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.records import Episode
from sim.model.words import Grade, Shortfall, State
from sim.outcomes import MEASURES, confusion

NONE, LOW, MEDIUM, HIGH = Grade


def graded(given: int, knowable: int, **more):
    times = {"left": 8, "reported": 10, "located": 50, "first_graded": 10.5}
    return Episode(child=0, first_grade=given, knowable_grade=knowable, truth_grade=knowable, **times, **more)


def test_under_and_over_grading_are_shares_of_the_graded(cohort):
    """Four graded, one below and one above what could be known; a child who was back before any grade is in neither."""
    c = cohort(episodes=[graded(LOW, MEDIUM), graded(HIGH, LOW), graded(LOW, LOW), graded(MEDIUM, MEDIUM), graded(-1, -1)])
    assert MEASURES["G1"].of(c) == 25.0
    assert MEASURES["G2"].of(c) == 25.0
    assert MEASURES["G1"].n(c) == 4
    assert MEASURES["N.ungraded"].of(c) == 1


def test_the_causes_of_under_grading_add_up(simulated):
    """Each under-graded episode has one cause."""
    causes = ("not_recorded", "not_checked", "link", "assessor", "practice")
    assert sum(MEASURES[f"G1.{cause}"].of(simulated) for cause in causes) == pytest.approx(MEASURES["G1"].of(simulated))
    assert MEASURES["G1"].of(simulated) > 0


def test_a_cause_is_counted_where_it_was_noted(cohort):
    """One of two under-graded because systems were not checked: half of the graded in all, a half of that by cause."""
    below = [graded(LOW, MEDIUM, shortfall=Shortfall.NOT_CHECKED), graded(LOW, HIGH, shortfall=Shortfall.PRACTICE)]
    c = cohort(episodes=[*below, graded(LOW, LOW), graded(LOW, LOW)])
    assert MEASURES["G1.not_checked"].of(c) == 25.0
    assert MEASURES["G1.practice"].of(c) == 25.0
    assert MEASURES["G1.assessor"].of(c) == 0.0


def test_what_nobody_could_learn_is_not_under_grading(cohort):
    """Truth above what could be known, and the grade at what could be known: never learned, and not an error."""
    episode = graded(LOW, LOW)
    episode.truth_grade = HIGH
    c = cohort(episodes=[episode])
    assert MEASURES["G1"].of(c) == 0.0
    assert MEASURES["G1.never_learned"].of(c) == 100.0


def test_the_confusion_matrix_has_a_place_for_every_graded_episode(cohort):
    """Rows are knowable grades, columns grades given."""
    table = confusion(cohort(episodes=[graded(LOW, HIGH), graded(LOW, HIGH), graded(MEDIUM, NONE), graded(-1, -1)]))
    assert table[HIGH, LOW] == 2
    assert table[NONE, MEDIUM] == 1
    assert table.sum() == 3


def test_sensitivity_and_precision_name_the_harm_they_use(cohort):
    """High for one harmed child and one unharmed; a second harmed child, and one exploited, at medium; harm to a third stopped by the search."""
    episodes = [
        graded(HIGH, HIGH, harmed=12, harm_without_search=12, harm_recorded=60),
        graded(HIGH, HIGH, harm_without_search=70),
        graded(MEDIUM, MEDIUM, harmed=20, harm_without_search=20),
        graded(MEDIUM, MEDIUM, state=State.EXPLOITED),
    ]
    c = cohort(episodes=episodes)
    found = {id.removeprefix("G3."): MEASURES[id].of(c) for id in MEASURES if id.startswith(("G3.sens", "G3.prec"))}
    assert found == pytest.approx(
        {
            "sensitivity": 100 / 3, "precision": 50, "sensitivity.harm": 50, "precision.harm": 50,
            "sensitivity.recorded": 100, "precision.recorded": 50, "sensitivity.without_search": 200 / 3, "precision.without_search": 100,
        }
    )  # fmt: skip


@pytest.mark.parametrize("harm", ["", ".harm", ".recorded", ".without_search"])
def test_share_high_times_precision_is_prevalence_times_sensitivity(simulated, harm):
    """The four are tied together, so none of them can be set by itself."""
    ids = ("share.high", f"precision{harm}", f"prevalence{harm}", f"sensitivity{harm}")
    high, precision, prevalence, sensitivity = (MEASURES[f"G3.{id}"].of(simulated) for id in ids)
    assert high * precision == pytest.approx(prevalence * sensitivity)


def test_reviews_and_the_time_to_correct(cohort):
    """Three of four reviews done; one of two under-graded episodes reached the right grade, 6 h after the first."""
    c = cohort(episodes=[graded(LOW, HIGH, regraded=16.5, reviews=3, reviews_done=3), graded(LOW, HIGH, reviews=1), graded(HIGH, HIGH)])
    assert MEASURES["G4"].of(c) == 75.0
    assert MEASURES["G4.corrected"].of(c) == 50.0
    assert MEASURES["G4.hours"].of(c) == 6.0
    assert np.isnan(MEASURES["G4.hours"].of(cohort(episodes=[])))
