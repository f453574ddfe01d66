"""Memory that the system gives page by page as it is written to, and of which it can be made to show the same pages in several places.

Linux lets memory show what lies in a file until it is written to: then it has a page of its own. The file has no name and lies in memory itself.
Python's `mmap` cannot put that in the place of memory that is there, the C library's can. Elsewhere, or if the system refuses, nothing is shown, and
whoever asked has to copy.
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import weakref
from functools import cache
from pathlib import Path
from typing import Any, Self

JUST_HERE = 0x10
"""MAP_FIXED of Linux: at this address, in the place of what is there."""
MAKE_READY = 23
"""MADV_POPULATE_WRITE of Linux: find all pages now, not one after another. Systems before 5.14 refuse, and find them later."""
STRICT = "2"
"""What Linux says if it promises no more memory than it has. Where it cannot give a page of a file it ends the process, so nothing is shared then."""


class Pages(mmap.mmap):
    """Memory in pages. What nobody has written to yet is 0 and costs nothing."""

    _file: int | None = None
    _shown = 0

    @classmethod
    def of(cls, length: int, shared: bool = False) -> Self:
        """So many bytes. Others can show those that are `shared`, where the system can do that (see `is_shared`)."""
        if shared and _can_share():
            with contextlib.suppress(OSError):
                return cls._in_file(length)
        return cls(-1, length, _empty()) if hasattr(mmap, "MAP_PRIVATE") else cls(-1, length)

    @classmethod
    def _in_file(cls, length: int) -> Self:
        """A file without a name, which is there for as long as anybody shows it."""
        file = os.memfd_create("missing-sim")
        try:
            os.ftruncate(file, length)
            pages = cls(file, length, mmap.MAP_SHARED)
        except BaseException:
            os.close(file)
            raise
        weakref.finalize(pages, os.close, file)
        pages._file = file
        return pages

    @property
    def is_shared(self) -> bool:
        """Can others show it?"""
        return self._file is not None

    def let_go(self, first: int) -> None:
        """Give back to the system what comes after so many bytes, and what was shown. It may be lost."""
        begin = -(-first // mmap.PAGESIZE) * mmap.PAGESIZE
        if begin < len(self) and hasattr(mmap, "MADV_DONTNEED"):
            with contextlib.suppress(OSError):  # of memory that is locked
                self.madvise(mmap.MADV_REMOVE if self.is_shared else mmap.MADV_DONTNEED, begin)
        if self._shown:
            with contextlib.suppress(OSError):
                self._put(-1, 0, self._shown, _empty())
                self._shown = 0

    def put_away(self) -> None:
        """What is shared stays in its file, and does not count for this process as well until somebody looks at it here."""
        if self.is_shared:
            with contextlib.suppress(OSError):
                self.madvise(mmap.MADV_DONTNEED)

    def make_ready(self, length: int) -> None:
        """So many bytes will be written to now."""
        if self.is_shared:
            _library().madvise(self._address, length, MAKE_READY)

    def show(self, other: Pages, length: int) -> bool:
        """Begin with so many bytes of another, whole pages, until they are written to. Nobody may write to them in the other meanwhile. False if
        that is not shared, or the system refuses."""
        if other._file is None:
            return False
        try:
            self._put(other._file, 0, length, mmap.MAP_PRIVATE)
        except OSError:
            return False
        self._shown = length
        return True

    def _put(self, file: int, first: int, length: int, how: int) -> None:
        """Put a piece of a file, or with -1 nothing, in the place of the same bytes here. If the system refuses they are 0, since older ones take
        away what is there before they do. Raises OSError, or MemoryError if nothing can be put there."""
        both, put, where = mmap.PROT_READ | mmap.PROT_WRITE, _library().mmap, self._address + first
        if put(where, length, both, how | JUST_HERE, file, first) == where:
            return
        number = ctypes.get_errno()
        if put(where, length, both, _empty() | JUST_HERE, -1, 0) != where:
            raise MemoryError(os.strerror(number))
        raise OSError(number, os.strerror(number))

    @property
    def _address(self) -> int:
        return ctypes.addressof(ctypes.c_char.from_buffer(self))


def _empty() -> int:
    """What is to be asked for to have memory of one's own."""
    return mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | getattr(mmap, "MAP_NORESERVE", 0)


@cache
def _can_share() -> bool:
    """Are there files in memory, of which a page is there when it is written to?"""
    try:
        return hasattr(os, "memfd_create") and Path("/proc/sys/vm/overcommit_memory").read_text().strip() != STRICT
    except OSError:
        return False


@cache
def _library() -> Any:
    library = ctypes.CDLL(None, use_errno=True)
    library.mmap.restype = ctypes.c_void_p
    library.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
    library.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    return library
