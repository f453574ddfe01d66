"""When the rules do not compile: which rule, on which line, and why, in one line each.

Numba tells of a mistake in a rule through everyone who calls it, in thousands of characters and often without its place. Here each rule is looked
at alone, by its annotations: those that fail and call none that fails are the ones to mend. The same look shows that what mypy believes of a rule is
what was compiled, and that no rule calls itself in a circle, which could not compile.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from enum import IntEnum
from pathlib import Path
from typing import Any, get_origin, get_type_hints

from numba import njit as _njit
from numba import types
from numba.core.errors import NumbaError

from ..model.world import Parameters, World
from . import linking

njit: Any = _njit
Rule = Callable[..., Any]
FAILURES = (NumbaError, KeyError)
"""What Numba raises for a mistake in a rule; a misspelt field of a record is a KeyError."""
BEGINNINGS = ("Failed in nopython mode pipeline", "No implementation of function", "Internal error", "During:", "-", "'", "There are")


def problems(rules: list[Rule], world: Any, parameters: Any, options: dict[str, Any]) -> list[str]:
    """What is wrong with these rules, given the compiled types of the world and of the parameters: circles of calls, or else rules that fail, or else
    rules that give something else than their annotation says. Empty if all is well.
    """
    round_and_round = circles(rules)
    if round_and_round:
        return round_and_round
    failed: dict[Rule, Exception] = {}
    given: list[str] = []
    for rule in rules:
        hints = get_type_hints(rule)
        result = hints.pop("return")
        try:
            compiled = _compiled(rule, tuple(_kind(hint, world, parameters) for hint in hints.values()), options)
        except FAILURES as error:
            failed[rule] = error
            continue
        if compiled != _kind(result, world, parameters):
            given.append(f"{_place(rule)}: annotated {_kind(result, world, parameters)}, compiled {compiled}")
    if failed:
        return [_reason(rule, error) for rule, error in failed.items() if not failed.keys() & set(called(rule))]
    return given


def circles(rules: list[Rule]) -> list[str]:
    """Rules that call each other in a circle, each circle once."""
    found: dict[frozenset[Rule], str] = {}
    done: set[Rule] = set()

    def follow(rule: Rule, path: list[Rule]) -> None:
        if rule in path:
            circle = path[path.index(rule) :]
            found.setdefault(frozenset(circle), " -> ".join(_name(step) for step in (*circle, rule)))
        elif rule not in done:
            for other in called(rule):
                follow(other, [*path, rule])
            done.add(rule)

    for rule in rules:
        follow(rule, [])
    return list(found.values())


def called(rule: Rule) -> list[Rule]:
    """The functions of the model that a rule calls."""
    known = inspect.unwrap(rule).__globals__
    package = World.__module__.rpartition(".")[0]
    return [other for other in _callees(rule, known) if inspect.isfunction(other) and other.__module__.startswith((package, rule.__module__))]


def _callees(rule: Rule, known: dict[str, Any]) -> Iterator[Any]:
    for node in ast.walk(_tree(rule)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield known.get(node.func.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            yield getattr(known.get(node.func.value.id), node.func.attr, None)


def _tree(rule: Rule) -> ast.AST:
    return ast.increment_lineno(ast.parse(textwrap.dedent(inspect.getsource(rule))), inspect.unwrap(rule).__code__.co_firstlineno - 1)


def _kind(hint: Any, world: Any, parameters: Any) -> Any:
    """The compiled type that an annotation stands for."""
    if hint is World:
        return world
    if hint is Parameters:
        return parameters
    if hint is type(None):
        return types.none
    if get_origin(hint) in (list, tuple):
        return types.Array(types.float64, 1, "C")
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return types.int64
    return {bool: types.boolean, int: types.int64, float: types.float64}[hint]


def _compiled(rule: Rule, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """What a rule gives when it is compiled for these types. Raises one of FAILURES.

    With the very options of rules that others call: else Numba would compile all that it calls once more."""
    alone = njit(no_cpython_wrapper=True, **options)(rule)
    with linking.into(""):
        alone.compile(arguments)
    result = alone.overloads[alone.signatures[0]].signature.return_type
    return types.int64 if isinstance(result, types.IntegerLiteral | types.IntEnumMember) else result


def _name(rule: Rule) -> str:
    return f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"


def _place(rule: Rule, line: int | None = None) -> str:
    code = inspect.unwrap(rule).__code__
    return f"{Path(code.co_filename).name}:{line or code.co_firstlineno} in {rule.__name__}"


def _reason(rule: Rule, error: Exception) -> str:
    """One line of Numba's many: the first that says something, and the last place it names within the rule."""
    if isinstance(error, KeyError):
        used = [node.lineno for node in ast.walk(_tree(rule)) if isinstance(node, ast.Attribute) and node.attr == error.args[0]]
        return f"{_place(rule, min(used, default=None))}: no field is called {error.args[0]!r}"
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    code = inspect.unwrap(rule).__code__
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    says = next((line for line in lines if not line.startswith(BEGINNINGS)), lines[0] if lines else type(error).__name__)
    places = re.findall(r'File "[^"]*?([^"/\\]+)", line (\d+)', text)
    own = [int(number) for name, number in places if name == Path(code.co_filename).name and int(number) >= code.co_firstlineno]
    return f"{_place(rule, own[-1] if own else None)}: {says}"
