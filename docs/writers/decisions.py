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
        text = note.read_text(encoding="utf-8")
        title, date = text.splitlines()[0].removeprefix("# "), re.search(r"\d{4}-\d{2}-\d{2}", text)
        lines.append(f"| [{title}](../decisions/{note.name}) | {date[0] if date else ''} |")
    return "\n".join(lines) + "\n"
