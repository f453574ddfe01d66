"""The folder of a pack: may it be written to, and then its files, each whole, with the manifest last."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...experiment.writing import put
from ...scenario.errors import Problem, ScenarioError
from . import manifest


def allowed(folder: Path, replace: bool) -> None:
    """Raises ScenarioError if the folder cannot be written to, or holds something that would be lost without `replace`."""
    if folder.exists() and not folder.is_dir():
        raise ScenarioError(Problem(str(folder), None, "--out", "is a file", "allowed: a folder"))
    try:
        held = any(folder.iterdir()) if folder.is_dir() else False
    except OSError as error:
        raise ScenarioError(Problem(str(folder), None, "--out", str(error.strerror or error).lower(), "allowed: a folder that can be read")) from None
    if not held or replace:
        return
    if manifest.read(folder) is not None:
        problem, hint = "holds a training pack already", "--replace gives that one up, or name another folder"
    else:
        problem, hint = "is not empty, and holds no training pack", "name another folder; --replace writes the pack beside what is there"
    raise ScenarioError(Problem(str(folder), None, "--out", problem, hint))


def write(folder: Path, files: Mapping[str, str], about: Mapping[str, Any]) -> list[Path]:
    """Write a pack, and return its files, the first page first. Files of an earlier pack that this one has not are taken away; others stay.

    The manifest comes last: a pack without one was not finished. Raises OSError.
    """
    earlier = manifest.read(folder)
    (folder / manifest.NAME).unlink(missing_ok=True)
    content = {path: text.encode("utf-8") for path, text in files.items()}
    written = [_put(folder / path, part) for path, part in content.items()]
    if earlier is not None:
        for path in {one["path"] for one in earlier["files"]} - set(content):
            with contextlib.suppress(OSError):
                (folder / path).unlink(missing_ok=True)
    text = json.dumps(manifest.manifest(content, about), indent=2, ensure_ascii=False) + "\n"
    return [*written, _put(folder / manifest.NAME, text.encode("utf-8"))]


def _put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return put(path, lambda aside: aside.write_bytes(content))
