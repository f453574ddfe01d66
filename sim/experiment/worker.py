"""Worker processes for the SimPy engine. They leave a key press to the process that they work for, end when it ends, and do not run its script
again: a plain script without `if __name__ == "__main__"` may call `sim.run`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import Any


class Worker(SpawnProcess):
    """A fresh interpreter that is told of nothing but its work."""

    @staticmethod
    def _Popen(process_obj: Any) -> Any:
        with _without_script(), _without_key_press():
            return SpawnProcess._Popen(process_obj)


class Workers(SpawnContext):
    """The context that makes them."""

    Process = Worker


def begin() -> None:
    """What a worker does before its first work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextlib.contextmanager
def _without_script() -> Iterator[None]:
    """A new process imports the script of the old one; it needs only what this package holds, so show it an empty one."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


@contextlib.contextmanager
def _without_key_press() -> Iterator[None]:
    """A process that is started while a key press waits does not see one, not even before `begin`; here it is seen afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
