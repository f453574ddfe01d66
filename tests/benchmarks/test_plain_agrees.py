"""Our rules and an independent plain SimPy model say the same about the core pathway, and the comparison would show it if they did not.

Each has its own luck, with fixed seeds, so the outcome is the same on every machine that draws the same numbers.
"""

from __future__ import annotations

import pytest

from benchmarks.compare_plain import Row, compare, replicate
from benchmarks.core import core
from benchmarks.measures import Window, observe_compiled, observe_plain

WINDOW = Window(warm_up=120.0, measured=240.0, run_on=15.0)
REPLICATIONS = 5
BY_CHANCE = 1e-4
"""Two equal models differ by more than is tolerated this often in one measure (Welch's t over replications)."""

LOOKED_AT = [
    "reported episodes a year",
    "report to located, hours, 25%",
    "report to located, hours, 50%",
    "report to located, hours, 90%",
    "ended by self, share",
    "ended by third party, share",
    "ended by police desk, share",
    "ended by police field, share",
    "graded high, share",
    "first field action, hours, mean",
    "wait at response, urgent, hours",
    "wait at response, routine, hours",
    "use of desk, share of duty hours",
    "use of response, share of duty hours",
    "search tasks a year",
    "return interviews held at all, share",
]


@pytest.fixture(scope="module")
def ours() -> list[dict[str, float]]:
    return replicate(observe_compiled, core(), WINDOW, 1, REPLICATIONS)


@pytest.fixture(scope="module")
def rows(ours: list[dict[str, float]]) -> dict[str, Row]:
    plain = replicate(observe_plain, core(), WINDOW, 1, REPLICATIONS)
    return {row.measure: row for row in compare(plain, ours)}


@pytest.mark.parametrize("measure", LOOKED_AT)
def test_both_models_say_the_same(rows: dict[str, Row], measure: str) -> None:
    row = rows[measure]
    assert row.p > BY_CHANCE, f"{measure}: plain {row.plain:.4g}, ours {row.ours:.4g}, {row.z:.1f} standard errors apart"


def test_a_plain_model_with_other_practice_is_told_apart(ours: list[dict[str, float]]) -> None:
    desk_only = core(overrides={"practice.desk_based_share": 1.0, "practice.desk_based_share_high": 1.0})
    apart = {row.measure: row for row in compare(replicate(observe_plain, desk_only, WINDOW, 1, REPLICATIONS), ours)}
    assert apart["ended by police field, share"].p < BY_CHANCE
    assert apart["use of response, share of duty hours"].p < BY_CHANCE
    assert apart["graded high, share"].p > BY_CHANCE
