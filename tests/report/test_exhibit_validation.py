"""Validation as people look at it: every band to one width, the simulated mean where it belongs, and the same in words, table and terminal."""

from __future__ import annotations

import math
import re

import pytest

from sim.calibrate.targets import targets
from sim.calibrate.validation import TIED, Published, Validation
from sim.experiment.plan import Plan
from sim.experiment.reading import WHOLE
from sim.experiment.values import Values
from sim.outcomes.split import Part
from sim.report import exhibits, figure, text
from sim.report.bands import BEFORE, BEHIND, EMPTY, INSIDE, MARKS, NEAR, OUTSIDE, held
from sim.report.exhibit import Exhibit
from sim.report.rows import rows
from sim.report.validation import themes
from tests.calibrate.studied import studied
from tests.experiment.tiny import tiny

PLAN = Plan((tiny(),), seed=1, replications=2, engine="simpy", reading=Published())
BY_ID = {figure.id: figure for figure in targets()}
EMERGENT = [figure for figure in targets() if figure.kind == "emergent"]


def found(*changes: dict[str, float]) -> Validation:
    """A replication for each of `changes`: all figures in the middle of their bands, but for those named."""
    values = Values(PLAN)
    for number, change in enumerate(changes):
        given = {known.id: change.get(known.id, 0.5 * (known.low + known.high)) for known in targets()} | dict.fromkeys(TIED, 10.0)
        values.fill(0, number, [*(Part(id, WHOLE, WHOLE, value, 1) for id, value in given.items()), *studied()])
    return Validation(PLAN, values, True)


def only(validation: Validation) -> Exhibit:
    """Its one exhibit."""
    (one,) = exhibits(validation)
    return one


def where(validation: Validation, id: str) -> str:
    """Where a figure is said to lie."""
    return held(next(row for row in rows(validation.table) if row["id"] == id)).where


MISSED = found({"EP03": 9.0, "DU01": 80.0, "CR02": 20.0}, {"EP03": 9.2, "DU01": 83.0, "CR02": 21.0})
"""One far above its band, one below with an interval that reaches in, one below."""


def test_the_message_counts_what_was_not_set():
    """Inputs are not counted, whether they lie inside or not."""
    assert only(found({}, {})).message == f"The model lies within the published band on all {len(EMERGENT)} figures that it was not set to"
    assert f" on {len(EMERGENT) - 3} of {len(EMERGENT)} figures" in only(MISSED).message
    assert only(found({"RH03": 99.0}, {"RH03": 99.0})).message == only(found({}, {})).message


def test_where_a_figure_lies():
    """Inside by its mean; near if only its interval reaches the band; outside; or nothing to measure it on."""
    assert (where(MISSED, "EP03"), where(MISSED, "DU01"), where(MISSED, "FO01")) == (OUTSIDE, NEAR, INSIDE)
    assert where(found({"RH04": math.nan}, {"RH04": math.nan}), "RH04") == EMPTY
    assert len({shape for _, shape in MARKS.values()}) == len(MARKS)


def test_the_summary_names_the_furthest_first():
    """Two sentences: how many lie where, and the furthest in widths of their bands with both numbers."""
    summary = only(MISSED).summary
    assert f"Of {len(EMERGENT)} published figures that come out of the model, {len(EMERGENT) - 3} lie within their bands" in summary
    assert summary.index("incidents per missing child a year") < summary.index("share of incidents of children in care")
    assert "published 2.79 incidents (band 2.37 to 3.21), simulated 9.10 incidents" in summary
    assert "all lie within their bands. Nearest to an end of its band: " in only(found({}, {})).summary


def test_bands_have_one_width_and_means_their_place():
    """Each band goes from 0 to 1; a mean stands at its share of the way; one beyond the drawing is an arrow at its edge."""
    drawn = only(MISSED).figure
    bands = [shape for shape in drawn.layout.shapes if shape.type == "rect"]
    assert len(bands) == len(EMERGENT)
    assert {(shape.x0, shape.x1) for shape in bands} == {(0, 1)}
    marks = [trace for trace in drawn.data if trace.mode == "markers" and trace.marker.symbol != "line-ns"]
    assert len(marks) == len(EMERGENT)
    assert sorted({trace.marker.symbol for trace in marks}) == ["circle", "circle-open", "diamond", "triangle-right"]
    assert [trace.x[0] for trace in marks if trace.marker.symbol == "triangle-right"] == [BEHIND]
    assert [trace.x[0] for trace in marks if trace.marker.symbol == "circle"] == pytest.approx([0.5] * (len(EMERGENT) - 3))
    near = next(trace for trace in marks if trace.marker.symbol == "circle-open")
    assert near.x[0] == pytest.approx((81.5 - BY_ID["DU01"].low) / (BY_ID["DU01"].high - BY_ID["DU01"].low))
    assert all(BEFORE <= x <= BEHIND for trace in drawn.data for x in trace.x)


