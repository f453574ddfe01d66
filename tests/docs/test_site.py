"""The documentation site: it builds without a warning, and nothing in it is fetched from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.browsing import faults, too_wide

ROOT = Path(__file__).parents[2]
LOADS = re.compile(r"""<(?:script|img|iframe|source|embed|audio|video|input)\b[^>]*?\bsrc=["']?((?:https?:)?//[^"'\s>]+)""")
LINKED = re.compile(r"""<link\b(?![^>]*\brel=["']?canonical)[^>]*?\bhref=["']?((?:https?:)?//[^"'\s>]+)""")
STYLED = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])((?:https?:)?//[^"')\s]+)""")


def fetched(text: str) -> list[str]:
    """What a page or a style sheet would fetch from elsewhere. A link that a reader may follow is not among it."""
    return [*LOADS.findall(text), *LINKED.findall(text), *STYLED.findall(text)]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The built site."""
    pytest.importorskip("mkdocs", reason="the extra docs is not installed")
    folder: Path = tmp_path_factory.mktemp("site")
    asked = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    settings = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(asked, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_nothing_is_fetched_from_elsewhere(site):
    """No page, style sheet or picture loads anything over the network."""
    files = [path for path in site.rglob("*") if path.suffix in (".html", ".css", ".svg")]
    assert len(files) > 30
    assert {str(path.relative_to(site)): found for path in files if (found := fetched(path.read_text(encoding="utf-8")))} == {}


def test_a_remote_load_is_found():
    """In each of the ways that a page can ask for one; a plain link is none."""
    page = '<script src="https://a.example/x.js"></script><link rel=stylesheet href=//b.example/y.css><style>a{background:url(http://c.example/z)}</style>'
    assert fetched(page) == ["https://a.example/x.js", "//b.example/y.css", "http://c.example/z"]
    assert fetched('<a href="https://d.example">there</a> <img src="pictures/x.svg">') == []


def test_the_search_works_from_disk(site):
    """Its index comes as a script, and what a browser needs to read that from disk is in the site."""
    assert (site / "search" / "search_index.js").is_file()
    assert (site / "assets" / "iframe-worker.js").is_file()
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "iframe-worker.js" in page
    assert 'role="dialog" aria-label="Search"' in page, "a screen reader has no name for the search"


def test_what_a_page_links_to_outside_the_pages_comes_along(site):
    """Such as the tables of evidence and the notes on calibration, and the links lead there."""
    assert (site / "repository" / "calibration" / "evidence.csv").is_file()
    page = (site / "background" / "calibration.html").read_text(encoding="utf-8")
    for link in re.findall(r'href="([^"#]*repository/[^"#]*)', page):
        assert (site / "background" / link).resolve().is_file(), link
    assert "../repository/calibration/index.html" in page


def gone(page: Path) -> list[str]:
    """The pictures of a page that are no file of the site."""
    shown = re.findall(r"""<img\b[^>]*?\bsrc=["']?([^"'\s>]+)""", page.read_text(encoding="utf-8"))
    return [link for link in shown if not link.startswith("data:") and not (page.parent / link).is_file()]


def test_every_picture_of_a_page_is_there(site, tmp_path):
    """Written in Markdown or in HTML, as in the README; and one that is not there would be noticed."""
    assert {str(page.relative_to(site)): found for page in site.rglob("*.html") if (found := gone(page))} == {}
    assert (site / "repository" / "index.html").read_text(encoding="utf-8").count("../pictures/") >= 4
    page = tmp_path / "page.html"
    page.write_text('<img src="page.html"> <img alt="a picture" src=pictures/gone.svg>', encoding="utf-8")
    assert gone(page) == ["pictures/gone.svg"]


@pytest.mark.parametrize("name", ["index.html", "tutorials/analyst.html", "governance/model-card.html"])
def test_a_page_has_no_fault_in_a_browser(site, browser, axe, name):
    """Wide and at 200% zoom (half of 1280 pixels) axe finds nothing; on a phone nothing is scrolled sideways; only files are read."""
    asked, thrown = [], []
    for width in (1280, 640):
        page = browser.new_page(viewport={"width": width, "height": 800}, reduced_motion="reduce")
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto((site / name).as_uri())
        assert faults(page, axe) == []
        page.set_viewport_size({"width": 390, "height": 800})
        assert too_wide(page) == []
        page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert thrown == []
