"""Files that are whole or not there: written aside, flushed to the disk, and renamed."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

ASIDE = ".part"
"""What the name of a file ends in while it is being written."""


def put(path: Path, write: Callable[[Path], Any]) -> Path:
    """Let `write` fill a file beside `path`; when it is whole and on the disk, give it its name. Raises OSError."""
    aside = path.with_name(f".{path.stem}-{uuid.uuid4().hex}{ASIDE}")
    try:
        write(aside)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    return path


def put_text(path: Path, text: str) -> Path:
    """A text, in the same way."""
    return put(path, lambda aside: aside.write_text(text + "\n", encoding="utf-8"))


def put_json(path: Path, told: Mapping[str, Any], lists: Mapping[str, Iterable[Any]]) -> Path:
    """An object as JSON, in the same way. Its `lists` stand last and are written item by item: there may be ten thousand."""

    def write(aside: Path) -> None:
        with aside.open("w", encoding="utf-8") as file:
            file.write(_json(told)[: -len("\n}")])
            for name, items in lists.items():
                mark = "["
                file.write(f",\n {json.dumps(name)}: ")
                for item in items:
                    file.write(f"{mark}\n  " + _json(item).replace("\n", "\n  "))
                    mark = ","
                file.write("[]" if mark == "[" else "\n ]")
            file.write("\n}\n")

    return put(path, write)


def _json(told: Any) -> str:
    return json.dumps(told, indent=1, ensure_ascii=False)
