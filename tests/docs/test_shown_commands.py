"""Commands that the pages show: each exists, with every option that it is shown with."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from docs.writers.commands import options, walk

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "calibration" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
KNOWN = {words: options(command) for words, command in walk()}
GROUPS = {words for words, command in walk() if hasattr(command, "commands")}
WHOLE = {"--help", "-h", "--version"}


def shown(text: str) -> list[str]:
    """Every command line of a page: those in blocks, and those within a sentence."""
    blocks = "\n".join(re.findall(r"^ *```\w*[^\n]*\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL))
    lines = re.findall(r"^\s*(?:\$ )?(?:\S*/)?(missing-sim [^\n]*)", blocks, re.MULTILINE)
    prose = re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)
    return lines + re.findall(r"`(?:[^`]*&& )?(?:\S*/)?(missing-sim [^`\n]*)`", prose)


def wrong(line: str) -> str:
    """What is wrong with a command line; empty if nothing is. A word in capitals stands for any command."""
    words = shlex.split(line, comments=True)[1:]
    if words and (words[0] in WHOLE or words[0].isupper() or not re.fullmatch(r"[a-z-]+", words[0])):
        return ""
    called = tuple(words[:2]) if tuple(words[:1]) in GROUPS and len(words) > 1 else tuple(words[:1])
    if called not in KNOWN:
        return f"no command {' '.join(called)}: {line}"
    unknown = [word.partition("=")[0] for word in words if word.startswith("-") and not re.match(r"-[\d.]", word)]
    missing = [name for name in unknown if name not in KNOWN[called]]
    return f"{' '.join(called)} has no {', '.join(missing)}: {line}" if missing else ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_is_shown_exists(page):
    """With the options that it is shown with."""
    assert [problem for line in shown(page.read_text(encoding="utf-8")) if (problem := wrong(line))] == []


def test_a_wrong_command_is_found():
    """A command, a command of a group or an option that does not exist; in a block and in a sentence."""
    page = "Try `missing-sim nothing` or `missing-sim sensitivity cyclone a`.\n\n```\n.venv/bin/missing-sim run baseline --fast=2 --seed 1\n```\n"
    assert [wrong(line).partition(":")[0] for line in shown(page)] == ["run has no --fast", "no command nothing", "no command sensitivity cyclone"]
    assert wrong("missing-sim COMMAND --anything") == ""


def test_the_pages_show_nearly_every_command():
    """Else the two tests above would pass on pages that say nothing."""
    lines = [line for page in PAGES for line in shown(page.read_text(encoding="utf-8"))]
    named = {word for line in lines for word in line.split()[1:3]}
    assert {words[-1] for words in KNOWN} - named == set()
