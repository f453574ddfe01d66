"""What a sweep says and shows: sentences computed from it, figures in which nothing rests on colour, tables with every number."""

from __future__ import annotations

from math import nan

import pytest

from sim.experiment import sweep as room
from sim.experiment.sweep import Sweep, sweep
from sim.experiment.values import Values
from sim.outcomes.split import Part
from sim.report import exhibits, text
from sim.report.figures import INK
from sim.report.heat_map import BETTER, NONE, WORSE
from sim.report.lever_axis import LeverAxis
from sim.report.sentence import MARKS
from sim.report.stops import standing, stops
from sim.scenario import Scenario, load
from tests.experiment.tiny import tiny

DESK, NIGHT = "practice.desk_based_share", "practice.overnight_activity"
SHARES = [0.1, 0.35, 0.6, 0.9]


@pytest.fixture(scope="module")
def baseline() -> Scenario:
    """Usual practice: desk-based share 35%, overnight activity 50%."""
    return load("baseline")


@pytest.fixture
def by_hand(monkeypatch, baseline):
    """A sweep that was never simulated: `by_hand(levers, "T2", {setting: values})`, the reference at `None`."""

    def made(levers, measure, given) -> Sweep:
        def filled(kind, plan, how, request):
            values = Values(plan)
            empty = kind(plan, values, True, (), request)
            for setting, place in {None: 0, **empty.places}.items():
                if setting in given:
                    for number, value in enumerate(given[setting]):
                        values.fill(place, number, [Part(measure, "", "", value, 100)])
            return empty

        monkeypatch.setattr(room, "carried_out", filled)
        longest = max(len(values) for values in given.values())
        return sweep(baseline, levers, measures=(measure,), replications=longest)

    return made


LUCK = ((0.0, 0.0, 0.0), (0.1, -0.1, 0.0), (0.0, 0.1, -0.1), (-0.1, 0.0, 0.1))


def at_shares(*means: float) -> dict:
    """Three replications at each share, which differ by some luck; 35% is the scenario as it is."""
    return {(share,): [mean + luck for luck in lucks] for share, mean, lucks in zip(SHARES, means, LUCK, strict=True)}


@pytest.fixture(scope="module")
def line() -> Sweep:
    """One lever, simulated; the scenario as it is lies between the settings."""
    return sweep(tiny(), {DESK: [0.1, 0.5, 0.9]}, measures=("T2", "P2"), replications=3, engine="compiled", workers=1)


@pytest.fixture(scope="module")
def grid() -> Sweep:
    """Two levers, simulated; the scenario as it is is one of the cells."""
    levers = {DESK: [0.1, 0.35, 0.9], NIGHT: [0.1, 0.5]}
    return sweep(tiny(), levers, measures=("T2", "C6"), replications=3, engine="compiled", workers=1)


T2 = "Time to first field action"
MESSAGES = [
    ((3.1, 4.0, 5.2, 7.9), f"{T2} rises from 3.1 to 7.9 hours as the desk-based share goes from 10% to 90%"),
    ((7.9, 4.0, 3.2, 3.1), f"{T2} falls from 7.9 to 3.1 hours as the desk-based share goes from 10% to 90%"),
    ((3.1, 4.0, 9.2, 7.9), f"{T2} is highest, 9.2 hours, with desk-based share 60%"),
    ((3.1, 1.0, 4.2, 7.9), f"{T2} is lowest, 1.0 hours, with desk-based share 35%"),
    ((3.1, 3.1, 3.1, 3.1), f"{T2}: no change stands out from chance as the desk-based share goes from 10% to 90%"),
    ((3.1, nan, nan, 7.9), f"{T2} rises from 3.1 to 7.9 hours as the desk-based share goes from 10% to 90%"),
    ((nan, nan, nan, nan), f"{T2}: there was nothing to measure it on"),
]


@pytest.mark.parametrize(("means", "words"), MESSAGES, ids=[words for _, words in MESSAGES])
def test_the_message_says_which_way_it_goes(by_hand, means, words):
    """Up, down, a turn between the ends, or nothing that stands out from chance."""
    assert exhibits(by_hand({DESK: SHARES}, "T2", at_shares(*means)))[0].message == words


