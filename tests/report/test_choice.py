"""What is said and shown of a choice: the sentence a planner reads first, what to record, and no value that chance alone could give."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from sim.experiment.choice import Choice
from sim.experiment.themes import themes
from sim.report import exhibits, text
from sim.report.choice import HIDDEN, caveats, title
from sim.report.choice_words import message, ranks_message, ranks_summary, record, summary, theme_message, what
from sim.report.exhibit_page import page
from sim.report.figures import INK
from sim.report.recording import PLAIN, RECORDS
from sim.scenario.ranges import ranges
from tests.experiment.choices import always_best, hangs_on_search, made


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder for a posterior."""
    return tmp_path_factory.mktemp("posterior")


@pytest.fixture(scope="module")
def search(place) -> Choice:
    """What is best hangs on how much searches find."""
    return made(place, hangs_on_search, "baseline", "desk-based")


@pytest.fixture(scope="module")
def settled(place) -> Choice:
    """The baseline is best by far, of three options, with two measures weighed."""
    return made(place, always_best, "baseline", "desk-based", "no-overnight", weigh={"W1": 0.5})


def two_that_multiply(name: str, unknown: dict[str, float], luck: float) -> dict[str, float]:
    """Neither unknown tells anything by itself."""
    apart = 4000.0 * (unknown["world.find_rate"] - 0.5) * (unknown["practice.desk_based_share"] - 0.5)
    return {"P1": 5000.0 + (apart + 60.0 if name == "desk-based" else 0.0) + 20.0 * luck}


def test_the_sentence(search):
    """Between which options, what it is in words, what knowing it saves, and how much anything else could."""
    assert message(search).startswith(
        "To choose between “England from 2017 on, usual practice” and “Searched for from a desk”, it would help most to know how often an hour of "
        "police search finds a child (find rate): knowing it would save 80 child-hours a year on average; nothing else by itself would be worth more "
        "than "
    )
    assert "A force can learn it by recording how each child was found" in summary(search)
    assert "Knowing everything that is unknown would save" in summary(search)
    assert title(search) == "What to know before choosing between “England from 2017 on, usual practice” and “Searched for from a desk”"
    assert theme_message(search).startswith("All that is unknown about search together: knowing it would save")


def test_nothing_would_change_the_choice(settled):
    """Said in so many words, on the terminal too, without a list of nothings."""
    told = "No unknown would change the choice: “England from 2017 on, usual practice” is best in every draw"
    assert message(settled) == told
    assert f"{told}." in text(settled).replace("\n", " ")
    assert HIDDEN not in text(settled)
    assert [one.name for one in exhibits(settled)] == ["choice-ranks"]
    assert exhibits(settled)[0].message == told
    assert ranks_message(settled) == "“England from 2017 on, usual practice” is best on average, and in every draw"
    assert "“Searched for from a desk” is worse by 2,5" in ranks_summary(settled)


def test_where_only_a_theme_stands_out(place):
    """Two that multiply: the sentence is about search as a whole, and what to record is that of both."""
    found = made(place, two_that_multiply, "baseline", "desk-based")
    assert "it would help most to know all about search: that would save" in message(found)
    assert "whether each enquiry was made from a desk or on the street" in summary(found)
    assert "no single unknown stands out from chance" in message(found)
    assert [one.name for one in exhibits(found)] == ["choice-theme", "choice-ranks", "choice-unknown"]
    assert exhibits(found)[2].message == "No single unknown stands out from chance"


def test_luck_alone(place):
    """Options that differ by luck: no unknown is told, and what knowing everything may be worth stands with its error."""
    found = made(place, lambda name, unknown, luck: {"T2": 5.0 + abs(luck)}, "baseline", "desk-based", measure="T2")
    assert message(found).startswith("Luck hides whether any unknown would change the choice")
    assert ranks_message(found).endswith("is best on average; luck hides in how many draws")
    assert "not told" in text(found)
    table = exhibits(found)[0].table
    assert set(table.iloc[1:, 1]) == {HIDDEN}
    assert set(table["Stands out from chance"]) == {"not compared", "no"}


def test_a_mean_is_improved_and_a_total_is_saved(place):
    """Hours to a first action are no sum over a year; a measure that is better high is improved too."""

    def sooner(name, unknown, luck):
        return {"T2": 5.0 + (unknown["world.find_rate"] - 0.45 if name == "desk-based" else 0.0) + 0.01 * luck}

    def more(name, unknown, luck):
        return {"C1": 50.0 - (10.0 * (unknown["world.find_rate"] - 0.45) if name == "desk-based" else 0.0) + 0.01 * luck}

    both = "baseline", "desk-based"
    assert re.search(r"improve time to first field action by 0\.08\d? hours on average", message(made(place, sooner, *both, measure="T2")))
    assert re.search(r"by 0\.8\d? percentage points on average", message(made(place, more, *both, measure="C1")))


def test_what_was_weighed_is_said_everywhere(settled, search):
    """On the terminal, in the caveats, beside the ranks and in the units."""
    told = "One of W1 (hours) counts as 0.5 of P1 (child-hours)."
    assert told in text(settled)
    assert told in " ".join(caveats(settled))
    assert told in ranks_summary(settled)
    assert any("weighed child-hours a year" in column for column in exhibits(settled)[0].table.columns)
    assert "Options are chosen by one measure: child-hours exposed (P1; lower is better)." in text(search)


def test_the_figures_show_what_the_tables_hold(search):
    """A full bar for what is told and a hollow one for what is not, each with its mark; text is dark grey; ranks are shares of draws."""
    worth, ranks, _ = exhibits(search)
    full, hollow = [trace for trace in worth.figure.data if trace.type == "bar"]
    assert full.x[0] == pytest.approx(search.information["value"].iloc[1])
    assert (len(full.x), len(hollow.x), hollow.marker.color) == (1, 3, "white")
    assert {note.font.color for note in worth.figure.layout.annotations} == {INK}
    assert list(worth.table["Stands out from chance"]) == ["not compared", "yes", "no", "no", "no"]
    assert ranks.table["Rank 1 (% of draws)"].sum() == pytest.approx(100.0, abs=0.1)
    assert worth.narrow is not None


def test_the_page_and_the_terminal(search, settled):
    """The page opens with the sentence; no line of a terminal is longer than 100 characters."""
    for found in (search, settled):
        assert f"{message(found)}." in page(found, date(2026, 1, 2)).replace("&#39;", "'")
        assert max(map(len, text(found).splitlines())) <= 100


def test_too_few_draws_are_said(place):
    """Of a run that was stopped early: on the page and on the terminal; with no draw at all, too."""
    few = made(place, hangs_on_search, "baseline", "desk-based", replications=40, stopped=8)
    assert "Too few draws to say what would help to know: 16, and it takes 20." in text(few)
    assert "Too few draws" in caveats(few)[0]
    assert [one.name for one in exhibits(few)] == ["choice-ranks"]
    none = made(place, hangs_on_search, "baseline", "desk-based", replications=40, stopped=38)
    assert "Too few draws" in text(none)
    assert "Too few draws" in page(none, date(2026, 1, 2))


def test_words_for_values_are_words_for_values(search):
    """Each belongs to a value that varies, and fits into its sentence."""
    for path in (*PLAIN, *RECORDS):
        assert ranges()[path].varies, path
        assert themes()[path]
    assert all(words.startswith("how ") for words in PLAIN.values())
    assert not any(words.endswith(".") for words in (*PLAIN.values(), *RECORDS.values()))
    assert record("world.no_such_value") == ""
    assert what(search, "practice.desk_based_share").startswith("the share of due field visits")
