"""The app running as its command runs it, and a person at it in a browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START, PATIENCE = 120.0, 240_000
RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
ASKED = f"{{preload: false, resultTypes: ['violations'], runOnly: {{type: 'tag', values: {RULES}}}}}"
FRAMEWORK: frozenset[str] = frozenset()
"""Rules that Streamlit's own parts break. None is known in the pinned version; one that comes is written down here with its number in docs/app.md."""
CUT_OFF = """
() => Array.from(document.querySelectorAll(".js-plotly-plot")).filter((one) => one.offsetParent).flatMap((one) => {
  const held = one.getBoundingClientRect(), end = Math.min(held.right, window.innerWidth);
  const beyond = (words) => { const box = words.getBoundingClientRect(); return box.width && (box.left < held.left - 1 || box.right > end + 1); };
  return Array.from(one.querySelectorAll("text")).filter(beyond).map((words) => words.textContent);
})
"""


@contextmanager
def served(results: Path) -> Iterator[str]:
    """The address of an app that keeps what it simulates in `results`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "sim", "app", "--no-browser", "--port", str(port)]
    environment = {**os.environ, "MISSING_SIM_RESULTS": str(results)}
    with (results.parent / "app.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _answers(f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(60)


def _answers(address: str) -> None:
    until = time.monotonic() + START
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            assert time.monotonic() < until, f"{address} does not answer"
            time.sleep(0.3)


def opened(page, address: str, door: str = "") -> None:
    """Go to a door, and wait for its heading and the end of its first run."""
    page.goto(f"{address}/{door}")
    page.locator("h1").wait_for()
    settled(page)


def settled(page) -> None:
    """Wait until the page has been shown to its end."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def cut_off(page) -> list[str]:
    """Words of the figures on a page that reach beyond their figure or beyond the page."""
    return page.evaluate(CUT_OFF)


def faults(page, script: str) -> list[str]:
    """What axe finds on a page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(script + "; 0")
    found = page.evaluate(f"axe.run(document, {ASKED})")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found if one["id"] not in FRAMEWORK] + too_wide(page)


def too_wide(page) -> list[str]:
    """By how much a page scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{wide} pixels too wide"] if wide > 0 else []
