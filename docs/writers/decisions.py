"""The page of decisions: a line for each note in docs/decisions."""

from __future__ import annotations

import re
from pathlib import Path

NOTES = Path(__file__).resolve().parents[1] / "decisions"


def decisions() -> str:
    """Every note with its date, and what was decided in its first sentence."""
    lines = [
        "# Decisions",
        "",
        "Made by `python -m docs.write_reference` from the notes in `docs/decisions`; do not edit by hand.",
        "",
        "A note is written when something was decided that a newcomer would ask about: context, decision, consequence.",
        "",
        "| Note | Date |",
        "|---|---|",
    ]
    for note in sorted(NOTES.glob("*.md")):
        title, date = headed(note.name, note.read_text(encoding="utf-8"))
        lines.append(f"| [{title}](../decisions/{note.name}) | {date} |")
    return "\n".join(lines) + "\n"


def headed(name: str, text: str) -> tuple[str, str]:
    """The title of a note with its number, and its date. Raises ValueError if the note does not begin with these, as the others do."""
    number = int(name[:4])
    found = re.match(rf"# ({number}\. [^\n]+)\n\n(\d{{1,2}} [A-Z][a-z]+ \d{{4}})\n", text)
    if found is None:
        raise ValueError(f'docs/decisions/{name} does not begin with "# {number}. ", its title, a blank line, and its date as in "1 March 2026"')
    return found[1], found[2]
