"""The page of any experiment but a comparison: whole, offline, readable by everyone, and saying what was asked and what was found."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from types import ModuleType
from typing import ClassVar
from urllib.parse import unquote

import pandas as pd
import plotly.graph_objects as go
import pytest

import sim
from sim.calibrate.validation import Validation
from sim.experiment.findings import Findings
from sim.experiment.plan import Plan
from sim.experiment.reading import Only
from sim.experiment.study import carried_out, planned
from sim.report import exhibit_page, figure, kinds, write
from sim.report.asked import asked
from sim.report.exhibit import Exhibit, house
from sim.report.exhibit_page import page, shown
from sim.report.provenance import line, named
from sim.scenario.variant import variant
from tests.experiment.tiny import tiny
from tests.report import test_page
from tests.report.conftest import HOSTILE
from tests.report.reading import Node, read

WHEN = date(2025, 6, 4)
PAGES = ("validation", "trial", "unfinished", "once")
NAN = float("nan")


@dataclass(frozen=True)
class Trial(Findings):
    """A kind of findings that no command makes."""

    kind: ClassVar[str] = "trial"

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """One short table, one that is empty."""
        return {"trial_points": pd.DataFrame({"name": ["=1+1", "b"], "estimate": [1.5, NAN]}), "nothing": pd.DataFrame()}


def made_up(findings: Findings) -> list[Exhibit]:
    """Three exhibits: one with a hostile message and no drawing for narrow pages, a second with a long table, a third."""
    columns = {"Setting": ["10%", HOSTILE], "Rank": [1, 2], "Hours": [2.0, -3.256], "95% interval from": [NAN, 1.0], "Is it": [True, False]}
    short = pd.DataFrame(columns)
    long = pd.DataFrame({"Place": range(40), "Hours": [place / 7 for place in range(40)]})
    drawn = go.Figure(go.Scatter(x=[1, 2], y=[3, 4]), house(300, title="Its own title"))
    summary = "One sentence. Another sentence."
    return [
        Exhibit("trial-1", f"{HOSTILE} is longest", summary, drawn, short),
        Exhibit("trial 2", "Forty places", summary, drawn, long, "With a subtitle of its own", drawn),
        Exhibit("trial-3", "A third", summary, drawn, short, narrow=drawn),
    ]


@pytest.fixture(scope="module", autouse=True)
def trial_kind() -> Iterator[ModuleType]:
    """The report room knows the kind while these tests run."""
    corner = ModuleType("sim.report.trial")
    corner.text = lambda findings: "nothing"  # type: ignore[attr-defined]
    corner.exhibits = made_up  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(sys.modules, "sim.report.trial", corner)
        patched.setitem(kinds.MODULES, "trial", "trial")
        yield corner


@pytest.fixture(scope="module")
def found() -> dict[str, Findings]:
    """Findings of each sort."""
    validation = sim.validate(tiny(), replications=2, engine="compiled", workers=1)
    points = [variant(tiny(), {"practice.desk_based_share": share}, f"share={share}") for share in (0.1, 0.9)]
    request = {"levers": [{"path": "practice.desk_based_share", "values": [0.1, 0.9]}], "steps": [[1, 2], [3, 4]], "samples": 8}
    how = {"replications": 2, "engine": "compiled", "workers": 1}
    trial = carried_out(Trial, planned((tiny(), *points), how, reading=Only(("T2", "P1"))), how, request)
    return {
        "validation": validation,
        "trial": trial,
        "unfinished": replace(validation, complete=False, notices=(f"{HOSTILE}: 1 of 2 runs are missing.",)),
        "once": replace(validation, values=validation.values.first(1)),
    }


@pytest.fixture(scope="module")
def pages(found) -> dict[str, str]:
    """The page of each."""
    return {name: page(findings, WHEN) for name, findings in found.items()}


@pytest.fixture(scope="module")
def trees(pages) -> dict[str, Node]:
    """The same, read."""
    return {name: read(test_page.own(text)) for name, text in pages.items()}


def flat(tree: Node) -> str:
    """The text of a page, spaces and line ends alike."""
    return re.sub(r"\s+", " ", tree.text)


@pytest.mark.parametrize("name", PAGES)
def test_it_keeps_what_the_page_of_a_comparison_promises(name, pages, trees):
    """No network, the words of the field, headings in order, ids once, downloads that say where they come from."""
    test_page.test_nothing_is_asked_of_a_network(name, pages)
    test_page.test_the_words_of_the_field(name, trees)
    test_page.test_headings_landmarks_and_ids(name, trees)
    test_page.test_downloads_say_where_they_come_from(name, trees)


@pytest.mark.parametrize("name", PAGES)
def test_what_must_be_said_is_said(name, trees):
    """The statement on simulated data, the content note, how far it reaches, who wrote it when."""
    text = flat(trees[name])
    for words in ("No record of a real child was used.", "must not be used to grade a case.", "Children cannot consent to their own abuse"):
        assert words in text
    for words in ("What was asked for", "Assumptions and limits", "How this was made", "4 June 2025", "rest on assumptions without a published"):
        assert words in text


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_has_a_name_a_summary_and_a_table(name, trees):
    """The drawing is named by its message and described by its summary; its table has full cells, and a row for each of the frame."""
    for drawn in trees[name].all("figure"):
        image = next(node for node in drawn.all("div") if node.attributes.get("role") == "img")
        by_id = {node.attributes["id"]: node for node in drawn.everything() if "id" in node.attributes}
        assert by_id[image.attributes["aria-labelledby"]].text
        assert len(re.findall(r"\.(?: |$)", by_id[image.attributes["aria-describedby"]].text)) >= 2
        head, *rows = drawn.all("table")[0].all("tr")
        assert rows
        for row in rows:
            assert len(row.children) == len(head.children)
            assert all(cell.text.strip() and cell.text.strip() != "nan" for cell in row.children)


def test_the_messages_come_first(trees):
    """Two of them at the head, all of them in the contents, each leading to its figure."""
    tree = trees["trial"]
    answers = next(node for node in tree.all("div") if node.attributes.get("class") == "answer").all("p")
    assert [answer.text for answer in answers] == [f"{HOSTILE} is longest.", "Forty places."]
    links = [node for node in tree.all("nav")[0].all("a") if "chart" in node.attributes["href"]]
    assert [link.text for link in links] == [f"{HOSTILE} is longest", "Forty places", "A third"]
    assert tree.all("h1")[0].text == "Trial: England from 2017 on, usual practice"


def test_what_is_hostile_is_text(pages):
    """A name that holds a script is shown, not run, in messages, tables, drawings and notices."""
    for text in pages.values():
        assert "<script>alert" not in text


def test_a_drawing_for_wide_pages_only_can_be_moved_sideways(trees):
    """By keyboard too; one that has a narrow drawing brings both and does not move. None has a title of its own."""
    first, second, _ = trees["trial"].all("figure")
    for drawn, names in ((first, {"wide"}), (second, {"wide", "narrow"})):
        drawings = next(json.loads(node.pieces[0]) for node in drawn.all("script"))
        assert set(drawings) == names
        assert all("title" not in drawing["layout"] or not drawing["layout"]["title"].get("text") for drawing in drawings.values())
        image = next(node for node in drawn.all("div") if node.attributes.get("role") == "img")
        assert image.parent is not None
        moves = image.parent.attributes.get("class") == "scroll"
        assert moves == (names == {"wide"})
        assert not moves or image.parent.attributes["tabindex"] == "0"


def test_long_tables_start_folded(trees):
    """Those that can be taken in at a glance are open."""
    opened = ["open" in figure.all("details")[0].attributes for figure in trees["trial"].all("figure")]
    assert opened == [True, False, True]


def test_a_table_shows_what_the_frame_holds(trees):
    """Numbers right, switches in words, what is empty named, the first column as the head of its row."""
    head, *rows = trees["trial"].all("figure")[0].all("table")[0].all("tr")
    assert [cell.text for cell in head.children] == ["Setting", "Rank", "Hours", "95% interval from", "Is it"]
    assert [[cell.text for cell in row.children] for row in rows] == [
        ["10%", "1", "2.00", "no interval", "yes"],
        [HOSTILE, "2", "\N{MINUS SIGN}3.26", "1", "no"],
    ]
    assert ["number" in cell.attributes.get("class", "") for cell in head.children] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (0.123456, None, "0.123"),
        (27412.6, None, "27,413"),
        (5.0, None, "5"),
        (5.0, 1, "5.0"),
        (0.004, 1, "0.004"),
        (0.0, 2, "0.00"),
        (-1234, None, "\N{MINUS SIGN}1,234"),
        (float("nan"), 2, "not measured"),
        (True, None, "yes"),
        (None, None, ""),
    ],
)
def test_a_number_has_no_more_digits_than_it_deserves(value, places, words):
    """Three that count, or those of its column; never so few that it vanishes."""
    assert shown(value, "Hours", places) == words


def test_the_download_of_a_figure_is_its_table(trees):
    """Every number in full, every row with where it comes from."""
    link = trees["trial"].all("figure")[0].all("a")[0]
    assert link.attributes["download"] == "trial-1.csv"
    rows = list(csv.DictReader(io.StringIO(unquote(link.attributes["href"].partition(",")[2]), newline="")))
    assert [row["Hours"] for row in rows] == ["2.0", "-3.256"]
    assert {(row["seed"], row["replications"]) for row in rows} == {("7", "2")}


def test_what_was_asked_for_is_in_words(found):
    """A lever by what it means with its values and units; measures by name; nothing of a design's table of steps."""
    told = dict(asked(found["trial"]))
    assert told["Share of due field visits, below high, that become a desk enquiry (practice.desk_based_share)"] == "10%, 90%"
    assert told["Samples"] == "8"
    assert told["Measures"] == "Time to first field action (T2); Child-hours exposed (P1)"
    assert told["Scenario it starts from"] == "England from 2017 on, usual practice (baseline)"
    assert told["Area"].startswith("England, 360 children who may go missing")
    assert "Steps" not in told


