"""The page of commands, from what each command says of itself when asked for help."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import typer.main

from sim.cli import app

SHARED_BY = 4
"""An option that this many commands have, in the same words, is described once."""


def walk(group: Any = None, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with its words, such as ("sensitivity", "tornado"); a group comes before its commands."""
    for name, command in (group or typer.main.get_command(app)).commands.items():
        yield (*words, name), command
        if hasattr(command, "commands"):
            yield from walk(command, (*words, name))


def options(command: Any) -> dict[str, Any]:
    """Every option of a command by each of its names, with the help that all have."""
    found = {name: parameter for parameter in command.params for name in parameter.opts if name.startswith("-")}
    return found | {"--help": None, "-h": None}


def commands() -> str:
    """Every command with what it is for, its arguments, its options and an example."""
    found = list(walk())
    counted = Counter(_row(option) for _, command in found for option in _options_of(command))
    shared = {row for row, times in counted.items() if times >= SHARED_BY}
    lines = [
        "# Commands",
        "",
        "Made by `python -m docs.write_reference` from the help of each command; do not edit by hand. `missing-sim COMMAND --help` shows the same.",
        "",
        "A command ends with 0 if it is done, with 1 if the work failed or was stopped, and with 2 if the request was wrong.",
        "",
        "## Options that several commands share",
        "",
        *_table("Option", dict.fromkeys(row for row in counted if row in shared)),
    ]
    for words, command in found:
        lines += ["", f"## missing-sim {' '.join(words)}", "", *_prose(command.help or "")]
        arguments = [(f"`{p.metavar or p.name.upper()}`", _said(p)) for p in command.params if p.param_type_name == "argument"]
        own = [_row(option) for option in _options_of(command)]
        if arguments:
            lines += ["", *_table("Argument", arguments)]
        if any(row not in shared for row in own):
            lines += ["", *_table("Option", [row for row in own if row not in shared])]
        also = [row[0].split(" ")[0].strip("`") for row in own if row in shared]
        if also:
            lines += ["", "Shared options: " + ", ".join(f"`{name}`" for name in also) + "."]
    return "\n".join(lines) + "\n"


def _options_of(command: Any) -> list[Any]:
    return [p for p in command.params if p.param_type_name == "option"]


def _row(option: Any) -> tuple[str, str]:
    name = ", ".join(option.opts)
    return f"`{name} {option.metavar}`" if option.metavar else f"`{name}`", _said(option)


def _said(parameter: Any) -> str:
    """The help of a parameter, with whether it must be given or what stands in for it."""
    words = parameter.help or ""
    if parameter.required:
        return f"{words} Must be given."
    if isinstance(parameter.default, str) and parameter.default:
        return f"{words} Default: `{parameter.default}`."
    return words


def _table(first: str, rows: Any) -> list[str]:
    return [f"| {first} | What it does |", "|---|---|", *("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows)]


def _prose(text: str) -> list[str]:
    """Help as Markdown: what stands below "Example:" is a block of its own."""
    lines: list[str] = []
    block = False
    for line in text.replace("\b", "").strip().splitlines():
        if line.strip() == "Example:":
            lines += ["```console"]
            block = True
        elif not line.strip() and (not lines or not lines[-1].strip()):
            continue
        elif block and line.startswith("  "):
            lines.append("$ " + line.strip())
        elif block and not line.strip():
            continue
        else:
            lines.append(re.sub(r"(?<![`\w])(--[a-z][a-z-]*)", r"`\1`", line))
    return [*lines, "```"] if block else lines
