"""The edition of the model: a hash of what its rules and its schema say. What was fitted to one edition does not belong to another.

Comments, docstrings and layout leave it as it is; so do engines and measures, which change no history. Every version of Python finds the same.
"""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from pathlib import Path

SCHEMA = ("area", "kinds", "nation", "practice", "resources", "world")
"""The files of the schema that say what a value means; how files are read leaves every history as it is."""


@cache
def edition() -> str:
    """Sixteen hexadecimal digits."""
    package = Path(__file__).parent.parent
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
    return form(tree)


def form(node: object) -> str:
    """A tree in words that no version of Python changes: versions differ in which fields without content they know and show, so these are left out.
    (`ast.dump` shows them, and each version shows others.)"""
    if isinstance(node, ast.AST):
        content = [f"{name}={form(value)}" for name, value in ast.iter_fields(node) if value is not None and value != []]
        return f"{type(node).__name__}({', '.join(content)})"
    if isinstance(node, list):
        return f"[{', '.join(map(form, node))}]"
    return ascii(node)


def _is_words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