def test_long_requests_are_counted(found):
    """A list of many parameters is not spelled out; keys are told by what they mean."""
    many = replace(found["trial"], request={"parameters": [f"practice.p{n}" for n in range(100)], "over": "both", "fixed": True, "none": None})
    told = dict(asked(many))
    assert told["Parameters"] == "100, each listed in manifest.json"
    assert told["Over"] == "ways of working, and how children and harm behave"
    assert told["Fixed"] == "yes"
    assert "None" not in told
    few = replace(found["trial"], request={"parameters": ["practice.overnight_activity"]})
    assert dict(asked(few))["Parameters"].endswith("(practice.overnight_activity)")


def test_an_unfinished_experiment_says_so(trees):
    """The notice stands before the results."""
    text = flat(trees["unfinished"])
    assert 0 < text.index("1 of 2 runs are missing.") < text.index("What was found")


def test_one_replication_claims_no_interval(trees):
    """It is said first, and the line of provenance says it too."""
    text = flat(trees["once"])
    assert "One replication shows one way that chance could have fallen." in text
    assert "no interval: one replication" in text


def test_a_kind_may_name_its_report_and_say_what_to_know(found, trial_kind, monkeypatch):
    """`title` and `caveats` of its module take the place of what is said of every kind."""
    monkeypatch.setattr(trial_kind, "title", lambda findings: "A title of its own", raising=False)
    monkeypatch.setattr(trial_kind, "caveats", lambda findings: ["Only this matters."], raising=False)
    tree = read(test_page.own(page(found["trial"], WHEN)))
    assert tree.all("h1")[0].text == "A title of its own"
    before = next(node for node in tree.all("section") if node.attributes["aria-labelledby"] == "before")
    assert [item.text for item in before.all("li")] == ["Only this matters."]


