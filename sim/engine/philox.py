"""Philox4x64-10 for compiled code: four uniforms at a time, bit-equal to `numpy.random.Philox` (tested).

Salmon and others, Parallel random numbers: as easy as 1, 2, 3 (2011). Counter (block, entity, occurrence, 0), key (seed, replication); see
`model.luck`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, uint64
from numba.extending import intrinsic

MULTIPLY_0 = np.uint64(0xD2E7470EE14C6C93)
MULTIPLY_1 = np.uint64(0xCA5A826395121157)
BUMP_0 = np.uint64(0x9E3779B97F4A7C15)
BUMP_1 = np.uint64(0xBB67AE8584CAA73B)
TO_DOUBLE = 1.0 / 9007199254740992.0


@intrinsic
def _high_word(_: Any, a: Any, b: Any) -> Any:
    """The high 64 bits of a 64 x 64 bit product: one instruction."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        wide = ir.IntType(128)
        left, right = (builder.zext(argument, wide) for argument in arguments)
        return builder.trunc(builder.lshr(builder.mul(left, right), ir.Constant(wide, 64)), ir.IntType(64))

    return uint64(uint64, uint64), generate


high_word: Any = _high_word


@njit(inline="always")
def four(seed: Any, replication: Any, block: int, entity: int, occurrence: int) -> tuple[float, float, float, float]:
    """The uniforms of four decisions, those of one block: NumPy moves its counter on before the first block, hence the 1."""
    a = uint64(block + 1)
    b = uint64(entity)
    c = uint64(occurrence)
    d = uint64(0)
    key_0 = uint64(seed)
    key_1 = uint64(replication)
    for turn in range(10):
        if turn > 0:
            key_0 = key_0 + BUMP_0
            key_1 = key_1 + BUMP_1
        high_0 = high_word(MULTIPLY_0, a)
        low_0 = MULTIPLY_0 * a
        high_1 = high_word(MULTIPLY_1, c)
        low_1 = MULTIPLY_1 * c
        a, b, c, d = high_1 ^ b ^ key_0, low_1, high_0 ^ d ^ key_1, low_0
    return to_double(a), to_double(b), to_double(c), to_double(d)


@njit(inline="always")
def to_double(word: Any) -> float:
    """A uniform in [0, 1) of the upper 53 bits."""
    return float(word >> uint64(11)) * TO_DOUBLE
