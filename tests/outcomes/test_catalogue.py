"""The catalogue holds what the list of measures asks for, in words that may be used."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from sim.outcomes import GROUPS, HEADLINES, MEASURES, NOT_YIELDED, Cohort, measure_all, paired_interval
from sim.outcomes.document import PAGE, page

LIST = {"T": 4, "G": 4, "X": 5, "P": 5, "C": 12, "R": 2, "W": 8, "EQ": 2}
"""The list of outcome measures: letters and how many."""

NOT_WRITTEN = (
    "abscond", "runaway", "awol", "misper", "prostitut", "promiscuous", "putting themselves", "older men", "boyfriend", "streetwise",
    "lifestyle choice", "boundary testing", "hard to reach", "attention seeking", "refuses", "refused", "failed to attend", "placement",
    "frequent flyer", "offender", "looked after",
)  # fmt: skip


@pytest.mark.parametrize("id", [f"{letter}{number}" for letter, count in LIST.items() for number in range(1, count + 1)])
def test_every_measure_of_the_list_is_yielded_or_the_reason_is_given(id):
    """By its id or with a suffix; never both."""
    yielded = any(known == id or known.startswith(f"{id}.") for known in MEASURES)
    assert yielded != (id in NOT_YIELDED)


def test_the_headlines_are_the_ten_in_order():
    """And they alone are marked."""
    assert HEADLINES == ("P1", "P2", "T2", "G1", "X1", "C1", "C11", "C6", "R1", "W1")
    assert {id for id, measure in MEASURES.items() if measure.headline} == set(HEADLINES)


def test_each_measure_is_said_once_and_in_words_that_may_be_used():
    """Ids are told apart, labels too but for a span that a headline stands for; none of the words that label children."""
    labels = [measure.label for id, measure in MEASURES.items() if id not in ("C11.90d", "R1.30d")]
    assert len(set(labels)) == len(labels)
    for measure in MEASURES.values():
        said = f"{measure.label} {measure.formula} {measure.unit} {measure.group}".lower()
        assert not [word for word in NOT_WRITTEN if word in said], measure.id
    assert sum(len(group.measures) for group in GROUPS) == len(MEASURES)


def test_what_rests_on_true_states_is_model_only():
    """Exposure, true harm and true exploitation cannot be observed; recorded harm, waits and interviews can."""
    for id in ("P1", "P2", "P2.at_risk", "P5", "X1", "X3", "G1", "C11", "G3.sensitivity", "EQ1.P1", "EQ1.T2.standardised"):
        assert not MEASURES[id].comparable, id
    for id in ("T1", "T2", "P1.all", "P2.recorded", "P4", "G3.precision.recorded", "C1", "C6", "R1", "W1", "EQ1.T2"):
        assert MEASURES[id].comparable, id


def test_an_area_without_episodes_has_no_rates_and_breaks_nothing(cohort):
    """Every measure is 0 or nan."""
    c = cohort(children=[], episodes=[])
    for id, value in measure_all(c).items():
        assert np.isnan(value) or value == 0.0, id
        assert MEASURES[id].n(c) == 0 or id.startswith("N."), id


def test_every_measure_of_a_simulated_cohort_is_a_number(simulated):
    """None is infinite, shares lie between 0 and 100, and each is taken over something."""
    for id, value in measure_all(simulated).items():
        assert np.isfinite(value), id
        assert isinstance(value, float), id
        if MEASURES[id].unit == "%" and not id.startswith("W3"):
            assert 0.0 <= value <= 100.0, id
        assert MEASURES[id].n(simulated) >= 0, id


def test_the_same_run_gives_exactly_the_same_measures(simulated):
    """So a scenario that changes nothing differs by exactly 0 in everything."""
    names = ("parameters", "tables", "opens", "closes", "ends", "pools_at_open", "pools_at_close")
    again = Cohort(**{name: getattr(simulated, name) for name in names})
    one, other = measure_all(simulated), measure_all(again)
    for id in MEASURES:
        assert paired_interval([one[id], one[id]], [other[id], other[id]])[:3] == (0.0, 0.0, 0.0), id


def test_a_window_must_lie_before_the_end_of_follow_up(cohort):
    """Else nobody is followed."""
    with pytest.raises(ValueError, match="opens < closes <= ends"):
        cohort(opens=10, closes=5)


def test_the_reference_page_is_up_to_date():
    """`python -m sim.outcomes` writes it."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_measuring_loads_neither_scipy_nor_the_compiler():
    """They take seconds to load."""
    code = "import sys, sim.outcomes; print([name for name in ('scipy', 'numba', 'plotly') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
