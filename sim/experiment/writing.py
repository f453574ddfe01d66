"""Files that are whole or not there: written aside, flushed to the disk, and renamed."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
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
