"""The files a scenario is made of: itself and all its parents, each once, parents before children."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from . import library
from .document import Document, read
from .errors import Problem, ScenarioError

MOST_FILES = 50


def lineage(name_or_path: str | Path) -> list[Document]:
    """The documents behind a scenario, in the order in which they are laid over one another; its own is the last.

    Parents are taken in the order in which `extends` names them, so that later ones win. A file that is reached twice counts once, at
    its first place: two parents that share a baseline do not undo each other. Raises ScenarioError for a parent that is missing or
    that leads back to its own child, naming the chain.
    """
    found: dict[str, Document] = {}
    _gather(read(library.find(name_or_path)), [], found)
    return list(found.values())


def _gather(document: Document, chain: list[Document], found: dict[str, Document]) -> None:
    """Add the parents of `document`, then itself, to `found`; `chain` leads from the scenario asked for to `document`."""
    if len(chain) >= MOST_FILES:
        raise ScenarioError(Problem(document.path, None, "extends", "there are too many generations of parents", f"allowed: at most {MOST_FILES}"))
    for parent in _parents(document):
        line = document.line(("extends",))
        path = _find(parent, document, chain)
        line_of_descent = [*chain, document]
        if any(_same(path, ancestor.path) for ancestor in line_of_descent):
            told = _chain([*line_of_descent, str(path)])
            raise ScenarioError(Problem(document.path, line, "extends", f"the parents go round in a circle: {told}", "take one of them out"))
        if os.path.realpath(path) not in found:
            _gather(_open(path, parent, document, chain), line_of_descent, found)
    found[os.path.realpath(document.path)] = document


def _parents(document: Document) -> list[str]:
    """The names in `extends`, which is one name or a list of names."""
    given: Any = document.content.get("extends", [])
    names = given if isinstance(given, list) else [given]
    if not all(isinstance(name, str) and name for name in names):
        allowed = 'allowed: a name in quotes or a list of them, such as ["baseline", "./my-area.toml"]'
        raise ScenarioError(Problem(document.path, document.line(("extends",)), "extends", "this is not the name of a scenario", allowed))
    return list(names)


def _find(parent: str, document: Document, chain: list[Document]) -> Path:
    try:
        return library.find(parent, beside=Path(document.path).parent)
    except ScenarioError as error:
        raise _missing(document, chain, error.problem, error.allowed) from None


def _open(path: Path, parent: str, document: Document, chain: list[Document]) -> Document:
    if not path.exists():
        raise _missing(document, chain, f'there is no file "{parent}"', f"looked for {path}")
    return read(path)


def _missing(document: Document, chain: list[Document], problem: str, allowed: str) -> ScenarioError:
    told = f" ({_chain([*chain, document])})" if chain else ""
    return ScenarioError(Problem(document.path, document.line(("extends",)), "extends", f"{problem}{told}", allowed))


def _chain(files: list[Any]) -> str:
    return " extends ".join(Path(file if isinstance(file, str) else file.path).name for file in files)


def _same(one: str | Path, other: str | Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
