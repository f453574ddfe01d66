"""The operators: each says how one small thing in a rule could be wrong.

A change names the node that it replaces and the text that comes in its place. Changes that could not run at all (a local name that is never set) are
not made: they would be killed by anything and flatter the tests.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from sim.model import events, luck, words

ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Add, ast.LShift: ast.RShift,
}  # fmt: skip
BOUNDARY: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
ENUMS: dict[str, list[str]] = {
    name: list(kind.__members__)
    for module in (words, events, luck)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, IntEnum) and kind is not IntEnum
}
Signatures = dict[str, list[str]]
"""The annotations of the arguments of each function, by the name under which a module calls it (`police.due`, `schedule`)."""


@dataclass(frozen=True)
class Site:
    """Where an operator may look: a node, the rule that it is in, and what that module calls."""

    node: ast.AST
    rule: ast.FunctionDef
    signatures: Signatures


@dataclass(frozen=True)
class Change:
    """One change: this node becomes this text."""

    operator: str
    node: Any
    text: str


Operator = Callable[[Site], Iterator[tuple[Any, str]]]


def edited(node: ast.AST, **fields: Any) -> str:
    """The text of an expression or statement with some fields changed."""
    copy = deepcopy(node)
    for name, value in fields.items():
        setattr(copy, name, value)
    return ast.unparse(copy)


def arithmetic(site: Site) -> Iterator[tuple[Any, str]]:
    """+ for -, * for /, and the other way round."""
    node = site.node
    if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        yield node, edited(node, op=ARITHMETIC[type(node.op)]())
    if isinstance(node, ast.AugAssign) and type(node.op) in ARITHMETIC:
        yield node, edited(node, op=ARITHMETIC[type(node.op)]())


def compared(site: Site, swaps: dict[type[ast.cmpop], type[ast.cmpop]]) -> Iterator[tuple[Any, str]]:
    node = site.node
    if isinstance(node, ast.Compare):
        for place, op in enumerate(node.ops):
            if type(op) in swaps:
                yield node, edited(node, ops=[*node.ops[:place], swaps[type(op)](), *node.ops[place + 1 :]])


def boundary(site: Site) -> Iterator[tuple[Any, str]]:
    """< for <=, > for >=, and the other way round."""
    yield from compared(site, BOUNDARY)


def comparison(site: Site) -> Iterator[tuple[Any, str]]:
    """A comparison turned into its opposite."""
    yield from compared(site, OPPOSITE)


def connective(site: Site) -> Iterator[tuple[Any, str]]:
    """`and` for `or`, and the other way round."""
    node = site.node
    if isinstance(node, ast.BoolOp):
        yield node, edited(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def negation(site: Site) -> Iterator[tuple[Any, str]]:
    """A `not` forgotten."""
    node = site.node
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, ast.unparse(node.operand)


def condition(site: Site) -> Iterator[tuple[Any, str]]:
    """A condition that always or never holds; a loop that is never entered."""
    node = site.node
    if isinstance(node, ast.If | ast.IfExp):
        yield node.test, "True"
        yield node.test, "False"
    if isinstance(node, ast.While):
        yield node.test, "False"


def constant(site: Site) -> Iterator[tuple[Any, str]]:
    """A number one greater, a truth value turned round."""
    node = site.node
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield node, repr(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield node, repr(node.value + 1)


def member(site: Site) -> Iterator[tuple[Any, str]]:
    """The next member of the same enum."""
    node = site.node
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in ENUMS.get(node.value.id, []):
        names = ENUMS[node.value.id]
        yield node, f"{node.value.id}.{names[(names.index(node.attr) + 1) % len(names)]}"


def deletion(site: Site) -> Iterator[tuple[Any, str]]:
    """A statement forgotten: something done, or a value changed that has one already."""
    node = site.node
    if isinstance(node, ast.AugAssign) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield node, "pass"
    if isinstance(node, ast.Assign):
        target = node.targets[0]
        if not isinstance(target, ast.Name) or already_set(site.rule, target.id, node.lineno):
            yield node, "pass"


def already_set(rule: ast.FunctionDef, name: str, line: int) -> bool:
    """Has a local name a value before this line, whatever way the rule went? (An argument, or an assignment that nothing stands before.)"""
    before = [one.targets[0] for one in rule.body if isinstance(one, ast.Assign) and one.lineno < line]
    return name in [target.id for target in before if isinstance(target, ast.Name)] or name in [argument.arg for argument in rule.args.args]


def arguments(site: Site) -> Iterator[tuple[Any, str]]:
    """Two arguments of the same type the wrong way round: each with the next of its type."""
    node = site.node
    if isinstance(node, ast.Call) and not node.keywords:
        kinds = site.signatures.get(ast.unparse(node.func), [])
        for first in range(min(len(node.args), len(kinds))):
            second = next((place for place in range(first + 1, len(kinds)) if kinds[place] == kinds[first]), None)
            if second is not None and second < len(node.args) and ast.unparse(node.args[first]) != ast.unparse(node.args[second]):
                swapped = list(node.args)
                swapped[first], swapped[second] = swapped[second], swapped[first]
                yield node, edited(node, args=swapped)


def extreme(site: Site) -> Iterator[tuple[Any, str]]:
    """`min` for `max`, and the other way round."""
    node = site.node
    if isinstance(node, ast.Name) and node.id in ("min", "max"):
        yield node, "max" if node.id == "min" else "min"


def result(site: Site) -> Iterator[tuple[Any, str]]:
    """Another value returned; a rule that goes on where it should have stopped."""
    node = site.node
    if not isinstance(node, ast.Return):
        return
    if node.value is None:
        yield node, "pass"
    elif not isinstance(node.value, ast.Constant | ast.Attribute) and ast.unparse(node.value) != "NEVER":
        text = ast.unparse(node.value)
        truth = site.rule.returns is not None and ast.unparse(site.rule.returns) == "bool"
        yield node, f"return not ({text})" if truth else f"return ({text}) + 1"


OPERATORS: dict[str, Operator] = {
    operator.__name__: operator
    for operator in (arithmetic, boundary, comparison, connective, negation, condition, constant, member, deletion, arguments, extreme, result)
}


def changes(rule: ast.FunctionDef, signatures: Signatures) -> Iterator[Change]:
    """Every change of every operator in the body of one rule, from its first line to its last."""
    for statement in rule.body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        for node in ast.walk(statement):
            for name, operator in OPERATORS.items():
                for place, text in operator(Site(node, rule, signatures)):
                    yield Change(name, place, text)
