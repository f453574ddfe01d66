"""A pack in a folder, and Debian's Chromium driven by Playwright where both are there; where they are not, the reason is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.report.pack import Pages, write
from sim.report.pack.case import Case
from tests.pack.content import three


@pytest.fixture(scope="session")
def pack(tmp_path_factory) -> Path:
    """The folder of a pack of three cases."""
    folder = tmp_path_factory.mktemp("training") / "pack"
    write(folder, Pages(three(), "Simulated data. missing-sim 0.4.0, scenario baseline, seed 1.").files(), {"scenario": "baseline"})
    return folder


@pytest.fixture(scope="session")
def code() -> str:
    """What a facilitator says when the first case may go on."""
    return Case(1, three()[0]).code


@pytest.fixture
def computer(browser):
    """Computers with their own storage: call it for a context in which pages share theirs. A page that throws fails its test."""
    opened, thrown, asked = [], [], []

    def make(**settings):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}, **settings})
        context.on("page", lambda page: page.on("pageerror", lambda error: thrown.append(str(error))))
        context.on("request", lambda request: asked.append(request.url))
        opened.append(context)
        return context

    make.asked = asked
    yield make
    for context in opened:
        context.close()
    assert thrown == []
    assert [url for url in asked if not url.startswith(("file://", "blob:"))] == []


@pytest.fixture
def exercise(computer, pack):
    """The page of the first case, just opened."""
    page = computer().new_page()
    page.goto((pack / "case-1.html").as_uri())
    return page
