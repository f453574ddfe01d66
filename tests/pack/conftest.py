"""A pack in a folder, and Debian's Chromium driven by Playwright where both are there; where they are not, the reason is printed."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from sim.report.pack import Pages, write
from sim.report.pack.case import Case
from tests.pack import walking
from tests.pack.content import three

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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


@pytest.fixture(scope="session")
def browser():
    """Chromium. Without it, or without Playwright, the tests that look at pages in a browser are skipped."""
    missing = [name for name in ("playwright", "axe_playwright_python") if importlib.util.find_spec(name) is None]
    if missing or not CHROMIUM.exists():
        what = " and ".join([*missing, *([] if CHROMIUM.exists() else [str(CHROMIUM)])])
        pytest.skip(f"the pages were not looked at in a browser: {what} not found (Debian: apt install chromium; pip install '.[browser]')")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield found
        found.close()


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


@pytest.fixture(scope="session")
def axe(browser) -> str:
    return walking.axe()