def test_tables_too_large_for_a_page_are_pointed_at(found, monkeypatch):
    """They are named with the command that writes them, and not carried along; empty ones are not mentioned."""
    assert "trial_points.csv" in page(found["trial"], WHEN)
    monkeypatch.setattr(exhibit_page, "LARGE", 1)
    text = page(found["trial"], WHEN)
    assert "trial_points.csv" not in text
    assert "Too large to be carried inside this page: trial_points." in text
    assert "nothing.csv" not in text


def test_many_scenarios_are_counted_not_listed(found):
    """A line of provenance stays a line."""
    assert named(["a", "b"]) == "a, b"
    names = [f"baseline number {place}" for place in range(50)]
    assert named(names) == "baseline number 0 and 49 others"
    assert len(line(found["trial"])) < 250


def test_runs_with_a_luck_each_are_runs(found):
    """Where every scenario is simulated once, replications are not spoken of, and intervals are those of the points that were drawn."""
    plan = found["trial"].plan
    design = Plan(plan.scenarios, plan.seed, 1, plan.engine, reading=plan.reading, lucks=((), (0,), (1,)))
    values = type(found["trial"].values)(design)
    values.fill(1, 0, [])
    values.fill(2, 1, [])
    one = Trial(design, values, True)
    assert "2 runs, 95% bootstrap intervals" in line(one)
    text = flat(read(test_page.own(page(one, WHEN))))
    assert "drawn in 2 runs" in text
    assert "One replication shows" not in text


def test_a_figure_can_stand_alone(found):
    """Its message takes the place of its own title, and where it comes from stands below."""
    drawn = figure(found["trial"])
    assert "is longest" in drawn.layout.title.text
    assert "<script" not in drawn.to_json()
    assert drawn.layout.annotations[-1].text.startswith("Simulated data.")
    assert drawn.layout.height > 300


def test_it_is_written_to_a_file(found, tmp_path):
    """Whole, and under its name; a folder is refused and named."""
    target = write(found["validation"], tmp_path / "report.html", WHEN)
    assert target.read_text(encoding="utf-8") == page(found["validation"], WHEN)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(OSError, match=re.escape(str(tmp_path))):
        write(found["validation"], tmp_path, WHEN)


def test_a_validation_is_a_validation(found):
    """The fixture is what it says: the real kind, simulated."""
    assert isinstance(found["validation"], Validation)
    assert found["validation"].replications == 2
