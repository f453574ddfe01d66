"""The heap of a command: one for all threads."""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import sys

import pytest

from sim.cli.heap import HEAPS, LARGE, keep_small

SCRIPT = """
import ctypes, sys, threading
from sim.cli.heap import keep_small

if "shared" in sys.argv:
    keep_small()
hold = threading.Barrier(3)

def work():
    held = [bytearray(1000) for _ in range(100)]
    hold.wait()

threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
hold.wait()
for thread in threads:
    thread.join()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
file = library.fopen(sys.argv[1].encode(), b"w")
library.malloc_info(0, ctypes.c_void_p(file))
library.fclose(ctypes.c_void_p(file))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the C library of GNU has a heap for each thread")
def test_threads_share_one_heap(tmp_path):
    """Where they are told to; else each has its own."""
    own = {name: value for name, value in os.environ.items() if name not in ("MALLOC_ARENA_MAX", "GLIBC_TUNABLES")}
    for how, wanted in (("shared", {1}), ("each its own", {2, 3})):
        told = tmp_path / how
        subprocess.run([sys.executable, "-c", SCRIPT, str(told), how], check=True, env=own)
        assert told.read_text().count("<heap nr=") in wanted


def test_another_c_library_is_left_alone(monkeypatch):
    """One that cannot be told, or refuses."""
    asked = []

    class Library:
        def mallopt(self, *what):
            asked.append(what)
            return 0

    monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", "system")
    for library in (Library(), object()):
        monkeypatch.setattr(ctypes, "CDLL", lambda _, library=library: library)
        keep_small()
    assert asked == ([(HEAPS, 1), (LARGE, 131072)] if sys.platform.startswith("linux") else [])
