"""Tables get longer by as little as can be while the engine is tested, so that they do so often."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sim.engine import memory


@pytest.fixture(scope="package", autouse=True)
def small_pieces() -> Iterator[None]:
    """By the eighth part, or by what is needed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "PIECE", 0)
        yield