def test_the_published_figure_stands_where_it_was_published():
    """A short upright line at its share of the way, inside the band or on its end."""
    drawn = only(found({}, {})).figure
    upright = sorted(trace.x[0] for trace in drawn.data if trace.mode == "markers" and trace.marker.symbol == "line-ns")
    assert upright == pytest.approx(sorted((known.published - known.low) / (known.high - known.low) for known in EMERGENT))
    assert all(-1e-9 <= x <= 1 + 1e-9 for x in upright)


def test_every_figure_is_said_in_words_in_both_drawings():
    """Name, published figure and band, simulated mean with its interval, and where it lies; wide and narrow hold the same."""
    one = only(MISSED)
    assert one.narrow is not None
    for drawn in (one.figure, one.narrow):
        words = re.sub(r"<[^>]+>", " ", " ".join(annotation.text for annotation in drawn.layout.annotations))
        words = re.sub(r"\s+", " ", words)
        for row in rows(MISSED.table):
            if row["kind"] == "emergent":
                for part in held(row).words:
                    assert re.sub(r"\s+", " ", part.replace("&", "&amp;")) in words


def test_every_figure_has_its_theme():
    """None is left under "Other figures", and none is drawn twice."""
    groups = themes(MISSED.table)
    assert "Other figures" not in groups
    assert sorted(one.quantity for members in groups.values() for one in members) == sorted(
        known.quantity[0].upper() + known.quantity[1:] for known in EMERGENT
    )


def test_the_table_holds_every_figure_and_says_which_were_set():
    """Real numbers under names that can be read."""
    table = only(MISSED).table.set_index("Evidence")
    assert list(table.index) == [known.id for known in targets()]
    assert table.loc["EP03", "Simulated"] == pytest.approx(9.1)
    assert set(table.loc[[known.id for known in targets() if known.kind == "input"], "Why"]) == {"a value was set to it"}
    assert "h" not in set(table["Unit"])


def test_one_replication_has_no_bars():
    """The mean is drawn as a point, and no interval is claimed."""
    one = only(found({}))
    assert "interval" not in one.subtitle
    bars = [trace for trace in one.figure.data if trace.mode == "lines"]
    assert all(trace.x[0] == trace.x[1] for trace in bars)
    assert "not measured" not in one.summary


def test_what_could_not_be_measured_is_said_and_has_no_mark():
    """Nothing is drawn for it but its band and the published figure."""
    empty = only(found({"RH04": math.nan}, {"RH04": math.nan}))
    marks = [trace for trace in empty.figure.data if trace.mode == "markers" and trace.marker.symbol != "line-ns"]
    assert len(marks) == len(EMERGENT) - 1
    assert "1 had nothing to be measured on" in empty.summary


def test_the_terminal_shows_every_figure_in_100_columns():
    """Each with band, mean and whether it lies inside; the misses once more in a sentence, and the identity that ties four of them."""
    told = text(MISSED)
    assert max(map(len, told.splitlines())) <= 100
    flat = re.sub(r"\s+", " ", told)
    assert "Incidents per missing child a year, incidents 2.79 (2.37 to 3.21) 9.10 (7.83 to 10.37) no" in flat
    assert "Outside: Incidents per missing child a year; Share of incidents of children in care; Resolved within 48 hours." in flat
    assert "share graded high x precision" in flat
    assert "Simulated data." in flat


def test_the_terminal_shows_the_virtual_study():
    """Each reading beside what was published, what the readings are, and whether there were enough children."""
    flat = re.sub(r"\s+", " ", text(MISSED))
    assert "Had a red flag, % 43 43" in flat
    assert "any, children with any low or medium episode" in flat
    assert "Fewer than 214 children" not in flat
    small = Values(PLAN)
    given = {known.id: known.published for known in targets()} | dict.fromkeys(TIED, 10.0)
    small.fill(0, 0, [*(Part(id, WHOLE, WHOLE, value, 1) for id, value in given.items()), *studied(n=90.0)])
    told = re.sub(r"\s+", " ", text(Validation(PLAN, small, True)))
    assert "Fewer than 214 children qualified in some replications (any, all, first); all of them were read." in told


def test_what_is_kept_back_is_counted_by_itself():
    """Figures that a fit may have used are not in that count, nor are inputs."""
    kept = [known for known in EMERGENT if known.use == "validate"]
    assert f"Of the {len(kept)} that are kept back from every fit, {len(kept)} lie within their bands." in re.sub(r"\s+", " ", text(found({}, {})))
    missed = text(found({"CS21": 1.0, "EP03": 9.0}, {"CS21": 1.0, "EP03": 9.0}))
    assert f"kept back from every fit, {len(kept) - 1} lie" in re.sub(r"\s+", " ", missed)


def test_a_figure_alone_carries_its_message_and_where_it_comes_from():
    """Drawn by itself it has the title that the page prints beside it, the subtitle, and the line of provenance."""
    one, drawn = only(MISSED), figure(MISSED)
    assert re.sub(r"<[^>]+>", "", drawn.layout.title.text).startswith(one.message[:40])
    assert any("Simulated data." in annotation.text for annotation in drawn.layout.annotations)
    assert drawn.layout.height > one.figure.layout.height
    assert one.figure.layout.title.text is None
