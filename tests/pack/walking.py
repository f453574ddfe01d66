"""A person at an exercise page, in a browser: what is done at each stage, by mouse or by keyboard alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
WITHOUT_PRELOAD = f"{{preload: false, resultTypes: ['violations'], runOnly: {{type: 'tag', values: {RULES}}}}}"


def axe() -> str:
    """The script of axe-core, from the installed package."""
    import axe_playwright_python

    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")


def faults(page, script: str) -> list[str]:
    """What axe finds on a page as it stands, and a page that scrolls sideways."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(script + "; 0")
    found = page.evaluate(f"axe.run(document, {WITHOUT_PRELOAD})")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found] + too_wide(page)


def too_wide(page) -> list[str]:
    """By how much a page scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{wide} pixels too wide"] if wide > 0 else []


def stage(page) -> str:
    """The stage that is shown."""
    return page.locator(".stage:visible").get_attribute("data-stage")


def begin(page, alone: bool = False) -> None:
    if alone:
        page.check("#mode-alone")
    page.click("#begin button")


def decide(page, option: int = 0, reasons: str = "What is known so far") -> None:
    """Record the decision that is asked for. A window that is not in front is painted seldom, and a click waits for it to be."""
    page.bring_to_front()
    page.locator(".stage:visible input[type=radio]").nth(option).check()
    page.locator(".stage:visible textarea").fill(reasons)
    page.locator(".stage:visible form button").first.click()


def run_clock(page) -> None:
    """Let everything arrive at once, and go to the decision."""
    page.bring_to_front()
    while page.locator(".stage:visible [data-act=next]:visible").count():
        page.locator(".stage:visible [data-act=next]").click()
    page.locator(".stage:visible [data-act=decide]").click()


def through(page, code: str, reasons: str = "What is known so far") -> Iterator[str]:
    """The whole exercise with a facilitator's code; yields the name of every stage while it is shown."""
    yield stage(page)
    begin(page)
    while stage(page) != "wait":
        yield stage(page)
        if stage(page).startswith("run"):
            run_clock(page)
        else:
            decide(page, 1, reasons)
    yield stage(page)
    page.fill("#code", code)
    page.click("#unlock button")
    while stage(page) != "debrief":
        page.evaluate("document.querySelectorAll('.stage:not([hidden]) details').forEach(fold => { fold.open = true; })")
        yield stage(page)
        page.click("#steps [data-act=on]")
    yield stage(page)


def tab_to(page, selector: str, most: int = 60) -> None:
    """Press Tab until the focus is there; every stop on the way shows that it has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && s.outlineWidth !== '0px'; })()"
        )
        assert seen or page.evaluate("document.activeElement === document.body"), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by keyboard")


def records(page) -> list[dict]:
    """What the browser keeps of the exercises of this pack."""
    held = page.evaluate("Object.entries(localStorage).filter(([key]) => /^missing-sim:[0-9a-f]{12}:/.test(key)).map(([, text]) => text)")
    return [json.loads(text) for text in held]
