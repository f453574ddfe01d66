"""The rows of one table for compiled code: where they are and how many.

Numba's own arrays count negative row numbers from the end, which costs time at every look and would give the last row for NOBODY. Here a row number
that is no row, negative or too large, is an IndexError, found with one comparison.
"""

from __future__ import annotations

import operator
from typing import Any

from llvmlite import ir
from numba.core import cgutils as _cgutils
from numba.core import types
from numba.core.typing.templates import AbstractTemplate
from numba.core.typing.templates import infer_global as _infer_global
from numba.core.typing.templates import signature as _signature
from numba.extending import lower_builtin, models, register_model

from .row import Row, short

cgutils: Any = _cgutils
signature: Any = _signature
infer_global: Any = _infer_global
WORD = ir.IntType(64)


class Rows(types.Type):
    """The rows of an array of records."""

    def __init__(self, array: Any) -> None:
        self.array = array
        self.row = Row(array.dtype)
        super().__init__(short("Rows", str(array)))


@register_model(Rows)
class _Model(models.StructModel):
    def __init__(self, manager: Any, rows: Rows) -> None:
        # Numba and llvmlite carry no types for what follows, hence the ignores in this room.
        super().__init__(manager, rows, [("start", types.voidptr), ("count", types.intp)])  # type: ignore[no-untyped-call]


def is_table(kind: Any) -> bool:
    """Is this a compiled type of which `Rows` can be made: records one after the other?"""
    return isinstance(kind, types.Array) and isinstance(kind.dtype, types.Record) and kind.ndim == 1 and kind.layout == "C"


def rows_at(context: Any, builder: Any, rows: Rows, pointer: Any) -> Any:
    """The rows of the array that lies at `pointer`."""
    array = context.make_array(rows.array)(context, builder, ref=pointer)
    made = cgutils.create_struct_proxy(rows)(context, builder)
    made.start = builder.bitcast(array.data, ir.IntType(8).as_pointer())
    made.count = array.nitems
    return made._getvalue()


@infer_global(operator.getitem)
class _Row(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        rows, number = args
        if isinstance(rows, Rows) and isinstance(number, types.Integer | types.IntEnumMember):
            return signature(rows.row, rows, types.intp)
        return None


@infer_global(len)
class _Count(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        return signature(types.intp, *args) if isinstance(args[0], Rows) else None


@lower_builtin(operator.getitem, Rows, types.Integer)  # type: ignore[no-untyped-call, untyped-decorator]
def _row(context: Any, builder: Any, kinds: Any, arguments: Any) -> Any:
    held = cgutils.create_struct_proxy(kinds.args[0])(context, builder, value=arguments[0])
    with builder.if_then(builder.icmp_unsigned(">=", arguments[1], held.count), likely=False):
        context.call_conv.return_user_exc(builder, IndexError, ("no row has this number",))
    offset = builder.mul(arguments[1], WORD(kinds.return_type.size))
    return builder.bitcast(builder.gep(held.start, [offset]), context.get_value_type(kinds.return_type))


@lower_builtin(len, Rows)  # type: ignore[no-untyped-call, untyped-decorator]
def _count(context: Any, builder: Any, kinds: Any, arguments: Any) -> Any:
    return cgutils.create_struct_proxy(kinds.args[0])(context, builder, value=arguments[0]).count
