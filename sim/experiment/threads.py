"""Linear algebra on one thread: several only wait for each other over matrices as small as ours, and how sums are split would move last digits."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any


def one_thread() -> AbstractContextManager[Any]:
    """Linear algebra within it runs on one thread; the same numbers come out at any number of cores."""
    try:
        from threadpoolctl import threadpool_limits
    except ImportError:  # nor is there scikit-learn, which needs it
        return nullcontext()
    limits: AbstractContextManager[Any] = threadpool_limits(1)
    return limits