def test_a_measure_that_does_not_move_stays_the_same(by_hand):
    """Where every replication gives the same at every point."""
    found = exhibits(by_hand({DESK: SHARES}, "W1", {(share,): [100.0, 200.0] for share in SHARES}))[0]
    assert found.message == "Officer hours stay the same as the desk-based share goes from 10% to 90%"
    assert found.summary.endswith("All three other points are the same in every replication.")


def test_one_replication_is_said_to_be_one(by_hand):
    """Numbers without intervals, and no verdict."""
    found = exhibits(by_hand({DESK: SHARES}, "T2", {(share,): [10 * share] for share in SHARES}))[0]
    assert found.message == f"One replication: {T2} goes from 1.00 to 9.00 hours as the desk-based share goes from 10% to 90%"
    assert "without an interval" in found.summary
    assert "likely" not in found.message + found.summary


@pytest.mark.parametrize(
    ("lever", "span"),
    [
        ({"flag_is_high": [True, False]}, "“flag is high” goes from yes to no"),
        ({"social_workers": [20, 30]}, "the number of social workers goes from 20 to 30"),
        ({"endorse_hours": [0.5, 2.0]}, "“endorse hours” goes from 0.5 to 2 hours"),
        ({"field_interval_hours": [4, 8]}, "“field interval hours” goes from 4 to 8 hours"),
        ({"review_hours": [(12, 12, 6, 1), (24, 24, 12, 2)]}, "“review hours” goes from 12; 12; 6; 1 to 24; 24; 12; 2 hours"),
        ({"nation": ["england", "wales"]}, "“nation” goes from England to Wales"),
    ],
)
def test_every_kind_of_lever_has_words(by_hand, lever, span):
    """Switches, counts, hours, lists and words."""
    settings = [(tuple(map(float, value)) if isinstance(value, tuple) else value,) for value in next(iter(lever.values()))]
    if "field_interval_hours" in lever:
        settings = [((value,) * 4,) for (value,) in settings]
    given = {None: [1.0, 1.1, 1.2], settings[0]: [1.0, 1.1, 1.2], settings[1]: [2.0, 2.2, 2.1]}
    assert exhibits(by_hand(lever, "T2", given))[0].message.endswith(f" as {span}")


def test_the_summary_is_two_sentences_with_intervals(line):
    """The scenario as it is, both ends with verdict and interval, and what is to be said of how many points."""
    for found in exhibits(line):
        assert found.summary.count(". ") == 1
        assert "as it is (desk-based share 35%)" in found.summary
        assert "other points are" in found.summary or "Of the three other points" in found.summary
    ends = line.differences[line.differences["measure"] == "T2"]
    for verdict in (ends.iloc[0]["verdict"], ends.iloc[-1]["verdict"]):
        assert verdict in exhibits(line)[0].summary


def test_the_table_has_every_number(line, grid):
    """A row for each point and for the scenario as it is, rounded as its interval deserves, and no blank cell."""
    for found in (line, grid):
        for measure, shown in zip(found.measures, exhibits(found), strict=True):
            rows = stops(found, measure)
            assert len(shown.table) == len({stop.place for stop in rows} | {0})
            assert set(shown.table["Verdict"]) == {stop.verdict for stop in (*rows, standing(found, measure))}
            assert not shown.table.isna().any(axis=None)
            low, high = (f"95% interval of the difference: {end}" for end in ("low", "high"))
            (column,) = [head for head in shown.table if head.startswith("Difference from as it is (")]
            told = [stop for stop in rows if stop.difference is not None]
            listed = shown.table[shown.table["Verdict"] != "as it is"]
            far = max(abs(stop.change) for stop in told)
            for stop, row in zip(told, listed.to_dict("records"), strict=True):
                for head, key in ((column, "estimate"), (low, "low"), (high, "high")):
                    width = stop.difference["high"] - stop.difference["low"]
                    assert abs(row[head] - stop.difference[key]) <= max(width / 4, far / 20)


