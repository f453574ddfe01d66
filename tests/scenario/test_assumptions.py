"""Every parameter has its range and its grounds, and whatever is cited as evidence exists."""

from __future__ import annotations

import csv
import re
import tomllib
from typing import Any

import pytest

from sim.scenario import load, names, values
from sim.scenario.library import data, paths

BASELINE = values(load("baseline"))
IDS = re.compile(r"\b[A-Z]{2}\d{2}\b")


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of the calibration folder."""
    with open(data("calibration") / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


EVIDENCE = {row["id"]: row for row in table("evidence.csv")}
ROWS = table("assumptions.csv")
BY_PATH = {row["path"]: row for row in ROWS}


def elements(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def end(row: dict[str, str], which: str) -> tuple[Any, ...]:
    """The low or high end of a row: numbers, or the words of a switch or a nation, one for each element."""
    text = row[which].split(";")
    return tuple(part if part in ("england", "wales") else tomllib.loads(f"x = {part}")["x"] for part in text)


def within(row: dict[str, str], value: Any) -> bool:
    """Does each element of `value` lie in the range of `row`? A word or a switch must be one of the two."""
    low, here, high = end(row, "low"), elements(value), end(row, "high")
    assert len(low) == len(here) == len(high), row["path"]
    return all(v in (a, b) if isinstance(v, bool | str) else a <= v <= b for a, v, b in zip(low, here, high, strict=True))


def test_every_parameter_has_exactly_one_row():
    """None is missing, none is extra, none is there twice, and they stand in the order of the schema."""
    assert [row["path"] for row in ROWS] == list(BASELINE)


def test_the_table_is_whole():
    """Each row has its columns filled; only a note may be empty."""
    for row in ROWS:
        assert None not in row
        assert all(row[column].strip() for column in ("unit", "low", "high", "distribution", "evidence", "reliability")), row["path"]


@pytest.mark.parametrize("path", BASELINE)
def test_the_baseline_lies_within_the_range(path):
    """low <= baseline <= high, element by element."""
    row = BY_PATH[path]
    assert within(row, BASELINE[path]), f"{path} = {BASELINE[path]} is outside {row['low']} to {row['high']} in calibration/assumptions.csv"


@pytest.mark.parametrize("path", BASELINE)
def test_both_ends_of_a_range_are_allowed_values(path):
    """An analysis may go to either end of what it varies without being refused."""
    row = BY_PATH[path]
    for which in ("low", "high"):
        given = end(row, which)
        if BASELINE[path] is not None and abs(sum(v for v in elements(BASELINE[path]) if isinstance(v, float)) - 1) < 1e-6 and len(given) == 3:
            given = tuple(v / sum(given) for v in given)  # shares that sum to one are rescaled
        value = list(given) if isinstance(BASELINE[path], tuple) else given[0]
        load("baseline", overrides={path: value})


@pytest.mark.parametrize("name", names())
def test_the_ranges_contain_the_whole_library(name):
    """Practice and world of every scenario lie within the ranges that a sensitivity analysis uses."""
    outside = [
        f"{path} = {value}"
        for path, value in values(load(name)).items()
        if path.startswith(("practice.", "world.")) and not within(BY_PATH[path], value)
    ]
    assert outside == []


def test_distributions_can_be_drawn_from():
    """A range that is drawn on the log scale begins above 0; one that is drawn from at all has a width, and holds no switch or word."""
    for row in ROWS:
        assert row["distribution"] in ("uniform", "loguniform", "fixed"), row["path"]
        if row["distribution"] != "fixed":
            low, high = end(row, "low"), end(row, "high")
            assert not isinstance(BASELINE[row["path"]], bool | str), row["path"]
            assert all(a <= b for a, b in zip(low, high, strict=True)), row["path"]
            assert low != high, row["path"]
            assert row["distribution"] != "loguniform" or min(low) > 0, row["path"]


def test_reliability_says_what_the_evidence_says():
    """Letters A to C go with published figures; D and assumption say that there are none."""
    for row in ROWS:
        assert row["reliability"] in ("A", "B", "C", "D", "assumption"), row["path"]
        assert (row["evidence"] == "assumption") == (row["reliability"] in ("D", "assumption")), row["path"]


def test_evidence_in_the_assumptions_exists():
    """Every id in the table is that of a published figure, in the notes too."""
    for row in ROWS:
        cited = [] if row["evidence"] == "assumption" else row["evidence"].split(" ")
        assert set(cited) | set(IDS.findall(row["note"])) <= set(EVIDENCE), row["path"]
        assert len(cited) == len(set(cited)), row["path"]


@pytest.mark.parametrize("name", names())
def test_evidence_in_a_scenario_exists(name):
    """Every id that a file cites, in its words or in its remarks, is that of a published figure."""
    cited = set(IDS.findall(paths()[name].read_text(encoding="utf-8"))) | set(load(name).about.evidence)
    assert cited <= set(EVIDENCE)


def test_evidence_has_its_sources():
    """No id twice; each figure is a number with a source, an address and a confidence."""
    rows = table("evidence.csv")
    assert len(rows) == len(EVIDENCE)
    for row in rows:
        float(row["value"])
        assert row["unit"], row["id"]
        assert row["source_title"], row["id"]
        assert row["source_url"].startswith("http"), row["id"]
        assert row["confidence"] in ("primary", "secondary", "snippet"), row["id"]


@pytest.mark.parametrize(
    ("path", "low", "high"),
    [
        ("practice.desk_based_share", 0.1, 0.9),
        ("practice.overnight_activity", 0.1, 1.0),
        ("practice.referral_share", 0.3, 0.9),
        ("world.field_to_desk_ratio", 1.0, 4.0),
        ("world.night_exposure_weight", 1.0, 5.0),
        ("world.search_fade_hours", 1.0, 10.0),
        ("world.findability_shape", 0.3, 5.0),
        ("world.prevention_discloses", 0.02, 0.2),
        ("world.rhi_discloses", 0.2, 0.6),
        ("world.red_flag_false", 0.19, 0.33),
        ("world.protection_against_leaving", 0.0, 0.4),
        ("world.reason_addressed_effect", 0.0, 0.3),
    ],
)
def test_ranges_of_the_evidence_review_are_kept(path, low, high):
    """Where the review of the evidence names a range for what has no figure, that range is used."""
    assert (end(BY_PATH[path], "low"), end(BY_PATH[path], "high")) == ((low,), (high,))


@pytest.mark.parametrize(("which", "share"), [("low", 0.4), ("high", 0.8)])
def test_the_hours_of_leaving_span_the_range_of_the_review(which, share):
    """From 0.4 to 0.8 of all leaving falls between 18:00 and 02:00."""
    weights = end(BY_PATH["world.leaving_by_hour"], which)
    assert sum(weights[18:] + weights[:2]) / sum(weights) == pytest.approx(share, abs=0.01)
