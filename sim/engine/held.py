"""The world as one pointer for compiled code.

A World is some hundred machine words: seven for each array. Passed by value they go into every call of a rule, which costs more time to compile and
to run than most rules take. `run` therefore keeps the World in its own frame once, and rules get its address: `w.tasks` reads what it needs of one
array from there. Rules see no difference; a World that is held cannot be replaced, and none does.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils as _cgutils
from numba.core import types
from numba.core.imputils import impl_ret_borrowed as _borrowed
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, models, register_model

from .row import Row, short
from .rows import Rows, is_table, rows_at

cgutils: Any = _cgutils
impl_ret_borrowed: Any = _borrowed


class Held(types.Type):
    """The address of a named tuple that lies still."""

    def __init__(self, whole: Any) -> None:
        self.whole = whole
        super().__init__(short("Held", whole.name))


@register_model(Held)
class _Pointer(models.PrimitiveModel):
    def __init__(self, manager: Any, held: Held) -> None:
        # Numba and llvmlite carry no types for what follows, hence the ignores in this room.
        super().__init__(manager, held, ir.PointerType(manager.lookup(held.whole).get_value_type()))  # type: ignore[no-untyped-call]


@intrinsic
def _hold(_: Any, whole: Any) -> Any:
    """Keep `whole` in the frame of the caller, which must outlive every use, and give its address."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return cgutils.alloca_once_value(builder, arguments[0])

    return Held(whole)(whole), generate


hold: Any = _hold


@infer_getattr
class _Members(AttributeTemplate):
    key = Held

    def generic_resolve(self, held: Held, name: str) -> Any:  # type: ignore[override]
        fields = held.whole.fields
        return _seen(held.whole.types[fields.index(name)]) if name in fields else None


def _seen(kind: Any) -> Any:
    """How a member looks: a tuple within the tuple is held, too, an array of records is its rows, and a record is a row."""
    if isinstance(kind, types.BaseNamedTuple):
        return Held(kind)
    if isinstance(kind, types.Record):
        return Row(kind)
    return Rows(kind) if is_table(kind) else kind


@lower_getattr_generic(Held)  # type: ignore[no-untyped-call, untyped-decorator]
def _member(context: Any, builder: Any, held: Held, pointer: Any, name: str) -> Any:
    place = held.whole.fields.index(name)
    kind = _seen(held.whole.types[place])
    where = cgutils.gep_inbounds(builder, pointer, 0, place)
    if isinstance(kind, Held):
        return where
    if isinstance(kind, Rows):
        return rows_at(context, builder, kind, where)
    return impl_ret_borrowed(context, builder, kind, _read(builder, where))


def _read(builder: Any, pointer: Any) -> Any:
    """The value at `pointer`, word by word, so that words that nobody uses are not read."""
    kind = pointer.type.pointee
    if not isinstance(kind, ir.LiteralStructType | ir.ArrayType):
        return builder.load(pointer)
    value = ir.Constant(kind, ir.Undefined)
    for place in range(len(kind.elements) if isinstance(kind, ir.LiteralStructType) else kind.count):
        value = builder.insert_value(value, _read(builder, cgutils.gep_inbounds(builder, pointer, 0, place)), place)
    return value
