"""The pictures of the pages: made by the code, steady, and readable by machines."""

from __future__ import annotations

import re

import pytest

from docs.pathway import ALT, pathway
from docs.pictures import CHARTS, PICTURES, steady

ROOT = PICTURES.parents[1]


def test_the_diagram_is_current():
    """Whoever changes it draws it again: `python -m docs.pictures pathway`."""
    assert (PICTURES / "pathway.svg").read_text(encoding="utf-8") == pathway()
    assert f"<title>{ALT}</title>" in pathway()


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_there_and_says_that_it_is_simulated(name):
    """Small, with its provenance, and with no random name left in it."""
    text = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")
    assert len(text) < 150_000
    assert "Simulated data. missing-sim" in text
    assert steady(text.rstrip("\n")) == text


def test_every_picture_is_shown_with_words_in_its_place():
    """On a page or in the README, each time with an alternative text; and none lies about."""
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    shown: set[str] = set()
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for words, name in re.findall(r"!\[([^\]]*)\]\([^)]*pictures/([\w-]+)\.svg\)", text):
            assert len(words) > 20, (page, name)
            shown.add(name)
        for tag in re.findall(r"<img [^>]*>", text):
            assert re.search(r'alt="[^"]{20,}"', tag), (page, tag)
    assert shown == {path.stem for path in PICTURES.glob("*.svg")} == {"pathway", *CHARTS}


def test_random_names_are_numbered():
    """Two drawings of one chart are the same text."""
    drawn = '<clipPath id="clip{0}xy"/><g clip-path="url(#clip{0}xy)"/>'
    assert steady(drawn.format("a1b2c3")) == steady(drawn.format("0f9e8d")) != drawn.format("a1b2c3")
