"""The centre of a fit written into a scenario file: only values change; comments, order and layout stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..experiment.writing import put
from ..scenario import load
from ..scenario.document import read
from ..scenario.errors import Problem, ScenarioError
from .fitted import listed

VALUE = re.compile(r"(?P<head>\s*[A-Za-z_]+\s*=\s*)(?P<value>\[[^\]]*\]|[^#\n]*?)(?P<tail>[ \t]*(?:#[^\n]*)?\n)")


def write_into(path: Path, centre: Mapping[str, float]) -> list[str]:
    """Give every key of a scenario file that the centre has a value for that value; the paths of those that changed. The file must set them itself.
    Raises ScenarioError if it cannot be read, or would not be a scenario afterwards (it stays as it was then)."""
    document = read(path)
    before = path.read_text(encoding="utf-8")
    parts = before.splitlines(keepends=True)
    text, changed, offset = before, [], [0]
    for part in parts:
        offset.append(offset[-1] + len(part))
    places = [(document.lines.get(tuple(name.split("."))), name, value) for name, value in listed(dict(centre)).items()]
    for line, name, value in sorted(((line, name, value) for line, name, value in places if line is not None), reverse=True):
        found = VALUE.match(text, offset[line - 1])
        if found is None:
            raise ScenarioError(Problem(str(path), line, name, "cannot be changed where it stands", "write it as key = value on a line of its own"))
        written = _written(value, document.content, name)
        if written != found["value"]:
            changed.append(name)
            text = text[: found.start("value")] + written + text[found.end("value") :]
    put(path, lambda aside: aside.write_text(text, encoding="utf-8"))
    try:
        load(path)
    except ScenarioError:
        put(path, lambda aside: aside.write_text(before, encoding="utf-8"))
        raise
    return changed[::-1]


def _written(value: Any, content: Mapping[str, Any], name: str) -> str:
    """A value to four digits, in the kind of the one that it replaces."""
    section, key = name.split(".", 1)
    old = content[section][key]
    if isinstance(old, list):
        new = list(old)
        for place, one in value.items() if isinstance(value, dict) else enumerate(value):
            new[int(place)] = one
        if name.endswith("_mix"):
            rounded = [float(f"{one:.4g}") for one in new[:-1]]
            new = [*rounded, round(1.0 - sum(rounded), 6)]
        return f"[{', '.join(_number(one, was) for one, was in zip(new, old, strict=True))}]"
    return _number(value, old)


def _number(value: float, old: Any) -> str:
    if isinstance(old, int):
        return str(round(value))
    text = f"{value:.4g}" if "e" not in f"{value:.4g}" else f"{value:.8f}".rstrip("0")
    return text if "." in text else f"{text}.0"
