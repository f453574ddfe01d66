"""The library of scenarios that comes with the package, and how a scenario is named: by its library name, or by the path of a file."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import Path

from .document import read
from .errors import Problem, ScenarioError

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Entry:
    """One file of the library, as its `[about]` describes it."""

    name: str
    kind: str
    title: str
    summary: str
    path: Path


def data(part: str) -> Path:
    """The folder of data called `part` ("scenarios" or "calibration"): in the installed package, or at the root of the checkout."""
    installed = _PACKAGE / "_data" / part
    return installed if installed.is_dir() else _PACKAGE.parent / part


def paths() -> dict[str, Path]:
    """The files of the library by name: whole scenarios first, then areas, each in alphabetical order."""
    folder = data("scenarios")
    files = [*sorted(folder.glob("*.toml")), *sorted(folder.glob("areas/*.toml"))]
    return {file.stem: file for file in files}


def names() -> list[str]:
    """The names of the library, in the order of `paths`."""
    return list(paths())


def areas() -> list[str]:
    """The names of its areas."""
    return [name for name, path in paths().items() if path.parent.name == "areas"]


def entries() -> list[Entry]:
    """Every file of the library with its title and kind. Raises ScenarioError if a file cannot be read as TOML."""
    found = []
    for name, path in paths().items():
        about = read(path).content.get("about")
        words = {key: str(value) for key, value in about.items()} if isinstance(about, dict) else {}
        found.append(Entry(name, words.get("kind", ""), words.get("title", name), words.get("summary", ""), path))
    return found


def is_path(name_or_path: str | Path) -> bool:
    """Whether this is the path of a file, and not a name: it ends in `.toml` or holds a separator."""
    text = str(name_or_path)
    return isinstance(name_or_path, Path) or text.endswith(".toml") or "/" in text or os.sep in text


def find(name_or_path: str | Path, beside: Path | None = None) -> Path:
    """The file that `name_or_path` names; a relative path starts at the folder `beside`, or else where the command was given.

    Raises ScenarioError if the name is not in the library; whether a path exists is left to whoever reads it.
    """
    if is_path(name_or_path):
        path = Path(os.path.expanduser(name_or_path))
        return beside / path if beside else path
    known = paths()
    if name_or_path in known:
        return known[str(name_or_path)]
    raise ScenarioError(_unknown(str(name_or_path), list(known)))


def _unknown(name: str, known: list[str]) -> Problem:
    if name and os.path.exists(name):
        return Problem(name, None, "", "the library has no scenario of this name", f"a file is named by its path: ./{name}")
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
    hint = f"did you mean {' or '.join(near)}?" if near else "`missing-sim scenarios` lists the library"
    return Problem("", None, "", f'the library has no scenario "{name}"', hint)
