"""What the tutorials and how-to pages show is what happens."""

from __future__ import annotations

import pytest

from docs.blocks import DOCS, RUN, agree, blocks, commands, refreshed, run

NAMES = [path.relative_to(DOCS).as_posix() for folder in ("tutorials", "how-to") for path in sorted((DOCS / folder).glob("*.md"))]
SLOW = {"tutorials/planner.md", "tutorials/analyst.md", "how-to/resume.md"}


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in RUN])
def test_every_block_of_a_page_runs(name, tmp_path, monkeypatch):
    """From top to bottom in one folder; each command prints what the page shows, but for how large numbers are. `python -m docs.blocks
    --write` puts in what is printed now."""
    monkeypatch.setenv("MISSING_SIM_RESULTS", "results")
    ran = 0
    for _, command, shown, told in run((DOCS / name).read_text(encoding="utf-8"), tmp_path):
        ran += 1
        assert not shown or agree(shown, told), f"{command}\n" + "\n".join(told)
    assert ran > 0


@pytest.mark.parametrize("name", NAMES)
def test_no_page_with_blocks_is_left_out(name):
    """A tutorial or how-to page with a command or program text to run is among those that are run."""
    kinds = {block.kind for block in blocks((DOCS / name).read_text(encoding="utf-8"))}
    assert name in RUN or not kinds & {"console", "python"}


def test_words_and_signs_must_agree_and_sizes_need_not():
    """A line of dots stands for any lines; a word, a verdict or a sign that differs is noticed, and so is a line too many."""
    assert agree(["A  1.5 (+2 to 3)  likely better"], ["A 22 (+1,200 to 4)   likely better"])
    assert not agree(["A  1.5 (+2 to 3)  likely better"], ["A 1.5 (\u22122 to 3)  likely better"])
    assert not agree(["A  1.5 (+2 to 3)  likely better"], ["A 1.5 (+2 to 3)  unclear"])
    assert agree(["first", "...", "last"], ["first", "x", "y", "last"])
    assert not agree(["Report: here"], ["Report: there"])
    assert not agree(["first"], ["first", "second"])


def test_a_page_is_refreshed(tmp_path):
    """What a command prints now is put in; dots stay, and a command shown alone stays alone."""
    page = "```console\n$ missing-sim scenarios\nold\n...\n$ missing-sim check baseline\n?\n$ missing-sim check baseline\n```\n"
    lines = refreshed(page, tmp_path).splitlines()
    assert lines[1:4] == ["$ missing-sim scenarios", "Name                           Kind      Title", "..."]
    check = "$ missing-sim check baseline"
    assert lines[4:] == [check, "baseline is valid. In effect it is the same as baseline.", check, "```"]
    assert commands("$ a\n$ b\nx\n") == [("a", []), ("b", ["x"])]
