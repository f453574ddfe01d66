"""Words about children (practice notes, 4.3) on the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.story.test_language import found

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "docs").rglob("*.j2"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_has_a_word_that_is_never_written(page):
    """Those of `tests/report/test_page.py`; the words of published sources stand in the evidence alone."""
    assert found(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_ranges_are_written_out(page):
    """"15 to 20", with no dash between; what a program prints is left alone."""
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"\d ?\u2013 ?\d", text) == []
