"""England or Wales: a word in a scenario file, a number in a rule."""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema


class Nation(IntEnum):
    """Whose rules for return home interviews apply (RH20)."""

    ENGLAND = 0
    WALES = 1


NAMES = [nation.name.lower() for nation in Nation]


def _named(value: Any) -> Any:
    if isinstance(value, Nation):
        return value
    if isinstance(value, str) and value.lower() in NAMES:
        return Nation[value.upper()]
    raise ValueError(f"allowed: {', '.join(NAMES)}")


NationName = Annotated[
    Nation,
    BeforeValidator(_named),
    PlainSerializer(lambda nation: Nation(nation).name.lower(), return_type=str),
    WithJsonSchema({"type": "string", "enum": NAMES}),
]
