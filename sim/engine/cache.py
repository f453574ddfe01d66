"""How compiled code is kept between runs: in a folder named by a hash of everything that it depends on, in files that are sealed.

Numba does not notice that a rule called by `run` has changed, so the folder's name is a hash of all sources of `model`, `engine` and `scenario`, the
options, versions, settings and the processor. Nor does it notice a damaged file, which could be run as a wrong program, so each file ends with a
checksum of what it holds; without the right one it counts as none. If the folder cannot be written nothing is kept: Numba would otherwise fall back,
silently, to a place that is not keyed. Whatever goes wrong, the code is compiled, and a notice says so.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np
from numba.core import caching
from numba.core import config as _config
from numba.core.errors import NumbaError

from . import shelf, sources
from .shelf import Place

LOG = logging.getLogger(__name__)
config: Any = _config
IndexDataCacheFile: Any = caching.IndexDataCacheFile
FunctionCache: Any = caching.FunctionCache

SEAL = hashlib.sha256().digest_size
"""Bytes of the checksum at the end of a file."""


def key(options: dict[str, Any]) -> str:
    """The name of the folder for the code as it is now. Raises OSError if its sources cannot be read."""
    settings = sorted((name, value) for name, value in os.environ.items() if name.startswith("NUMBA_"))
    versions = (numba.__version__, llvmlite.__version__, np.__version__, sys.version)
    told = repr((sources.digest(), sorted(options.items()), versions, settings, platform.machine(), _processor()))
    return hashlib.sha256(told.encode()).hexdigest()[:20]


def _processor() -> str:
    from llvmlite import binding

    return f"{binding.get_host_cpu_name()} {binding.get_host_cpu_features().flatten()}"


def place(options: dict[str, Any]) -> Place:
    """The folder to keep compiled code in, made and proved writable; or why there is none."""
    try:
        now, name = sources.digest(), key(options)
    except OSError as error:
        return Place(None, f"{error.filename}: {error.strerror}")
    if not now:
        return Place(None, "there are no source files to tell this version by")
    if now != sources.AS_LOADED:
        return Place(None, "the files of this program have changed since it was started")
    return shelf.opened(name)


def folder(options: dict[str, Any]) -> Path | None:
    """The folder alone; None if nothing can be kept."""
    return place(options).folder


def is_filled(folder: Path | None) -> bool:
    """Is there compiled code in the folder?"""
    return folder is not None and shelf.is_filled(folder)


# Numba has no types for what is inherited here.
class Sealed(IndexDataCacheFile):  # type: ignore[misc]
    """Numba's index and code on disk, each with a checksum at its end. (Python's pickles end by themselves, and let others follow.)"""

    @contextlib.contextmanager
    def _open_for_write(self, filepath: str) -> Iterator[io.BytesIO]:
        content = io.BytesIO()
        yield content
        with super()._open_for_write(filepath) as file:
            file.write(content.getvalue() + hashlib.sha256(content.getvalue()).digest())

    def _load_index(self) -> dict[Any, str]:
        found: dict[Any, str] = super()._load_index() if self._is_whole(self._index_path) else {}
        return found

    def _load_data(self, name: str) -> Any:
        if not self._is_whole(self._data_path(name)):
            raise FileNotFoundError(name)
        return super()._load_data(name)

    def _is_whole(self, path: str) -> bool:
        """Is the file there, and as it was written? A damaged one is removed, with a notice."""
        try:
            content = Path(path).read_bytes()
        except FileNotFoundError:
            return False
        if hashlib.sha256(memoryview(content)[:-SEAL]).digest() == content[-SEAL:]:
            return True
        LOG.warning("Compiled code that was kept is damaged (%s); it is compiled again.", path)
        with contextlib.suppress(OSError):
            os.unlink(path)
        return False


class Ready(FunctionCache):  # type: ignore[misc]
    """Reads code that is ready to run without first loading all that Numba needs to compile: half the time to start, and 33 MB less."""

    def load_overload(self, signature: Any, context: Any) -> Any:
        with self._guard_against_spurious_io_errors():
            return self._load_overload(signature, context)


def can_seal() -> bool:
    """Does Numba keep its files in the way that this room knows? If not nothing is kept."""
    files = all(hasattr(IndexDataCacheFile, name) for name in ("_open_for_write", "_load_index", "_load_data", "_data_path"))
    return files and all(hasattr(FunctionCache, name) for name in ("_guard_against_spurious_io_errors", "_load_overload"))


def enable(function: Any, folder: Path | None) -> None:
    """Let `function` be kept in `folder`. Numba reads its setting once, when caching is enabled, so the setting is put back at once."""
    if folder is None or not can_seal():
        return
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        function.enable_caching()
    except (OSError, RuntimeError) as error:
        LOG.warning("Compiled code cannot be kept in %s (%s).", folder, error)
        return
    finally:
        config.CACHE_DIR = before
    files = function._cache._cache_file
    if Path(function._cache.cache_path).is_relative_to(folder):
        files.__class__ = Sealed
        function._cache.__class__ = Ready
    else:
        function._cache.disable()


def compile_kept(function: Any, kinds: tuple[Any, ...]) -> None:
    """Compile `function` for these types, or read what is kept. What cannot be read or written is forgotten, with a notice, and compiled without.
    A mistake in a rule is raised as it is: NumbaError, or KeyError for a field that is none."""
    try:
        function.compile(kinds)
    except (NumbaError, KeyError):
        raise
    except Exception as error:
        LOG.warning("The cache of compiled code cannot be read or written (%s: %s); the engine is compiled without it.", type(error).__name__, error)
        forget(function)
        function.compile(kinds)


def forget(function: Any) -> None:
    """Keep nothing of `function` any more, and throw away what is kept of it, if that can be done."""
    with contextlib.suppress(OSError):
        function._cache.flush()
    function._cache.disable()
