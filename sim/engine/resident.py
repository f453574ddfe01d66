"""What a process keeps in memory of the files of its libraries.

LLVM is asked for machine code once, and Arrow writes a few kilobytes now and then, but what was read of their files would stay for as long as
simulations run: a quarter of what a comparison takes (docs/decisions/0004-how-the-engine-is-compiled.md). The system would take it back by itself
when memory is short, and reads it again, mostly from its own memory of the file, where it is needed after all. Here it is told at once.
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
THERE, CHANGED, FLAGS = "Rss", ("Anonymous", "Swap"), "VmFlags"
"""The lines that tell how much of a piece is in memory, how much is no longer as the file has it, and, last of all, what it is."""
ONCE_WRITABLE = "ac"
"""The flag of a piece that may be written to, or once might: pointers that were set while a library was loaded, and then sealed."""


def let_go_of_libraries() -> None:
    """Give back to the system what was read of the files of libraries and is as it was read. Only Linux can be told to; elsewhere, and if anything
    goes wrong, everything stays as it is."""
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(ImportError, OSError, AttributeError, ValueError):
        import ctypes

        advise = ctypes.CDLL(None).madvise
        with open("/proc/self/smaps", encoding="utf-8", errors="surrogateescape") as told:
            pieces = list(as_read(told))
        for first, end in pieces:
            advise(ctypes.c_void_p(first), ctypes.c_size_t(end - first), mmap.MADV_DONTNEED)


def as_read(told: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The addresses of the pieces of libraries to which nobody may write, or ever might, and in which nothing differs from the file, by what Linux
    tells of the memory of a process.

    A piece of which nothing is in memory is left alone: a library that another thread is loading begins as one piece, in the place of all of its own.
    """
    piece = None
    for line in told:
        if (found := MAPPING.fullmatch(line.rstrip("\n"))) is not None:
            unwritten = "w" not in found["may"] and LIBRARY.fullmatch(found["file"]) is not None
            piece = (int(found["first"], 16), int(found["end"], 16)) if unwritten else None
            size: dict[str, int] = {}
        elif piece is not None:
            name, _, value = line.partition(":")
            if name == THERE or name in CHANGED:
                size[name] = int(value.split()[0])
            elif name == FLAGS and size.get(THERE) and all(size.get(name) == 0 for name in CHANGED) and ONCE_WRITABLE not in value.split():
                yield piece
