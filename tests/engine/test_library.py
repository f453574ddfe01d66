"""Both engines agree on scenarios and areas as they are used. This is a sample: `python -m tests.engine.equality --library` looks at all of them."""

from __future__ import annotations

import pytest

from sim.engine.hands import Hands
from tests.engine.whole import names, whole

WEEKS = (28.0, 28.0, 14.0)


@pytest.mark.parametrize(("name", "area"), [("durham-2020-03", None), ("good-practice", "small-force"), ("wales", None)])
def test_the_library_is_the_same_on_both_engines(name, area):
    """Ten weeks: usual failings, good practice switched to failings, and another nation's rules."""
    found = whole(name, area, seed=1, spans=WEEKS)
    assert found.difference == ""
    assert found.events > 10_000
    assert found.rows > found.events


def test_a_difference_in_the_library_is_found(monkeypatch):
    """Luck that is a little less on one engine is told with its place."""
    draw = Hands.uniform
    monkeypatch.setattr(Hands, "uniform", lambda *key: draw(*key) * 0.999999)
    found = whole("baseline", "small-force", seed=1, spans=(2.0, 1.0, 1.0))
    assert found.difference.startswith("at hour 48.0: ")
    assert "DIFFERENT" in str(found)


def test_every_scenario_is_looked_at():
    """The list is the library's own, without its areas."""
    assert len(names()) > 20
    assert "wales" in names()
    assert "london" not in names()
