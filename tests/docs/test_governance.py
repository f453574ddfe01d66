"""The governance pages: complete by their checklists, and no number in them is typed that the code knows."""

from __future__ import annotations

import re

import pytest

from docs.writers.facts import facts
from docs.writers.governance import NAMES, TEMPLATES
from sim.calibrate.sunset import SUNSET, in_words

STRESS = [
    *("1.1", "1.2", "1.3"),
    *("2.1", "2.2", "2.3", "2.4", "2.5.1", "2.5.2", "2.5.3", "2.5.4", "2.5.5"),
    *("3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3"),
    *("5.1", "5.2", "5.3", "5.4", "6.1"),
]
"""The items of STRESS-DES."""
ALLOWED = re.compile(
    r"^#+ [\d.]+ .*|\]\([^)]*\)|`[^`]*`|\{[{%].*?[%}]\}|\b[A-Z]{1,2}\d+\b|\b(?:19|20)\d\d\b|95%|Philox4x64-10|ln\(1|t\(n . 1\)|leave at 18"
    r"|Tier \d|STRESS-DES, [\d.]+|^\d\. |decision \d{4}|\[\d{4}",
    re.MULTILINE,
)
"""Where digits may stand: headings of checklists, links, names, what is filled in, years of sources, and formulas."""


def page(name: str) -> str:
    """A page as it is committed."""
    return (TEMPLATES.parent / "governance" / name).read_text(encoding="utf-8")


def test_every_item_of_stress_des_is_filled():
    """Each has a heading and something below it."""
    found = dict(re.findall(r"^#+ ([\d.]+) [^\n]*\n\n(?=([^#\s][^\n]*))", page("stress-des.md"), re.MULTILINE))
    assert [item for item in STRESS if item not in found] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_number_is_typed(name):
    """Parameters, scenarios, run lengths, tests and versions are filled in from the code; whoever types one is told here."""
    text = ALLOWED.sub("", (TEMPLATES / f"{name}.j2").read_text(encoding="utf-8"))
    assert re.findall(r"[^\n]*\d[^\n]*", text) == []


def test_nobody_has_signed():
    """The draft says so, where it matters first."""
    text = page("assurance-statement.md")
    assert text.index("Not yet signed") < 400
    assert text.count("| not yet signed |") == 4


def test_uses_out_of_scope_are_named():
    """A grade for a child, a judgement of a force, a forecast, personal data."""
    text = page("model-card.md").partition("## What it must not be used for")[2].partition("##")[0]
    for words in ("grade, score or rank a child", "judge, rank or inspect a force", "forecast", "personal data"):
        assert words in text


def test_the_sunset_date_stands_on_the_pages():
    """As `doctor` prints it, from the one place where it is kept."""
    for name in ("sunset.md", "model-card.md", "assurance-statement.md", "transparency-record.md"):
        assert in_words(SUNSET) in page(name)
    hits = [path for path in (TEMPLATES.parents[1] / "sim").rglob("*.py") if "2027" in path.read_text(encoding="utf-8")]
    assert [path.name for path in hits] == ["sunset.py"]


def test_facts_are_of_this_model():
    """Not empty, and of the right size."""
    known = facts()
    assert known["parameters"]["all"] > known["parameters"]["varying"] > known["parameters"]["assumed"] > 0
    assert {name for name, _, _ in known["packages"]} >= {"simpy", "numpy", "numba"}
    assert all(tested != "any" for _, _, tested in known["packages"])
    assert known["mutants"]["tried"] == known["mutants"]["killed"] + known["mutants"]["survived"]
