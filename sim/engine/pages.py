"""Memory that the system gives page by page as it is written to, and of which it can be made to show the same pages in several places.

Linux lets memory show what other memory holds until it is written to: then it has a page of its own. Python's `mmap` cannot put that in the place of
memory that is there, the C library's can. Elsewhere, or if the system refuses, nothing is shown, and whoever asked has to copy.
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import weakref
from functools import cache
from typing import Any, Self

JUST_HERE = 0x10
"""MAP_FIXED of Linux: at this address, in the place of what is there."""
PIECE = 1 << 20
"""Bytes that are moved into a file at a time: only so many are there twice for a moment."""
LOOK_UP = 22
"""MADV_POPULATE_READ of Linux: find all pages now, not one after another. Systems before 5.14 refuse, and find them later."""


class Pages(mmap.mmap):
    """Memory in pages. What nobody has written to yet is 0 and costs nothing."""

    _file: int | None = None
    _shown = 0

    @classmethod
    def of(cls, length: int) -> Self:
        """So many bytes."""
        return cls(-1, length, _empty()) if hasattr(mmap, "MAP_PRIVATE") else cls(-1, length)

    def let_go(self, first: int) -> None:
        """Give back to the system what comes after so many bytes, and what was shown. It may be lost."""
        begin = -(-first // mmap.PAGESIZE) * mmap.PAGESIZE
        if begin < len(self) and hasattr(mmap, "MADV_DONTNEED"):
            with contextlib.suppress(OSError):  # of memory that is locked
                self.madvise(mmap.MADV_DONTNEED, begin)
        if self._shown:
            with contextlib.suppress(OSError):
                self._put(-1, 0, self._shown, _empty())
                self._shown = 0

    def lend(self, used: int) -> bool:
        """Let others show these bytes, of which the first `used` are kept. Nobody may write to them from now on. False if the system refuses; then
        they are what they were."""
        if self._file is None and hasattr(os, "memfd_create"):
            with contextlib.suppress(OSError):
                self._put_into_file(used)
        return self._file is not None

    def show(self, other: Pages, length: int) -> bool:
        """Begin with so many bytes of another, whole pages, until they are written to. False if it does not lend them, or the system refuses."""
        if other._file is None:
            return False
        try:
            self._put(other._file, 0, length, mmap.MAP_PRIVATE)
        except OSError:
            return False
        self._shown = length
        _library().madvise(self._address, length, LOOK_UP)
        with contextlib.suppress(OSError):
            other.madvise(mmap.MADV_DONTNEED, 0, length)  # it is still there, but does not count twice
        return True

    def _put_into_file(self, used: int) -> None:
        """A file without a name, which lies in memory for as long as anybody shows it."""
        file = os.memfd_create("missing-sim")
        close = weakref.finalize(self, os.close, file)
        try:
            os.ftruncate(file, len(self))
            for first in range(0, used, PIECE):
                self._move(file, first, min(first + PIECE, -(-used // mmap.PAGESIZE) * mmap.PAGESIZE, len(self)))
        except OSError:
            close()
            raise
        self._file = file

    def _move(self, file: int, first: int, end: int) -> None:
        """Move what is in these bytes into a file, and show it there. If the system refuses, it is back where it was."""
        with memoryview(self) as held:
            done = first
            while done < end:
                done += os.pwrite(file, held[done:end], done)
            try:
                self._put(file, first, end - first, mmap.MAP_SHARED)
            except OSError:
                done = first
                while done < end:
                    done += os.preadv(file, [held[done:end]], done)
                raise

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
def _library() -> Any:
    library = ctypes.CDLL(None, use_errno=True)
    library.mmap.restype = ctypes.c_void_p
    library.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
    library.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    return library
