"""How long a planner at the app waits, and what memory it takes: `python -m benchmarks.app`, a minute, with Chromium and the extra `browser`.

From the start of the command to the first differences (the compiled code is on the shelf), from a changed lever to the new ones, and the memory of
the server at rest: before anybody opens a page, and after the comparisons.
"""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

CHROMIUM = "/usr/bin/chromium"
LEVER = "Night tasks that start at night (%), as a number"
CHANGES = (30, 45, 60, 75, 20)
ANSWER, WHOLE = "What changes: ten headline measures", "held against published figures for England and Wales"
REST = 5.0
"""Seconds of quiet before memory is read."""


def main() -> None:
    """Print the waits and the memory."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{probe.getsockname()[1]}"
        command = [sys.executable, "-m", "sim", "app", "--no-browser", "--port", address.rpartition(":")[2]]
        settings = {**os.environ, "MISSING_SIM_RESULTS": folder}
        idle = _rested(command, settings, address)
        began = time.monotonic()
        app = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL)
        try:
            _answers(address)
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.set_default_timeout(120_000)
            page.goto(f"{address}/plan")
            page.get_by_role("button", name="Compare").click()
            page.get_by_text(ANSWER).wait_for()
            first = time.monotonic() - began
            waits = _changed(page)
            time.sleep(REST)
            used = _memory(app.pid)
        finally:
            app.terminate()
            app.wait()
            browser.close()
    print(f"From start to first differences: {first:.1f} s")
    print(f"From a changed lever to new differences: {statistics.median(waits):.1f} s, at most {max(waits):.1f} s (of {len(waits)})")
    print(f"Memory at rest: {idle:.0f} MB before a page is opened, {used:.0f} MB after {len(waits) + 1} comparisons")


def _changed(tab: Any) -> list[float]:
    """Seconds from each press of Compare to the new differences."""
    found = []
    tab.get_by_text(WHOLE).wait_for()
    tab.get_by_text("Own changes").nth(1).click()
    for value in CHANGES:
        box = tab.get_by_role("spinbutton", name=LEVER)
        box.fill(str(value))
        box.press("Tab")
        tab.wait_for_timeout(1500)
        began = time.monotonic()
        tab.get_by_role("button", name="Compare").click()
        tab.get_by_text(ANSWER).wait_for(state="detached")
        tab.get_by_text(ANSWER).wait_for()
        found.append(time.monotonic() - began)
        tab.get_by_text(WHOLE).wait_for()
    return found


def _rested(command: list[str], settings: dict[str, str], address: str) -> float:
    """Megabytes of a server that is ready, and that nobody has asked for anything."""
    app = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL)
    try:
        _answers(address)
        time.sleep(2.0 * REST)
        return _memory(app.pid)
    finally:
        app.terminate()
        app.wait()


def _answers(address: str) -> None:
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5.0):
                return
        except OSError:
            time.sleep(0.1)


def _memory(process: int) -> float:
    """Megabytes that a process holds in memory."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found is not None
    return int(found[1]) / 1000.0


if __name__ == "__main__":
    main()
