"""A mutant: one rule file with one change in one rule, and its name, which lasts as long as the rule's text."""

from __future__ import annotations

import ast
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.operators import Signatures, changes

ROOT = Path(__file__).parents[2]
MODEL = Path("sim/model")


@dataclass(frozen=True)
class Mutant:
    """One change in one rule. `before` and `after` are the texts at the place of the change, on `line` of the file as it was."""

    name: str
    file: str
    line: int
    rule: str
    operator: str
    before: str
    after: str
    mutated: str
    """The whole file, changed."""


def is_rule(node: ast.AST) -> bool:
    """Is this the definition of a function that carries `@rule`?"""
    return isinstance(node, ast.FunctionDef) and any(isinstance(mark, ast.Name) and mark.id == "rule" for mark in node.decorator_list)


def rule_files(root: Path = ROOT) -> list[str]:
    """Every file of the model with rules in it, relative to `root`, in order."""
    files = sorted((root / MODEL).glob("*.py"))
    return [str(path.relative_to(root)) for path in files if any(map(is_rule, ast.parse(path.read_text(encoding="utf-8")).body))]


def digest(source: str) -> str:
    """A name for what a file says to Python: comments, docstrings and layout do not change it."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [part for part in body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))]  # type: ignore[attr-defined]
    return hashlib.sha256(ast.unparse(tree).encode()).hexdigest()[:16]


def signatures(tree: ast.Module, root: Path) -> Signatures:
    """The argument types of each function that a module can call, by the name under which it calls it."""
    found = annotated(tree, "")
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            for alias in node.names:
                path = root / MODEL / f"{node.module or alias.name}.py"
                functions = annotated(ast.parse(path.read_text(encoding="utf-8")), "")
                known = alias.asname or alias.name
                found |= {known: functions[alias.name]} if node.module and alias.name in functions else {}
                found |= {} if node.module else {f"{known}.{name}": kinds for name, kinds in functions.items()}
    return found


def annotated(tree: ast.Module, prefix: str) -> Signatures:
    return {
        prefix + node.name: [ast.unparse(argument.annotation) if argument.annotation else "" for argument in node.args.args]
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def spliced(source: str, node: ast.expr | ast.stmt, text: str) -> str:
    """The source with `text` in the place of `node`, in brackets if it is an expression (columns of the syntax tree count bytes)."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    lines = source.encode().splitlines(keepends=True)
    head = b"".join(lines[: node.lineno - 1]) + lines[node.lineno - 1][: node.col_offset]
    tail = lines[node.end_lineno - 1][node.end_col_offset :] + b"".join(lines[node.end_lineno :])
    return (head + (f"({text})" if isinstance(node, ast.expr) else text).encode() + tail).decode()


def mutants_of(file: str, root: Path = ROOT) -> Iterator[Mutant]:
    """Every mutant of one rule file, in the order of the text. No two are the same file."""
    source = (root / file).read_text(encoding="utf-8")
    tree = ast.parse(source)
    known = signatures(tree, root)
    seen: set[str] = {source}
    times: Counter[str] = Counter()
    for rule in [node for node in tree.body if is_rule(node)]:
        assert isinstance(rule, ast.FunctionDef)
        for change in changes(rule, known):
            mutated = spliced(source, change.node, change.text)
            before = ast.unparse(change.node)
            what = f"{file}:{rule.name}:{change.operator}:{before}:{change.text}"
            times[what] += 1
            if mutated not in seen:
                seen.add(mutated)
                name = hashlib.sha256(f"{what}:{times[what]}".encode()).hexdigest()[:10]
                yield Mutant(name, file, change.node.lineno, rule.name, change.operator, before, change.text, mutated)
