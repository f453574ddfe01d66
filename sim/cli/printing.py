"""What commands print: tables padded to their widest cell, one JSON object for machines, messages on standard error."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import typer

from .. import __version__


def print_json(command: str, **content: Any) -> None:
    """One object: the command, the version, and the content."""
    typer.echo(json.dumps({"command": command, "version": __version__, **content}, indent=2, ensure_ascii=False, allow_nan=False))


def print_table(rows: Sequence[Sequence[str]], header: Sequence[str]) -> None:
    """Print columns padded to their widest cell; the last is left as it is, and lines are never cut."""
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header) - 1)]
    for row in [header, *rows]:
        typer.echo("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip())


def rows(frame: Any) -> list[dict[str, Any]]:
    """A table as JSON can hold it: what is not a number is null."""
    found: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=15))
    return found


def complain(message: str) -> None:
    """A message on standard error."""
    typer.echo(message, err=True)
