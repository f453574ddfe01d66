"""The board paper, read back as a word processor reads it: headings, one marked-up table, a described figure, text that stays text, two pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from PIL import Image

import sim
from sim import __version__
from sim.experiment.comparison import Result
from sim.experiment.frontier import frontier
from sim.report import word
from sim.report.paper import paper
from sim.report.short import clean, cut, shortened
from sim.report.strips import changes, differences
from sim.report.word_fit import HIGH, first, second, size
from sim.scenario import ScenarioError
from tests.experiment.tiny import tiny
from tests.report.conftest import HOSTILE, chosen
from tests.report.test_page import NEVER_WRITTEN

WHEN = date(2025, 6, 4)
HOW = {"replications": 2, "engine": "compiled", "workers": 1}
LONG = "a title that goes on and on, " * 400 + "\x00\x07\u202e<w:p>{=1+1}"


def opened(findings, explained=None) -> Document:
    """The paper, written and read back."""
    return docx.Document(io.BytesIO(word.document(paper(findings, WHEN, explained), WHEN)))


def text_of(document: Document) -> str:
    """All text of a paper."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.fixture(scope="module")
def others() -> dict[str, object]:
    """Small findings of the other kinds."""
    return {
        "explain": sim.explain(tiny(), tiny("good-practice"), measures=("P1", "T2"), orders=2, **HOW),
        "sweep": sim.sweep(tiny(), {"practice.desk_based_share": [0.1, 0.5, 0.9]}, measures=("T2", "W8"), **HOW),
        "frontier": frontier(tiny(), {"night-officers": "0:1", "interviewers": "0:1"}, budget=200_000, measures=("T2",), **HOW),
        "posts": sim.compare(tiny(), posts=["night-officers=2", {"interviewers": 1, "mash-workers": 1}], **HOW),
    }


@pytest.fixture(scope="module")
def long(two: Result) -> Result:
    """A comparison with titles and names of more than 10,000 letters that begin alike, and characters that no file of Word can hold."""
    scenarios = tuple(
        one.model_copy(update={"name": f"{LONG}{place}", "about": one.about.model_copy(update={"title": LONG})})
        for place, one in enumerate(two.plan.scenarios)
    )
    return replace(two, plan=replace(two.plan, scenarios=scenarios))


@pytest.fixture(scope="module")
def papers(two, four, single, once, hostile, long, others) -> dict[str, Document]:
    """A paper of every kind."""
    found = {"two": two, "four": four, "single": single, "once": once, "hostile": hostile, "long": long} | others
    return {name: opened(one) for name, one in found.items()}


def test_headings_come_in_their_order(papers):
    """A title, a status line that says that the data are simulated, and the same nine headings in every paper, in styles of Word's own."""
    for document in papers.values():
        styles = [one.style.name for one in document.paragraphs]
        assert styles[:2] == ["Title", "Subtitle"]
        assert styles.count("Title") == 1
        assert [one.text for one in document.paragraphs if one.style.name == "Heading 1"] == list(word.HEADS.values())
        assert document.paragraphs[1].text == "Board paper, 4 June 2025. Simulated data: no record of a real child was used."


def test_no_paragraph_is_empty(papers):
    """Space belongs to styles; the only paragraph without words holds the figure."""
    for document in papers.values():
        empty = [one for one in document.paragraphs if not one.text.strip()]
        assert [one.style.name for one in empty] == ["Figure"]
        assert all(cell.text.strip() for table in document.tables for row in table.rows for cell in row.cells)


def test_one_table_with_a_marked_header(papers):
    """Its first row is marked as the header, rows are not broken over pages, and it has a caption and a description of its own."""
    for document in papers.values():
        (table,) = document.tables
        header, *rows = table.rows
        assert header._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in rows)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert not any(cell._tc.vMerge or cell._tc.grid_span > 1 for row in table.rows for cell in row.cells)
        order = [one.tag.split("}")[1] for one in table._tbl.tblPr]
        schema = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription"]
        assert order == [name for name in schema if name in order]