def test_a_line_has_its_band_and_the_scenario_on_it(line):
    """Every interval is inside the axis and is the edge of the band; each dot's shape is its verdict; a dotted line stands at 35%."""
    drawn = exhibits(line)[0].figure
    rows = line.points[line.points["measure"] == "T2"].sort_values(DESK)
    band, mean, *dots = drawn.data
    assert list(band.x) == [*rows[DESK], *rows[DESK][::-1]]
    assert list(band.y) == [*rows["high"], *rows["low"][::-1]]
    assert list(mean.y) == list(rows["estimate"])
    shapes = {dot.x[0]: dot.marker.symbol for dot in dots}
    assert shapes[0.35] == "square-open"
    expected = {"likely better": "circle", "likely worse": "diamond", "unclear": "circle-open", "no difference": "circle-open"}
    for row in line.differences[line.differences["measure"] == "T2"].to_dict("records"):
        assert shapes[row[DESK]] == expected[row["verdict"]]
    low, high = drawn.layout.yaxis.range
    assert low <= rows["low"].min() <= rows["high"].max() <= high
    assert [shape.x0 for shape in drawn.layout.shapes] == [0.35]


def test_what_is_no_amount_has_no_line(by_hand):
    """A switch has dots with bars: there is nothing between yes and no."""
    given = {(False,): [1.0, 1.1], (True,): [2.0, 2.3]}
    drawn = exhibits(by_hand({"flag_is_high": "range"}, "T2", given))[0].figure
    assert all(len(set(trace.x)) == 1 for trace in drawn.data)
    assert list(drawn.layout.xaxis.ticktext) == ["no", "yes"]


def test_close_settings_are_parted(by_hand, baseline):
    """On an axis in even ratios, where on an even one they would lie on one another; the words stand where the dots do."""
    given = {None: [1.0, 1.1], **{(value,): [1.0, 1.2] for value in (5.0, 10.0, 1000.0)}}
    found = by_hand({"flag_lasts_days": [5, 10, 1000]}, "T2", given)
    drawn = exhibits(found)[0].figure
    assert drawn.layout.xaxis.type == "log"
    low, high = drawn.layout.xaxis.range
    assert all(low < note.x < high for note in drawn.layout.annotations if note.xref != "paper")
    assert not LeverAxis.of(found.levers[0]._replace(values=(5.0, 500.0, 1000.0)), baseline, 120.0).even_ratios


def test_a_cell_says_whether_it_is_clear(grid):
    """A number with its sign where the interval excludes zero, in brackets with a circle where it spans it, and the scenario as it is framed."""
    for measure, shown in zip(grid.measures, exhibits(grid), strict=True):
        (cells,) = shown.figure.data
        for stop in stops(grid, measure):
            x, y = grid.levers[0].values.index(stop.setting[0]), grid.levers[1].values.index(stop.setting[1])
            words = cells.text[y][x]
            if stop.difference is None:
                assert words == "as it is"
                (frame,) = shown.figure.layout.shapes
                assert (frame.x0 < x < frame.x1, frame.y0 < y < frame.y1) == (True, True)
                continue
            spans = stop.difference["low"] <= 0 <= stop.difference["high"]
            assert (words.startswith("(") and words.endswith(MARKS["unclear"])) == (spans and stop.verdict == "unclear")
            if not spans:
                assert words[0] == ("+" if stop.change > 0 else "\N{MINUS SIGN}")
                assert words.strip("+\N{MINUS SIGN}0.")


