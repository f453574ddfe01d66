"""The page about the mutants, `docs/mutants.md`: written from the two tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.mutant import ROOT
from tests.mutants.record import Row, Survivor, kill_rate
from tests.mutants.sample import SEED

PAGE = ROOT / "docs" / "mutants.md"
HEAD = """# Would the tests notice a wrong rule?

Written by `python -m tests.mutants`; the reasons come from `tests/mutants/survivors.csv`, written by hand.

A mutant is one rule file of `sim/model` with one deliberate mistake in one rule: a plus for a minus, a boundary moved, a condition that always
holds, a line left out, the next member of an enum, two arguments the wrong way round, another value returned. The program makes every such mutant
from the text of the rules ({made} of them), draws a sample by a committed seed (each file by its size, each operator in turn), and runs the tests on
each until one fails. The tests that compare the two engines are left out, since both would run the same wrong rule.

    python -m tests.mutants                   # the committed sample, about an hour
    python -m tests.mutants --quick           # only tests that look at one rule at a time
    python -m tests.mutants --only police.py  # one file
    python -m tests.mutants --again           # what survived, or has changed since

**{killed} of {count} mutants (seed {seed}) are killed: {rate:.1%}.** Each is a row of `tests/mutants/outcome.csv`, with the test that killed it.
The survivors are below, each with the reason: where a mutant behaves as the rule does, no test can kill it.

"""


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in [head, tuple("---" for _ in head), *rows]]
    return "\n".join(lines) + "\n"


def counts(rows: list[Row], column: str) -> str:
    """Mutants and survivors by one column."""
    every = Counter(getattr(one, column) for one in rows)
    left = Counter(getattr(one, column) for one in rows if one.outcome == "survived")
    return table((column, "mutants", "survived"), [(name, str(every[name]), str(left[name])) for name in sorted(every)])


def text(rows: list[Row], left: list[Survivor], made: int) -> str:
    """The page."""
    killed = sum(one.outcome != "survived" for one in rows)
    head = HEAD.format(made=f"{made:,}", killed=killed, count=len(rows), seed=SEED, rate=kill_rate(rows))
    reasons = [(f"{one.file}:{one.line} `{one.rule}`", f"`{one.before}`", f"`{one.after}`", one.kind, one.reason) for one in left]
    survived = "## Survivors\n\n" + table(("where", "rule", "mutant", "kind", "why no test fails"), reasons)
    return "\n".join([head + survived, "## By file\n", counts(rows, "file"), "## By operator\n", counts(rows, "operator")])


def write(rows: list[Row], left: list[Survivor], made: int, page: Path = PAGE) -> None:
    """Write the page anew; `made` is how many mutants there are in all."""
    page.write_text(text(rows, left, made), encoding="utf-8")
