"""The same pages in Firefox: a whole exercise from the disk, by keyboard alone."""

from __future__ import annotations

import shutil

import pytest

from tests.pack.firefox import Firefox

STAGE = "Array.from(document.querySelectorAll('.stage')).find(one => !one.hidden).dataset.stage"
FETCHED = "performance.getEntriesByType('resource').map(one => one.name).filter(name => !name.startsWith('file:'))"
KEPT = "Object.entries(localStorage).filter(([key]) => /^missing-sim:[0-9a-f]{12}:/.test(key)).map(([, text]) => JSON.parse(text).decisions)"


@pytest.fixture
def firefox(tmp_path):
    program = shutil.which("firefox") or shutil.which("firefox-esr")
    if program is None:
        pytest.skip("the pages were not looked at in Firefox: it is not found (Debian: apt install firefox-esr)")
    found = Firefox(program, tmp_path)
    yield found
    found.close()


@pytest.mark.slow
def test_a_whole_exercise_in_firefox_by_keyboard_alone(firefox, pack, code):
    """From the pre-brief to the debrief; the record outlives a reload, and nothing is fetched."""
    firefox.open((pack / "case-1.html").as_uri())
    firefox.tab_to("#begin button")
    firefox.press("Enter")
    for point in (1, 2, 3):
        assert firefox.evaluate(STAGE) == f"point-{point}"
        firefox.tab_to(".stage input[type=radio]")
        firefox.press("Space", "ArrowDown")
        firefox.tab_to(".stage textarea")
        firefox.press(*"Known: <b>")
        firefox.tab_to(".stage form button")
        firefox.press("Enter")
        if point < 3:
            firefox.tab_to("[data-act=next]")
            while firefox.evaluate("document.activeElement.dataset.act") == "next":
                firefox.press("Enter")
            firefox.press("Enter")
    assert firefox.evaluate(STAGE) == "wait"
    firefox.tab_to("#code")
    firefox.press(*code.lower(), "Enter")
    for layer in (1, 2, 3, 4):
        assert firefox.evaluate(STAGE) == f"layer-{layer}"
        firefox.tab_to("[data-act=on]")
        firefox.press("Enter")
    firefox.ask("WebDriver:Refresh")
    assert firefox.evaluate(STAGE) == "debrief"
    [decisions] = firefox.evaluate(KEPT)
    assert [one["reasons"] for one in decisions.values()] == ["Known: <b>"] * 3
    assert firefox.evaluate(FETCHED) == []
