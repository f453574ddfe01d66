"""The table for the terminal fits 100 columns and holds the ten headlines."""

from __future__ import annotations

from sim.outcomes.catalogue import HEADLINES, MEASURES
from sim.report.terminal import headline_table, single_table


def test_a_block_for_each_comparison(four):
    """Ten rows, three times, none wider than the terminal."""
    text = headline_table(four)
    assert max(map(len, text.splitlines())) <= 100
    assert text.count("Officer hours") == 3
    assert text.count("B less A (95% interval)") == 3
    assert "Simulated data." in text
    assert all(name in text for name in four.names)
    assert "A difference between two findings says nothing of the forces" in text.replace("\n", " ")


def test_every_headline_has_its_row(two, single):
    """In their order, for a comparison and for one scenario."""
    for text in (headline_table(two), single_table(single)):
        flat = " ".join(text.split())
        places = [flat.find(MEASURES[measure].label.split(" within")[0]) for measure in HEADLINES]
        assert -1 not in places
        assert places == sorted(places)


def test_one_scenario_needs_no_comparison(single):
    """The table of differences of a single run is the table of its estimates."""
    assert headline_table(single) == single_table(single)
    assert max(map(len, single_table(single).splitlines())) <= 100


def test_one_replication_gives_no_verdict(once):
    """It says so instead."""
    text = headline_table(once)
    assert "no interval" in text
    assert "likely" not in text
