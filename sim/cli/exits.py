"""How a command ends: 0 done, 1 the work failed or was stopped, 2 the request was wrong.

An error that a user can put right is a message on standard error and never a traceback.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType

from .printing import complain

KEY_PRESS = 130
"""The exit code that typer gives to a key press which no command has caught."""


class KeyPress(KeyboardInterrupt):
    """Ctrl-C. Python marks a process for death when a plain KeyboardInterrupt passes through `exec`, though it is answered afterwards; this one it
    does not."""


def _pressed(number: int, frame: FrameType | None) -> None:
    raise KeyPress


def heed_key_press() -> None:
    """Let Ctrl-C raise KeyPress in this process, unless somebody else has taken the signal."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _pressed)


@contextlib.contextmanager
def exit_codes() -> Iterator[None]:
    """Turn an error into one message and an exit code: 2 if the request was wrong, 1 if the system refused. Any other exception is a
    fault of the program, and keeps its traceback. A reader that has had enough (`| head`) ends the process quietly."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        complain("Stopped.")
        raise SystemExit(1) from None
    except SystemExit as end:
        if end.code != KEY_PRESS:
            raise
        complain("Stopped.")
        raise SystemExit(1) from None
    except BrokenPipeError:
        _silence()
        raise SystemExit(1) from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        complain(f"{place}{error.strerror or error}")
        raise SystemExit(1) from None
    except Exception as error:
        from concurrent.futures import BrokenExecutor

        from ..scenario.errors import ScenarioError, WorkFailed

        if isinstance(error, BrokenExecutor):
            complain("A worker process was ended from outside, perhaps for want of memory; fewer workers (--workers) need less of it.")
            raise SystemExit(1) from None
        if isinstance(error, WorkFailed):
            complain(str(error))
            raise SystemExit(1) from None
        if not isinstance(error, ScenarioError):
            raise
        complain(str(error))
        raise SystemExit(2) from None


def _silence() -> None:
    """Send what is left of standard output nowhere, so that closing it at exit cannot fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
