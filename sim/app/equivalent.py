"""The same request as a command and as Python, for whoever wants to repeat it or to ask for more than the app takes on."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any


def command(words: Sequence[str], options: Sequence[tuple[str, Any]]) -> str:
    """A command line; options without a value (None) are left out."""
    told = [part for name, value in options if value is not None for part in (name, str(value))]
    return " ".join(["missing-sim", *map(shlex.quote, [*words, *told])])


def python(function: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> str:
    """Two lines of Python; keywords without a value (None) are left out."""
    told = [*map(repr, arguments), *(f"{name}={value!r}" for name, value in keywords.items() if value is not None)]
    return f"import sim\n\nfound = sim.{function}({', '.join(told)})"


def settings(overrides: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Values by dotted path as options of a command."""
    return [("--set", f"{path}={_toml(value)}") for path, value in overrides.items()]


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"[{', '.join(map(_toml, value))}]" if isinstance(value, list | tuple) else str(value)
