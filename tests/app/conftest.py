"""The app's pages without a browser (AppTest), and the app itself in Debian's Chromium where both are there; where they are not, the reason is printed."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit", reason="the app was not tested: streamlit not found (pip install 'missing-sim[app]')")

from tests.app.desk import Desk


@pytest.fixture
def results(tmp_path, monkeypatch):
    """The results folder of a test."""
    folder = tmp_path / "results"
    monkeypatch.setenv("MISSING_SIM_RESULTS", str(folder))
    return folder


@pytest.fixture
def few(monkeypatch):
    """Few replications: what is tested here is the app, not the numbers."""
    from sim.app import comparing

    monkeypatch.setattr(comparing, "steps", lambda replications: (2, 3))
    monkeypatch.setattr(comparing, "CHECKED", 2)
    monkeypatch.setattr(comparing, "EXPLAINED", 2)


@pytest.fixture
def desk(results, few) -> Desk:
    """A planner at the app, with the results folder of the test."""
    return Desk()
