"""A word to the processor: this record will be wanted soon. It changes nothing but the time that the first look at the record takes."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

LINE = 64
"""Bytes that come from memory together."""


@intrinsic
def _prefetch(_: Any, record: Any) -> Any:
    """Have all of a record fetched from memory, without waiting for it."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        start = builder.bitcast(arguments[0], byte)
        for offset in range(0, record.size, LINE):
            line = builder.gep(start, [ir.IntType(64)(offset)])
            builder.call(fetch, [line, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.none(record), generate


prefetch: Any = _prefetch
