"""The report: whole, offline, readable by everyone, and in the words of the field."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from itertools import pairwise
from urllib.parse import unquote

import pytest
from plotly.offline import get_plotlyjs

from sim import __version__
from sim.report import write
from sim.report.page import page
from tests.report.conftest import HOSTILE
from tests.report.reading import Node, read

NEVER_WRITTEN = (
    "absconder", "absconders", "absconded", "absconding", "runaway", "runaways", "AWOL", "misper", "mispers", "child prostitute", "promiscuous",
    "sexual activity with", "putting themselves at risk", "associating with older men", "boyfriend", "streetwise", "lifestyle choice",
    "boundary testing", "hard to reach", "attention seeking", "refuses to engage", "failed to attend", "LAC", "placement", "placements",
    "frequent flyer", "frequent flyers", "repeat misper", "offender identified",
)  # fmt: skip
KINDS = ("single", "two", "four", "once", "hostile")
WHEN = date(2025, 6, 4)


@pytest.fixture(scope="session")
def pages(single, two, four, once, hostile) -> dict[str, str]:
    """The page of each kind of result."""
    results = {"single": single, "two": two, "four": four, "once": once, "hostile": hostile}
    return {kind: page(result, WHEN) for kind, result in results.items()}


@pytest.fixture(scope="session")
def trees(pages) -> dict[str, Node]:
    """The same, read."""
    return {kind: read(own(text)) for kind, text in pages.items()}


def own(text: str) -> str:
    """The page without the library that draws."""
    return text.replace(get_plotlyjs(), "")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_asked_of_a_network(kind, pages):
    """No address, no request, no library from elsewhere; the library that draws is inside, once."""
    text = pages[kind]
    assert text.count(get_plotlyjs()) == 1
    assert not re.search(r"https?:|//cdn|\bfetch\(|XMLHttpRequest|@import|url\(", own(text))
    for node in read(own(text)).everything():
        assert not node.attributes.get("src")
        if node.tag != "meta":
            assert node.attributes.get("href", "#").startswith(("#", "data:text/csv"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_of_the_field(kind, trees):
    """No word of the list that the language guidance rules out, in text, labels or downloads."""
    nodes = trees[kind].everything()
    said = [trees[kind].text, *(unquote(value) for node in nodes for value in node.attributes.values())]
    said += [" ".join(node.pieces) for node in nodes if node.tag == "script"]
    for word in NEVER_WRITTEN:
        assert not any(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for text in said), word


@pytest.mark.parametrize("kind", KINDS)
def test_headings_landmarks_and_ids(kind, trees):
    """One h1, no level left out, each landmark present, each id used once, each reference pointing at one."""
    tree = trees[kind]
    levels = [int(node.tag[1]) for node in tree.everything() if re.fullmatch(r"h[1-6]", node.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(len(tree.all(tag)) == 1 for tag in ("main", "header", "footer", "nav"))
    assert tree.all("html")[0].attributes["lang"] == "en-GB"
    ids = [node.attributes["id"] for node in tree.everything() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    named = [node.attributes[name] for node in tree.everything() for name in ("aria-labelledby", "aria-describedby") if name in node.attributes]
    named += [node.attributes["href"][1:] for node in tree.all("a") if node.attributes["href"].startswith("#")]
    assert set(named) <= set(ids)


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_has_caption_scopes_and_full_cells(kind, trees):
    """A caption with provenance, one header row, a heading in every row, no empty cell, no merged cell."""
    tables = trees[kind].all("table")
    assert len(tables) > 10
    for table in tables:
        caption = table.all("caption")[0].text
        assert "Simulated data" in caption
        assert __version__ in caption
        head, *rows = table.all("tr")
        width = len(head.all("th"))
        assert all(cell.attributes["scope"] == "col" for cell in head.all("th"))
        for row in rows:
            assert [cell.attributes["scope"] for cell in row.all("th")] == ["row"]
            assert len(row.children) == width
            assert all(cell.text.strip() for cell in row.children)
        assert not any("colspan" in node.attributes or "rowspan" in node.attributes for node in table.everything())


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_has_a_name_a_summary_a_table_and_a_download(kind, trees):
    """Who cannot see a figure reads two sentences and the numbers; its drawing is still."""
    figures = trees[kind].all("figure")
    assert len(figures) >= 3
    for figure in figures:
        drawn = next(node for node in figure.all("div") if node.attributes.get("role") == "img")
        by_id = {node.attributes["id"]: node for node in figure.everything() if "id" in node.attributes}
        assert by_id[drawn.attributes["aria-labelledby"]].text
        summary = by_id[drawn.attributes["aria-describedby"]].text
        assert len(re.findall(r"\.(?: |$)", summary)) >= 2
        assert "nan" not in summary.split()
        details = figure.all("details")[0]
        assert details.all("summary")[0].text.startswith("View as table")
        assert details.all("table")
        assert details.all("a")[0].attributes["href"].startswith("data:text/csv")
        drawings = json.loads(by_id[f"{drawn.attributes['id']}-drawing"].pieces[0])
        assert all(drawings[size]["data"] for size in ("narrow", "wide"))


@pytest.mark.parametrize("kind", KINDS)
def test_downloads_say_where_they_come_from(kind, trees):
    """Every file is a table whose rows say: simulated, version, seed, replications, interval. No cell starts a formula."""
    links = [node for node in trees[kind].all("a") if "download" in node.attributes]
    assert links
    for link in links:
        rows = list(csv.DictReader(io.StringIO(unquote(link.attributes["href"].partition(",")[2]), newline="")))
        assert rows
        assert {row["data"] for row in rows} == {"simulated"}
        assert {row["model_version"] for row in rows} == {__version__}
        assert all(row["seed"] and row["replications"] and row["interval"] for row in rows)
        texts = [text for row in rows for text in (*row, *row.values())]
        assert not any(text.startswith(("=", "+", "@")) for text in texts)
        assert "nan" not in texts


@pytest.mark.parametrize("kind", KINDS)
def test_what_must_be_said_is_said(kind, trees):
    """The statement on simulated data, the content note, what intervals do not show, and the check to look at."""
    text = re.sub(r"\s+", " ", trees[kind].text)
    for words in (
        "No record of a real child was used.",
        "Results compare policies; they do not predict any child's risk and must not be used to grade a case.",
        "It holds no images or descriptions of abuse.",
        "Children cannot consent to their own abuse",
        "missing-sim validate",
        "model-only",
        "4 June 2025",
    ):
        assert words in text, words
    assert ("do not show how uncertain the model's values are" in text) == (kind != "once")


def test_a_comparison_gives_ten_sentences_for_each_scenario(two, trees, four):
    """Ten headlines in their order, for each scenario that is compared."""
    for kind, result in (("two", two), ("four", four)):
        lists = [node for node in trees[kind].all("ul") if node.attributes.get("class") == "findings"]
        assert [len(found.all("li")) for found in lists] == [10] * (len(result.names) - 1)


def test_one_replication_claims_nothing(trees):
    """Without an interval there is no verdict, and no word on who loses."""
    text = trees["once"].text
    assert "no interval" in text
    assert "it cannot be said who is likely to lose" in re.sub(r"\s+", " ", text)
    assert not re.search(r"\blikely (better|worse|higher|lower)\b", text)


def test_nobody_loses_only_if_nobody_was_found_to(two):
    """The sentence stands where nothing at all is likely worse, and nowhere else."""
    from dataclasses import replace

    same = replace(two, values=two.values.only((0, 0)))
    sentence = "Nobody was found to lose"
    assert sentence in page(same, WHEN)
    assert sentence not in page(two, WHEN)


def test_a_hostile_title_is_text(pages, trees):
    """A title that holds a script is shown, not run."""
    assert "<script>alert" not in pages["hostile"]
    assert HOSTILE in trees["hostile"].all("h1")[0].text
    assert any("differs." in node.text for node in trees["hostile"].all("div") if node.attributes.get("class") == "notice")
    scripts = [node for node in trees["hostile"].all("script") if node.attributes.get("type") != "application/json"]
    assert len(scripts) == 2


def test_a_report_is_written_whole_or_not_at_all(two, tmp_path, monkeypatch):
    """An older report survives a failure, nothing is left beside it, and a folder or a missing folder is refused with its name."""
    target = tmp_path / "report.html"
    assert write(two, target, WHEN) == target
    before = target.read_text(encoding="utf-8")
    assert before.startswith("<!DOCTYPE html>")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(two, target, WHEN)
    assert target.read_text(encoding="utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    for wrong in (tmp_path, tmp_path / "absent" / "report.html"):
        with pytest.raises(OSError, match=re.escape(str(wrong))):
            write(two, wrong, WHEN)
