"""Settings that all tests share.

The examples of the property tests are the same in every run, so that a red run is about the change at hand and never about the draw.
Fresh and more examples, for whoever hunts: `pytest --hypothesis-profile=explore`.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from sim.experiment import study
from tests.dealing import in_order

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

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile("repeatable")


def pytest_configure(config: pytest.Config) -> None:
    """Workers are dealt files in the order in which they were collected, and not those with most tests first."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest comes first, where files are dealt to workers; else files come in the order in which they were asked for."""
    if not hasattr(config, "workerinput"):
        return
    place = {file: number for number, file in enumerate(in_order(item.path.as_posix() for item in items))}
    items.sort(key=lambda item: place[item.path.as_posix()])


@pytest.fixture(scope="session", autouse=True)
def nothing_drawn() -> Iterator[None]:
    """In this process nothing is drawn from the posterior that comes with the package, unless a test names a posterior: most tests are about luck and
    rules, and hold at any values. Commands that tests run in a process of their own draw as they do for everyone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "committed", lambda: Path("no posterior"))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium. Without it, or without Playwright, the tests that look at pages in a browser are skipped; they fail where MISSING_SIM_BROWSER is
    "required", as .ci/run has it once there is a browser."""
    missing = [name for name in ("playwright", "axe_playwright_python") if importlib.util.find_spec(name) is None]
    if missing or not CHROMIUM.exists():
        what = " and ".join([*missing, *([] if CHROMIUM.exists() else [str(CHROMIUM)])])
        told = pytest.fail if os.environ.get("MISSING_SIM_BROWSER") == "required" else pytest.skip
        told(f"the pages were not looked at in a browser: {what} not found (Debian: apt install chromium; pip install -e '.[browser]')")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield found
        found.close()


@pytest.fixture(scope="session")
def axe(browser) -> str:
    """The script of axe-core, from the installed package."""
    import axe_playwright_python

    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
