"""The source files that compiled code depends on, known by one hash, and that hash as it was when this program was loaded.

A program may run for days while its files are edited or installed anew. What it then compiles are the rules that it loaded, and those must not be
kept under the name of the new ones.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from .. import model

ROOMS = ("model", "engine", "scenario")


def digest() -> str:
    """A hash of the names and contents of all source files as they are now; empty if there are none to be read (a program in an archive)."""
    package = Path(model.__file__).parent.parent
    found = hashlib.sha256()
    count = 0
    for room in ROOMS:
        for source in sorted((package / room).glob("*.py")):
            found.update(f"{room}/{source.name}\0".encode())
            found.update(source.read_bytes())
            count += 1
    return found.hexdigest() if count else ""


def _as_loaded() -> str:
    try:
        return digest()
    except OSError:
        return ""


AS_LOADED = _as_loaded()
"""The hash when this room was loaded, which `choice` sees to early."""
