"""Splits cut the cohort and take the same measures."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.records import Child, Episode
from sim.model.words import Grade, Home
from sim.outcomes import HEADLINES, MEASURES, SPLITS, Cohort, measure_all, splits


def test_the_groups_of_a_split_cover_the_cohort_and_do_not_overlap(simulated):
    """Every episode is in exactly one group."""
    for groups in SPLITS.values():
        assert (sum(belongs(simulated).astype(int) for belongs in groups.values()) == 1).all()


@pytest.mark.parametrize("measure", ["P1", "W1"])
def test_sums_over_the_groups_are_the_whole(simulated, measure):
    """Hours are neither lost nor counted twice."""
    whole = MEASURES[measure].of(simulated)
    for split in SPLITS:
        assert sum(part.value for part in splits(simulated) if (part.measure, part.split) == (measure, split)) == pytest.approx(whole)


@pytest.mark.parametrize("measure", ["P2", "G1", "X1", "C1", "C6", "R1", "T2"])
def test_rates_of_the_groups_weighted_by_n_are_the_rate_of_the_whole(simulated, measure):
    """So n is that of the denominator."""
    parts = [part for part in splits(simulated) if (part.measure, part.split) == (measure, "care")]
    assert sum(part.n for part in parts) == MEASURES[measure].n(simulated)
    assert sum(part.n * part.value for part in parts) / sum(part.n for part in parts) == pytest.approx(MEASURES[measure].of(simulated))


def test_every_headline_is_given_for_every_group(cohort):
    """A group with nobody in it has n = 0 and no value, rather than no row."""
    children = [Child(home=Home.FOSTER_CARE)]
    c = cohort(children=children, episodes=[Episode(child=0, left=22, reported=23, located=30, first_grade=Grade.LOW, knowable_grade=Grade.LOW)])
    parts = splits(c)
    assert len(parts) == len(HEADLINES) * sum(len(groups) for groups in SPLITS.values())
    found = {(part.measure, part.group): (part.value, part.n) for part in parts}
    assert found["T2", "at night"] == (7.0, 1)
    assert found["T2", "children in care"] == (7.0, 1)
    assert found["T2", "low"] == (7.0, 1)
    assert np.isnan(found["T2", "by day"][0])
    assert found["T2", "by day"][1] == 0


def test_a_part_of_a_part_is_what_both_cuts_leave(simulated):
    """Cutting twice, after or before columns were worked out, is cutting once by both."""
    care, night = simulated.episodes.care, simulated.episodes.at_night
    twice = simulated.only(care).only(night[care])
    once = simulated.only(care & night)
    assert twice.episodes.rows.tolist() == once.episodes.rows.tolist()
    assert [MEASURES[id].of(twice) for id in HEADLINES] == [MEASURES[id].of(once) for id in HEADLINES]


def test_a_part_is_the_same_whether_the_whole_was_measured_before_or_not(simulated):
    """What is handed on to a part is what the part would work out by itself: each measure to the last digit, and its n."""
    names = ("parameters", "tables", "opens", "closes", "ends", "pools_at_open", "pools_at_close")
    measured, fresh = (Cohort(**{name: getattr(simulated, name) for name in names}) for _ in range(2))
    measure_all(measured)
    belongs = simulated.episodes.at_night
    after, by_itself = measured.only(belongs), fresh.only(belongs)
    for id, measure in MEASURES.items():
        assert (measure.n(after), repr(measure.of(after))) == (measure.n(by_itself), repr(measure.of(by_itself))), id
