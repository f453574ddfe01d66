"""Whether what a fit rests on is still what it was: numbers count, words do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.calibrate.grounds import changed, grounds
from sim.calibrate.prior import Prior
from sim.calibrate.targets import targets
from sim.experiment.posterior import committed, described


def test_the_fit_of_the_package_rests_on_the_figures_and_ranges_of_the_package() -> None:
    """If this fails, a number in targets.toml or assumptions.csv changed: fit again."""
    assert changed(described(committed())) == ""
    assert changed({}).count("calibration/") == 2


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({"published": 2.8}, True),
        ({"tolerance": 0.36}, True),
        ({"use": "validate"}, True),
        ({"scale": "logit"}, True),
        ({"arguments": (("days", 1),)}, True),
        ({"reason": "a word", "why": "another", "quantity": "a third"}, False),
    ],
)
def test_numbers_of_a_figure_count_and_words_do_not(change: dict[str, object], counts: bool) -> None:
    """Of one of all figures."""
    first, *rest = targets()
    found = grounds((replace(first, **change), *rest))  # type: ignore[arg-type]
    assert (found["figures"] != grounds()["figures"]) is counts
    assert found["ranges"] == grounds()["ranges"]


@pytest.mark.parametrize(("change", "counts"), [({"low": -1.0}, True), ({"distribution": "other"}, True), ({"note": "a word"}, False)])
def test_ends_of_a_range_count_and_words_do_not(change: dict[str, object], counts: bool) -> None:
    """Of one of all ranges."""
    first, *rest = Prior.of().rows
    found = grounds(rows=(replace(first, **change), *rest))  # type: ignore[arg-type]
    assert (found["ranges"] != grounds()["ranges"]) is counts
    assert found["figures"] == grounds()["figures"]
