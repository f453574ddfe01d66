"""The blocks of the pages: what is shown is run.

`python -m docs.blocks` runs the tutorials and how-to pages and says where a page and the program disagree; `--write` puts what the program prints
into the pages. In a block of kind `console` a line that begins with `$ ` is a command, and the lines after it are what it prints; a line `...`
stands for any number of lines, and `--write` puts the whole answer where a page has a line `?`. A block of kind `python` is run, and
`toml title="NAME"` is a file. A page runs from top to bottom in a folder of its own. How large a number is is not compared, since it moves when the
rules do; its sign, verdicts and all other words are.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parent
RUN = ("tutorials/planner.md", "tutorials/trainer.md", "tutorials/analyst.md", "how-to/scenario.md", "how-to/resume.md", "how-to/local-figures.md")
"""The pages of which every block is run."""
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: title=\"(?P<file>[^\"]+)\")?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
ANYTHING = "..."
FILL = "?"


@dataclass(frozen=True)
class Block:
    """One block: its kind, the file that it is (if it is one), its text, and where the text stands in the page."""

    kind: str
    file: str
    text: str
    start: int
    end: int


def blocks(page: str) -> list[Block]:
    """Every block with a kind, in order."""
    return [Block(found["kind"], found["file"] or "", found["text"], found.start("text"), found.end("text")) for found in BLOCK.finditer(page)]


def commands(text: str) -> list[tuple[str, list[str]]]:
    """Each command of a console block with the lines that it is shown to print."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def printed(command: str) -> str:
    """What a command prints, on both streams; it runs in this process. A wrong request prints its error; else an
    exit code other than 0 is an assertion that fails."""
    from typer.testing import CliRunner

    from sim.cli import app

    words = shlex.split(command, comments=True)
    assert words[0] == "missing-sim", f"only missing-sim is run here: {command}"
    done = CliRunner().invoke(app, words[1:])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        from sim.scenario import ScenarioError

        if isinstance(done.exception, ScenarioError):
            return f"{done.output}{done.exception}\n"
        raise done.exception
    assert done.exit_code == 0, f"{command} ended with {done.exit_code}:\n{done.output}"
    return done.output


def plain(line: str) -> str:
    """A line without what may change: how large numbers are, and the width of columns."""
    return " ".join(re.sub(r"\d[\d,.]*", "#", line).replace("-", " ").split())


def agree(shown: list[str], told: list[str]) -> bool:
    """Whether the lines that a page shows are those that were printed."""
    want, have = [plain(line) for line in shown if line.strip()], [plain(line) for line in told if line.strip()]
    while want:
        if want[0] == ANYTHING:
            return any(agree(want[1:], have[start:]) for start in range(len(have) + 1))
        if not have or have[0] != want[0]:
            return False
        want, have = want[1:], have[1:]
    return not have


@contextlib.contextmanager
def scratch(folder: Path) -> Iterator[None]:
    """Work in this folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def run(page: str, folder: Path) -> Iterator[tuple[Block, str, list[str], list[str]]]:
    """Run a page; give each command with the lines that are shown and those that it printed."""
    names: dict[str, object] = {}
    with scratch(folder):
        for block in blocks(page):
            if block.file:
                Path(block.file).write_text(block.text, encoding="utf-8")
            elif block.kind == "console":
                for command, shown in commands(block.text):
                    yield block, command, shown, printed(command).splitlines()
            elif block.kind == "python":
                exec(compile(block.text, "page", "exec"), names)


def refreshed(page: str, folder: Path) -> str:
    """The page with what its commands print now. A command that shows nothing goes on showing nothing; one with `...` keeps that line, and as many
    lines before and after it as it had."""
    texts: dict[int, list[str]] = {}
    where: dict[int, Block] = {}
    for block, command, shown, told in run(page, folder):
        where[block.start] = block
        texts.setdefault(block.start, []).extend([f"$ {command}", *_cut(shown, [line.rstrip() for line in told])])
    for start in sorted(texts, reverse=True):
        page = page[:start] + "\n".join(texts[start]) + "\n" + page[where[start].end :]
    return page


def _cut(shown: list[str], told: list[str]) -> list[str]:
    while told and not told[-1]:
        told.pop()
    if not shown:
        return []
    if ANYTHING not in shown or FILL in shown:
        return told
    before = shown.index(ANYTHING)
    after = len(shown) - before - 1
    return [*told[:before], ANYTHING, *(told[len(told) - after :] if after else [])]


def main() -> int:
    """Run every page. Gives 1 if a page disagrees."""
    write = "--write" in sys.argv
    wrong = 0
    for name in RUN:
        text = (DOCS / name).read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            if write:
                (DOCS / name).write_text(refreshed(text, Path(folder)), encoding="utf-8")
                continue
            for _, command, shown, told in run(text, Path(folder)):
                if shown and not agree(shown, told):
                    wrong = 1
                    print(f"docs/{name}: {command}\n  the page shows\n    " + "\n    ".join(shown) + "\n  and it prints\n    " + "\n    ".join(told))
    return wrong


if __name__ == "__main__":
    sys.exit(main())
