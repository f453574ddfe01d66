"""Compiling once instead of once per rule.

Numba optimises every function with all that it calls, makes machine code of it, and then does the same again for whoever calls it. Here only `run` is
ever called from Python, so its rules need no machine code of their own: their code is linked into `run`, and optimised there, once. That takes
more than half off the time to compile (docs/decisions/0004-how-the-engine-is-compiled.md). The bytes of all results are the same. What is kept
between runs is the machine code of `run`, and nothing else.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from llvmlite import binding
from numba.core import config as _config
from numba.core import event
from numba.core.codegen import JITCodeLibrary, JITCPUCodegen
from numba.core.compiler import CompileResult
from numba.core.compiler_lock import global_compiler_lock

config: Any = _config
_OPTIMISE, _FINISH, _SET = "_optimize_final_module", "_finalize_final_module", "set_env"
_READY = "_finalize_dynamic_globals"
_WITH = "_find_referenced_environments"
_MODULE, _LEVEL = "_final_module", "OPT"
_KEEP, _CODE, _NAMES = "serialize_using_object_code", "_get_compiled_object", "get_defined_functions"
_TIMER = "install_timer"

SELDOM = 20_000, 20, 20
"""How often Python looks for circles of garbage while it compiles: hardly anything that is made is garbage before the end."""


def is_possible() -> bool:
    """Are Numba's libraries of code put together in the way that this room knows? If not, compiling takes longer and is right all the same."""
    wanted = {
        JITCodeLibrary: (_OPTIMISE, _FINISH, _READY, _KEEP, _CODE, _NAMES),
        JITCPUCodegen: (_SET,),
        CompileResult: (_WITH,),
        config: (_LEVEL,),
        event: (_TIMER,),
    }
    return all(hasattr(kind, name) for kind, names in wanted.items() for name in names)


@contextmanager
def into(name: str) -> Iterator[None]:
    """While this is in force, only the function called `name` is optimised and made into machine code; what it calls is linked into it."""
    with global_compiler_lock, _seldom_collecting():
        if not is_possible():
            yield
            return
        others: dict[tuple[Any, str], Any] = {
            (JITCodeLibrary, _OPTIMISE): _only_for(name, _shortly_named(getattr(JITCodeLibrary, _OPTIMISE)), lambda library: None),
            (JITCodeLibrary, _FINISH): _only_for(name, getattr(JITCodeLibrary, _FINISH), _linkable),
            (JITCPUCodegen, _SET): _if_there(getattr(JITCPUCodegen, _SET)),
            (JITCodeLibrary, _KEEP): _machine_code,
            (CompileResult, _WITH): lambda result: [],  # what rules would need to talk to Python, which they never do
            (config, _LEVEL): type(config.OPT)(2),  # whatever NUMBA_OPT says; at the third level it is 2% slower
            (event, _TIMER): lambda kind, callback: nullcontext(),  # each rule would be timed together with all that it calls
        }
        before = [(kind, method, getattr(kind, method)) for kind, method in others]
        for (kind, method), other in others.items():
            setattr(kind, method, other)
        try:
            yield
        finally:
            for kind, method, was in before:
                setattr(kind, method, was)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _only_for(name: str, usual: Callable[[Any], None], otherwise: Callable[[Any], None]) -> Callable[[Any], None]:
    def chosen(library: Any) -> None:
        (usual if library.name == name else otherwise)(library)

    return chosen


def _shortly_named(optimise: Callable[[Any], None]) -> Callable[[Any], None]:
    """What is left of the rules once they are optimised keeps their own names only, for nothing looks for it by more: Numba puts the types of all
    arguments into a name, 12 KB of them, and nine tenths of the code that was kept, and read again by every process, were names."""

    def chosen(library: Any) -> None:
        optimise(library)
        module = getattr(library, _MODULE, None)
        if module is None:
            return
        outside = (one for one in module.functions if one.linkage == binding.Linkage.external and not one.is_declaration)
        called = tuple(one.name.removeprefix("_ZN") for one in outside)
        for value in (*module.functions, *module.global_variables):
            if value.linkage in (binding.Linkage.linkonce_odr, binding.Linkage.common) and not value.name.endswith(called):
                value.linkage = "internal"
                value.name = plain_name(value.name)  # LLVM adds a number if another has it

    return chosen


def plain_name(mangled: str) -> str:
    """`sim.model.child.spend` of the name that Numba gives to its compiled form: lengths and words by turns, then types. Other names stay."""
    rest, parts = mangled.removeprefix("_ZN"), []
    while (match := re.match(r"\d+", rest)) and mangled.startswith("_ZN"):
        length, rest = int(match[0]), rest[match.end() :]
        parts.append(rest[:length])
        rest = rest[length:]
    return ".".join(parts) or mangled


def _linkable(library: Any) -> None:
    """Ready to be linked into another library, and for nothing else."""
    getattr(library, _READY)()
    library._finalized = True


def _machine_code(library: Any) -> tuple[str, str, tuple[bytes, bytes]]:
    """What is kept of a library: its machine code, and the names by which it is called. Numba would keep what LLVM made the code of as well, to be
    linked into others: nobody links `run`, and reading it took memory and time in every process."""
    library._ensure_finalized()
    names = (function.name for function in getattr(library, _NAMES)() if function.linkage == binding.Linkage.external and not function.is_declaration)
    stubs = "\n".join(f'define void @"{name}"() {{ ret void }}' for name in names)
    return library.name, "object", (getattr(library, _CODE)(), binding.parse_assembly(stubs).as_bitcode())


def _if_there(usual: Callable[[Any, str, Any], None]) -> Callable[[Any, str, Any], None]:
    """A function without machine code of its own has no place for its environment either, and needs none."""

    def chosen(codegen: Any, name: str, environment: Any) -> None:
        if codegen._engine.get_global_value_address(name):
            usual(codegen, name, environment)

    return chosen
