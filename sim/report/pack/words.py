"""Words as the pages need them: a heading inside a sentence, and what the levels of the exposure bar stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..numbers import listed
from .strip import LANES


def first_small(text: str) -> str:
    """A heading as it stands inside a sentence. A word in capitals stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """A text as a sentence of its own: with a capital and a full stop."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "?", "!")) else f"{whole}."


def levels(bar: Iterable[Mapping[str, Any]]) -> list[tuple[int, str]]:
    """The levels of an exposure bar, the lowest first, each with all the words that it stands for."""
    found: dict[int, list[str]] = {}
    for part in bar:
        words = found.setdefault(int(part["level"]), [])
        if str(part["words"]) not in words:
            words.append(str(part["words"]))
    return [(level, listed(words)) for level, words in sorted(found.items())]


def events(timeline: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows of a timeline for its table, in time order. The end has a row of its own unless the child's lane has one at that hour."""
    rows = [{**row, "lane": LANES[row["lane"]].split(" (")[0]} for row in timeline["rows"]]
    ends = timeline["ends"]
    if not any(row["lane"] == "child" and row["at"] == ends["at"] for row in timeline["rows"]):
        rows.append({"at": ends["at"], "clock": ends["clock"], "lane": "Child", "text": ends["words"]})
    return sorted(rows, key=lambda row: float(row["at"]))
