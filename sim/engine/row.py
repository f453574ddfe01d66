"""A row of a table for compiled code: whole numbers are kept in as few bytes as `layout` gives them, and are 64 bits long for every rule.

Numba would give a rule a number as short as it is kept, and compile the rule, with all that it calls, again for it. A number that does not fit into
its place is an OverflowError, never another number.
"""

from __future__ import annotations

import hashlib
from typing import Any

from llvmlite import ir
from numba.core import cgutils as _cgutils
from numba.core import types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, lower_getattr_generic, lower_setattr_generic, models, register_model

cgutils: Any = _cgutils
WORD = ir.IntType(64)


def short(kind: str, name: str) -> str:
    """A name for a type that is as unique as a long one: names of types are part of the name of each function that takes them."""
    return f"{kind}({hashlib.sha256(name.encode()).hexdigest()[:16]})"


class Row(types.Record):
    """A record whose whole numbers are seen as 64 bits."""

    def __init__(self, record: types.Record) -> None:
        fields: Any = [(name, field._asdict()) for name, field in record.fields.items()]
        super().__init__(fields, record.size, record.aligned)
        self.name = short("Row", record.name)


# Numba and llvmlite carry no types for what follows, hence the ignores in this room.
register_model(Row)(models.RecordModel)


def _is_short(kind: Any) -> bool:
    return kind in (types.int8, types.int32)


@infer_getattr
class _Fields(AttributeTemplate):
    key = Row

    def generic_resolve(self, row: Row, name: str) -> Any:  # type: ignore[override]
        kind = row.typeof(name)
        return types.int64 if _is_short(kind) else kind


def _place(context: Any, builder: Any, row: Row, pointer: Any, name: str) -> Any:
    return cgutils.get_record_member(builder, pointer, row.offset(name), context.get_data_type(row.typeof(name)))


@lower_getattr_generic(Row)  # type: ignore[no-untyped-call, untyped-decorator]
def _read(context: Any, builder: Any, row: Row, pointer: Any, name: str) -> Any:
    if not _is_short(row.typeof(name)):
        return _usual("get")(context, builder, row, pointer, name)
    return builder.sext(builder.load(_place(context, builder, row, pointer, name)), WORD)


@lower_setattr_generic(Row)  # type: ignore[no-untyped-call, untyped-decorator]
def _write(context: Any, builder: Any, signature: Any, arguments: Any, name: str) -> Any:
    row, kind = signature.args
    if not _is_short(row.typeof(name)):
        return _usual("set")(context, builder, signature, arguments, name)
    pointer, number = arguments[0], context.cast(builder, arguments[1], kind, types.int64)
    kept = builder.trunc(number, ir.IntType(row.typeof(name).bitwidth))
    with builder.if_then(builder.icmp_signed("!=", builder.sext(kept, WORD), number), likely=False):
        context.call_conv.return_user_exc(builder, OverflowError, (f"{name}: the number is too large for its place",))
    builder.store(kept, _place(context, builder, row, pointer, name))
    return None


def _usual(what: str) -> Any:
    """Numba's own way with the fields of records."""
    from numba.np import arrayobj

    return getattr(arrayobj, f"record_{what}attr")
