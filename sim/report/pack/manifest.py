"""What a pack is made of: its manifest with the size and the checksum of every file, and what has happened to them since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ... import __version__
from ...scenario.errors import Problem, ScenarioError

NAME = "manifest.json"
FORMAT = "missing-sim training pack 1"


@dataclass(frozen=True)
class Checked:
    """The state of the files of a pack: those that are damaged or missing, and files that are not of the pack."""

    manifest: Mapping[str, Any]
    damaged: tuple[str, ...]
    missing: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.damaged and not self.missing


def manifest(files: Mapping[str, bytes], about: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest of these files; `about` says how the pack was made. Nothing in it depends on when or where that was."""
    held = [{"path": path, "bytes": len(content), "sha256": _sum(content)} for path, content in sorted(files.items())]
    return {"format": FORMAT, "version": __version__, **about, "files": held}


def read(folder: Path) -> dict[str, Any] | None:
    """The manifest of the pack in a folder; None if there is no pack."""
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or not str(found.get("format", "")).startswith("missing-sim training pack") or not _listed(found.get("files")):
        return None
    return found


def _listed(files: Any) -> bool:
    """Does this list files of one folder, each with its checksum? A path that leads out of the folder is not one of a pack."""
    if not isinstance(files, list):
        return False
    return all(isinstance(one, dict) and isinstance(one.get("sha256"), str) and _inside(one.get("path")) for one in files)


def _inside(path: Any) -> bool:
    return isinstance(path, str) and bool(path) and not Path(path).is_absolute() and ".." not in Path(path).parts


def check(folder: Path) -> Checked:
    """Hold the files of a pack against its manifest. Raises ScenarioError if the folder holds no pack, or one whose manifest cannot be read."""
    if not folder.is_dir():
        raise ScenarioError(Problem(str(folder), None, "--check", "is no folder", "allowed: the folder of a training pack"))
    held = read(folder)
    if held is None:
        there = (folder / NAME).exists()
        problem = f"its {NAME} is damaged, so that nothing can be checked" if there else f"holds no training pack: there is no {NAME}"
        raise ScenarioError(Problem(str(folder), None, "--check", problem, "make the pack again, or copy the whole folder again"))
    damaged, missing = [], []
    for one in held["files"]:
        try:
            content = (folder / one["path"]).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            missing.append(one["path"])
        except OSError:
            damaged.append(one["path"])
        else:
            if _sum(content) != one["sha256"]:
                damaged.append(one["path"])
    known = {one["path"] for one in held["files"]} | {NAME}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return Checked(held, tuple(damaged), tuple(missing), tuple(sorted(found - known)))


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
