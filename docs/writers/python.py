"""The page of the public Python names, from their docstrings and signatures."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from typing import Any, get_type_hints

import sim
from sim.experiment.study import How

FUNCTIONS = tuple(name for name in sim.__all__ if inspect.isfunction(getattr(sim, name)))
CLASSES = tuple(name for name in sim.__all__ if inspect.isclass(getattr(sim, name)))
SHARED_BY = 4
"""What this many classes offer, in the same words, is described once."""


def python() -> str:
    """Every public name: functions with their arguments, classes with what they offer."""
    lines = [
        "# Python",
        "",
        "Made by `python -m docs.write_reference` from the docstrings; do not edit by hand. These names are the public interface, and they come from",
        "`import sim`. All else may change.",
        "",
        f"`sim.__version__` is the version, now {sim.__version__}.",
        "",
        "## Functions",
    ]
    for name in FUNCTIONS:
        function = getattr(sim, name)
        lines += ["", f"### sim.{name}", "", "```python", _signature(name, function), "```", "", _words(function)]
    lines += ["", "### Keywords that all experiments take", "", *_how()]
    lines += ["", "## Classes"]
    members = {name: _members(getattr(sim, name)) for name in CLASSES}
    counted = Counter(row for rows in members.values() for row in rows)
    shared = [row for row, times in counted.items() if times >= SHARED_BY]
    lines += ["", "### What the result of every experiment offers", "", *_table(shared)]
    for name, rows in members.items():
        lines += ["", f"### sim.{name}", "", _words(getattr(sim, name)), *_table([row for row in rows if row not in shared])]
    return "\n".join(lines) + "\n"


def _words(value: Any) -> str:
    return _code(inspect.cleandoc(value.__doc__ or ""))


def _code(text: str) -> str:
    """A docstring as Markdown: an indented example becomes a block of program text."""
    parts = []
    for part in text.split("\n\n"):
        indented = all(line.startswith("    ") for line in part.splitlines())
        parts.append("```python\n" + inspect.cleandoc(part) + "\n```" if indented else part)
    return "\n\n".join(parts)


def _signature(name: str, function: Any) -> str:
    parameters = []
    for parameter in inspect.signature(function).parameters.values():
        text = re.sub(r": '([^']*)'", r": \1", str(parameter))
        text = re.sub(r"<(?:function|class) '?([\w.]+)'?(?: at 0x[0-9a-f]+)?>", r"\1", text)  # a name, not where it lies in memory
        parameters.append(text.replace("Unpack[How]", "How"))
    star = next((i for i, p in enumerate(inspect.signature(function).parameters.values()) if p.kind is p.KEYWORD_ONLY), None)
    if star is not None and not any(p.kind is p.VAR_POSITIONAL for p in inspect.signature(function).parameters.values()):
        parameters.insert(star, "*")
    flat = f"{name}({', '.join(parameters)})"
    return flat if len(flat) <= 100 else f"{name}(\n    " + ",\n    ".join(parameters) + ",\n)"


def _how() -> list[str]:
    """The keywords that `How` names, with the words that stand below each in its source."""
    source = inspect.getsource(How)
    words = dict(re.findall(r'^    (\w+): [^\n]+\n    """(.*?)"""', source, re.MULTILINE | re.DOTALL))
    kinds = {name: str(kind) for name, kind in How.__annotations__.items()}
    asked = [name for name in get_type_hints(How) if name not in ("command", "progress")]
    rows = [f"| `{name}` | `{_kind(kinds[name])}` | {words.get(name) or f'As the option `--{name}` of a command.'} |" for name in asked]
    return ["| Keyword | Kind | What it does |", "|---|---|---|", *rows]


def _kind(text: str) -> str:
    found = re.sub(r"ForwardRef\('(.*?)'.*", r"\1", text)
    return found.replace("|", "or")


def _members(kind: Any) -> list[str]:
    """Rows of what an object offers, with the first sentence of each docstring; inherited members of its own package count."""
    rows = []
    for name in sorted(dir(kind)):
        if name.startswith("_") or name in ("model_config", "model_fields", "model_computed_fields"):
            continue
        owner = next((base for base in kind.__mro__ if name in vars(base)), None)
        if owner is None or not owner.__module__.startswith("sim."):
            continue
        value = inspect.getattr_static(kind, name)
        of = getattr(value, "func", None) or getattr(value, "fget", None) or getattr(value, "__func__", None) or value
        if not callable(of) or not of.__doc__:
            continue
        called = f"`{name}()`" if inspect.isfunction(value) or isinstance(value, classmethod | staticmethod) else f"`{name}`"
        first = re.split(r"(?<=[.:]) (?=[A-Z])", " ".join(of.__doc__.split()), maxsplit=1)[0]
        rows.append(f"| {called} | {first.replace('|', '/')} |")
    return rows


def _table(rows: list[str]) -> list[str]:
    return ["", "| Member | What it is |", "|---|---|", *rows] if rows else []
