"""What is kept of a trial: `outcome.csv`, a row for each mutant, and `survivors.csv`, a reason for each survivor, written by hand."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from tests.mutants.mutant import MODEL, ROOT, Mutant, digest
from tests.mutants.trial import Outcome

FOLDER = Path(__file__).parent
OUTCOME = FOLDER / "outcome.csv"
SURVIVORS = FOLDER / "survivors.csv"
SHOWN = 120
"""Characters of a long text that are shown."""


@dataclass(frozen=True)
class Row:
    """One mutant and what became of it. `source` names the text of the file that it was made from."""

    mutant: str
    file: str
    line: int
    rule: str
    operator: str
    before: str
    after: str
    outcome: str
    by: str
    source: str


@dataclass(frozen=True)
class Survivor:
    """A mutant that no test tells from the rule, and why. `kind`: equivalent, only speed, not observable, or open."""

    mutant: str
    file: str
    line: int
    rule: str
    before: str
    after: str
    kind: str
    reason: str


def shown(text: str, other: str) -> str:
    """A text, or so much of a long one that one sees where it differs from the other."""
    if len(text) <= SHOWN:
        return text
    place = next((place for place, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), 0)
    start = max(min(place - 20, len(text) - SHOWN), 0)
    return "..." * (start > 0) + text[start : start + SHOWN] + "..." * (start + SHOWN < len(text))


def row(mutant: Mutant, outcome: Outcome, source: str) -> Row:
    """One row of the table."""
    return Row(
        mutant.name, Path(mutant.file).name, mutant.line, mutant.rule, mutant.operator,
        shown(mutant.before, mutant.after), shown(mutant.after, mutant.before), outcome.verdict, outcome.by, source,
    )  # fmt: skip


def write(path: Path, rows: list[Row] | list[Survivor], kind: type[Row] | type[Survivor]) -> None:
    """Write a table of this kind, by file, line and mutant."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(kind)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(one) for one in sorted(rows, key=lambda one: (one.file, one.line, one.mutant)))


def read_rows(path: Path = OUTCOME) -> list[Row]:
    """The table of outcomes; empty if there is none."""
    return [Row(line=int(one.pop("line")), **one) for one in read(path)]


def read_survivors(path: Path = SURVIVORS) -> list[Survivor]:
    """The table of survivors; empty if there is none."""
    return [Survivor(line=int(one.pop("line")), **one) for one in read(path)]


def read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kill_rate(rows: list[Row]) -> float:
    """The share of mutants that some test told from the rule."""
    return sum(one.outcome != "survived" for one in rows) / len(rows)


def survivors(rows: list[Row], known: list[Survivor]) -> list[Survivor]:
    """A row for each survivor, with the reason that was written for it before."""
    written = {one.mutant: one for one in known}
    return [
        Survivor(
            one.mutant, one.file, one.line, one.rule, one.before, one.after,
            written[one.mutant].kind if one.mutant in written else "open",
            written[one.mutant].reason if one.mutant in written else "",
        )
        for one in rows
        if one.outcome == "survived"
    ]  # fmt: skip


def stale(rows: list[Row], root: Path = ROOT) -> list[str]:
    """The files whose rules have changed since their mutants were tried (comments and docstrings do not count)."""
    tried = {(one.file, one.source) for one in rows}
    return sorted({file for file, source in tried if source != digest((root / MODEL / file).read_text(encoding="utf-8"))})
