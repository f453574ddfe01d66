"""Words about children (practice notes, 4.3): none of those that are never written stands in a story, a report, a scenario or a page of help."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sim
from docs.writers.commands import walk
from sim.cli import app
from sim.scenario.library import paths
from sim.story.case_type import TYPES
from sim.story.crowd import crowds
from sim.story.twin import chosen, twin_of
from tests.report.test_page import NEVER_WRITTEN
from tests.story.conftest import short_asked

ROOT = Path(sim.__file__).parent
PATTERN = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in NEVER_WRITTEN), re.IGNORECASE)
ROOMS = sorted(file.parent.name for file in ROOT.glob("*/__init__.py"))
COMMANDS = [words for words, _ in walk()]
AT_ANY_HOUR = re.compile(
    r"\b((this|that|other) (night|evening)s?|tonight|the night and the luck|known to (anyone|nobody)|busy with it)\b", re.IGNORECASE
)
"""What a text may not say that stands in every story: a case begins at any hour, the child knew, and no child is an it."""


def written(file: Path) -> list[str]:
    """Every text in a module that is not a docstring."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare]


def found(text: str) -> list[str]:
    """The words in a text that are never written."""
    return PATTERN.findall(text)


@pytest.mark.parametrize("word", NEVER_WRITTEN)
def test_each_word_would_be_found(word):
    """In any case, within a sentence, and not within another word."""
    assert found(f"It says {word.upper()}.") == [word.upper()]
    assert found(f"x{word}x") == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_text_in_the_code_has_one(room):
    """Whatever a command, a report or a story may ever print."""
    for file in sorted((ROOT / room).rglob("*.py")):
        assert not [word for text in written(file) for word in found(text)], file


def test_no_template_has_one():
    """Pages of reports and of the training pack, with their styles and scripts."""
    files = [file for file in (ROOT / "report").rglob("*") if file.suffix in (".j2", ".css", ".js")]
    assert {"report.html.j2", "exercise.html.j2", "exercise.js"} <= {file.name for file in files}
    for file in files:
        assert not found(file.read_text(encoding="utf-8")), file


def test_what_is_said_in_every_story_holds_at_any_hour():
    """In the code that tells them, and in the pages of the pack."""
    texts = [text for file in (ROOT / "story").rglob("*.py") for text in written(file)]
    texts += [file.read_text(encoding="utf-8") for file in (ROOT / "report/pack/templates").iterdir()]
    assert not [AT_ANY_HOUR.search(text)[0] for text in texts if AT_ANY_HOUR.search(text)]


@pytest.mark.parametrize("name", paths())
def test_no_scenario_has_one(name):
    """Comments included."""
    assert not found(paths()[name].read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [(), *COMMANDS], ids=" ".join)
def test_no_help_has_one(name):
    """Of the command, and of each of its parts."""
    said = CliRunner().invoke(app, [*name, "--help"])
    assert said.exit_code == 0
    assert not found(said.output)


@pytest.mark.parametrize("id", TYPES)
def test_no_story_has_one(brief, exercises, id):
    """Nor a name, a sex, a place: exercise, twin and crowd as people read them."""
    told = twin_of(brief, chosen(brief, TYPES[id]))
    texts = [json.dumps(exercises[id].as_dict(), ensure_ascii=False), told.text, told.figure().to_plotly_json()["layout"]["title"]["text"]]
    for text in texts:
        assert not found(text)
        assert not re.search(r"\b(boy|girl|he|she|him|her|his|hers|daughter|son)\b", text, re.IGNORECASE)


def test_no_crowd_has_one():
    """Sentences, table and figure."""
    one = crowds(short_asked(), ["over-graded"], 20, workers=1)["over-graded"]
    assert not found(" ".join([one.text, json.dumps(one.as_dict()), str(one.figure().layout)]))
