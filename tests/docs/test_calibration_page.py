"""What the page on calibration and the README say of the fit is so."""

from __future__ import annotations

import csv
import re
from collections import Counter

import numpy as np
import pytest

from docs.write_reference import DOCS
from sim.experiment.draws import Draws
from sim.experiment.posterior import posterior
from sim.scenario.library import data


@pytest.fixture(scope="module")
def draws() -> Draws:
    """The draws that come with the package."""
    return posterior()


@pytest.fixture(scope="module")
def unknowns() -> list[str]:
    """The names of what is fitted, without what follows from it."""
    with (data("calibration") / "identifiability.csv").open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def path(name: str) -> str:
    """The value of a scenario of which this is one number."""
    return name.partition("[")[0]


def page() -> str:
    """The page on one line."""
    return " ".join((DOCS / "background" / "calibration.md").read_text(encoding="utf-8").split())


def test_how_many_values_are_drawn(draws, unknowns):
    """For the baseline: all of the world, and of practice what figures speak of. The rest is held."""
    drawn = Counter(name.partition(".")[0] for name in unknowns if path(name) in draws.usual)
    count, of = drawn.total(), len(unknowns)
    told = f"Not all of the {of} numbers are drawn. For the baseline {count} are: all {drawn['world']} of the world,"
    assert f"{told} and {drawn['practice']} of practice. The other {of - count} are practice." in page()
    assert f"{count} of the {of} are drawn" in (DOCS.parent / "README.md").read_text(encoding="utf-8")


def test_what_is_held_goes_with_what_is_drawn(draws, unknowns):
    """As strongly as the page says, and no other pair more strongly than those that it names."""
    named = re.findall(r"\| [^|]+\(`(\w+)`\) \| [^|]+\(`(\w+)`\) \| (0\.\d\d) \|", page())
    fitted = [(place, name) for place, name in enumerate(draws.names) if name in unknowns]
    correlation = np.abs(np.corrcoef(np.asarray(draws.rows, dtype=float).T))
    pairs = Counter[tuple[str, str]]()
    for i, held in fitted:
        for j, drawn in fitted:
            if path(held) not in draws.usual and path(drawn) in draws.usual:
                key = (path(held).partition(".")[2], path(drawn).partition(".")[2])
                pairs[key] = max(pairs[key], correlation[i, j])
    strongest = {(*pair, f"{value:.2f}") for pair, value in pairs.most_common(3)}
    assert strongest == set(named)


def test_how_many_figures_were_fitted():
    """As many published ones as the fit has, and the size of the area; README and page say the same as `calibrate --show`."""
    with (data("calibration") / "fit.csv").open(encoding="utf-8", newline="") as file:
        fit = [row for row in csv.DictReader(file) if row["use"] == "fit"]
    published = len(fit) - sum(row["id"] == "size" for row in fit)
    inside = sum(row["inside"] == "True" for row in fit)
    assert published == len(fit) - 1
    assert f"{published} of them were used to fit the model." in page()
    assert f"A {len(fit)}th figure of the fit was not published: `size`" in page()
    front = " ".join((DOCS.parent / "README.md").read_text(encoding="utf-8").split())
    assert f"fitted to {published} published figures and to the size of the area, the {len(fit)}th" in front
    assert f"the {len(fit)}th ({inside} of the {len(fit)} lie inside its 90% intervals)" in front
