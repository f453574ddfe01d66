"""Themes begin where the headings of the schema do, and every value has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sim.scenario
from sim.experiment.themes import STARTS, themes
from sim.scenario.ranges import ranges

SCHEMA = Path(sim.scenario.__file__).parent


def test_every_value_has_a_theme():
    """Of what varies, none is about the run."""
    assert set(themes()) == set(ranges())
    assert all(themes().values())
    assert not any(themes()[path] == "the run" for path, over in ranges().items() if over.varies)


@pytest.mark.parametrize("section", ["world", "practice"])
def test_a_theme_begins_at_a_heading(section):
    """At the first value under one, or among the three headline levers, which belong to two themes, or where disruption begins."""
    source = (SCHEMA / f"{section}.py").read_text(encoding="utf-8")
    firsts = {f"{section}.{key}" for key in re.findall(r"^    # .*\n    (\w+):", source, re.MULTILINE)}
    others = {"practice.under_graded_share", "practice.desk_based_share_high", "practice.notice_share"}
    starts = {path for path in STARTS if path.startswith(f"{section}.")}
    assert starts <= firsts | others | {"practice.under_graded_steps", "world.assessment_days"}
    assert themes()["practice.under_graded_steps"] == "grading"
