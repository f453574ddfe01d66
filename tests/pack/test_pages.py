"""The pages of a pack, read as text: what each holds, what none may hold, and that everything in them is of the pack."""

from __future__ import annotations

import copy
import html.parser
import itertools
import re
from pathlib import Path

import pytest

from sim import __version__
from sim.report.pack import Pages
from sim.report.pack.case import LAYERS, Case
from sim.report.pack.pages import ROOM, SCRIPTS, script
from sim.report.pack.plan import MINUTES, plan
from tests.pack.content import KINDS, SYNTHETIC, exercise, three

PROVENANCE = "Simulated data. missing-sim 0.4.0, scenario baseline, area small-force, seed 1."
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"


class Reader(html.parser.HTMLParser):
    """The tags of a page, its text, and the text that stands outside templates."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.inside = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside += tag == "template"

    def handle_endtag(self, tag):
        self.inside -= tag == "template"

    def handle_data(self, data):
        if not self.inside:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return Pages(three(), PROVENANCE).files()


@pytest.fixture(scope="module")
def read(files) -> dict[str, Reader]:
    return {name: Reader(text) for name, text in files.items() if name.endswith(".html")}


def test_a_pack_has_a_page_for_each_case_and_for_each_use(files):
    """And one style sheet and one script for all."""
    pages = ["index.html", "facilitator.html", "injects.html", "notes.html", "case-1.html", "case-2.html", "case-3.html"]
    assert sorted(files) == sorted([*pages, "assets/pack.css", "assets/pack.js"])


def test_pages_are_in_uk_english_under_a_strict_policy(read):
    """Nothing may be fetched, nothing may run that is not the pack's script."""
    for page in read.values():
        assert ("html", {"lang": "en-GB"}) in page.tags
        assert ("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}) in page.tags


def test_nothing_leads_out_of_the_pack(files, read):
    """Every link and every file named in a page is in the folder, and every anchor is there."""
    ids = {name: {attrs["id"] for _, attrs in page.tags if "id" in attrs} for name, page in read.items()}
    for name, page in read.items():
        for tag, attrs in page.tags:
            for target in filter(None, (attrs.get("href"), attrs.get("src"))):
                place, _, anchor = target.partition("#")
                assert (place or name) in files, (name, tag, target)
                assert not anchor or anchor in ids[place or name], (name, target)
            assert "style" not in attrs
            assert not [key for key in attrs if key.startswith("on")], (name, tag, attrs)
    assert "://" not in files["assets/pack.js"] + files["assets/pack.css"]


def test_the_script_only_writes_text(files):
    """Nothing that a learner types can become a tag or run."""
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(", "XMLHttpRequest", "import("):
        assert word not in files["assets/pack.js"], word


def test_every_part_of_the_script_is_in_it():
    """And none is left over in the folder."""
    assert {path.stem for path in (ROOM / "assets").glob("*.js")} == set(SCRIPTS)
    assert all((ROOM / f"assets/{name}.js").read_text("utf-8").strip() in script() for name in SCRIPTS)


def test_learners_are_not_told_what_kind_of_case_it_is(read):
    """Neither by the start page, nor by the name, the title or anything on the page of a case before the reveal, nor by the cards."""
    for name in ("index.html", "injects.html", "case-1.html", "case-2.html", "case-3.html"):
        footer = read[name].text[-600:]
        for one in three():
            assert one["id"] not in footer
            for spoiler in (one["id"], one["title"], one["type_words"], one["summary"]):
                assert spoiler not in read[name].text.split("What followed, 1 of 4")[0], (name, spoiler)
    assert read["case-1.html"].text.startswith("Case 1, Tuesday evening Skip")


def test_cards_hold_everything_that_was_known_and_nothing_that_followed(read):
    """Each piece of information once, each decision once."""
    one = exercise()
    text = read["injects.html"].text
    known = {item["text"] for point in one["points"] for item in point["known"]} | {item["text"] for item in one["injects"]}
    for words in known | {point["question"] for point in one["points"]}:
        assert text.count(words) == len(KINDS), words
    for later in (one["twin"]["changed"], one["differs"][0], one["hindsight"], "As it happened"):
        assert later not in text


def test_a_decision_shows_only_what_was_known_then():
    """What is on screen at a decision is not later than it, and everything known is there, as new or as known before."""
    for point in Case(1, exercise()).points:
        shown = [*point["fresh"], *point["before"]]
        assert all(item["at"] <= point["at"] for item in shown)
        assert {item["text"] for item in point["known"]} <= {item["text"] for item in shown}
        assert len({(item["at"], item["text"]) for item in shown}) == len(shown)
        assert all(item in shown for item in point["arrives"])


def test_every_line_can_be_looked_up(read):
    """The page holds each combination of choices that was simulated, with its own timeline."""
    held = [attrs["data-choices"] for tag, attrs in read["case-1.html"].tags if tag == "template"]
    assert len(held) == len(set(held)) == len(exercise()["paths"])


def test_the_reveal_has_four_layers_and_names_hindsight(read):
    """Each layer is a stage of its own, the debrief comes after them."""
    stages = [attrs["data-stage"] for tag, attrs in read["case-1.html"].tags if tag == "section" and "data-stage" in attrs]
    assert stages == ["brief", "point-1", "run-2", "point-2", "run-3", "point-3", "wait", "layer-1", "layer-2", "layer-3", "layer-4", "debrief"]
    assert stages == [key for key, _ in Case(1, exercise()).stages]
    assert read["case-1.html"].text.count("Hindsight.") == len(LAYERS)


def test_every_page_says_that_it_is_simulated(read):
    """With the model and the mark of the pack. Whoever leads is told the scenario too, and learners nowhere: its name can give a case away."""
    mark = Pages(three(), PROVENANCE).mark
    for name, page in read.items():
        assert SYNTHETIC in page.text, name
        leads = name in ("facilitator.html", "notes.html")
        assert (f"{PROVENANCE} Pack {mark}." if leads else f"Simulated data. missing-sim {__version__}, pack {mark}.") in page.text, name
        assert ("scenario baseline" in page.text) is leads, name


def test_a_page_without_its_script_or_style_says_so(read):
    """The words are in the page itself, and the paper version is named."""
    for name in ("case-1.html", "facilitator.html"):
        assert "This page has not started" in read[name].text
        assert "Scripts are switched off in this browser" in read[name].text
    assert all("The file assets/pack.css is missing or damaged" in page.text for page in read.values())


def test_the_plan_fills_45_minutes():
    """Whatever the number of decisions, the parts follow one another without a gap."""
    for n in (3, 4, 5):
        one = copy.deepcopy(exercise())
        one["points"] = (one["points"] + one["points"][1:])[:n]
        parts = plan(Case(1, one))
        assert (parts[0].start, parts[-1].end) == (0, MINUTES)
        assert all(before.end == after.start for before, after in itertools.pairwise(parts))
        assert all(part.end > part.start for part in parts)
        assert [part.name for part in parts][0 :: len(parts) - 1] == ["Before we start", "Close"]


def test_codes_are_of_the_case_and_not_in_its_page(read, files):
    """Two cases have two codes; a learner's page holds only the lock."""
    cases = [Case(n, one) for n, one in enumerate(three(), 1)]
    assert len({case.code for case in cases}) == len(cases)
    for case in cases:
        assert re.fullmatch("[BCDFGHJKLMNPQRSTVWXZ]{4}", case.code)
        assert case.code in read["facilitator.html"].text
        assert case.code in read["notes.html"].text
        assert case.code not in files[case.file]


def test_markup_in_a_case_stays_text():
    """A text of the story is never a tag."""
    one = exercise()
    one["brief"] = ['<img src=x onerror=alert(1)> & "quotes"']
    text = Pages([one], PROVENANCE).files()["case-1.html"]
    assert "<img" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_the_same_exercises_give_the_same_files(files):
    """Byte for byte, so that a pack made again can be compared."""
    assert Pages(three(), PROVENANCE).files() == files


def test_a_pack_is_small(files):
    """Seven cases stay far below 10 MB."""
    assert sum(len(text.encode()) for text in files.values()) * 7 / 3 < 3_000_000


def test_no_file_of_the_room_is_long():
    """One noun a file, at most 300 lines."""
    for path in Path(ROOM).rglob("*.*"):
        if path.suffix in (".py", ".js", ".j2", ".css"):
            assert len(path.read_text("utf-8").splitlines()) <= 300, path
