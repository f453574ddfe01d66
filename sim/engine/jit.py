"""How compiled code is made: the options, the same for every rule, every verb and `run`. What each is worth: docs/decisions/0004."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numba.extending import register_jitable

F = TypeVar("F", bound=Callable[..., Any])

OPTIONS: Any = {"error_model": "numpy", "boundscheck": True, "forceinline": False, "_nrt": False, "no_cfunc_wrapper": True}
"""Never `fastmath`. No C program calls a rule: the form for it would have to be compiled as well."""
int64: Any = np.int64
"""For shorter numbers on their way to a rule: else Numba would compile it, and all that it calls, again for them."""


def callable_when_compiled(function: F) -> F:
    """Tell Numba that compiled code may call a function; the function itself stays as it was."""
    register_jitable(**OPTIONS)(function)
    return function
