"""The pages that are made from the code say what the code says, and leave nothing out."""

from __future__ import annotations

import pytest

import sim
from docs.write_reference import DOCS, PAGES
from docs.writers.commands import walk
from docs.writers.decisions import headed
from docs.writers.misses import WHY, fitted, held, misses, recorded


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_current(name):
    """Whoever changes a parameter, a command, a scenario or a decision writes the pages again: `python -m docs.write_reference`."""
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name]()


def test_every_public_name_is_in_the_reference():
    """Each has a heading of its own; the version is named in the opening."""
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    assert [name for name in sim.__all__ if f"\n### sim.{name}\n" not in page] == ["__version__"]
    assert "`sim.__version__`" in page


def test_every_command_is_in_the_reference():
    """Each command and each command of a group has a heading of its own."""
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    assert [words for words, _ in walk() if f"\n## missing-sim {' '.join(words)}\n" not in page] == []


def test_no_page_tells_where_something_lies_in_memory():
    """Which would differ with every run."""
    assert [name for name in PAGES if " at 0x" in (DOCS / name).read_text(encoding="utf-8")] == []


def test_every_miss_is_listed():
    """Of the fit and of the last validation; and the page on calibration tells the check of the fit as it came out."""
    rows = fitted()
    outside = {row["id"] for row in rows if row["inside"] == "False"} | recorded()
    listed = {line.split(" | ")[0].removeprefix("| ") for line in misses().splitlines()}
    assert WHY.keys() <= outside <= listed
    inside, expected, off = held([row for row in rows if row["use"] == "validate"])
    page = " ".join((DOCS / "background" / "calibration.md").read_text(encoding="utf-8").split())
    assert f"{inside} lie inside their intervals of 90%, where about {expected} were to be expected" in page
    assert f"off by more than {off:.1f} tolerances" in page


@pytest.mark.parametrize("text", ["# 7. Title\n\n2026-11-25\n", "# 0007. Title\n\n25 November 2026\n", "# 7. Title\n\nText.\n"])
def test_a_decision_without_number_or_date_is_no_blank_row(text):
    """It is an error that names the note; in one form they are read."""
    with pytest.raises(ValueError, match=r"0007-title\.md does not begin"):
        headed("0007-title.md", text)
    assert headed("0007-title.md", "# 7. Title\n\n25 November 2026\n\nText.\n") == ("7. Title", "25 November 2026")
