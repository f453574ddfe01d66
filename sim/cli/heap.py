"""How the memory of a command is managed: by the C library's heap, of which threads share one, and which gives large pieces back at once.

On Linux each thread gets a heap of its own, and keeps what it once needed. Two threads of a comparison took 35 MB more for it, and were no faster.
"""

from __future__ import annotations

import contextlib
import os
import sys

HEAPS, LARGE = -8, -3
"""What `mallopt` calls them (malloc.h): the number of heaps, and the bytes from which a piece is returned to the system when it is freed."""


def keep_small() -> None:
    """One heap, for Arrow too. Only for a process that is ours: a library leaves the heap of its host alone. Only Linux has it."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(HEAPS, 1)
        library.mallopt(LARGE, 128 * 1024)
