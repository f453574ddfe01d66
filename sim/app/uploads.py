"""Uploaded scenario files, read in the same strict way as files on disk; but they may extend only the library, so that no other file is opened."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..scenario import Scenario, load
from ..scenario.document import read
from ..scenario.errors import Problem, ScenarioError
from ..scenario.library import is_path
from .limits import MOST_UPLOAD

LONGEST_NAME = 60
ALLOWED = re.compile(r"[^A-Za-z0-9_-]+")


def name_of(file: str) -> str:
    """A scenario's name from a file's: letters, digits, hyphens and underscores, whatever the file is called."""
    last = file.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".toml")
    return ALLOWED.sub("-", last)[:LONGEST_NAME].strip("-") or "uploaded"


def scenario(file: str, content: bytes, overrides: Mapping[str, Any] | None = None, area: str | None = None) -> Scenario:
    """The scenario of an uploaded file. Raises ScenarioError, in which the file goes by its own name."""
    name = name_of(file)
    if len(content) > MOST_UPLOAD:
        allowed = f"allowed: at most {MOST_UPLOAD:,} bytes (1 MB)"
        raise ScenarioError(Problem(f"{name}.toml", None, "", "the file is too large for a scenario", allowed))
    with tempfile.TemporaryDirectory(prefix="missing-sim-") as folder:
        path = Path(folder) / f"{name}.toml"
        path.write_bytes(content)
        try:
            _library_only(path)
            return load(path, overrides, area)
        except ScenarioError as error:
            raise ScenarioError([_named(problem, folder) for problem in error.problems]) from None


def _library_only(path: Path) -> None:
    """Raises ScenarioError if the file extends a file by its path."""
    document = read(path)
    extends = document.content.get("extends", [])
    asked = extends if isinstance(extends, list) else [extends]
    wrong = [one for one in asked if isinstance(one, str) and is_path(one)]
    if wrong:
        problem = f"{wrong[0][:80]!r} is the path of a file, and an uploaded file may extend scenarios of the library only"
        raise ScenarioError(Problem(str(path), document.line(("extends",)), "extends", problem, 'allowed: a name of the library, such as "baseline"'))


def _named(problem: Problem, folder: str) -> Problem:
    """The same problem without the folder in which the file lay for a moment."""
    away = f"{folder}/"
    return Problem(problem.path.replace(away, ""), problem.line, problem.key, problem.problem.replace(away, ""), problem.allowed.replace(away, ""))