@pytest.mark.parametrize(("measure", "better"), [("T2", -1.0), ("C6", 1.0)])
def test_the_colours_know_which_side_is_better(by_hand, measure, better):
    """The blue end is better, whether that is lower or higher; the scale is even on both sides and its ends say so in words."""
    levers = {DESK: [0.1, 0.35], NIGHT: [0.5, 0.9]}
    given = {(0.1, 0.5): [1.0, 1.2, 1.3], (0.1, 0.9): [3.0, 3.2, 3.1], (0.35, 0.5): [2.0, 2.1, 2.2], (0.35, 0.9): [2.0, 2.4, 2.0]}
    shown = exhibits(by_hand(levers, measure, given))[0].figure
    (cells,) = shown.data
    assert (cells.zmin, cells.zmax) == (-cells.zmax, cells.zmax)
    assert (cells.z[1][0] > 0) == (better < 0)
    assert cells.colorscale[0][1] == BETTER
    first, _, last = cells.colorbar.ticktext
    assert (first.endswith("better"), last.endswith("worse")) == (True, True)
    assert first.startswith("+" if better > 0 else "\N{MINUS SIGN}")


def test_a_map_without_the_scenario_says_where_that_is(by_hand):
    """There is no cell to frame: a square between the cells, or words where it is outside; its numbers are in the table."""
    for shares, activity, spot, words in (
        ((0.1, 0.2), (0.3, 0.4), None, "is outside the map"),
        ((0.1, 0.3), (0.3, 0.6), None, "is outside the map"),
        ((0.3, 0.4), (0.4, 0.5), (0.5, 1.0), "between the cells"),
        ((0.1, 0.3, 0.7), (0.25, 0.75), (1.125, 0.5), "between the cells"),
    ):
        given = {None: [1.0, 1.1], **{(x, y): [2.0, 2.2] for x in shares for y in activity}}
        shown = exhibits(by_hand({DESK: list(shares), NIGHT: list(activity)}, "T2", given))[0]
        said = " ".join(note.text for note in shown.figure.layout.annotations)
        assert "the scenario as it is (desk-based share 35%, overnight activity 50%)" in said.replace("The", "the")
        assert words in said
        assert not shown.figure.layout.shapes
        assert len(shown.table) == len(given)
        assert [(*trace.x, *trace.y) for trace in shown.figure.data[1:]] == ([] if spot is None else [pytest.approx(spot)])


def test_the_message_of_a_map_is_of_clear_cells_only(by_hand):
    """The largest differences that stand out from chance, to either side, with where they are; or that there are none."""
    levers = {DESK: [0.1, 0.35], NIGHT: [0.5, 0.9]}
    given = {(0.35, 0.5): [2.0, 2.1, 2.2], (0.1, 0.5): [1.0, 1.2, 1.3], (0.1, 0.9): [12.0, 2.2, 3.1], (0.35, 0.9): [2.5, 2.5, 2.8]}
    message = exhibits(by_hand(levers, "T2", given))[0].message
    assert message == (
        f"{T2}: up to 0.93 hours shorter (desk-based share 10%, overnight activity 50%) and "
        "0.5 hours longer (desk-based share 35%, overnight activity 90%) than as it is"
    )
    given |= {(0.1, 0.5): [9.0, 1.0, 1.3], (0.35, 0.9): [2.5, 2.0, 2.8]}
    assert exhibits(by_hand(levers, "T2", given))[0].message == f"{T2}: no difference from the scenario as it is stands out from chance"


def test_dark_text_stands_out_from_every_colour():
    """At least 4.5 to 1, at both ends and in the middle of the scale."""
    for colour in (BETTER, NONE, WORSE):
        assert (_light(colour) + 0.05) / (_light(INK) + 0.05) > 4.5


