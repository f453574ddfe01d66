"""A scenario of the Plan page as a file: what it extends, and what was changed. `missing-sim check` and the app read it back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

SECTIONS = ("area", "world", "practice", "resources")


def text(extends: Sequence[str], title: str, changes: Mapping[str, Any]) -> str:
    """The file, with changes by dotted path."""
    names = _value(extends[0]) if len(extends) == 1 else _value(list(extends))
    lines = [
        "# Made by the app of missing-sim. Every value that is not here is as in what it extends.",
        "",
        f"extends = {names}",
        "",
        "[about]",
        f"title = {_value(title)}",
        'summary = "Own changes, made in the app."',
        'kind = "practice"',
        f"counterfactual = {_value(extends[0])}",
        'assumed = "Every value below is an assumption of whoever made this file."',
    ]
    for section in SECTIONS:
        own = {path.split(".", 1)[1]: value for path, value in changes.items() if path.startswith(f"{section}.")}
        if own:
            lines += ["", f"[{section}]", *(f"{key} = {_value(value)}" for key, value in own.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    """A value as TOML. A string of JSON is one of TOML, but for the delete character."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, float):
        return repr(value)
    return str(value)
