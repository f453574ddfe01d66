"""Compiling once instead of once per rule.

Numba optimises every function with all that it calls, makes machine code of it, and then does the same again for whoever calls it. Here only `run` is
ever called from Python, so its rules need no machine code of their own: their code is linked into `run`, and optimised there, once. That takes
more than half off the time to compile (docs/decisions/0004-how-the-engine-is-compiled.md). The bytes of all results are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from numba.core.codegen import JITCodeLibrary, JITCPUCodegen
from numba.core.compiler_lock import global_compiler_lock

_OPTIMISE, _FINISH, _SET = "_optimize_final_module", "_finalize_final_module", "set_env"
_READY = "_finalize_dynamic_globals"


def is_possible() -> bool:
    """Are Numba's libraries of code put together in the way that this room knows? If not, compiling takes longer and is right all the same."""
    return all(hasattr(JITCodeLibrary, name) for name in (_OPTIMISE, _FINISH, _READY)) and hasattr(JITCPUCodegen, _SET)


@contextmanager
def into(name: str) -> Iterator[None]:
    """While this is in force, only the function called `name` is optimised and made into machine code; what it calls is linked into it."""
    with global_compiler_lock:
        if not is_possible():
            yield
            return
        methods = ((JITCodeLibrary, _OPTIMISE), (JITCodeLibrary, _FINISH), (JITCPUCodegen, _SET))
        before = [(kind, method, getattr(kind, method)) for kind, method in methods]
        optimise, finish, set_environment = (method for _, _, method in before)
        setattr(JITCodeLibrary, _OPTIMISE, _only_for(name, optimise, lambda library: None))
        setattr(JITCodeLibrary, _FINISH, _only_for(name, finish, _linkable))
        setattr(JITCPUCodegen, _SET, _if_there(set_environment))
        try:
            yield
        finally:
            for kind, method, was in before:
                setattr(kind, method, was)


def _only_for(name: str, usual: Callable[[Any], None], otherwise: Callable[[Any], None]) -> Callable[[Any], None]:
    def chosen(library: Any) -> None:
        (usual if library.name == name else otherwise)(library)

    return chosen


def _linkable(library: Any) -> None:
    """Ready to be linked into another library, and for nothing else."""
    getattr(library, _READY)()
    library._finalized = True


def _if_there(usual: Callable[[Any, str, Any], None]) -> Callable[[Any, str, Any], None]:
    """A function without machine code of its own has no place for its environment either, and needs none."""

    def chosen(codegen: Any, name: str, environment: Any) -> None:
        if codegen._engine.get_global_value_address(name):
            usual(codegen, name, environment)

    return chosen