def test_the_ten_headlines_stand_in_the_table(two, papers):
    """Both scenarios, the difference with its interval, and the verdict in words, as the report has them."""
    from sim.report.answer import rows_of
    from sim.report.sentence import said, signed

    header, *rows = [[cell.text for cell in row.cells] for row in papers["two"].tables[0].rows]
    assert header[0] == "Measure"
    assert header[1].startswith("A: ")
    assert header[3:] == ["B less A (95% interval)", "Verdict"]
    found = rows_of(two, two.names[1])
    assert [row[3:] for row in rows] == [[signed(row), said(row)] for row in found]
    assert [row[0].split(" (")[0] for row in rows] == [row["label"] for row in found]


def test_three_others_have_a_column_each(four, papers):
    """With letters, which the figure and the sentences use too; more than three are counted."""
    header = [cell.text for cell in papers["four"].tables[0].rows[0].cells]
    assert [text.split(":")[0] for text in header] == ["Measure", "A", "B", "C", "D"]
    answers = [one.text for one in papers["four"].paragraphs if one.style.name == "Intense Quote"]
    assert [text[:3] for text in answers] == ["B, ", "C, ", "D, "]
    names = tuple(one.model_copy(update={"name": f"{one.name}-again"}) for one in four.plan.scenarios[1:])
    more = replace(four, plan=replace(four.plan, scenarios=four.plan.scenarios + names), values=four.values.only([0, 1, 2, 3, 1, 2, 3]))
    assert "3 further scenarios of this comparison are in the full report." in text_of(opened(more))


def test_the_figure_is_described(papers):
    """A PNG of 300 dots an inch as wide as the text, with alternative text that says what it shows."""
    for document in papers.values():
        (shape,) = document.inline_shapes
        assert abs(shape.width.cm - 17.0) < 0.01
        described = shape._inline.docPr.get("descr")
        assert len(described) > 40
        (part,) = [one for one in document.part.related_parts.values() if one.content_type == "image/png"]
        image = Image.open(io.BytesIO(part.blob))
        assert round(image.info["dpi"][0]) == 300
        assert 2000 < image.width < 2020
        assert len(image.convert("L").getcolors()) > 1


def test_properties_and_language(papers):
    """Title, subject, author, date, British English throughout, A4; nothing is left of the template's own."""
    for document in papers.values():
        about = document.core_properties
        assert about.title == document.paragraphs[0].text[:250]
        assert (about.author, about.subject, about.language) == ("missing-sim", "Simulated data", "en-GB")
        assert about.created.replace(tzinfo=None) == datetime(2025, 6, 4)
        assert about.comments.startswith("Simulated data. missing-sim")
        languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
        assert languages == {"en-GB"}
        section = document.sections[0]
        assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)


def test_what_must_be_said_is_said(papers):
    """How sure it is, what it must not be used for, where it comes from; and words of the language list are not used."""
    for name, document in papers.items():
        text = text_of(document)
        for words in ("must not be used to grade a case", "Children cannot consent", "No interval shows whether the model's mechanisms are right"):
            assert words in text
        assert f"missing-sim {__version__}" in text
        assert ("This is one replication" in text) == (name == "once")
        for never in NEVER_WRITTEN:
            assert not re.search(rf"\b{re.escape(never)}\b", text, re.IGNORECASE), never


def test_how_sure_it_is_takes_three_sentences(two, single, others):
    """Luck, what is not known, and what no interval shows."""
    for findings in (two, single, *others.values()):
        assert len(re.findall(r"[.:] [A-Z]|\.$", paper(findings, WHEN).sure)) == 3


