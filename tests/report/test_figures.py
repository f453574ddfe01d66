"""Figures stand alone: still, labelled in words, in the palette, and with every interval inside its axis."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

import pytest

from sim.report import figure
from sim.report.figures import INK, LABEL, LETTERS, PLAIN, STYLES, draw, nice_ticks, reach
from sim.report.panels import headline_panels


def test_a_figure_of_each_kind_of_result(single, two, four, once):
    """Ten panels each, titled, with where it comes from."""
    for result in (single, two, four, once):
        drawn = figure(result)
        words = [annotation.text for annotation in drawn.layout.annotations]
        assert sum("<b>" in text for text in words) == 10
        assert any(text.startswith("Simulated data.") for text in words)
        assert drawn.layout.title.text
        assert len([name for name in drawn.layout.to_plotly_json() if name.startswith("xaxis")]) == 10


def test_colour_never_speaks_alone():
    """Each verdict has its own shape."""
    shapes = {verdict: shape for verdict, (_, shape) in STYLES.items() if verdict} | {"unclear": PLAIN[1]}
    assert len(set(shapes.values())) == len(shapes)


def test_text_is_dark(two):
    """No words in teal or orange."""
    drawn = figure(two)
    assert {annotation.font.color for annotation in drawn.layout.annotations} <= {INK, None}
    assert drawn.layout.font.color == INK


def test_every_interval_and_zero_are_on_the_axis(four):
    """An axis leaves nothing out, has at most ten lines, and 0 among them."""
    for panel in headline_panels(four):
        low, high = reach(panel)
        for line in panel.lines:
            if line.estimate == line.estimate:
                assert low <= min(line.ends) <= max(line.ends) <= high
        ticks = nice_ticks(panel)
        assert any(abs(tick) < 1e-9 for tick in ticks)
        assert len(ticks) <= 10


@pytest.mark.parametrize("columns", LETTERS)
def test_long_words_go_on_in_a_line_of_their_own(four, columns):
    """No row of words is longer than there is room for, each panel is as much higher, and none of the words is lost."""
    panels = headline_panels(four)[:1]
    long = [replace(one, lines=tuple(replace(line, words=f"{'a-long-name-' * 5}: {line.words}") for line in one.lines)) for one in panels]
    short = [replace(one, lines=tuple(replace(line, words="") for line in one.lines)) for one in panels]
    drawn, before = draw(long, columns), draw(short, columns)
    rows = [row for note in drawn.layout.annotations if "span" not in note.text for row in note.text.split("<br>")]
    assert max(map(len, rows)) <= LETTERS[columns]
    assert len(rows) == (drawn.layout.height - before.layout.height) / LABEL + sum(len(one.lines) for one in panels)
    said = [note.text.replace("<br>", "").replace(" ", "") for note in drawn.layout.annotations]
    assert all(escape(line.words).replace(" ", "") in said for one in long for line in one.lines)


def test_names_are_text_in_a_figure(hostile):
    """What a scenario is called cannot become markup."""
    drawn = figure(hostile).to_json()
    assert not re.search(r"<script", drawn)
