"""The app's pages without a browser (AppTest), and the app itself in Debian's Chromium. Where that is not there, the reason is printed."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit", reason="the app was not tested: streamlit not found (pip install -e '.[app]')")

from tests.app.browsing import PATIENCE, served
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


@pytest.fixture(scope="session")
def address(tmp_path_factory, browser):
    """Where the app answers."""
    with served(tmp_path_factory.mktemp("app") / "results") as found:
        yield found


@pytest.fixture
def tab(browser, address):
    """Browser tabs of one person each: call it for one. A page that asks another machine for anything, or that throws, fails its test."""
    opened, asked, thrown = [], [], []

    def make(**settings):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "accept_downloads": True, **settings})
        context.on("request", lambda request: asked.append(request.url))
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.on("websocket", lambda socket: asked.append(socket.url.replace("ws://", "http://")))
        page.set_default_timeout(PATIENCE)
        return page

    yield make
    for context in opened:
        context.close()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert thrown == []