def test_a_title_is_text(hostile, papers):
    """Markup, quotes and what looks like a formula are shown as they are; there is no field but the page numbers, and no link."""
    assert HOSTILE in text_of(papers["hostile"])
    content = zipfile.ZipFile(io.BytesIO(word.document(paper(hostile, WHEN), WHEN)))
    xml = content.read("word/document.xml").decode()
    assert "<script>" not in xml
    assert "fldSimple" not in xml
    assert "instrText" not in xml
    assert "w:hyperlink" not in xml
    assert content.testzip() is None
    footers = [content.read(name).decode() for name in content.namelist() if "footer" in name]
    assert re.findall(r'w:instr="([^"]*)"', "".join(footers)) == [" PAGE ", " NUMPAGES "]


def test_long_titles_are_cut(papers):
    """At a word, with an ellipsis; control characters and marks that turn the direction are gone."""
    text = text_of(papers["long"])
    assert "a title that goes on and on, a title that goes on" in text
    assert "\N{HORIZONTAL ELLIPSIS}" in text
    assert len(text) < 12_000
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", text)


def test_short_words():
    """What cutting and cleaning give."""
    assert clean("a\x00b\n c\u202e d") == "a b c d"
    assert cut("one two three", 13) == "one two three"
    assert cut("one two three", 12) == "one two\N{HORIZONTAL ELLIPSIS}"
    assert cut("x" * 50, 10) == "x" * 9 + "\N{HORIZONTAL ELLIPSIS}"


def test_names_stay_different(long):
    """However much of them is cut; numbers are found by name, so none may be lost."""
    found = shortened(long)
    assert len(set(found.names)) == len(found.names)
    assert max(map(len, found.names)) < 70
    assert found.differences["estimate"].tolist() == pytest.approx(long.differences["estimate"].tolist(), nan_ok=True)


def test_posts_are_priced_and_what_they_buy_is_told(others, papers):
    """What they cost for their capacity, and the price year; the column of a set says what was added to which."""
    text = text_of(papers["posts"])
    assert "2 night officers, beside those of “England from 2017 on, usual practice”: £303,680 a year for their capacity (3.3 people, " in text
    assert "A post on duty round the clock is taken to need 5 people" in text
    header = [cell.text for cell in papers["posts"].tables[0].rows[0].cells]
    assert header[2:] == ["B: A plus 2 night officers", "C: A plus 1 interviewer and 1 MASH worker"]


def test_an_explanation_of_the_same_difference_is_used(others):
    """Instead of the values that differ, whichever way round; one of another difference, and one of no difference, is refused."""
    explanation = others["explain"]
    result = sim.compare(tiny("good-practice"), tiny(), **HOW)
    told = paper(result, WHEN, explanation).part.explains
    assert "differ in" not in told[0]
    assert told[1][0].startswith("Child-hours exposed: ")
    with pytest.raises(ScenarioError, match="explains another difference: baseline and good-practice"):
        paper(sim.compare(tiny(), tiny("no-overnight"), **HOW), WHEN, explanation)
    with pytest.raises(ScenarioError, match="this paper has none"):
        paper(others["sweep"], WHEN, explanation)
    with pytest.raises(ScenarioError, match="holds an experiment of kind sweep"):
        paper(result, WHEN, others["sweep"])


def test_kinds_without_a_paper_are_refused(others):
    """With the kinds that have one; and a sweep of two levers."""
    found = sim.validate(tiny(), **HOW)
    with pytest.raises(ScenarioError, match="there is no board paper of validate; allowed: the folder of compare, explain, frontier, run, sweep"):
        paper(found, WHEN)
    two = sim.sweep(tiny(), {"desk_based_share": [0.1, 0.9], "overnight_activity": [0.2, 0.8]}, measures=("T2",), **HOW)
    with pytest.raises(ScenarioError, match="moves two levers against each other"):
        paper(two, WHEN)


def test_changes_share_one_axis():
    """Half lies as far to the left as double to the right; what has no baseline is not shown."""
    from sim.report.panels import Line

    lines = [Line("", -50.0, -60.0, -40.0, "likely better")], [Line("", 100.0, 90.0, 110.0, "likely worse")], [Line("", 1.0, 0.0, 2.0, "unclear")]
    found = changes([("half", 100.0, lines[0]), ("double", 100.0, lines[1]), ("none", 0.0, lines[2])], "", "")
    half, double, none = (strip.marks for strip in found.rows)
    assert found.zero - half[0].at == pytest.approx(double[0].at - found.zero)
    assert none == ()
    assert all(0 <= end <= 1 for mark in (*half, *double) for end in (mark.low, mark.high))
    assert "no change" in [words for _, words in found.ticks]


