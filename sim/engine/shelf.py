"""The shelf on which compiled code is kept between runs: one folder for each version of it, in the user's cache folder.

The name of a folder is a hash (`cache.key`), so code of another version is never read. Nobody has to tidy up: when a folder is first made, those
that were not used for DAYS days are removed, and of the others all but the MOST used last. What does not look like ours is never touched, and what
cannot be removed stays. Two processes may do all this at once: whoever loses a folder while using it compiles again. Knows nothing of Numba.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import time
import uuid
from pathlib import Path
from typing import NamedTuple

VARIABLE = "MISSING_SIM_CACHE"
"""The environment variable that names another place for the shelf; "off" for none."""
DAYS = 30.0
"""A folder that was not used for so long is removed."""
MOST = 8
"""So many folders are kept beside a new one: switching back and forth between versions compiles nothing again."""

FOLDER = re.compile(r"[0-9a-f]{20}")
FILE = re.compile(r".+\.nb[ic](\.tmp\.\w+)?|\.[0-9a-f]{32}")
"""What Numba leaves in a folder, finished or not, and the mark of `opened`."""


class Place(NamedTuple):
    """A folder to keep compiled code in; or None, and why there is none."""

    folder: Path | None
    trouble: str


class State(NamedTuple):
    """What is on the shelf: the folder in use (None if there is none, and then why), whether code is in it, its bytes, and how many folders of other
    versions there are, with all their bytes."""

    folder: Path | None
    trouble: str
    filled: bool = False
    bytes: int = 0
    others: int = 0
    other_bytes: int = 0


def home() -> Path | None:
    """Where the shelf is, or None if there is to be none. Raises RuntimeError if the user has no home."""
    named = os.environ.get(VARIABLE, "")
    if named.lower() == "off":
        return None
    if named:
        return Path(named).expanduser().absolute()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base.absolute() / "missing-sim"


def opened(name: str) -> Place:
    """The folder of this name, made, proved writable, and marked as used now. If it is new the shelf is tidied."""
    try:
        base = home()
        if base is None:
            return Place(None, f"{VARIABLE} is {os.environ[VARIABLE]}")
        folder = base / name
        new = not folder.is_dir()
        folder.mkdir(parents=True, exist_ok=True)
        _mark(folder)
        if new:
            tidy(folder)
    except OSError as error:
        return Place(None, f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except RuntimeError as error:
        return Place(None, str(error))
    return Place(folder, "")


def _mark(folder: Path) -> None:
    """Make a file and remove it: proves that files can be written, and sets the folder's time of change. Raises OSError."""
    probe = folder / f".{uuid.uuid4().hex}"
    try:
        probe.write_bytes(b"\0")
    finally:
        probe.unlink(missing_ok=True)


def others(folder: Path) -> list[Path]:
    """The folders of other versions beside this one, the last used first."""
    used: list[tuple[float, Path]] = []
    for path in _within(folder.parent):
        if path != folder and FOLDER.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
            used.append((_last_used(path), path))
    return [path for _, path in sorted(used, reverse=True)]


def _last_used(folder: Path) -> float:
    """Seconds since the epoch; 0 if the folder has gone."""
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0


def tidy(folder: Path) -> None:
    """Remove the folders beside this one that nobody will miss. Never raises."""
    oldest = time.time() - DAYS * 86_400.0
    for place, other in enumerate(others(folder)):
        if (place >= MOST or _last_used(other) < oldest) and _is_ours(other):
            shutil.rmtree(other, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Is there nothing in it but what Numba leaves?"""
    return all(FILE.fullmatch(file.name) for file in _files(folder))


def is_filled(folder: Path) -> bool:
    """Is there compiled code in the folder?"""
    return any(file.suffix == ".nbc" for file in _files(folder))


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    total = 0
    for file in _files(folder):
        with contextlib.suppress(OSError):
            total += file.lstat().st_size
    return total


def state(place: Place) -> State:
    """What is on the shelf, seen from this place."""
    folder = place.folder
    if folder is None:
        return State(None, place.trouble)
    beside = others(folder)
    return State(folder, "", is_filled(folder), size(folder), len(beside), sum(map(size, beside)))


def _files(folder: Path) -> list[Path]:
    """Every file in a folder and below; what cannot be looked into, or has just gone, has none."""
    return [Path(parent, name) for parent, _, names in os.walk(folder) for name in names]


def _within(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
