"""Where compiled code is kept between runs: a folder named by a hash of everything that it depends on.

Numba does not notice that a rule called by `run` has changed, so the folder's name holds a hash of all sources of `model` and `engine`, the
options, versions and the
processor. If the folder cannot be written nothing is cached: Numba would otherwise fall back, silently, to a place that is not keyed.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import platform
import sys
import uuid
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba.core import config as _config
from numba.core.errors import NumbaError

from .. import model

LOG = logging.getLogger(__name__)
config: Any = _config

VARIABLE = "MISSING_SIM_CACHE"
"""The environment variable that names another place for the cache; "off" for none."""


def home() -> Path | None:
    """The user's cache folder for this program, or None if there is to be no cache."""
    named = os.environ.get(VARIABLE, "")
    if named == "off":
        return None
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "missing-sim"


def key(options: dict[str, Any]) -> str:
    """The name of the folder for the code as it is now."""
    digest = hashlib.sha256()
    package = Path(model.__file__).parent.parent
    for part in ("model", "engine", "scenario"):
        for source in sorted((package / part).glob("*.py")):
            digest.update(source.name.encode())
            digest.update(source.read_bytes())
    processor = (platform.machine(), str(config.CPU_NAME), str(config.CPU_FEATURES), _processor())
    digest.update(repr((sorted(options.items()), numba.__version__, np.__version__, sys.version, processor)).encode())
    return digest.hexdigest()[:20]


def _processor() -> str:
    from llvmlite import binding

    return f"{binding.get_host_cpu_name()} {binding.get_host_cpu_features().flatten()}"


def folder(options: dict[str, Any]) -> Path | None:
    """The folder to keep compiled code in, made and proved writable; None if that cannot be."""
    try:
        base = home()
        if base is None:
            return None
        place = base / key(options)
        place.mkdir(parents=True, exist_ok=True)
        probe = place / f".{uuid.uuid4().hex}"
        probe.write_bytes(b"")
        probe.unlink()
    except (OSError, RuntimeError):
        return None
    return place


def is_filled(place: Path | None) -> bool:
    """Is there compiled code in the folder?"""
    return place is not None and any(place.rglob("*.nbc"))


def enable(function: Any, place: Path | None) -> None:
    """Let `function` be kept in `place`. Numba reads its folder once, when caching is enabled, so the setting is put back at once."""
    if place is None:
        return
    before = config.CACHE_DIR
    config.CACHE_DIR = str(place)
    try:
        function.enable_caching()
    finally:
        config.CACHE_DIR = before


def compile_kept(function: Any, kinds: tuple[Any, ...]) -> None:
    """Compile `function` for these types, or read what is kept. What cannot be read or written is forgotten, with a notice, and compiled without."""
    try:
        function.compile(kinds)
    except NumbaError:
        raise
    except Exception as error:
        LOG.warning("Compiled code that was kept cannot be used (%s: %s); it is compiled again.", type(error).__name__, error)
        forget(function)
        function.compile(kinds)


def forget(function: Any) -> None:
    """Keep nothing of `function` any more, and throw away what is kept of it, if that can be done."""
    with contextlib.suppress(OSError):
        function._cache.flush()
    function._cache.disable()