def test_differences_stand_on_their_axis():
    """In the order of their size, ends within the figure, 0 where no difference stands."""
    from sim.report.panels import Line

    found = differences([("a", [Line("", -5.0, -9.0, -1.0, "")]), ("b", [Line("", 4.0, float("nan"), float("nan"), "")])], "", "")
    (a,), (b,) = (strip.marks for strip in found.rows)
    assert 0 <= a.low < a.at < a.high < found.zero < b.at <= 1
    assert b.low == b.at == b.high


def test_text_is_made_to_fit(two, four, long):
    """Either page as it is counted; the more there is to say, the smaller."""
    sizes = []
    for findings in (two, long, four):
        told = paper(findings, WHEN)
        points, apart = size(told)
        assert apart
        assert max(first(told, points), second(told, points)) <= HIGH
        sizes.append(points)
    assert 8.5 <= sizes[2] <= sizes[1] <= sizes[0]


def test_it_is_written_whole_or_not_at_all(two, tmp_path, monkeypatch):
    """A file that was there before stays if it cannot be written; a folder is refused; nothing lies about."""
    path = tmp_path / "board.docx"
    path.write_text("before")
    monkeypatch.setattr(word, "document", lambda *_: (_ for _ in ()).throw(OSError("no")))
    with pytest.raises(OSError, match="no"):
        word.write(two, path)
    assert [one.name for one in tmp_path.iterdir()] == ["board.docx"]
    assert path.read_text() == "before"
    with pytest.raises(IsADirectoryError):
        word.write(two, tmp_path)


@pytest.mark.parametrize(("package", "name"), [("docx", "python-docx"), ("PIL.Image", "Pillow")])
def test_a_package_that_is_not_there(two, tmp_path, monkeypatch, package, name):
    """One error that says what to install."""
    import importlib

    def without(asked: str, *rest: object) -> object:
        if asked == package:
            raise ImportError(asked)
        return importlib.import_module(asked, *rest)

    monkeypatch.setattr(word, "import_module", without)
    monkeypatch.setattr("sim.report.strip_picture.import_module", without)
    with pytest.raises(ScenarioError, match=rf"--word: {name} is not installed; in the repository: pip install -e '\.\[report\]'"):
        word.write(two, tmp_path / "board.docx")


def test_the_font_of_last_resort(two, monkeypatch):
    """On a machine with none of the usual fonts the figure is drawn in the one that comes with Pillow, with plainer signs."""
    from sim.report import strip_picture

    monkeypatch.setattr(strip_picture, "FONTS", ("no-such-font.ttf",))
    strips = paper(two, WHEN).part.strips
    image = Image.open(io.BytesIO(strip_picture.picture(strips)))
    assert image.height == strip_picture.dots(strip_picture.height(strips))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["two", "four", "single", "long", "posts", "explain", "sweep", "frontier"])
def test_two_pages(papers, kind, tmp_path):
    """As LibreOffice lays it out."""
    path = tmp_path / "board.docx"
    papers[kind].save(str(path))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(convert, check=True, capture_output=True, timeout=900)
    assert len(re.findall(rb"/Type\s*/Page[^s]", Path(tmp_path / "board.pdf").read_bytes())) == 2


def test_one_paper_of_a_part_of_a_comparison(four):
    """A comparison of two of its scenarios has the same numbers as that of all."""
    both = chosen(four, (0, 2))
    rows = [[cell.text for cell in row.cells] for row in opened(both).tables[0].rows[1:]]
    whole = [[cell.text for cell in row.cells] for row in opened(four).tables[0].rows[1:]]
    assert [row[3] for row in rows] == [row[3].split("\n")[-1] for row in whole]
