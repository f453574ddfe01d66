"""What a process keeps in memory of the files of its libraries.

LLVM is asked for machine code once, and Arrow writes a few kilobytes now and then, but what was read of their files would stay for as long as
simulations run: a third of what a comparison takes (docs/decisions/0004-how-the-engine-is-compiled.md). The system would take it back by itself when
memory is short, and reads it again, mostly from its own memory of the file, where it is needed after all. Here it is told at once.
"""

from __future__ import annotations

import contextlib
import mmap
import re
import sys
from collections.abc import Iterable, Iterator

MAPPING = re.compile(r"(?P<first>[0-9a-f]+)-(?P<end>[0-9a-f]+) (?P<may>\S{4}) \S+ \S+ \d+ *(?P<file>.*)")
"""The first line that Linux tells of a piece of memory: its addresses, what may be done with it, and the file that it was read from, if any."""
LIBRARY = re.compile(r"/.+\.so(\.[\d.]+)?")
CHANGED = "Anonymous:"
"""The line that tells how much of a piece is no longer as the file has it."""


def let_go_of_libraries() -> None:
    """Give back to the system what was read of the files of libraries and is as it was read. Only Linux can be told to; elsewhere, and if anything
    goes wrong, everything stays as it is."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        advise = ctypes.CDLL(None).madvise
        with open("/proc/self/smaps", encoding="utf-8", errors="surrogateescape") as told:
            pieces = list(as_read(told))
        for first, end in pieces:
            advise(ctypes.c_void_p(first), ctypes.c_size_t(end - first), mmap.MADV_DONTNEED)


def as_read(told: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The addresses of the pieces of libraries to which nobody may write and in which nothing differs from the file, by what Linux tells of the
    memory of a process."""
    piece = None
    for line in told:
        if (found := MAPPING.fullmatch(line.rstrip("\n"))) is not None:
            unwritten = "w" not in found["may"] and LIBRARY.fullmatch(found["file"]) is not None
            piece = (int(found["first"], 16), int(found["end"], 16)) if unwritten else None
        elif piece is not None and line.startswith(CHANGED) and int(line.split()[1]) == 0:
            yield piece