def _light(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_figure_for_narrow_pages(line, grid):
    """Of a line, and of a map with few columns, with every dot and the same cells."""
    for found in (line, grid):
        for shown in exhibits(found):
            assert shown.narrow is not None
            assert len(shown.narrow.data) == len(shown.figure.data)


def test_a_map_of_many_columns_on_a_phone(by_hand):
    """Signs with their circle in the cells in place of numbers, which are in the table, and no line of words longer than a phone is wide."""
    shares = [round(0.04 * place, 2) for place in range(1, 22)]
    given = {None: [1.0, 1.1, 1.2]} | {(x, y): [x, x + 0.1, 3 * x + 1.1] for x in shares for y in (0.2, 0.5)}
    shown = exhibits(by_hand({DESK: shares, NIGHT: [0.2, 0.5]}, "T2", given))[0]
    (cells,) = [trace for trace in shown.narrow.data if trace.type == "heatmap"]
    assert {words for row in cells.text for words in row} <= {"+", "\N{MINUS SIGN}", "+<br>○", "\N{MINUS SIGN}<br>○"}
    whole = [words for trace in shown.figure.data if trace.type == "heatmap" for row in trace.text for words in row]
    assert [words.strip("(")[0] for words in whole] == [words[0] for row in cells.text for words in row]
    assert len(shown.narrow.layout.xaxis.ticktext) <= 4
    assert max(len(note.text) for note in shown.narrow.layout.annotations) <= 44
    assert cells.colorbar.y >= -2, "Plotly takes no lower place, and draws the scale over the cells"


def test_a_figure_stands_alone(line):
    """With its message and where it comes from; another measure when it is named."""
    for measure in line.measures:
        drawn = line.figure(measure)
        words = [drawn.layout.title.text, *(note.text for note in drawn.layout.annotations)]
        assert any("Simulated data." in said for said in words)
        shown = exhibits(line)[line.measures.index(measure)].message
        assert shown.split()[0] in drawn.layout.title.text
    assert line.figure().layout.title.text == line.figure("T2").layout.title.text


def test_the_terminal_shows_every_point(line, grid):
    """A block for each measure with its message, in 100 columns; the verdicts and the scenario as it is among them."""
    for found in (line, grid):
        told = text(found)
        assert max(map(len, told.splitlines())) <= 100
        for shown in exhibits(found):
            assert shown.message.split(" (")[0][:60] in told
        assert "as it is" in told
        assert "95%" in told
    assert text(line).count("likely worse") >= 1


def test_a_wide_map_goes_on_below(by_hand):
    """More columns than a terminal has are shown in blocks."""
    shares = [round(0.02 * place, 2) for place in range(1, 21)]
    given = {None: [1.0, 1.1, 1.2], **{(x, y): [x, x + 0.1, x + 0.3] for x in shares for y in (0.2, 0.5)}}
    told = text(by_hand({DESK: shares, NIGHT: [0.2, 0.5]}, "T2", given))
    assert max(map(len, told.splitlines())) <= 100
    assert all(f"{round(100 * share)}%" in told for share in shares)


def test_a_sweep_that_was_stopped_says_what_it_has(by_hand):
    """Points that were not reached are not measured, and no sentence speaks of them; the figures draw the others."""
    some = by_hand({DESK: SHARES}, "T2", {(0.35,): [1.0, 1.1], (0.6,): [2.0, 2.3]})
    assert exhibits(some)[0].message.endswith("goes from 35% to 60%")
    one = by_hand({DESK: SHARES}, "T2", {(0.1,): [1.0, 1.1]})
    assert exhibits(one)[0].message == f"{T2} was measured at one setting only: desk-based share 10%"
    assert exhibits(one)[0].summary.endswith("is not measured. No other point could be compared with it.")
    cells = by_hand({DESK: SHARES, NIGHT: [0.5, 0.9]}, "T2", {(0.35, 0.5): [1.0, 1.1], (0.1, 0.5): [0.5, 0.7]})
    (drawn,) = exhibits(cells)[0].figure.data
    assert [words for row in drawn.text for words in row].count("n/a") == 6
    for found in (some, one, cells):
        assert "not measured" in text(found) or "n/a" in text(found)


def test_a_rare_outcome_that_was_not_seen_carries_its_limit(by_hand):
    """Never a bare 0."""
    given = {(share,): [0.0, 0.0] for share in SHARES[:-1]} | {(SHARES[-1],): [0.0, 1.0]}
    found = by_hand({DESK: SHARES}, "P2", given)
    assert "none in 200 simulated episodes, upper 95% limit about 3 in 200" in exhibits(found)[0].summary
    assert "it is the same in every replication" in exhibits(found)[0].summary
    assert "none in 200" in text(found)
