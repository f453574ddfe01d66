"""The list of rules. A rule is a plain function; an engine that wants to compile it finds it here.

Every function in a module of rules carries `@rule`, also the small ones, so that compiled rules may call it. Nothing else happens to it: imports,
types,
breakpoints and coverage see ordinary Python. Calls between rules may not form a circle; a rule that must come back does so through `schedule`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

RULES: list[Callable[..., Any]] = []


def rule(function: F) -> F:
    """Note `function` in RULES and give it back as it was."""
    RULES.append(function)
    return function
