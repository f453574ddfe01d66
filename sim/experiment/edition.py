"""The edition of the model: a hash of what its rules and its schema say. What was fitted to one edition does not belong to another.

Comments, docstrings and layout leave it as it is; so do engines and measures, which change no history.
"""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from pathlib import Path

from .. import model

SCHEMA = ("area", "kinds", "nation", "practice", "resources", "world")
"""The files of the schema that say what a value means; how files are read leaves every history as it is."""


@cache
def edition() -> str:
    """Sixteen hexadecimal digits."""
    package = Path(model.__file__).parent.parent
    sources = [*sorted((package / "model").glob("*.py")), *(package / "scenario" / f"{name}.py" for name in SCHEMA)]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(f"{source.parent.name}/{source.stem}\0{said(source.read_text(encoding='utf-8'))}\0".encode())
    return digest.hexdigest()[:16]


def said(source: str) -> str:
    """What a program says, without what it says about itself: strings that stand alone, and descriptions of fields, are left out."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [one for one in body if not _is_words(one)]  # type: ignore[attr-defined]
        if isinstance(node, ast.Call):
            node.keywords = [keyword for keyword in node.keywords if keyword.arg != "description"]
    return ast.dump(tree)


def _is_words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
