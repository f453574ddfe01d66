"""One TOML file, read with care: whatever is in the way is a `ScenarioError` that says what to do, never a traceback."""

from __future__ import annotations

import math
import os
import re
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import Problem, ScenarioError
from .lines import Key, lines

MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Document:
    """The content of one file as nested tables, and the line of each table and key."""

    path: str
    content: dict[str, Any]
    lines: dict[Key, int]

    def line(self, key: Key) -> int | None:
        """The line on which `key`, or else the table it belongs to, is set."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key)


def read(path: str | Path) -> Document:
    """Read the TOML file at `path`.

    Raises ScenarioError if it is missing, a folder, not readable, empty, too large, not UTF-8 text or not TOML, or if a number is NaN or infinite.
    """
    name = str(path)
    text = _text(name, _bytes(name))
    try:
        content = tomllib.loads(text)
        if not content:
            raise ScenarioError(Problem(name, None, "", "the file is empty", 'a scenario holds at least one line, such as: extends = "baseline"'))
        document = Document(name, content, lines(text))
        unusable = [
            Problem(name, document.line(key), ".".join(key), f"{value} is not a usable number", "allowed: a finite number")
            for key, value in _endless((), content)
        ]
    except RecursionError:
        raise ScenarioError(Problem(name, None, "", "brackets are nested too deeply", "allowed: tables and lists as in the library files")) from None
    except ValueError as error:
        raise ScenarioError(_syntax(name, text, str(error))) from None
    if unusable:
        raise ScenarioError(unusable)
    return document


def _bytes(name: str) -> bytes:
    """The bytes of an ordinary file of allowed size."""
    try:
        status = os.stat(name)
        if stat.S_ISDIR(status.st_mode):
            raise ScenarioError(Problem(name, None, "", "this is a folder", "name the .toml file in it"))
        if not stat.S_ISREG(status.st_mode):
            raise ScenarioError(Problem(name, None, "", "this is not an ordinary file", "name a .toml file"))
        with open(name, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise ScenarioError(Problem(name, None, "", "there is no such file", "`missing-sim scenarios` lists the scenarios of the library")) from None
    except PermissionError:
        raise ScenarioError(Problem(name, None, "", "you have no permission to read this file", "ask its owner for read access")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ScenarioError(Problem(name, None, "", f"the file cannot be read ({reason})")) from None
    if len(data) > MOST_BYTES:
        raise ScenarioError(Problem(name, None, "", "the file is too large for a scenario", f"allowed: at most {MOST_BYTES:,} bytes (1 MB)"))
    return data


def _text(name: str, data: bytes) -> str:
    """The bytes as text; a byte order mark before UTF-8 is dropped, as some editors write one."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ScenarioError(Problem(name, None, "", "the file is saved as UTF-16", "save it as UTF-8"))
    if b"\0" in data:
        raise ScenarioError(Problem(name, None, "", "the file is not text", "a scenario is a text file in TOML, saved as UTF-8"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ScenarioError(Problem(name, line, "", "the text is not in UTF-8 here", "save the file as UTF-8")) from None


def _syntax(name: str, text: str, message: str) -> Problem:
    """A complaint of `tomllib` with the line it speaks of, and the line itself."""
    place = re.search(r" \(at line (\d+), column \d+\)$", message)
    if place is None:
        return Problem(name, None, "", f"not valid TOML: {message[:1].lower()}{message[1:]}", "allowed: lines of the form key = value")
    line = int(place.group(1))
    said = message[: place.start()]
    written = (text.splitlines()[line - 1 : line] or [""])[0].strip()
    if said.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate")):
        key = written.split("=")[0].strip(" []")
        return Problem(name, line, key, "this is set twice in the file", "allowed: once")
    hint = "write a share as 0.4, not 40%" if "%" in written else 'allowed: key = value, with words in "quotes" and a decimal point in numbers'
    return Problem(name, line, "", f"not valid TOML: {said[:1].lower()}{said[1:]}, in: {written[:80]}", hint)


def _endless(key: Key, value: Any) -> Iterator[tuple[Key, float]]:
    """Every NaN or infinite number in `value`, with its key."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _endless((*key, name), part)
    elif isinstance(value, list):
        for part in value:
            yield from _endless(key, part)
    elif isinstance(value, float) and not math.isfinite(value):
        yield key, value
